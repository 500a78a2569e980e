import type { Roster } from '../speaker/roster.ts'
import type { Speaker, SpeakerId } from '../speaker/speaker.ts'
import type { Source } from './find-source.ts'
import type { Mention, Named, Names } from './names.ts'
import { isPersonNoun, type Range } from './noun-phrase.ts'
import type { Item, Sentence } from './sentences.ts'
import { titleKey } from './titles.ts'

/** Who a source is, as far as article and roster say for sure. */
export interface Resolved {
  /** Fullest name in the article; null: anonymous, or nobody can tell. */
  readonly name: string | null
  readonly speaker: SpeakerId | null
  readonly gender: 'f' | 'm' | null
  readonly plural: boolean
  readonly kind: 'person' | 'body' | 'unknown'
  readonly reason: string
  /** 0 to 1: how sure the name is. */
  readonly certainty: number
}

/** One who has spoken already, newest last. */
interface Turn {
  readonly resolved: Resolved
  readonly at: number
}

/** Reads sources in the order of the text and remembers who spoke. */
export interface SpeakerResolver {
  readonly resolve: (sentence: Sentence, source: Source, on: string | null) => Resolved
  readonly remember: (resolved: Resolved, at: number) => void
  readonly last: () => Resolved | null
}

const UNKNOWN: Resolved = {
  name: null,
  speaker: null,
  gender: null,
  plural: false,
  kind: 'unknown',
  reason: 'the article names nobody',
  certainty: 0.3,
}

/** How far back a pronoun may reach, in code units. */
const PRONOUN_REACH = 1500

