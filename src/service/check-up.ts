import { accessSync, constants, existsSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Config } from '../base/config.ts'
import { AppError } from '../base/errors.ts'
import { fatesSince } from '../delivery/slot-store.ts'
import { checkModelAddress } from '../opinion/model-fetch.ts'
import { reasonsAgainst } from '../opinion/score-model.ts'
import { installAddresses } from '../slack/slack-manifest.ts'
import type { Check } from '../terminal/verbs/doctor-verb.ts'
import { placeOf } from './open-database.ts'
import { modelSettings } from './open-opinion.ts'
import { type OpenedHouse, openToLook } from './open-to-look.ts'

/** A platform that takes longer does not work for people either. */
const ANSWER_WITHIN_MS = 10_000

const DAY_MS = 86_400_000

/** Looks at everything that can be wrong; the service may be running. */
export async function* checkUp(settings: () => Config): AsyncGenerator<Check> {
  yield { name: 'node', state: 'good', words: `Node.js ${process.versions.node}` }
  const read = await attempt('configuration', async () => settings())
  if ('check' in read) return yield read.check
  const config = read.value
  yield { name: 'configuration', state: 'good', words: 'Every setting can be used.' }
  yield* checkDatabase(config)
  yield await checkSlack(config)
  yield await checkDiscord(config)
  yield config.CONTACT === undefined
    ? { name: 'contact', state: 'off', words: 'Set CONTACT, so that publishers can reach you before they block you.' }
    : { name: 'contact', state: 'good', words: 'Publishers are told how to reach you.' }
}

async function* checkDatabase(config: Config): AsyncGenerator<Check> {
  const place = placeOf(config)
  if ('file' in place && !existsSync(place.file)) return yield checkFolder(place.file)
  const opened = await attempt('database', () => openToLook(config))
  if ('check' in opened) return yield opened.check
  await using open = opened.value
  yield { name: 'database', state: 'good', words: 'It can be read and is up to date.' }
  yield await checkFeeds(open)
  yield await checkWork(open)
  yield await checkDeliveries(open)
  yield await checkModel(config, open)
}

function checkFolder(file: string): Check {
  try {
    accessSync(dirname(file), constants.W_OK)
    return { name: 'database', state: 'off', words: `There is no ${file} yet; the first start makes it.` }
  } catch {
    // Missing or closed to us: for a person it is the same thing to mend.
    const words = `There is no ${file} yet, and it cannot be made: make its folder, and let this user write to it.`
    return { name: 'database', state: 'failed', words }
  }
}

async function checkFeeds({ house: { feeds }, here }: OpenedHouse): Promise<Check> {
  const all = await feeds.feedsOf(here)
  const bad = all.filter(({ state }) => state !== 'active')
  const [first] = bad
  if (all.length === 0)
    return { name: 'feeds', state: 'off', words: 'None is read yet: /feeds add, or FEEDS in the environment.' }
  if (first === undefined)
    return { name: 'feeds', state: 'good', words: all.length === 1 ? 'One is read.' : `${all.length} are read.` }
  const words = `${bad.length} of ${all.length} do not answer; ${first.title ?? 'one without a title'}: ${first.failure ?? first.state}`
  return { name: 'feeds', state: 'failed', words }
}

async function checkWork({ house: { queue } }: OpenedHouse): Promise<Check> {
  const waiting = [...(await queue.waiting({ all: true })).values()].reduce((sum, count) => sum + count, 0)
  const aside = await queue.setAside(100)
  const [first] = aside
  if (first === undefined) return { name: 'work', state: 'good', words: `${waiting} jobs wait, none was set aside.` }
  return {
    name: 'work',
    state: 'failed',
    words: `${aside.length} jobs were set aside; the newest (${first.step}): ${first.reason}`,
  }
}

async function checkDeliveries({ house: { outbox, db } }: OpenedHouse): Promise<Check> {
  const counts = await outbox.counts()
  const fates = await fatesSince(db.reads, new Date(Date.now() - DAY_MS))
  const notWritten = fates.get('not written') ?? 0
  const of = (state: 'sent' | 'due' | 'refused' | 'unknown') => counts.get(state) ?? 0
  const words = `${of('sent')} messages sent, ${of('due')} due, ${of('refused')} refused.`
  const faults = [
    ...(of('unknown') === 0 ? [] : [`${of('unknown')} may or may not have been posted: look into their channels.`]),
    ...(notWritten === 0
      ? []
      : [`${notWritten} digests of the last day could not be written: look into the log for "digest not written".`]),
  ]
  if (faults.length === 0) return { name: 'deliveries', state: 'good', words }
  return { name: 'deliveries', state: 'failed', words: [words, ...faults].join(' ') }
}

