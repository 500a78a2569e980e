import type { TeamId } from '../base/scope.ts'
import type { Block } from '../chat/blocks.ts'
import type { DateLanguage } from '../chat/date-language.ts'
import { formatCommand } from '../chat/format-command.ts'
import type { Label } from '../position/judging/label.ts'
import type { Roster } from '../speaker/roster.ts'
import type { SpeakerId } from '../speaker/speaker.ts'
import type { Brief, BriefId, BriefItem } from './brief.ts'
import { briefBlocks } from './brief-blocks.ts'
import { type MayPostDeps, mayPost } from './may-post.ts'
import { type Told, toldBy } from './told.ts'
import { type BriefDeps, readBrief } from './write-brief.ts'

/** What a brief tells of one speaker, as a team reads it, and what decides who gets it. */
type AlertPart = Matter & {
  readonly each: readonly Matter[]
  readonly blocks: readonly Block[]
  readonly tells: readonly Told[]
}

/** What a filter looks at. */
type Matter = {
  readonly speaker: SpeakerId
  readonly topics: readonly string[]
  readonly propositions: readonly string[]
  readonly labels: readonly Label[]
  readonly outlets: readonly string[]
}

type AlertDeps = Omit<BriefDeps & MayPostDeps, 'roster' | 'dates'> & {
  readonly rosterFor: (team: TeamId) => Promise<Roster>
  /** In which a team reads dates; not given: English. */
  readonly datesFor?: (team: TeamId) => Promise<DateLanguage>
}

/** A brief as a team reads it; `dates`: where the place that it goes to reads them in a language of its own. */
type ReadAlert = (team: TeamId, dates?: DateLanguage) => Promise<readonly AlertPart[]>

/**
 * A brief as it is posted to a team: from the record as the team has it, corrections and names of its own included,
 * and checked by the verifier. Commonly one part: several where the team gave some of the words to somebody else. A
 * text that several teams get is checked once.
 */
export function alertReader(id: BriefId, deps: AlertDeps): ReadAlert {
  const verdicts = new Map<string, Promise<boolean>>()
  const read = new Map<string, Promise<readonly AlertPart[]>>()

  const readFor: ReadAlert = async (team, own) => {
    const dates = own ?? (await deps.datesFor?.(team))
    const roster = await deps.rosterFor(team)
    const brief = await readBrief(team, id, { ...deps, roster })
    if (brief === null) return []
    const parts: AlertPart[] = []
    for (const part of bySpeaker(brief)) {
      const blocks = briefBlocks(part, dates)
      const text = JSON.stringify(blocks)
      const verdict = verdicts.get(text) ?? mayPost(part, blocks, { ...deps, roster, dates })
      verdicts.set(text, verdict)
      if (await verdict) parts.push({ ...saidIn(part), blocks: withQuiet(blocks, part), tells: toldBy(part.items, []) })
    }
    return parts
  }

  return (team, dates) => {
    const key = JSON.stringify([team, dates])
    const known = read.get(key) ?? readFor(team, dates)
    read.set(key, known)
    return known
  }
}

/** A brief of each speaker to whom the team gives words of the event; what another brief of the article tells is left to that. */
function bySpeaker(brief: Brief): readonly Brief[] {
  const isOurs = ({ statement }: BriefItem) =>
    statement.asRead.speaker === null || statement.asRead.speaker === brief.speaker
  const groups = Map.groupBy(brief.items.filter(isOurs), ({ change }) => change.speaker)
  return [...groups].map(([speaker, items]) => ({ ...brief, speaker, items }))
}

/** Whoever has had enough of a topic can say so where it comes. */
function withQuiet(blocks: readonly Block[], { items: [lead] }: Brief): readonly Block[] {
  if (lead === undefined) return blocks
  const command = formatCommand('quiet', { topic: lead.change.topic, for: '24h' })
  const button = { label: 'A day without this topic', command }
  return blocks.map((block) => (block.kind === 'buttons' ? { ...block, buttons: [...block.buttons, button] } : block))
}

function saidIn({ speaker, items }: Brief): Omit<AlertPart, 'blocks' | 'tells'> {
  const each = items.map((item): Matter => {
    const { statement, change } = item
    const propositions = change.proposition === null ? [] : [change.proposition]
    return { speaker, topics: statement.topics, propositions, labels: [change.label], outlets: outletsOf(item) }
  })
  const all = <Value>(of: (one: Matter) => readonly Value[]) => [...new Set(each.flatMap(of))]
  return {
    speaker,
    topics: all(({ topics }) => topics),
    propositions: all(({ propositions }) => propositions),
    labels: all(({ labels }) => labels),
    outlets: all(({ outlets }) => outlets),
    each,
  }
}

/** Who carries it: the publisher of the statement that is shown, and those of the others. */
function outletsOf({ statement, alsoReportedBy }: BriefItem): readonly string[] {
  return [statement, ...alsoReportedBy].flatMap(({ publisher }) => (publisher === null ? [] : [publisher]))
}
