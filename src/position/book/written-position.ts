import { z } from 'zod'
import type { Stance } from '../judging/position.ts'

const STANCES = [
  'supports',
  'supports with conditions',
  'no position',
  'opposes with exceptions',
  'opposes',
  'on record',
] as const satisfies readonly Stance[]

const EARLIEST = '1900'
const HINT = 'write the day as 2021-05-31, the month as 2021-05 or the year as "2021"'

/** A day, a month or a year that was. */
const when = z
  .string()
  .regex(/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/, HINT)
  .refine((text) => isDate(text), `no such date; ${HINT}`)
  .refine((text) => text >= EARLIEST, 'that is too long ago')

const text = (most: number) => z.string().trim().min(1).max(most)

/** Who stands where, and on what evidence, as a file of the book has it. */
export const positionSchema = z
  .strictObject({
    speaker: text(200),
    stance: z.enum(STANCES),
    since: when,
    /** Verbatim: printed between quotation marks. */
    words: text(2_000).optional(),
    /** Not verbatim: as an outlet tells it, or the desk. */
    reported: text(2_000).optional(),
    'said-on': when.optional(),
    outlet: text(200).optional(),
    link: z
      .url({ protocol: /^https?$/, error: 'not an address; write it whole, with https://' })
      .max(2_000)
      .optional(),
  })
  .refine(({ words, reported }) => (words === undefined) !== (reported === undefined), {
    error: 'give either words (verbatim, with a link) or reported (not verbatim)',
  })
  .refine(({ words, link }) => words === undefined || link !== undefined, {
    error: 'words are verbatim and need the link where they stand; without one write reported instead',
  })
  .refine(({ since, 'said-on': saidOn }) => saidOn === undefined || since.slice(0, saidOn.length) <= saidOn, {
    error: 'since is later than said-on: who stands there since then cannot have said it before',
  })

export type WrittenPosition = z.infer<typeof positionSchema>

function isDate(text: string): boolean {
  const whole = `${text}-01-01`.slice(0, 'YYYY-MM-DD'.length)
  const at = new Date(`${whole}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(whole)
}
