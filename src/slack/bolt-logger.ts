import { type Logger, LogLevel } from '@slack/bolt'
import type { Log } from '../base/log.ts'

/** Bolt's words in our log. What it says at its lower levels holds whole payloads, members' messages too: never written. */
export function boltLogger(log: Log): Logger {
  const words = (said: readonly unknown[]) => said.map((part) => (part instanceof Error ? part.message : String(part)))
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...said) => log.warn({ said: words(said).join(' ') }, 'bolt warns'),
    error: (...said) => log.error({ said: words(said).join(' ') }, 'bolt reports an error'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  }
}
