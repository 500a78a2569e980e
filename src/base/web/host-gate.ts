import { setTimeout as sleep } from 'node:timers/promises'

/** Runs the work when its host is free and a connection too; a host that hangs holds up nobody else's. */
export type HostGate = <Result>(host: string, work: () => Promise<Result>) => Promise<Result>

/** One request at a time a host, `spacingMs` apart, and `atOnce` in all. */
export function hostGate({ atOnce, spacingMs }: { readonly atOnce: number; readonly spacingMs: number }): HostGate {
  const last = new Map<string, Promise<unknown>>()
  const waiting: (() => void)[] = []
  let running = 0

  const withConnection = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    while (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
    running += 1
    try {
      return await work()
    } finally {
      running -= 1
      waiting.shift()?.()
    }
  }

  return (host, work) => {
    const before = last.get(host) ?? Promise.resolve()
    const result = before.then(() => withConnection(work))
    const rest = result
      .then(
        () => undefined,
        () => undefined,
      )
      // Unreferenced: politeness must not keep a stopping service alive.
      .then(() => (spacingMs > 0 ? sleep(spacingMs, undefined, { ref: false }) : undefined))
      .then(() => {
        if (last.get(host) === rest) last.delete(host)
      })
    last.set(host, rest)
    return result
  }
}
