import { readFile } from 'node:fs/promises'
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
  if (name === '--version' || name === '-v') {
    await io.write(`${await versionOf()}\n`)
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
    const wrong = wrongUsage(error, verb)
    if (wrong === null) throw error
    io.say(`onrecord ${name}: ${wrong}\nusage: onrecord ${name} ${verb.usage}`.trimEnd())
    return 2
  }
}

/** What is wrong with the arguments, in one line; `null` if it is something else that failed. */
function wrongUsage(error: unknown, { options }: Verb): string | null {
  if (error instanceof UsageError) return error.message
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown }
  if (typeof code !== 'string' || !code.startsWith('ERR_PARSE_ARGS')) return null
  const [, option = 'that option'] = /'(?:-\w, )?(-[^\s']*)/.exec(String(message)) ?? []
  if (/does not take/.test(String(message))) return `${option} takes no value`
  if (code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `${option} needs a value`
  const known = Object.keys(options).map((one) => `--${one}`)
  const [near] = closest(option, [...known, '--help'], 1)
  return `there is no option ${option}.${near === undefined ? '' : ` Did you mean ${near}?`}`
}

async function versionOf(): Promise<string> {
  const text = await readFile(new URL('../../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
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
