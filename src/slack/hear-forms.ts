import { type App, type BlockAction, type ButtonAction, RespondError, type RespondFn } from '@slack/bolt'
import { answerForm, answerLine, type Hearing, hereIn, requestOf } from './answer-asker.ts'
import { FORM_ACTION, type FormPlace, formOf, optionOf, optionsFrom, valuesOf } from './form.ts'
import { showHome } from './hear-home.ts'

const OPENS_FORM = new RegExp(`^${FORM_ACTION}:`)
const HANDED_OVER_WITHIN_MS = 10_000

/** Forms for commands that are hard to type: opened by a button, filled with suggestions, answered like a typed line. */
export function hearForms(app: App, hearing: Hearing): void {
  const { book, log, track } = hearing

  app.action<BlockAction<ButtonAction>>(OPENS_FORM, async ({ action, body, ack, respond, context }) => {
    await ack()
    const deps = hereIn(context, hearing)
    const command = book.commands.find(({ name }) => name === action.value)
    const channel = body.channel?.id ?? body.view?.private_metadata ?? null
    const isDirectMessage = channel?.startsWith('D') ?? false
    const { id: user, username: userName = user } = body.user
    const back = (respond as RespondFn | undefined) ?? null
    const place = { channel, isDirectMessage, user, userName, respond: back, replaces: false, thread: null }
    if (command === undefined) return track(answerLine({ ...place, line: action.value ?? '' }, deps))

    const view = formOf(command, { command: command.name, channel, address: body.response_url ?? null })
    try {
      await deps.client.views.open({ trigger_id: body.trigger_id, view })
    } catch (error) {
      // Three seconds after the press Slack opens nothing any more; words still work.
      log.warn({ error }, 'form could not be opened')
      await track(answerLine({ ...place, line: `help ${command.name}` }, deps))
    }
  })

  app.options<'block_suggestion'>(/^/, async ({ options, body, ack, context }) => {
    const deps = hereIn(context, hearing)
    const { command, option } = optionOf(options.block_id)
    const { id: user, name: userName = user } = body.user
    const asker = { user, userName, channel: null, isDirectMessage: false }
    const request = await requestOf(asker, deps)
    const found = request === null ? [] : await book.suggest(command, option, options.value, request)
    await ack({ options: optionsFrom(found) })
  })

  app.view(FORM_ACTION, async ({ view, body, ack, context }) => {
    await ack()
    const deps = hereIn(context, hearing)
    const { command, channel, address } = JSON.parse(view.private_metadata) as FormPlace
    const isDirectMessage = channel?.startsWith('D') ?? false
    const { id: user, name: userName } = body.user
    const respond = address === null ? null : respondAt(address)
    const place = { channel, isDirectMessage, user, userName, respond, replaces: false, thread: null }
    await track(answerForm(command, valuesOf(view.state.values), place, deps))
    if (address === null && channel !== null) await track(showHome(user, channel, deps))
  })
}

/** The response address of the button that opened the form; Bolt knows it no longer when the form is sent. */
function respondAt(address: string): RespondFn {
  return async (message) => {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
      signal: AbortSignal.timeout(HANDED_OVER_WITHIN_MS),
    })
    if (!response.ok) throw new RespondError(`response address answered ${response.status}`, response.status)
    return response
  }
}
