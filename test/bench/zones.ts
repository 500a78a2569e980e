/**
 * Two years in every IANA zone: does the scheduler owe exactly one digest a slot, and does the sender post it? The
 * slots are read off a wall clock, five minutes by five minutes; scheduler, outbox, sender and database are the
 * service's own. Simulated: the clock, the platform, and what a digest says. Daily and weekly slots over all the
 * time, one an hour around every change of a clock. Zones whose clocks show the same in these years are one run;
 * that their slots are the same instants is looked up for each of them.
 *
 *     npm run bench:zones [-- ZONE ...]      default: all
 */
import { silentLog } from '../../src/base/log.ts'
import type { TeamId } from '../../src/base/scope.ts'
import { slotsBetween } from '../../src/delivery/due-slots.ts'
import { outbox } from '../../src/delivery/outbox.ts'
import { scheduleDigests } from '../../src/delivery/schedule-digests.ts'
import { deliverySender } from '../../src/delivery/send-deliveries.ts'
import { type Schedule, weekdays } from '../../src/delivery/subscription.ts'
import { subscriptionStore } from '../../src/delivery/subscription-store.ts'
import { type SeenSlot, wallClocks } from '../promises/wall.ts'
import { handClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'
import { scriptedPlatform } from '../support/platform.ts'

const DAY_MS = 86_400_000
const FROM = Date.UTC(2026, 0, 1, 12)
const UNTIL = FROM + 730 * DAY_MS
const TEAM = 1 as TeamId
const TICK_MS = 20_000
/** One an hour from so long before a change of the clock until so long after it. */
const AROUND_MS = 2 * DAY_MS
const EVERY_HOUR = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`)

type Promised = { readonly schedule: Schedule; readonly from: number; readonly until: number }

const say = (line: string) => void process.stdout.write(`${line}\n`)
const began = performance.now()
const asked = process.argv.slice(2)
const zones = asked.length > 0 ? asked : Intl.supportedValuesOf('timeZone')
const clocks = Map.groupBy(zones, (zone) => JSON.stringify(changesIn(zone)))
say(`${zones.length} zones, ${clocks.size} different clocks`)

const sum = { promised: 0, posted: 0, different: 0, changes: 0 }
for (const [changes, alike] of clocks) {
  const [first = 'UTC', ...others] = alike
  const promised = promisedIn(
    first,
    (JSON.parse(changes) as [number, string][]).slice(1).map(([at]) => at),
  )
  const wanted = promised.map((one) => slotsByTheWall(one))
  const different = [...(await live(promised, wanted)), ...others.flatMap((zone) => otherwise(zone, promised, wanted))]
  sum.changes += promised.length - 2
  for (const words of different) say(`  ${words}`)
  sum.different += different.length
}
say(
  `${sum.promised} slots promised around ${sum.changes} changes of the clock and between, ${sum.posted} posts, ${sum.different} differences, ${Math.round((performance.now() - began) / 1_000)} s`,
)
if (sum.different > 0 || sum.posted !== sum.promised) process.exitCode = 1

/** When a zone's clock shows another offset, by the hour, and which one it is then. */
function changesIn(zone: string): readonly (readonly [number, string])[] {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  const offsetAt = (at: number) => format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const changes: [number, string][] = [[FROM, offsetAt(FROM)]]
  for (let at = FROM; at < UNTIL; at += 3_600_000) {
    const offset = offsetAt(at)
    if (offset !== changes.at(-1)?.[1]) changes.push([at, offset])
  }
  return changes
}

function promisedIn(zone: string, changes: readonly number[]): readonly Promised[] {
  const all = { from: FROM, until: UNTIL }
  return [
    { ...all, schedule: { times: ['02:30'], days: [...weekdays], zone } },
    { ...all, schedule: { times: ['09:00'], days: ['sun'], zone } },
    ...changes.map((at) => ({
      schedule: { times: EVERY_HOUR, days: [...weekdays], zone },
      ...{ from: at - AROUND_MS, until: Math.min(UNTIL, at + AROUND_MS) },
    })),
  ]
}

function slotsByTheWall({ schedule, from, until }: Promised): readonly SeenSlot[] {
  return wallClocks(from, until)(schedule).filter(({ at }) => at > from && at <= until)
}

/** What is otherwise in a zone whose clock shows the same. */
function otherwise(zone: string, promised: readonly Promised[], wanted: readonly (readonly SeenSlot[])[]): string[] {
  return promised.flatMap(({ schedule, from, until }, i) => {
    const found: string[] = []
    // The service looks back over a month at most.
    for (let at = from; at < until; at += 10 * DAY_MS) {
      const end = new Date(Math.min(until, at + 10 * DAY_MS))
      for (const { on, name, dueAt } of slotsBetween({ ...schedule, zone }, new Date(at), end))
        found.push(`${on} ${name} ${dueAt.getTime()}`)
    }
    const expected = (wanted[i] ?? []).map(({ key, at }) => `${key} ${at}`)
    return [...new Set(found).symmetricDifference(new Set(expected))].map((slot) => `${zone}: ${slot}`)
  })
}

/** Lets the service live through the instants at which something is due in a zone; what came of it otherwise than promised. */
async function live(promised: readonly Promised[], wanted: readonly (readonly SeenSlot[])[]): Promise<string[]> {
  await using db = await testDatabase()
  const clock = handClock(new Date(FROM).toISOString())
  const [subscriptions, box, slack] = [subscriptionStore(db), outbox(db), scriptedPlatform()]
  const messengers = new Map([['slack' as const, { ...slack.messenger, restMs: 0 }]])
  const sender = deliverySender('slack', { outbox: box, messengers, clock, log: silentLog })
  const blocks = [{ kind: 'text', line: 'What was said.' } as const]
  const writeDigest = async () => ({ blocks, told: [], tells: [], isCut: false })
  const ids = new Map<number, { readonly id: string; readonly number: number }>()

  const begin = async (at: number) => {
    for (const [index, { schedule, from }] of promised.entries()) {
      if (from !== at) continue
      const place = { team: TEAM, platform: 'slack', channel: `C${index}`, createdBy: 'U1' } as const
      const wish = { kind: 'digest', digest: 'morning', schedule, whenEmpty: 'say so' } as const
      ids.set(index, await subscriptions.add({ ...place, ...wish, filter: { speakers: [], topics: [] } }, clock.now()))
    }
  }
  const end = async (at: number) => {
    for (const [index, { until }] of promised.entries()) {
      const kept = ids.get(index)
      if (until === at && kept !== undefined) await subscriptions.remove(TEAM, kept.number, clock.now())
    }
  }

  const instants = new Set(wanted.flatMap((slots) => slots.map(({ at }) => at)))
  for (const { from, until } of promised) for (const at of [from, until]) instants.add(at)
  for (const at of [...instants].toSorted((one, other) => one - other)) {
    // A moment before, at the instant, and after it.
    for (const nearMs of [-1, 0, TICK_MS]) {
      clock.set(new Date(at + nearMs).toISOString())
      await scheduleDigests({
        ...{ db, subscriptions, writeDigest, clock, log: silentLog, graceMs: 2 * 3_600_000 },
        isQuiet: async () => false,
      })
      if (nearMs === 0) await begin(at)
    }
    await sender.send()
    await sender.settled()
    await end(at)
  }

  const rows = await db.reads.selectFrom('slot').selectAll().execute()
  const posted = Map.groupBy(slack.posted, ({ key }) => key)
  return promised.flatMap(({ schedule }, index) => {
    const expected = new Set((wanted[index] ?? []).map(({ key, at }) => `${key} ${at}`))
    const own = rows.filter(({ subscription }) => subscription === ids.get(index)?.id)
    const posts = own.filter(({ delivery }) => posted.get(delivery ?? '')?.length === 1)
    sum.promised += expected.size
    sum.posted += posts.length
    const found = new Set(posts.map(({ on, name, dueAt }) => `${on} ${name} ${dueAt}`))
    return [...found.symmetricDifference(expected)].map((slot) => `${schedule.zone}: ${slot}`)
  })
}
