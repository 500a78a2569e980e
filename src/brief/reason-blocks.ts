import type { Block } from '../chat/blocks.ts'
import { cleanName } from '../chat/clean-text.ts'
import type { DateLanguage } from '../chat/date-language.ts'
import { formatCommand } from '../chat/format-command.ts'
import type { PositionChange } from '../position/judging/change.ts'
import { RULE_WORDS } from '../position/judging/rule-words.ts'
import type { Facet } from '../position/reading/facet.ts'
import type { SaidOn } from '../statement/statement.ts'
import type { Statement } from '../statement/statement-row.ts'
import type { BriefItem } from './brief.ts'
import { minuteWords } from './day-words.ts'
import { facetLines } from './facet-lines.ts'
import { deltaWords, deskWords, labelWords, stepWords } from './label-words.ts'
import type { Reason } from './read-reason.ts'
import { saidWords, sourceLine, wordsLine } from './statement-blocks.ts'
import { buttonsOn, menuOn, subjectOf } from './ways-on.ts'

const FORMER_SHOWN = 5

/** How whoever asks reads times. */
type Reader = { readonly zone: string; readonly dates: DateLanguage }

/** Why a label came out, for whoever has to stand behind it: rule, both readings, topic, certainty, both clocks, in the reader's zone. */
export function reasonBlocks(reason: Reason, reader: Reader): readonly Block[] {
  const { item, now, before } = reason
  const { change, statement, earlier, proposition } = item
  return [
    {
      kind: 'heading',
      text: `Why “${stepWords(item)}”? ${cleanName(item.speakerName)} on ${item.topicLabel}`,
    },
    ...ruleBlocks(item),
    ...sideBlocks('The new words', statement, now, { withSide: proposition !== null, dates: reader.dates }),
    ...(earlier === null
      ? []
      : sideBlocks('Compared with', earlier, before, { withSide: proposition !== null, dates: reader.dates })),
    { kind: 'text', line: [{ strong: 'Topic' }, `: ${topicWords(reason)}`] },
    { kind: 'text', line: [{ strong: 'Speaker' }, `: ${cleanName(statement.reason)}`] },
    { kind: 'text', line: [{ strong: 'Certainty' }, `: ${certaintyWords(change)}`] },
    { kind: 'text', line: [{ strong: 'When' }, `: ${whenWords(statement, reader)}`] },
    ...formerBlocks(reason, reader),
    ...controlsOf(item),
  ]
}

function ruleBlocks({ change, proposition }: BriefItem): readonly Block[] {
  const delta = deltaWords({ change })
  const level =
    proposition === null
      ? 'No proposition of the book stands in these words; on a topic alone, only the same words again are compared.'
      : `Everything is read relative to: ${proposition}`
  return [
    { kind: 'text', line: [{ strong: `Rule ${change.rule}` }, `: ${change.why}`] },
    { kind: 'note', line: `${change.rule} looks for: ${RULE_WORDS[change.rule]}` },
    ...(deskWords({ change }) === ''
      ? []
      : [{ kind: 'note', line: deskWords({ change }).replace(' · ', '') } as const]),
    ...(delta === '' || delta === change.why ? [] : [{ kind: 'text', line: `What differs: ${delta}` } as const]),
    { kind: 'note', line: level },
  ]
}

function sideBlocks(
  name: string,
  statement: Statement,
  facet: Facet | null,
  { withSide, dates }: Parameters<typeof facetLines>[2],
): readonly Block[] {
  const lines = facet === null ? [] : facetLines(facet, statement.content, { withSide, dates })
  return [
    { kind: 'text', line: [{ strong: name }, `, ${saidWords(statement, dates)}`] },
    { kind: 'quote', line: wordsLine(statement) },
    { kind: 'note', line: sourceLine(statement, dates) },
    ...(lines.length === 0 ? [] : [{ kind: 'list', items: lines } as const]),
  ]
}

function topicWords({ topic, item }: Reason): string {
  if (topic === null) return `${item.topicLabel}; today’s book of topics would not say so by itself.`
  return `${item.topicLabel}, ${cleanName(topic)}.`
}

/** Of a hundred statements of this confidence so many have the right words and the right speaker. @see src/statement */
function certaintyWords({ confidence, label }: PositionChange): string {
  const sure = `words and speaker are right in about ${Math.round(confidence * 100)} of 100 such cases`
  return label === 'unclear' ? `${sure}; of the label nothing is claimed.` : `${sure}; the label follows by rule.`
}

const BASES: Readonly<Record<SaidOn['basis'], string>> = {
  text: 'as the article tells',
  dateline: 'by the article’s dateline',
  published: 'the day of publication',
}

function whenWords(statement: Statement, { zone, dates }: Reader): string {
  const { saidOn, recordedAt } = statement
  const basis = saidOn === null ? '' : ` (${BASES[saidOn.basis]})`
  return `said ${saidWords(statement, dates)}${basis}; on our record since ${minuteWords(recordedAt, zone, dates)}.`
}

/** What a late article made untrue: what we said until then, and that we know better. */
function formerBlocks({ item: { change }, former, today }: Reason, { zone, dates }: Reader): readonly Block[] {
  const then = (one: PositionChange) =>
    `Until ${minuteWords(one.supersededAt ?? one.recordedAt, zone, dates)} we called this “${labelWords(one.label)}” (rule ${one.rule}); what came onto the record then changed that.`
  const lines = former.slice(0, FORMER_SHOWN).map(then)
  if (today === null && change.supersededAt === null) {
    return lines.map((line): Block => ({ kind: 'text', line }))
  }
  const now = today === null ? 'nothing of that day' : `“${labelWords(today.label)}” (rule ${today.rule})`
  return [...lines, `${then(change)} Today: ${now}.`].map((line): Block => ({ kind: 'text', line }))
}

function controlsOf(item: BriefItem): readonly Block[] {
  const { statement, earlier } = item
  const subject = subjectOf(statement, [item])
  return [
    {
      kind: 'buttons',
      buttons: [
        ...buttonsOn(subject, ['history', 'context']),
        ...(earlier === null
          ? []
          : [{ label: 'Earlier context', command: formatCommand('context', { statement: String(earlier.id) }) }]),
      ],
    },
    // Why is what was just asked.
    menuOn(subject, ['why', 'history', 'context', 'stance', 'said']),
  ]
}
