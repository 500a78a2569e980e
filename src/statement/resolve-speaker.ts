import type { Roster } from '../speaker/roster.ts'
import { bodyBefore, kinOf } from './anaphors.ts'
import type { Source } from './find-source.ts'
import { pickSpeaker, pickSurname, speakerLinker } from './link-speaker.ts'
import type { Mention, Named, Names } from './named.ts'
import { isPersonNoun, phraseAfter, type Range } from './noun-phrase.ts'
import { genderOf, onlyNamedBefore, readPronoun, type Turn } from './pronouns.ts'
import { type Resolved, UNKNOWN } from './resolved.ts'
import type { Item, Sentence } from './sentences.ts'
import { bareOf, coreOf, headMentions, isPlural, mentionsIn, phraseText } from './speaker-phrase.ts'
import { isBodyWord, isTitleWord } from './title-words.ts'
import { type TitleKey, titleKey } from './titles.ts'
import { words as wordSet } from './word-list.ts'

/** Reads sources in the order of the text and remembers who spoke and who was spoken of. */
export interface SpeakerResolver {
  readonly resolve: (sentence: Sentence, source: Source, on: string | null) => Resolved
  /** `resolved` spoke at `at`: "he" and "the minister" may mean them from now on. */
  readonly remember: (resolved: Resolved, at: number) => void
  /** `sentence` has been read: its subject may be meant from now on. */
  readonly pass: (sentence: Sentence, on: string | null) => void
}

/** A phrase as it counts for the head, and as a whole. */
interface Words {
  readonly words: string
  readonly full: string
}

const NOT_DESCRIBED = { descriptions: [], countries: new Set<string>() }

/** "one adviser", "some senators": nobody whom a title could find. */
const INDEFINITE = /^(?:an?|one|another|some|any|each|every|several|many|few|most|no|other)\s/i

const SETTING = /^(?:in|at|during|after|before|following)$/

/** "Prime Minister Ode" is looked up as "Ode". */
const withoutTitle = (name: string): string => {
  const words = name.split(' ')
  const first = words.findIndex((word) => !isTitleWord(word.toLowerCase()))
  return first < 0 ? name : words.slice(first).join(' ')
}

/** Heads that often bring in somebody new. */
const ANYBODY = wordSet(`
  spokesman spokeswoman spokesperson source official officer aide judge reporter man woman person editor moderator prosecutor
  attorney lawyer host voter president group party coalition adviser strategist resident student`)

const RUNNING = /^(?:candidate|nominee|frontrunner|front-runner|leader|businessman|billionaire|mogul|tycoon)$/

/** Nobody is looked for further back than this: keeps resolution linear, and far names are seldom meant. */
const MEMORY = 40
/** A title reaches back as far as this, in code units. */
const REACH = 2500

