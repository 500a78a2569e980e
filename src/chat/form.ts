import type { Button } from './blocks.ts'
import type {
  AnyCommand,
  FieldDefinition,
  FormDefinition,
  OptionDefinition,
  OptionKind,
  OptionValues,
  Suggestion,
} from './command.ts'
import { typedValues } from './explain.ts'
import { fillWords } from './fill-words.ts'
import { formatCommand } from './format-command.ts'
import { LINE_CHARACTERS, parseLine, parseOptions } from './parse-command.ts'
import { isAtLeast, type Request } from './request.ts'
import { isSuggested } from './suggest-kind.ts'

/** A form as a door shows it, filled with what is known. What is sent is answered with `fixed` beside it. */
export type Form = {
  readonly command: string
  readonly title: string
  readonly fixed: OptionValues<string>
  /** The most important first. */
  readonly fields: readonly Field[]
}

export type Field = {
  readonly option: string
  readonly label: string
  readonly hint: string
  readonly kind: OptionKind
  readonly isNeeded: boolean
  readonly isLong: boolean
  readonly choices: readonly string[] | null
  /** Whether values are suggested while a person types; `any`: what is typed itself will do as well. */
  readonly suggests: 'known' | 'any' | null
  /** As it would be typed; empty for nothing. */
  readonly initial: string
  /** The values of `initial`, one or several, with the words by which a person knows them. */
  readonly chosen: readonly Suggestion[]
}

// biome-ignore lint/suspicious/noExplicitAny: rooms and names of options differ by command
type AnyForm = FormDefinition<any, any>

/**
 * When a line stands for a form. `typed`: where a form is the better answer to a bare line. `pressed`: where the
 * line alone says too little to be answered. `wished`: somebody asked for the form.
 */
export type FormWish = 'typed' | 'pressed' | 'wished'

/** The forms of a command: those that it has, else one for what is required. */
export function formsOf(command: AnyCommand): readonly AnyForm[] {
  if (command.forms !== undefined) return command.forms
  const required = Object.entries<OptionDefinition<never>>(command.options).filter(([, option]) => option.required)
  if (required.length === 0) return []
  return [{ title: `/${command.name}`, fields: required.map(([option]) => ({ option, isNeeded: true })) }]
}

/** What a line gives a command, where that can be told without looking anything up; `null` where it cannot. */
export function valuesOfLine(line: string, commands: readonly AnyCommand[]) {
  const parsed = parseLine(line)
  const command = parsed.kind === 'command' ? commands.find(({ name }) => name === parsed.name) : undefined
  if (parsed.kind !== 'command' || command === undefined) return null
  const read = parseOptions(parsed.rest, command.options)
  if (read.kind === 'unknown key' || (read.words.length > 0 && command.sortWords !== undefined)) return null
  const sorted = fillWords(read.words, command.options, read.values)
  return { command, values: { ...sorted, ...read.values } }
}

/** The form that these values are for: the one whose own values are among them, and that asks for the others. */
export function formFor(command: AnyCommand, values: OptionValues<string>, wish: FormWish): AnyForm | null {
  const fitting = formsOf(command).filter((form) => fits(form, values, command) && isWished(form, values, wish))
  const asked = (form: AnyForm) => fieldsOf(form).filter(({ option }) => values[option] !== undefined).length
  const [best] = fitting.toSorted((a, b) => fixedOf(b).length - fixedOf(a).length || asked(b) - asked(a))
  return best ?? null
}

/** Whether a line stands for a form, as far as can be told at once; who asks may still not send it. */
export function standsForForm(line: string, commands: readonly AnyCommand[], wish: FormWish): boolean {
  const given = valuesOfLine(line, commands)
  return given !== null && formFor(given.command, given.values, wish) !== null
}

function isWished(form: AnyForm, values: OptionValues<string>, wish: FormWish): boolean {
  if (wish === 'wished') return true
  const isBare = Object.keys(values).length === fixedOf(form).length
  if (!isBare || form.opens === 'by button') return false
  return wish === 'typed' || fieldsOf(form).some(({ isNeeded }) => isNeeded)
}

