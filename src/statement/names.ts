import type { Roster } from '../speaker/roster.ts'
import { cueVerb } from './cue-verbs.ts'
import { describe, type Sequence } from './describe-name.ts'
import { genderOfFirstName } from './first-names.ts'
import type { Mention, Named, Names } from './named.ts'
import { isPersonNoun } from './noun-phrase.ts'
import { isTitleCase } from './title-case.ts'
import { isBodyWord, isCause, isTitleWord } from './title-words.ts'
import type { Paragraph, Token } from './tokens.ts'
import { classOf, isParticle } from './word-classes.ts'

/** Whom titles are matched against: more is a list, not a report. */
const MOST_PEOPLE = 200

const fold = (word: string) => word.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').replace('’', "'")

/** Lines such as "Minister Ada Brandt © Jon Smith/POOL" put strangers side by side. */
const CAPTION = /©|\bPOOL\b|\/(?:AP|AFP|EPA|TASS|REUTERS|Reuters|Getty)\b|\bGetty Images\b/

/** Reads names and what is said of their bearers. Captions are left out, and title-case lines name nobody new. */
export function readNames(paragraphs: readonly Paragraph[], text: string, roster: Roster): Names {
  const read = paragraphs.filter((paragraph) => !isCaption(paragraph, text))
  const sequences = read.flatMap((paragraph) => sequencesOf(paragraph.tokens, roster))
  const titles = new Set(read.filter(isTitleCase).map((paragraph) => paragraph.tokens))
  const byLast = new Map<string, Named[]>()
  const full: Named[] = []
  const mentions: Mention[] = []
  for (const sequence of sequences) {
    if (sequence.to - sequence.from < 2 || titles.has(sequence.tokens)) continue
    const named = enroll(sequence, byLast, full, roster)
    named.count++
    describe(named, sequence, roster)
    const short = shortForm(sequence)
    if (short !== null && named.kind === 'body' && !byLast.has(short)) byLast.set(short, [named])
  }
  const byPart = partsOf(full)
  for (const sequence of sequences) {
    const single = isTitledSurname(sequence) || isDescribedName(sequence)
    if (single && !titles.has(sequence.tokens) && namedBy(sequence, byLast, byPart) === null)
      enroll(sequence, byLast, full, roster)
  }
  for (const sequence of sequences) {
    const named = namedBy(sequence, byLast, byPart)
    if (named === null) continue
    named.count++
    if (sequence.to - sequence.from < 2) describe(named, sequence, roster)
    const first = sequence.tokens[sequence.from] as Token
    const last = sequence.tokens[sequence.to - 1] as Token
    mentions.push({ start: first.start, end: last.end, named })
  }
  const people = full.filter((named) => named.kind === 'person').slice(0, MOST_PEOPLE)
  const capitals = capitalsIn(read.filter((paragraph) => !titles.has(paragraph.tokens)))
  return { people, countries: countriesIn(read, roster), capitals, mentions }
}

