import { cueVerb } from './cue-verbs.ts'
import type { Cue } from './find-cues.ts'
import { pauses } from './frame.ts'
import { isPersonNoun, phraseAfter, phraseBefore, type Range } from './noun-phrase.ts'
import type { Item } from './sentences.ts'

/** Where the speaker stands in the sentence, and how that was found. */
export interface Source extends Range {
  /** An aside after the phrase, "the minister, [Ada Brandt], said": may hold the name. */
  readonly aside: Range | null
  readonly by: 'before' | 'after' | 'relative' | 'shared' | 'subject' | 'agent'
}

/** The source of `cue`, given the attributions found before it in the same sentence; null: none is named. */
export function findSource(
  items: readonly Item[],
  cue: Cue,
  earlier: readonly { cue: Cue; source: Source | null }[],
): Source | null {
  if (cue.kind === 'according') return accordingTo(items, cue)
  if (cue.kind === 'colon') return beforeColon(items, cue)
  if (cue.kind === 'passive') return agentAfter(items, cue)
  if (cue.kind === 'participle') return absolute(items, cue) ?? subjectAfter(items, cue) ?? shared(items, cue, earlier)
  const inverted = cue.kind === 'finite' ? invertedSource(items, cue) : null
  if (inverted !== null) return inverted
  const before = items[cue.from - 1]
  if (cue.kind === 'infinitive') return subjectOf(items, cue.from, earlier)
  if (before?.class === 'relative' || (before?.lower === 'that' && items[cue.from - 2]?.class !== 'verb')) {
    return antecedent(items, cue.from - 1)
  }
  return directSubject(items, cue.from, 0) ?? shared(items, cue, earlier)
}

/** All up to the next comma, where no verb stands in it: "according to documents from the campaign, ..." */
function accordingTo(items: readonly Item[], cue: Cue): Source | null {
  const phrase = phraseAfter(items, cue.to, items.length, true)
  if (phrase === null) return null
  let end = phrase.to
  while (end < items.length && end - cue.to < 14) {
    const item = items[end] as Item
    if (
      item.kind !== 'word' ||
      item.class === 'auxiliary' ||
      item.class === 'pronoun' ||
      item.class === 'relative' ||
      item.class === 'time'
    )
      break
    end++
  }
  const closed = items[end] === undefined || /^[,.:;]$/.test(items[end]?.text ?? '')
  return withAside(items, closed ? { from: phrase.from, to: end } : phrase, 'after')
}

/** `"...," said the minister` */
function invertedSource(items: readonly Item[], cue: Cue): Source | null {
  // "told" names whom it tells behind it.
  if (!cue.frames.includes('q') || cue.lemma === 'tell' || cue.from !== cue.head) return null
  const before = items[cue.from - 1]
  const after = items[cue.to]
  if (before !== undefined && before.kind === 'word' && before.class !== 'conjunction') return null
  if (before === undefined && !/^(?:said|says|asked|wrote|added)$/.test(cue.lemma)) return null
  if (after === undefined || after.kind !== 'word') return null
  if (
    after.class !== 'name' &&
    after.class !== 'determiner' &&
    after.class !== 'pronoun' &&
    after.class !== 'number' &&
    !isPersonNoun(after) &&
    after.class !== 'content'
  )
    return null
  const phrase = phraseAfter(items, cue.to, items.length, true)
  if (phrase === null) return null
  // A verb behind it: that phrase is the subject of the content, not the speaker.
  const next = items[phrase.to]
  const quoted = before?.kind === 'quotation' || items[cue.from - 2]?.kind === 'quotation'
  const closed = next === undefined || next.kind === 'mark' || next.class === 'relative'
  if ((!quoted || after.class === 'pronoun') && !closed) return null
  const somebody = items
    .slice(phrase.from, phrase.to)
    .some((item) => item.class === 'name' || item.class === 'pronoun' || isPersonNoun(item))
  if (!quoted && !somebody) return null
  if (
    next?.class === 'auxiliary' ||
    next?.class === 'participle' ||
    (next?.class === 'verb' && cueVerb(next.lower) === null)
  )
    return null
  return withAside(items, phrase, 'after')
}

