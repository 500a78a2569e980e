import { cutText } from '../chat/clean-text.ts'
import type { OptionValues, Suggestion } from '../chat/command.ts'
import type { Field, Form } from '../chat/form.ts'
import { joinValues, splitValues } from '../chat/format-command.ts'
import { WEEKDAY_NAMES, weekdaysIn } from '../chat/read-schedule.ts'
import { POSTABLE_CHANNELS } from './discord-commands.ts'

/*
 * Forms as Discord shows them: labels with one component each, as JSON.
 * @see https://discord.com/developers/docs/components/using-modal-components
 */

export const FIELDS_AT_MOST = 5
const TITLE_CHARACTERS = 45
const LABEL_CHARACTERS = 45
const HINT_CHARACTERS = 100
const OPTIONS_AT_MOST = 25
const OPTION_CHARACTERS = 100
const TYPED_AT_MOST = 300
/** Discord takes 4,000; no line of a command is longer than this. */
const LONG_AT_MOST = 2_000
const CHANNEL_ID = /^\d{17,20}$/

type Option = { readonly label: string; readonly value: string; readonly default?: boolean }
type Named = { readonly custom_id: string; readonly required: boolean }
type FieldComponent = Named &
  (
    | {
        readonly type: 4
        /** 1 one line, 2 several. */
        readonly style: 1 | 2
        readonly max_length: number
        readonly value?: string
      }
    | { readonly type: 3; readonly options: readonly Option[] }
    | { readonly type: 22; readonly options: readonly Option[]; readonly min_values: number }
    | {
        readonly type: 5 | 8
        readonly channel_types?: readonly number[]
        readonly default_values?: readonly { readonly id: string; readonly type: 'user' | 'channel' }[]
      }
  )

export type Modal = {
  readonly custom_id: string
  readonly title: string
  readonly components: readonly {
    readonly type: 18
    readonly label: string
    readonly description: string
    readonly component: FieldComponent
  }[]
}

/** The fields for which there is room: those without which nothing can be sent, then the most important ones. */
export function shownFields({ fields }: Form): readonly Field[] {
  const needed = fields.filter(({ isNeeded }) => isNeeded).slice(0, FIELDS_AT_MOST)
  const others = fields.filter(({ isNeeded }) => !isNeeded).slice(0, FIELDS_AT_MOST - needed.length)
  return fields.filter((field) => needed.includes(field) || others.includes(field))
}

/** @param offers what can be chosen for a field, where all of it fits into a list. */
export function modalOf(form: Form, id: string, offers: ReadonlyMap<string, readonly Suggestion[]>): Modal {
  return {
    custom_id: id,
    title: cutText(form.title, TITLE_CHARACTERS),
    components: shownFields(form).map((field) => ({
      type: 18,
      label: cutText(field.label, LABEL_CHARACTERS),
      description: cutText(field.hint, HINT_CHARACTERS),
      component: componentFor(field, offers.get(field.option) ?? []),
    })),
  }
}

/** What its own component cannot hold stands in a field of text, as it was typed. */
function componentFor(field: Field, offered: readonly Suggestion[]): FieldComponent {
  return { ...(ownComponent(field, offered) ?? typed(field)), custom_id: field.option, required: field.isNeeded }
}

type Bare = FieldComponent extends infer One ? (One extends Named ? Omit<One, keyof Named> : never) : never

function ownComponent({ kind, choices, initial }: Field, offered: readonly Suggestion[]): Bare | null {
  const listed = choices?.map((choice) => ({ label: choice, value: choice })) ?? offered
  if (listed.length > 0) return select(listed, initial)
  switch (kind) {
    case 'days': {
      const chosen = weekdaysIn(splitValues(initial))
      if (chosen === null) return null
      const options = WEEKDAY_NAMES.map(([value, label]) => ({
        value,
        label,
        ...(chosen.some((day) => day === value) ? { default: true } : {}),
      }))
      return { type: 22, options, min_values: 0 }
    }
    case 'channel':
    case 'member': {
      if (initial !== '' && !CHANNEL_ID.test(initial)) return null
      const isChannel = kind === 'channel'
      return {
        type: isChannel ? 8 : 5,
        ...(isChannel ? { channel_types: POSTABLE_CHANNELS } : {}),
        ...(initial === '' ? {} : { default_values: [{ id: initial, type: isChannel ? 'channel' : 'user' }] }),
      }
    }
    default:
      return null
  }
}

function select(listed: readonly Suggestion[], initial: string): Bare | null {
  const isHeld = initial === '' || listed.some(({ value }) => value === initial)
  if (!isHeld || listed.length > OPTIONS_AT_MOST) return null
  if (listed.some(({ value }) => value.length > OPTION_CHARACTERS)) return null
  const options = listed.map(({ label, value }) => ({
    label: cutText(label, OPTION_CHARACTERS),
    value,
    ...(value === initial ? { default: true } : {}),
  }))
  return { type: 3, options }
}

function typed({ isLong, initial }: Field): Bare {
  const isLonger = isLong || initial.length > TYPED_AT_MOST
  return {
    type: 4,
    style: isLonger ? 2 : 1,
    max_length: isLonger ? LONG_AT_MOST : TYPED_AT_MOST,
    ...(initial === '' ? {} : { value: initial }),
  }
}

type Sent = { readonly custom_id: string; readonly value?: string | null; readonly values?: readonly string[] }

/** What was filled in, and which options were asked for. */
export function sentValues(components: readonly { readonly component?: Sent }[]) {
  const fields = components.flatMap(({ component }) => component ?? [])
  const filled = fields.flatMap(({ custom_id: option, value, values }) => {
    const given = values === undefined ? (value ?? '') : joinValues(values)
    return given === '' ? [] : [[option, given] as const]
  })
  return {
    shown: fields.map(({ custom_id: option }) => option),
    values: Object.fromEntries(filled) as OptionValues<string>,
  }
}
