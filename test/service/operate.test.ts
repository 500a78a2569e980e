import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../../src/base/config.ts'
import { lockService } from '../../src/base/database/service-lock.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { operate } from '../../src/service/operate.ts'

/** The verbs of the command line over a database of their own, in this process. */
async function office() {
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-office-'))
  const file = join(folder, 'onrecord.db')
  const verbs = operate(readConfig({ DATABASE_FILE: file, LOG_LEVEL: 'silent' }))
  return {
    ...verbs,
    file,
    files: () => readdir(folder),
    /** As a running service holds it. */
    serve: () => lockService({ file }),
    ingest: async (name: string, text: string) => {
      const path = join(folder, name)
      await writeFile(path, text)
      await using ingester = await verbs.openIngester()
      return { ...(await ingester.ingest(path, null)), words: await ingester.finish() }
    },
    ask: async (line: string) => {
      await using open = await verbs.openBook()
      return plainText((await open.book.answerLine(line, open.request)).blocks)
    },
    forget: async (kind: 'url' | 'team' | 'speaker', value: string) => {
      await using open = await verbs.openForgetter()
      return await open.forget({ kind, value })
    },
    imported: async (name: 'opml' | 'subscriptions', text: string) => {
      await using open = await verbs.openExchange(name, 'work')
      return await open.imported(text, { isDry: false })
    },
    exported: async (withSecrets: boolean) => {
      await using open = await verbs.openExchange('opml', 'look')
      return await open.exported({ withSecrets })
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

const line = (day: number, words: string) =>
  JSON.stringify({
    id: String(day),
    url: `https://ledger.example/${day}`,
    date: `2026-10-0${day}`,
    title: 'News from Talvia',
    text: `LUMEN. The foreign ministers met for the ${day}. time. Sergey Lavrov said ${words}.`,
  })
const NEWS = line(1, 'that he had arrived in Lumen with a delegation')

describe('news from disk', () => {
  test('is read to its end where no service runs', async () => {
    await using at = await office()

    const taken = await at.ingest('news.jsonl', NEWS)

    expect(taken).toEqual({ stored: 1, known: 0, refused: [], words: null })
    expect(await at.ask('/said Lavrov')).toContain('arrived in Lumen with a delegation')
  })

  test('is handed to a running service: its articles are stored and the reading of them is on the list of work', async () => {
    await using at = await office()
    await at.keeper.migrate()

    {
      await using _ = await at.serve()
      const taken = await at.ingest('news.jsonl', NEWS)
      expect(taken).toMatchObject({ stored: 1, words: expect.stringContaining('running service') })
      expect(await at.ask('/said Lavrov')).toContain('Nothing on record')
    }

    // Whoever is alone next works the list off, also what a crash left of it.
    expect(await at.ingest('news.jsonl', NEWS)).toMatchObject({ stored: 0, known: 1 })
    expect(await at.ask('/said Lavrov')).toContain('arrived in Lumen')
  })

  test('that is no text is refused by name, and the other files are taken', async () => {
    await using at = await office()
    const binary = Array.from({ length: 3_000 }, (_, index) => String.fromCharCode(index % 32)).join('')

    expect(await at.ingest('photo.jpg', binary)).toMatchObject({
      stored: 0,
      refused: [expect.stringMatching(/photo\.jpg is no text/)],
    })
    expect(await at.ingest('empty.txt', '')).toMatchObject({ refused: ['empty.txt: no text.'] })
  })

  test('without a date is told to have none, never to be of the day on which it was read, and a day to come is refused', async () => {
    await using at = await office()
    const dated = JSON.parse(NEWS) as Record<string, string>
    const { date: _, ...undated } = dated

    const taken = await at.ingest('a.jsonl', JSON.stringify(undated))
    expect(taken).toMatchObject({ stored: 1 })
    const answer = await at.ask('/said Lavrov')
    expect(answer).toMatch(/Lavrov, on or before \d+ \w+ \d{4} \(the article has no date\)/)
    expect(answer).toMatch(/ledger\.example\S*, no date, read \d+ \w+ \d{4}/)

    const later = await at.ingest(
      'b.jsonl',
      JSON.stringify({ ...dated, url: 'https://ledger.example/b', date: '2931-01-01' }),
    )
    expect(later).toMatchObject({ stored: 0, refused: [expect.stringContaining('"date" is a day to come')] })
  })
})

describe('looking at a database', () => {
  test('makes none where there is none: it is said what to do', async () => {
    await using at = await office()

    await expect(at.openBook()).rejects.toMatchObject({ explanation: expect.stringMatching(/start the service once/) })
    await expect(at.openForgetter()).rejects.toMatchObject({ code: 'service/no-database' })
    expect((await at.keeper.pending()).length).toBeGreaterThan(5)

    expect(await at.files()).toEqual([])
  })

  test('refuses one of another version, to read and to write, and lets go of it', async () => {
    await using at = await office()
    await at.keeper.migrate()
    const steps = (sql: string) => {
      const db = new DatabaseSync(at.file)
      db.exec(sql)
      db.close()
    }

    steps("insert into kysely_migration values ('2999-01-01-future-1', '2999')")
    const newer = { code: 'database/newer' }
    await expect(at.openBook()).rejects.toMatchObject(newer)
    await expect(at.openIngester()).rejects.toMatchObject(newer)
    await expect(at.keeper.pending()).rejects.toMatchObject(newer)

    steps("delete from kysely_migration where name like '2999%' or name like '%-chat-%'")
    await expect(at.openBook()).rejects.toMatchObject({ code: 'service/older-database' })
    // The lock is free again: nobody was left behind holding it.
    await (await at.serve())[Symbol.asyncDispose]()
  })
})

describe('what is forgotten', () => {
  test('takes the labels that rested on it along: what is left is set against the record again', async () => {
    await using at = await office()
    const words = 'that all foreign troops must leave Libya'
    await at.ingest('news.jsonl', [line(1, words), line(5, words)].join('\n'))
    const before = await at.ask('/stance Lavrov Libya')

    expect(await at.forget('url', 'https://ledger.example/1?utm_source=mail')).toEqual({ statements: 1, articles: 1 })

    const after = await at.ask('/stance Lavrov Libya')
    expect(before).toMatch(/since 1 October 2026[\s\S]*New on record/)
    expect(after).toMatch(/since 5 October 2026/)
    expect(after).not.toMatch(/1 October/)
    const db = new DatabaseSync(at.file, { readOnly: true })
    const labels = db.prepare('select distinct label, "supersededAt" from "positionChange"').all()
    db.close()
    expect(labels).toEqual([{ label: 'new', supersededAt: null }])
  })

  test('may be a team only while no service runs, which would go on writing for it', async () => {
    await using at = await office()
    await at.keeper.migrate()
    await using _ = await at.serve()

    await expect(at.forget('team', 'T1')).rejects.toMatchObject({ code: 'database/in-use' })
    await expect(at.forget('speaker', 'lavrov')).resolves.toEqual({ statements: 0 })
  })
})

describe('an export of the feeds', () => {
  const OPML = `<opml version="2.0"><body>
    <outline text="Open" xmlUrl="https://open.example/rss?format=xml"/>
    <outline text="Keyed" xmlUrl="https://paid.example/rss?token=canary"/>
    <outline text="In the path" xmlUrl="https://paid.example/u/canary0f3a9b1c2d4e5f6a7b/rss"/>
    <outline text="Words" xmlUrl="https://open.example/all-news-of-the-world-2026/rss"/>
  </body></opml>`

  test('leaves out addresses that let in whoever has them, and says so', async () => {
    await using at = await office()
    const added = await at.imported('opml', OPML)

    const plain = await at.exported(false)
    const all = await at.exported(true)

    expect(JSON.stringify(added)).not.toContain('canary')
    expect(JSON.stringify(plain)).not.toContain('canary')
    expect(plain.text).toContain('https://open.example/rss?format=xml')
    expect(plain.text).toContain('all-news-of-the-world-2026')
    expect(plain.words).toBe('2 feeds have secrets in their addresses and were left out; --with-secrets writes all.')
    expect(all.text.match(/canary/g)).toHaveLength(2)
  })
})

describe('a file of subscriptions', () => {
  const FILE = `- team: { platform: slack, id: T1, name: Newsroom }
  channel: C1
  kind: digest
  filter:
    speakers: [Sergey Lavrov]
    topics: []
    labels: [reversed, new]
    outlets: [The Daily Ledger]
    except: { topics: [], speakers: [], outlets: [Talvian Herald], labels: [reaffirmed] }
  createdBy: U1
  schedule:
    times: ["09:00", "17:30"]
    days: [mon, fri]
    zone: Africa/Tripoli
  whenEmpty: silent
  groupBy: speaker
- team: { platform: slack, id: T1, name: Newsroom }
  channel: C1/1700000000.000100
  kind: alerts
  filter: {}
  createdBy: U2
  gatherMinutes: 90
  atMostAnHour: 5
`
  async function written(at: Awaited<ReturnType<typeof office>>) {
    await using open = await at.openExchange('subscriptions', 'look')
    return (await open.exported({ withSecrets: false })).text
  }

  test('comes out as it went in, in another database too, and twice changes nothing', async () => {
    await using at = await office()
    await using other = await office()
    await at.keeper.migrate()
    await other.keeper.migrate()

    expect(await at.imported('subscriptions', FILE)).toEqual({ subscriptions: 2 })
    const first = await written(at)
    await at.imported('subscriptions', first)
    await other.imported('subscriptions', first)

    expect(await written(at)).toBe(first)
    expect(await written(other)).toBe(first)
    expect(first).toContain('groupBy: speaker')
    expect(first).toContain('gatherMinutes: 90')
    expect(first).toContain('C1/1700000000.000100')
  })

  test.each([
    ['a list of nothing', '[{"kind":"alerts"}]', 'line 1: entry 1, team'],
    ['no list', 'team: T1', 'line 1: it is not a list of subscriptions'],
    [
      'a speaker whom nobody knows',
      FILE.replace('Sergey Lavrov', 'Sergey Lavrof'),
      'line 5: there is no speaker "Sergey Lavrof"',
    ],
    [
      'an impossible time',
      FILE.replace('"17:30"', '"25:30"'),
      'line 12: entry 1, schedule, times, 1: a time of day is written "09:00"',
    ],
    [
      'an impossible zone',
      FILE.replace('Africa/Tripoli', 'Mars/Olympus'),
      'line 14: entry 1, schedule, zone: that is no time zone',
    ],
    [
      'a word that is no label',
      FILE.replace('labels: [reversed', 'labels: [reverse'),
      'line 7: entry 1, filter, labels, 0',
    ],
    [
      'a last entry that is wrong',
      FILE.replace('atMostAnHour: 5', 'atMostAnHour: 500'),
      'line 23: entry 2, atMostAnHour',
    ],
    ['broken YAML', FILE.replace('days: [mon, fri]', 'days: [mon, fri'), 'line 14'],
    ['aliases', `- &a [1]\n- *a`, 'line 1: it uses & and *'],
  ])('with %s is refused with its line, and nothing of it is kept', async (_, text, words) => {
    await using at = await office()
    await at.keeper.migrate()

    await expect(at.imported('subscriptions', text)).rejects.toMatchObject({
      explanation: expect.stringContaining(words),
    })
    expect(await written(at)).toBe('[]\n')
  })
})
