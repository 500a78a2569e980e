import type { Named } from '../named.ts'
import type { Asked, Candidate } from './candidates.ts'
import type { Discourse } from './discourse.ts'
import { NO_PERSON } from './evidence.ts'

/** What speaks for or against each candidate, by name; the last list is that of "nobody whom the article names". */
export function cluesFor(
  asked: Asked,
  candidates: readonly Candidate[],
  discourse: Discourse,
  evidence: (candidate: Candidate) => readonly string[],
): readonly (readonly string[])[] {
  const order = candidates
    .filter(({ last }) => last !== null && last.role !== 'quoted')
    .toSorted((a, b) => (b.last?.at ?? 0) - (a.last?.at ?? 0))
  const shown = new Map(candidates.map((one) => [one, evidence(one)]))
  const people = candidates.filter((one) => shown.get(one)?.includes(NO_PERSON) === false)
  const best = Math.max(0, ...candidates.map(({ fit }) => fit))
  const bearers = candidates.filter(({ fit }) => fit === best).length
  const most = Math.max(0, ...candidates.map(({ times }) => times))
  const kind = asked.kind === 'pronoun' ? 'p' : 'd'
  const ahead = candidates.filter((one) => one.ahead !== null).toSorted((a, b) => (a.ahead ?? 0) - (b.ahead ?? 0))
  const ofEach = candidates.map((one) => {
    const place = one.ahead === null ? placeClues(asked, one, discourse) : aheadClues(asked, one, ahead.indexOf(one))
    const clues = [
      ...(one.fit > 1 ? place.map((clue) => `titled ${clue}`) : place),
      ...(shown.get(one) ?? []),
      `rank ${Math.min(order.indexOf(one), 3)}`,
      ...(people.length === 1 && people[0] === one ? ['only'] : []),
      ...(one.times === most && most > 1 ? ['main'] : []),
      ...(asked.kind === 'description' ? titleClues(asked, one, best, bearers) : []),
    ]
    return clues.map((clue) => `${kind} ${clue}`)
  })
  return [...ofEach, noneClues(asked, people, best).map((clue) => `${kind} none ${clue}`)]
}

function placeClues(asked: Asked, one: Candidate, discourse: Discourse): string[] {
  const { last, who, turnsAgo } = one
  if (last === null) return []
  const far = Math.min(discourse.sentence() - last.sentence, 5)
  const away = Math.min(discourse.paragraph() - last.paragraph, 3)
  const turn = turnsAgo === null ? 'never' : `${Math.min(turnsAgo, 3)}`
  return [
    `far ${far}`,
    `away ${away}`,
    `${last.role}`,
    `${last.role} far ${Math.min(far, 2)}`,
    `turn ${turn}`,
    `turn ${turn} far ${Math.min(far, 2)}`,
    `turn ${turn} ${asked.place}`,
    `turn ${turn} far ${Math.min(far, 2)} ${asked.first ? 'first' : 'later'}`,
    `${last.role} far ${Math.min(far, 2)} ${asked.place}`,
    ...(who === null ? ['unnamed', `unnamed far ${Math.min(far, 2)}`] : []),
    ...(one.subjectBefore ? ['subject before', `subject before turn ${turn}`] : []),
    ...(one.subjectHere ? ['subject here'] : []),
    ...(one.withinOwn ? ['within own'] : []),
    ...(who !== null && who === asked.outer ? ['outer'] : []),
    ...(who?.gender == null ? ['gender open', ...endingClues(asked, who)] : []),
  ]
}

/** Most first names in -a are women's, from Lisbon to Almaty; the others say little. */
function endingClues({ gender }: Asked, who: Named | null): string[] {
  const first = who?.name.split(' ')[0] ?? ''
  if (gender === null || first === '') return []
  return [`ending ${/a$/i.test(first)} ${gender}`]
}

/** "The minister said ..." in the first lines, and who that is in the next. */
function aheadClues(asked: Asked, { ahead }: Candidate, rank: number): string[] {
  const lead = asked.at < LEAD ? 'lead' : 'later'
  return [`ahead ${lead}`, `ahead ${lead} rank ${Math.min(rank, 2)}`, `ahead ${(ahead ?? 0) < NEAR ? 'near' : 'far'}`]
}

const LEAD = 700
const NEAR = 350

function titleClues(asked: Asked, one: Candidate, best: number, bearers: number): string[] {
  const { fit, who } = one
  const known = who !== null && who.descriptions.length > 0
  return [
    `fit ${fit}${fit === 0 && known ? ' described' : ''}`,
    `fit ${fit} of ${fit === best ? Math.min(bearers, 3) : 'less'}`,
    `fit ${fit} ${asked.determiner}`,
    ...(fit === 0 && best > 0 ? ['others fit'] : []),
    ...(who !== null && asked.isElsewhere(who) ? ['elsewhere'] : []),
    ...(one.ahead === null ? [] : [`ahead fit ${fit}${known ? ' described' : ''}`]),
  ]
}

function noneClues(asked: Asked, candidates: readonly Candidate[], best: number): string[] {
  const count = Math.min(candidates.length, 3)
  if (asked.kind === 'pronoun') return ['', `of ${count}`]
  return [
    '',
    `of ${count}`,
    `${asked.determiner}`,
    `fit ${best}`,
    `fit ${best} ${asked.determiner}`,
    ...(ANYBODY.test(asked.head) ? ['anybody', `anybody fit ${best}`] : []),
    ...(asked.age !== null ? ['age'] : []),
  ]
}

/** Heads that often bring in somebody new. */
export const ANYBODY =
  /^(?:spokesman|spokeswoman|spokesperson|source|official|officer|aide|judge|reporter|man|woman|person|editor|moderator|prosecutor|attorney|lawyer|host|voter|president|group|party|coalition|adviser|strategist|resident|student|neighbour|neighbor|witness|friend|colleague)$/
