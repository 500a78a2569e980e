import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readBook } from '../../src/position/book/read-book.ts'
import { starterBook } from '../../src/position/book/starter-book.ts'
import { topicBook } from '../../src/position/book/topic-book.ts'
import type { DocumentContext } from '../../src/position/topics/article-reading.ts'
import { explainTopic } from '../../src/position/topics/explain-topic.ts'

const book = topicBook(starterBook())
const topicsOf = (text: string, context?: DocumentContext) => book.assign(text, context).map(({ topic }) => topic)
/** An article of paragraphs, and what a statement in it is about. */
const inArticle = (title: string, paragraphs: readonly string[], statement: string) => {
  const text = paragraphs.join('\n')
  return book.assign(statement, { title, text, at: text.indexOf(statement) })
}
const idsIn = (...args: Parameters<typeof inArticle>) => inArticle(...args).map(({ topic }) => topic)

describe('a word is found in all its forms', () => {
  test.each([
    ['cease-fire', 'The cease-fire in Libya holds.', 'libya.ceasefire'],
    ['cease fire', 'The cease fire in Libya holds.', 'libya.ceasefire'],
    ['with an article between', 'The sanctions against the Russian economy stay.', 'russia.sanctions'],
    ['irregular verbs', 'They withdrew all mercenaries from Libya.', 'libya.foreign-forces'],
  ])('%s', (_what, text, topic) => {
    expect(topicsOf(text)).toEqual([topic])
  })

  test('a country by its people and its capital, from the table of countries', () => {
    expect(topicsOf('The Burmese generals must hand over power.')).toEqual(['myanmar'])
    expect(topicsOf('Pyongyang has to answer.')).toEqual(['korea'])
    expect(topicsOf('The ceasefire in Tripoli must hold.')).toEqual(['libya.ceasefire'])
  })

  test('two countries and a tie between them, in any order; of three countries the two that stand closer', () => {
    expect(topicsOf('The Russian embassy in Libya opens again.')).toEqual(['bilateral.russia-libya'])
    expect(topicsOf('Cairo and the Russian ministry coordinate their steps on Tripoli.')).toContain(
      'bilateral.russia-egypt',
    )
    expect(topicsOf('Cairo and the Russian ministry coordinate their steps on Tripoli.')).not.toContain(
      'bilateral.russia-libya',
    )
  })

  test('a body by its initials', () => {
    expect(topicsOf('The United Nations Support Mission in Libya does its work.')).toEqual(['libya.mediation'])
  })

  test('one is not on, and use is not us', () => {
    expect(topicsOf('Foreign officials cheered on China for years.')).not.toContain('taiwan')
  })
})

describe('a keyword that means something else does not count', () => {
  test.each([
    ['a place set aside', 'Unlike in Libya, nobody fires here.'],
    ['a comparison', 'Things are far better than in Syria.'],
    ['what it is not about', 'This has nothing to do with Iran.'],
    ['a paper called after a place', 'He wrote it for the Kyiv Independent.'],
    ['a bank called after a place', 'The Bank of Palestine opens a branch.'],
    ['whose counterpart somebody is', 'He called his Iranian counterpart before lunch.'],
    ['who said something', 'The envoy for Syria said that tea was served.'],
    ['a title in quotation marks', 'He has written a book called “Peace in Libya”.'],
    ['a city where people meet', 'We look forward to talks in Tehran.'],
    ['sanctions by a country', 'We regret the sanctions imposed by Russia.'],
  ])('%s', (_what, text) => {
    expect(topicsOf(text)).toEqual([])
  })

  test('a figure of speech, whatever place stands beside it', () => {
    expect(topicsOf('Farmers in Ukraine are up in arms.')).toEqual(['ukraine'])
    expect(topicsOf('Libya begins a charm offensive.')).toEqual(['libya'])
  })

  test('but what stands beside such words does', () => {
    expect(topicsOf('Unlike in Libya, the ceasefire in Yemen holds.')).toEqual(['yemen'])
    expect(topicsOf('We support the sanctions on Russia.')).toEqual(['russia.sanctions'])
  })
})

