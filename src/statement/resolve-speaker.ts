import type { Roster } from '../speaker/roster.ts'
import { bodyBefore, kinOf } from './anaphors.ts'
import type { Asked } from './antecedent/candidates.ts'
import type { Chooser } from './antecedent/choose.ts'
import { discourseOf } from './antecedent/discourse.ts'
import { antecedentFinder } from './antecedent/find-antecedent.ts'
import { unnamedSubject } from './antecedent/unnamed-subject.ts'
import type { Source } from './find-source.ts'
import { pickSpeaker, pickSurname, speakerLinker } from './link-speaker.ts'
import type { Named, Names } from './named.ts'
import type { Range } from './noun-phrase.ts'
import { genderOf, groupMeant, pronounGender } from './pronouns.ts'
import { type Resolved, UNKNOWN } from './resolved.ts'
import type { Item, Sentence } from './sentences.ts'
import { bareOf, coreOf, headMentions, isPlural, mentionsIn, phraseText } from './speaker-phrase.ts'
import type { Span } from './statement.ts'
import { isBodyWord, isTitleWord } from './title-words.ts'
import { ageOf, isDescription, isSamePlace, learnTitle, type TitleKey, titleKey } from './titles.ts'

/** A source, and what is attributed to it. */
export interface Asker {
  readonly sentence: Sentence
  readonly source: Source
  /** What is said, as offsets. */
  readonly contents: readonly Span[]
  /** Where the source begins within whose words this stands. */
  readonly outerAt: number | null
  /** The day of the statement. */
  readonly on: string | null
}

/** Reads sources in the order of the text and remembers who spoke and who was spoken of. */
export interface SpeakerResolver {
  readonly resolve: (asker: Asker) => Resolved
  /** `resolved` spoke in `words` at `at`: "he" and "the minister" may mean them from now on. */
  readonly remember: (resolved: Resolved, words: string, at: number) => void
  /** `sentence` is read next. */
  readonly begin: (sentence: Sentence) => void
}

/** A phrase as it counts for the head, and as a whole. */
interface Words {
  readonly words: string
  readonly full: string
}

/** "one adviser", "some senators": nobody whom a title could find. */
const INDEFINITE = /^(?:an?|one|another|some|any|each|every|several|many|few|most|no|other)\s/i

/** "Prime Minister Ode" is looked up as "Ode". */
const withoutTitle = (name: string): string => {
  const words = name.split(' ')
  const first = words.findIndex((word) => !isTitleWord(word.toLowerCase()))
  return first < 0 ? name : words.slice(first).join(' ')
}

/** Only whom the choice is so sure of is linked to the roster. */
const LINKED_FROM = 0.5

