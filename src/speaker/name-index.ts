import { fold, sound } from './fold.ts'
import type { Speaker } from './speaker.ts'

/** Words before a name that are not part of it, folded. */
const honorifics = new Set(
  (
    'the mr mrs ms miss dr prof professor sir dame lord lady baroness sheikh shaikh sheikha sayyed ayatollah pope ' +
    'gen general lt col colonel marshal field adm admiral his her excellency majesty highness royal king queen ' +
    'prince princess crown emir sultan president vice prime premier foreign defence defense interior finance ' +
    'minister secretary ambassador chancellor deputy acting former then'
  ).split(' '),
)

/** Between given and family name in Russian and its neighbours; the press leaves it out. */
const patronymic = /(?:ovich|evich|ovych|yovych|ich|ovna|evna|ivna|ichna)$/

/** Shorter names sound like too many others: "Ly" like Lee and Li. */
const SOUND_MIN_CHARS = 4

export type NameIndex = { readonly find: (name: string) => readonly Speaker[] }

/** Finds speakers by name or alias, a surname being an alias: as folded, and if nobody answers, as it sounds. */
export function nameIndex(speakers: readonly Speaker[]): NameIndex {
  const byFold = new Map<string, Set<Speaker>>()
  for (const speaker of speakers) {
    for (const name of [speaker.name, ...speaker.aliases]) add(byFold, withoutArticle(fold(name)), speaker)
  }
  let bySound: Map<string, Set<Speaker>> | null = null

  function heard(folded: string): readonly Speaker[] {
    if (bySound === null) {
      bySound = new Map()
      for (const [name, found] of byFold) {
        for (const speaker of found) {
          // What a state or body is called is an ordinary word; only people's names are written as heard.
          if (speaker.kind === 'person') add(bySound, sound(name), speaker)
        }
      }
    }
    const key = sound(folded)
    return key.length < SOUND_MIN_CHARS ? [] : [...(bySound.get(key) ?? [])]
  }

  function look(folded: string): readonly Speaker[] {
    const exact = byFold.get(folded)
    return exact === undefined ? heard(folded) : [...exact]
  }

  return {
    find(name) {
      const folded = withoutArticle(fold(name))
      if (folded.length < 2) return []
      for (const form of forms(folded)) {
        const found = look(form)
        if (found.length > 0) return found
      }
      return []
    },
  }
}

/** The name as given, then without honorifics, then without initials and patronymic. */
function forms(folded: string): readonly string[] {
  const words = folded.split(' ')
  let start = 0
  while (start < words.length - 1 && honorifics.has(words[start] ?? '')) start++
  const bare = words.slice(start)
  const found = [folded]
  if (start > 0) found.push(bare.join(' '))
  const short = bare.filter(
    (word, at) => at === 0 || at === bare.length - 1 || !(word.length === 1 || patronymic.test(word)),
  )
  if (short.length < bare.length) found.push(short.join(' '))
  return found
}

function withoutArticle(folded: string): string {
  return folded.startsWith('the ') ? folded.slice(4) : folded
}

function add(index: Map<string, Set<Speaker>>, key: string, speaker: Speaker): void {
  if (key === '') return
  const found = index.get(key)
  if (found === undefined) index.set(key, new Set([speaker]))
  else found.add(speaker)
}
