import { type FormWish, standsForForm } from '../chat/form.ts'
import { parseLine } from '../chat/parse-command.ts'
import { type Asked, answerLine, type HearDeps, requestOf } from './answer-asker.ts'
import { modalOf } from './form.ts'
import { openView } from './open-view.ts'
import { sendAnswer } from './send-answer.ts'

/** What opens a form: good for three seconds. `address`: where what is sent with it is answered. */
export type Opener = { readonly trigger: string; readonly address: string | null }

/** Opens the form that the line stands for; where there is none, answers the line. */
export async function openOrAnswer(asked: Asked & Opener, wish: FormWish, deps: HearDeps): Promise<void> {
  if (!standsForForm(asked.line, deps.book.commands, wish)) return await answerLine(asked, deps)
  const request = await requestOf(asked, deps)
  const form = request === null ? null : await deps.book.form(asked.line, request, wish)
  const view = form === null ? null : modalOf(form, asked, deps.mentions)
  if (form === null || view === null) return await answerLine(asked, deps)
  if (await openView(asked.trigger, view, deps)) return
  await sendAnswer(notOpened(asked.line, form.title, deps), {}, asked, deps)
}

/** Words and a button: whoever has waited too long presses again, or types. */
function notOpened(line: string, title: string, { book }: HearDeps) {
  const parsed = parseLine(line)
  const command = book.commands.find(({ name }) => parsed.kind === 'command' && name === parsed.name)
  const example = command?.examples[0]
  const typed = example === undefined ? '' : `, or type it: ${example}`
  return {
    blocks: [
      { kind: 'text', line: `Slack did not open the form in time. Press the button${typed}` },
      { kind: 'buttons', buttons: [{ label: `${title} …`, command: line, opensForm: true }] },
    ],
  } as const
}
