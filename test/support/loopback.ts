import { Server } from 'node:net'

/*
 * Both emulators call `listen(port)` without a host, which opens the port to the whole network.
 * Imported for its effect, before either of them: a `listen` that names no host gets 127.0.0.1.
 */

const LOOPBACK = '127.0.0.1'

const listen = Server.prototype.listen as (this: Server, ...given: unknown[]) => Server

Server.prototype.listen = function (this: Server, ...given: unknown[]): Server {
  return listen.apply(this, heldToLoopback(given))
}

function heldToLoopback([first, second, ...rest]: readonly unknown[]): unknown[] {
  if (typeof first === 'number') {
    return typeof second === 'string' ? [first, second, ...rest] : [first, LOOPBACK, second, ...rest]
  }
  const options = first as { port?: number; host?: string; path?: string } | null | undefined
  const namesOnlyAPort = typeof options === 'object' && options?.port !== undefined && !options.host && !options.path
  return [namesOnlyAPort ? { ...options, host: LOOPBACK } : first, second, ...rest]
}
