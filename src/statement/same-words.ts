import type { Reads } from '../base/database/database.ts'
import { splitWords } from '../base/database/text-index.ts'
import type { TeamId } from '../base/scope.ts'
import type { StatementId } from './statement-id.ts'
import type { Statement } from './statement-row.ts'
import { type SeenRow, seenBy } from './statement-search.ts'

/** "No", "We will see": said on many occasions, so that two outlets with them need not tell of one. */
const WORDS_AT_LEAST = 4
/** Outlets print the words of one occasion within two days; what comes later is said again. */
const DAYS_BETWEEN = 2
/** Rows that one look reads at most; STORAGE.md, rule 4. */
const ROWS_AT_MOST = 200
const DAY_MS = 86_400_000

/**
 * Where else the words of each statement were printed, as far as `team` may know: the same words of the same
 * speaker, meant the same way, within two days; the first to print them first. Words too few to tell one
 * occasion from another, and those of nobody who is named, have none.
 */
export async function sameWords(
  reads: Reads,
  team: TeamId,
  statements: readonly Statement[],
  shown: (rows: readonly SeenRow[]) => readonly Statement[],
): Promise<ReadonlyMap<StatementId, readonly Statement[]>> {
  const telling = statements.filter(isTelling)
  if (telling.length === 0) return new Map()
  const keys = [...new Set(telling.map(({ sameAs }) => sameAs))]
  const rows = await seenBy(reads, team)
    .where('sameAs', 'in', keys)
    .orderBy('statement.id', 'desc')
    .limit(ROWS_AT_MOST)
    .execute()
  const all = Map.groupBy(shown(rows), ({ sameAs }) => sameAs)
  return new Map(
    telling.map((one) => [one.id, (all.get(one.sameAs) ?? []).filter((other) => isOfOne(one, other)).sort(byPrint)]),
  )
}

/**
 * The same among statements at hand: one story for the same words of the same speaker, the first to print them first.
 * The stories stand in the order of the first statement of each.
 */
export function byStory(statements: readonly Statement[]): readonly (readonly [Statement, ...Statement[]])[] {
  const stories: [Statement, ...Statement[]][] = []
  const ofWords = new Map<string, [Statement, ...Statement[]][]>()
  for (const one of statements) {
    const alike = isTelling(one) ? (ofWords.get(one.sameAs) ?? []) : []
    const known = alike.find(([first]) => isOfOneOccasion(one, first))
    if (known !== undefined) known.push(one)
    else {
      const story: [Statement, ...Statement[]] = [one]
      stories.push(story)
      if (isTelling(one)) ofWords.set(one.sameAs, [...alike, story])
    }
  }
  for (const story of stories) story.sort(byPrint)
  return stories
}

function isTelling({ speaker, speakerName, isSpeakerCorrected, content }: Statement): boolean {
  const isNamed = speaker !== null || (speakerName !== null && !isSpeakerCorrected)
  return isNamed && splitWords(content).length >= WORDS_AT_LEAST
}

function isOfOne(one: Statement, other: Statement): boolean {
  return other.article !== one.article && isOfOneOccasion(one, other)
}

function isOfOneOccasion(one: Statement, other: Statement): boolean {
  return (
    other.speaker === one.speaker &&
    other.holder === one.holder &&
    Math.abs(Date.parse(other.on) - Date.parse(one.on)) <= DAYS_BETWEEN * DAY_MS
  )
}

function byPrint(one: Statement, other: Statement): number {
  return printedAt(one) - printedAt(other) || one.id - other.id
}

function printedAt({ publishedAt, recordedAt }: Statement): number {
  return (publishedAt ?? recordedAt).getTime()
}
