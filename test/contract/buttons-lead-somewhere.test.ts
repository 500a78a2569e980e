import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { PUBLIC } from '../../src/base/scope.ts'
import { type Block, plainText } from '../../src/chat/blocks.ts'
import { parseLine, parseOptions } from '../../src/chat/parse-command.ts'
import type { TeamStore } from '../../src/chat/team-store.ts'
import { feedStore } from '../../src/feed/feed-store.ts'
import { commands } from '../../src/service/open-house.ts'
import { tellOwner } from '../../src/service/tell-owner.ts'
import { busyHouse } from '../support/busy-house.ts'
import { choicesIn, commandsIn } from '../support/command-house.ts'
import { request } from '../support/requests.ts'
import { team } from '../support/statements.ts'

const root = resolve(import.meta.dirname, '../..')
const files = globSync(['src/**/*.ts', 'commands/**/*.ts', 'digests/**/*.ts'], { cwd: root })
const names = commands.map(({ name }) => name)

/** What is wrong with a line that we offer; `null` if the real command book takes it as it stands. */
function faultOf(line: string): string | null {
  const parsed = parseLine(line)
  const command = parsed.kind === 'command' ? commands.find(({ name }) => name === parsed.name) : undefined
  if (parsed.kind !== 'command' || command === undefined) return `no command: ${line}`
  const read = parseOptions(parsed.rest, command.options as never)
  return read.kind === 'unknown key' ? `no option ${read.unknown[0]?.key}: ${line}` : null
}

