import { describe, expect, test } from 'vitest'
import type { TeamId } from '../../src/base/scope.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { commandHouse, commandsIn } from '../support/command-house.ts'
import { request } from '../support/requests.ts'

const PETROV = { by: 'Petrov', speaker: 'ana-petrov' }
const ORLIN = { by: 'Mihal Orlin', speaker: 'mihal-orlin' }
const RED = { team: 1 as TeamId }
const BLUE = { team: 2 as TeamId }

/** Presses the button whose command begins so. */
async function press(house: Awaited<ReturnType<typeof commandHouse>>, line: string, begins: string, asker = RED) {
  const command = commandsIn(await house.ask(line, asker)).find((one) => one.startsWith(begins))
  if (command === undefined) throw new Error(`no button ${begins} below ${line}`)
  return plainText(await house.ask(command, asker))
}

describe('/topics add', () => {
  const ADD = '/topics add label:"Salt trade" keywords:"salt works, salt barges" parent:Neria'

  test('first shows what it would do, with examples word for word, and changes nothing', async () => {
    await using house = await commandHouse()
    await house.record('The salt works of Neria must reopen', { ...PETROV, on: '2026-11-01', title: 'Neria talks' })

    const text = await house.read(ADD)

    expect(text).toContain('Not done yet: would add the topic Salt trade')
    expect(text).toContain('1 statement would come onto this topic, 0 would leave')
    expect(text).toContain('of 1 speaker would be recomputed')
    expect(text).toContain('The salt works of Neria must reopen')
    expect(text).toContain('Ana Petrov, 1 November 2026')
    expect(text).toContain('All 1 statements on record were looked through.')
    expect(await house.read('/topics Salt trade')).toContain('There is no topic "Salt trade"')
  })

  test('applied by its button it is the team’s own topic, and old statements come onto it for that team alone', async () => {
    await using house = await commandHouse()
    await house.record('The salt works of Neria must reopen', { ...PETROV, title: 'Neria talks' })

    const told = await press(house, ADD, '/topics action:add')
    await house.settle()

    expect(told).toContain('Added the topic Salt trade.')
    expect(await house.read('/said topic:"Salt trade"', RED)).toContain('The salt works of Neria must reopen')
    expect(await house.read('/stance Petrov topic:"Salt trade"', RED)).toContain('The salt works of Neria must reopen')
    expect(await house.read('/said topic:"Salt trade"', BLUE)).toContain('There is no topic "Salt trade"')
    expect(await house.read('/topics history', BLUE)).toContain('has not changed the topics')
  })

  test('is undone by its button, and the record is as it was', async () => {
    await using house = await commandHouse()
    await house.record('The bridge and the salt works must reopen', { ...PETROV, about: ['bridge'] })
    const before = [await house.read('/said'), await house.read('/stance Petrov bridge'), await house.read('/topics')]
    const applied = commandsIn(await house.ask(ADD.replace(' parent:Neria', '')))[0] ?? ''
    const undo = commandsIn(await house.ask(applied))[0] ?? ''
    await house.settle()

    expect(await house.read('/said topic:"Salt trade"')).toContain('salt works')
    await house.ask(undo)
    await house.settle()

    expect([await house.read('/said'), await house.read('/stance Petrov bridge'), await house.read('/topics')]).toEqual(
      before,
    )
    expect(await house.read('/topics history')).toContain('Took back change 1: Added the topic Salt trade')
  })

  test.each([
    ['no label', '/topics add keywords:"salt works"', 'What is the topic called?'],
    ['no keywords', '/topics add label:"Salt trade"', 'Which words make a statement one on Salt trade?'],
    [
      'an unknown parent',
      '/topics add label:Salt keywords:"salt works" parent:Nerai',
      'There is no topic "Nerai" that it could be part of',
    ],
    ['a stop word', '/topics add label:Salt keywords:"the"', '"the" stands in nearly every text'],
    ['a number', '/topics add label:Salt keywords:"2026"', '"2026" alone is a letter or a number'],
    ['only signs', '/topics add label:Salt keywords:"!!!"', '"!!!" has no letter or digit'],
    [
      'a name that is taken',
      '/topics add label:"The Bridge" keywords:"salt works"',
      'is already a name of the topic Sund Bridge',
    ],
    [
      'an alias that is taken',
      '/topics add label:Salt aliases:Neria keywords:"salt works"',
      'is already a name of the topic',
    ],
    [
      'a label that is too long',
      `/topics add label:"${'salt '.repeat(30)}" keywords:"salt works"`,
      'is longer than 120 characters',
    ],
    [
      'a mixture of list and change',
      '/topics edit topic:fish keywords:"+salt works, trawlers"',
      'either all values begin with + or -',
    ],
    ['a word that is not there', '/topics edit topic:fish keywords:"-whales"', '"whales" is not among the keywords'],
    ['nothing to change', '/topics edit topic:fish', 'What should change?'],
    ['the last keywords', '/topics edit topic:neria keywords:"-neria, -nerian"', 'Neria needs at least one keyword'],
    ['a change that never was', '/topics undo number:99', 'Which change?'],
  ])('refuses %s, and says what to do', async (_what, line, words) => {
    await using house = await commandHouse()

    expect(await house.read(line)).toContain(words)
    expect(await house.read('/topics history')).toContain('has not changed the topics')
    expect(house.logged).toEqual([])
  })

  test('refuses a circle, and the removal of a whole that has parts', async () => {
    await using house = await commandHouse()
    await press(house, ADD, '/topics action:add')

    expect(await house.read('/topics edit topic:Neria parent:"Salt trade"')).toContain('that would be a circle')
    expect(await house.read('/topics edit topic:Neria parent:Neria')).toContain('cannot be part of itself')
    expect(await house.read('/topics remove topic:Neria')).toContain('Neria has parts: Salt trade')
  })

  test('refuses a word that stands in a great part of what is said', async () => {
    await using house = await commandHouse()
    for (let n = 0; n < 60; n += 1) await house.record(`We met the delegation for talks, round ${n}`, PETROV)

    expect(await house.read('/topics add label:Delegations keywords:"delegation"')).toContain(
      '"delegation" stands in 60 of the newest 60 statements',
    )
  })

  test('is for owners, and for teams', async () => {
    await using house = await commandHouse()

    for (const role of ['member', 'editor'] as const) expect(await house.read(ADD, { role })).toContain('Only an owner')
    expect(await house.read(ADD, { team: 0 as TeamId })).not.toContain('Not done yet')
  })

  test('gives an id from the label that stays when the label changes', async () => {
    await using house = await commandHouse()
    await press(house, ADD, '/topics action:add')

    await press(house, '/topics edit topic:"Salt trade" label:"Trade in salt" aliases:+brine', '/topics action:edit')

    expect((await house.topics.bookOf(RED.team)).find('brine')).toMatchObject({
      id: 'neria.salt-trade',
      label: 'Trade in salt',
    })
  })

  test('takes the same from a form or from typed options', async () => {
    await using house = await commandHouse()
    const options = { action: 'add', label: 'Salt trade', parent: 'Neria', keywords: 'salt works, salt barges' }

    const { blocks } = await house.book.answerOptions('topics', options, request({ platform: 'terminal' }))

    expect(commandsIn(blocks)).toEqual([
      '/topics action:add label:"Salt trade" parent:Neria keywords:"salt works, salt barges" apply:0',
    ])
  })

  test('that is more than a button can carry is sent in parts', async () => {
    await using house = await commandHouse()
    const keywords = Array.from({ length: 150 }, (_, n) => `salt works ${n}`).join(', ')
    const options = { action: 'add', label: 'Salt trade', keywords }

    const { blocks } = await house.book.answerOptions('topics', options, request({ platform: 'terminal' }))

    expect(plainText(blocks)).toContain('more than one edit can carry. Send part of it first')
  })

  test('finds the nearest parent that was meant, as a button', async () => {
    await using house = await commandHouse()

    expect(commandsIn(await house.ask('/topics add label:Salt keywords:"salt works" parent:Nerai'))).toContain(
      '/topics action:add label:Salt parent:Neria keywords:"salt works"',
    )
  })
})

