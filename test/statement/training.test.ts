import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, test } from 'vitest'
import { faultsOf } from '../../src/statement/training/article-faults.ts'
import { articleFiles } from '../../src/statement/training/article-files.ts'
import { disagreements } from '../../src/statement/training/disagreements.ts'
import { readMarkedArticle } from '../../src/statement/training/marked-article.ts'

const header = 'title: Ferries stop\npublished: 2031-03-14\nmanner: agency\noutlet: Vardan Wire\n\n'
const read = (body: string) => readMarkedArticle('agency-01', header + body)

describe('a training article', () => {
  test('gives its plain text, title first, and each attribution as offsets into it', () => {
    const { article, faults } = read('⟦s1=Ada Ode|She⟧ ⟦q1|said⟧ ⟦c1|the ferry was late⟧. Ada Ode left.')

    expect(faults).toEqual([])
    expect(article.text).toBe('Ferries stop\n\nShe said the ferry was late. Ada Ode left.')
    const [one] = article.statements
    expect(one?.speaker).toBe('Ada Ode')
    expect(article.text.slice(...(one?.sourceSpan ?? [0, 0]))).toBe('She')
    expect(one?.contentSpans.map((span) => article.text.slice(...span))).toEqual(['the ferry was late'])
  })

  test('can hold reported speech within reported speech, and one source for two cues', () => {
    const { article, faults } = read(
      '⟦s1,2|Ode⟧ ⟦q1|said⟧ ⟦c1|⟦s3|Brandt⟧ had ⟦q3|told⟧ her ⟦c3|to wait⟧⟧ and ⟦q2|added⟧ ⟦c2|that she would⟧.',
    )

    expect(faults).toEqual([])
    const contents = article.statements.map(({ contentSpans: [span] }) => article.text.slice(...(span ?? [0, 0])))
    expect(contents.toSorted()).toEqual(['Brandt had told her to wait', 'that she would', 'to wait'])
  })

  test('is refused with line and reason where a mark is open, crosses paragraphs or has no partner', () => {
    const { faults } = read('⟦s1|Ode⟧ ⟦q1|said⟧ ⟦c1|it rained\n\nand ⟦q2|said⟧ no more⟧.')

    expect(faults).toEqual([
      { line: 6, what: 'c1 is not closed' },
      { line: 8, what: 'a closing mark without an opening one' },
      { line: 6, what: '1 has no content' },
      { line: 8, what: '2 has no content' },
    ])
  })

  test('is doubted where a quotation belongs to nobody, or a content takes the full stop along', () => {
    const { article, lineAt } = read('⟦s1|Ode⟧ ⟦q1|said⟧ ⟦c1|it rained.⟧\n\n"Nobody said this long sentence at all."')

    expect(faultsOf(article).map(({ at, what }) => `${lineAt(at)}: ${what.slice(0, 32)}`)).toEqual([
      '6: c1 ends with a full stop outside',
      '8: a quotation outside any content:',
    ])
  })

  test('is compared with the others: a word that attributes everywhere else is shown where it does not', () => {
    const marked = read(Array.from({ length: 8 }, (_, i) => `⟦s${i}|Ode⟧ ⟦q${i}|warned⟧ ⟦c${i}|of rain⟧.`).join(' '))
    const other = read('Brandt warned of snow.')

    expect(disagreements([marked.article, other.article])).toEqual(['agency-01: Ferries stop  Brandt warned of snow.'])
  })
})

describe('the training articles', () => {
  test('are all without fault', () => {
    const wrong = articleFiles().flatMap((file) => {
      const { article, faults, lineAt } = readMarkedArticle(basename(file), readFileSync(file, 'utf8'))
      const doubts = faultsOf(article).map(({ at, what }) => ({ line: lineAt(at), what }))
      return [...faults, ...doubts].map(({ line, what }) => `${basename(file)}:${line}: ${what}`)
    })

    expect(wrong).toEqual([])
  })
})
