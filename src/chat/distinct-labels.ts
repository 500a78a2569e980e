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
  const used = new Set<string>()
  return labels.map((label) => {
    const clean = cleaned(label) || '…'
    let shown = cutText(clean, atMost)
    for (let count = 2; used.has(shown); count += 1) {
      const number = ` (${count})`
      shown = `${cutText(clean, atMost - number.length)}${number}`
    }
    used.add(shown)
    return shown
  })
}
