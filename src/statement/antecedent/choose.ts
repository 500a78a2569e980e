import { readFileSync } from 'node:fs'

/** Which of the candidates is meant and how probable that is; `index` is null where nobody is. */
export interface Choice {
  readonly index: number | null
  readonly probability: number
}

/** Whom do the words at an offset mean? */
export interface Question {
  readonly at: number
  /** What speaks for each candidate, by name; the last list is that of nobody. */
  readonly clues: readonly (readonly string[])[]
  /** The candidates; null: the unnamed one who spoke last. */
  readonly names: readonly (string | null)[]
}

export type Chooser = (question: Question) => Choice

export type ClueWeights = ReadonlyMap<string, number>

/** The likeliest under `weights`. */
export const chooserWith =
  (weights: ClueWeights): Chooser =>
  ({ clues }) => {
    const shares = sharesOf(clues, weights)
    let best = shares.length - 1
    for (let i = 0; i < shares.length; i++) if ((shares[i] as number) > (shares[best] as number)) best = i
    return { index: best === shares.length - 1 ? null : best, probability: shares[best] as number }
  }

/** The probability of each: a log-linear model over the clues. */
export function sharesOf(clues: readonly (readonly string[])[], weights: ClueWeights): readonly number[] {
  const scores = clues.map((own) => own.reduce((sum, clue) => sum + (weights.get(clue) ?? 0), 0))
  const top = Math.max(...scores)
  const shares = scores.map((score) => Math.exp(score - top))
  const all = shares.reduce((sum, share) => sum + share, 0)
  return shares.map((share) => share / all)
}

/** One clue a line, and its weight in hundredths. */
export const writeClueWeights = (weights: ClueWeights): string =>
  [...weights]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([clue, weight]) => `${clue}\t${Math.round(100 * weight)}\n`)
    .filter((line) => !/\t-?0\n/.test(line))
    .join('')

export function readClueWeights(file: string): ClueWeights {
  const rows = file
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split('\t'))
  return new Map(rows.map(([clue = '', weight]) => [clue, Number(weight) / 100]))
}

let shipped: Chooser | null = null

/** Chooses with the weights that come with Onrecord, read once. */
export const shippedChooser: Chooser = (question) => {
  shipped ??= chooserWith(readClueWeights(readFileSync(new URL('../weights/antecedents.tsv', import.meta.url), 'utf8')))
  return shipped(question)
}