describe('two people who edit at once', () => {
  test('the second is told what the first changed, and how to send it again', async () => {
    await using house = await commandHouse()
    const first = commandsIn(await house.ask('/topics edit topic:fish keywords:"+trawlers"'))[0] ?? ''
    const second = commandsIn(await house.ask('/topics edit topic:fish keywords:"+salmon"'))[0] ?? ''
    await house.ask(first, { member: { id: 'U9', name: 'Bo' } })

    const blocks = await house.ask(second)

    expect(plainText(blocks)).toContain('Nothing was written: somebody changed the same topic since you looked')
    expect(plainText(blocks)).toContain('1. Changed the topic Fishing rights · ')
    expect(plainText(blocks)).toContain('by Bo')
    expect(commandsIn(blocks)).toEqual(['/topics action:edit topic:fish keywords:+salmon'])
    expect(await house.read('/topics fish')).not.toContain('salmon')
  })

  test('different topics do not get in each other’s way', async () => {
    await using house = await commandHouse()
    const first = commandsIn(await house.ask('/topics edit topic:fish keywords:"+trawlers"'))[0] ?? ''
    const second = commandsIn(await house.ask('/topics edit topic:bridge keywords:"+viaduct"'))[0] ?? ''

    await house.ask(first)

    expect(plainText(await house.ask(second))).toContain('Changed the topic Sund Bridge.')
  })

  test('an undo does not overwrite what came after it', async () => {
    await using house = await commandHouse()
    await press(house, '/topics edit topic:fish keywords:"+trawlers"', '/topics action:edit')
    await press(house, '/topics edit topic:fish keywords:"+salmon"', '/topics action:edit')

    expect(await house.read('/topics undo number:1')).toContain('Nothing was written')
    expect(await house.read('/topics fish')).toContain('trawlers, salmon')
  })
})

