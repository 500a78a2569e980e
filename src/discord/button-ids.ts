import { keyOf } from '../base/id.ts'
import type { Button } from '../chat/blocks.ts'
import { cleanName, cutText } from '../chat/clean-text.ts'
import { turnsPage } from '../chat/turns-page.ts'
import {
  type ActionRow,
  BUTTONS_IN_ROW,
  type ButtonComponent,
  CUSTOM_ID_CHARACTERS,
  LABEL_CHARACTERS,
} from './discord-message.ts'

/** A command too long for a button's id; kept in the database under `key`. */
export type KeptButton = { readonly key: string; readonly command: string }

/**
 * Makes the buttons of one answer. A button's id is its command if that fits, else a key under
 * which the command is kept; so it works after a restart and a day later.
 *
 * @param answered the command that is answered: a button that sends it again turns the page.
 */
export function buttonMaker(team: number, answered: string | null) {
  const kept = new Map<string, string>()
  const used = new Map<string, number>()

  const idOf = ({ command, opensForm }: Button): string => {
    const uses = (used.get(command) ?? 0) + 1
    used.set(command, uses)
    // The ids of one message must differ, even where two buttons do the same.
    const does = opensForm ? 'f' : turnsPage(command, answered) ? 't' : ''
    const suffix = does + (uses === 1 ? '' : String(uses))
    const direct = `c${suffix}:${command}`
    if (direct.length <= CUSTOM_ID_CHARACTERS) return direct
    const key = keyOf('button', team, command)
    kept.set(key, command)
    return `k${suffix}:${key}`
  }

  const component = (button: Button): ButtonComponent => ({
    type: 2,
    style: button.style === 'primary' ? 1 : button.style === 'danger' ? 4 : 2,
    label: cutText(cleanName(button.label), LABEL_CHARACTERS) || '…',
    custom_id: idOf(button),
  })

  return {
    rowsOf: (buttons: readonly Button[]): readonly ActionRow[] => {
      const rows = Math.ceil(buttons.length / BUTTONS_IN_ROW)
      return Array.from({ length: rows }, (_, row) => ({
        type: 1,
        components: buttons.slice(row * BUTTONS_IN_ROW, (row + 1) * BUTTONS_IN_ROW).map(component),
      }))
    },
    kept: (): readonly KeptButton[] => [...kept].map(([key, command]) => ({ key, command })),
  }
}

export type PressedButton = {
  /** Whether the answer takes the place of the message that the button is on. */
  readonly turnsPage: boolean
  /** Whether the form of the command opens first. */
  readonly opensForm: boolean
} & ({ readonly command: string } | { readonly key: string })

/** What a pressed button stands for: its command, or the key of a kept one; `null` if it is not ours. */
export function readButtonId(customId: string): PressedButton | null {
  const [, kind, does, value] = /^([ck])([tf]?)\d*:([\s\S]+)$/.exec(customId) ?? []
  if (value === undefined) return null
  const what = { turnsPage: does === 't', opensForm: does === 'f' }
  return { ...what, ...(kind === 'c' ? { command: value } : { key: value }) }
}

/** The id of a form: the line that it was opened for, or the key under which a button keeps it. */
export function modalId(kept: { readonly command: string } | { readonly key: string }): string {
  return 'command' in kept ? `m:${kept.command}` : `n:${kept.key}`
}

/** What `modalId` made; `null` for anything else. */
export function readModalId(customId: string): { readonly command: string } | { readonly key: string } | null {
  const [, kind, value] = /^([mn]):([\s\S]+)$/.exec(customId) ?? []
  if (value === undefined) return null
  return kind === 'm' ? { command: value } : { key: value }
}
