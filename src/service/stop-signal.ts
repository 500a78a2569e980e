/** The wish to stop, from whoever may have it. */
export type Stop = {
  /** Resolves once somebody has asked. */
  readonly asked: Promise<void>
  readonly isAsked: () => boolean
  readonly ask: () => void
}

/** Hears SIGTERM and SIGINT. A second one ends the process at once. */
export function stopSignal(): Stop {
  const { promise, resolve } = Promise.withResolvers<void>()
  let asked = false
  const ask = () => {
    if (asked) process.exit(130)
    asked = true
    resolve()
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, ask)
  return { asked: promise, isAsked: () => asked, ask }
}
