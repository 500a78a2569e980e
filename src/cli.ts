import { runVerb, type Verbs } from './terminal/verbs/run-verb.ts'
import type { Streams } from './terminal/verbs/verb.ts'

/*
 * Reads arguments, hands over. A verb is loaded when it is asked for, and what it works with when it
 * runs, so that `statements` waits for no database and `--help` for nothing at all.
 */

const operator = async () => (await import('./service/operate.ts')).operate((await import('./main.ts')).settings())

const exchange =
  (
    name: 'book' | 'opml' | 'subscriptions',
    what: string,
    may: { readonly hasSecrets?: boolean; readonly isOfTeam?: boolean } = {},
  ) =>
  async () =>
    (await import('./terminal/verbs/exchange-verb.ts')).exchangeVerb(
      name,
      what,
      async (means) => (await operator()).openExchange(name, means),
      may,
    )

const verbs: Verbs = {
  start: async () =>
    (await import('./terminal/verbs/start-verb.ts')).startVerb(async () => (await import('./main.ts')).start()),

  'parse-feed': async () => (await import('./terminal/verbs/parse-feed-verb.ts')).parseFeedVerb,

  'read-article': async () => (await import('./terminal/verbs/read-article-verb.ts')).readArticleVerb,

  statements: async () => (await import('./terminal/verbs/statements-verb.ts')).statementsVerb,

  compare: async () => (await import('./terminal/verbs/compare-verb.ts')).compareVerb,

  ingest: async () =>
    (await import('./terminal/verbs/ingest-verb.ts')).ingestVerb(async () => (await operator()).openIngester()),

  ask: async () => (await import('./terminal/verbs/ask-verb.ts')).askVerb(async () => (await operator()).openBook()),

  llm: async () => (await import('./terminal/verbs/llm-verb.ts')).llmVerb(async () => (await operator()).openReader()),

  digest: async () =>
    (await import('./terminal/verbs/digest-verb.ts')).digestVerb(async () => (await operator()).openDigest()),

  manifest: async () => (await import('./terminal/verbs/manifest-verb.ts')).manifestVerb(MANIFESTS),

  book: exchange('book', 'topics, propositions and positions (YAML)', { isOfTeam: true }),

  opml: exchange('opml', 'feeds (OPML)', { hasSecrets: true }),

  subscriptions: exchange('subscriptions', 'subscriptions (YAML)', { isOfTeam: true }),

  backup: async () =>
    (await import('./terminal/verbs/database-verbs.ts')).backupVerb({
      backup: async (file) => (await operator()).keeper.backup(file),
    }),

  restore: async () =>
    (await import('./terminal/verbs/database-verbs.ts')).restoreVerb({
      restore: async (file) => (await operator()).keeper.restore(file),
    }),

  migrate: async () =>
    (await import('./terminal/verbs/database-verbs.ts')).migrateVerb({
      pending: async () => (await operator()).keeper.pending(),
      migrate: async () => (await operator()).keeper.migrate(),
    }),

  forget: async () =>
    (await import('./terminal/verbs/forget-verb.ts')).forgetVerb(async () => (await operator()).openForgetter()),

  doctor: async () =>
    (await import('./terminal/verbs/doctor-verb.ts')).doctorVerb(async function* () {
      const { checkUp } = await import('./service/check-up.ts')
      const { settings } = await import('./main.ts')
      yield* checkUp(settings)
    }),
}

const commands = async () => (await import('./service/open-house.ts')).commands

const MANIFESTS = {
  slack: async () => {
    const [{ slackManifest }, { settings }, { shortFormsIn }] = await Promise.all([
      import('./slack/slack-manifest.ts'),
      import('./main.ts'),
      import('./service/short-forms.ts'),
    ])
    const config = settings()
    return slackManifest(await commands(), {
      address: config.SLACK_PUBLIC_URL,
      // Slack gives out the client id only after it has the manifest: what is set before tells what is wanted.
      isForMany: config.ENCRYPTION_KEY !== undefined && config.SLACK_BOT_TOKEN === undefined,
      shortForms: shortFormsIn(config),
    })
  },
  discord: async () => (await import('./discord/discord-commands.ts')).discordCommands(await commands()),
}

const streams: Streams = {
  input: process.stdin,
  write: (text) =>
    new Promise((resolve, reject) => {
      process.stdout.write(text, (error) => (error ? reject(error) : resolve()))
    }),
  say: (words) => void process.stderr.write(`${words}\n`),
}

// Whoever reads may stop before the end (`| head`): that is their right, and no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

process.exitCode = await runVerb(process.argv.slice(2), verbs, streams).catch(async (error: unknown) => {
  streams.say('onrecord: Something went wrong on our side. Please report it, with the line below.')
  const { openLog } = await import('./base/log.ts')
  openLog('error').error({ error }, 'verb failed')
  return 1
})
