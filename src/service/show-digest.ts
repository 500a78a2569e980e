import { pageOf } from '../brief/digest-page.ts'
import { faultlessDigest } from '../brief/faultless-digest.ts'
import { faultlessItems } from '../brief/may-post.ts'
import { officesIn } from '../brief/office-on.ts'
import type { ShowDigest } from '../delivery/shown.ts'
import type { Window } from '../delivery/slot-store.ts'
import type { DigestSubscription } from '../delivery/subscription.ts'
import { subscriptionDates } from '../delivery/subscription-dates.ts'
import type { StatementId } from '../statement/statement-store.ts'
import { readWindow, wantedOf } from './digest-window.ts'
import { knownWords } from './known-words.ts'
import { type DigestDeps, digestOf } from './write-digest.ts'

/** @see ShowDigest */
export function digestShower(house: DigestDeps): ShowDigest {
  return async ({ subscription, window, only }, wanted) => {
    const { team, schedule } = subscription
    const deps = { ...house, roster: await house.rosterFor(team) }
    const { changes, ids } = await (only === undefined
      ? cameIn(subscription, window, house)
      : toldThen(subscription, only, house))
    const known = knownWords(team, house)
    const items = faultlessItems(await known.itemsOf(changes, deps), deps)
    const inItems = new Set(items.map(({ statement }) => statement.id))
    const statements = (await known.statementsOf(ids)).filter(({ id }) => !inItems.has(id))
    const shown = new Set(items.flatMap(({ change, statement }) => [change.id as string, String(statement.id)]))
    for (const { id } of statements) shown.add(String(id))
    const left = [...(only ?? [])].filter((id) => isOwn(id) && !shown.has(id)).length
    const { matter, ...page } = pageOf(
      {
        ...{ window, items, statements, zone: schedule.zone },
        officeOf: officesIn(deps.roster),
        dates: await subscriptionDates(subscription, house),
      },
      wanted,
    )
    // What a digest only counted was not checked when it was posted.
    const { blocks } = await faultlessDigest(digestOf(subscription), matter, deps)
    return { ...page, blocks: blocks ?? [], left }
  }
}

async function cameIn({ team, filter }: DigestSubscription, window: Window, house: DigestDeps) {
  const { changes, statements } = await wantedOf(await readWindow(team, window, 0, house), filter, null)
  return { changes, ids: statements.map(({ id }) => id) }
}

/** Of what a digest told, the labels that still hold and all of its statements. */
async function toldThen({ team }: DigestSubscription, only: ReadonlySet<string>, { positions }: DigestDeps) {
  const ids = [...only].filter((id) => IS_NUMBER.test(id)).map((id) => Number(id) as StatementId)
  const changes = (await positions.ofStatements(team, ids)).filter(({ id }) => only.has(id))
  return { changes, ids }
}

const IS_NUMBER = /^\d+$/

/** Lines that put right what an earlier digest told are that one's. */
function isOwn(id: string): boolean {
  return !id.startsWith('~')
}
