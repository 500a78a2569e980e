import { parseArgs } from 'node:util'
import { AppError } from '../../base/errors.ts'
import { closest } from '../../chat/closest.ts'
import { type Streams, UsageError, type Verb } from './verb.ts'

/** Verbs by name, loaded when they are needed: `statements` does not wait for Slack's client. */
export type Verbs = Readonly<Record<string, () => Promise<Verb>>>

/**
 * Runs what the arguments ask for, and gives the exit code: 0 good, 1 the input was refused,
 * 2 wrong usage. Only bugs throw.
 */
export async function runVerb(args: readonly string[], verbs: Verbs, io: Streams): Promise<0 | 1 | 2> {
  const [name, ...rest] = args
  if (name === undefined) {
    io.say(await helpOfAll(verbs))
    return 2
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    await io.write(await helpOfAll(verbs))
    return 0
  }
  const load = Object.hasOwn(verbs, name) ? verbs[name] : undefined
  if (load === undefined) {
    const [near] = closest(name, Object.keys(verbs))
    io.say(
      `onrecord: there is no verb "${name.slice(0, 40)}".${near === undefined ? '' : ` Did you mean ${near}?`} See onrecord --help.`,
    )
    return 2
  }
  const verb = await load()
  try {
    const given = parseArgs({
      args: [...rest],
      options: { ...verb.options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    })
    if (given.values.help === true) {
      await io.write(helpOf(verb))
      return 0
    }
    await verb.run(
      { values: given.values as Record<string, string | boolean | undefined>, positionals: given.positionals },
      io,
    )
    return 0
  } catch (error) {
    if (error instanceof AppError) {
      io.say(`onrecord ${name}: ${error.explanation}`)
      return 1
    }
    if (!isUsage(error)) throw error
    io.say(`onrecord ${name}: ${error.message}\nusage: onrecord ${name} ${verb.usage}`.trimEnd())
    return 2
  }
}

function isUsage(error: unknown): error is Error {
  const code = (error as { code?: unknown } | null)?.code
  return (
    error instanceof UsageError ||
    (error instanceof Error && typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS'))
  )
}

async function helpOfAll(verbs: Verbs): Promise<string> {
  const all = await Promise.all(Object.values(verbs).map((load) => load()))
  const width = Math.max(...all.map(({ name }) => name.length))
  const lines = all.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`)
  return [
    'onrecord: who said what on which topic, and when it moved',
    '',
    'usage: onrecord VERB ...        onrecord VERB --help',
    '',
    ...lines,
    '',
    'Data goes to standard output as JSON, words to standard error. Exit: 0 good, 1 input refused, 2 wrong usage.',
    '',
  ].join('\n')
}

function helpOf({ name, usage, summary, details }: Verb): string {
  return `${[`usage: onrecord ${name} ${usage}`.trimEnd(), '', summary, ...(details === undefined ? [] : ['', details])].join('\n')}\n`
}
