import type { BriefItem } from '../../src/brief/brief.ts'
import type { ShownPosition } from '../../src/brief/stance-blocks.ts'
import type { Label } from '../../src/position/judging/label.ts'
import type { Stance } from '../../src/position/judging/position.ts'

/** One step of an invented position. */
export type Step = {
  readonly on: string
  readonly stance: Stance
  readonly label: Label
  /** How exactly the day is known; `undated`: not at all. */
  readonly known?: 'day' | 'month' | 'year' | 'undated'
  readonly statements?: number
}

/** A position with these steps, given in the order of their days, as the record hands it on. */
export function shownPosition(
  proposition: string | null,
  steps: readonly Step[],
  { isThesis = false } = {},
): ShownPosition {
  const items = steps.map(({ on, stance, label, known = 'day', statements = 1 }, index) => ({
    change: {
      id: `change ${index}`,
      proposition: proposition === null ? null : 'p',
      label,
      stance,
      saidOn: on,
      delta: [],
      evidence: Array.from({ length: statements }, (_, at) => at),
    },
    proposition,
    isThesis,
    earlier: null,
    topicLabel: 'The strait',
    statement: {
      id: `${proposition} ${index}`,
      on,
      saidOn: known === 'undated' ? null : { on, precision: known, basis: 'text' },
      publishedAt: known === 'undated' ? null : new Date(`${on}T09:00:00Z`),
    },
  })) as unknown as readonly BriefItem[]
  const last = steps.at(-1)
  return {
    position: {
      proposition: proposition === null ? null : 'p',
      stance: last?.stance ?? 'on record',
      since: last?.on ?? '',
    },
    items: items.toReversed(),
  } as unknown as ShownPosition
}

/** A minister who softens, falls silent for two years, and turns. */
export const MOVING: readonly Step[] = [
  { on: '2019-03-04', stance: 'supports', label: 'new', statements: 2 },
  { on: '2019-05-20', stance: 'supports', label: 'reaffirmed' },
  { on: '2019-08-01', stance: 'supports', label: 'reaffirmed', known: 'month' },
  { on: '2019-11-11', stance: 'supports with conditions', label: 'softened', statements: 4 },
  { on: '2020-01-15', stance: 'supports with conditions', label: 'unclear' },
  { on: '2020-02-02', stance: 'supports with conditions', label: 'reaffirmed' },
  { on: '2022-06-30', stance: 'opposes', label: 'reversed', statements: 3 },
  { on: '2022-09-09', stance: 'opposes', label: 'reaffirmed' },
  { on: '2023-04-01', stance: 'opposes with exceptions', label: 'softened' },
  { on: '2023-04-02', stance: 'opposes with exceptions', label: 'reaffirmed', known: 'undated' },
]
