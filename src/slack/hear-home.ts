import { type App, webApi } from '@slack/bolt'
import type { Block } from '../chat/blocks.ts'
import { TOO_MUCH_AT_ONCE } from '../chat/throttle.ts'
import { type HearDeps, type Hearing, hereIn, requestOf } from './answer-asker.ts'
import { hasForm } from './form.ts'
import type { Published } from './home-pages.ts'
import { formButtons } from './render-buttons.ts'
import { fitsView, viewBlocks } from './render-view.ts'

/** The command whose answer is the page. */
const HOME = 'home'

/** The bot's own page: what `/home` answers, and forms to ask. */
export function hearHome(app: App, hearing: Hearing): void {
  app.event('app_home_opened', async ({ event, context }) => {
    if (event.tab !== 'home') return
    const { hash } = (event.view ?? {}) as { readonly hash?: string }
    await hearing.track(showHome(event.user, event.channel, hereIn(context, hearing), hash))
  })
}

/**
 * Draws the page of one person anew. `channel` is their conversation with the bot: what they follow from the page
 * comes there. `seen`: by what Slack knew the page when this was asked for. Never throws.
 */
export function showHome(user: string, channel: string, deps: HearDeps, seen?: string): Promise<void> {
  const page = { key: `${deps.workspace} ${user}`, channel, seen }
  return deps.pages.draw(page, (hash) => publish(user, channel, deps, hash))
}

/** @see Hearing.redraw */
export function redrawHome(user: string, deps: HearDeps): void {
  const channel = deps.pages.channelOf(`${deps.workspace} ${user}`)
  if (channel !== null) void deps.track(showHome(user, channel, deps))
}

async function publish(user: string, channel: string, deps: HearDeps, hash: string | undefined): Promise<Published> {
  const { book, client, log, mentions } = deps
  try {
    const request = await requestOf({ user, userName: user, channel, isDirectMessage: true }, deps)
    if (request === null) return 'failed'
    const asking = book.commands.filter((one) => hasForm(one) && one.isLookup === true).map(({ name }) => name)
    const options = { mentions }
    const top = [...viewBlocks(INTRODUCTION, options), ...formButtons(asking), { type: 'divider' } as const]
    const answer = await book.answerLine(HOME, request)
    // The page that stands says more.
    if (answer.blocks === TOO_MUCH_AT_ONCE) return 'failed'
    const { blocks } = await book.fit(answer, request, fitsView(options, top))
    const view = { type: 'home' as const, private_metadata: channel, blocks: [...top, ...viewBlocks(blocks, options)] }
    const published = await client.views.publish({ user_id: user, view, ...(hash === undefined ? {} : { hash }) })
    return { hash: published.view?.hash }
  } catch (error) {
    if (error instanceof webApi.WebAPIPlatformError && error.data.error === 'hash_conflict') return 'conflict'
    log.warn({ error }, 'page of a person could not be drawn')
    return 'failed'
  }
}

const INTRODUCTION: readonly Block[] = [
  { kind: 'heading', text: 'Who said what on which topic, and when it moved' },
  {
    kind: 'text',
    line: 'Ask here, by /onrecord in any channel, or by writing to me. What you follow from here comes to our conversation.',
  },
]
