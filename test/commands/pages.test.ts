import { describe, expect, test } from 'vitest'
import { compare } from '../../commands/compare.ts'
import { speakers } from '../../commands/speakers.ts'
import { stance } from '../../commands/stance.ts'
import type { TeamId } from '../../src/base/scope.ts'
import type { ShownPosition } from '../../src/brief/stance-blocks.ts'
import { type Block, plainText } from '../../src/chat/blocks.ts'
import type { AnyCommand } from '../../src/chat/command.ts'
import { parseLine, parseOptions } from '../../src/chat/parse-command.ts'
import { readBook } from '../../src/position/book/read-book.ts'
import { topicBook } from '../../src/position/book/topic-book.ts'
import { buildRoster } from '../../src/speaker/build-roster.ts'
import type { Speaker, SpeakerId } from '../../src/speaker/speaker.ts'
import { commandHouse, commandsIn } from '../support/command-house.ts'
import { pairs, writtenOf } from '../support/invented-briefs.ts'
import { request } from '../support/requests.ts'

/** All pages of an answer, each by the More button of the one before. */
async function pagesOf(ask: (line: string) => Promise<readonly Block[]>, first: string): Promise<readonly string[]> {
  const pages: string[] = []
  for (let line: string | undefined = first; line !== undefined; ) {
    const blocks: readonly Block[] = await ask(line)
    pages.push(plainText(blocks))
    if (pages.length > 30) throw new Error('no end of pages')
    line = commandsIn(blocks).find((command) => command.includes(' page:'))
  }
  return pages
}

/** Runs one command over rooms of the test. */
const asking = (command: AnyCommand, rooms: object) => async (line: string) => {
  const parsed = parseLine(line)
  const read = parseOptions(parsed.kind === 'command' ? parsed.rest : '', command.options)
  if (read.kind !== 'options') throw new Error(`not understood: ${line}`)
  return (await command.run(read.values, rooms, request())) as readonly Block[]
}

function person(number: number): Speaker {
  const id = `person-${number}` as SpeakerId
  const common = { kind: 'person', country: 'XT', gender: null, aliases: [], offices: [] } as const
  return { ...common, id, name: `Ada Vorn${String.fromCharCode(97 + (number % 26))}${number}` }
}

describe('lists with a button for the rest', () => {
  test('/feeds shows every feed, forty on a page', async () => {
    await using house = await commandHouse()
    for (let number = 0; number < 95; number += 1) {
      const address = `https://feed-${number}.example/rss`
      await house.feeds.add({ url: address, team: 1 as TeamId, addedBy: 'U1' })
    }

    const pages = await pagesOf(house.ask, '/feeds')

    expect(pages).toHaveLength(3)
    expect(new Set(pages.join('\n').match(/feed-\d+\.example/g))).toHaveLength(95)
    expect(pages[1]).toMatch(/^95 feeds \(page 2 of 3\)\n/)
    expect(pages.join('\n')).not.toContain('more.')
  })

  test('/speakers country: shows everybody known of the country', async () => {
    const state = { ...person(0), id: 'talvia' as SpeakerId, name: 'Talvia', kind: 'state' } as const
    const people = Array.from({ length: 60 }, (_, number) => person(number))
    const roster = buildRoster([state, ...people])

    const pages = await pagesOf(asking(speakers, { roster, names: {} }), '/speakers country:Talvia')

    expect(pages).toHaveLength(3)
    for (const { name } of people) expect(pages.join('\n')).toContain(name)
  })

  test.each(['/feeds page:x', '/speakers country:Talvia page:0', '/stance Petrov bridge page:-1'])(
    'say what a page is where it is no number: %s',
    async (line) => {
      await using house = await commandHouse()

      expect(await house.read(line)).toContain('page: takes a number, such as page:2')
    },
  )

  test('behind the last page stands the last one', async () => {
    await using house = await commandHouse()

    expect(await house.read('/speakers country:Talvia page:99')).toContain('Ana Petrov')
  })
})

/** A position as the record would give it, on a thread of its own; with `proposition` a side is claimed. */
function shown(number: number, proposition: boolean): ShownPosition {
  const pair = pairs[number]
  const [item] = pair === undefined ? [] : writtenOf(pair, number).brief.items
  if (item === undefined) throw new Error('too few pairs')
  const thread = { topic: `topic-${number}`, proposition: proposition ? `p-${number}` : null }
  const label = `Thread ${number} of them`
  return {
    position: { ...item.change, ...thread, stance: proposition ? 'supports' : 'on record', since: item.change.saidOn },
    items: [
      { ...item, topicLabel: label, proposition: proposition ? label : null, change: { ...item.change, ...thread } },
    ],
  } as unknown as ShownPosition
}

const threadsIn = (text: string) => [...new Set(text.match(/Thread \d+ of them/g))].toSorted()
const TOPIC = `
- id: bridge
  label: Sund Bridge
  keywords: [bridge]
`

describe('positions with a button for the rest', () => {
  const [ana, bea] = [person(1), person(2)]
  const rooms = (of: (speaker: SpeakerId) => readonly ShownPosition[]) => ({
    roster: buildRoster([ana, bea]),
    topics: { bookOf: async () => topicBook(readBook(TOPIC)) },
    stances: { stanceOf: async ({ speaker }: { speaker: SpeakerId }) => of(speaker) },
  })

  test('/stance shows all that is on record, also as of a day, page by page', async () => {
    const all = Array.from({ length: 50 }, (_, number) => shown(number, false))
    const ask = asking(
      stance,
      rooms(() => all),
    )

    const pages = await pagesOf(ask, `/stance speaker:"${ana.name}" topic:"Sund Bridge" as-of:2026-11`)

    expect(pages.length).toBeGreaterThan(2)
    expect(threadsIn(pages.join('\n'))).toHaveLength(50)
    expect(pages[0]).toMatch(/And 44 more: the button below shows them/)
    expect(pages[1]).toMatch(/\(page 2 of 4\)\n/)
    for (const page of pages) expect(page).toContain('As of 30 November 2026')
  })

  test('/compare shows all on which several have spoken, and says of none of it that one alone has', async () => {
    const all = Array.from({ length: 11 }, (_, number) => shown(number, true))
    const ask = asking(
      compare,
      rooms((speaker) => (speaker === ana.id ? all : all.slice(0, 10))),
    )

    const pages = await pagesOf(ask, `/compare speaker:"${ana.name}","${bea.name}" topic:"Sund Bridge"`)

    expect(pages).toHaveLength(3)
    expect(threadsIn(pages.join('\n'))).toHaveLength(11)
    expect(pages.slice(0, 2).join('\n')).not.toContain('on this the others not')
    const [, alone = ''] = (pages[2] ?? '').split('on this the others not')
    expect(threadsIn(alone)).toEqual(['Thread 10 of them'])
  })
})