export function speakerResolver(names: Names, roster: Roster, text: string): SpeakerResolver {
  const turns: Turn[] = []
  let last: Sentence | null = null
  const { link } = speakerLinker(roster, names)

  const ofNamed = (named: Named, on: string | null, reason: string, certainty: number): Resolved => {
    const speaker = link(named, on)
    const { gender, kind } = named
    // A bare surname is shown as the roster has it.
    const name = speaker !== null && !named.name.includes(' ') ? speaker.name : named.name
    return { ...UNKNOWN, name, speaker: speaker?.id ?? null, gender, kind, reason, certainty }
  }

  const resolve = (sentence: Sentence, source: Source, on: string | null): Resolved => {
    const { items } = sentence
    const core = coreOf(items, source)
    const first = items[core.from] as Item
    const words = phraseText(items, core, text)
    if (first.class === 'pronoun' && core.to === core.from + 1) {
      const subject = subjectOf(sentence, first.start)
      return readPronoun(first, subject === null ? null : ofNamed(subject, on, '', 0.8), turns)
    }
    const body = core.to === source.to ? null : bodyCalled(bareOf(phraseText(items, source, text)), words, on)
    if (body !== null) return body
    const own = headMentions(names.mentions, items, core)
    if (own.length === 1 && own[0] && isPlural(items.slice(core.from, core.to))) {
      return {
        ...UNKNOWN,
        name: words,
        plural: true,
        kind: own[0].named.kind,
        reason: `"${words}" together`,
        certainty: 0.8,
      }
    }
    if (own.length === 1 && own[0]) return ofNamed(own[0].named, on, `named here as ${own[0].named.name}`, 0.95)
    if (own.length > 1)
      return joint(
        own.map(({ named }) => named),
        on,
        `"${words}"`,
      )
    const aside =
      source.aside === null ? undefined : headMentions(names.mentions, items, coreOf(items, source.aside))[0]
    if (aside !== undefined && aside.start <= (items[source.aside?.from ?? 0] as Item).start + 40) {
      return ofNamed(aside.named, on, `"${words}" is named beside it`, 0.9)
    }
    const tail = namedAtEnd(items, source)
    if (tail !== null) return ofNamed(tail, on, `"${words}" is named beside it`, 0.9)
    const full = phraseText(items, source, text)
    return nominal(items.slice(core.from, core.to), { words, full }, sentence, on)
  }

  /** "Head of the Trade Council Ada Brandt": a name right behind that of a body. */
  const namedAtEnd = (items: readonly Item[], { from, to }: Source): Named | null => {
    const mention = mentionsIn(names.mentions, items, { from, to }).at(-1)
    const end = (items[to - 1] as Item).end
    const before = items.findLast((item) => item.start < (mention?.start ?? 0))
    const beside = mention?.end === end && before !== undefined && isBodyWord(before.lower)
    return beside && mention.named.kind === 'person' ? mention.named : null
  }

  const joint = (all: readonly Named[], on: string | null, words: string): Resolved => {
    for (const named of all) link(named, on)
    const name = all.map((named) => named.name).join(' and ')
    return { ...UNKNOWN, name, plural: true, kind: 'person', reason: `${words}: ${name} together`, certainty: 0.8 }
  }

  /** "the Kremlin", "the UN Support Mission in Talvia": what the roster knows as a state, ministry or body. */
  const bodyCalled = (bare: string, words: string, on: string | null): Resolved | null => {
    const known = /\p{Lu}/u.test(bare) ? pickSpeaker(roster.find(bare), new Set(), roster, on) : null
    if (known === null || known.kind === 'person') return null
    return {
      ...UNKNOWN,
      name: bare.includes(' ') ? bare : known.name,
      speaker: known.id,
      kind: 'body',
      reason: `"${words}" is ${known.name}`,
      certainty: 0.9,
    }
  }

  /** "the minister", "the Kremlin", "a spokesman": a body, a title, a name of its own, or nobody. */
  const nominal = (items: readonly Item[], { words, full }: Words, sentence: Sentence, on: string | null): Resolved => {
    const plural = isPlural(items)
    const bare = bareOf(words)
    const known = bodyCalled(bare, words, on)
    if (known !== null) return known
    const described = byTitle(items, { words, full }, plural, on)
    if (described !== null) return described
    const kin = kinOf(items, names)
    if (kin !== null) return { ...ofNamed(kin, on, `"${words}": the only other ${kin.name}`, 0.7), speaker: null }
    const head = items.at(-1) as Item
    const opensSentence = items.length === 1 && head.start === sentence.start
    if (head.class === 'name' && !(opensSentence && !names.capitals.has(head.lower))) return bareName(bare, plural, on)
    const body = items.some((item) => item.class === 'name') && !isPersonNoun(head) && !plural && !/^an?\s/i.test(words)
    if (body) return { ...UNKNOWN, name: bare, kind: 'body', reason: `named here as ${bare}`, certainty: 0.8 }
    const firm = /^the\s/i.test(words) ? bodyBefore(head, last, sentence, names, text) : null
    if (firm !== null)
      return {
        ...UNKNOWN,
        name: firm,
        kind: 'body',
        reason: `"${words}": named in the sentence before`,
        certainty: 0.7,
      }
    const gender = genderOf(head.lower)
    const person = isPersonNoun(head) || /-year-old$/.test(head.lower)
    const anaphor = !plural && head.kind === 'word' && head.class !== 'name' && person && /^the\s/i.test(words)
    const only = anaphor && !ANYBODY.has(head.lower) ? onlyNamedBefore(head.start, gender, turns) : null
    // Right nine times in ten, which is enough for a name to review, not for the record of an office-holder.
    if (only !== null && !holdsAnother(only, head, on) && !isElsewhere(only, items))
      return { ...only, speaker: null, reason: `"${words}": nobody else is named near`, certainty: 0.55 }
    return {
      ...UNKNOWN,
      plural,
      anaphor,
      gender,
      kind: isPersonNoun(head) ? 'person' : 'unknown',
      reason: `"${words}" is not named`,
      // Somebody whom the article has named, but who? Anonymous sources are as sure as can be.
      certainty: anaphor ? 0.6 : 0.85,
    }
  }

  /** "the senator" is not the president whom the roster knows. */
  const holdsAnother = ({ speaker }: Resolved, { lower }: Item, on: string | null): boolean => {
    const known = speaker === null || !isTitleWord(lower) || RUNNING.test(lower) ? null : roster.byId(speaker)
    return known !== null && roster.officeOf(known, on) !== null
  }

  /** "the Talvian president", "the council's chief": of a country or a body with which the article has not connected them. */
  const isElsewhere = ({ name, speaker }: Resolved, items: readonly Item[]): boolean => {
    const country = speaker === null ? null : (roster.byId(speaker)?.country ?? null)
    const named = names.people.find((one) => one.name === name)
    return items.some((item, i) => {
      if (item.class !== 'name') return false
      const code = roster.countryOf(item.text)
      if (code !== null) return code !== country && named?.countries.has(code) !== true
      return (
        items[i + 1]?.class === 'possessive' && named?.descriptions.some(({ words }) => words.has(item.lower)) !== true
      )
    })
  }

  const bareName = (bare: string, plural: boolean, on: string | null): Resolved => {
    const single = pickSurname(roster.find(withoutTitle(bare)), names, roster, on)
    const gender = single?.gender ?? genderOf(bare.split(' ', 1)[0]?.toLowerCase() ?? '')
    const acronym = /^\p{Lu}{2,8}$/u.test(bare)
    const kind = single !== null || gender !== null ? 'person' : acronym ? 'body' : 'unknown'
    return {
      ...UNKNOWN,
      name: single?.name ?? bare,
      speaker: single?.id ?? null,
      gender,
      plural,
      kind,
      reason: `named here as ${bare}`,
      certainty: 0.8,
    }
  }

  /** Somebody of the article with that title, else of the roster on that day; `full` goes on with "of the republic". */
  const byTitle = (
    items: readonly Item[],
    { words, full }: Words,
    plural: boolean,
    on: string | null,
  ): Resolved | null => {
    const key = titleKey(items, roster)
    if (key === null || INDEFINITE.test(words)) return null
    const at = (items[0] as Item).start
    const fitting = bearersOf(key, on).filter((named) => isNear(named, at))
    if (plural) return fitting.length === 2 && /^(?:the|both)\s/i.test(words) ? joint(fitting, on, `"${words}"`) : null
    const recent = fitting.length > 1 ? latest(fitting, at) : fitting[0]
    if (recent != null)
      return ofNamed(recent, on, `"${words}": ${recent.name} bears that title here`, fitting.length > 1 ? 0.65 : 0.85)
    const spoke = turns.slice(-MEMORY).findLast(({ resolved }) => bearsIt(key, resolved, on))?.resolved
    if (spoke !== undefined) return { ...spoke, reason: `"${words}": ${spoke.name}, who spoke before`, certainty: 0.75 }
    const answer = roster.resolveTitle(bareOf(full), on) ?? roster.resolveTitle(bareOf(words), on)
    if (answer?.speaker == null) return null
    const { name, id, gender } = answer.speaker
    return { ...UNKNOWN, name, speaker: id, gender, kind: 'person', reason: answer.reason, certainty: 0.85 }
  }

  /** Of those who bear a title, the ones whom it fits best. */
  const bearersOf = (key: TitleKey, on: string | null): readonly Named[] => {
    const fits = names.people.map((named) => ({ named, fit: key.fits(named, link(named, on), on) }))
    const best = Math.max(1, ...fits.map(({ fit }) => fit))
    return fits.filter(({ fit }) => fit === best).map(({ named }) => named)
  }

  /** Somebody who spoke under a bare surname, whose office only the roster knows. */
  const bearsIt = (key: TitleKey, { speaker }: Resolved, on: string | null): boolean => {
    const known = speaker === null ? null : roster.byId(speaker)
    return (
      known !== null && known.kind === 'person' && key.fits({ ...NOT_DESCRIBED, gender: known.gender }, known, on) > 0
    )
  }

  /** Who was last named pages ago is not meant by a mere title. */
  const isNear = (named: Named, at: number): boolean =>
    at < REACH || mentionsBefore(at).some((mention) => mention.named === named && at - mention.start < REACH)

  const latest = (fitting: readonly Named[], before: number): Named | null => {
    const turn = turns.slice(-MEMORY).findLast((one) => fitting.some((named) => named.name === one.resolved.name))
    if (turn !== undefined) return fitting.find((named) => named.name === turn.resolved.name) ?? null
    return mentionsBefore(before).findLast((mention) => fitting.includes(mention.named))?.named ?? null
  }

  const mentionsBefore = (at: number): readonly Mention[] => {
    const end = names.mentions.findLastIndex((mention) => mention.start < at) + 1
    return names.mentions.slice(Math.max(0, end - MEMORY), end)
  }

  /** The first person whom the sentence names outside quotations before `until`. */
  const subjectOf = ({ items }: Sentence, until: number): Named | null => {
    const quoted = items.filter((item) => item.kind === 'quotation')
    const owns = (end: number) => items.some((item) => item.start === end && item.class === 'possessive')
    const all = mentionsIn(names.mentions, items, { from: 0, to: items.length } satisfies Range)
    const own = all.filter(
      ({ start, end, named }) =>
        end <= until &&
        named.kind === 'person' &&
        !owns(end) &&
        !quoted.some((item) => item.start <= start && start < item.end),
    )
    // "In an interview with Ode, Brandt said he": the setting names others.
    const setting = SETTING.test(items[0]?.lower ?? '') ? items.find((item) => item.text === ',') : undefined
    return (own.find(({ start }) => setting !== undefined && start > setting.start) ?? own[0])?.named ?? null
  }

  /** "Mr Ode met the envoys": somebody of the roster who begins the sentence with no more than a surname. */
  const surnameOf = ({ items }: Sentence, on: string | null): Resolved | null => {
    if (items[0]?.class !== 'name') return null
    const phrase = phraseAfter(items, 0, Math.min(items.length, 4), false)
    const resolved = phrase === null ? null : bareName(bareOf(phraseText(items, phrase, text)), false, on)
    return resolved?.speaker == null ? null : { ...resolved, certainty: 0.7 }
  }

  return {
    resolve,
    remember: (resolved, at) => turns.push({ resolved, at, spoke: true }),
    pass(sentence, on) {
      last = sentence
      if ((turns.at(-1)?.at ?? -1) >= sentence.start) return
      const named = subjectOf(sentence, sentence.end)
      const resolved = named === null ? surnameOf(sentence, on) : ofNamed(named, on, '', 0.75)
      if (resolved !== null) turns.push({ resolved, at: sentence.start, spoke: false })
    },
  }
}
