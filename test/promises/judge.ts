import type { SubscriptionId } from '../../src/delivery/subscription.ts'
import type { Kept, Promises } from './model.ts'
import type { MortalNewsroom } from './newsroom.ts'
import type { PostRow, SlotRow } from './what-stands.ts'

/** Something that was promised and is not so. */
export type Complaint = {
  readonly about: 'slot' | 'digest' | 'alert' | 'doubled' | 'open' | 'edit' | 'quiet'
  readonly words: string
  /** Where to look for it in the history. */
  readonly ref: number | null
  readonly place: { readonly team: number; readonly channel: string } | null
}

export type Told = { readonly posts: readonly PostRow[]; readonly slots: readonly SlotRow[] }

export type Corrected = {
  readonly team: number
  /** To whom that team gave the words. */
  readonly speaker: string
  readonly before: ReadonlyMap<string, number>
}

type Given = {
  readonly model: Promises
  readonly told: Told
  readonly ids: ReadonlyMap<number, SubscriptionId>
  readonly room: MortalNewsroom
  readonly corrected: ReadonlyMap<string, Corrected>
}

/** Compares what stands on the platforms with what the model promised. */
export function judge(given: Given): readonly Complaint[] {
  return [...doubled(given), ...leftOpen(given), ...digests(given), ...alerts(given), ...edits(given)]
}

function* doubled({ room }: Given): Generator<Complaint> {
  for (const { standing } of Object.values(room.platforms)) {
    for (const [key, { times, channel, text }] of standing) {
      if (times > 1) yield complaint('doubled', `${key} stands ${times} times in ${channel}: ${text.slice(0, 60)}`)
    }
  }
}

function* leftOpen({ told }: Given): Generator<Complaint> {
  for (const { id, state, kind, code, channel } of told.posts) {
    if (state === 'due' || state === 'sending' || state === 'held')
      yield complaint('open', `${kind} ${id} for ${channel} is still ${state} (${code}) after days of peace`)
  }
}

function* digests({ model, told, ids, room }: Given): Generator<Complaint> {
  const byId = new Map(told.posts.map((post) => [post.id, post]))
  const tokenOf = new Map([...room.statements].map(([token, id]) => [id, token]))
  const slotsOf = Map.groupBy(told.slots, ({ subscription }) => subscription)
  for (const one of model.kept.values()) {
    if (one.wish.kind !== 'digest') continue
    const slots = slotsOf.get(ids.get(one.ref) ?? '') ?? []
    const reached = slots.filter(({ delivery }) => {
      const post = byId.get(delivery ?? '')
      return post !== undefined && (post.isThere || post.state === 'unknown')
    })
    yield* slotsOfOne(one, slots, { reached, byId, room })
    const times = new Map<string, number>()
    for (const id of reached.flatMap((slot) => slot.told)) {
      const token = tokenOf.get(id) ?? `statement ${id}`
      times.set(token, (times.get(token) ?? 0) + 1)
    }
    const complain = (words: string) => complaint('digest', `digests of ${name(one)}: ${words}`, one)
    for (const [token, count] of times) {
      if (count > 1) yield complain(`${token} told ${count} times`)
      if (!one.mustTell.has(token) && !one.mayTell.has(token)) yield complain(`${token} told, not wanted`)
    }
    for (const token of one.mustTell) if (!times.has(token)) yield complain(`${token} not told`)
  }
}

type SlotsGiven = {
  readonly reached: readonly SlotRow[]
  readonly byId: ReadonlyMap<string, PostRow>
  readonly room: MortalNewsroom
}

function* slotsOfOne(one: Kept, slots: readonly SlotRow[], { reached, byId, room }: SlotsGiven): Generator<Complaint> {
  const complain = (words: string) => complaint('slot', `${name(one)}: ${words}`, one)
  const posted = new Set(reached.map(({ key }) => key))
  for (const { key, dueAt } of reached) {
    const at = one.promised.get(key) ?? one.mayPost.get(key)
    if (at === undefined) yield complain(`${key} posted, not promised`)
    else if (at !== dueAt)
      yield complain(`${key} was due ${new Date(at).toISOString()}, not ${new Date(dueAt).toISOString()}`)
  }
  for (const [key] of one.promised) {
    if (posted.has(key)) continue
    const slot = slots.find((row) => row.key === key)
    const post = byId.get(slot?.delivery ?? '')
    const isInvalid = Object.values(room.platforms).some(({ invalid }) => invalid.has(post?.id ?? ''))
    if (!isInvalid) yield complain(`${key} promised, not posted: ${slot?.fate}, ${post?.state} (${post?.code})`)
  }
}

