import { describe, expect, test } from 'vitest'
import { morning } from '../../digests/morning.ts'
import type { ArticleId } from '../../src/article/article.ts'
import { silentLog } from '../../src/base/log.ts'
import { tally } from '../../src/base/tally.ts'
import type { Brief } from '../../src/brief/brief.ts'
import { briefBlocks } from '../../src/brief/brief-blocks.ts'
import { citationOf } from '../../src/brief/citation.ts'
import { clockWords, dayWords, minuteWords, weekdayWords } from '../../src/brief/day-words.ts'
import type { DigestMatter } from '../../src/brief/define-digest.ts'
import { mayPost } from '../../src/brief/may-post.ts'
import { verifyDigest } from '../../src/brief/verify-digest.ts'
import { type Block, plainText } from '../../src/chat/blocks.ts'
import { shownWords } from '../../src/chat/clean-text.ts'
import { type DateLanguage, suggestDateLanguages } from '../../src/chat/date-language.ts'
import { discordMessages } from '../../src/discord/discord-messages.ts'
import { renderBlocks } from '../../src/slack/render-blocks.ts'
import { FROM_THE_RIGHT, inALine, WRITTEN } from '../support/date-tables.ts'
import { seen } from '../support/discord-people.ts'
import { pairs, roster, writtenOf } from '../support/invented-briefs.ts'

const written = pairs.map(writtenOf)
const articles = new Map(written.flatMap((one) => [...one.articles]))
const deps = { articles: { get: async (id: ArticleId) => articles.get(id) ?? null }, roster, log: silentLog }
const mayBePosted = (brief: Brief, blocks: readonly Block[], dates: DateLanguage) =>
  mayPost(brief, blocks, { ...deps, heldBack: tally(), dates })

/** A brief with words of before, said on another day. */
const { brief } = written.find(
  ({
    brief: {
      items: [item],
    },
  }) => {
    const { earlier, statement, change } = item ?? {}
    return change?.label === 'reversed' && earlier != null && statement?.form === 'direct'
  },
) as (typeof written)[number]
const [{ statement }] = brief.items as [Brief['items'][number]]

/** The brief as if its words had been said on that day. */
function saidOn(on: string, precision: 'day' | 'month' | 'year' = 'day'): Brief {
  const items = brief.items.map((item) => ({
    ...item,
    change: { ...item.change, saidOn: on },
    statement: { ...item.statement, on, saidOn: { on, precision, basis: 'text' as const } },
  }))
  return { ...brief, items }
}

/** Blocks in which other words stand for these wherever they do, as a mistake of ours would have it. */
function misprinted(blocks: readonly Block[], words: string, others: string): readonly Block[] {
  return JSON.parse(JSON.stringify(blocks).replaceAll(words, others))
}

describe('dates in the language of a desk', () => {
  test.each(WRITTEN)('%s: %s, %s, %s', (language, day, month, year) => {
    expect(dayWords('2021-10-04', language)).toBe(inALine(language, day))
    expect(dayWords('2021-10-01', language, 'month')).toBe(inALine(language, month))
    expect(dayWords('2021-01-01', language, 'year').replace(/[\u2068\u2069]/g, '')).toBe(year)
  })

  test.each(WRITTEN)(
    '%s: a brief has it as %s on Slack and on Discord, and passes the verifier',
    async (language, day) => {
      const told = saidOn('2021-10-04')
      const blocks = briefBlocks(told, language)
      const slack = JSON.stringify(renderBlocks(blocks))
      const discord = discordMessages(blocks, { team: 1, key: 'k' }).messages.map((one) =>
        seen({ ...(one as object), id: '' }),
      )

      expect(slack).toContain(`said ${inALine(language, day)}`)
      expect(JSON.stringify(discord).replaceAll('\\\\', '')).toContain(inALine(language, day))
      expect(await mayBePosted(told, blocks, language)).toBe(true)
    },
  )

  test.each([...FROM_THE_RIGHT])(
    'from the right, in %s, stay by themselves in links, menus and headings too',
    (language) => {
      const day = dayWords('2021-10-04', language)
      const blocks: readonly Block[] = [
        { kind: 'heading', text: `As of ${day}` },
        {
          kind: 'list',
          items: [['Ana Petrov: ', { link: day, to: 'https://ledger.example/1' }, { faint: ` · ${day}` }]],
        },
        { kind: 'menu', prompt: 'One of these', choices: [{ label: `Ana Petrov, ${day}`, command: '/card 1' }] },
      ]
      const slack = JSON.stringify(renderBlocks(blocks).map((message) => message.blocks))
      const discord = JSON.stringify(discordMessages(blocks, { team: 1, key: 'k' }).messages)

      expect(day).toMatch(/^\u2068.*\u2069$/)
      expect(slack.split(day)).toHaveLength(5)
      expect(discord.replaceAll('\\\\', '').split(day)).toHaveLength(5)
    },
  )

  test('without a language, and in English, they read as ever', () => {
    expect(dayWords('2021-10-04', undefined)).toBe('4 October 2021')
    expect(briefBlocks(brief, 'en')).toEqual(briefBlocks(brief))
  })

  test('the days of a desk far from Greenwich are those of the words', () => {
    expect(dayWords('2021-12-31', 'de')).toBe('31. Dezember 2021')
    expect(clockWords(new Date('2021-12-31T23:30:00Z'), 'Asia/Tokyo', 'de')).toBe('1. Januar 2022 um 08:30')
    expect(minuteWords(new Date('2021-10-04T07:30:00Z'), 'UTC', 'fr')).toBe('4 octobre 2021 à 07:30 UTC')
  })

  test('years are those of the Gregorian calendar also where another is kept', () => {
    for (const language of ['th', 'fa', 'ar-SA'])
      expect(dayWords('2021-10-04', language).normalize('NFKD')).toMatch(/2021|٢٠٢١|۲۰۲۱/)
  })

  test('in every language that is suggested are printed by the doors as they are', () => {
    const zone = 'Asia/Tokyo'
    for (const { value } of suggestDateLanguages('')) {
      for (let day = 0; day < 365; day += 9) {
        const at = new Date(Date.UTC(2021, 0, 1 + day, 21, 30))
        const on = at.toISOString().slice(0, 10)
        for (const words of [
          ...(['day', 'month', 'year'] as const).map((precision) => dayWords(on, value, precision)),
          ...[clockWords(at, zone, value), weekdayWords(at, zone, value) ?? ''],
        ]) {
          // Where a line of Khmer may break is left to the screen.
          const seen = words.replaceAll('\u200b', '')
          expect(shownWords(words), value).toBe(seen)
          expect(shownWords(`said ${words} · here`), value).toBe(`said ${seen} · here`)
        }
      }
    }
  })

  test('no word that was said changes with it, and no line of ours but its dates', () => {
    const quotes = (blocks: readonly Block[]) => blocks.filter(({ kind }) => kind === 'quote')

    expect(quotes(briefBlocks(brief, 'ru'))).toEqual(quotes(briefBlocks(brief)))
  })

  test('the line that an editor pastes stays English', () => {
    expect(citationOf(statement, roster)).toContain(dayWords(statement.on, 'en'))
  })
})

