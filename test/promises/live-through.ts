import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SubscriptionId } from '../../src/delivery/subscription.ts'
import { randomOf, seedOf } from '../support/random.ts'
import { type Event, idOfSpeaker, TEAMS, type Wish } from './history.ts'
import { type Complaint, type Corrected, judge, type Told } from './judge.ts'
import { type Kept, promises } from './model.ts'
import { mortalNewsroom } from './newsroom.ts'
import { slotsAndPosts } from './what-stands.ts'

/** The clocks of Europe, America and Australia change within the month that follows. */
export const FROM = '2026-03-07T00:00:00Z'

const MINUTE_MS = 60_000
/** In peace at the end: every weekly digest comes once more. */
const REST_DAYS = 8
const REST_STEP_MINUTES = 30

export type Lived = Told & {
  readonly complaints: readonly Complaint[]
  /** What the platforms did, and at what the process died. */
  readonly met: ReadonlyMap<string, number>
}

type Options = {
  readonly days: number
  readonly seed: number
  readonly onDay?: (day: number) => void
}

/** Lives through a history with the real scheduler, outbox and senders, and compares what was posted with what was promised. */
export async function liveThrough(history: readonly Event[], { days, seed, onDay }: Options): Promise<Lived> {
  await using stack = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-promises-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const room = stack.use(await mortalNewsroom({ folder, from: FROM, seed }))
  const began = Date.parse(FROM)
  const model = promises(began, began + (days + REST_DAYS + 2) * 24 * 60 * MINUTE_MS)
  const ids = new Map<number, SubscriptionId>()
  const wishes = new Map<number, Wish>()
  const said = new Map<string, { token: string; speaker: string; topic: string; outlet: string; team: number | null }>()
  /** By token, how often each digest had been edited that told it when it was corrected. */
  const corrected = new Map<string, Corrected>()
  /** What ends by itself, later. */
  const endings: { readonly at: number; readonly end: () => Promise<void> }[] = []
  const now = () => room.clock.now().getTime()
  const platformOf = (team: number) => TEAMS[team] ?? 'slack'
  /** What a team may read, as it has it. */
  const saidTo = (team: number) =>
    new Map(
      [...said].flatMap(([token, one]) => {
        if (one.team !== null && one.team !== team) return []
        const anew = corrected.get(token)
        return [[token, anew?.team === team ? { ...one, speaker: anew.speaker } : one] as const]
      }),
    )

  /** By what stands on the platform now. */
  const postedNow = async () => {
    const posts = await slotsAndPosts(room)
    return (one: Kept, slot: string) => posts.isPosted(ids.get(one.ref), slot)
  }
  const delayed = async (isMeant?: (one: Kept) => boolean) => model.delay(await postedNow(), isMeant)

  const happen = async (event: Event): Promise<void> => {
    switch (event.kind) {
      case 'subscribe': {
        const kept = await room.ask((house) => house.subscriptions.add(room.wishOf(event.wish), room.clock.now()))
        // Somebody wished the same before.
        if ([...ids.values()].includes(kept.id)) return
        ids.set(event.ref, kept.id)
        wishes.set(event.ref, event.wish)
        model.subscribe(event.ref, event.wish, now())
        const known = model.kept.get(event.ref)
        // Its first digest looks back a day.
        for (const token of saidTo(event.wish.team).keys()) known?.mayTell.add(token)
        return
      }
      case 'unsubscribe': {
        const kept = await subscription(event.ref)
        if (kept === null) return
        model.unsubscribe(event.ref, await postedNow())
        return void (await room.ask((house) => house.subscriptions.remove(kept.team, kept.number, room.clock.now())))
      }
      case 'want otherwise': {
        const [kept, wish] = [await subscription(event.ref), wishes.get(event.ref)]
        if (kept === null || wish === undefined || model.isGone(event.ref)) return
        const { filter = wish.filter, schedule } = event
        const next: Wish = {
          ...wish,
          filter,
          ...(wish.kind === 'digest' && schedule !== undefined ? { schedule } : {}),
        }
        const edited = await room.ask((house) => house.subscriptions.edit(kept.id, room.wishOf(next), room.clock.now()))
        if (edited.kind !== 'edited') return
        wishes.set(event.ref, next)
        return model.change(event.ref, next, now(), saidTo(next.team))
      }
      case 'pause': {
        const kept = await subscription(event.ref)
        if (kept === null) return
        const end = event.minutes === null ? null : new Date(now() + event.minutes * MINUTE_MS)
        await room.ask((house) => house.subscriptions.pause(kept.id, end, room.clock.now()))
        return model.pause(event.ref, end?.getTime() ?? null)
      }
      case 'resume': {
        const kept = await subscription(event.ref)
        if (kept === null) return
        await room.ask((house) => house.subscriptions.resume(kept.id, room.clock.now()))
        return model.resume(event.ref, now())
      }
      case 'publish':
        for (const { token, speaker } of event.words)
          said.set(token, { token, speaker: idOfSpeaker(speaker), ...event })
        await room.publish(event)
        return model.publish(event, now())
      case 'correct': {
        const [words, statement] = [said.get(event.token), room.statements.get(event.token)]
        if (words === undefined || statement === undefined || corrected.has(event.token)) return
        const before = (await slotsAndPosts(room)).edits(room.teamOf(event.team), statement, event.token)
        corrected.set(event.token, { team: event.team, speaker: idOfSpeaker(event.speaker), before })
        await room.say(event.team, `/correct wrong-speaker statement:${statement} speaker:"${event.speaker}"`)
        return model.correct(event.team, words, event.speaker)
      }
      case 'quiet': {
        const { place, minutes, topic } = event
        const until = new Date(now() + minutes * MINUTE_MS)
        const filter = topic === null ? null : { speakers: [], topics: [topic] }
        await room.ask((house) =>
          house.quiets.add(at(place), { kind: 'for a time', until, filter }, 'U1', room.clock.now()),
        )
        return model.quiet(place, until.getTime(), topic)
      }
      case 'end quiet':
        await room.ask((house) => house.quiets.end(at(event.place), room.clock.now()))
        return model.endQuiets(event.place)
      case 'weather': {
        const platform = room.platforms[event.platform === 'discord' ? 'discord' : 'slack']
        const until = now() + event.minutes * MINUTE_MS
        platform.become(event.weather)
        if (event.weather === 'out') {
          model.outage(event.platform, now(), until)
          if (event.minutes > 60) await delayed((one) => platformOf(one.wish.team) === event.platform)
        }
        endings.push({ at: until, end: async () => platform.become('fine') })
        return
      }
      case 'place gone': {
        const { place } = event
        if (model.places.get(`${place.team} ${place.channel}`)?.goneSince != null) return
        const platform = room.platforms[platformOf(place.team) === 'discord' ? 'discord' : 'slack']
        await delayed((one) => one.wish.team === place.team && one.wish.channel === place.channel)
        platform.close(room.teamOf(place.team), place.channel)
        model.gone(place, now())
        endings.push({ at: now() + event.minutes * MINUTE_MS, end: () => mend(place) })
        return
      }
      case 'dies':
        return room.arm(event.at, event.of, event.isDone)
      case 'down':
        await delayed()
        return await room.restart(event.minutes)
      case 'clock moves':
        await delayed()
        return room.clock.advance({ minutes: event.minutes })
    }
  }

  const at = ({ team, channel }: { team: number; channel: string }) =>
    ({ team: room.teamOf(team), platform: platformOf(team), channel }) as const
  const subscription = async (ref: number) => {
    const [id, wish] = [ids.get(ref), wishes.get(ref)]
    if (id === undefined || wish === undefined || model.kept.get(ref)?.isEnded === true) return null
    return (await room.subscriptionsOf(wish.team)).find((one) => one.id === id) ?? null
  }
  const mend = async (place: { team: number; channel: string }) => {
    const platform = room.platforms[platformOf(place.team) === 'discord' ? 'discord' : 'slack']
    platform.open(room.teamOf(place.team), place.channel)
    const stopped = new Set<number>()
    for (const one of await room.subscriptionsOf(place.team)) {
      if (one.state !== 'stopped' || one.channel !== place.channel) continue
      const [ref] = [...ids].find(([, id]) => id === one.id) ?? []
      if (ref !== undefined) stopped.add(ref)
      const line = [{ kind: 'text', line: `${one.number} goes on` } as const]
      await room.ask((house) => house.subscriptions.again(one.id, line, room.clock.now()))
    }
    model.back(place, stopped, now())
  }
  const step = async () => {
    await room.tick()
    model.tick(now(), platformOf)
    await room.send()
  }

  const open = [...history]
  let minute = 0
  for (let steps = 0; minute < days * 24 * 60; steps += 1) {
    const due = open.filter(({ atMinute }) => atMinute <= minute)
    open.splice(0, due.length)
    for (const ending of endings.filter(({ at: end }) => end <= now())) {
      endings.splice(endings.indexOf(ending), 1)
      await ending.end()
    }
    for (const event of due) await happen(event)
    await step()
    // The same steps whatever happens, so that a shorter history has them too.
    const minutes = 5 + randomOf(seedOf(seed, 'step', steps))(20)
    if (Math.floor((minute + minutes) / 1440) > Math.floor(minute / 1440)) onDay?.(Math.floor(minute / 1440) + 1)
    minute += minutes
    room.clock.advance({ minutes })
  }

  await comeToRest()
  const told = await slotsAndPosts(room)
  const complaints = judge({
    model,
    told,
    ids,
    room,
    corrected,
  })
  return { ...told, complaints, met: metBy() }

  async function comeToRest(): Promise<void> {
    room.disarm()
    for (const { end } of endings.splice(0)) await end()
    for (const platform of Object.values(room.platforms)) platform.become('fine')
    for (const [key] of model.places) {
      const [team = '', channel = ''] = key.split(' ')
      await happen({ atMinute: 0, kind: 'end quiet', place: { team: Number(team), channel } })
    }
    for (const ref of ids.keys()) await happen({ atMinute: 0, kind: 'resume', ref })
    for (let left = REST_DAYS * 24 * 60; left > 0; left -= REST_STEP_MINUTES) {
      await step()
      room.clock.advance({ minutes: REST_STEP_MINUTES })
    }
  }

  function metBy(): ReadonlyMap<string, number> {
    const all = new Map(room.deaths)
    for (const [platform, { met }] of Object.entries(room.platforms))
      for (const [what, times] of met) all.set(`${platform}: ${what}`, times)
    return all
  }
}
