import type { LanguageModelV3, LanguageModelV3CallOptions } from '@ai-sdk/provider'
import { z } from 'zod'
import type { Clock } from '../base/clock.ts'
import { hostGate } from '../base/web/host-gate.ts'
import { ModelRefusedError, ModelUnavailableError } from './model-errors.ts'
import { checkModelAddress, modelFetch } from './model-fetch.ts'
import type { Question } from './question.ts'

export type ModelSettings = {
  readonly provider: 'openai-compatible' | 'anthropic'
  readonly baseUrl: string
  readonly apiKey: string | null
  readonly model: string
}

/** What came back: an answer of the right shape, or none; and what it cost either way. */
export type Reply<Answer> = { readonly answer: Answer | null; readonly tokens: number }

/** A language model behind an address. */
export type Model = {
  /** Its name and its server: what is trusted under one name is not trusted elsewhere. */
  readonly id: string
  readonly name: string
  /**
   * @throws {ModelUnavailableError} if it may answer later.
   * @throws {ModelRefusedError} if it will not.
   */
  readonly ask: <Answer>(question: Question<Answer>) => Promise<Reply<Answer>>
}

const TIMEOUT_MS = 45_000
const MOST_TOKENS_BACK = 1_500
/** A server may ask for this much patience; then it is tried again. */
const LONGEST_WAIT_MS = 3_600_000
/** Where a server counts nothing, as many characters are taken for a token. */
const CHARACTERS_A_TOKEN = 3

/**
 * Opens the configured model. The SDK is loaded here and not before.
 *
 * @throws {ConfigError} if its address is none to ask.
 */
export async function openModel(
  settings: ModelSettings,
  { clock, timeoutMs = TIMEOUT_MS }: { readonly clock: Clock; readonly timeoutMs?: number },
): Promise<Model> {
  const base = checkModelAddress(settings.baseUrl)
  const model = await loadModel(settings, modelFetch(base, timeoutMs))
  const gate = hostGate({ atOnce: 1, spacingMs: 0 })
  let takesSchema = true
  let quietUntil = 0

  const generate = async (options: LanguageModelV3CallOptions) => {
    if (clock.now().getTime() < quietUntil) throw new ModelUnavailableError('it asked for patience')
    try {
      return await model.doGenerate(options)
    } catch (error) {
      const { status, waitMs } = failureOf(error)
      if (waitMs > 0) quietUntil = clock.now().getTime() + waitMs
      if (status === 400 || status === 422) return null
      throw faultOf(error, status)
    }
  }

  return {
    id: `${settings.model}@${base.host}`,
    name: settings.model,
    ask: (question) =>
      gate(base.host, async () => {
        const schema = z.toJSONSchema(question.schema) as Record<string, unknown>
        const options: LanguageModelV3CallOptions = {
          prompt: [
            { role: 'system', content: question.system },
            { role: 'user', content: [{ type: 'text', text: question.prompt }] },
          ],
          maxOutputTokens: MOST_TOKENS_BACK,
          temperature: 0,
        }
        const withSchema = { ...options, responseFormat: { type: 'json', name: 'answer', schema } } as const
        let result = takesSchema ? await generate(withSchema) : null
        if (result === null) {
          // Not every server knows how to be held to a schema: from now on it is only told.
          takesSchema = false
          result = await generate(options)
        }
        if (result === null) throw new ModelRefusedError(400)
        const text = result.content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('')
        const { inputTokens, outputTokens } = result.usage
        const counted = (inputTokens.total ?? 0) + (outputTokens.total ?? 0)
        const guessed = (question.system.length + question.prompt.length + text.length) / CHARACTERS_A_TOKEN
        // What a server counts for itself may be nonsense, and a budget rests on it.
        const tokens = Number.isSafeInteger(counted) && counted > 0 ? counted : Math.ceil(guessed)
        return { answer: readAnswer(text, question.schema), tokens }
      }),
  }
}

async function loadModel(
  { provider, baseUrl, apiKey, model }: ModelSettings,
  fetch: typeof globalThis.fetch,
): Promise<LanguageModelV3> {
  const baseURL = baseUrl.replace(/\/+$/, '')
  if (provider === 'anthropic') {
    const { createAnthropic } = await import('@ai-sdk/anthropic')
    return createAnthropic({ baseURL, apiKey: apiKey ?? 'none', fetch })(model)
  }
  const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible')
  const key = apiKey === null ? {} : { apiKey }
  return createOpenAICompatible({ name: 'model', baseURL, fetch, supportsStructuredOutputs: true, ...key })(model)
}

/** The one JSON object of an answer, alone or in a fence; `null` for anything else. */
export function readAnswer<Answer>(text: string, schema: z.ZodType<Answer>): Answer | null {
  const bare = text.trim().replace(/^```(?:json)?\s*([\s\S]*?)\s*```$/, '$1')
  try {
    const result = schema.safeParse(JSON.parse(bare))
    return result.success ? result.data : null
  } catch {
    // Not JSON: an answer that is none.
    return null
  }
}

type Failure = { readonly statusCode?: unknown; readonly responseHeaders?: unknown }

function failureOf(error: unknown): { readonly status: number | null; readonly waitMs: number } {
  const { statusCode, responseHeaders } = (error ?? {}) as Failure
  const status = typeof statusCode === 'number' ? statusCode : null
  const header = (responseHeaders as Record<string, unknown> | undefined)?.['retry-after']
  const seconds = typeof header === 'string' && /^\d{1,9}$/.test(header) ? Number(header) : 0
  return { status, waitMs: Math.min(LONGEST_WAIT_MS, seconds * 1_000) }
}

/** Nothing of the original error goes on: it holds the question and may hold the key. */
function faultOf(error: unknown, status: number | null): Error {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof ModelUnavailableError) return cause
  if (status !== null && [401, 402, 403, 404, 405, 413].includes(status)) return new ModelRefusedError(status)
  return new ModelUnavailableError(status === null || status < 400 ? 'no answer of its kind' : `status ${status}`)
}
