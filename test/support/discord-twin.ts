import './loopback.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DigitalDiscord } from 'discord-digital-twin'
import type { Answer, Call, Guild } from './discord-server.ts'

/** The twin with its own database, and the way to its REST API and its gateway. */
export async function startTwin(guilds: readonly Guild[]) {
  const folder = mkdtempSync(join(tmpdir(), 'onrecord-discord-'))
  const twin = new DigitalDiscord({
    guilds: guilds.map(({ name, channels }) => ({
      name,
      channels: channels.map((channel) => ({ name: channel.name, type: channel.type ?? 0 })),
    })),
    users: [{ username: 'alice' }, { username: 'bob' }],
    // Its database in memory would be shared by all twins of the process.
    dbUrl: `file:${join(folder, 'twin.db')}`,
  })
  await twin.start()

  return {
    twin,

    forward: async (call: Pick<Call, 'method' | 'path' | 'body'>, search = ''): Promise<Answer> => {
      const response = await fetch(`http://127.0.0.1:${twin.port}/api/v10${call.path}${search}`, {
        method: call.method,
        headers: { 'content-type': 'application/json' },
        ...(call.body === undefined ? {} : { body: JSON.stringify(withoutAttachments(call.body)) }),
      })
      const text = await response.text()
      return { status: response.status, ...(text === '' ? {} : { body: JSON.parse(text) }) }
    },

    async [Symbol.asyncDispose]() {
      await twin.stop()
      await twin.prisma.$disconnect()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The twin takes no files: what shows them stays in the components. */
function withoutAttachments(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('attachments' in body)) return body
  const { attachments: _, ...rest } = body
  return rest
}

type TwinGateway = {
  readonly broadcast: (event: string, data: unknown) => void
  readonly clients: readonly { readonly ws: TwinSocket }[]
  readonly wss: { readonly on: (event: 'connection', listener: (socket: TwinSocket) => void) => void }
}
type TwinSocket = {
  readonly once: (event: 'message', listener: () => void) => void
  readonly close: (code: number) => void
}

/** The twin keeps its gateway to itself. */
export function gatewayOf(twin: DigitalDiscord): TwinGateway {
  return (twin as unknown as { server: { gateway: TwinGateway } }).server.gateway
}
