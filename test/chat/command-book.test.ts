import { describe, expect, test } from 'vitest'
import { openLog, silentLog } from '../../src/base/log.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { type Answer, defineCommand } from '../../src/chat/command.ts'
import { commandBook } from '../../src/chat/command-book.ts'
import { NotUnderstoodError } from '../../src/chat/not-understood-error.ts'
import { request } from '../support/requests.ts'

const greet = defineCommand<{ readonly greeting: string }, 'name' | 'loud'>({
  name: 'greet',
  summary: 'Say hello',
  examples: ['/greet Ana'],
  options: {
    loud: { kind: 'choice', description: 'How loud', choices: ['yes', 'no'] },
    name: {
      kind: 'text',
      description: 'Whom',
      suggest: async (typed, { greeting }) => [{ label: `${greeting} ${typed}`, value: typed }],
    },
  },
  run: async ({ name = 'nobody', loud = 'no' }, { greeting }, { timeZone }) => [
    { kind: 'text', line: `${greeting} ${name} ${loud} ${timeZone}` },
  ],
})

const rule = defineCommand<object, 'speaker'>({
  name: 'rule',
  summary: 'For owners',
  examples: ['/rule'],
  role: 'owner',
  options: { speaker: { kind: 'speaker', description: 'Who' } },
  run: async ({ speaker }) => {
    if (speaker === 'bug') throw new Error('select * from secrets')
    throw new NotUnderstoodError({
      option: 'speaker',
      typed: 'Lavrof',
      explanation: 'Who is that?',
      suggestions: ['Sergey Lavrov'],
    })
  },
})

function book(lines: string[] = []) {
  const log = openLog('error', (line) => lines.push(line))
  return commandBook([greet, rule], { greeting: 'Hello' }, { log, teamZoneOf: async () => 'Asia/Tokyo' })
}

describe('a line that people type', () => {
  test('is answered by the command it names, whatever stands before it', async () => {
    for (const line of ['/greet Ana', 'greet Ana', '/onrecord greet name:Ana', 'onrecord greet "Ana"']) {
      expect(plainText((await book().answerLine(line, request())).blocks)).toBe('Hello Ana no Africa/Tripoli')
    }
  })

  test('is corrected where the command is misspelt, with the rest as it was', async () => {
    expect(commandsIn(await book().answerLine('/gret loud:yes Ana', request()))).toEqual(['/greet loud:yes Ana'])
  })

  test('is corrected where a key is misspelt', async () => {
    expect(commandsIn(await book().answerLine('/greet nmae:"Ana B"', request()))).toEqual(['/greet name:"Ana B"'])
  })

  test('is corrected where a value is not understood, and the other values stay', async () => {
    const answer = await book().answerLine('/rule speaker:Lavrof,Fidan', request())

    expect(plainText(answer.blocks)).toContain('Who is that?')
    expect(commandsIn(answer)).toEqual(['/rule speaker:"Sergey Lavrov",Fidan'])
  })

  test('is refused when it is longer than anybody types', async () => {
    expect(plainText((await book().answerLine(`/greet ${'a'.repeat(3000)}`, request())).blocks)).toContain(
      'longer than 2000',
    )
  })
})

describe('a command', () => {
  test('that asks for a role is refused to others, and does not run', async () => {
    const { blocks } = await book().answerLine('/rule', request({ role: 'editor' }))

    expect(plainText(blocks)).toBe('Only an owner of this team may use /rule. Ask one of them to send the command.')
  })

  test('that fails says one calm sentence and a reference that the log has', async () => {
    const lines: string[] = []

    const { blocks } = await book(lines).answerLine('/rule speaker:bug', request())

    const text = plainText(blocks)
    const reference = /reference: (\w+)/.exec(text)?.[1] ?? 'none'
    expect(text).not.toContain('secrets')
    expect(lines.join('')).toContain(reference)
    expect(lines.join('')).toContain('secrets')
  })

  test('gets the time zone that the person chose where the platform tells none', async () => {
    const { blocks } = await book().answerOptions('greet', { name: 'Ana' }, request({ timeZone: null }))

    expect(plainText(blocks)).toBe('Hello Ana no Asia/Tokyo')
  })

  test('gets options without hidden characters, and none that it does not know', async () => {
    const { blocks } = await book().answerOptions('greet', { name: 'A\u202en\u200ba\n', nonsense: 'x' }, request())

    expect(plainText(blocks)).toBe('Hello Ana no Africa/Tripoli')
  })

  test('suggests its choices, and what its rooms suggest', async () => {
    expect(await book().suggest('greet', 'loud', 'y', request())).toEqual([{ label: 'yes', value: 'yes' }])
    expect(await book().suggest('greet', 'name', 'An', request())).toEqual([{ label: 'Hello An', value: 'An' }])
    expect(await book().suggest('greet', 'nonsense', 'An', request())).toEqual([])
    expect(await book().suggest('nonsense', 'name', 'An', request())).toEqual([])
  })
})

test('two hundred commands of one person in ten seconds are slowed down; others are not', async () => {
  const asked = commandBook([greet], { greeting: 'Hello' }, { log: silentLog })
  const at = (second: number) => new Date(Date.UTC(2026, 10, 20, 8, 0, second))

  const answers: string[] = []
  for (let count = 0; count < 200; count += 1) {
    const { blocks } = await asked.answerLine('/greet', request({ at: at(Math.floor(count / 20)) }))
    answers.push(plainText(blocks))
  }

  expect(answers.filter((text) => text.startsWith('Hello')).length).toBeLessThan(40)
  expect(
    plainText((await asked.answerLine('/greet', request({ member: { id: 'U2', name: 'Bo' }, at: at(9) }))).blocks),
  ).toContain('Hello')
  expect(plainText((await asked.answerLine('/greet', request({ at: at(40) }))).blocks)).toContain('Hello')
})

function commandsIn({ blocks }: Answer): readonly string[] {
  return blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons.map(({ command }) => command) : []))
}