async function checkModel(config: Config, { house: { opinions } }: OpenedHouse): Promise<Check> {
  const name = 'second opinion'
  const settings = modelSettings(config)
  if (settings === null) return { name, state: 'off', words: 'LLM_MODEL is not set: no language model is asked.' }
  const address = await attempt(name, async () => checkModelAddress(settings.baseUrl))
  if ('check' in address) return address.check
  const score = await opinions.scoreOf(`${settings.model}@${address.value.host}`)
  if (score === null) {
    return { name, state: 'off', words: `${settings.model} judges no labels before it has passed onrecord llm score.` }
  }
  const { tokens, refused } = await opinions.useOn(new Date())
  const day = score.scoredAt.toISOString().slice(0, 10)
  const use = `Today: ${tokens} tokens, ${refused} questions over the budget.`
  if (score.isTrusted) return { name, state: 'good', words: `${settings.model} passed the score on ${day}. ${use}` }
  const words = `${settings.model} judges no labels: ${reasonsAgainst(score.figures).join('; ')} (${day}). Take another model and run onrecord llm score. ${use}`
  return { name, state: 'off', words }
}

async function checkSlack(config: Config): Promise<Check> {
  const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, SLACK_API_URL } = config
  if (config.SLACK_CLIENT_ID !== undefined) {
    const { install } = installAddresses(config.SLACK_PUBLIC_URL ?? '')
    return { name: 'slack', state: 'good', words: `Open to many workspaces: people install the app at ${install}` }
  }
  if (SLACK_BOT_TOKEN === undefined) return { name: 'slack', state: 'off', words: 'SLACK_BOT_TOKEN is not set.' }
  if (SLACK_APP_TOKEN === undefined && SLACK_SIGNING_SECRET === undefined) {
    return {
      name: 'slack',
      state: 'failed',
      words: 'Set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) too.',
    }
  }
  const base = (SLACK_API_URL ?? 'https://slack.com/api').replace(/\/$/, '')
  const answer = await askPlatform(`${base}/auth.test`, {
    method: 'POST',
    headers: { authorization: `Bearer ${SLACK_BOT_TOKEN}` },
  })
  if (answer === null) return { name: 'slack', state: 'failed', words: 'Slack does not answer: check the network.' }
  if (answer.ok === true) return { name: 'slack', state: 'good', words: `Connected to ${String(answer.team)}.` }
  const words = `Slack refuses SLACK_BOT_TOKEN (${String(answer.error)}): install the app again and copy the new token.`
  return { name: 'slack', state: 'failed', words }
}

async function checkDiscord({ DISCORD_TOKEN, DISCORD_API_URL }: Config): Promise<Check> {
  if (DISCORD_TOKEN === undefined) return { name: 'discord', state: 'off', words: 'DISCORD_TOKEN is not set.' }
  const base = (DISCORD_API_URL ?? 'https://discord.com/api').replace(/\/$/, '')
  const answer = await askPlatform(`${base}/v10/users/@me`, { headers: { authorization: `Bot ${DISCORD_TOKEN}` } })
  if (answer === null) return { name: 'discord', state: 'failed', words: 'Discord does not answer: check the network.' }
  if (typeof answer.username === 'string')
    return { name: 'discord', state: 'good', words: `Connected as ${answer.username}.` }
  const words = 'Discord refuses DISCORD_TOKEN: make a new one in the developer portal and copy it.'
  return { name: 'discord', state: 'failed', words }
}

/** `null` where nothing usable comes back; why it did not would tell an operator nothing more. */
async function askPlatform(url: string, request: RequestInit): Promise<Readonly<Record<string, unknown>> | null> {
  try {
    const response = await fetch(url, { ...request, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })
    return (await response.json()) as Record<string, unknown>
  } catch {
    return null
  }
}

async function attempt<Value>(
  name: string,
  work: () => Promise<Value>,
): Promise<{ readonly value: Value } | { readonly check: Check }> {
  try {
    return { value: await work() }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { check: { name, state: 'failed', words: error.explanation } }
  }
}