/** What is to be done (`action:`) belongs to a form; anything else may be carried along unseen. */
function fits(form: AnyForm, values: OptionValues<string>, command: AnyCommand): boolean {
  const asked = new Set(fieldsOf(form).map(({ option }) => option))
  return (
    fixedOf(form).every(([option, value]) => values[option] === value) &&
    Object.keys(values).every(
      (option) =>
        form.with?.[option] !== undefined || asked.has(option) || command.options[option]?.choices === undefined,
    )
  )
}

function fixedOf(form: AnyForm): readonly (readonly [string, string])[] {
  return Object.entries(form.with ?? {}) as [string, string][]
}

function fieldsOf({ fields }: AnyForm): readonly FieldDefinition<string>[] {
  return fields.map((field) => (typeof field === 'string' ? { option: field } : field))
}

export function maySend({ role: needed = 'member' }: AnyForm, command: AnyCommand, { role }: Request): boolean {
  return isAtLeast(role, needed) && isAtLeast(role, command.role ?? 'member')
}

type FormParts = {
  readonly values: OptionValues<string>
  readonly request: Request
  /** The words by which a person knows a value. */
  readonly labelOf: (option: string, value: string) => Promise<string>
}

/** The form, filled with what is known. */
export async function fillForm(command: AnyCommand, form: AnyForm, parts: FormParts): Promise<Form> {
  const { values, request } = parts
  const shown = fieldsOf(form).filter(
    ({ role = 'member', unless = [] }) =>
      isAtLeast(request.role, role) && unless.every((option) => values[option] === undefined),
  )
  const asked = new Set(shown.map(({ option }) => option))
  const fields = await Promise.all(shown.map((field) => fieldOf(command, field, parts)))
  return {
    command: command.name,
    title: form.title,
    fixed: Object.fromEntries(Object.entries(values).filter(([option]) => !asked.has(option))),
    fields,
  }
}

async function fieldOf(
  command: AnyCommand,
  { option, label, hint, isNeeded = false, isFree, isLong = false }: FieldDefinition<string>,
  { values, labelOf }: FormParts,
): Promise<Field> {
  const definition = command.options[option] as OptionDefinition<never>
  const isKnown = isFree !== true && definition.choices === undefined && isSuggested(definition)
  const typed = typedValues({ [option]: values[option] ?? '' }, command)[option]
  const given = (typeof typed === 'string' ? [typed] : (typed ?? [])).filter((value) => value !== '')
  const isAny = definition.kind === 'text' || definition.kind === 'speaker'
  return {
    option,
    label: label ?? option.charAt(0).toUpperCase() + option.slice(1),
    hint: hint ?? definition.description,
    kind: definition.kind,
    isNeeded: isNeeded || definition.required === true,
    isLong,
    choices: definition.choices ?? null,
    suggests: isKnown ? (isAny ? 'any' : 'known') : null,
    initial: values[option] ?? '',
    chosen: await Promise.all(
      given.map(async (value) => ({ value, label: isKnown ? await labelOf(option, value) : value })),
    ),
  }
}

/** Buttons that open the forms of a command which was asked for nothing, as far as the asker may send them. */
export function formButtons(command: AnyCommand, request: Request): readonly Button[] {
  return formsOf(command)
    .filter((form) => maySend(form, command, request) && formFor(command, form.with ?? {}, 'wished') === form)
    .slice(0, BUTTONS_AT_MOST)
    .map((form) => ({
      label: `${form.title} …`,
      command: formatCommand(command.name, form.with ?? {}),
      opensForm: true,
    }))
}

/** More is no choice but a list. */
const BUTTONS_AT_MOST = 5

/** A button that opens the form again with what was filled in; none where that could not be carried. */
export function againButton(command: AnyCommand, values: OptionValues<string>, request: Request): readonly Button[] {
  const form = formFor(command, values, 'wished')
  const line = formatCommand(command.name, typedValues(values, command))
  if (form === null || !maySend(form, command, request) || line.length > LINE_CHARACTERS) return []
  return [{ label: 'Fill in a form', command: line, opensForm: true }]
}
