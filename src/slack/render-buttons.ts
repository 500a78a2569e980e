import type { types } from '@slack/bolt'
import type { Button } from '../chat/blocks.ts'
import { cleanName, cutText } from '../chat/clean-text.ts'
import { turnsPage } from '../chat/turns-page.ts'
import { FORM_ACTION } from './form.ts'
import { plain, withoutControls } from './rich-text.ts'

/** @see the doc comments of @slack/types */
const BUTTONS_IN_A_ROW = 25
const BUTTON_TEXT_AT_MOST = 75
const BUTTON_VALUE_AT_MOST = 2_000

/** A press of one turns the answer that holds it into another page; the other asks something new. */
export const TURN_ACTION = 'onrecord:turn:'
const ASK_ACTION = 'onrecord:ask:'

/** Buttons in rows; those that send the command `answering` turn its page, some open a form, others ask anew. */
export function renderButtons(buttons: readonly Button[], answering: string | undefined): readonly types.KnownBlock[] {
  // The grammar drops the added character again. A longer command could not be read back either: no line is longer.
  const carried = buttons
    .map((button) => ({ ...button, command: withoutControls(button.command) }))
    .filter(({ command }) => command !== '' && command.length <= BUTTON_VALUE_AT_MOST)
  const elements = carried.map(({ label, command, style, opensForm }, index): types.Button => {
    const text = cutText(withoutControls(cleanName(label)), BUTTON_TEXT_AT_MOST)
    const action = opensForm ? `${FORM_ACTION}:` : turnsPage(command, answering) ? TURN_ACTION : ASK_ACTION
    return {
      type: 'button',
      text: plain(text === '' ? '…' : text),
      action_id: `${action}${index}`,
      value: command,
      ...(style === undefined ? {} : { style }),
    }
  })

  const rows: types.KnownBlock[] = []
  for (let at = 0; at < elements.length; at += BUTTONS_IN_A_ROW) {
    rows.push({ type: 'actions', elements: elements.slice(at, at + BUTTONS_IN_A_ROW) })
  }
  return rows
}

/** Opens a form each; no row at all for no commands. */
export function formButtons(commands: readonly string[]): readonly types.KnownBlock[] {
  const elements = commands.map((name) => opening(name, `${name.charAt(0).toUpperCase()}${name.slice(1)} …`))
  return elements.length === 0 ? [] : [{ type: 'actions', elements: elements.slice(0, BUTTONS_IN_A_ROW) }]
}

function opening(command: string, label: string): types.Button {
  return { type: 'button', text: plain(label), action_id: `${FORM_ACTION}:${command}`, value: command }
}
