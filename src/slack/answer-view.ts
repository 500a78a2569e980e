import type { types } from '@slack/bolt'
import type { Block } from '../chat/blocks.ts'
import { cleanName, cutText } from '../chat/clean-text.ts'
import type { Answer } from '../chat/command.ts'
import { type HearDeps, NOT_FOR_STRANGERS, requestOf } from './answer-asker.ts'
import { showHome } from './hear-home.ts'
import { fitsView, viewBlocks } from './render-view.ts'
import { plain } from './rich-text.ts'
import { sendAnswer } from './send-answer.ts'

/** The modal that answers a press on the bot's page. */
export const ANSWER_VIEW = 'onrecord-answer'

/** @see @slack/types, views */
const TITLE_AT_MOST = 24

/** A button that was pressed on the bot's page, or on an answer to such a press. */
export type PressInView = {
  readonly line: string
  readonly label: string
  readonly user: string
  readonly userName: string
  /** The person's conversation with the bot, to which the page belongs. */
  readonly channel: string
  /** Good for three seconds. */
  readonly trigger: string
  readonly view: { readonly id: string; readonly type: string; readonly hash?: string | undefined }
}

/**
 * Answers a press on the page where it was pressed: in a modal over it, whose own buttons answer in the same modal.
 * It is opened at once, before the answer is there. Where Slack opens none, or the person has closed it, the answer
 * comes to the conversation. Then the page is drawn anew. Never throws.
 */
export async function answerInView(press: PressInView, deps: HearDeps): Promise<void> {
  const { line, user, userName, channel } = press
  const view = press.view.type === 'modal' ? press.view.id : await open(press, deps)
  await deps.turn()
  const asker = { user, userName, channel, isDirectMessage: true }
  const request = await requestOf(asker, deps)
  const answered =
    request === null ? NOT_FOR_STRANGERS : line === '' ? STALE : await deps.book.answerLine(line, request)
  const options = { mentions: deps.mentions }
  const answer = request === null ? answered : await deps.book.fit(answered, request, fitsView(options))
  if (view === null || !(await show(answer, view, press, deps))) {
    await sendAnswer(answer, {}, { ...asker, respond: null, replaces: false, thread: null }, deps)
  }
  await showHome(user, channel, deps, press.view.type === 'home' ? press.view.hash : undefined)
}

async function open(press: PressInView, { client, log }: HearDeps): Promise<string | null> {
  try {
    const { view } = await client.views.open({ trigger_id: press.trigger, view: modal(press, WAITING) })
    return view?.id ?? null
  } catch (error) {
    log.warn({ error }, 'an answer could not be opened over the page')
    return null
  }
}

async function show(answer: Answer, view: string, press: PressInView, { client, log, mentions }: HearDeps) {
  try {
    await client.views.update({ view_id: view, view: modal(press, viewBlocks(answer.blocks, { mentions })) })
    return true
  } catch (error) {
    log.warn({ error }, 'an answer could not be shown over the page')
    return false
  }
}

function modal({ label, channel }: PressInView, blocks: types.KnownBlock[]): types.ModalView {
  const title = cutText(cleanName(label), TITLE_AT_MOST)
  return {
    type: 'modal',
    callback_id: ANSWER_VIEW,
    private_metadata: channel,
    title: plain(title === '' ? 'Answer' : title),
    close: plain('Close'),
    blocks,
  }
}

const WAITING: types.KnownBlock[] = [{ type: 'context', elements: [plain('One moment …')] }]

/** A button from before an update that carries nothing any more. */
export const STALE: { readonly blocks: readonly Block[] } = {
  blocks: [{ kind: 'text', line: 'This button no longer works. Ask again with /onrecord help.' }],
}
