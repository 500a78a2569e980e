import { readFileSync } from 'node:fs'
import { type Book, readBook } from '../position/book/read-book.ts'

/** Topics and propositions of the sample's invented countries; they join the book only while the sample is on. */
export function sampleTopics(): Book {
  return readBook(readFileSync(new URL('sample-topics.yaml', import.meta.url), 'utf8'))
}