function* alerts({ model, told, room }: Given): Generator<Complaint> {
  const isInvalid = (post: PostRow): boolean =>
    Object.values(room.platforms).some(({ invalid }) => invalid.has(post.id) || invalid.has(post.bundle ?? ''))
  const inPlace = Map.groupBy(
    told.posts.filter(({ brief }) => brief !== null),
    ({ team, channel }) => `${team} ${channel}`,
  )
  for (const [key, place] of model.places) {
    const [team = '', channel = ''] = key.split(' ')
    const here = { team: Number(team), channel }
    const posts = inPlace.get(`${room.teamOf(here.team)} ${channel}`) ?? []
    const complain = (words: string) => complaint('alert', `alerts in ${key}: ${words}`, null, here)
    const tokens = new Map<string, PostRow[]>()
    for (const post of posts) {
      for (const [token] of post.blocks.matchAll(/\bq\d+[xyz]\b/g)) {
        const known = tokens.get(token) ?? []
        if (!known.includes(post)) tokens.set(token, [...known, post])
      }
    }
    for (const [token, all] of tokens) {
      const there = all.filter(({ isThere }) => isThere)
      if (there.length > 1) yield complain(`${token} told in ${there.length} messages`)
      if (there.length > 0 && !place.mustTell.has(token) && !place.mayTell.has(token))
        yield complain(`${token} told, not wanted`)
    }
    for (const token of place.mustTell.keys()) {
      const all = tokens.get(token) ?? []
      if (all.some((post) => post.isThere || post.state === 'unknown' || isInvalid(post))) continue
      const fates = all.map(({ state, code }) => `${state} (${code})`).join(', ')
      yield complain(`${token} not told: ${fates || 'never owed'}`)
    }
    const messages = told.posts.filter((post) => post.kind === 'alert' && post.channel === channel)
    yield* quietsOf(
      messages.filter((post) => post.team === room.teamOf(here.team)),
      { here, key, place, room },
    )
  }
}

function* edits({ corrected, room }: Given): Generator<Complaint> {
  for (const [token, { team, before }] of corrected) {
    for (const [id, times] of before) {
      const message = Object.values(room.platforms).flatMap(({ standing }) => standing.get(id) ?? [])[0]
      if (message !== undefined && message.editedAt.length > times) continue
      const words = `digest ${id} told ${token}, which team ${team} put right: it reads as before`
      yield complaint('edit', words, null, { team, channel: message?.channel ?? '' })
    }
  }
}

type QuietGiven = {
  readonly here: { readonly team: number; readonly channel: string }
  readonly key: string
  readonly place: { readonly notBefore: ReadonlyMap<string, number> }
  readonly room: MortalNewsroom
}

function* quietsOf(messages: readonly PostRow[], { here, key, place, room }: QuietGiven): Generator<Complaint> {
  for (const { id } of messages) {
    for (const { standing } of Object.values(room.platforms)) {
      const message = standing.get(id)
      for (const [token] of message?.text.matchAll(/\bq\d+[xyz]\b/g) ?? []) {
        const until = place.notBefore.get(token)
        const at = message?.at ?? new Date(0)
        if (until === undefined || at.getTime() >= until) continue
        const words = `${token} alerted in ${key} at ${at.toISOString()}, quiet until ${new Date(until).toISOString()}`
        yield complaint('quiet', words, null, here)
      }
    }
  }
}

function name({ ref, wish }: Kept): string {
  return `${ref} (team ${wish.team}, ${wish.channel}${wish.kind === 'digest' ? `, ${wish.schedule.zone}` : ''})`
}

function complaint(
  about: Complaint['about'],
  words: string,
  one: Kept | null = null,
  place: Complaint['place'] = one?.wish ?? null,
): Complaint {
  return { about, words, ref: one?.ref ?? null, place }
}
