import type { Brief, BriefItem } from '../src/brief/brief.ts'
import { type BriefCode, readCode } from '../src/brief/brief-code.ts'
import { isClaim, stepWords } from '../src/brief/label-words.ts'
import type { Reason } from '../src/brief/read-reason.ts'
import { reasonBlocks } from '../src/brief/reason-blocks.ts'
import type { Block, Button } from '../src/chat/blocks.ts'
import { cutText } from '../src/chat/clean-text.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import type { Request } from '../src/chat/request.ts'
import type { PositionChange, PositionChangeId } from '../src/position/judging/change.ts'
import type { Statement, StatementId } from '../src/statement/statement-store.ts'
import type { StatementReader } from './read-statement.ts'
import { hereBlocks, type NotHereRooms } from './why-not-here.ts'

/** What tells why a label came out; each only of what the team may see. */
export type ReasonReader = {
  readonly briefOf: (team: Request['team'], code: BriefCode) => Promise<Brief | null>
  readonly changeOf: (team: Request['team'], id: PositionChangeId) => Promise<PositionChange | null>
  readonly changesOf: (team: Request['team'], statement: StatementId) => Promise<readonly PositionChange[]>
  readonly reasonOf: (team: Request['team'], change: PositionChange) => Promise<Reason | null>
}

export type LabelRooms = { readonly reasons: ReasonReader; readonly statements: StatementReader }

/** Other labels of a brief that are offered; a button's words are short. */
const OTHERS_OFFERED = 4
const LABEL = 40

/** Why the labels of a brief came out. */
export async function whyBrief(
  typed: string,
  { reasons }: LabelRooms,
  { team, timeZone, dates }: Request,
): Promise<readonly Block[]> {
  const code = readCode(typed)
  const brief = code === null ? null : await reasons.briefOf(team, code)
  const items = brief === null ? [] : [...brief.items.filter(isClaim), ...brief.items.filter((one) => !isClaim(one))]
  const [first] = items
  const reason = first === undefined ? null : await reasons.reasonOf(team, first.change)
  if (reason === null) throw unknown('brief', typed, 'I have no such brief for you. Its code stands under it: B-7K3Q.')
  return [...reasonBlocks(reason, { zone: timeZone ?? 'UTC', dates }), ...otherBlocks(items.slice(1))]
}

function otherBlocks(items: readonly BriefItem[]): readonly Block[] {
  if (items.length === 0) return []
  const buttons = items.slice(0, OTHERS_OFFERED).map(
    (item): Button => ({
      label: cutText(`${stepWords(item)}: ${item.topicLabel}`, LABEL),
      command: formatCommand('why', { change: item.change.id }),
    }),
  )
  return [
    { kind: 'note', line: 'The other labels of this brief:' },
    { kind: 'buttons', buttons },
  ]
}

/** Why one label came out. */
export async function whyChange(
  typed: string,
  { reasons }: LabelRooms,
  { team, timeZone, dates }: Request,
): Promise<readonly Block[]> {
  const change = await reasons.changeOf(team, typed as PositionChangeId)
  const reason = change === null ? null : await reasons.reasonOf(team, change)
  if (reason === null) throw unknown('change', typed, 'I have no such label for you. The buttons of /why send them.')
  return reasonBlocks(reason, { zone: timeZone ?? 'UTC', dates })
}

/** Why a statement got its label, or none, and what became of it in this channel. */
export async function whyStatement(
  statement: Statement,
  { reasons, ...rooms }: LabelRooms & NotHereRooms,
  request: Request,
): Promise<readonly Block[]> {
  const changes = await reasons.changesOf(request.team, statement.id)
  const here = await hereBlocks(statement, changes, rooms, request)
  const [first, ...others] = changes
  const reason = first === undefined ? null : await reasons.reasonOf(request.team, first)
  if (reason === null) return [{ kind: 'text', line: whyNoLabel(statement) }, ...here]
  const items = await Promise.all(others.map((change) => reasons.reasonOf(request.team, change)))
  return [
    ...reasonBlocks(reason, { zone: request.timeZone ?? 'UTC', dates: request.dates }),
    ...otherBlocks(items.flatMap((one) => (one === null ? [] : [one.item]))),
    ...here,
  ]
}

/** What keeps a statement from a label: the first that holds. */
function whyNoLabel({ speaker, reason, topics }: Statement): string {
  if (speaker === null) return `No label: nobody of the roster is its speaker. ${reason}`
  if (topics.length === 0) return 'No label: none of the topics of the book stands in it.'
  return 'No label of its own: it is not sure enough to speak of, or another statement of that day shows the position.'
}

function unknown(option: string, typed: string, explanation: string): NotUnderstoodError {
  return new NotUnderstoodError({ option, typed, explanation })
}
