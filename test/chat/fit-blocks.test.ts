import { describe, expect, test } from 'vitest'
import { type Block, plainText } from '../../src/chat/blocks.ts'
import { fitBlocks } from '../../src/chat/fit-blocks.ts'
import { discordMessages } from '../../src/discord/discord-messages.ts'
import { renderBlocks } from '../../src/slack/render-blocks.ts'
import { randomAnswers } from '../support/random-answers.ts'

const END: readonly Block[] = [{ kind: 'buttons', buttons: [{ label: 'Show the rest', command: '/more answer:k' }] }]

/** Pages until nothing is left; `null` where a page does not fit or nothing goes on. */
function pagesOf(blocks: readonly Block[], fits: (blocks: readonly Block[]) => boolean) {
  const pages: (readonly Block[])[] = []
  for (let rest = blocks; rest.length > 0; ) {
    const fitted = fitBlocks(rest, END, fits)
    const isWhole = fitted.rest.length === 0
    if (!fits(isWhole ? fitted.shown : [...fitted.shown, ...END]) || fitted.shown.length === 0) return null
    pages.push(fitted.shown)
    rest = fitted.rest
  }
  return pages
}

const letters = (blocks: readonly Block[]) => plainText(blocks).replace(/[\s•]/g, '')
const buttonsIn = (blocks: readonly Block[]) =>
  blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons.map(({ command }) => command) : []))

describe('an answer that is too long', () => {
  test.each([
    ['Slack', (blocks: readonly Block[]) => renderBlocks(blocks).length <= 1],
    ['Discord', (blocks: readonly Block[]) => discordMessages(blocks, { team: 1, atMost: 99 }).messages.length <= 1],
  ])('is shown in parts that %s takes, which together are all of it', (_, fits) => {
    let [number, parted] = [0, 0]
    for (const blocks of randomAnswers(7)) {
      if (number === 150) break
      number += 1
      const pages = pagesOf(blocks, fits)

      expect(pages, `answer ${number}`).not.toBeNull()
      expect(letters(pages?.flat() ?? []), `answer ${number}`).toBe(letters(blocks))
      expect(buttonsIn(pages?.flat() ?? [])).toEqual(buttonsIn(blocks))
      if ((pages?.length ?? 0) > 1) parted += 1
    }
    expect(parted).toBeGreaterThan(10)
  })

  const long = (atMost: number) => (blocks: readonly Block[]) => plainText(blocks).length <= atMost

  test('keeps words with their speaker and source, and buttons with what they belong to', () => {
    const card = (speaker: string): readonly Block[] => [
      { kind: 'text', line: speaker },
      { kind: 'quote', line: 'word '.repeat(8) },
      { kind: 'note', line: 'Vessen Post' },
      { kind: 'buttons', buttons: [{ label: 'Cite', command: `/cite ${speaker}` }] },
    ]
    const all = ['Marenko', 'Tolvaj', 'Orsk'].flatMap(card)

    const { shown, rest } = fitBlocks(all, END, long(150))

    expect(shown).toEqual(['Marenko', 'Tolvaj'].flatMap(card))
    expect(rest).toEqual(card('Orsk'))
  })

  test('is cut between the items of a list and between words, never inside a link or a character', () => {
    const list: Block = { kind: 'list', items: ['one', 'two', 'three', 'four'] }
    expect(fitBlocks([{ kind: 'heading', text: 'Feeds' }, list], END, long(20))).toEqual({
      shown: [
        { kind: 'heading', text: 'Feeds' },
        { kind: 'list', items: ['one', 'two'] },
      ],
      rest: [{ kind: 'list', items: ['three', 'four'] }],
    })

    const quote: Block = { kind: 'quote', line: ['No toll ', { strong: 'before winter comes' }] }
    expect(fitBlocks([quote], END, long(17))).toEqual({
      shown: [{ kind: 'quote', line: ['No toll ', { strong: 'before ' }] }],
      rest: [{ kind: 'quote', line: [{ strong: 'winter comes' }] }],
    })

    const link = { link: 'Vessen Post', to: 'https://vessen.example/1' }
    const { shown, rest } = fitBlocks([{ kind: 'note', line: ['From the ', link] }], END, long(20))
    expect([...shown, ...rest].flatMap((block) => ('line' in block ? block.line : []))).toContainEqual(link)
    expect(fitBlocks([{ kind: 'text', line: '😀😀😀' }], END, long(3)).shown).toEqual([{ kind: 'text', line: '😀' }])
  })

  test('that fits is left as it is', () => {
    const blocks: readonly Block[] = [{ kind: 'text', line: 'No toll.' }]

    expect(fitBlocks(blocks, END, long(8))).toEqual({ shown: blocks, rest: [] })
  })
})