/** Where a command is written down: `formatCommand('said', { … })`, or a line in quotes that begins with one. */
function writtenIn(file: string): readonly { readonly line: string; readonly name: string }[] {
  const text = readFileSync(resolve(root, file), 'utf8').replaceAll(/^\s*(?:\/\/|\*|\/\*).*$/gm, '')
  const made = [...text.matchAll(/formatCommand\(\s*'([\w-]+)',\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}/g)].map(
    ([, name = '', options = '']) => ({
      name,
      line: `/${name} ${keysOf(options)
        .map((key) => `${key}:x`)
        .join(' ')}`,
    }),
  )
  const quoted = [...text.matchAll(/(?<=['"`\s(:])\/([a-z]{3,20})((?: [^'"`\n$]*)?)(?=['"`$])/g)]
    .filter(([whole, name = '']) => names.includes(name) || /^\/[a-z]+ [a-z-]+:/.test(whole))
    // Several examples stand in one line: each ends where the next begins.
    .flatMap(([whole]) => whole.split(/, (?=\/)/))
    .map((line) => ({ line, name: parseLine(line).kind === 'command' ? (line.split(' ')[0]?.slice(1) ?? '') : '' }))
  return [...made, ...quoted]
}

/** The keys of an object as it is written; what is spread in is read where it is made. */
function keysOf(literal: string): readonly string[] {
  let flat = literal.replaceAll(/'[^']*'(?!\s*:)|`[^`]*`/g, '')
  while (/[({[][^(){}[\]]*[)}\]]/.test(flat)) flat = flat.replaceAll(/[({[][^(){}[\]]*[)}\]]/g, '')
  return flat
    .split(',')
    .map((part) => /^\s*'?([\w-]+)'?\s*(?::|$)/.exec(part)?.[1])
    .filter((key) => key !== undefined)
}

describe('every command that we offer is one that there is', () => {
  const written = files.flatMap((file) => writtenIn(file).map((one) => ({ ...one, file })))

  test('in every room: the command and each of its options are known', () => {
    expect(written.length).toBeGreaterThan(100)
    expect(new Set(written.map(({ file }) => file.split('/').slice(0, 2).join('/'))).size).toBeGreaterThan(15)
    expect(written.flatMap(({ line, file }) => (faultOf(line) === null ? [] : [`${file}: ${faultOf(line)}`]))).toEqual(
      [],
    )
  })

  test('the examples of the commands themselves, too', () => {
    const examples = commands.flatMap(({ examples }) => examples)

    expect(examples.map(faultOf).filter((fault) => fault !== null)).toEqual([])
  })

  test.each([
    ["formatCommand('said', { nonsense: 'x' })", '/said nonsense:x'],
    ["formatCommand('quiet', { topic: one.topic, ...more, until: `at` })", '/quiet topic:x until:x'],
  ])('a slip in one would be seen: %s', (code, line) => {
    const [, , options = ''] = /formatCommand\(\s*'([\w-]+)',\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}/.exec(code) ?? []
    const [name = ''] = line.slice(1).split(' ')

    expect(
      `/${name} ${keysOf(options)
        .map((key) => `${key}:x`)
        .join(' ')}`,
    ).toBe(line)
    expect(faultOf(line)).toBe(line.includes('nonsense') ? 'no option nonsense: /said nonsense:x' : null)
  })
})

/** Where there are others to share with. */
const AT_SLACK = { platform: 'slack' } as const

/** A look-up changes nothing, so the next button finds all as it was. */
const CHANGES =
  /^\/(?:subscribe|unsubscribe|correct|editors|settings|quiet) .|action:|again:|undo|^\/digest now|^\/share/

/** An answer that only says that it leads nowhere. */
const NOWHERE =
  /That was a lot at once|There is no command|does not know "|went wrong|I have no |There is no (?:subscription|topic|speaker)|no such|is none of them|I cannot read/

const FIRST: readonly string[] = [
  ...[
    '/said',
    '/said Petrov bridge',
    '/said bridge since:2020',
    '/stance Petrov bridge',
    '/stance Petrov bridge as-of:2026-10',
  ],
  ...['/history Petrov bridge', '/compare "Ana Petrov","Mihal Orlin" bridge', '/why', '/why at:09:00', '/why latest'],
  ...['/why digest:3', '/corrections', '/digest', '/digest preview since:30d', '/digest next', '/subscriptions'],
  ...['/subscriptions of:team', '/quiet', '/topics', '/topics the bridge', '/topics suggest', '/topics history'],
  ...[
    '/propositions bridge',
    '/propositions suggest',
    '/speakers',
    '/speakers Petrov',
    '/feeds',
    '/settings',
    '/editors',
  ],
  ...[
    '/start',
    '/home',
    '/help',
    '/help said',
    '/sbuscribe',
    '/zzzz',
    '/mute 24h',
    '/said topc:bridge',
    '/subscribe topic:brigde',
  ],
  ...['/quiet topic:bridge', '/unmute', '/digest priview', '/said Petrof bridge', '/subscribe at:24:00 topic:bridge'],
  ...[
    '/topics add label:Harbours keywords:harbour',
    '/propositions add topic:bridge sentence:"The bridge closes at night"',
  ],
]

/** What changes something and is begun by typing: its answer has buttons too. */
const FIRST_CHANGES: readonly string[] = [
  '/settings tz:Asia/Tokyo',
  '/settings my-tz:Asia/Tokyo',
  '/editors add <@U9>',
  '/speakers add alias:"Iron Ana" speaker:Petrov',
  '/subscribe topic:fish at:12:00',
  '/quiet for:24h',
  '/quiet from:22:00 to:07:00',
  '/quiet end',
  '/unsubscribe 2',
  '/unsubscribe topic:bridge',
  '/feeds add https://other.example/rss',
  '/subscriptions again:3',
  '/digest now',
]

describe('in a busy desk, every button and every entry of a menu leads somewhere', () => {
  test('those of answers, of posts and of notices, and those behind them', { timeout: 240_000 }, async () => {
    const faults: string[] = []
    const pressed = new Set<string>()
    const shapes = new Set<string>()
    const opensForm = new Set<string>()

    /** Presses all that can be reached by look-ups alone after some changes were made; what changes something is given back. */
    const explore = async (changes: readonly string[]): Promise<readonly string[]> => {
      await using house = await busyHouse()
      // Nobody is asked to slow down.
      const ask = async (line: string) => {
        house.clock.advance({ seconds: 5 })
        return await house.ask(line, AT_SLACK)
      }
      let last: readonly Block[] = []
      for (const line of changes) last = await ask(line)
      const open: string[] = []
      const further: string[] = []
      const offer = (blocks: readonly Block[]) => {
        for (const block of blocks)
          if (block.kind === 'buttons')
            for (const button of block.buttons) if (button.opensForm) opensForm.add(button.command)
        for (const command of [...commandsIn(blocks), ...choicesIn(blocks).map((one) => one.command)]) {
          const shape = shapeOf(command)
          if (pressed.has(command) || (CHANGES.test(command) && shapes.has(shape))) continue
          pressed.add(command)
          shapes.add(shape)
          if (CHANGES.test(command)) further.push(command)
          else open.push(command)
        }
      }
      const judge = async (line: string, blocks: readonly Block[]) => {
        const text = plainText(blocks)
        // What a form is opened with may still be wrong: the form says so at its field.
        const isForm = opensForm.has(line) && (await house.book.form(line, request(AT_SLACK), 'wished')) !== null
        if (text === '' || (!isForm && NOWHERE.test(text)))
          faults.push(`${[...changes, line].join(' > ')}: ${text.slice(0, 120)}`)
        for (const [told] of text.matchAll(/(?<=^|[\s(])\/[a-z]{3,20}(?: [a-z-]+:\S+)*/g))
          if (faultOf(told) !== null) faults.push(`${line} tells of ${faultOf(told)}`)
      }
      if (changes.length === 0) {
        const more = [`/why ${house.code}`, `/why statement:${house.statement}`, `/cite ${house.statement}`]
        for (const line of [...FIRST, ...more, `/context ${house.statement}`, `/correct ${house.statement}`])
          offer(await ask(line))
        offer(await house.posted())
      } else {
        await judge(changes.at(-1) ?? '', last)
        offer(last)
      }
      for (let command = open.shift(); command !== undefined; command = open.shift()) {
        const blocks = await ask(command)
        await judge(command, blocks)
        offer(blocks)
      }
      return further
    }

    const toDo: (readonly string[])[] = [[], ...FIRST_CHANGES.map((line) => [line])]
    for (let changes = toDo.shift(); changes !== undefined; changes = toDo.shift())
      for (const change of await explore(changes)) if (changes.length < 3) toDo.push([...changes, change])

    expect(faults).toEqual([])
    expect(pressed.size).toBeGreaterThan(120)
    // Each command that a button of ours is made of was pressed.
    const reached = new Set([...pressed].map((line) => line.slice(1).split(' ')[0]))
    const offered = new Set(files.flatMap(writtenIn).map(({ name }) => name))
    expect([...offered].filter((name) => names.includes(name) && !reached.has(name) && !TOLD_ALONE.has(name))).toEqual(
      [],
    )
  })
})

/** On Discord a private message is in no team, and whoever reads it has no role there. */
const OUTSIDE = { platform: 'discord', team: PUBLIC, channel: 'D1', isDirectMessage: true, role: 'member' } as const

/** Whoever added the feeds is told that they are gone. */
async function feedsHaveGone({ db, clock }: Awaited<ReturnType<typeof busyHouse>>): Promise<void> {
  const feeds = feedStore(db)
  const teams = { list: async () => [{ id: team(1), platform: 'discord', name: 'Newsroom' }] } as unknown as TeamStore
  for (const { id } of await feeds.feedsOf(team(1))) {
    const feed = await feeds.get(id)
    if (feed === null) continue
    const note = { state: 'gone', failure: 'Gone (410).', failures: 1, nextPollAt: clock.now() } as const
    await feeds.recordPoll(feed, note, [], clock.now())
    await tellOwner(id, { db, feeds, teams }, clock)
  }
}

const SHUT = /Only an owner|Send that in a channel of your team/

describe('in a private message on Discord, every button leads somewhere', () => {
  test('of what the bot writes to whoever subscribed or added a feed, and those behind them', async () => {
    await using house = await busyHouse('discord')
    await feedsHaveGone(house)
    for (const line of ['/subscribe topic:bridge at:12:00 tz:Africa/Tripoli to:me', '/subscribe pause 2'])
      await house.ask(line, { platform: 'discord' })
    house.clock.set('2026-11-21T10:00:20Z')
    await house.tick()
    const notices = (await house.outbox.recent(team(1), 200)).filter(({ channel }) => channel === '@U1')
    const open = [...notices.flatMap(({ blocks }) => [...commandsIn(blocks)]), '/subscriptions', '/home', '/start']
    const faults: string[] = []
    const seen = new Set<string>()

    for (let line = open.shift(); line !== undefined; line = open.shift()) {
      if (seen.has(line)) continue
      seen.add(line)
      house.clock.advance({ seconds: 5 })
      const blocks = await house.ask(line, OUTSIDE)
      const text = plainText(blocks)
      if (text === '' || NOWHERE.test(text) || SHUT.test(text)) faults.push(`${line}: ${text.slice(0, 160)}`)
      open.push(...commandsIn(blocks), ...choicesIn(blocks).map(({ command }) => command))
    }

    expect(notices.length).toBeGreaterThan(2)
    expect([...seen].filter((line) => /resume:|again:|show:/.test(line)).length).toBeGreaterThan(3)
    expect(faults).toEqual([])
  })
})

/**
 * Not behind any button here: told of in words, for people to type; and made by a door, which alone knows how much it
 * can show at once (test/contract/kept-answers.test.ts), or draws as a page of its own.
 */
const TOLD_ALONE = new Set(['compare', 'more', 'home'])

/** The command with the names of its options alone: one press of a kind is enough where it changes something. */
function shapeOf(line: string): string {
  const [name, ...rest] = line.split(' ')
  const keys = rest.map((part) =>
    /^(?:action|kind|whose):/.test(part) ? part : (/^[a-z-]+(?=:)/.exec(part)?.[0] ?? ''),
  )
  return [name, ...keys.filter((key) => key !== '').sort()].join(' ')
}
