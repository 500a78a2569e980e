import type { BriefItem } from '../brief/brief.ts'
import { faultlessDigest } from '../brief/faultless-digest.ts'
import { faultlessItems } from '../brief/may-post.ts'
import { officesIn } from '../brief/office-on.ts'
import { aboutAlone, aboutOf, isBeside, toldBy } from '../brief/told.ts'
import type { Rewriting } from '../delivery/rewrite-post.ts'
import { type DigestSubscription, matches } from '../delivery/subscription.ts'
import { subscriptionDates } from '../delivery/subscription-dates.ts'
import type { Statement, StatementId } from '../statement/statement-store.ts'
import { labelled, saidBy } from './digest-window.ts'
import { knownWords } from './known-words.ts'
import { type DigestDeps, digestOf, grouped } from './write-digest.ts'

/**
 * Writes a digest anew: of the statements that it told, what the record of today has. An item stays that is about
 * what it was about, and one comes in that the channel asked for; what is somebody else's now, or on another topic,
 * goes.
 */
export function digestRewriter(house: DigestDeps): Rewriting['digest'] {
  return async (subscription, { window, told, whole }) => {
    const { team, schedule } = subscription
    const deps = { ...house, roster: await house.rosterFor(team) }
    const known = knownWords(team, house)
    const ids = [...new Set(told.map(({ statement }) => statement))]
    const abouts = new Set(told.map(({ statement, about }) => `${statement} ${about}`))
    const wasTold = (id: StatementId, about: string) => abouts.has(`${id} ${about}`)
    const changes = await deps.positions.ofStatements(team, ids)
    const items = faultlessItems(
      (await known.itemsOf(changes, deps)).filter(
        (item) => wasTold(item.statement.id, aboutOf(item)) || isWanted(item, subscription),
      ),
      deps,
    )
    const shown = new Set(items.map(({ statement }) => statement.id))
    // Words that were shown for the sake of others only are not told by themselves.
    const isItsOwn = ({ id }: Statement) => told.some((one) => one.statement === id && !isBeside(one))
    const statements = (await known.statementsOf(ids)).filter(
      (one) =>
        !shown.has(one.id) &&
        (wasTold(one.id, aboutAlone(one)) || (isItsOwn(one) && matches(subscription.filter, saidBy(one)))),
    )
    const dates = await subscriptionDates(subscription, house)
    const given = { window, items, statements, officeOf: officesIn(deps.roster), zone: schedule.zone, dates, whole }
    const digest = grouped(digestOf(subscription), given, subscription, await deps.topics.bookOf(team))
    const { blocks, matter } = await faultlessDigest(digest, given, deps)
    return blocks === null ? null : { blocks, tells: toldBy(matter.items, matter.statements) }
  }
}

function isWanted({ statement, change, alsoReportedBy }: BriefItem, { filter }: DigestSubscription): boolean {
  const said = saidBy(statement)
  const others = alsoReportedBy.flatMap(({ publisher }) => publisher ?? [])
  return matches(filter, { ...said, ...labelled(change), outlets: [...said.outlets, ...others] })
}
