import { expect, test } from 'vitest'
import { articleLink, wordsLine } from '../../src/brief/statement-blocks.ts'
import { plainLine } from '../../src/chat/blocks.ts'
import type { Statement } from '../../src/statement/statement-row.ts'

/** A statement of "The minister CUE WORDS", indirect. */
function statement(cue: string, words: string): Statement {
  const context = `The minister ${cue} ${words}.`
  const at = context.indexOf(words)
  return {
    form: 'indirect',
    publisher: 'The Daily Ledger',
    articleUrl: 'https://ledger.example/1',
    content: words,
    contentSpans: [[100 + at, 100 + at + words.length]],
    cueSpan: [113, 113 + cue.length],
    context,
    contextSpan: [100, 100 + context.length],
  } as unknown as Statement
}

test('words that are no sentence of their own keep the verb of the article before them', () => {
  expect(plainLine(wordsLine(statement('announced', 'the launch of an offensive')))).toBe(
    'according to The Daily Ledger: announced the launch of an offensive',
  )
})

test('a verb that only says that something was said is left out, and so is one before "that"', () => {
  expect(plainLine(wordsLine(statement('said', 'the border was closed')))).toBe(
    'according to The Daily Ledger: the border was closed',
  )
  expect(plainLine(wordsLine(statement('announced', 'that the border was closed')))).toBe(
    'according to The Daily Ledger: the border was closed',
  )
})

test('an outlet leads to its article only where that has an address of the web', () => {
  const source = { publisher: 'General debate', articleUrl: 'urn:onrecord:text:1' }

  expect(articleLink(source)).toBe('General debate')
  expect(articleLink({ ...source, articleUrl: 'https://debate.example/1' })).toEqual({
    link: 'General debate',
    to: 'https://debate.example/1',
  })
})
