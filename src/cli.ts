import { runVerb, type Verbs } from './terminal/verbs/run-verb.ts'
import type { Streams } from './terminal/verbs/verb.ts'

/** Reads arguments, hands over. Each verb is loaded when it is asked for. */
const verbs: Verbs = {
  'parse-feed': async () => (await import('./terminal/verbs/parse-feed-verb.ts')).parseFeedVerb,
  'read-article': async () => (await import('./terminal/verbs/read-article-verb.ts')).readArticleVerb,
  statements: async () => (await import('./terminal/verbs/statements-verb.ts')).statementsVerb,
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

process.exitCode = await runVerb(process.argv.slice(2), verbs, streams)
