import type { types } from '@slack/bolt'
import type { Block, Button, Menu } from '../chat/blocks.ts'
import { cutText, shownName } from '../chat/clean-text.ts'
import { distinctLabels, heardLabels } from '../chat/distinct-labels.ts'
import { turnsPage } from '../chat/turns-page.ts'
import { FORM_ACTION } from './form.ts'
import { plain, weigh, withoutControls } from './rich-text.ts'

/** @see the doc comments of @slack/types */
const ELEMENTS_IN_A_ROW = 25
const BUTTON_TEXT_AT_MOST = 75
const BUTTON_VALUE_AT_MOST = 2_000
const HEARD_AT_MOST = 75
const OPTIONS_AT_MOST = 100
const OPTION_TEXT_AT_MOST = 75
const OPTION_VALUE_AT_MOST = 75
const PLACEHOLDER_AT_MOST = 150
/** A menu of more leaves no room in a message for what it is about. */
const OPTIONS_WEIGH_AT_MOST = 4_500

/** A press of one turns the answer that holds it into another page; the other asks something new. */
const TURN_ACTION = 'onrecord:turn:'
const ASK_ACTION = 'onrecord:ask:'
/** Followed by the command that its message answers: which entries turn the page is seen when one is chosen. */
const MENU_ACTION = 'onrecord:menu:'

export type Control = Extract<Block, { kind: 'buttons' | 'menu' }>

type RowOptions = {
  /** The command that is answered: what sends it again turns its page, some buttons open a form, all else asks anew. */
  readonly answering: string | undefined
  readonly weighsAtMost: number
  /** How those buttons are heard that share their label with another of the answer. */
  readonly heard: ReadonlyMap<Button, string>
}

/** @see heardLabels */
export function heardIn(blocks: readonly Block[]): ReadonlyMap<Button, string> {
  const buttons = blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
  return heardLabels(buttons, HEARD_AT_MOST, safeName)
}

/** Buttons and menus that stand together, in as few rows as Slack allows; nothing of them is left out. */
export function renderControls(
  controls: readonly Control[],
  { answering, weighsAtMost, heard }: RowOptions,
): readonly types.KnownBlock[] {
  const make = numbered(answering, heard)
  const elements = controls.flatMap((control) =>
    control.kind === 'buttons' ? control.buttons.flatMap(make.button) : make.menu(control),
  )
  const rows: (types.Button | types.StaticSelect)[][] = []
  let room = 0
  for (const element of elements) {
    const weighs = weigh(element) + 1
    if (weighs > room || rows.at(-1)?.length === ELEMENTS_IN_A_ROW) {
      rows.push([])
      room = weighsAtMost
    }
    rows.at(-1)?.push(element)
    room -= weighs
  }
  return rows.map((row) => ({ type: 'actions', elements: row }))
}

/** Makes the elements of one row or several; their ids must differ. */
function numbered(answering: string | undefined, heard: RowOptions['heard']) {
  let count = 0
  const next = (action: string) => {
    count += 1
    return `${action}${count - 1}`
  }

  const button = (given: Button): readonly types.Button[] => {
    const { label, style, opensForm } = given
    const accessible = heard.get(given)
    const command = carried(given.command)
    if (command === null) return []
    const text = cutText(safeName(label), BUTTON_TEXT_AT_MOST)
    return [
      {
        type: 'button',
        text: plain(text === '' ? '…' : text),
        action_id: next(opensForm ? `${FORM_ACTION}:` : turnsPage(command, answering) ? TURN_ACTION : ASK_ACTION),
        value: command,
        ...(style === undefined ? {} : { style }),
        ...(accessible === undefined ? {} : { accessibility_label: accessible }),
      },
    ]
  }

  /** What an entry of a menu cannot carry becomes a button beside it. */
  const menu = ({ prompt, choices }: Menu): readonly (types.StaticSelect | types.Button)[] => {
    const labels = distinctLabels(
      choices.map(({ label }) => label),
      OPTION_TEXT_AT_MOST,
      safeName,
    )
    const options: types.PlainTextOption[] = []
    const beside: types.Button[] = []
    for (const [at, { label, command }] of choices.entries()) {
      const value = carried(command)
      const fits = value !== null && value.length <= OPTION_VALUE_AT_MOST
      if (fits && !options.some((one) => one.value === value)) options.push({ text: plain(labels[at] ?? ''), value })
      else beside.push(...button({ label, command }))
    }
    const parts = inParts(options)
    const prompts = distinctLabels(
      parts.map(() => prompt),
      PLACEHOLDER_AT_MOST,
      safeName,
    )
    const selects = parts.map(
      (part, at): types.StaticSelect => ({
        type: 'static_select',
        action_id: next(`${MENU_ACTION}${answering ?? ''}:`),
        placeholder: plain(prompts[at] ?? ''),
        options: part,
      }),
    )
    return [...selects, ...beside]
  }

  return { button, menu }
}

function safeName(label: string): string {
  return withoutControls(shownName(label))
}

/** The grammar drops the added character again. A longer command could not be read back either: no line is longer. */
function carried(command: string): string | null {
  const safe = withoutControls(command)
  return safe !== '' && safe.length <= BUTTON_VALUE_AT_MOST ? safe : null
}

function inParts(options: readonly types.PlainTextOption[]): readonly types.PlainTextOption[][] {
  const parts: types.PlainTextOption[][] = []
  let room = 0
  for (const option of options) {
    const weighs = weigh(option) + 1
    if (weighs > room || parts.at(-1)?.length === OPTIONS_AT_MOST) {
      parts.push([])
      room = OPTIONS_WEIGH_AT_MOST
    }
    parts.at(-1)?.push(option)
    room -= weighs
  }
  return parts
}

/** What Slack sends of a press or a choice. */
type Pressed = {
  readonly action_id: string
  readonly value?: string
  readonly text?: { readonly text: string }
  readonly selected_option?: { readonly value?: string; readonly text?: { readonly text: string } } | null
}

/** The command that was pressed or chosen (empty if it is not ours any more), and whether it turns the page. */
export function pressedIn({ action_id: action, value, text, selected_option: chosen }: Pressed) {
  const line = chosen?.value ?? value ?? ''
  const label = (chosen?.text ?? text)?.text ?? ''
  if (!action.startsWith(MENU_ACTION)) return { line, label, turns: action.startsWith(TURN_ACTION) }
  const answered = action.slice(MENU_ACTION.length, action.lastIndexOf(':'))
  return { line, label, turns: turnsPage(line, answered) }
}
