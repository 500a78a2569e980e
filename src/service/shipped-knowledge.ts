import type { Book } from '../position/book/read-book.ts'
import { starterBook } from '../position/book/starter-book.ts'
import { sampleSpeakers } from '../sample/sample-speakers.ts'
import { sampleTopics } from '../sample/sample-topics.ts'
import { buildRoster } from '../speaker/build-roster.ts'
import type { Roster } from '../speaker/roster.ts'
import { shippedRoster } from '../speaker/shipped-roster.ts'

/** Whom and what an installation knows before anybody tells it more. */
export type Knowledge = { readonly roster: Roster; readonly shippedBook: Book }

/** The shipped roster and book; with the sample's invented ministers and countries while its news is read. */
export function shippedKnowledge({ withSample }: { readonly withSample: boolean }): Knowledge {
  const roster = shippedRoster()
  const book = starterBook()
  if (!withSample) return { roster, shippedBook: book }
  const invented = sampleTopics()
  return {
    roster: buildRoster([...roster.speakers, ...sampleSpeakers]),
    shippedBook: {
      topics: [...book.topics, ...invented.topics],
      propositions: [...book.propositions, ...invented.propositions],
    },
  }
}
