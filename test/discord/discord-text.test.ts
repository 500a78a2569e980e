import { expect, test } from 'vitest'
import { markdownPieces } from '../../src/discord/discord-text.ts'

/** What Discord would read of it: a backslash takes the meaning off the sign behind it. */
const isLive = (markdown: string, sign: RegExp) => sign.test(markdown.replace(/\\./g, '\0'))

test.each([
  ['an address', 'https://evil.example.com', /\w:\/\//],
  ['an emoji', ':smile:', /:\w+:/],
  ['an invitation', 'discord.gg/abcdef', /discord\.gg\//],
])('%s of a long text is dead wherever the text is cut', (_, foreign, sign) => {
  for (let before = 470; before <= 510; before += 1) {
    const text = `${'a'.repeat(before)}${foreign}${'b'.repeat(40)}`

    const pieces = markdownPieces(text, { oneLine: false })

    expect(pieces.length).toBeGreaterThan(1)
    expect(isLive(pieces.join(''), sign), `cut ${before}`).toBe(false)
    expect(pieces.join('').replaceAll('\\', '')).toBe(text)
  }
})
