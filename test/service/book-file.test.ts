import { readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { silentLog } from '../../src/base/log.ts'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { readBook, writeBook } from '../../src/position/book/read-book.ts'
import { rereadAll } from '../../src/position/book/reread-book.ts'
import { updatePosition } from '../../src/position/update-position.ts'
import { bookFile } from '../../src/service/book-file.ts'
import { openHouse } from '../../src/service/open-house.ts'
import { BOOK, HAROUN, newsroom } from '../position/newsroom.ts'
import { handClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'
import { isRewriting } from '../support/golden.ts'
import { request } from '../support/requests.ts'
import { articleOf, foundIn } from '../support/statements.ts'

const GOLDEN = new URL('../golden/book/tamazia/expected.yaml', import.meta.url)

/** What must come out; written first where that is asked for, and then read like code. */
function golden(text: string): string {
  if (isRewriting) writeFileSync(GOLDEN, text)
  return readFileSync(GOLDEN, 'utf8')
}

async function office() {
  const db = await testDatabase()
  const { roster } = await newsroom(db)
  const clock = handClock('2026-11-20T12:00:00Z')
  const addFeed = () => Promise.reject(new Error('no network'))
  const house = openHouse({ db, roster, shippedBook: readBook(BOOK), addFeed, clock, log: silentLog })
  const red = await house.teams.teamOf('slack', 'T-RED', 'Red desk')
  const file = bookFile({ house, here: red, isAlone: true, [Symbol.asyncDispose]: async () => undefined } as never)
  type More = { readonly team?: TeamId; readonly form?: 'direct' | 'mixed' }
  const say = async (words: string, on: string, { form = 'direct', ...more }: More = {}) => {
    const content = form === 'direct' ? `“${words}”` : words
    const article = articleOf(`${content}, Nadia Haroun said on Tamazia.`, {
      ...{ url: `https://ledger.example/${on}`, publishedAt: new Date(`${on}T09:00:00Z`) },
      ...more,
    })
    const found = foundIn(article, content, { by: 'Nadia Haroun', form, speaker: HAROUN })
    const book = await house.topics.bookOf(article.team)
    const ids = await house.statements.save(article, [found], ({ content }) =>
      book.withWider(book.assign(content, article).map(({ topic }) => topic)),
    )
    const statements = { read: house.statements.read, ofArticle: house.statements.statementsOfArticle }
    const changes = []
    for (const id of ids) changes.push(...(await updatePosition(id, { ...house, statements, clock })))
    return changes
  }
  return {
    house,
    red,
    say,
    exported: async (team?: string) => (await file.exported({ withSecrets: false, team })).text,
    imported: async (text: string, team?: string) => await file.imported(text, { team, isDry: false }),
    dry: async (text: string, team?: string) => await file.imported(text, { team, isDry: true }),
    read: async (line: string, team: TeamId) =>
      plainText((await house.book.answerLine(line, request({ platform: 'terminal', team }))).blocks),
    [Symbol.asyncDispose]: () => db[Symbol.asyncDispose](),
  }
}

/** The invented book with one entry of a desk below the proposition about the withdrawal. */
const withSeed = (lines: Readonly<Record<string, string>> = {}, without: readonly string[] = []) => {
  const entry: Record<string, string> = {
    speaker: 'Nadia Haroun',
    stance: 'supports',
    since: '2024-05-02',
    words: 'All foreign forces must leave Tamazia',
    'said-on': '2024-05-02',
    outlet: 'The Velian Post',
    link: 'https://post.example/2024/forces',
    ...lines,
  }
  const written = Object.entries(entry)
    .filter(([key]) => !without.includes(key))
    .map(([key, value], at) => `${at === 0 ? '        - ' : '          '}${key}: ${value}`)
  return writeBook(readBook(BOOK)).replace(
    /(id: tamazia\.withdraw\n(?: {6}.*\n)+)/,
    (whole) => `${whole}      positions:\n${written.join('\n')}\n`,
  )
}

describe('a book as a file', () => {
  test('holds topics, propositions and who stands where, with words, day, outlet and link', async () => {
    await using at = await office()
    await at.say('All foreign forces must leave Tamazia', '2026-10-01')
    await at.say('The militia of Tamazia must disarm', '2026-10-02')

    expect(await at.exported()).toBe(golden(await at.exported()))
  })

  test('written and read again changes nothing, and is written the same', async () => {
    await using at = await office()
    await at.say('All foreign forces must leave Tamazia', '2026-10-01')
    await at.say('The militia of Tamazia must disarm “to the last rifle”', '2026-10-02', { form: 'mixed' })
    await at.imported(withSeed(), 'T-RED')
    for (const team of [undefined, 'T-RED']) {
      const text = await at.exported(team)

      expect(await at.imported(text, team)).toEqual({ added: [], changed: [], removed: [], positions: 0 })
      expect(await at.exported(team)).toBe(text)
    }
  })

  test('of a team is its own', async () => {
    await using at = await office()
    const own = `${writeBook(readBook(BOOK))}- { id: tamazia.fish, label: Fish, parent: tamazia, keywords: [herring] }\n`

    expect(await at.imported(own, 'T-RED')).toMatchObject({ added: ['tamazia.fish'] })

    expect(await at.exported('T-RED')).toContain('tamazia.fish')
    expect(await at.exported()).not.toContain('tamazia.fish')
    expect(await at.read('/topics history', at.red)).toContain('Imported a book: 1 topics added, 0 changed, 0 removed')
  })

  test('can be tried first: what would come of it is told, and nothing happens', async () => {
    await using at = await office()
    await at.say('The ferry to Tamazia must run', '2026-10-01')
    const own = `${withSeed()}- { id: tamazia.ferry, label: Ferry, parent: tamazia, keywords: [ferry] }\n`

    expect(await at.dry(own, 'T-RED')).toMatchObject({
      ...{ dryRun: true, added: ['tamazia.ferry'], positions: 1, come: 1, leave: 0, statementsLooked: 1 },
      examples: [{ speaker: 'Nadia Haroun', words: '“The ferry to Tamazia must run”' }],
    })
    expect(await at.exported('T-RED')).toBe(await at.exported())
  })
})

describe('what a desk knew before', () => {
  test('is what the next words are compared with, for that team alone', async () => {
    await using at = await office()
    expect(await at.imported(withSeed(), 'T-RED')).toMatchObject({ positions: 1 })

    const changes = await at.say('All foreign forces must leave Tamazia by 15 May', '2026-10-01')

    const labels = await Promise.all(
      changes.map(async (id) => {
        const change = await at.house.positions.get(at.red, id)
        return [change?.team === at.red ? 'red' : 'everybody', change?.label]
      }),
    )
    expect(labels).toEqual([
      ['everybody', 'new'],
      ['red', 'elaborated'],
    ])
  })

  test('is shown as entered by the desk, in quotation marks only where it is verbatim', async () => {
    await using at = await office()
    await at.imported(withSeed(), 'T-RED')
    await at.imported(withSeed({ reported: 'she has long been against any foreign base' }, ['words', 'link']), 'T-RED')

    const text = await at.read('/said "Nadia Haroun"', at.red)

    expect(text).toContain(
      '“All foreign forces must leave Tamazia”\nThe Velian Post (entered by your desk) (https://post.example/2024/forces)',
    )
    expect(text).toContain(
      'according to The Velian Post (entered by your desk): she has long been against any foreign base',
    )
    expect(await at.read('/said "Nadia Haroun"', PUBLIC)).toContain('Nothing on record')
  })

  test('raises no news, and is kept once', async () => {
    await using at = await office()
    await at.imported(withSeed(), 'T-RED')
    await at.imported(withSeed(), 'T-RED')

    expect(await at.house.positions.changesSince({ team: at.red, since: new Date(0) })).toEqual([])
    expect(await at.house.statements.find({ team: at.red, limit: 50 })).toHaveLength(1)
  })

  test('stays what the desk says when the book is changed', async () => {
    await using at = await office()
    await at.imported(withSeed({ stance: 'opposes' }), 'T-RED')
    const before = await at.read('/stance "Nadia Haroun" Tamazia', at.red)
    await at.imported(
      withSeed({ stance: 'opposes' }).replace('- withdrawal', '- withdrawal\n    - foreign base'),
      'T-RED',
    )
    await rereadAll(at.red, { ...at.house, clock: handClock() })

    expect(before).toContain('Opposes')
    expect(await at.read('/stance "Nadia Haroun" Tamazia', at.red)).toBe(before)
  })
})

describe('a file that cannot be used changes nothing, and says where and what to do', () => {
  test.each([
    [
      'an unknown speaker',
      withSeed({ speaker: 'Nadja Harun-Petrescu' }),
      /line \d+: nobody called "Nadja Harun-Petrescu" is known/,
    ],
    ['an unknown stance', withSeed({ stance: 'likes' }), /line \d+, entry 2, .*position 1, stance: .*"supports"/],
    ['a day that never was', withSeed({ since: '2024-02-31' }), /since: no such date; write the day as 2021-05-31/],
    ['a day to come', withSeed({ since: '2031-01-01', 'said-on': '2031-01-01' }), /since is a day to come/],
    ['a since after the words', withSeed({ since: '2025-01-01' }), /since is later than said-on/],
    ['words without a link', withSeed({}, ['link']), /need the link where they stand; without one write reported/],
    ['neither words nor report', withSeed({}, ['words']), /give either words .* or reported/],
    ['an address that is none', withSeed({ link: 'javascript:alert(1)' }), /not an address; write it whole/],
    [
      'a year that is a number',
      withSeed({ since: '2024' }),
      /since: expected string, received number \(write it between quotation marks\)/,
    ],
    [
      'an entry twice',
      withSeed().replace(/( {8}- speaker: (?:.*\n)+? {10}link: .*\n)/, '$1$1'),
      /the same position of Nadia Haroun stands in line/,
    ],
    [
      'a topic twice',
      `${BOOK}\n- { id: tamazia, label: Again, keywords: [x] }`,
      /line \d+: the topic tamazia is in it twice, first in line 2/,
    ],
    [
      'an unknown parent',
      '- { id: a, label: A, parent: aa, keywords: [x] }\n- { id: ab, label: B, keywords: [x] }',
      /line 1: .*not in it; did you mean/,
    ],
    [
      'a list that is none',
      '- { id: a, label: A, keywords: x }',
      /line 1, entry 1, keywords: expected array, received string \(write a list/,
    ],
    ['nothing', '', /not a list of topics, each beginning with "- id:"/],
    ['a billion laughs', 'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]', /uses & and \* to repeat itself/],
    ['a huge file', `- ${'x'.repeat(2_100_000)}`, /longer than two million characters/],
  ])('%s', async (_what, text, words) => {
    await using at = await office()
    const before = await at.exported('T-RED')

    await expect(at.imported(text, 'T-RED')).rejects.toMatchObject({ explanation: expect.stringMatching(words) })
    expect(await at.exported('T-RED')).toBe(before)
    expect(await at.house.statements.find({ team: at.red, limit: 9 })).toEqual([])
  })

  test('an unknown team', async () => {
    await using at = await office()

    await expect(at.exported('T-BLUE')).rejects.toMatchObject({
      explanation: expect.stringMatching(/Known: T-RED \(Red desk, slack\)/),
    })
  })

  test('any bytes at all', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          readBook(text)
        } catch (error) {
          expect(error).toMatchObject({ code: 'position/book' })
        }
      }),
    )
  })
})

const word = fc.stringMatching(/^[A-Za-z][a-z]{0,8}(?: [a-z"':#&*-]{1,8}){0,2}$/).map((text) => text.trim())
const slug = fc.stringMatching(/^[a-z][a-z0-9]{0,6}(?:-[a-z0-9]{1,4})?$/)

test('whatever the words, a book comes back from its file as it was', () => {
  const entries = fc.uniqueArray(
    fc.record({ id: slug, label: word, keywords: fc.array(word, { minLength: 1, maxLength: 3 }), sentence: word }),
    { selector: ({ id }) => id, maxLength: 6 },
  )
  fc.assert(
    fc.property(entries, (all) => {
      const topics = all.map(({ id, label, keywords }, at) => ({
        ...{ id, label, keywords, aliases: keywords.slice(1), excludes: [] },
        parent: at === 0 ? null : (all[at - 1]?.id ?? null),
      }))
      const propositions = all.map(({ id, sentence }) => ({ id: `${id}.p`, topic: id, sentence, scales: [] }))
      const book = { topics, propositions } as never

      expect(readBook(writeBook(book))).toEqual(book)
    }),
  )
})
