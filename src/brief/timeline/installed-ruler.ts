import { keepAtMost } from '../../base/keep-at-most.ts'
import { type TextRuler, textRuler } from '../../base/picture/text-ruler.ts'

const ruler = keepAtMost(1, () => textRuler())

/** The ruler of the installed fonts, which are read once, with the first drawing; `null` where there are none. */
export function installedRuler(): TextRuler | null {
  return ruler('')
}
