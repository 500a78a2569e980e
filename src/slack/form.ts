import type { types } from '@slack/bolt'
import { cutText } from '../chat/clean-text.ts'
import type { AnyCommand, OptionValues, Problem, Suggestion } from '../chat/command.ts'
import { type Form, formsOf } from '../chat/form.ts'
import { joinValues } from '../chat/format-command.ts'
import { longForm } from './command-mentions.ts'
import { elementFor, LABEL_AT_MOST, VALUE_AT_MOST } from './form-elements.ts'
import { plain } from './rich-text.ts'

/** Buttons that open the form of a command begin with it, and so does the form name itself. */
export const FORM_ACTION = 'onrecord-form'

/** @see @slack/types, views and composition objects */
const TITLE_AT_MOST = 24
const OPTIONS_AT_MOST = 100
const METADATA_AT_MOST = 3_000
/** Slack states no limit for what stands at a field; more is not read there. */
const ERROR_AT_MOST = 300

/** What a form must not forget between opening and sending; Slack gives it back signed. */
export type FormPlace = {
  readonly command: string
  readonly fixed: OptionValues<string>
  readonly channel: string | null
  /** Where the answer goes, as long as Slack takes it; none for a form that was opened on the bot's own page. */
  readonly address: string | null
}

/** Whether a command asks in its form for somebody and for something: the bot's own page offers these. */
export function hasForm(command: AnyCommand): boolean {
  return formsOf(command).some(({ with: fixed, fields }) => {
    const kinds = fields.map((field) => command.options[typeof field === 'string' ? field : field.option]?.kind)
    return fixed === undefined && kinds.includes('speaker') && kinds.includes('topic')
  })
}

/** A form as a modal; `null` for one that is too much for Slack to remember. */
export function modalOf(
  { command, title, fixed, fields }: Form,
  place: Pick<FormPlace, 'channel' | 'address'>,
  mentions: RegExp | undefined,
): types.ModalView | null {
  const metadata = JSON.stringify({ command, fixed, ...place } satisfies FormPlace)
  if (metadata.length > METADATA_AT_MOST) return null
  return {
    type: 'modal',
    callback_id: FORM_ACTION,
    private_metadata: metadata,
    title: plain(cutText(title, TITLE_AT_MOST)),
    submit: plain('Send'),
    close: plain('Cancel'),
    blocks: fields.map((field) => ({
      type: 'input',
      block_id: `${command} ${field.option}`,
      label: plain(field.label),
      hint: plain(longForm(field.hint, mentions)),
      optional: !field.isNeeded,
      element: elementFor(field),
    })),
  }
}

/** What a form was opened with; `null` for one that an older version opened. */
export function placeOf(view: { readonly private_metadata: string }): FormPlace | null {
  try {
    const place = JSON.parse(view.private_metadata) as Partial<FormPlace>
    const { command, fixed, channel = null, address = null } = place
    return command === undefined || fixed === undefined ? null : { command, fixed, channel, address }
  } catch {
    // The page of the bot and other views keep something else there.
    return null
  }
}

/** Which option of which command is being filled in. */
export function optionOf(blockId: string): { readonly command: string; readonly option: string } {
  const [command = '', option = ''] = blockId.split(' ')
  return { command, option }
}

/** Suggestions as Slack's options; what is too long to be one is left out rather than cut into something else. */
export function optionsFrom(suggestions: readonly Suggestion[]): types.PlainTextOption[] {
  return suggestions
    .filter(({ label, value }) => label !== '' && value !== '' && value.length <= VALUE_AT_MOST)
    .slice(0, OPTIONS_AT_MOST)
    .map(({ label, value }) => ({ text: plain(cutText(label, LABEL_AT_MOST)), value }))
}

/** What is wrong, at its field; `null` where the form has no such field, so that an answer has to say it. */
export function errorsFor(
  problem: Problem | undefined,
  { blocks }: { readonly blocks: readonly { readonly block_id?: string }[] },
  mentions: RegExp | undefined,
): Record<string, string> | null {
  const at = blocks.find(({ block_id: id }) => problem !== undefined && optionOf(id ?? '').option === problem.option)
  if (problem === undefined || at?.block_id === undefined) return null
  const { explanation, suggestions } = problem
  const meant = suggestions.length === 0 ? '' : ` Did you mean ${suggestions.join(', ')}?`
  return { [at.block_id]: cutText(longForm(explanation + meant, mentions), ERROR_AT_MOST) }
}

type Given = {
  readonly value?: string | null
  readonly selected_option?: { readonly value: string } | null
  readonly selected_options?: readonly { readonly value: string }[]
  readonly selected_conversation?: string | null
  readonly selected_user?: string | null
  readonly selected_date?: string | null
  readonly selected_time?: string | null
}

/** What was filled in, by option; empty fields are left out. */
export function valuesOf(state: Readonly<Record<string, Readonly<Record<string, Given>>>>): OptionValues<string> {
  const filled = Object.entries(state).flatMap(([blockId, fields]) => {
    const [given] = Object.values(fields)
    const several = given?.selected_options?.map(({ value }) => value)
    const single =
      given?.value ??
      given?.selected_option?.value ??
      given?.selected_conversation ??
      given?.selected_user ??
      given?.selected_date ??
      given?.selected_time ??
      ''
    const value = several === undefined ? single : joinValues(several)
    return value === '' ? [] : [[optionOf(blockId).option, value] as const]
  })
  return Object.fromEntries(filled)
}
