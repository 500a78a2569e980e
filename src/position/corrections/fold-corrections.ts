import type { SpeakerId } from '../../speaker/speaker.ts'
import type { StatementId } from '../../statement/statement-id.ts'
import type { Thread } from '../record/position-rows.ts'
import type { PropositionId } from '../topics/proposition.ts'
import type { TopicId } from '../topics/topic.ts'
import type { Corrected, Correction, Ruling } from './correction.ts'

/** What all corrections of a team that are not undone come to. */
export type FoldedCorrections = {
  /** Who is taken for whom; the one that is meant is merged into nobody. */
  readonly speakers: ReadonlyMap<SpeakerId, SpeakerId>
  readonly propositions: ReadonlyMap<PropositionId, PropositionId>
  /** Whom the team has put in the place of the speaker; `undefined`: nobody was put there. */
  readonly speakerOf: (statement: StatementId) => SpeakerId | null | undefined
  /** `topics` (the narrowest) as the team has put them right. */
  readonly topicsOf: (statement: StatementId, topics: readonly TopicId[]) => readonly TopicId[]
  /** Whether the team has put right anything about this statement alone. */
  readonly touches: (statement: StatementId) => boolean
  /** What the team says of the statement's label in a thread. */
  readonly rulingOf: (statement: StatementId, thread: Thread) => Ruling | null
}

/**
 * Pure. Corrections take effect in the order of their numbers, so that where two say the contrary the later
 * one holds, and each can be taken out as if it had never been there.
 */
export function foldCorrections(corrections: readonly Correction[]): FoldedCorrections {
  const held = corrections.filter(({ undone }) => undone === null).sort((a, b) => a.number - b.number)
  const speakers = mergesOf(held.flatMap(({ what }) => (what.kind === 'merge speakers' ? [what] : [])))
  const propositions = mergesOf(held.flatMap(({ what }) => (what.kind === 'merge propositions' ? [what] : [])))
  const ofStatement = Map.groupBy(held, ({ what }) => ('statement' in what ? what.statement : null))
  const latest = <Kind extends Corrected['kind']>(statement: StatementId, kind: Kind) =>
    ofStatement.get(statement)?.findLast(({ what }) => what.kind === kind)?.what as
      | Extract<Corrected, { kind: Kind }>
      | undefined

  return {
    speakers,
    propositions,
    speakerOf: (statement) => latest(statement, 'wrong speaker')?.speaker,
    topicsOf: (statement, topics) =>
      (ofStatement.get(statement) ?? []).reduce<readonly TopicId[]>(
        (before, { what }) => (what.kind === 'wrong topic' ? moved(before, what) : before),
        topics,
      ),
    touches: (statement) => ofStatement.has(statement),
    rulingOf: (statement, thread) => {
      const isHere = (what: Corrected) =>
        (what.kind === 'not a change' || what.kind === 'confirm') &&
        (speakers.get(what.speaker) ?? what.speaker) === thread.speaker &&
        (what.proposition === null
          ? thread.proposition === null && what.topic === thread.topic
          : (propositions.get(what.proposition) ?? what.proposition) === thread.proposition)
      const found = ofStatement.get(statement)?.findLast(({ what }) => isHere(what))
      if (found === undefined) return null
      const { number: correction, what } = found
      return what.kind === 'confirm'
        ? { kind: 'confirm', label: what.label, correction }
        : { kind: 'not a change', correction }
    },
  }
}

function moved(
  topics: readonly TopicId[],
  { from, to }: Extract<Corrected, { kind: 'wrong topic' }>,
): readonly TopicId[] {
  if (!topics.includes(from)) return topics
  return [...new Set(topics.flatMap((topic) => (topic !== from ? [topic] : to === null ? [] : [to])))]
}

/**
 * Who is taken for whom. Merged things are one group with one name; a later merge within a group gives it
 * another name, so that there is no circle to run in.
 */
function mergesOf<Id extends string>(merges: readonly { readonly from: Id; readonly into: Id }[]): Map<Id, Id> {
  const groupOf = new Map<Id, { name: Id; readonly members: Set<Id> }>()
  const group = (id: Id) => {
    const found = groupOf.get(id) ?? { name: id, members: new Set([id]) }
    groupOf.set(id, found)
    return found
  }
  for (const { from, into } of merges) {
    const [gone, kept] = [group(from), group(into)]
    if (gone === kept) kept.name = into
    else {
      for (const id of gone.members) {
        kept.members.add(id)
        groupOf.set(id, kept)
      }
    }
  }
  return new Map([...groupOf].flatMap(([id, { name }]) => (id === name ? [] : [[id, name] as const])))
}
