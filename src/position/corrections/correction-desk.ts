import type { Clock } from '../../base/clock.ts'
import { PUBLIC, type TeamId } from '../../base/scope.ts'
import type { SpeakerId } from '../../speaker/speaker.ts'
import type { SpeakerStore } from '../../speaker/speaker-store.ts'
import type { StatementId } from '../../statement/statement-id.ts'
import type { StatementStore } from '../../statement/statement-store.ts'
import type { TopicStore } from '../book/topic-store.ts'
import type { PositionChange, PositionChangeId } from '../judging/change.ts'
import { distinctThreads, type Thread } from '../record/position-rows.ts'
import type { PositionStore } from '../record/position-store.ts'
import { replay } from '../record/replay.ts'
import { eyesOf, viewsOf } from '../record/views-of.ts'
import type { Corrected, Correction, Corrector } from './correction.ts'
import { putRight } from './put-right.ts'
import { whyRefused } from './why-refused.ts'

export type CorrectionDeskDeps = {
  readonly positions: PositionStore
  readonly statements: Pick<StatementStore, 'read' | 'get' | 'getAll' | 'putRight' | 'idsOf'>
  readonly topics: TopicStore
  readonly names: Pick<SpeakerStore, 'rosterFor' | 'setMerges'>
  readonly clock: Clock
  /** Told what the team reads otherwise by a correction or its undoing, before that counts as done. */
  readonly readsOtherwise?: (team: TeamId, news: Otherwise) => Promise<void>
}

/** The statements whose reading, or whose labels, a correction concerns. */
export type Otherwise = {
  readonly number: number
  readonly isUndone: boolean
  readonly statements: readonly StatementId[]
}

export type CorrectOutcome =
  /** `isNew: false`: the team has said so before. */
  | { readonly kind: 'corrected'; readonly number: number; readonly isNew: boolean }
  /** As a sentence for the person who asked. */
  | { readonly kind: 'refused'; readonly because: string }

export type UndoOutcome = 'undone' | 'undone before' | 'unknown'

type Wish = { readonly team: TeamId; readonly what: Corrected; readonly why: string; readonly by: Corrector }

/** Of one that was cut short, it is not known how far it came. */
type Was = 'made now' | 'cut short'

/** Changes that a correction names as no longer true; far more than one ever touches in practice. */
const CHANGES_KEPT = 200

/**
 * Where a team puts right what was read wrongly. Each correction is kept, the threads that it concerns are
 * computed again at once, for that team alone, and each can be undone, in any order.
 */
export function correctionDesk(deps: CorrectionDeskDeps) {
  const { positions, clock } = deps
  const { corrections } = positions

  /** Lets the record follow corrections that were kept and not followed yet. */
  const finish = async (team: TeamId, was: Was = 'made now') => {
    for (const correction of await corrections.unsettled(team)) await settle(team, correction, was, deps)
  }

  return {
    correct: async ({ team, what, why, by }: Wish): Promise<CorrectOutcome> => {
      await finish(team, 'cut short')
      const because =
        team === PUBLIC ? 'Only a team can put something right: ask in one.' : await whyRefused(team, what, deps)
      if (because !== null) return { kind: 'refused', because }
      const { number, isNew } = await corrections.add(team, { what, why, by, at: clock.now() })
      await finish(team)
      return { kind: 'corrected', number, isNew }
    },

    undo: async (team: TeamId, number: number, by: Corrector): Promise<UndoOutcome> => {
      await finish(team, 'cut short')
      const isUndone = await corrections.undo(team, number, by, clock.now())
      await finish(team)
      if (isUndone) return 'undone'
      return (await corrections.allOf(team)).some((one) => one.number === number) ? 'undone before' : 'unknown'
    },

    list: corrections.list,

    /** Follows what was kept and not followed by any team: somebody was stopped halfway. */
    goOn: async (): Promise<void> => {
      for (const team of await corrections.teams()) await finish(team, 'cut short')
    },

    /** Takes away what teams put right about a speaker who is to be forgotten, as if they had not; part of `forget`. */
    forgetSpeaker: async (speaker: SpeakerId): Promise<void> => {
      for (const team of await corrections.teams()) {
        const theirs = (await corrections.allOf(team)).filter(({ what }) => isAbout(what, speaker))
        const ids = await Promise.all(theirs.map(({ what }) => concerned(team, what, deps)))
        await corrections.remove(
          team,
          theirs.map(({ number }) => number),
        )
        if (theirs.length > 0) await follow(team, [...new Set(ids.flat())], deps)
      }
    },
  }
}

