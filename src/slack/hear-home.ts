import type { App, types } from '@slack/bolt'
import type { Block } from '../chat/blocks.ts'
import { type HearDeps, type Hearing, hereIn, requestOf } from './answer-asker.ts'
import { hasForm } from './form.ts'
import { renderBlocks } from './render-blocks.ts'
import { formButtons } from './render-buttons.ts'

/** Commands whose bare answers a person wants to see without asking, in this order, as far as there are such. */
const SHOWN = ['subscriptions', 'quiet', 'feeds']
/** Of a hundred that Slack takes in a view. */
const BLOCKS_AT_MOST_EACH = 40

/** The bot's own page: what this person gets in their conversation with it, the feeds, and forms to ask and to follow. */
export function hearHome(app: App, hearing: Hearing): void {
  app.event('app_home_opened', async ({ event, context }) => {
    if (event.tab !== 'home') return
    await hearing.track(showHome(event.user, event.channel, hereIn(context, hearing)))
  })
}

/**
 * Draws the page of one person anew. `channel` is their conversation with the bot: what they
 * follow from the page comes there.
 */
export async function showHome(user: string, channel: string, deps: HearDeps): Promise<void> {
  const { book, client, log, mentions } = deps
  const request = await requestOf({ user, userName: user, channel, isDirectMessage: true }, deps)
  if (request === null) return

  const shown = SHOWN.filter((name) => book.commands.some((command) => command.name === name))
  const answers = await Promise.all(shown.map((name) => book.answerLine(name, request)))
  const forms = book.commands.filter(hasForm).map(({ name }) => name)
  const draw = (blocks: readonly Block[]) => renderBlocks(blocks, { mentions }).flatMap((message) => message.blocks)
  const blocks: types.KnownBlock[] = [
    ...draw(INTRODUCTION),
    ...formButtons(forms),
    ...answers.flatMap((answer) => [{ type: 'divider' } as const, ...bounded(draw(answer.blocks), draw)]),
  ]
  try {
    await client.views.publish({ user_id: user, view: { type: 'home', private_metadata: channel, blocks } })
  } catch (error) {
    log.warn({ error }, 'page of a person could not be drawn')
  }
}

const INTRODUCTION: readonly Block[] = [
  { kind: 'heading', text: 'Who said what on which topic, and when it moved' },
  {
    kind: 'text',
    line: 'Ask here, by /onrecord in any channel, or by writing to me. What you follow from here comes to our conversation.',
  },
]

function bounded(blocks: readonly types.KnownBlock[], draw: (blocks: readonly Block[]) => readonly types.KnownBlock[]) {
  if (blocks.length <= BLOCKS_AT_MOST_EACH) return blocks
  return [
    ...blocks.slice(0, BLOCKS_AT_MOST_EACH - 1),
    ...draw([{ kind: 'note', line: 'There is more: ask for it by its command.' }]),
  ]
}
