import { expect, test } from 'vitest'
import { type ReadPage, readPage } from '../../src/article/read-page.ts'
import { goldenCases, isRewriting } from '../support/golden.ts'

test.each(goldenCases('article').map((one) => [one.name, one.about, one] as const))('%s: %s', (_, __, one) => {
  const page = summarise(readPage(one.input, one))

  if (isRewriting) one.rewrite(page)
  else expect(page).toEqual(one.expected)
})

function summarise({ title, published, byline, publisher, text, dateline }: ReadPage) {
  return {
    title,
    day: published?.slice(0, 10) ?? null,
    byline: byline ?? null,
    publisher: publisher ?? null,
    text,
    ...(dateline === undefined ? {} : { dateline }),
  }
}
