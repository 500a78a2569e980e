import type { TeamId } from '../../base/scope.ts'
import type { SpeakerId } from '../../speaker/speaker.ts'
import type { SpeakerStore } from '../../speaker/speaker-store.ts'
import type { StatementStore } from '../../statement/statement-store.ts'
import type { TopicStore } from '../book/topic-store.ts'
import { isMove } from '../judging/label.ts'
import { BY_DESK, correctedTopics } from '../record/facets-of.ts'
import type { PositionStore } from '../record/position-store.ts'
import type { Corrected } from './correction.ts'

type Deps = {
  readonly positions: Pick<PositionStore, 'corrections' | 'ofStatement'>
  readonly statements: Pick<StatementStore, 'get'>
  readonly topics: Pick<TopicStore, 'bookOf'>
  readonly names: Pick<SpeakerStore, 'rosterFor'>
}
type Of<Kind extends Corrected['kind']> = Extract<Corrected, { kind: Kind }>

/** Why a correction cannot be taken, as a sentence for a person; `null`: it can. */
export async function whyRefused(team: TeamId, what: Corrected, deps: Deps): Promise<string | null> {
  switch (what.kind) {
    case 'wrong speaker':
      return await whyNotSpeaker(team, what, deps)
    case 'wrong topic':
      return await whyNotTopic(team, what, deps)
    case 'not a change':
    case 'confirm':
      return await whyNotRuled(team, what, deps)
    case 'merge propositions':
      return await whyNotOneProposition(team, what, deps)
    case 'merge speakers':
      return await whyNotOneSpeaker(team, what, deps)
  }
}

/** The same for one of another team as for none at all. */
const NO_STATEMENT = 'I have no such statement for you; it may have been taken off the record.'

async function whyNotSpeaker(team: TeamId, { statement: id, speaker }: Of<'wrong speaker'>, deps: Deps) {
  const statement = await deps.statements.get(team, id)
  if (statement === null) return NO_STATEMENT
  if (speaker !== null && (await deps.names.rosterFor(team)).byId(speaker) === null) return 'I know no such speaker.'
  if (statement.speaker !== speaker) return null
  // What nobody said so far may be said to be nobody's, and stays so.
  if (speaker === null && !statement.isSpeakerCorrected && statement.speakerLabel !== null) return null
  return speaker === null ? 'Nobody is named for that statement.' : 'That is who is on record for that statement.'
}

async function whyNotTopic(team: TeamId, { statement: id, from, to }: Of<'wrong topic'>, deps: Deps) {
  const statement = await deps.statements.get(team, id)
  if (statement === null) return NO_STATEMENT
  if (from === to) return 'That is the topic that it has.'
  if (statement.reason === BY_DESK)
    return 'Your desk entered that on this topic itself: change it in the file of your book.'
  const book = await deps.topics.bookOf(team)
  if (to !== null && book.byId(to) === null) return 'There is no such topic in your book.'
  const topics = correctedTopics(statement, { folded: await deps.positions.corrections.foldedOf(team), book })
  if (topics.includes(from)) return null
  const labels = topics.map((topic) => book.byId(topic)?.label ?? topic).join(', ')
  return `That statement is not on that topic${labels === '' ? '' : `; it is on ${labels}`}.`
}

async function whyNotRuled(team: TeamId, what: Of<'not a change'> | Of<'confirm'>, deps: Deps) {
  const changes = await deps.positions.ofStatement(team, what.statement)
  const change = changes.find(
    ({ speaker, topic, proposition }) =>
      speaker === what.speaker && topic === what.topic && proposition === what.proposition,
  )
  if (change === undefined) return 'That change is no longer on record for you; look the position up again.'
  // To say again what was said is no contradiction.
  const isRuled = change.method === 'correction' || change.status === 'confirmed'
  if (isRuled || isMove(change.label)) return null
  if (what.kind === 'not a change' && change.label === 'unclear' && change.earlier !== null) return null
  return `That is on record as "${change.label}", which claims no change of course.`
}

async function whyNotOneProposition(team: TeamId, { from, into }: Of<'merge propositions'>, deps: Deps) {
  if (from === into) return 'That is one proposition already: name two.'
  const book = await deps.topics.bookOf(team)
  const unknown = [from, into].find((id) => book.proposition(id) === null)
  return unknown === undefined ? null : `There is no proposition "${unknown.slice(0, 60)}" in your book.`
}

async function whyNotOneSpeaker(team: TeamId, { from, into }: Of<'merge speakers'>, deps: Deps) {
  if (from === into) return 'That is one speaker already: name two.'
  const roster = await deps.names.rosterFor(team)
  const [gone, kept] = [from, into].map((id: SpeakerId) => roster.byId(id))
  if (gone === undefined || gone === null || kept === undefined || kept === null) return 'I know no such speaker.'
  if (gone.id === kept.id) return 'Your desk takes these two for one already.'
  if ((gone.kind === 'person') !== (kept.kind === 'person')) return 'A person and a body are never one speaker.'
  return null
}
