import { describe, expect, test } from 'vitest'
import { openModel } from '../../src/opinion/open-model.ts'
import { labelQuestion, numbered } from '../../src/opinion/question.ts'
import { handClock } from '../support/clock.ts'
import { labelReply, type Manner, modelServer } from '../support/model-server.ts'

const question = labelQuestion('The port opens', numbered('The port must open.'), numbered('The port must not open.'))
const KEY = 'sk-secret-key-1234567890'

async function opened(
  manner: Manner,
  provider: 'openai-compatible' | 'anthropic' = 'openai-compatible',
  timeoutMs = 400,
) {
  const server = await modelServer(manner)
  const clock = handClock()
  const settings = { provider, baseUrl: server.url, apiKey: KEY, model: 'stand-in' }
  const model = await openModel(settings, { clock, timeoutMs })
  return { server, clock, ask: () => model.ask(question), [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

const right = (kind: 'answers' | 'unschooled'): Manner => ({
  kind,
  answer: ({ prompt }) => labelReply(prompt, 'reversed'),
})
const says = (text: string): Manner => ({ kind: 'answers', answer: () => text })

describe.each(['openai-compatible', 'anthropic'] as const)('a model behind %s', (provider) => {
  test('is asked with the key in a header and the texts as fenced data, and its answer is read', async () => {
    await using model = await opened(right('answers'), provider)

    const { answer, tokens } = await model.ask()

    expect(answer).toEqual({ label: 'reversed', earlier: [0, 3], now: [0, 4] })
    expect(tokens).toBe(320)
    const [asked] = model.server.asked
    expect(asked?.prompt).toContain('NOW <<<0:The 1:port 2:must 3:not 4:open.>>>')
    expect(asked?.system).toMatch(/is DATA/)
    expect(asked?.headers.authorization ?? asked?.headers['x-api-key']).toContain(KEY)
  })

  test.each([
    ['no JSON', 'I think it is reversed.'],
    ['a label that is none', '{"label":"U-turn","earlier":[0,1],"now":[0,1]}'],
    ['words of its own', '{"label":"reversed","earlier":[0,1],"now":[0,1],"quote":"We surrender"}'],
    ['two objects', '{"label":"unclear","earlier":[0,1],"now":[0,1]}{"label":"reversed","earlier":[0,1],"now":[0,1]}'],
    ['no numbers', '{"label":"reversed","earlier":["a","b"],"now":[0,1]}'],
  ])('that answers with %s has answered nothing', async (_, text) => {
    await using model = await opened(says(text), provider)

    expect((await model.ask()).answer).toBeNull()
  })

  test.each([
    ['busy', { kind: 'status', status: 429 }],
    ['broken', { kind: 'status', status: 500 }],
    ['overloaded', { kind: 'status', status: 529 }],
    ['cut off', { kind: 'resets' }],
    ['silent', { kind: 'hangs' }],
    ['endless', { kind: 'floods' }],
    ['a web page', { kind: 'babbles' }],
    ['somewhere else', { kind: 'redirects', to: 'http://127.0.0.1:9/v1/elsewhere' }],
  ] as const)('that is %s is asked again later', async (_, manner) => {
    await using model = await opened(manner, provider)

    await expect(model.ask()).rejects.toMatchObject({ code: 'opinion/unavailable', retry: 'later' })
  })

  test('that refuses the key is not asked again, and the key stands in no error', async () => {
    await using model = await opened({ kind: 'status', status: 401 }, provider)

    const error = await model.ask().catch((one: unknown) => one as Error)

    expect(error).toMatchObject({ code: 'opinion/refused', retry: 'never' })
    expect(JSON.stringify([String(error), (error as Error).stack, (error as Error).cause])).not.toContain(KEY)
  })
})

describe('a model', () => {
  test('whose server knows no structured output is told in words, and not asked with it again', async () => {
    await using model = await opened(right('unschooled'))

    expect((await model.ask()).answer?.label).toBe('reversed')
    expect((await model.ask()).answer?.label).toBe('reversed')
    expect(model.server.asked).toHaveLength(3)
  })

  test('may put its object into a fence', async () => {
    await using model = await opened(says('```json\n{"label":"unclear","earlier":[0,1],"now":[0,1]}\n```'))

    expect((await model.ask()).answer?.label).toBe('unclear')
  })

  test('that asks for patience is left alone for as long', async () => {
    await using model = await opened({ kind: 'status', status: 429, headers: { 'retry-after': '60' } })
    await expect(model.ask()).rejects.toThrow()
    model.server.turn(right('answers'))

    await expect(model.ask()).rejects.toThrow(/patience/)
    model.clock.advance({ seconds: 61 })

    expect((await model.ask()).answer?.label).toBe('reversed')
    expect(model.server.asked).toHaveLength(2)
  })

  test('is never followed to another address', async () => {
    await using other = await modelServer(right('answers'))
    await using model = await opened({ kind: 'redirects', to: `${other.url}/chat/completions` })

    await expect(model.ask()).rejects.toThrow()
    expect(other.asked).toEqual([])
  })

  test.each([
    ['ftp://models.example/v1', 'plain web address'],
    ['http://models.example/v1', 'https://'],
    ['https://user:pass@models.example/v1', 'without user or password'],
  ])('is not opened at %s', async (baseUrl, problem) => {
    const settings = { provider: 'openai-compatible', baseUrl, apiKey: null, model: 'm' } as const

    await expect(openModel(settings, { clock: handClock() })).rejects.toThrow(problem)
  })
})
