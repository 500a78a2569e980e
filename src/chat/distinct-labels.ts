import type { Button } from './blocks.ts'
import { cutText, shownName } from './clean-text.ts'

/**
 * The labels of one menu as they can be shown, in their order: on one line, at most so long, never empty, and no two
 * the same, so that who only hears them can tell them apart.
 *
 * @param cleaned takes away what a platform must never show.
 */
export function distinctLabels(
  labels: readonly string[],
  atMost: number,
  cleaned: (label: string) => string = shownName,
): readonly string[] {
  return labels.map(labelMaker(atMost, cleaned))
}

/** The same where the labels are known one after the other. */
export function labelMaker(atMost: number, cleaned: (label: string) => string = shownName): (label: string) => string {
  const used = new Set<string>()
  return (label) => {
    const clean = cleaned(label) || '…'
    let shown = cutText(clean, atMost)
    for (let count = 2; used.has(shown); count += 1) {
      const number = ` (${count})`
      shown = `${cutText(clean, atMost - number.length)}${number}`
    }
    used.add(shown)
    return shown
  }
}

/** Of the buttons of one answer those that share their label, as they are to be heard: no two the same. */
export function heardLabels(
  buttons: readonly Button[],
  atMost: number,
  cleaned: (label: string) => string = shownName,
): ReadonlyMap<Button, string> {
  // Long labels may differ in what is cut away alone.
  const shown = ({ label }: Button) => cutText(cleaned(label) || '…', atMost)
  const same = Map.groupBy(buttons, shown)
  const repeated = buttons.filter((button) => (same.get(shown(button))?.length ?? 0) > 1)
  const heard = distinctLabels(
    repeated.map(({ label, about }) => (about === undefined ? label : `${label}: ${about}`)),
    atMost,
    cleaned,
  )
  return new Map(repeated.map((button, at) => [button, heard[at] ?? button.label]))
}
