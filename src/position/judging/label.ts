/** What a statement does to the position of its speaker. The words are the ones that people see. */
export type Label =
  | 'new'
  | 'reaffirmed'
  | 'elaborated'
  | 'softened'
  | 'hardened'
  | 'shifted'
  | 'reversed'
  | 'not comparable'
  | 'unclear'

/** The rule that gave a label; the room's README has the table. The first that fires decides. */
export type RuleId = 'R0' | 'R1' | 'R2' | 'R3' | 'R4' | 'R5' | 'R6' | 'R7' | 'R8' | 'R9' | 'R10'

/** The labels that say that the speaker changed course. */
export const moves: readonly Label[] = ['softened', 'hardened', 'shifted', 'reversed']

const MOVES: ReadonlySet<Label> = new Set(moves)

/** Whether the label says that the speaker changed course. These are the ones that must never be wrong. */
export function isMove(label: Label): boolean {
  return MOVES.has(label)
}
