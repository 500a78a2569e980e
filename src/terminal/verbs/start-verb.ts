import { UsageError, type Verb } from './verb.ts'

/** Runs the service until it is told to stop. */
export const startVerb = (start: () => Promise<void>): Verb => ({
  name: 'start',
  usage: '',
  summary: 'Run the service (npm start)',
  details:
    'Configuration comes from the environment and .env; .env.example explains each setting. Commands are taken from standard input.',
  options: {},

  run: async ({ positionals }) => {
    if (positionals.length > 0) throw new UsageError('start takes no arguments; its settings come from the environment')
    await start()
  },
})