/** The phrase right before the cue, over asides between commas, dashes or brackets. */
function directSubject(items: readonly Item[], to: number, floor: number): Source | null {
  const last = items[to - 1]
  if (last === undefined) return null
  if (last.kind === 'word' || last.text === ')') {
    const phrase = phraseBefore(items, to, floor)
    return phrase === null || isTime(items, phrase)
      ? null
      : { ...toQuotation(items, phrase), aside: null, by: 'before' }
  }
  if (last.text !== ',' && !/^[—–]|^--?$/.test(last.text)) return null
  let nearest: Source | null = null
  for (let i = to - 2, tries = 0; i >= floor && i >= to - 40 && tries < 4; i--) {
    const item = items[i] as Item
    const quoted = item.kind === 'quotation' && item.wordCount > 4
    if (quoted && (items[i - 1]?.text === ',' || i - 1 < floor)) break
    if (item.text !== last.text) continue
    tries++
    const phrase = phraseBefore(items, i, floor)
    if (phrase === null || isTime(items, phrase) || !canSpeak(items, phrase)) continue
    const begins = beginsClause(items, phrase, floor)
    if (!begins && !isHeadless(items, phrase, floor)) continue
    const found: Source = {
      from: begins ? phrase.from : floor,
      to: phrase.to,
      aside: { from: i + 1, to: to - 1 },
      by: 'before',
    }
    // "Ada Brandt, envoy and head of the mission in Kesh, Merovia, said": a name that begins it all.
    if (nearest === null) nearest = found
    else if (phrase.from === floor && items[floor]?.class === 'name' && !hasMainVerb(items, i, to)) return found
  }
  return nearest ?? beforeStrayComma(items, to, floor)
}

/** "The ministry of trade, has said": a comma that should not be there. */
function beforeStrayComma(items: readonly Item[], to: number, floor: number): Source | null {
  if (items[to - 1]?.text !== ',' || items[to]?.class !== 'auxiliary') return null
  const phrase = phraseBefore(items, to - 1, floor)
  return phrase?.from === floor ? { ...phrase, aside: null, by: 'before' } : null
}

/** A finite verb that belongs to no relative clause: "a union that has endorsed Ode". */
function hasMainVerb(items: readonly Item[], from: number, to: number): boolean {
  let relative = false
  for (const item of items.slice(from, to)) {
    if (item.class === 'relative' || item.lower === 'that') relative = true
    else if (item.kind === 'mark') relative = false
    else if (!relative && (item.class === 'auxiliary' || item.class === 'verb')) return true
  }
  return false
}

/** What little stands between a quotation and its speaker is part of the speaker: `"...," Brandt running mate Gov. Ode said`. */
function toQuotation(items: readonly Item[], phrase: Range): Range {
  for (let i = phrase.from - 1; i >= 0 && i >= phrase.from - 6; i--) {
    const item = items[i] as Item
    const opening = items[i + 1]?.class
    const placed = opening === 'preposition' || opening === 'time'
    if (item.kind === 'quotation')
      return /^[,.?!…—–-]$/.test(item.lastMark) && !placed ? { from: i + 1, to: phrase.to } : phrase
    if (item.kind === 'mark' && !(item.text === ',' && items[i - 1]?.kind === 'word')) return phrase
    if (
      item.class === 'auxiliary' ||
      item.class === 'conjunction' ||
      item.class === 'pronoun' ||
      item.class === 'relative'
    )
      return phrase
    if (item.class === 'verb' && items[i - 1]?.class !== 'determiner') return phrase
  }
  return phrase
}

function isTime(items: readonly Item[], { from, to }: Range): boolean {
  return items
    .slice(from, to)
    .every((item) => item.class === 'time' || item.class === 'number' || item.class === 'determiner')
}

function canSpeak(items: readonly Item[], { from, to }: Range): boolean {
  return items
    .slice(from, to)
    .some((item) => item.class === 'name' || item.class === 'pronoun' || isPersonNoun(item) || item.class === 'content')
}

