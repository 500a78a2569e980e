import type { types } from '@slack/bolt'
import { cutText } from '../chat/clean-text.ts'
import { type Suggestion, takesSeveral } from '../chat/command.ts'
import type { Field } from '../chat/form.ts'
import { splitValues } from '../chat/format-command.ts'
import { WEEKDAY_NAMES, weekdaysIn } from '../chat/read-schedule.ts'
import { plain } from './rich-text.ts'

/** @see @slack/types, composition objects */
export const LABEL_AT_MOST = 75
export const VALUE_AT_MOST = 75
const TYPED_AT_MOST = 300
/** No line of a command is longer. */
const LONG_AT_MOST = 2_000

type Element = types.InputBlock['element']

/**
 * The field as Slack knows it, filled with what is known. What its own element cannot hold (a time ago in a
 * calendar, a name longer than a choice may be) stands in a field of text as it was typed: nothing is cut or lost.
 */
export function elementFor(field: Field): Element {
  return ownElement(field) ?? typedElement(field)
}

/** `null` where the element could not show what is known already. */
function ownElement(field: Field): Element | null {
  const { option: action_id, kind, initial, choices, suggests } = field
  if (choices !== null) return choiceElement(field, choices)
  if (suggests !== null && kind !== 'when' && kind !== 'time' && kind !== 'days') return suggestedElement(field)
  switch (kind) {
    case 'when':
      if (suggests === null || (initial !== '' && !isDay(initial))) return null
      return { type: 'datepicker', action_id, ...(initial === '' ? {} : { initial_date: initial }) }
    case 'time':
      if (initial !== '' && !/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(initial)) return null
      return { type: 'timepicker', action_id, ...(initial === '' ? {} : { initial_time: initial }) }
    case 'days':
      return daysElement(field)
    case 'channel':
      if (initial !== '' && !/^[CGD][A-Z0-9]+$/.test(initial)) return null
      return {
        type: 'conversations_select',
        action_id,
        filter: { include: ['public', 'private'], exclude_bot_users: true },
        ...(initial === '' ? { default_to_current_conversation: true } : { initial_conversation: initial }),
      }
    case 'member':
      if (initial !== '' && !/^[UW][A-Z0-9]+$/.test(initial)) return null
      return { type: 'users_select', action_id, ...(initial === '' ? {} : { initial_user: initial }) }
    case 'number':
      if (initial !== '' && !/^\d+$/.test(initial)) return null
      return {
        type: 'number_input',
        action_id,
        is_decimal_allowed: false,
        min_value: '1',
        ...(initial === '' ? {} : { initial_value: initial }),
      }
    default:
      return null
  }
}

/** Slack refuses the whole form for a day that no calendar has. */
function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

function choiceElement({ option: action_id, initial }: Field, choices: readonly string[]): Element | null {
  if (initial !== '' && !choices.includes(initial)) return null
  const options = choices.map((choice) => optionOf({ label: choice, value: choice }))
  const chosen = options.find(({ value }) => value === initial)
  return {
    type: 'static_select',
    action_id,
    options,
    placeholder: plain('Choose'),
    ...(chosen === undefined ? {} : { initial_option: chosen }),
  }
}

function suggestedElement({ option: action_id, kind, chosen }: Field): Element | null {
  if (chosen.some(({ value }) => value.length > VALUE_AT_MOST)) return null
  const options = chosen.map(optionOf)
  const [only] = options
  const common = { action_id, min_query_length: 0, placeholder: plain('Begin to type') }
  if (takesSeveral(kind)) {
    return { type: 'multi_external_select', ...common, ...(only === undefined ? {} : { initial_options: options }) }
  }
  return { type: 'external_select', ...common, ...(only === undefined ? {} : { initial_option: only }) }
}

function daysElement({ option: action_id, initial }: Field): Element | null {
  const days = weekdaysIn(splitValues(initial))
  if (days === null) return null
  const options = WEEKDAY_NAMES.map(([value, label]) => optionOf({ label, value }))
  const chosen = options.filter(({ value }) => days.some((day) => day === value))
  return { type: 'checkboxes', action_id, options, ...(chosen.length === 0 ? {} : { initial_options: chosen }) }
}

function typedElement({ option: action_id, isLong, initial }: Field): Element {
  const isLonger = isLong || initial.length > TYPED_AT_MOST
  return {
    type: 'plain_text_input',
    action_id,
    max_length: isLonger ? LONG_AT_MOST : TYPED_AT_MOST,
    ...(isLonger ? { multiline: true } : {}),
    ...(initial === '' ? {} : { initial_value: initial }),
  }
}

function optionOf({ label, value }: Suggestion): types.PlainTextOption {
  return { text: plain(cutText(label, LABEL_AT_MOST)), value }
}