describe('/propositions', () => {
  const ADD = '/propositions add topic:bridge sentence:"The bridge is closed to lorries" scales:"scope more"'

  test('lists those of a topic, with their scales', async () => {
    await using house = await commandHouse()

    expect(await house.read('/propositions bridge')).toContain('The bridge stays free of toll · bridge.free')
    expect(await house.read('/propositions')).toContain('Of which topic?')
  })

  test('added by an editor, old statements are read against it without being news', async () => {
    await using house = await commandHouse()
    await house.record('The bridge must be closed to lorries', { ...PETROV, about: ['bridge'] })
    const editor = { ...RED, role: 'editor' as const }

    const told = await press(house, ADD, '/propositions action:add', editor)
    await house.settle()

    expect(told).toContain('Added the proposition "The bridge is closed to lorries" to Sund Bridge')
    expect(await house.read('/stance Petrov bridge', RED)).toContain('The bridge is closed to lorries')
    expect(await house.read('/stance Petrov bridge', BLUE)).not.toContain('The bridge is closed to lorries')
    expect(
      (await house.positions.changesSince({ team: RED.team, since: new Date(0) })).filter(
        ({ proposition }) => proposition !== null,
      ),
    ).toEqual([])
  })

  test.each([
    ['no topic', '/propositions add sentence:"The bridge is closed to lorries"', 'Of which topic?'],
    ['no sentence', '/propositions add topic:bridge', 'One affirmative sentence'],
    ['too little', '/propositions add topic:bridge sentence:"It is good"', 'too little to recognise'],
    [
      'a negation',
      '/propositions add topic:bridge sentence:"The bridge is not closed to lorries"',
      'Write it without "not"',
    ],
    ['a question', '/propositions add topic:bridge sentence:"Is the bridge closed to lorries?"', 'no question'],
    [
      'one that is there',
      '/propositions add topic:bridge sentence:"the bridge stays free of toll."',
      'has that proposition already: bridge.free',
    ],
    [
      'a scale that is none',
      '/propositions add topic:bridge sentence:"The bridge is closed to lorries" scales:"colour red"',
      'scales: says for pace',
    ],
    ['an unknown one', '/propositions remove proposition:"nothing"', 'No proposition has the words'],
  ])('refuses %s, and says what to do', async (_what, line, words) => {
    await using house = await commandHouse()

    expect(await house.read(line)).toContain(words)
    expect(house.logged).toEqual([])
  })

  test('is changed by members of no kind', async () => {
    await using house = await commandHouse()

    expect(await house.read(ADD, { role: 'member' })).toContain('Only an editor')
  })

  test('edited and removed, each with an undo', async () => {
    await using house = await commandHouse()

    const edited = await press(
      house,
      '/propositions edit proposition:bridge.free scales:"deadline sooner" thesis:yes',
      '/propositions action:edit',
    )
    const removed = await press(house, '/propositions remove proposition:"free of toll"', '/propositions action:remove')

    expect(edited).toContain('+ The bridge stays free of toll (deadline: sooner is stronger, affirmed or rejected)')
    expect(removed).toContain('Removed the proposition')
    expect(await house.read('/propositions bridge')).toContain('None yet.')
    await house.read('/topics undo number:2', { ...RED, role: 'editor' })
    expect(await house.read('/propositions bridge')).toContain('deadline: sooner is stronger')
  })
})

