/**
 * What people type, and what nobody should, through both doors with the real clients: one answer each, no
 * bug behind it, nothing that the platform would refuse or act on.
 *
 *     npm run eval:grammar
 *
 * Reads the golden tables of typed inputs and questions and, where it lies beside the checkout, the hostile corpus.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { keyOf } from '../../src/base/id.ts'
import { formatCommand } from '../../src/chat/format-command.ts'
import { discordStore } from '../../src/discord/discord-store.ts'
import { textForSlack } from '../../src/slack/slack-text.ts'
import { handClock } from '../support/clock.ts'
import { commandHouse } from '../support/command-house.ts'
import { testDatabase } from '../support/database.ts'
import { discordBot } from '../support/discord-bot.ts'
import { discordPeople } from '../support/discord-people.ts'
import { discordServer } from '../support/discord-server.ts'
import { slackHouse } from '../support/slack-house.ts'

const TABLE = join(import.meta.dirname, '../golden/grammar/typed.txt')
const QUESTIONS = join(import.meta.dirname, '../golden/grammar/questions.txt')
const CORPUS = join(import.meta.dirname, '../../../shared/data/hostile/commands.jsonl')
/** Longer ones do not fit into the id of a button. */
const BUTTON_CHARACTERS = 98
/** Between two inputs, so that nobody is asked to slow down. */
const PAUSE_SECONDS = 3
const FAULTS_SHOWN = 20
/** @see Discord, interaction callback types: MODAL */
const OPENS_FORM = 9

const say = (line: string) => process.stdout.write(`${line}\n`)

type Case = { readonly id: string; readonly command: string; readonly args: Readonly<Record<string, string>> }

/** Lines of the tables, commands and sentences; characters that cannot be seen are written `\u200b`, `\n`, `\t`, an empty line `^`. */
function typedLines(): readonly string[] {
  const rows = [TABLE, QUESTIONS].flatMap((table) => readFileSync(table, 'utf8').split('\n'))
  return rows
    .filter((row) => row !== '' && !row.startsWith('#'))
    .map((row) => row.slice(0, row.lastIndexOf(' => ')).trimEnd())
    .map((typed) =>
      typed === '^'
        ? ''
        : typed
            .replace(/\\u([0-9a-f]{4})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
            .replace(/\\n/g, '\n')
            .replace(/\\t/g, '\t'),
    )
}

/** The corpus in our words; its scenarios about permissions are tests of their own. */
function hostileLines(): readonly string[] {
  if (!existsSync(CORPUS)) return []
  const cases = readFileSync(CORPUS, 'utf8').trim().split('\n')
  return cases.flatMap((row) => {
    const { command, args } = JSON.parse(row) as Case
    if (command === 'lookup') return [`said ${args.text ?? ''}`, formatCommand('said', { text: args.text })]
    if (command === 'feed add') return [`feeds add ${args.url ?? ''}`]
    if (command === 'digest set') return [formatCommand('subscribe', { at: args.cron ?? args.time, tz: args.tz })]
    return []
  })
}

/** A clock that starts now and goes on with every input only. */
const startNow = () => handClock(new Date().toISOString())

type Fault = string

async function onSlack(lines: readonly string[]): Promise<readonly Fault[]> {
  await using rooms = await commandHouse()
  const clock = startNow()
  await using house = await slackHouse({ clock, commands: rooms.book })
  house.server.facts.set('alice', { is_admin: true, tz: 'Africa/Tripoli' })
  const faults: Fault[] = []
  for (const line of lines) {
    clock.advance({ seconds: PAUSE_SECONDS })
    const forms = () => house.server.callsOf('views.open').length
    const before = forms()
    const asked = await house.people.slash('/onrecord', textForSlack(line))
    // Who names a command alone gets its form.
    await house.server.until(() => asked.replies.length > 0 || forms() > before)
    if (asked.status !== 200) faults.push(`${JSON.stringify(line)}: status ${asked.status}`)
    if (/<[@#!]|<https?:/.test(JSON.stringify(asked.replies))) faults.push(`${JSON.stringify(line)}: a live control`)
    faults.push(...house.server.refused.splice(0).map((fault) => `${JSON.stringify(line)}: ${fault}`))
  }
  return [...faults, ...rooms.logged]
}

async function onDiscord(lines: readonly string[]): Promise<readonly Fault[]> {
  await using rooms = await commandHouse()
  const clock = startNow()
  await using server = await discordServer({ now: () => clock.now().getTime() })
  await using db = await testDatabase()
  await using _bot = await discordBot(server, db, { book: rooms.book, clock })
  const people = discordPeople(server)
  const store = discordStore(db, { clock })
  const faults: Fault[] = []
  for (const [number, line] of lines.entries()) {
    clock.advance({ seconds: PAUSE_SECONDS })
    const key = keyOf('button', line)
    if (line.length > BUTTON_CHARACTERS) await store.keepButtons(1, [{ key, command: line }])
    const id = line.length > BUTTON_CHARACTERS ? `k:${key}` : `c:${line}`
    const message = {
      id: String(700 + number),
      text: '',
      isEphemeral: false,
      body: {},
      menus: [],
      buttons: [{ label: 'x', id }],
    }
    const answered = await people.press(message, 'x', { permissions: 1n << 5n })
    const { type } = await answered.callback()
    const text = type === OPENS_FORM ? 'a form' : (await answered.reply()).text
    if (text === '') faults.push(`${JSON.stringify(line)}: an empty answer`)
  }
  const wrong = server.calls.filter((call) => call.faults.length > 0)
  return [...faults, ...wrong.map((call) => `${call.path}: ${call.faults.join('; ')}`), ...rooms.logged]
}

const lines = [...typedLines(), ...hostileLines()]
let isGood = true
for (const [name, run] of Object.entries({ Slack: onSlack, Discord: onDiscord })) {
  const started = performance.now()
  const faults = await run(lines)
  for (const fault of faults.slice(0, FAULTS_SHOWN)) say(`${name}: ${fault.slice(0, 400)}`)
  const ms = ((performance.now() - started) / lines.length).toFixed(0)
  say(
    `${name}: ${lines.length} inputs, each answered (${ms} ms each, the platform's server included): ${faults.length} faults`,
  )
  isGood &&= faults.length === 0
}
process.exitCode = isGood ? 0 : 1
