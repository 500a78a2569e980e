import type { types } from '@slack/bolt'
import { FORM_ACTION } from './form.ts'
import { plain } from './rich-text.ts'

/** @see the doc comments of @slack/types */
const BUTTONS_IN_A_ROW = 25

/** Opens a form each; no row at all for no commands. */
export function formButtons(commands: readonly string[]): readonly types.KnownBlock[] {
  const elements = commands.map((name) => opening(name, `${name.charAt(0).toUpperCase()}${name.slice(1)} …`))
  return elements.length === 0 ? [] : [{ type: 'actions', elements: elements.slice(0, BUTTONS_IN_A_ROW) }]
}

function opening(command: string, label: string): types.Button {
  return { type: 'button', text: plain(label), action_id: `${FORM_ACTION}:${command}`, value: command }
}