describe('suggestions', () => {
  const WORDS = ['Salt barges must pay the same duty', 'We will count the salt barges', 'No more salt barges in winter']

  test('come from what several speakers say on several days and fits nowhere', async () => {
    await using house = await commandHouse()
    await house.record(WORDS[0] ?? '', { ...PETROV, on: '2026-11-01' })
    await house.record(WORDS[1] ?? '', { ...ORLIN, on: '2026-11-02' })
    await house.record(WORDS[2] ?? '', { ...PETROV, on: '2026-11-03' })

    const blocks = await house.ask('/topics suggest')

    expect(plainText(blocks)).toMatch(/salt barges, 3 statements of 2 speakers on 3 days/i)
    for (const words of WORDS) expect(plainText(blocks)).toContain(words)
    expect(commandsIn(blocks)[0]).toBe('/topics action:add label:"Salt barges" keywords:"salt barges"')
    expect(await house.read(commandsIn(blocks)[0] ?? '')).toContain('3 statements would come onto this topic')
  })

  test('are not made from the bare name of a country', async () => {
    await using house = await commandHouse()
    await house.record('We wrote to Talvia', { ...PETROV, on: '2026-11-01' })
    await house.record('I spoke with Talvia', { ...ORLIN, on: '2026-11-02' })
    await house.record('It is up to Talvia', { ...PETROV, on: '2026-11-03' })

    expect(await house.read('/topics suggest')).toContain('Nothing that several known speakers say')
  })

  test('are not made from one speaker, or one day', async () => {
    await using house = await commandHouse()
    for (const words of WORDS) await house.record(words, { ...PETROV, on: '2026-11-01' })

    expect(await house.read('/topics suggest')).toContain('Nothing that several known speakers say')
  })

  test('of propositions come from what is said for or against on a topic', async () => {
    await using house = await commandHouse()
    const about = ['fish']
    await house.record('We support a ban on trawlers in the sound', { ...PETROV, about, on: '2026-11-01' })
    await house.record('Neria must agree to a ban on trawlers', { ...ORLIN, about, on: '2026-11-02' })
    await house.record('We demand a ban on trawlers near the islands', { ...PETROV, about, on: '2026-11-03' })

    const blocks = await house.ask('/propositions suggest topic:fish')

    expect(plainText(blocks)).toContain('3 statements of 2 speakers on 3 days')
    expect(commandsIn(blocks)[0]).toMatch(
      /^\/propositions action:add topic:"Fishing rights" sentence:".*ban on trawlers/,
    )
  })
})
