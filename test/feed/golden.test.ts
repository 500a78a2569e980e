import { afterAll, expect, test } from 'vitest'
import { AppError } from '../../src/base/errors.ts'
import { type FeedHints, parseFeed } from '../../src/feed/parse-feed.ts'
import { openSecondReader } from '../../src/feed/second-reader.ts'
import { goldenCases, isRewriting } from '../support/golden.ts'

const secondReader = openSecondReader()
afterAll(() => secondReader[Symbol.asyncDispose]())

test.each(goldenCases('feed').map((one) => [one.name, one.about, one] as const))('%s: %s', async (_, __, one) => {
  const outcome = await read(one.input, one)

  if (isRewriting) one.rewrite(outcome)
  else expect(outcome).toEqual(one.expected)
})

async function read(bytes: Uint8Array, hints: FeedHints): Promise<unknown> {
  try {
    return JSON.parse(JSON.stringify(await parseFeed(bytes, hints, { secondReader })))
  } catch (error) {
    if (error instanceof AppError) return { refused: error.code, explanation: error.explanation }
    throw error
  }
}
