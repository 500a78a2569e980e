import { setTimeout as after } from 'node:timers/promises'
import type { App, BlockAction, ButtonAction, RespondFn } from '@slack/bolt'
import type { Suggestion } from '../chat/command.ts'
import { type Asking, askForm, type HearDeps, type Hearing, hereIn, requestOf } from './answer-asker.ts'
import { errorsFor, FORM_ACTION, optionOf, optionsFrom, placeOf, valuesOf } from './form.ts'
import { showHome } from './hear-home.ts'
import { openOrAnswer } from './open-form.ts'
import { senderAt } from './respond-at.ts'
import { sendAnswer } from './send-answer.ts'
import { sentOnce } from './sent-once.ts'

const OPENS_FORM = new RegExp(`^${FORM_ACTION}:`)
/** Slack waits three seconds to hear what is wrong at which field, the network included; later it is answered. */
const CHECKED_WITHIN_MS = 1_800

/** Forms for commands: opened by a button, filled with suggestions, answered like a typed line. */
export function hearForms(app: App, hearing: Hearing): void {
  app.action<BlockAction<ButtonAction>>(OPENS_FORM, async ({ action, body, ack, respond, context }) => {
    await ack()
    const deps = hereIn(context, hearing)
    const channel = body.channel?.id ?? body.view?.private_metadata ?? null
    const { id: user, username: userName = user } = body.user
    const asked = {
      line: action.value ?? '',
      channel,
      isDirectMessage: channel?.startsWith('D') ?? false,
      user,
      userName,
      respond: (respond as RespondFn | undefined) ?? null,
      replaces: false,
      thread: body.message?.thread_ts ?? null,
      trigger: body.trigger_id,
      address: body.response_url ?? null,
    }
    await deps.track(openOrAnswer(asked, 'wished', deps))
  })

  hearSuggestions(app, hearing)
  hearSent(app, hearing)
}

function hearSuggestions(app: App, hearing: Hearing): void {
  app.options<'block_suggestion'>(/^/, async ({ options, body, ack, context }) => {
    const deps = hereIn(context, hearing)
    const { command, option } = optionOf(options.block_id)
    const { id: user, name: userName = user } = body.user
    // What a channel has may be suggested in the form that was opened there.
    const { channel = null } = body.view === undefined ? {} : (placeOf(body.view) ?? {})
    const asker = { user, userName, channel, isDirectMessage: channel?.startsWith('D') ?? false }
    const request = await requestOf(asker, deps)
    const found = request === null ? [] : await deps.book.suggest(command, option, options.value, request)
    const kind = deps.book.commands.find(({ name }) => name === command)?.options[option]?.kind
    await ack({ options: optionsFrom(request === null ? [] : withTyped(found, kind, options.value)) })
  })
}

/** Words are taken as they are typed, and a name that we do not know may still stand in an article. */
function withTyped(found: readonly Suggestion[], kind: string | undefined, typed: string): readonly Suggestion[] {
  const value = typed.trim()
  const isTaken = (kind === 'text' || (kind === 'speaker' && found.length === 0)) && value !== ''
  if (!isTaken || found.some((one) => one.value === value)) return found
  return [...found, { label: value, value }]
}

function hearSent(app: App, hearing: Hearing): void {
  const sent = sentOnce(hearing.clock)

  app.view(FORM_ACTION, async ({ view, body, ack, context }) => {
    const deps = hereIn(context, hearing)
    const opened = placeOf(view)
    const { channel = null, address = null } = opened ?? {}
    const place = senderAt(body.user, { channel, address })
    if (opened === null) {
      await ack()
      return await deps.track(sendAnswer(OUTDATED, {}, place, deps))
    }
    const values = { ...opened.fixed, ...valuesOf(view.state.values) }
    const errors = await sent(`${deps.workspace} ${view.id} ${JSON.stringify(values)}`, async () => {
      const asking = askForm(opened.command, values, place, deps)
      const inTime = await Promise.race([asking, after(CHECKED_WITHIN_MS, null, { ref: false })])
      const wrong = inTime === null ? null : errorsFor(inTime.answer.problem, view, deps.mentions)
      if (wrong === null) void deps.track(answered(asking, { ...place, showsHome: address === null }, deps))
      return wrong
    })
    await (errors === null ? ack() : ack({ response_action: 'errors', errors }))
  })
}

async function answered(
  asking: Promise<Asking>,
  { user, channel, showsHome }: { readonly user: string; readonly channel: string | null; readonly showsHome: boolean },
  deps: HearDeps,
): Promise<void> {
  await (await asking).send()
  if (showsHome && channel !== null) await showHome(user, channel, deps)
}

const OUTDATED = {
  blocks: [{ kind: 'text', line: 'That form is from an older version of me. Open it again, or see /onrecord help.' }],
} as const