function beginsClause(items: readonly Item[], { from }: Range, floor: number): boolean {
  const before = items[from - 1]
  if (from === floor || before === undefined || before.kind !== 'word') return true
  return (
    before.class === 'conjunction' || before.class === 'adverb' || before.lower === 'that' || before.class === 'time'
  )
}

function beforeColon(items: readonly Item[], cue: Cue): Source | null {
  const label = items.slice(0, cue.from)
  const hasVerb = label.some((item) => item.class === 'auxiliary' || item.class === 'verb' || item.kind === 'quotation')
  if (hasVerb || label.length > 16) return subjectOf(items, cue.from, [])
  const phrase = phraseAfter(items, 0, cue.from, true)
  return phrase === null ? null : { ...phrase, aside: null, by: 'before' }
}

/** "One pastor supporting Mr. Brandt, Otto Ode, said": all from the begin of the sentence, where no verb stands between. */
function isHeadless(items: readonly Item[], { from }: Range, floor: number): boolean {
  const first = items[floor]
  if (first === undefined || from - floor > 8 || first.class === 'preposition' || first.class === 'conjunction')
    return false
  return !items
    .slice(floor, from)
    .some(
      (item) => item.kind !== 'word' || item.class === 'auxiliary' || item.class === 'verb' || item.class === 'time',
    )
}

/** "Ada Brandt, who ... said", "Ada Brandt, 71, who", "Ada Brandt, a salmon farmer, who": whom the relative at item `at` belongs to. */
function antecedent(items: readonly Item[], at: number): Source | null {
  const comma = items[at - 1]?.text === ','
  const phrase = phraseBefore(items, comma ? at - 1 : at, 0)
  if (phrase === null) return null
  const named = comma ? nameBeforeAside(items, phrase) : null
  return { ...(named ?? phrase), aside: null, by: 'relative' }
}

/** An age, or what somebody is, between commas behind a name: the name. */
function nameBeforeAside(items: readonly Item[], aside: Range): Range | null {
  if (items[aside.from - 1]?.text !== ',' || items.slice(aside.from, aside.to).some((item) => item.class === 'name'))
    return null
  const first = items[aside.from]
  if (first?.class !== 'number' && !/^(?:an?|the|once|then|now|former|himself|herself)$/.test(first?.lower ?? ''))
    return null
  const named = phraseBefore(items, aside.from - 1, 0)
  return named !== null && items.slice(named.from, named.to).some((item) => item.class === 'name') ? named : null
}

/** "The minister met him and said", "..., saying that": the speaker before, else the subject of the sentence. */
function shared(
  items: readonly Item[],
  cue: Cue,
  earlier: readonly { cue: Cue; source: Source | null }[],
): Source | null {
  const relative = relativeVerb(items, cue.from)
  if (relative !== null) return relative
  const last = earlier.findLast((one) => one.source !== null && one.cue.kind !== 'according')
  if (last?.source && last.source.from < cue.from)
    return { ...(saysOfThemselves(items, last.source, earlier) ?? last.source), by: 'shared' }
  return subjectOf(items, cue.from, [])
}

/** "Ode said he welcomed the truce and added": who says it, is named there, not by the pronoun of what is said. */
function saysOfThemselves(
  items: readonly Item[],
  { from }: Source,
  earlier: readonly { cue: Cue; source: Source | null }[],
): Source | null {
  if (!/^(?:he|she|they|it)$/.test(items[from]?.lower ?? '')) return null
  const begin = items[from - 1]?.lower === 'that' ? from - 1 : from
  return earlier.find(({ cue }) => cue.to === begin)?.source ?? null
}

/** "Brandt, who opened the door and said": the cue belongs to the clause of "who". */
function relativeVerb(items: readonly Item[], to: number): Source | null {
  if (items[to - 1]?.lower !== 'and') return null
  for (let i = to - 2; i > 0 && i >= to - 12; i--) {
    if (items[i]?.text === ',' || items[i]?.kind === 'quotation') return null
    if (items[i]?.lower === 'who') return antecedent(items, i)
  }
  return null
}

