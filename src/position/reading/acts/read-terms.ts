import { WEEKDAYS } from '../../../statement/word-classes.ts'
import { readWire } from './wire-text.ts'

/** What a text says in so many words about the terms of an act: against what was planned, or as a first step. */
export type ToldTerms = {
  /** "Trimmed to 220 million", "raised to 3,500": which way. */
  readonly resized?: 'up' | 'down'
  /** "Two years sooner than foreseen", "fewer than promised": against what was said before. */
  readonly compared?: 'stronger' | 'weaker'
  /** "Is weighing whether", "under study": nothing decided. */
  readonly isStudied?: true
  /** "Left the door open", "did not rule out". */
  readonly opensDoor?: true
  /** "A category exempt from the ban". */
  readonly exempts?: true
  /** The day by which it is to be done, `YYYY-MM-DD`. */
  readonly due?: string
  /** What speaks against counting any of it. */
  readonly doubt: string | null
}

const NUMBER =
  '(?:[\\d.,]+\\d|\\d|(?:a )?(?:dozen|hundred|thousand)|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)'
const RESIZED = new RegExp(
  `\\b(?:(?<down>trimmed|cut|cutting|reduc(?:ed|ing)|lower(?:ed|ing)|slash(?:ed|ing)|scaled (?:back|down)|pared (?:back|down)|whittled down|shaved|brought down|halved)|(?<up>rais(?:ed|ing)|increas(?:ed|ing)|boost(?:ed|ing)|lifted|doubl(?:ed|ing)|trebl(?:ed|ing)|upped|topped up|stepped up|put up|expand(?:ed|ing)))\\b[^,;.]{0,80}?\\bto (?:only |just |at least |about |some |\\p{Sc})?${NUMBER}\\b`,
  'iu',
)

const PLAN =
  '(?:\\p{L}+ )?(?:foreseen|planned|promised|pledged|announced|scheduled|agreed|intended|offered|set out|first|originally|initially)'
const STRONGER = new RegExp(
  `\\b(?:(?:more|higher|larger|bigger|earlier|sooner|faster|quicker) than ${PLAN}|(?:more than )?(?:double|twice|triple|three times) (?:the (?:number|amount|sum|size)|what(?: was| had been)?) ${PLAN}|(?:bringing|brought|moved|moving) (?:it |the \\p{L}+ |the \\p{L}+ \\p{L}+ )?forward|ahead of (?:schedule|plan))\\b`,
  'iu',
)
const WEAKER = new RegExp(
  `\\b(?:(?:less|lower|smaller|fewer|later|slower) than ${PLAN}|(?:only |barely )?(?:half|a third|a quarter) (?:of )?(?:the (?:number|amount|sum)|what(?: was| had been)?) ${PLAN}|(?:pushed|put|moved) back (?:to|by|until)|in \\d{4} and not in \\d{4}|instead of the ${NUMBER}|make do with)\\b`,
  'iu',
)
const STUDIED =
  /\b(?:(?:is|are|was|were) (?:still )?(?:weighing|considering|mulling|studying|examining|looking (?:at|into)|toying with|pondering)|under (?:study|consideration|review)|might make sense|in two minds|being (?:studied|considered|examined|weighed))\b/i
const OPENS =
  /(?<!\b(?:not|never|nor|hardly) (?:\p{L}+ )?)\b(?:left the door (?:open|ajar)|leav(?:es|ing) the door (?:open|ajar)|(?:did|does|do|would|will|could) (?:no longer|not) (?:rule (?:it |that |this )?out|exclude)|no longer (?:rul(?:es|ed|ing) out|exclud(?:es|ed)|off the table|out of the question)|looking at it again|(?:taking|taken|took) a (?:fresh|second|new) look|open to the idea|warming to|could imagine|thinking again|reconsider(?:ing|ed)|reopened the (?:file|question))\b/iu
const EXEMPTS =
  /(?<!\b(?:no|not|without|any|never) (?:\p{L}+ )?)\b(?:exempt(?:ed|ing|ions?)?|carve-?outs?|exceptions? (?:for|would|will|was|were)|(?:was|were) struck off|would be spared)\b/iu

const DUE_WEEKDAY = new RegExp(
  `\\b(?:by|before|no later than|(?:has|have|had|giv(?:e|es|en|ing)|gave)\\b[^,;.]{0,60}?\\buntil) (?:noon |midnight |dawn )?(?:on )?(?<day>${WEEKDAYS.join('|')})\\b`,
  'i',
)
const MONTHS = 'january february march april may june july august september october november december'.split(' ')
const DUE_DATE = new RegExp(
  `\\b(?:by|before|no later than|(?:has|have|had|giv(?:e|es|en|ing)|gave)\\b[^,;.]{0,60}?\\buntil) (?:(?<date>\\d{1,2}) (?<month>${MONTHS.join('|')})|(?<end>the end of the (?<span>week|month|year)))\\b(?: (?<year>\\d{4}))?`,
  'i',
)

/** `null`: nothing of it is told. What is not told is left out, since it is kept with every statement. */
export function readTerms(text: string, saidOn: string): ToldTerms | null {
  const resized = RESIZED.exec(text)?.groups
  const [isStronger, isWeaker] = [STRONGER.test(text), WEAKER.test(text)]
  const due = dueIn(text, saidOn)
  const terms = {
    ...(resized !== undefined && { resized: resized.up === undefined ? ('down' as const) : ('up' as const) }),
    ...(isStronger !== isWeaker && { compared: isStronger ? ('stronger' as const) : ('weaker' as const) }),
    ...(STUDIED.test(text) && { isStudied: true as const }),
    ...(OPENS.test(text) && { opensDoor: true as const }),
    ...(EXEMPTS.test(text) && { exempts: true as const }),
    ...(due !== null && { due }),
  }
  return Object.keys(terms).length === 0 ? null : { ...terms, doubt: readWire(text).doubt() }
}

const DAY_MS = 86_400_000

function dueIn(text: string, saidOn: string): string | null {
  const said = new Date(`${saidOn}T00:00:00Z`)
  const on = (date: Date) => date.toISOString().slice(0, 10)
  const date = DUE_DATE.exec(text)?.groups
  if (date?.date !== undefined) {
    const month = MONTHS.indexOf(date.month?.toLowerCase() ?? '')
    const year = Number(date.year ?? said.getUTCFullYear())
    const found = new Date(Date.UTC(year, month, Number(date.date)))
    return on(found < said && date.year === undefined ? new Date(Date.UTC(year + 1, month, Number(date.date))) : found)
  }
  if (date?.span !== undefined) {
    const [year, month] = [said.getUTCFullYear(), said.getUTCMonth()]
    if (date.span.toLowerCase() === 'year') return `${year}-12-31`
    if (date.span.toLowerCase() === 'month') return on(new Date(Date.UTC(year, month + 1, 0)))
    return on(new Date(said.getTime() + ((7 - said.getUTCDay()) % 7) * DAY_MS))
  }
  const weekday = DUE_WEEKDAY.exec(text)?.groups?.day
  if (weekday === undefined) return null
  const ahead = (WEEKDAYS.indexOf(weekday.toLowerCase()) - said.getUTCDay() + 7) % 7 || 7
  return on(new Date(said.getTime() + ahead * DAY_MS))
}
