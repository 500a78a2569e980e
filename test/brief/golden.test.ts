import { describe, expect, test } from 'vitest'
import { PUBLIC } from '../../src/base/scope.ts'
import { briefBlocks } from '../../src/brief/brief-blocks.ts'
import { readBrief, writeBrief } from '../../src/brief/write-brief.ts'
import { plainText } from '../../src/chat/blocks.ts'
import type { FoundStatement } from '../../src/statement/statement.ts'
import { newsroom } from '../position/newsroom.ts'
import { testDatabase } from '../support/database.ts'
import { goldenCases, isRewriting } from '../support/golden.ts'

type Said = Pick<FoundStatement, 'form' | 'event'> & {
  readonly words: string
  readonly on: string
  readonly publisher?: string
  readonly url?: string
  readonly also?: readonly string[]
}

describe('briefs read as they did', () => {
  test.each(goldenCases('brief'))('$name', async (one) => {
    await using db = await testDatabase()
    const room = await newsroom(db)
    const articles = JSON.parse(new TextDecoder().decode(one.input)) as readonly Said[]

    const briefs = []
    for (const { words, on, ...more } of articles) {
      for (const change of await room.say(words, on, more)) briefs.push(...(await writeBrief(change, room)))
    }
    const texts = await Promise.all(
      [...new Set(briefs)].map(async (id) => {
        const brief = await readBrief(PUBLIC, id, room)
        return brief === null ? [] : plainText(briefBlocks(brief)).split('\n')
      }),
    )

    if (isRewriting) one.rewrite(texts)
    else expect(texts).toEqual(one.expected)
  })
})
