import type { App, BlockAction, ButtonAction, RespondFn, StaticSelectAction } from '@slack/bolt'
import type { Clock } from '../base/clock.ts'
import { parseLine } from '../chat/parse-command.ts'
import { type Asked, answerLine, type HearDeps, type Hearing, hereIn } from './answer-asker.ts'
import { ANSWER_VIEW, answerInView, STALE } from './answer-view.ts'
import { openMenu } from './hear-menu.ts'
import { openOrAnswer } from './open-form.ts'
import { pressedIn } from './render-controls.ts'
import { sendAnswer } from './send-answer.ts'
import { textFromSlack } from './slack-text.ts'

/** A second press of one button within this time is a double click. */
const DOUBLE_CLICK_MS = 2_000

/** `/onrecord said …`, and short forms such as `/said …`. */
export function hearCommands(app: App, hearing: Hearing): void {
  app.command(/^/, async ({ command, ack, respond, context }) => {
    await ack()
    const deps = hereIn(context, hearing)
    const { channel_id: channel, user_id: user, user_name: userName } = command
    const line = lineOf(command.command, textFromSlack(command.text ?? ''), deps)
    const asked = {
      ...{ line: line === '' ? 'help' : line, userName, user, channel, isDirectMessage: channel.startsWith('D') },
      ...{ respond, replaces: false, thread: null, trigger: command.trigger_id, address: command.response_url },
    }
    await deps.track(line === '' ? openMenu(asked, deps) : openOrAnswer(asked, 'typed', deps))
  })
}

function lineOf(slashed: string, text: string, { book, shortForms }: Hearing): string {
  const typed = slashed.replace(/^\//, '').toLowerCase()
  const isOwnName = book.commands.some(({ name }) => name === typed)
  const name = Object.hasOwn(shortForms, typed) ? shortForms[typed] : isOwnName ? typed : ''
  return `${name} ${text}`.trim()
}

/** Buttons and menus send a command as their presser. On an ephemeral answer, those of its own command turn the page. */
export function hearButtons(app: App, hearing: Hearing): void {
  const pressedAt = new Map<string, number>()

  app.action<BlockAction<ButtonAction | StaticSelectAction>>(
    /^onrecord:/,
    async ({ action, body, ack, respond, context }) => {
      await ack()
      const deps = hereIn(context, hearing)
      const { container, user, message, view } = body
      // On the bot's own page stands which conversation belongs to it.
      const channel = body.channel?.id ?? view?.private_metadata ?? null
      const { line, label, turns } = pressedIn(action)
      if (isDoubleClick(`${deps.workspace} ${user.id} ${message?.ts} ${line}`, deps.clock, pressedAt)) return
      const userName = user.username ?? user.name ?? user.id
      if (view !== undefined && channel !== null && isOfPage(view)) {
        const press = { line, label, user: user.id, userName, channel, trigger: body.trigger_id, view }
        return deps.track(answerInView(press, deps))
      }

      const asked: Asked = {
        line,
        userName,
        user: user.id,
        respond: (respond as RespondFn | undefined) ?? null,
        replaces: turns && container.is_ephemeral === true,
        channel,
        isDirectMessage: channel?.startsWith('D') ?? false,
        thread: message?.thread_ts ?? null,
      }
      const opener = { trigger: body.trigger_id, address: body.response_url ?? null }
      await deps.track(
        line === '' ? sendAnswer(STALE, {}, asked, deps) : openOrAnswer({ ...asked, ...opener }, 'pressed', deps),
      )
    },
  )
}

function isOfPage({ type, callback_id: callback }: { readonly type: string; readonly callback_id: string }): boolean {
  return type === 'home' || callback === ANSWER_VIEW
}

function isDoubleClick(key: string, clock: Clock, pressedAt: Map<string, number>): boolean {
  const now = clock.now().getTime()
  for (const [old, at] of pressedAt) if (now - at >= DOUBLE_CLICK_MS) pressedAt.delete(old)
  if (pressedAt.has(key)) return true
  pressedAt.set(key, now)
  return false
}

/** `@onrecord said …` in a channel, and what is written to the bot directly. */
export function hearMessages(app: App, hearing: Hearing): void {
  app.event('app_mention', async ({ event, context }) => {
    if (event.user === undefined) return
    const deps = hereIn(context, hearing)
    const { user, text, channel, thread_ts: thread = null } = event
    await deps.track(
      answerLine(
        { ...fromMessage(text, deps), user, userName: user, channel, isDirectMessage: false, thread, ...noAddress },
        deps,
      ),
    )
  })

  app.message(async ({ message, context }) => {
    // Edits, joins and other bots' messages have a subtype; in channels only mentions are for us.
    if (message.subtype !== undefined || message.channel_type !== 'im' || message.bot_id !== undefined) return
    const deps = hereIn(context, hearing)
    const { user, text = '', channel, thread_ts: thread = null } = message
    await deps.track(
      answerLine(
        { ...fromMessage(text, deps), user, userName: user, channel, isDirectMessage: true, thread, ...noAddress },
        deps,
      ),
    )
  })
}

const noAddress = { respond: null, replaces: false } as const

/** What is written to the bot: a command or a question, without its own name. */
function fromMessage(text: string, { botUserId }: HearDeps): { readonly line: string } {
  const words = textFromSlack(text.replaceAll(`<@${botUserId}>`, ' ')).trim()
  return { line: parseLine(words).kind === 'empty' ? 'help' : words }
}