export function speakerResolver(names: Names, roster: Roster, text: string): SpeakerResolver {
  const turns: Turn[] = []
  const linked = new Map<Named, Speaker | null>()

  const link = (named: Named, on: string | null): Speaker | null => {
    const known = linked.get(named)
    if (known !== undefined) return known
    const speaker = pickSpeaker(roster.find(named.name), named.countries, roster, on)
    if (speaker?.gender) named.gender = speaker.gender
    linked.set(named, speaker)
    return speaker
  }
  const ofNamed = (named: Named, on: string | null, reason: string, certainty: number): Resolved => {
    const speaker = link(named, on)
    return {
      name: named.name,
      speaker: speaker?.id ?? null,
      gender: named.gender,
      plural: false,
      kind: named.kind,
      reason,
      certainty,
    }
  }

  const resolve = (sentence: Sentence, source: Source, on: string | null): Resolved => {
    const core = coreOf(sentence.items, source)
    const first = sentence.items[core.from] as Item
    if (first.class === 'pronoun' && core.to === core.from + 1) return pronoun(first, sentence, on)
    const own = headMentions(names.mentions, sentence.items, core)
    if (own.length === 1 && own[0]) return ofNamed(own[0].named, on, `named here as ${own[0].named.name}`, 0.95)
    if (own.length > 1) return joint(own, on)
    const aside = source.aside === null ? [] : mentionsIn(names.mentions, sentence.items, source.aside)
    const words = phraseText(sentence.items, core, text)
    if (
      aside[0] !== undefined &&
      first.class !== 'name' &&
      aside[0].start <= (sentence.items[source.aside?.from ?? 0] as Item).start + 40
    ) {
      return ofNamed(aside[0].named, on, `"${words}" is named beside it`, 0.9)
    }
    return nominal(sentence, core, words, on)
  }

  const joint = (own: readonly Mention[], on: string | null): Resolved => {
    for (const mention of own) link(mention.named, on)
    return {
      ...UNKNOWN,
      name: own.map((mention) => mention.named.name).join(' and '),
      plural: true,
      kind: 'person',
      reason: 'said jointly',
      certainty: 0.8,
    }
  }

  const pronoun = (item: Item, sentence: Sentence, on: string | null): Resolved => {
    const { lower } = item
    const gender = lower === 'he' || lower === 'him' ? 'm' : lower === 'she' || lower === 'her' ? 'f' : null
    if (gender === null) {
      const last = turns.findLast((turn) => item.start - turn.at < PRONOUN_REACH)?.resolved
      const fits =
        lower === 'they' || lower === 'them' ? last?.plural === true : lower === 'it' && last?.kind === 'body'
      if (fits && last !== undefined) return { ...last, reason: `"${item.text}": who spoke last`, certainty: 0.5 }
      return { ...UNKNOWN, reason: `nothing says who "${item.text}" is` }
    }
    return personBefore(item, gender, sentence, on)
  }

  /** The last who fits: a speaker, else the first named of the nearest sentence. */
  const personBefore = (item: Item, gender: 'f' | 'm', sentence: Sentence, on: string | null): Resolved => {
    const fits = (other: 'f' | 'm' | null) => other === null || other === gender
    const turn = turns.findLast(
      (one) => one.at < item.start && one.resolved.kind !== 'body' && !one.resolved.plural && fits(one.resolved.gender),
    )
    const mention = names.mentions.findLast(
      (one) => one.end <= item.start && one.named.kind === 'person' && fits(one.named.gender),
    )
    const turnAt = turn === undefined || item.start - turn.at > PRONOUN_REACH ? -1 : turn.at
    const mentionAt = mention === undefined || item.start - mention.start > PRONOUN_REACH ? -1 : mention.start
    if (turnAt < 0 && mentionAt < 0) return { ...UNKNOWN, reason: `nothing says who "${item.text}" is` }
    // A speaker outweighs a name that is merely mentioned, unless that begins the very sentence.
    if (turn !== undefined && turnAt >= 0 && (mentionAt < sentence.start || turnAt >= sentence.start)) {
      return {
        ...turn.resolved,
        gender,
        reason: `"${item.text}": who spoke last`,
        certainty: Math.min(turn.resolved.certainty, 0.8),
      }
    }
    return ofNamed((mention as Mention).named, on, `"${item.text}": the last named before it`, 0.6)
  }

  const nominal = (sentence: Sentence, core: Range, words: string, on: string | null): Resolved => {
    const items = sentence.items.slice(core.from, core.to)
    const plural = isPlural(items)
    const bare = words.replace(
      /^(?:the|a|an|some|many|most|all|both|several|other|this|these|those|that|his|her|its|their|our|my)\s+/i,
      '',
    )
    const known = pickSpeaker(roster.find(bare), new Set(), roster, on)
    const head = items.at(-1) as Item
    if (known !== null && known.kind !== 'person') {
      return {
        name: known.name,
        speaker: known.id,
        gender: null,
        plural,
        kind: 'body',
        reason: `"${words}" is ${known.name}`,
        certainty: 0.9,
      }
    }
    const described = plural ? null : byTitle(items, words, on)
    if (described !== null) return described
    if (head.class === 'name') {
      const single = pickSurname(roster.find(bare), names, roster, on)
      const kind = single !== null || /^(?:mr|mrs|ms|dr|sen|rep|gov)\b/i.test(bare) ? 'person' : 'unknown'
      return {
        ...UNKNOWN,
        name: bare,
        speaker: single?.id ?? null,
        gender: single?.gender ?? null,
        plural,
        kind,
        reason: `named here as ${bare}`,
        certainty: 0.75,
      }
    }
    const lone = !plural && /^(?:the|that|this)\b/i.test(words) && isPersonNoun(head) ? lastWho(sentence.start) : null
    if (lone !== null)
      return {
        ...UNKNOWN,
        plural,
        kind: 'person',
        gender: lone.gender,
        reason: `"${words}" is not named`,
        certainty: 0.5,
      }
    return {
      ...UNKNOWN,
      plural,
      kind: isPersonNoun(head) ? 'person' : 'unknown',
      reason: `"${words}" is not named`,
      certainty: 0.6,
    }
  }

  const lastWho = (before: number): Resolved | null => turns.findLast((turn) => turn.at < before)?.resolved ?? null

  /** "the minister", "Russia's top diplomat": somebody of the article with that title, else of the roster on that day. */
  const byTitle = (items: readonly Item[], words: string, on: string | null): Resolved | null => {
    const key = titleKey(items, roster)
    if (key === null) return null
    const fitting = names.all.filter((named) => named.kind === 'person' && key.fits(named, link(named, on)))
    const recent = fitting.length > 1 ? latest(fitting, (items[0] as Item).start) : fitting[0]
    if (recent != null)
      return ofNamed(recent, on, `"${words}": ${recent.name} bears that title here`, fitting.length > 1 ? 0.65 : 0.85)
    const answer = roster.resolveTitle(words, on)
    if (answer?.speaker == null) return null
    const { name, id, gender } = answer.speaker
    return { name, speaker: id, gender, plural: false, kind: 'person', reason: answer.reason, certainty: 0.85 }
  }

  const latest = (fitting: readonly Named[], before: number): Named | null => {
    const turn = turns.findLast((one) => fitting.some((named) => named.name === one.resolved.name))
    if (turn !== undefined) return fitting.find((named) => named.name === turn.resolved.name) ?? null
    return (
      names.mentions.findLast((mention) => mention.start < before && fitting.includes(mention.named))?.named ?? null
    )
  }

  return {
    resolve,
    remember: (resolved, at) => turns.push({ resolved, at }),
    last: () => turns.at(-1)?.resolved ?? null,
  }
}

