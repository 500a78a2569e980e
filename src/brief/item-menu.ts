import type { Block, Choice } from '../chat/blocks.ts'
import { cleanName, cutText } from '../chat/clean-text.ts'
import type { DateLanguage } from '../chat/date-language.ts'
import { isMove } from '../position/judging/label.ts'
import type { Statement } from '../statement/statement-row.ts'
import type { BriefItem } from './brief.ts'
import { isClaim, labelWords } from './label-words.ts'
import { dayOf, outletOf } from './statement-blocks.ts'
import { cardCommand } from './ways-on.ts'

const NAME = 30
const TOPIC = 34
const OUTLET = 24
/** What a select of Discord takes, with room for one that leads to the others. */
const AT_MOST = 24

/** What stands on the closed menu of a list. */
export const ITEMS_PROMPT = 'About one of these: why, cite, context, correct …'

/** One thing that a list shows, and what it is called in the menu below the list. */
export type Listed = { readonly statement: Statement; readonly label: string }

/**
 * One menu for all that a list shows, in its order, each once: a card of it has all that can be done about it.
 * `whole`: the command that shows those for which there is no room.
 */
export function itemMenu(listed: readonly Listed[], whole?: string): readonly Block[] {
  const entries = new Map<Statement['id'], Choice>()
  for (const { statement, label } of listed)
    if (!entries.has(statement.id)) entries.set(statement.id, { label, command: cardCommand(statement.id) })
  return menuOf([...entries.values()], whole)
}

/** Menus of the parts of a list as one. */
export function menuOf(entries: readonly Choice[], whole?: string): readonly Block[] {
  if (entries.length === 0) return []
  const more = entries.length - AT_MOST
  const choices =
    more <= 1 || whole === undefined
      ? entries
      : [...entries.slice(0, AT_MOST), { label: `More items: ${more} that are not in this menu`, command: whole }]
  return [{ kind: 'menu', prompt: ITEMS_PROMPT, choices }]
}

/** "Ana Petrov on Sund Bridge: hardened, 3 March 2026". */
export function listedItem(item: BriefItem, dates: DateLanguage): Listed {
  const { statement, speakerName, topicLabel, change } = item
  const name = cutText(cleanName(speakerName), NAME)
  const label = isClaim(item) && isMove(change.label) ? `: ${labelWords(change.label).toLowerCase()}` : ''
  return { statement, label: `${name} on ${cutText(topicLabel, TOPIC)}${label}, ${dayOf(statement, dates)}` }
}

/** "Ana Petrov, 3 March 2026, The Daily Ledger": words without a label. */
export function listedWords(statement: Statement, dates: DateLanguage): Listed {
  const name = cutText(cleanName(statement.speakerLabel ?? 'Not named'), NAME)
  return { statement, label: `${name}, ${dayOf(statement, dates)}, ${cutText(outletOf(statement), OUTLET)}` }
}
