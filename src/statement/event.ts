import type { Range } from './noun-phrase.ts'
import type { Item } from './sentences.ts'
import { words } from './word-list.ts'

const OCCASIONS = words(`
  interview conference briefing speech address rally debate meeting talks summit hearing session forum call op-ed letter tweet email
  testimony remarks panel event gathering ceremony parliament statements statement`)
/** "news conference": "conference" alone may be a party's or an alliance's. */
const LEADS = words('in at on during to told')

/** The occasion as the sentence words it outside the content ("a news conference after the talks"), or null. */
export function readEvent(
  items: readonly Item[],
  contents: readonly Range[],
  cueTo: number,
  text: string,
): string | null {
  const inContent = (i: number) => contents.some(({ from, to }) => i >= from && i < to)
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as Item
    if (!OCCASIONS.has(item.lower) || inContent(i) || (i < cueTo && items[0]?.class !== 'preposition')) continue
    const from = phraseStart(items, i, inContent)
    const lead = items[from - 1]
    if (lead === undefined || (!LEADS.has(lead.lower) && from !== cueTo)) continue
    return text.slice((items[from] as Item).start, (items[phraseEnd(items, i, inContent)] as Item).end)
  }
  return null
}

function phraseStart(items: readonly Item[], noun: number, inContent: (i: number) => boolean): number {
  let from = noun
  while (from > 0 && !inContent(from - 1)) {
    const before = items[from - 1] as Item
    if (
      before.class !== 'content' &&
      before.class !== 'name' &&
      before.class !== 'possessive' &&
      before.class !== 'determiner'
    )
      break
    from--
    if (before.class === 'determiner') break
  }
  return from
}

/** On over "with", "after", "in" and what they join, up to a day, a comma or the content. */
function phraseEnd(items: readonly Item[], noun: number, inContent: (i: number) => boolean): number {
  let end = noun
  for (let i = noun + 1; i < items.length && !inContent(i) && i < noun + 16; i++) {
    const item = items[i] as Item
    const links = item.class === 'preposition' || item.class === 'determiner' || item.lower === 'and'
    const names = item.class === 'name' || item.class === 'content' || item.class === 'possessive'
    if (item.lower === 'that' || (!links && !names)) break
    if (names) end = i
  }
  return end
}
