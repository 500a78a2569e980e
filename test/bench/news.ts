/** Invented news in any amount, the same for the same seed. */

/** 0 to 1, again and again. @see Mulberry32 */
export function chanceOf(seed: number): () => number {
  let state = seed + 0x6d2b79f5
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const SYLLABLES = 'ka lo mi ren tav dor sel vin gra pol ast emi zur bel nor fex'.split(' ')
const COMMON = 'the of and to in that said for on with was as by at from it is be has are will an not its'.split(' ')
const VOCABULARY = 8_000

/** Few words make up most of any text. */
function inventWord(chance: () => number): string {
  if (chance() < 0.45) return COMMON[Math.floor(chance() ** 2 * COMMON.length)] ?? 'the'
  let number = Math.floor(chance() ** 3 * VOCABULARY)
  let word = ''
  do {
    word += SYLLABLES[number % SYLLABLES.length]
    number = Math.floor(number / SYLLABLES.length)
  } while (number > 0)
  return word
}

function inventSentence(chance: () => number): string {
  const words = Array.from({ length: 12 + Math.floor(chance() * 16) }, () => inventWord(chance)).join(' ')
  const sentence = `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
  return chance() < 0.2 ? `"${sentence}"` : sentence
}

/** An article of some 400 words. */
export function inventNews(chance: () => number): string {
  return Array.from({ length: 8 + Math.floor(chance() * 5) }, () =>
    Array.from({ length: 2 }, () => inventSentence(chance)).join(' '),
  ).join('\n\n')
}

/** The article as another paper prints it: a line of its own, the end cut, some words changed. */
export function reprint(chance: () => number, text: string): string {
  const paragraphs = text.split('\n\n')
  const kept = paragraphs.slice(0, Math.max(4, Math.ceil(paragraphs.length * (0.5 + chance() / 2))))
  const edited = kept.map((paragraph) =>
    paragraph
      .split(/("[^"]*")/)
      .map((part) => (part.startsWith('"') ? part : editWords(chance, part)))
      .join(''),
  )
  return [inventSentence(chance).replaceAll('"', ''), ...edited].join('\n\n')
}

/** Editors change words, and never those between quotation marks. */
function editWords(chance: () => number, text: string): string {
  return text.replace(/\b\w{6,}\b/g, (word) => (chance() < 0.03 ? inventWord(chance) : word))
}

/** An RSS feed; every item has some sentences, with the markup that feeds have. */
export function inventFeed(chance: () => number, items: number, sentences: number): string {
  const list = Array.from({ length: items }, (_, index) => {
    const words = Array.from({ length: sentences * 2 }, () => inventSentence(chance)).join(' ')
    const key = Math.floor(chance() * 2 ** 32).toString(36)
    const day = new Date(Date.UTC(2026, 10, 20) - index * 3_600_000).toUTCString()
    return `<item><title>${inventSentence(chance)}</title><link>https://wire.example/news/${key}?utm_source=rss</link><guid isPermaLink="false">${key}</guid><pubDate>${day}</pubDate><dc:creator><![CDATA[Wire staff]]></dc:creator><description><![CDATA[<p>${words} <a href="/news/${key}">Read</a></p><img src="/i/${key}.jpg" alt="">]]></description></item>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Wire</title><link>https://wire.example/</link><description>News</description><ttl>15</ttl>${list.join('')}</channel></rss>`
}