/** The phrase without what follows its head: "a spokesman [for the ministry]". */
function coreOf(items: readonly Item[], { from, to }: Range): Range {
  for (let i = from + 1; i < to; i++) {
    const item = items[i] as Item
    if (item.class === 'preposition' && item.lower !== 'of') return { from, to: i }
    if (item.lower === 'of' && items[i - 1]?.class === 'content') return { from, to: i }
  }
  return { from, to }
}

function mentionsIn(mentions: readonly Mention[], items: readonly Item[], { from, to }: Range): readonly Mention[] {
  const start = (items[from] as Item | undefined)?.start ?? 0
  const end = (items[to - 1] as Item | undefined)?.end ?? 0
  let low = 0
  let high = mentions.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((mentions[middle] as Mention).start < start) low = middle + 1
    else high = middle
  }
  const found: Mention[] = []
  for (let i = low; i < mentions.length && (mentions[i] as Mention).start < end; i++) found.push(mentions[i] as Mention)
  return found
}

/** Names that are the phrase itself: not "Brandt's office". */
function headMentions(mentions: readonly Mention[], items: readonly Item[], core: Range): readonly Mention[] {
  const found = mentionsIn(mentions, items, core).filter((mention) => {
    const behind = items.findIndex((item, i) => i >= core.from && item.start >= mention.end)
    return behind < 0 || behind >= core.to || items[behind]?.class !== 'possessive'
  })
  const joined = items.slice(core.from, core.to).some((item) => item.lower === 'and' || item.text === '&')
  return joined ? found : found.slice(-1)
}

const phraseText = (items: readonly Item[], { from, to }: Range, text: string) =>
  text.slice((items[from] as Item).start, (items[to - 1] as Item).end)

function isPlural(items: readonly Item[]): boolean {
  const head = items.at(-1) as Item
  if (items.some((item) => item.lower === 'and')) return true
  return head.class === 'content' && /(?:[^su]s|people|men|women)$/.test(head.lower)
}

/** The one whom name, country and day leave; null where two are left. */
function pickSpeaker(
  found: readonly Speaker[],
  countries: ReadonlySet<string>,
  roster: Roster,
  on: string | null,
): Speaker | null {
  if (found.length <= 1) return found[0] ?? null
  const near = found.filter((speaker) => speaker.country !== null && countries.has(speaker.country))
  if (near.length === 1) return near[0] ?? null
  const serving = (near.length > 0 ? near : found).filter((speaker) => roster.officeOf(speaker, on) !== null)
  return on !== null && serving.length === 1 ? (serving[0] ?? null) : null
}

/** A bare surname is linked only to one person, in office that day, of a country that the article speaks of. */
function pickSurname(found: readonly Speaker[], names: Names, roster: Roster, on: string | null): Speaker | null {
  const only = found[0]
  if (found.length !== 1 || only === undefined || on === null || roster.officeOf(only, on) === null) return null
  return names.all.some((named) => named.count > 0 && only.country !== null && named.countries.has(only.country))
    ? only
    : null
}