function isCaption({ tokens, start, end }: Paragraph, text: string): boolean {
  return tokens.length <= 60 && !/[.!?"”]$/.test(text.slice(start, end)) && CAPTION.test(text.slice(start, end))
}

function countriesIn(paragraphs: readonly Paragraph[], roster: Roster): ReadonlySet<string> {
  const words = new Set(
    paragraphs.flatMap(({ tokens }) => tokens.filter(({ text }) => /^\p{Lu}/u.test(text)).map(({ text }) => text)),
  )
  return new Set([...words].map((word) => roster.countryOf(word)).filter((code) => code !== null))
}

function capitalsIn(paragraphs: readonly Paragraph[]): ReadonlySet<string> {
  const capitals = new Set<string>()
  for (const { tokens } of paragraphs) {
    tokens.forEach((token, i) => {
      if (tokens[i - 1]?.kind === 'word' && /^\p{Lu}/u.test(token.text)) capitals.add(token.lower)
    })
  }
  return capitals
}

/** Runs of capitalised words, their titles cut off. */
function sequencesOf(tokens: readonly Token[], roster: Roster): readonly Sequence[] {
  const found: Sequence[] = []
  for (let i = 0; i < tokens.length; i++) {
    if (!isNameToken(tokens[i] as Token)) continue
    let end = i + 1
    while (end < tokens.length && end - i < 9) {
      const token = tokens[end] as Token
      if (isNameToken(token)) end++
      else if (isParticle(token.lower) && isNameToken(tokens[end + 1])) end += 2
      else if (isOfBody(tokens, i, end)) end += 2
      else break
    }
    let from = i
    const body = isBodyWord((tokens[end - 1] as Token).lower)
    while (!body && from < end - 1 && isTitle(tokens, from, end, roster)) from++
    from = knownFrom(tokens, from, end, roster)
    if (!isTitleWord((tokens[end - 1] as Token).lower)) {
      found.push({ tokens, from, to: end, title: tokens.slice(i, from) })
    }
    i = end - 1
  }
  return found
}

/** "President Ode", whose first name the article never gives. */
function isTitledSurname({ tokens, from, to, title }: Sequence): boolean {
  const last = title.at(-1)
  const surname = tokens[from] as Token
  if (to - from !== 1 || last === undefined || isBodyWord(surname.lower)) return false
  return (
    isPersonNoun(last) ||
    /^(?:sen|rep|gov|gen|prof|secretary|minister|mrs?|ms|miss|dr|sir|lady|lord)\.?$/.test(last.lower)
  )
}

/** "Gulrukh, a baker", "Her daughter, Mabel,", "a steward called Ebo": somebody of one name. */
function isDescribedName({ tokens, from, to, title }: Sequence): boolean {
  if (to - from !== 1 || title.length > 0 || isBodyWord((tokens[from] as Token).lower)) return false
  const [before, comma] = [tokens[from - 1], tokens[to]]
  if (/^(?:called|named|nicknamed)$/.test(before?.lower ?? '') && isPersonNoun(tokens[from - 2])) return true
  if (comma?.text !== ',') return false
  if (before?.text === ',' && isPersonNoun(tokens[from - 2])) return true
  const article = tokens[to + 1]?.lower ?? ''
  const described = tokens.slice(to + 2, to + 6)
  const end = described.findIndex((token) => token.kind === 'mark' || isLink(token))
  const head = end < 0 ? undefined : described[end - 1]
  return /^(?:an?|the|his|her|who)$/.test(article) && (article === 'who' || isPersonNoun(head))
}

const isLink = ({ lower }: Token) => /^(?:of|who|in|from|at|for|with)$/.test(lower)

/** "[Church] of Kesh", "[Bank] of Merovia" */
function isOfBody(tokens: readonly Token[], from: number, at: number): boolean {
  return (
    at === from + 1 &&
    tokens[at]?.lower === 'of' &&
    OF_BODIES.test((tokens[from] as Token).text) &&
    isNameToken(tokens[at + 1])
  )
}

const OF_BODIES =
  /^(?:Church|Bank|University|Department|Ministry|Council|Institute|Bureau|Board|College|Academy|Court)$/

/** "National Unity Ada Brandt": what stands before somebody of the roster is no part of the name. */
function knownFrom(tokens: readonly Token[], from: number, end: number, roster: Roster): number {
  if (end - from < 3) return from
  // "Home Office Secretary Ada Brandt": a title within cuts off what is before it.
  const title = tokens.slice(from, end - 1).findLastIndex((token) => isTitleWord(token.lower))
  if (title >= 0) return from + title + 1
  // "Trade Council Ada Brandt": so does a body before a first name.
  const body = tokens.slice(from, end - 2).findLastIndex((token) => isBodyWord(token.lower))
  const next = from + body + 1
  const given = body < 0 ? undefined : tokens[next]
  if (isNameToken(given) && (genderOfFirstName(given?.text ?? '') !== null || isHeadOf(tokens, from))) return next
  // "the Government of National Accord Ada Brandt", "the Ministry of Foreign Affairs Ada Brandt"
  const cause = tokens.slice(from, end - 2).findLastIndex((token) => isCause(token.lower))
  if (cause >= 0) return from + cause + 1
  for (let i = from; i <= end - 2; i++) {
    const name = tokens
      .slice(i, end)
      .map((token) => token.text)
      .join(' ')
    if (roster.find(name).some((speaker) => speaker.kind === 'person')) return i
  }
  return from
}

/** "[Head of the] Trade Council Ada Brandt" */
function isHeadOf(tokens: readonly Token[], from: number): boolean {
  const link = tokens[from - 1]?.lower === 'the' ? from - 2 : from - 1
  const office = tokens[link - 1]
  return tokens[link]?.lower === 'of' && office !== undefined && (isPersonNoun(office) || isTitleWord(office.lower))
}

function isNameToken(token: Token | undefined): boolean {
  if (token === undefined || token.kind !== 'word') return false
  return classOf(token.text, token.lower) === 'name' && token.text.length < 40
}

function isTitle(tokens: readonly Token[], i: number, end: number, roster: Roster): boolean {
  const token = tokens[i] as Token
  if (isTitleWord(token.lower)) return true
  // "Talvian Foreign Minister ...": a country only before a title; "Jordan Smith" keeps his name.
  const next = tokens[i + 1] as Token
  if (i + 1 < end - 1 && isTitleWord(next.lower))
    return (
      roster.countryOf(token.text) !== null ||
      /(?:ian|ish|ese|ch|an)$/.test(token.lower) ||
      /^\p{Lu}+$/u.test(token.text)
    )
  return false
}

/** More namesakes are a list, not a report. */
const MOST_NAMESAKES = 40

function enroll(sequence: Sequence, byLast: Map<string, Named[]>, full: Named[], roster: Roster): Named {
  const { tokens, from, to } = sequence
  const parts = tokens.slice(from, to)
  const last = fold((parts.at(-1) as Token).text)
  const first = fold((parts[0] as Token).text)
  const known = (byLast.get(last) ?? []).find((named) => sameFirst(named.name, first))
  if (known !== undefined) return known
  const name = parts.map((token) => token.text).join(' ')
  // "Bill" is a first name before it is a law.
  const given = genderOfFirstName((parts[0] as Token).text) !== null ? 1 : 0
  const isBody =
    parts.slice(given).some((token) => isBodyWord(token.lower)) || (given === 0 && isTheName(sequence, roster))
  const kind = isBody ? 'body' : 'person'
  const named: Named = {
    name,
    kind,
    gender: kind === 'person' ? genderOf(name, (parts[0] as Token).text, roster) : null,
    descriptions: [],
    countries: new Set(),
    count: 0,
  }
  const namesakes = byLast.get(last)
  if (namesakes === undefined) byLast.set(last, [named])
  else if (namesakes.length < MOST_NAMESAKES) namesakes.push(named)
  full.push(named)
  if (parts[1]?.lower === 'of') byLast.set(`${first} of`, [...(byLast.get(`${first} of`) ?? []), named])
  return named
}

/** "the Castle Point Sentinel said": no person; "the Ada Brandt campaign" is one's. */
function isTheName({ tokens, from, to, title }: Sequence, roster: Roster): boolean {
  if (tokens[from - 1]?.lower !== 'the' || title.length > 0) return false
  const next = tokens[to]
  const noun = next?.kind === 'word' && classOf(next.text, next.lower) === 'content' && cueVerb(next.lower) === null
  const name = tokens
    .slice(from, to)
    .map((token) => token.text)
    .join(' ')
  return !noun && !roster.find(name).some(({ kind }) => kind === 'person')
}

function genderOf(name: string, first: string, roster: Roster): 'f' | 'm' | null {
  const known = roster.find(name)
  return (known.length === 1 ? known[0]?.gender : null) ?? genderOfFirstName(first)
}

function sameFirst(name: string, first: string): boolean {
  const own = fold(name.split(' ')[0] ?? '')
  return own === first || (first.length >= 3 && own.startsWith(first)) || (own.length >= 3 && first.startsWith(own))
}

/** A part of a name that more share says nothing. */
const MOST_SHARERS = 8

function partsOf(full: readonly Named[]): ReadonlyMap<string, Named[]> {
  const parts = new Map<string, Named[]>()
  for (const named of full) {
    if (named.kind === 'body') continue
    for (const part of new Set(named.name.split(' ').map(fold))) {
      const sharers = parts.get(part)
      if (sharers === undefined) parts.set(part, [named])
      else if (sharers.length < MOST_SHARERS) sharers.push(named)
    }
  }
  return parts
}

/** "Ostra Trade Agency (OTA)" */
function shortForm({ tokens, to }: Sequence): string | null {
  const short = tokens[to + 1]
  const isShort = tokens[to]?.text === '(' && tokens[to + 2]?.text === ')' && /^\p{Lu}{2,8}$/u.test(short?.text ?? '')
  return isShort && short !== undefined ? `(${fold(short.text)})` : null
}

/** "the Church": the one body of the article whose name begins so, and goes on with "of". */
function bodyBy(first: string, byLast: ReadonlyMap<string, Named[]>): Named | null {
  const bodies = byLast.get(`${first} of`) ?? []
  return bodies.length === 1 ? (bodies[0] ?? null) : null
}

function namedBy(
  { tokens, from, to }: Sequence,
  byLast: ReadonlyMap<string, Named[]>,
  byPart: ReadonlyMap<string, Named[]>,
): Named | null {
  const first = fold((tokens[from] as Token).text)
  const last = fold((tokens[to - 1] as Token).text)
  if (to - from >= 2) return (byLast.get(last) ?? []).find((named) => sameFirst(named.name, first)) ?? null
  const meant = byLast.get(`(${last})`)?.[0]
  if (meant !== undefined && /^\p{Lu}+$/u.test((tokens[from] as Token).text)) return meant
  const same = (byLast.get(last) ?? []).filter((named) => named.kind === 'person')
  const candidates = same.length > 0 ? same : (byPart.get(last) ?? [])
  if (candidates.length === 0 && tokens[from - 1]?.lower === 'the') return bodyBy(first, byLast)
  if (candidates.length <= 1) return candidates[0] ?? null
  const honorific = tokens[from - 1]?.lower
  const gender =
    honorific === undefined
      ? null
      : /^mrs?\.?$|^ms\.?$/.test(honorific)
        ? honorific.startsWith('mr.') || honorific === 'mr'
          ? 'm'
          : 'f'
        : null
  const fitting = gender === null ? candidates : candidates.filter((named) => named.gender === gender)
  const [most, next] = fitting.toSorted((a, b) => b.count - a.count)
  // One of them is the article's; a namesake of hers is given with a first name.
  return most !== undefined && (next === undefined || most.count >= 2 * next.count) ? most : null
}
