import { formatCommand } from '../src/chat/format-command.ts'
import { directMessageTo } from '../src/chat/messenger.ts'
import type { Request } from '../src/chat/request.ts'
import type { Place } from '../src/delivery/delivery.ts'
import type { QuietStore } from '../src/delivery/quiet-store.ts'
import { quietWords } from './quiet-words.ts'
import type { Names } from './subscription-words.ts'

type Whose = 'here' | 'me'

/** What is set, in words, and by what it is ended. */
export type SetQuiet = { readonly whose: Whose; readonly words: string; readonly id: string }

/** What holds for the asker or the place now, or every day; what holds in several places of a person once. */
export async function quietsSet(
  whose: Whose,
  quiets: Pick<QuietStore, 'list'>,
  names: Names,
  request: Request,
): Promise<readonly SetQuiet[]> {
  const kept = (await Promise.all(placesOf(whose, request).map((place) => quiets.list(place, request.at)))).flat()
  const byWords = new Map(
    kept.map((one) => [quietWords(one.quiet, names, { zone: request.timeZone ?? 'UTC', dates: request.dates }), one]),
  )
  return [...byWords].map(([words, { id }]) => ({ whose, words, id }))
}

/** A person's own: what is written to them alone, and our conversation where it is asked there. */
export function placesOf(
  whose: Whose,
  { team, platform, channel, member, isDirectMessage }: Request,
): readonly Place[] {
  const here = channel === null ? [] : [{ team, platform, channel }]
  if (whose === 'here') return here
  return [{ team, platform, channel: directMessageTo(member.id) }, ...(isDirectMessage ? here : [])]
}

/** The command that ends one. */
export function endCommand(id: string | undefined, whose: Whose): string {
  return formatCommand('quiet', { action: 'end', which: id, ...whoseOption(whose) })
}

export function whoseOption(whose: Whose): { readonly whose?: string } {
  return whose === 'me' ? { whose } : {}
}