/** "..., with the envoy saying that", "..., the envoy saying that": a participle with a subject of its own. */
function absolute(items: readonly Item[], cue: Cue): Source | null {
  const phrase = directSubject(items, cue.from, 0)
  if (phrase === null) return null
  const before = items[phrase.from - 1]
  const apart = pauses(before) && items[phrase.from]?.lower === 'the'
  return before?.lower === 'with' || (apart && phrase.aside === null) ? phrase : null
}

/** "Noting that the talks go on, [Brandt] asked ...": whose participle opens the sentence. */
function subjectAfter(items: readonly Item[], cue: Cue): Source | null {
  if (cue.from !== 0) return null
  for (let i = cue.to + 1; i < items.length - 2; i++) {
    if (items[i]?.text !== ',') continue
    const phrase = phraseAfter(items, i + 1, items.length, true)
    const verb = phrase === null ? undefined : items[phrase.to]
    const finite =
      verb?.class === 'auxiliary' ||
      verb?.class === 'verb' ||
      (verb !== undefined && cueVerb(verb.lower)?.form === 'finite')
    if (phrase !== null && finite) return { ...phrase, aside: null, by: 'subject' }
  }
  return null
}

/** The subject of the first finite verb between the begin of the sentence and item `to`. */
function subjectOf(items: readonly Item[], to: number, earlier: readonly { source: Source | null }[]): Source | null {
  const last = earlier.findLast((one) => one.source !== null)
  if (last?.source) return { ...last.source, by: 'shared' }
  for (let i = afterOpening(items, to); i < to; i++) {
    const item = items[i] as Item
    const finite =
      item.class === 'auxiliary' ||
      item.class === 'verb' ||
      (item.class === 'content' && cueVerb(item.lower)?.form === 'finite')
    if (!finite || i === 0) continue
    let end = i
    while (end > 0 && items[end - 1]?.class === 'adverb') end--
    const subject = directSubject(items, end, 0)
    if (subject !== null) return { ...subject, by: 'subject' }
    if (items[end - 1]?.class === 'relative') {
      const whose = antecedent(items, end - 1)
      if (whose !== null) return { ...whose, by: 'subject' }
    }
  }
  return null
}

/** Past "When he arrived, " and the like. */
function afterOpening(items: readonly Item[], to: number): number {
  const first = items[0]
  const subordinate =
    first !== undefined &&
    /^(?:when|while|after|before|although|though|as|if|since|asked|once|because|in|on|at|with|during|for)$/.test(
      first.lower,
    )
  if (!subordinate) return 0
  const comma = items.findIndex((item, i) => i > 0 && i < to && item.text === ',')
  return comma < 0 ? 0 : comma + 1
}

/** "was told by the envoy" */
function agentAfter(items: readonly Item[], cue: Cue): Source | null {
  for (let i = cue.to; i < items.length && i < cue.to + 6; i++) {
    const item = items[i] as Item
    if (item.lower === 'by') {
      const phrase = phraseAfter(items, i + 1, items.length, true)
      return phrase === null ? null : withAside(items, phrase, 'agent')
    }
    if (item.kind !== 'word' || item.class === 'auxiliary') return null
  }
  return null
}

/** Joins "the minister, Ada Brandt," where a name stands between commas behind the phrase. */
function withAside(items: readonly Item[], phrase: Range | null, by: Source['by']): Source | null {
  if (phrase === null) return null
  if (items[phrase.to]?.text !== ',') return { ...phrase, aside: null, by }
  const end = items.findIndex((item, i) => i > phrase.to && (item.text === ',' || item.text === '.'))
  const closed = end > phrase.to + 1 && end - phrase.to <= 16
  const named =
    closed &&
    !hasMainVerb(items, phrase.to + 1, end) &&
    !items.slice(phrase.to + 1, end).some((item) => item.kind === 'quotation')
  return { ...phrase, aside: named ? { from: phrase.to + 1, to: end } : null, by }
}
