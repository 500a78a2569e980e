import { setTimeout as after } from 'node:timers/promises'
import type { Log } from '../base/log.ts'
import type { OptionValues, Suggestion } from '../chat/command.ts'
import type { CommandBook } from '../chat/command-book.ts'
import { type Form, type FormWish, standsForForm, valuesOfLine } from '../chat/form.ts'
import type { Request } from '../chat/request.ts'
import { type Modal, modalOf, shownFields } from './modal.ts'
import { MODAL, type Respond } from './respond.ts'

/** A modal has to be the first answer, and Discord waits three seconds for it, the network included. */
const OPENED_WITHIN_MS = 1_500

export type ModalDeps = { readonly book: CommandBook; readonly log: Log }

type Wished = {
  readonly line: string
  readonly wish: FormWish
  /** Under which the line is found when the modal is sent. @see readModalId */
  readonly id: string
  readonly request: () => Promise<Request>
}

/** Opens the form that the line stands for; `false` where the line is to be answered instead. Never throws. */
export async function openModal(wished: Wished, respond: Respond, deps: ModalDeps): Promise<boolean> {
  if (!standsForForm(wished.line, deps.book.commands, wished.wish)) return false
  try {
    const modal = await Promise.race([makeModal(wished, deps), after(OPENED_WITHIN_MS, null, { ref: false })])
    return modal !== null && (await respond({ type: MODAL, data: modal })) !== 'too late'
  } catch (error) {
    deps.log.warn({ error }, 'form could not be opened')
    return false
  }
}

async function makeModal({ line, wish, id, request: asker }: Wished, { book }: ModalDeps): Promise<Modal | null> {
  const request = await asker()
  const form = await book.form(line, request, wish)
  return form === null ? null : modalOf(form, id, await offersFor(form, request, book))
}

/** Numbers and feeds are known by what they stand for: where they are few, all of them can be chosen from. */
async function offersFor(form: Form, request: Request, book: CommandBook) {
  const listed = shownFields(form).filter(({ kind, suggests }) => suggests === 'known' && LISTED.has(kind))
  const found = listed.map(
    async ({ option }): Promise<[string, readonly Suggestion[]]> => [
      option,
      await book.suggest(form.command, option, '', request),
    ],
  )
  return new Map(await Promise.all(found))
}

const LISTED: ReadonlySet<string> = new Set(['number', 'feed'])

/** What a modal asks for: what its line says, and of what it showed, what was filled in. */
export function wholeValues(
  line: string,
  { shown, values }: { readonly shown: readonly string[]; readonly values: OptionValues<string> },
  { commands }: CommandBook,
): { readonly name: string; readonly options: OptionValues<string> } | null {
  const given = valuesOfLine(line, commands)
  if (given === null) return null
  const carried = Object.entries(given.values).filter(([option]) => !shown.includes(option))
  return { name: given.command.name, options: { ...Object.fromEntries(carried), ...values } }
}
