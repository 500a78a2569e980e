import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Registry } from 'prom-client'
import { PortTakenError } from './port-taken-error.ts'

type HealthDeps = {
  /** 0: any free port. */
  readonly port: number
  /** Why the service cannot do its work now; `null` if it can. */
  readonly problem: () => Promise<string | null>
  /** Counts only: no names, no feed addresses, no text. */
  readonly metrics: Registry
}

/**
 * Answers `/healthz` (the process lives), `/readyz` (it can do its work) and `/metrics` on this machine only.
 *
 * @throws {PortTakenError} if another program listens there.
 */
export async function serveHealth({
  port,
  problem,
  metrics,
}: HealthDeps): Promise<{ readonly port: number } & AsyncDisposable> {
  const server = createServer(async (request, response) => {
    switch (request.url) {
      case '/healthz':
        return say(response, 200, 'ok\n')
      case '/readyz': {
        const found = await problem().catch(() => 'the database does not answer')
        return found === null ? say(response, 200, 'ok\n') : say(response, 503, `${found}\n`)
      }
      case '/metrics':
        return say(response, 200, await metrics.metrics(), metrics.contentType)
      default:
        return say(response, 404, 'ask for /healthz, /readyz or /metrics\n')
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(new PortTakenError('HEALTH_PORT', port, { cause })))
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function say(response: ServerResponse, status: number, text: string, type = 'text/plain; charset=utf-8'): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text)
}
