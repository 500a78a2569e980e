import { expect, test } from 'vitest'
import { wordsToFind } from '../../src/chat/words-to-find.ts'
import { WHO_SAID_THIS } from '../../src/slack/hear-shortcut.ts'
import { slackHouse } from '../support/slack-house.ts'

test.each(['http', 'socket'] as const)('“Who said this?” looks a message’s quotation up, by %s', async (way) => {
  await using house = await slackHouse({ way })
  const text = 'Seen today: Marenko told us “The bridge &amp; the ferry stay open.” More at <https://vessen.example/1>'
  const [reply] = await (await house.people.choose(WHO_SAID_THIS, { text })).answered()

  expect(reply).toMatchObject({ response_type: 'ephemeral', replace_original: false })
  expect(reply?.text).toBe('Said with the words: The bridge the ferry stay open')
})

test('“Who said this?” on a picture says that there are no words', async () => {
  await using house = await slackHouse()
  const [reply] = await (await house.people.choose(WHO_SAID_THIS, { text: '' })).answered()

  expect(reply?.text).toBe('That message holds no words that I could look for.')
})

test.each([
  ['one two', 'one two'],
  ['"short" and "a longer quotation"', 'a longer quotation'],
  ['«Мост открыт», сказал Marenko', 'Мост открыт'],
  ['never “closed', 'never closed'],
  ['1 2 3 4 5 6 7 8 9 10 11 12 13 14', '1 2 3 4 5 6 7 8 9 10 11 12'],
  ['<!channel> ***', 'channel'],
])('the words to find in %j are %j', (text, words) => {
  expect(wordsToFind(text)).toBe(words)
})
