import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const LAUNCHER = join(import.meta.dirname, '../../src/launch.js')

/** An empty folder to work in, without any configuration. */
async function desk() {
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-cli-'))
  return {
    file: (name: string) => join(folder, name),
    write: (name: string, text: string) => writeFile(join(folder, name), text),
    read: (name: string) => readFile(join(folder, name), 'utf8'),
    /** Runs the command line as an operator does: a process of its own. */
    onrecord: (args: readonly string[], input = '') =>
      new Promise<{ code: number; out: string; err: string }>((resolve) => {
        const env = { PATH: process.env.PATH, LOG_LEVEL: 'silent' }
        const child = execFile(process.execPath, [LAUNCHER, ...args], { cwd: folder, env }, (error, out, err) => {
          resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 99, out, err })
        })
        child.stdin?.end(input)
      }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

const SPEECH = {
  id: 's1',
  date: '2026-10-04',
  title: 'Talvia speaks',
  text: 'LUMEN, October 4. The Russian foreign minister, Sergey Lavrov, met Ana Petrov of Talvia. Ana Petrov said that the bridge over the sound would stay free of toll.',
}

describe('the command line', () => {
  test('explains itself, every verb too, and tells wrong usage from refused input', async () => {
    await using at = await desk()

    const [all, one, version, unknown, option, missing] = await Promise.all([
      at.onrecord(['--help']),
      at.onrecord(['digest', '--help']),
      at.onrecord(['--version']),
      at.onrecord(['statments']),
      at.onrecord(['statements', '--formt', 'text']),
      at.onrecord(['statements', 'nowhere.txt']),
    ])
    const verbs = [...all.out.matchAll(/^ {2}([a-z-]+) {2}/gm)].map(([, name]) => name ?? '')

    expect(verbs).toEqual([
      ...['start', 'parse-feed', 'read-article', 'statements', 'compare', 'ingest', 'ask', 'llm', 'digest', 'manifest'],
      ...['book', 'opml', 'subscriptions', 'backup', 'restore', 'migrate', 'forget', 'doctor'],
    ])
    expect(one).toMatchObject({ code: 0, out: expect.stringMatching(/^usage: onrecord digest \[--since 24h\]/) })
    expect(unknown).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Did you mean statements?') })
    expect(version).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
    expect(option).toMatchObject({
      code: 2,
      err: expect.stringMatching(/no option --formt\. Did you mean --format\?\n/),
    })
    expect(missing).toMatchObject({ code: 1, out: '', err: 'onrecord statements: There is no file nowhere.txt.\n' })
  })

  test('finds statements in documents as they stream in, and names the line that is none', async () => {
    await using at = await desk()
    const text = 'Ana Petrov said: “The bridge stays open.”'

    const good = await at.onrecord(
      ['statements', '-', '--format', 'jsonl'],
      `${JSON.stringify({ id: 'a', text })}\n\n{"id":7,"text":""}\n`,
    )
    const bad = await at.onrecord(['statements', '-', '--format', 'jsonl'], '{"id":"a","text":"x"}\n{"id":')

    const lines = good.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(good.code).toBe(0)
    expect(lines.map(({ id }) => id)).toEqual(['a', 7])
    for (const { contentSpans, content } of lines[0].quotes) {
      expect(contentSpans.map(([start, end]: [number, number]) => text.slice(start, end)).join(' … ')).toBe(content)
    }
    expect(bad).toMatchObject({ code: 1, err: 'onrecord statements: Standard input, line 2: not JSON.\n' })
  })

  test('takes news in from disk, answers from it, copies it and puts the copy back', async () => {
    await using at = await desk()
    await at.write('news.jsonl', `${JSON.stringify(SPEECH)}\nnonsense\n`)

    const before = await at.onrecord(['ask', '/said Lavrov'])
    const taken = JSON.parse((await at.onrecord(['ingest', 'news.jsonl'])).out)
    const [answer, change, backup] = await Promise.all([
      at.onrecord(['ask', '/said text:bridge', '--json']),
      at.onrecord(['ask', '/feeds add https://example.com/rss']),
      at.onrecord(['backup', 'copy.db']),
    ])
    const twice = await at.onrecord(['backup', 'copy.db'])
    const restored = await at.onrecord(['restore', 'copy.db'])
    const after = await at.onrecord(['ask', '/said text:bridge'])

    expect(before).toMatchObject({ code: 1, err: expect.stringContaining('onrecord.db') })
    expect(taken).toMatchObject({ stored: 1, known: 0, refused: [expect.stringContaining('line 2')] })
    expect(JSON.parse(answer.out)[0].kind).toBe('heading')
    expect(change.out).toMatch(/channel of your team|only look/)
    expect([backup.code, twice.code, restored.code]).toEqual([0, 1, 0])
    expect(after.out).toContain('stay free of toll')
  }, 120_000)

  test('gives out what people made as files, and takes it back', async () => {
    await using at = await desk()
    await at.write(
      'feeds.opml',
      '<opml version="2.0"><body><outline text="News"><outline text="Talvia" xmlUrl="https://talvia.example/rss"/></outline></body></opml>',
    )

    const added = JSON.parse((await at.onrecord(['opml', 'import', 'feeds.opml'])).out)
    await at.write('bad.yaml', 'nonsense: [')
    const [opml, book, subscriptions] = await Promise.all([
      at.onrecord(['opml', 'export', '-']),
      at.onrecord(['book', 'export', 'book.yaml']),
      at.onrecord(['subscriptions', 'export', '-']),
    ])
    const unchanged = JSON.parse((await at.onrecord(['book', 'import', 'book.yaml'])).out)
    const refused = await at.onrecord(['book', 'import', 'bad.yaml'])

    expect(added).toEqual({ added: ['https://talvia.example/rss'] })
    expect(opml.out).toContain('xmlUrl="https://talvia.example/rss"')
    expect(book.err).toContain('Written to book.yaml')
    expect(unchanged).toEqual({ added: [], changed: [], removed: [], positions: 0 })
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('Nothing was changed') })
    expect(JSON.parse(subscriptions.out)).toEqual([])
  }, 120_000)

  test('prints what to register, and says how things are', async () => {
    await using at = await desk()

    const [slackOut, discordOut, doctor] = await Promise.all([
      at.onrecord(['manifest', 'slack']),
      at.onrecord(['manifest', 'discord']),
      at.onrecord(['doctor']),
    ])
    const slack = JSON.parse(slackOut.out)
    const discord = JSON.parse(discordOut.out)

    expect(slack.features.slash_commands[0].command).toBe('/onrecord')
    expect(discord.map(({ name }: { name: string }) => name)).toContain('said')
    expect(doctor.code).toBe(0)
    expect(
      doctor.out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).check),
    ).toEqual(expect.arrayContaining(['node', 'database', 'slack']))
  }, 120_000)
})