describe('the article tells what a general word is about', () => {
  const libya = 'Envoys spoke of Libya for an hour.'

  test('the paragraph before the title', () => {
    const text = ['Libya was named first.', 'On Syria she said: “The political process must go on.”']

    expect(idsIn('A day of talks on Libya', text, 'The political process must go on.')).toEqual(['syria.settlement'])
  })

  test('the title before what is named elsewhere', () => {
    const text = ['Syria, Syria and Syria again.', 'He said that the elections must be held.']

    expect(idsIn('Talks on Libya', text, 'the elections must be held')).toEqual(['libya.elections'])
  })

  test('the place that a word is tied to, where a sentence names several', () => {
    expect(topicsOf('We speak of reconciliation in Yemen and of the Libyan elections.')).toEqual([
      'libya.elections',
      'yemen',
    ])
    expect(topicsOf('Syria and the Palestinian-Israeli settlement were discussed.')).toEqual(['palestine', 'syria'])
  })

  test('what is named often, where nothing else tells; once is not enough', () => {
    const text = ['Libya. Libyans. Libya.', 'He said that the elections must be held.']

    expect(idsIn('A day of talks', text, 'the elections must be held')).toEqual(['libya.elections'])
    expect(idsIn('A day of talks', [libya, text[1] as string], 'the elections must be held')).toEqual([])
  })

  test('a sentence without a keyword is about what its paragraph speaks of, if the article is too', () => {
    const text = ['The foreign forces in Libya have to leave.', 'We will take part in this work with others.']
    const statement = 'We will take part in this work with others.'

    expect(idsIn('Foreign forces to leave Libya', text, statement)).toEqual(['libya.foreign-forces'])
    expect(idsIn('The day in short', text, statement)).toEqual([])
  })

  test('a scrap, or words about oneself, are about nothing', () => {
    const text = [
      'The foreign forces in Libya have to leave.',
      'That question. I have a low voice, these people tell me.',
    ]

    expect(idsIn('Foreign forces to leave Libya', text, 'That question.')).toEqual([])
    expect(idsIn('Foreign forces to leave Libya', text, 'I have a low voice, these people tell me.')).toEqual([])
  })
})

describe('each assignment says why', () => {
  test.each([
    ['its own words', 'Libyan elections', [], 'The Paris Agreement stays.', 'because it says “Paris Agreement”'],
    ['its own place', 'A day', [], 'The truce in Libya holds.', 'because it says “truce”, and it names “Libya”'],
    [
      'the title',
      'Talks on Libya',
      [],
      'The truce must hold.',
      "because it says “truce”, and the article's title names “Libya”",
    ],
    [
      'the paragraph before',
      'Foreign forces to leave Libya',
      ['Foreign forces in Libya have to leave.'],
      'These steps have to be taken in order.',
      'because the article is about it, and the words around it name “Foreign forces”',
    ],
  ])('%s', (_what, title, before, statement, why) => {
    const [first] = inArticle(title, [...before, statement], statement)

    expect(first === undefined ? null : explainTopic(first)).toBe(why)
  })

  test('in words cut from the text', () => {
    const places = fc.constantFrom('Libya', 'the ceasefire', 'Iran', 'cease-fire', '“', 'NATO', 'élections', '\u0000')
    fc.assert(
      fc.property(fc.array(fc.oneof(places, fc.string()), { maxLength: 12 }), (parts) => {
        const text = parts.join(' ')
        for (const { words } of book.assign(text, { title: text, text, at: 0 })) {
          for (const one of words) expect(text).toContain(one)
        }
      }),
    )
  })
})

describe('odd and hostile text gets a calm answer', () => {
  test.each([
    ['nothing', ''],
    ['one word', 'Libya'],
    ['other scripts', 'ليبيا والانتخابات Ливия и выборы 利比亚选举'],
    ['NUL bytes', '\u0000Libya\u0000 elections\u0000'],
    ['lone surrogates', '\uD800Libya\uDC00 elections'],
  ])('%s', (_what, text) => {
    expect(() => book.assign(text, { title: text, text, at: 5 })).not.toThrow()
  })

  test('a megabyte of keywords, quotation marks or spaces is read in time', () => {
    const start = performance.now()
    for (const piece of ['Libya ceasefire ', '“called ', 'the envoy for ', '     ', 'aaaa', 'Unlike the the the ']) {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length))
      book.assign(text, { title: text, text, at: 500_000 })
    }

    expect(performance.now() - start).toBeLessThan(20_000)
  })

  test('keywords with the signs of regular expressions are words like others', () => {
    const odd = topicBook(
      readBook(`- { id: odd, label: Odd, keywords: ['(a+)+$', 'C++ [x]', '.*', '5+5'], excludes: ['\\d'] }`),
    )

    expect(odd.assign('The 5+5 met.').map(({ words }) => words)).toEqual([['5+5']])
    expect(odd.assign('Anything at all.')).toEqual([])
  })

  test('a place in the text beyond its end is no place', () => {
    expect(book.assign('We agree on all of it today.', { title: 'Libya', text: 'Libya', at: 99_999 })).toEqual([])
  })
})
