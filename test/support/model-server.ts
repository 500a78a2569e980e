import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How the stand-in behaves. `answer`: the text of a model that knows how. */
export type Manner =
  | { readonly kind: 'answers'; readonly answer: (asked: AskedModel) => string }
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'redirects'; readonly to: string }
  | { readonly kind: 'floods' | 'resets' | 'hangs' | 'babbles' }
  /** Knows no structured output, as older servers: 400 until it is asked without. */
  | { readonly kind: 'unschooled'; readonly answer: (asked: AskedModel) => string }

/** What was asked, read back from the prompt. */
export type AskedModel = {
  readonly wire: 'openai' | 'anthropic'
  readonly system: string
  readonly prompt: string
  readonly headers: IncomingMessage['headers']
}

type Body = {
  readonly system?: readonly { readonly text: string }[]
  readonly messages?: readonly {
    readonly role: string
    readonly content: string | readonly { readonly text: string }[]
  }[]
  readonly tools?: readonly { readonly name: string }[]
  readonly response_format?: unknown
}

/** A language model's server on the loopback that speaks both wire formats and can be told how to behave. */
export async function modelServer(first: Manner, port = 0) {
  let manner = first
  const asked: AskedModel[] = []
  const server = createServer((request, response) => {
    void bodyOf(request).then((text) => {
      const body = JSON.parse(text === '' ? '{}' : text) as Body
      const wire = request.url?.endsWith('/messages') === true ? 'anthropic' : 'openai'
      const one: AskedModel = { wire, ...promptsIn(body), headers: request.headers }
      asked.push(one)
      behave(manner, one, body, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    turn: (next: Manner) => {
      manner = next
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function promptsIn({ system, messages = [] }: Body) {
  const text = (role: string) =>
    messages
      .filter((message) => message.role === role)
      .map(({ content }) => (typeof content === 'string' ? content : content.map((part) => part.text).join('')))
      .join('\n')
  return { system: system?.map((part) => part.text).join('\n') ?? text('system'), prompt: text('user') }
}

function behave(manner: Manner, asked: AskedModel, body: Body, response: ServerResponse): void {
  switch (manner.kind) {
    case 'answers':
      send(response, 200, reply(asked, body, manner.answer(asked)))
      return
    case 'unschooled':
      if (body.response_format === undefined) send(response, 200, reply(asked, body, manner.answer(asked)))
      else send(response, 400, { error: { message: 'unknown field response_format' } })
      return
    case 'status':
      send(response, manner.status, errorOf(asked), manner.headers)
      return
    case 'redirects':
      response.writeHead(307, { location: manner.to }).end()
      return
    case 'floods':
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end('{"choices":['.padEnd(3_000_000, ' '))
      return
    case 'babbles':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>reversed</html>')
      return
    case 'resets':
      response.socket?.resetAndDestroy()
      return
    case 'hangs':
      return
  }
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

/** A server's error may repeat the key that it was sent. */
function errorOf({ wire, headers }: AskedModel): unknown {
  const message = `bad key ${headers.authorization ?? String(headers['x-api-key'])}`
  return wire === 'anthropic'
    ? { type: 'error', error: { type: 'api_error', message } }
    : { error: { message, type: 'error' } }
}

/** @see Anthropic, Messages API; OpenAI, Chat Completions API */
function reply({ wire }: AskedModel, { tools }: Body, text: string): unknown {
  if (wire === 'openai') {
    return {
      ...{ id: 'c1', object: 'chat.completion', created: 1_790_000_000, model: 'stand-in' },
      choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 300, completion_tokens: 20, total_tokens: 320 },
    }
  }
  const tool = tools?.find(({ name }) => name === 'json')
  const content =
    tool === undefined ? { type: 'text', text } : { type: 'tool_use', id: 't1', name: 'json', input: objectOr(text) }
  return {
    ...{ id: 'm1', type: 'message', role: 'assistant', model: 'stand-in', content: [content] },
    ...{ stop_reason: tool === undefined ? 'end_turn' : 'tool_use', stop_sequence: null },
    usage: { input_tokens: 300, output_tokens: 20 },
  }
}

function objectOr(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** The words between the fences of a prompt, without their numbers. */
export function dataIn(prompt: string, name: string): string {
  const [, shown = ''] = new RegExp(`${name} <<<([^>]*)>>>`).exec(prompt) ?? []
  return shown.replace(/(?<=^| )\d+:/g, '')
}

/** An answer to a question about labels that points to all words of both statements. */
export function labelReply(prompt: string, label: string): string {
  const last = (name: string) => Math.max(0, dataIn(prompt, name).split(' ').length - 1)
  return JSON.stringify({ label, earlier: [0, last('EARLIER')], now: [0, last('NOW')] })
}

/** Answers every kind of question in its shape, labels with what `labelOf` says of the newer words. */
export function answering(labelOf: (now: string) => string): Manner {
  return {
    kind: 'answers',
    answer: ({ prompt }) => {
      if (prompt.includes('NOW <<<')) return labelReply(prompt, labelOf(dataIn(prompt, 'NOW')))
      if (prompt.includes('LINE <<<')) return JSON.stringify({ line: dataIn(prompt, 'LINE') })
      return JSON.stringify({ topic: null, keyword: [0, 0], proposition: null })
    },
  }
}
