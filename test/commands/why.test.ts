import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { TeamId } from '../../src/base/scope.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { RULE_WORDS } from '../../src/position/judging/rule-words.ts'
import { commandHouse, commandsIn } from '../support/command-house.ts'

const PETROV = { by: 'Petrov', speaker: 'ana-petrov', about: ['bridge'], form: 'direct' } as const
const FOR = '“The bridge must stay free of toll.”'
const AGAINST = '“The bridge must not stay free of toll.”'

describe('/why', () => {
  test.each(['brief', 'bare code', 'statement'])(
    'says which rule gave the label, how both words were read, why the topic, how sure, and when: by %s',
    async (by) => {
      await using house = await commandHouse()
      await house.record(FOR, { ...PETROV, on: '2026-10-01' })
      const ids = await house.record(AGAINST, { ...PETROV, on: '2026-11-10' })
      const [code = ''] = await house.briefs(ids)

      const text = await house.read(
        by === 'brief'
          ? `/why brief:${code}`
          : by === 'bare code'
            ? `/why ${code.slice(2).toLowerCase()}`
            : `/why ${ids[0]}`,
      )

      expect(text).toMatch(/^Why “Reversed”\? Ana Petrov on Sund Bridge\nRule R6: The earlier words are for it/)
      expect(text).toContain(`R6 looks for: ${RULE_WORDS.R6}`)
      expect(text).toContain('Everything is read relative to: The bridge stays free of toll')
      expect(text).toMatch(
        /The new words, 10 November 2026\n“The bridge must not[^\n]+\n[^\n]+\n• Side: against; words that take or turn a side there: “must”, “not”\n/,
      )
      expect(text).toMatch(
        /Compared with, 1 October 2026\n“The bridge must[^\n]+\n[^\n]+\n• Side: for; words that take or turn a side there: “must”\n/,
      )
      expect(text).toContain('• Firmness: “must”, firm')
      expect(text).toMatch(/Topic: Sund Bridge, because it says “bridge”/)
      expect(text).toContain('Speaker: named beside the words')
      expect(text).toContain('right in about 90 of 100 such cases')
      expect(text).toMatch(/When: said 10 November 2026 \(the day of publication\); on our record since \d/)
    },
  )

  test('tells what was said until an article came in late, and what holds since', async () => {
    await using house = await commandHouse()
    const ids = await house.record(AGAINST, { ...PETROV, on: '2026-11-10' })
    const [code = ''] = await house.briefs(ids)
    const before = await house.read(`/why ${code}`)
    house.clock.advance({ days: 1 })
    await house.record(FOR, { ...PETROV, on: '2026-10-01' })

    const after = await house.read(`/why ${code}`)

    expect(before).toMatch(/^Why “New on record”/)
    expect(before).not.toContain('Until')
    expect(after).toMatch(/^Why “Reversed”/)
    expect(after).toMatch(
      /Until [^\n]+ we called this “New on record” \(rule R1\); what came onto the record then changed/,
    )
  })

  test('offers the other labels of a brief, each by its own', async () => {
    await using house = await commandHouse()
    const ids = await house.record(FOR, { ...PETROV, about: ['bridge', 'fish'], on: '2026-10-01' })
    const [code = ''] = await house.briefs(ids)

    const blocks = await house.ask(`/why ${code}`)
    const other = commandsIn(blocks).find((command) => command.startsWith('/why change:')) ?? ''

    expect(plainText(blocks)).toMatch(/^Why “New on record”\? Ana Petrov on Sund Bridge/)
    expect(await house.read(other)).toMatch(/^Why “On record”\? Ana Petrov on Fishing rights/)
    expect(JSON.stringify(blocks)).toContain('"label":"On record: Fishing rights"')
    expect(await house.read(other)).toContain('on a topic alone, only the same words again are compared')
  })

  test('opens nothing of another team, and says the same of it as of what there never was', async () => {
    await using house = await commandHouse()
    const red = { team: 1 as TeamId }
    const ids = await house.record(FOR, { ...PETROV, ...red, on: '2026-10-01' })
    const [code = ''] = await house.briefs(ids, red.team)
    const never = await house.read('/why B-ZZZZ', { team: 2 as TeamId })
    const change = commandsIn(await house.ask(`/why ${code}`, red)).at(-1) ?? ''

    expect(await house.read(`/why ${code}`, red)).toMatch(/^Why “New on record”/)
    expect(await house.read(`/why ${code}`, { team: 2 as TeamId })).toBe(never)
    expect(await house.read(`/why statement:${ids[0]}`, { team: 2 as TeamId })).toContain('no such statement')
    expect(change).not.toBe('')
    expect(never).toContain('no such brief')
  })

  test('asks what for, and says of a statement without a label what keeps it from one', async () => {
    await using house = await commandHouse()
    const [id] = await house.record('“Nobody pays here.”', { by: 'Somebody', form: 'direct' })

    expect(await house.read('/why')).toContain('Why what? Type the code under a brief')
    expect(await house.read('/why change:nothing')).toContain('no such label')
    expect(await house.read(`/why ${id}`)).toContain('No label: nobody of the roster is its speaker.')
  })
})

test('the page of the room says of each rule what /why says', () => {
  const page = readFileSync(new URL('../../src/position/README.md', import.meta.url), 'utf8')
  const rows = [...page.matchAll(/^\| (R\d+) \| (.+?) \| [^|]+ \|$/gm)].map(([, rule, words]) => [rule, words])

  expect(Object.fromEntries(rows)).toEqual(RULE_WORDS)
})
