import type { types } from '@slack/bolt'
import { cutText } from '../chat/clean-text.ts'
import {
  type AnyCommand,
  type OptionDefinition,
  type OptionValues,
  type Suggestion,
  takesSeveral,
} from '../chat/command.ts'
import { joinValues } from '../chat/format-command.ts'
import { plain } from './rich-text.ts'

/** Buttons that open the form of a command begin with it, and so does the form name itself. */
export const FORM_ACTION = 'onrecord-form'

/** @see @slack/types, views and composition objects */
const TITLE_AT_MOST = 24
const LABEL_AT_MOST = 75
const VALUE_AT_MOST = 75
const OPTIONS_AT_MOST = 100
const TYPED_AT_MOST = 300

/** What a form must not forget between opening and sending; Slack gives it back signed. */
export type FormPlace = {
  readonly command: string
  readonly channel: string | null
  /** Where the answer goes, as long as Slack takes it; none for a form that was opened on the bot's own page. */
  readonly address: string | null
}

/** Whether a command is worth a form: it asks for somebody and for something, which are hard to type. */
export function hasForm(command: AnyCommand): boolean {
  const kinds = Object.values(command.options).map(({ kind }) => kind)
  return kinds.includes('speaker') && kinds.includes('topic')
}

/** A modal that asks for the options of a command. Numbers stay for those who type: they come from buttons. */
export function formOf(command: AnyCommand, place: FormPlace): types.ModalView {
  const asked = Object.entries<OptionDefinition<never>>(command.options).filter(([, { kind }]) => kind !== 'number')
  return {
    type: 'modal',
    callback_id: FORM_ACTION,
    private_metadata: JSON.stringify(place),
    title: plain(cutText(`/${command.name}`, TITLE_AT_MOST)),
    submit: plain('Ask'),
    close: plain('Cancel'),
    blocks: asked.map(([name, option]) => ({
      type: 'input',
      block_id: `${command.name} ${name}`,
      label: plain(name.charAt(0).toUpperCase() + name.slice(1)),
      hint: plain(option.description),
      optional: option.required !== true,
      element: elementFor(name, option),
    })),
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

type Given = {
  readonly value?: string | null
  readonly selected_option?: { readonly value: string } | null
  readonly selected_options?: readonly { readonly value: string }[]
  readonly selected_conversation?: string | null
  readonly selected_user?: string | null
}

/** What was filled in, by option; empty fields are left out. */
export function valuesOf(state: Readonly<Record<string, Readonly<Record<string, Given>>>>): OptionValues<string> {
  const filled = Object.entries(state).flatMap(([blockId, fields]) => {
    const [given] = Object.values(fields)
    const several = given?.selected_options?.map(({ value }) => value)
    const single =
      given?.value ?? given?.selected_option?.value ?? given?.selected_conversation ?? given?.selected_user ?? ''
    const value = several === undefined ? single : joinValues(several)
    return value === '' ? [] : [[optionOf(blockId).option, value] as const]
  })
  return Object.fromEntries(filled)
}

function elementFor(name: string, { kind, choices, suggest }: OptionDefinition<never>) {
  if (choices !== undefined) {
    const options = optionsFrom(choices.map((choice) => ({ label: choice, value: choice })))
    return { type: 'static_select', action_id: name, options } as const
  }
  if (kind === 'channel') {
    const filter = { include: ['public', 'private'], exclude_bot_users: true } as const
    return {
      type: 'conversations_select',
      action_id: name,
      filter: { ...filter, include: [...filter.include] },
    } as const
  }
  if (kind === 'member') return { type: 'users_select', action_id: name } as const
  if (suggest !== undefined) {
    const type = takesSeveral(kind) ? 'multi_external_select' : 'external_select'
    return { type, action_id: name, min_query_length: 1, placeholder: plain('Begin to type') } as const
  }
  return { type: 'plain_text_input', action_id: name, max_length: TYPED_AT_MOST } as const
}
