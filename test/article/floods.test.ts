import { expect, test } from 'vitest'
import { readFeedWords } from '../../src/article/read-feed-words.ts'
import { readPage } from '../../src/article/read-page.ts'
import { AppError } from '../../src/base/errors.ts'

const PARAGRAPH =
  '<p>The minister of Valdora said on Monday that all four crossings would open before the winter, and that customs officers had been trained.</p>'

const FLOODS: Readonly<Record<string, string>> = {
  '100,000 line breaks': `${PARAGRAPH.repeat(5)}${'<br>'.repeat(100_000)}`,
  '100,000 words on lines of their own': 'word <br>'.repeat(100_000),
  '50,000 headlines': `${'<h1>Crossings</h1>'.repeat(50_000)}${PARAGRAPH.repeat(5)}`,
  '30,000 links': `${'<a href="/a">link</a> '.repeat(30_000)}${PARAGRAPH.repeat(5)}`,
  '20,000 boxes of furniture': `${'<div class="related"><a href="/a">link</a></div>'.repeat(20_000)}${PARAGRAPH.repeat(5)}`,
  '40,000 dates': `${'<time>2014</time><span class="date">x</span>'.repeat(20_000)}${PARAGRAPH.repeat(5)}`,
  '30,000 rows of a table': `<table>${'<tr><td>x</td></tr>'.repeat(30_000)}</table>${PARAGRAPH.repeat(5)}`,
  '30,000 boxes in boxes': `${'<div>'.repeat(30_000)}${PARAGRAPH.repeat(5)}`,
  'a word of a megabyte': `<p>${'a'.repeat(1_000_000)}</p>`,
  'a headline of dashes': `<h1>${' - '.repeat(200_000)}</h1><title>${' | '.repeat(200_000)}</title>${PARAGRAPH}`,
}

/** Of the processor's time, which other work beside does not stretch much. Most need a tenth; without our bounds some take eight seconds. */
const LIMIT_MS = 7_000

test.each(Object.entries(FLOODS))('a page of %s is read or refused in bounded time', (_, body) => {
  const html = `<html><body>${body}</body></html>`
  const before = process.cpuUsage()

  try {
    readPage(Buffer.from(html), { url: 'https://wire.example/a' })
  } catch (error) {
    expect(error).toBeInstanceOf(AppError)
  }
  readFeedWords({ title: 'Crossings', summary: html, content: null })

  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1_000).toBeLessThan(LIMIT_MS)
})