export function speakerResolver(names: Names, roster: Roster, text: string, choose: Chooser): SpeakerResolver {
  const discourse = discourseOf(names)
  const antecedentOf = antecedentFinder(names, text, discourse, choose)
  /** Who speaks, by name and by where the source begins. */
  const byName = new Map(names.people.map((named) => [named.name, named]))
  const bySource = new Map<number, Named>()
  let last: Sentence | null = null
  let present: Sentence | null = null
  const { link } = speakerLinker(roster, names)

  const ofNamed = (named: Named, on: string | null, reason: string, certainty: number): Resolved => {
    const speaker = link(named, on)
    const { gender, kind } = named
    // A bare surname is shown as the roster has it.
    const name = speaker !== null && !named.name.includes(' ') ? speaker.name : named.name
    byName.set(name, named)
    return { ...UNKNOWN, name, speaker: speaker?.id ?? null, gender, kind, reason, certainty }
  }

  /** Who is meant by a pronoun or a description, if that is sure enough. */
  const meant = (asked: Asked, words: string, on: string | null): Resolved | null => {
    const found = antecedentOf(asked)
    if (found === null) return null
    const certainty = Math.round(100 * Math.min(0.95, found.probability)) / 100
    const { who, probability, why } = found
    if (who === null) return unnamed(words, asked.gender, certainty)
    const named = ofNamed(who, on, `"${words}": ${who.name} ${why}`, certainty)
    who.gender ??= asked.gender
    return probability < LINKED_FROM ? { ...named, speaker: null } : { ...named, gender: named.gender ?? asked.gender }
  }

  const unnamed = (words: string, gender: 'f' | 'm' | null, certainty: number): Resolved => {
    const reason = `"${words}": who spoke last, not named`
    return { ...UNKNOWN, gender, kind: 'person', reason, certainty }
  }

  const resolve = (asker: Asker): Resolved => {
    const { sentence, source, on } = asker
    const { items } = sentence
    const core = coreOf(items, source)
    const first = items[core.from] as Item
    const words = phraseText(items, core, text)
    if (first.class === 'pronoun' && core.to === core.from + 1) return pronoun(first, asker)
    const body = core.to === source.to ? null : bodyCalled(bareOf(phraseText(items, source, text)), words, on)
    if (body !== null) return body
    const own = headMentions(names.mentions, items, core)
    if (own.length === 1 && own[0] && isPlural(items.slice(core.from, core.to))) {
      const [{ named }] = own
      return { ...UNKNOWN, name: words, plural: true, kind: named.kind, reason: `"${words}" together`, certainty: 0.8 }
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
    return nominal(items.slice(core.from, core.to), { words, full }, asker)
  }

  const pronoun = (item: Item, asker: Asker): Resolved => {
    const gender = pronounGender(item.lower)
    if (gender === null) return groupMeant(item, discourse.spoken())
    const asked = askedOf([item], asker, { kind: 'pronoun', gender, key: null })
    const found = meant(asked, item.text, asker.on)
    return found ?? { ...UNKNOWN, gender, kind: 'person', reason: `nothing says who "${item.text}" is` }
  }

  const askedOf = (
    items: readonly Item[],
    { sentence, contents, outerAt, on }: Asker,
    {
      kind,
      gender,
      key,
      ofWhat = '',
    }: Pick<Asked, 'kind' | 'gender'> & {
      readonly key: TitleKey | null
      readonly ofWhat?: string
    },
  ): Asked => {
    const [first] = items as [Item]
    return {
      ...{ kind, gender, contents, at: first.start },
      outer: outerAt === null ? null : (bySource.get(outerAt) ?? null),
      place:
        sentence.start === first.start ? 'opens' : (contents[0]?.[0] ?? first.start) < first.start ? 'closes' : 'amid',
      first: last?.paragraph !== sentence.paragraph,
      fitOf: (named) => (key === null ? 0 : key.fits(named, link(named, on), on)),
      isElsewhere: (named) => isElsewhere(named, items, on),
      belongs: (named) => belongs(named, ofWhat, on),
      age: ageOf(items),
      owners: new Set(mentionsIn(names.mentions, items, { from: 0, to: items.length }).map(({ named }) => named)),
      determiner: first.class === 'determiner' ? first.lower : first.class === 'name' ? 'name' : '',
      head: items.at(-1)?.lower ?? '',
    }
  }

  /** "Head of the Trade Council Ada Brandt": a name right behind that of a body. */
  const namedAtEnd = (items: readonly Item[], { from, to }: Source): Named | null => {
    const mention = mentionsIn(names.mentions, items, { from, to } satisfies Range).at(-1)
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
    const name = bare.includes(' ') ? bare : known.name
    return { ...UNKNOWN, name, speaker: known.id, kind: 'body', reason: `"${words}" is ${known.name}`, certainty: 0.9 }
  }

  /** "the minister", "the Kremlin", "a spokesman": a body, a title, a name of its own, or nobody. */
  const nominal = (items: readonly Item[], { words, full }: Words, asker: Asker): Resolved => {
    const { sentence, on } = asker
    const plural = isPlural(items)
    const bare = bareOf(words)
    const known = bodyCalled(bare, words, on)
    if (known !== null) return known
    const kin = kinOf(items, names)
    if (kin !== null) return { ...ofNamed(kin, on, `"${words}": the only other ${kin.name}`, 0.7), speaker: null }
    const head = items.at(-1) as Item
    const isPerson = isDescription(items)
    if (isPerson && !INDEFINITE.test(words)) {
      const found = plural ? together(items, words, on) : described(items, { words, full }, asker)
      if (found !== null) return found
    }
    const opensSentence = items.length === 1 && head.start === sentence.start
    if (head.class === 'name' && !isTitleWord(head.lower) && !(opensSentence && !names.capitals.has(head.lower)))
      return bareName(bare, plural, on)
    const body = items.some((item) => item.class === 'name') && !isPerson && !plural && !/^an?\s/i.test(words)
    if (body) return { ...UNKNOWN, name: bare, kind: 'body', reason: `named here as ${bare}`, certainty: 0.8 }
    const firm = /^the\s/i.test(words) ? bodyBefore(head, last, sentence, names, text) : null
    if (firm !== null) {
      const reason = `"${words}": named in the sentence before`
      return { ...UNKNOWN, name: firm, kind: 'body', reason, certainty: 0.7 }
    }
    return {
      ...UNKNOWN,
      plural,
      gender: genderOf(head.lower),
      kind: isPerson ? 'person' : 'unknown',
      reason: `"${words}" is not named`,
      // Somebody whom the article has named, but who? Anonymous sources are as sure as can be.
      certainty: isPerson && /^(?:the|his|her)\s/i.test(words) ? 0.6 : 0.85,
    }
  }

  /** Somebody of the article, else who held the office that day; `full` goes on with "of the republic". */
  const described = (items: readonly Item[], { words, full }: Words, asker: Asker): Resolved | null => {
    const key = titleKey(items, roster)
    const gender = genderOf((items.at(-1) as Item).lower)
    const ofWhat = full.slice(words.length)
    const found = meant(askedOf(items, asker, { kind: 'description', gender, key, ofWhat }), words, asker.on)
    const who = found?.name == null ? undefined : byName.get(found.name)
    const bears = who !== undefined && key !== null && fits(key, who, asker.on)
    // "The minister said ...", and in the next line Ada Brandt: from now on she is a minister.
    if (who !== undefined && !bears) learnTitle(who, items)
    if (found !== null && bears) return found
    const { on } = asker
    const answer =
      key === null ? null : (roster.resolveTitle(bareOf(full), on) ?? roster.resolveTitle(bareOf(words), on))
    if (answer?.speaker == null) return found
    const { name, id } = answer.speaker
    const known = { name, speaker: id, gender: answer.speaker.gender, reason: answer.reason }
    return { ...UNKNOWN, ...known, kind: 'person', certainty: 0.85 }
  }

  const fits = (key: TitleKey, named: Named, on: string | null): boolean => key.fits(named, link(named, on), on) > 0

  /** "The two ministers": the two of the article who bear that title. */
  const together = (items: readonly Item[], words: string, on: string | null): Resolved | null => {
    const key = titleKey(items, roster)
    if (key === null || !/^(?:the|both)\s/i.test(words)) return null
    const all = names.people.map((named) => ({ named, fit: key.fits(named, link(named, on), on) }))
    const best = Math.max(1, ...all.map(({ fit }) => fit))
    const fitting = all.filter(({ fit }) => fit === best).map(({ named }) => named)
    return fitting.length === 2 ? joint(fitting, on, `"${words}"`) : null
  }

  /** "the Talvian president", "the council's chief": of a country or a body with which the article has not connected them. */
  const isElsewhere = (named: Named, items: readonly Item[], on: string | null): boolean => {
    const country = link(named, on)?.country ?? null
    return items.some((item, i) => {
      if (item.class !== 'name') return false
      const code = roster.countryOf(item.text)
      if (code !== null) return code !== country && !named.countries.has(code)
      const isOwner = items[i + 1]?.class === 'possessive'
      return isOwner && !named.descriptions.some(({ words }) => words.has(item.lower))
    })
  }

  /** "of Merovia", "of the Harbour Board": whether the article, or the roster, says that of them; nothing named is no wall. */
  const belongs = (named: Named, ofWhat: string, on: string | null): boolean => {
    const places = ofWhat.match(/\p{Lu}[\p{L}-]+/gu) ?? []
    if (places.length === 0) return true
    const country = link(named, on)?.country ?? null
    return places.some((place) => {
      const code = roster.countryOf(place)
      if (code !== null && (code === country || named.countries.has(code))) return true
      return named.descriptions.some(({ words }) => [...words].some((word) => isSamePlace(word, place.toLowerCase())))
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

  /** "He shook his head.", "The minister rose.": whoever that is may be meant by the next "he". */
  const followSubject = (sentence: Sentence): void => {
    const subject = unnamedSubject(sentence.items)
    if (subject === null) return
    const items = sentence.items.slice(subject.from, subject.to)
    const first = items[0] as Item
    const asker: Asker = {
      sentence,
      source: { ...subject, aside: null, by: 'subject' },
      contents: [],
      outerAt: null,
      on: null,
    }
    const gender = pronounGender(first.lower)
    const kind = gender === null ? 'description' : 'pronoun'
    const key = gender === null ? titleKey(items, roster) : null
    const asked = { kind, gender: gender ?? genderOf((items.at(-1) as Item).lower), key } as const
    const found = meant(askedOf(items, asker, asked), first.text, null)
    const who = found?.name == null ? undefined : byName.get(found.name)
    if (who !== undefined) discourse.isAbout(who, first.start)
  }

  /** Somebody who is heard under a name that no full mention bears, such as a first name. */
  const heardAs = ({ name, kind, gender, plural }: Resolved): Named | null => {
    if (name === null || plural || kind === 'body') return null
    if (kind === 'unknown' && name.split(' ').some((word) => isBodyWord(word.toLowerCase()))) return null
    const known = byName.get(name)
    if (known !== undefined) return known
    const named: Named = { name, kind: 'person', gender, descriptions: [], countries: new Set(), count: 1 }
    byName.set(name, named)
    return named
  }

  return {
    resolve,
    remember(resolved, words, at) {
      const who = heardAs(resolved)
      if (who !== null) bySource.set(at, who)
      discourse.spoke({ who, resolved, words, at })
    },
    begin(sentence) {
      if (sentence === present) return
      last = present
      present = sentence
      discourse.begin(sentence)
      followSubject(sentence)
    },
  }
}