export type CorrectionDesk = ReturnType<typeof correctionDesk>

/** Computes anew what a correction, or its undoing, concerns. Run twice it changes nothing. */
async function settle(team: TeamId, correction: Correction, was: Was, deps: CorrectionDeskDeps): Promise<void> {
  const { number, what, changes } = correction
  const { positions, readsOtherwise } = deps
  const ids = await concerned(team, what, deps)
  const { gone, moved, all: around } = await follow(team, ids, deps)
  // Whoever was stopped halfway has moved it: which of them, nobody knows any more.
  const others = was === 'made now' ? moved : around
  const isUndone = correction.undone !== null
  await readsOtherwise?.(team, { number, isUndone, statements: [...new Set([...ids, ...others])] })
  const all = [...new Set([...changes, ...gone])].slice(0, CHANGES_KEPT)
  await positions.corrections.settled(team, number, { changes: all, at: deps.clock.now() })
}

type Followed = {
  readonly gone: readonly PositionChangeId[]
  readonly moved: readonly StatementId[]
  /** All that stand in the threads. */
  readonly all: readonly StatementId[]
}

/**
 * Reads statements as the team's corrections now have them, and their threads. Which changes stopped to hold, and
 * the statements of which the record says something else than it did.
 */
async function follow(team: TeamId, ids: readonly StatementId[], deps: CorrectionDeskDeps): Promise<Followed> {
  const { positions, names, clock } = deps
  await names.setMerges(team, (await positions.corrections.foldedOf(team)).speakers)
  const threads: Thread[] = []
  for (const id of ids) threads.push(...(await readAnew(team, id, deps)))
  const all = distinctThreads(threads)
  const before = await positions.changesIn(team, all)
  for (const thread of all) {
    await positions.recompute(team, thread, clock.now(), (facets, known) => replay(thread, facets, known))
  }
  await positions.isReplayed(all.map((thread) => ({ ...thread, team })))
  const after = await positions.changesIn(team, all)
  const held = new Set(after.map(({ id }) => id))
  return {
    gone: before.flatMap(({ id }) => (held.has(id) ? [] : [id])),
    moved: movedBetween(before, after),
    all: after.map(({ statement }) => statement),
  }
}

/** A team's own copy of a change says the same under another id. */
function movedBetween(before: readonly PositionChange[], after: readonly PositionChange[]): readonly StatementId[] {
  const [was, is] = [before, after].map((changes) => new Map(changes.map((one) => [sayingOf(one), one.statement])))
  const differing = [...(was ?? [])].filter(([says]) => is?.has(says) !== true)
  const coming = [...(is ?? [])].filter(([says]) => was?.has(says) !== true)
  return [...new Set([...differing, ...coming].map(([, statement]) => statement))]
}

function sayingOf({ speaker, topic, proposition, statement, label, stance, earlier, delta }: PositionChange): string {
  return JSON.stringify([speaker, topic, proposition, statement, label, stance, earlier, delta])
}

/** Keeps how the team now reads a statement; the threads that it stands in, or stood in until now. */
async function readAnew(team: TeamId, id: StatementId, deps: CorrectionDeskDeps): Promise<readonly Thread[]> {
  const { statements, positions, clock } = deps
  const [statement, own] = [await statements.read(id), await statements.get(team, id)]
  if (statement === null || own === null) return []
  await putRight(team, own, await eyesOf(team, deps), statements)
  return await positions.refacet(await viewsOf([statement], [team], statements.getAll, deps), clock.now())
}

/** The statements that a correction, or its undoing, may let the team read in another way. */
async function concerned(team: TeamId, what: Corrected, deps: CorrectionDeskDeps): Promise<readonly StatementId[]> {
  if ('statement' in what) return [what.statement]
  const { positions, statements } = deps
  const all = await positions.corrections.allOf(team)
  const ids = all.flatMap((one) => ('statement' in one.what ? [one.what.statement] : []))
  const group = new Set(all.flatMap((one) => (one.what.kind === what.kind ? [one.what.from, one.what.into] : [])))
  if (what.kind === 'merge propositions') {
    ids.push(...(await positions.statementsOn(team, [...group] as (typeof what.from)[])))
  } else {
    for (const speaker of group) ids.push(...(await statements.idsOf(team, speaker as typeof what.from)))
  }
  return [...new Set(ids)]
}

function isAbout(what: Corrected, speaker: SpeakerId): boolean {
  if (what.kind === 'merge speakers') return what.from === speaker || what.into === speaker
  return 'speaker' in what && what.speaker === speaker
}
