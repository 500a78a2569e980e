import { afterAll, describe, expect, test } from 'vitest'
import { silentLog } from '../../src/base/log.ts'
import { openPainter, type Painter } from '../../src/base/picture/open-painter.ts'
import type { Block } from '../../src/chat/blocks.ts'
import type { Outgoing } from '../../src/chat/messenger.ts'
import { testDatabase } from '../support/database.ts'
import { discordBot, saying } from '../support/discord-bot.ts'
import { withChildren } from '../support/discord-judge.ts'
import { discordPeople } from '../support/discord-people.ts'
import { type Call, discordServer } from '../support/discord-server.ts'
import { timeline } from '../support/timelines.ts'

const painter = openPainter({ log: silentLog })
afterAll(() => painter[Symbol.asyncDispose]())

const PICTURE = timeline()
const BLOCKS: readonly Block[] = [{ kind: 'heading', text: 'The week' }, PICTURE, { kind: 'note', line: 'Invented.' }]

async function opened(paint: Pick<Painter, 'paint'> = painter) {
  const server = await discordServer({
    guilds: [{ name: 'Newsroom', channels: [{ name: 'news' }, { name: 'forum', type: 15 }] }],
  })
  const db = await testDatabase()
  const bot = await discordBot(server, db, {
    commands: [saying('history', BLOCKS)],
    painter: { ...painter, ...paint },
  })
  const owed = (channel = 'news'): Outgoing => ({
    team: 1,
    channel: server.idOf(channel),
    key: 'slot 1',
    blocks: BLOCKS,
  })
  return {
    server,
    bot,
    owed,
    people: discordPeople(server),
    posts: () => server.calls.filter(({ method, path }) => method === 'POST' && /\/(messages|threads)$/.test(path)),
    [Symbol.asyncDispose]: async () => {
      await bot[Symbol.asyncDispose]()
      await db[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

type Body = {
  readonly components?: Parameters<typeof withChildren>[0][]
  readonly message?: Body
  readonly attachments?: unknown
}

/** The descriptions of the pictures in a request, and the texts. */
function shownIn({ body }: Call) {
  const given = body as Body
  const all = ((given.message ?? given).components ?? []).flatMap(withChildren)
  return {
    pictures: all.flatMap(({ items = [] }) => items.map(({ description }) => description)),
    text: all.map(({ content = '' }) => content).join('\n'),
  }
}

const ALT = [PICTURE.title, ...PICTURE.words].join('\n')

describe('a picture on Discord', () => {
  test('comes with an answer for the asker alone, with all that it shows as its description', async () => {
    await using house = await opened()

    await (await house.people.slash('history', {})).reply()

    const edit = await house.server.call(({ method, path }) => method === 'PATCH' && path.endsWith('/@original'))
    expect(edit.faults).toEqual([])
    expect(shownIn(edit).pictures).toEqual([ALT])
    expect([...edit.files].map(([name, png]) => [name, Buffer.from(png).toString('latin1', 1, 4)])).toEqual([
      ['picture-1.png', 'PNG'],
    ])
  })

  test.each(['news', 'forum'])('is posted with a digest, once: %s', async (channel) => {
    await using house = await opened()

    const outcome = await house.bot.messenger.post(house.owed(channel))

    expect(outcome.kind).toBe('sent')
    expect(house.posts().map((call) => [call.faults, shownIn(call).pictures])).toEqual([[[], [ALT]]])
    expect((await house.bot.messenger.findPosted(house.owed(channel), new Date(0))).kind).toBe('found')
  })

  test('in a message whose answer is lost is not doubled', async () => {
    await using house = await opened()
    house.server.trouble({ method: 'POST', path: /\/messages$/, afterApply: true, drop: true })

    expect((await house.bot.messenger.post(house.owed())).kind).toBe('unknown')
    expect((await house.bot.messenger.post(house.owed())).kind).toBe('sent')

    expect(await house.server.messages('news')).toHaveLength(1)
  })

  test('where the bot may write but attach no files is told in words', async () => {
    await using house = await opened()
    house.server.trouble({ method: 'POST', path: /\/messages$/, status: 403, code: 50013 })

    expect((await house.bot.messenger.post(house.owed())).kind).toBe('sent')

    const [refused, posted] = house.posts()
    expect(refused?.files.size).toBe(1)
    expect(posted?.files.size).toBe(0)
    expect(posted === undefined ? '' : shownIn(posted).text).toContain('Reversed 30 June 2022')
  })

  test('is drawn anew by an edit, in the place of the one before', async () => {
    await using house = await opened()
    const posted = await house.bot.messenger.post(house.owed())
    const receipt = posted.kind === 'sent' ? posted.receipt : ''

    expect(await house.bot.messenger.edit({ ...house.owed(), receipt })).toEqual({ kind: 'edited' })

    const edit = await house.server.call(({ method }) => method === 'PATCH')
    expect(edit.faults).toEqual([])
    expect(shownIn(edit).pictures).toEqual([ALT])
    // The list is of all files that stay: the one before is not among them.
    expect((edit.body as Body).attachments).toEqual([{ id: '0', filename: 'picture-1.png', description: ALT }])
    expect([...edit.files.keys()]).toEqual(['picture-1.png'])
    expect(house.posts()).toHaveLength(1)
  })

  test('goes when a message is edited that shows none any more', async () => {
    await using house = await opened()
    const posted = await house.bot.messenger.post(house.owed())
    const receipt = posted.kind === 'sent' ? posted.receipt : ''
    const blocks: readonly Block[] = [{ kind: 'heading', text: 'The week' }]

    expect(await house.bot.messenger.edit({ ...house.owed(), blocks, receipt })).toEqual({ kind: 'edited' })

    const edit = await house.server.call(({ method }) => method === 'PATCH')
    expect((edit.body as Body).attachments).toEqual([])
  })

  test('in an edit where the bot may not attach files any more is told in words', async () => {
    await using house = await opened()
    const posted = await house.bot.messenger.post(house.owed())
    const receipt = posted.kind === 'sent' ? posted.receipt : ''
    house.server.trouble({ method: 'PATCH', path: /\/messages\//, status: 403, code: 50013 })

    expect(await house.bot.messenger.edit({ ...house.owed(), receipt })).toEqual({ kind: 'edited' })

    const edits = house.server.calls.filter(({ method }) => method === 'PATCH')
    expect(edits.map((call) => [call.files.size, shownIn(call).pictures.length])).toEqual([
      [1, 1],
      [0, 0],
    ])
    expect(edits.map((call) => shownIn(call).text).join()).toContain('Reversed 30 June 2022')
  })

  test('that cannot be made is told in words', async () => {
    await using house = await opened({ paint: async () => null })

    expect((await house.bot.messenger.post(house.owed())).kind).toBe('sent')

    const [posted] = house.posts()
    expect(posted?.faults).toEqual([])
    expect(posted === undefined ? '' : shownIn(posted).text).toContain('Reversed 30 June 2022')
  })
})
