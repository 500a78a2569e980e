import { createHash } from 'node:crypto'
import { pino } from 'pino'
import { AppError } from './errors.ts'

/** JSON lines: a constant message, the facts in fields, a child per room. */
export type Log = {
  readonly info: (facts: object, message: string) => void
  readonly warn: (facts: object, message: string) => void
  readonly error: (facts: object, message: string) => void
  readonly child: (facts: { readonly room: string }) => Log
}

export type LogLevel = 'silent' | 'error' | 'warn' | 'info'

/**
 * The service's log, on standard error so that standard output stays for people and data.
 *
 * Whatever a field holds passes one redactor first: token shapes and the queries of addresses
 * (a private feed's secret) never reach a line. Errors keep their code and chain of causes.
 */
export function openLog(level: LogLevel, write: (line: string) => void = (line) => process.stderr.write(line)): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { error: describeError } }, {
    write: (line: string) => write(redact(line)),
  } as { write: (line: string) => void })
}

/** Says nothing; for tests and for verbs that only print data. */
export const silentLog: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLog,
}

/** A feed's address for the log: its host, and a hash that tells two apart without telling what they hold. */
export function addressForLog(url: string): string {
  const hash = createHash('sha256').update(url).digest('hex').slice(0, 8)
  return URL.canParse(url) ? `${new URL(url).host}#${hash}` : `#${hash}`
}

/** Slack and Discord tokens, keys of language models, authorization headers, credentials and queries in addresses. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\bsk-[\w-]{8,}/g, '[token]'],
  [/\bx(?:ox[a-z]|app)-[\w-]{4,}/g, '[token]'],
  [/\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,40}\b/g, '[token]'],
  [/\b(Bearer|Bot|Basic) [\w.~+/=-]{8,}/g, '$1 [token]'],
  [/(\/(?:webhooks|services)\/)[\w/-]+/g, '$1[secret]'],
  [/(:\/\/)[^\s"/@:]{1,200}:[^\s"/@]{1,200}@/g, '$1[credentials]@'],
  [/(https?:\/\/[^\s"?#]{1,2000})\?[^\s"]{1,2000}/g, '$1?[query]'],
]

/** A line without what must never be written down. */
export function redact(line: string): string {
  return SECRETS.reduce((text, [pattern, instead]) => text.replace(pattern, instead), line)
}

function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return String(error)
  const { code } = error as { code?: unknown }
  return {
    name: error.name,
    message: error.message,
    ...(code === undefined ? {} : { code }),
    // A fault is known by its code; only of a bug one needs to see where it happened.
    ...(depth === 0 && error.stack !== undefined && !(error instanceof AppError) ? { stack: error.stack } : {}),
    ...(error.cause === undefined || depth > 4 ? {} : { cause: describeError(error.cause, depth + 1) }),
  }
}
