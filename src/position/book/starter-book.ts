import { readFileSync } from 'node:fs'
import { type Book, readBook } from './read-book.ts'

const FILES = ['middle-east.yaml', 'europe.yaml', 'africa-asia-americas.yaml', 'world.yaml']

let book: Book | null = null

/** The topics and propositions that the project ships; a team begins with them. Read once. */
export function starterBook(): Book {
  book ??= readBook(...FILES.map((file) => readFileSync(new URL(`starter-book/${file}`, import.meta.url), 'utf8')))
  return book
}