const LANGUAGES = WRITTEN.map(([language]) => language)
/** Another day, another month, another year: each by itself. */
const OTHER_DAYS = ['2021-10-05', '2021-11-04', '2022-10-04']

describe('a wrong date', () => {
  test.each(LANGUAGES)('is refused in %s as it is in English', async (language) => {
    const told = saidOn('2021-10-04')
    const blocks = briefBlocks(told, language)

    for (const other of OTHER_DAYS) {
      const wrong = misprinted(blocks, dayWords('2021-10-04', language), dayWords(other, language))
      expect(wrong).not.toEqual(blocks)
      expect(await mayBePosted(told, wrong, language), other).toBe(false)
    }
  })

  test.each(LANGUAGES)('is refused in %s where only the month of the words is known', async (language) => {
    const told = saidOn('2021-10-01', 'month')
    const blocks = briefBlocks(told, language)
    const wrong = misprinted(
      blocks,
      dayWords('2021-10-01', language, 'month'),
      dayWords('2021-11-01', language, 'month'),
    )

    expect(wrong).not.toEqual(blocks)
    expect(await mayBePosted(told, blocks, language)).toBe(true)
    expect(await mayBePosted(told, wrong, language)).toBe(false)
  })

  test.each(LANGUAGES)('is refused in %s in a digest', async (language) => {
    const items = saidOn('2021-10-04').items
    const window = { from: new Date('2021-10-03T08:00:00Z'), until: new Date('2021-10-05T08:00:00Z') }
    const matter: DigestMatter = { window, zone: 'UTC', dates: language, items, statements: [] }
    const blocks = morning.sections.flatMap((section) => section(matter))
    const faultsOf = async (printed: readonly Block[]) =>
      (await verifyDigest(printed, matter, deps)).map(({ kind }) => kind)

    expect(await faultsOf(blocks)).toEqual([])
    for (const other of ['2021-10-14', ...OTHER_DAYS])
      expect(
        await faultsOf(misprinted(blocks, dayWords('2021-10-04', language), dayWords(other, language))),
        other,
      ).toContain('source')
  })

  test.each(['mn', 'my', 'ne'])('is refused in %s, where the day stands last, in a digest', async (language) => {
    const items = saidOn('2021-10-01').items
    const window = { from: new Date('2021-10-01T08:00:00Z'), until: new Date('2021-10-02T08:00:00Z') }
    const matter: DigestMatter = { window, zone: 'UTC', dates: language, items, statements: [] }
    const blocks = morning.sections.flatMap((section) => section(matter))
    const wrong = misprinted(blocks, dayWords('2021-10-01', language), dayWords('2021-10-14', language))

    expect(wrong).not.toEqual(blocks)
    expect(await verifyDigest(blocks, matter, deps)).toEqual([])
    expect((await verifyDigest(wrong, matter, deps)).map(({ kind }) => kind)).toContain('source')
  })

  test('of right briefs none is held back because of the language of its dates', async () => {
    for (const language of ['de', 'ru', 'ar', 'zh', 'vi']) {
      for (const one of written)
        expect(
          await mayBePosted(one.brief, briefBlocks(one.brief, language), language),
          plainText(briefBlocks(one.brief, language)),
        ).toBe(true)
    }
  })
})
