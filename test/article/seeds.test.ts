import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readPage } from '../../src/article/read-page.ts'
import { sharedFolder } from '../support/shared.ts'

const seeds = sharedFolder('data/seeds/site')

const DATES = {
  'lavrov-shoukry-foreign-troops': '2021-10-04',
  'moscow-cairo-coordinate-libya': '2019-04-06',
  'no-final-results-moscow-talks': '2020-01-14',
  'paris-conference-withdrawal': '2021-11-12',
  'withdrawal-5-plus-5-mangoush': '2021-08-19',
}

test.skipIf(seeds === null).each(Object.entries(DATES))(
  'the real page %s gives its article whole and nothing that stands around it (needs ../shared)',
  (name, day) => {
    const html = readFileSync(`${seeds}${name}.html`, 'utf8')
    const paragraphs = [
      ...(/<article>[\s\S]*<\/article>/.exec(html)?.[0] ?? '').matchAll(/<p[^>]*>([\s\S]*?)<\/p>/g),
    ].map(([, inner = '']) => textOf(inner))

    const page = readPage(Buffer.from(html), { url: `http://site.example/${name}.html` })

    expect(page.published?.slice(0, 10)).toBe(day)
    const missing = paragraphs.filter(
      (text) => !page.text.includes(text.replace(/^.{0,40}?(?:\/TASS\/\.|\(TASS\) ?-) ?/, '')),
    )
    expect(missing).toEqual([])
    for (const furniture of [
      'Read also',
      'POOL',
      '©',
      'All rights reserved',
      'Subscribe',
      'Oil exports resume',
      'envoy tells reporters',
      'Tags:',
      'cookies',
      'All news',
      'Share',
    ]) {
      expect(page.text).not.toContain(furniture)
    }
  },
)

function textOf(html: string): string {
  return html
    .replace(/<[^>]+>/g, '')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim()
}
