import { dayWords } from '../brief/day-words.ts'
import type { Block } from '../chat/blocks.ts'
import { cleanName, cutText } from '../chat/clean-text.ts'
import type { DateLanguage } from '../chat/date-language.ts'
import type { Corrected, Correction } from '../position/corrections/correction.ts'
import type { Cause } from './amendment.ts'
import { localDay } from './local-time.ts'

/** What is said of corrections in one message; whoever wants all reads /corrections. */
const LINES = 4
const NAME_CHARACTERS = 60
const WHY_CHARACTERS = 200

type Given = {
  /** What still holds of it, in the order in which it came. */
  readonly because: readonly Cause[]
  readonly corrections: readonly Correction[]
  readonly at: Date
  readonly zone: string
  readonly dates: DateLanguage
  /** The heading that is no longer true; `null`: it still is. */
  readonly withdrawn: string | null
}

/**
 * What stands at the top of a message that was put right: what is withdrawn, when and what was corrected, by whom and
 * why. All words but the reason are ours; the reason is a person's, and bears no quotation marks: it quotes nobody.
 */
export function leadBlocks({ because, corrections, at, zone, dates, withdrawn }: Given): readonly Block[] {
  const isForgotten = because.some(({ kind }) => kind === 'forgotten')
  const lines = linesOf(because, corrections)
  const day = dayWords(localDay(at, zone), dates)
  const [first = 'a correction was taken back; this is how it reads now', ...others] = lines.slice(0, LINES)
  const left = lines.length - LINES
  return [
    ...(withdrawn === null
      ? []
      : [{ kind: 'heading', text: isForgotten ? 'Withdrawn' : `Withdrawn: ${withdrawn}` } as const]),
    { kind: 'text', line: [{ strong: `Corrected ${day}` }, `: ${first}.`] },
    ...others.map((line): Block => ({ kind: 'note', line: `Also: ${line}.` })),
    ...(left > 0 ? [{ kind: 'note', line: `And ${left} more: /corrections` } as const] : []),
  ]
}

function linesOf(because: readonly Cause[], corrections: readonly Correction[]): readonly string[] {
  return because.flatMap((cause) => {
    if (cause.kind === 'forgotten') return ['what is no longer on record was taken out']
    if (cause.kind !== 'correction') return []
    const correction = corrections.find(({ number }) => number === cause.number)
    return correction === undefined
      ? ['one item was put right']
      : [`${whatWords(correction.what)} ${byWords(correction)}`]
  })
}

function whatWords(what: Corrected): string {
  switch (what.kind) {
    case 'wrong speaker':
      return what.speaker === null
        ? 'one item was said by nobody whom we know'
        : 'one item was given to another speaker'
    case 'wrong topic':
      return what.to === null ? 'one item was taken off a topic' : 'one item was put under another topic'
    case 'not a change':
      return 'one item is no change of course'
    case 'confirm':
      return 'one item was read again by a person'
    case 'merge propositions':
      return 'two propositions count as one'
    case 'merge speakers':
      return 'two names are one speaker'
  }
}

function byWords({ by, why }: Correction): string {
  const name = cutText(cleanName(by.name), NAME_CHARACTERS)
  const reason = cutText(cleanName(why).replaceAll(MARKS, "'"), WHY_CHARACTERS).replace(/[.!?…]+$/u, '')
  return `(by ${name === '' ? 'your desk' : name}${reason === '' ? '' : `: ${reason}`})`
}

/** Double quotation marks of any script: what stands between them would look as if it had been said. */
const MARKS = /["“”„‟«»‹›＂〝〞〟「」『』]/gu
