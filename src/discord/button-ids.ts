import { keyOf } from '../base/id.ts'
import type { Button, Menu } from '../chat/blocks.ts'
import { distinctLabels, labelMaker } from '../chat/distinct-labels.ts'
import { turnsPage } from '../chat/turns-page.ts'
import {
  type ActionRow,
  BUTTONS_IN_ROW,
  type ButtonComponent,
  CUSTOM_ID_CHARACTERS,
  LABEL_CHARACTERS,
  OPTION_CHARACTERS,
  OPTIONS_IN_SELECT,
  PLACEHOLDER_CHARACTERS,
} from './discord-message.ts'

/** A command too long for the id of a button or an entry of a menu; kept in the database under `key`. */
export type KeptButton = { readonly key: string; readonly command: string }

/**
 * Makes the buttons and menus of one answer. The id of a button, and the value of an entry of a menu, is its command
 * if that fits, else a key under which the command is kept; so it works after a restart and a day later.
 *
 * @param answered the command that is answered: a button that sends it again turns the page.
 */
export function buttonMaker(team: number, answered: string | null) {
  const kept = new Map<string, string>()
  const used = new Map<string, number>()
  // Discord has no other name for those who hear a button than the one that is seen.
  const labelOf = labelMaker(LABEL_CHARACTERS)
  let menus = 0

  const idOf = ({ command, opensForm }: Omit<Button, 'label'>): string => {
    const uses = (used.get(command) ?? 0) + 1
    used.set(command, uses)
    // The ids of one message must differ, even where two buttons do the same.
    const does = opensForm ? 'f' : turnsPage(command, answered) ? 't' : ''
    const suffix = does + (uses === 1 ? '' : String(uses))
    const direct = `c${suffix}:${command}`
    // The same bound holds for the values of a menu.
    if (direct.length <= CUSTOM_ID_CHARACTERS) return direct
    const key = keyOf('button', team, command)
    kept.set(key, command)
    return `k${suffix}:${key}`
  }

  const component = (button: Button): ButtonComponent => ({
    type: 2,
    style: button.style === 'primary' ? 1 : button.style === 'danger' ? 4 : 2,
    label: labelOf(button.label),
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
    /** A row for each select that the menu needs. */
    menuRowsOf: ({ prompt, choices }: Menu): readonly ActionRow[] => {
      const labels = distinctLabels(
        choices.map(({ label }) => label),
        OPTION_CHARACTERS,
      )
      const options = choices.map(({ command }, at) => ({ label: labels[at] ?? '', value: idOf({ command }) }))
      const parts = Math.ceil(options.length / OPTIONS_IN_SELECT)
      const prompts = distinctLabels(
        Array.from({ length: parts }, () => prompt),
        PLACEHOLDER_CHARACTERS,
      )
      return prompts.map((placeholder, part) => {
        menus += 1
        const own = options.slice(part * OPTIONS_IN_SELECT, (part + 1) * OPTIONS_IN_SELECT)
        return { type: 1, components: [{ type: 3, custom_id: `m${menus}`, placeholder, options: own }] }
      })
    },
    kept: (): readonly KeptButton[] => [...kept].map(([key, command]) => ({ key, command })),
  }
}

export type PressedButton = {
  /** Whether the answer takes the place of the message that the button or menu is on. */
  readonly turnsPage: boolean
  /** Whether the form of the command opens first. */
  readonly opensForm: boolean
} & ({ readonly command: string } | { readonly key: string })

/** What a pressed button or a chosen entry stands for: its command, or the key of a kept one; `null` if it is not ours. */
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
