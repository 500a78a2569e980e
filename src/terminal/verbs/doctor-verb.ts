import { InputRefusedError, UsageError, type Verb } from './verb.ts'

/** One thing that must be in order; `failed` says in its words what to do. */
export type Check = { readonly name: string; readonly state: 'good' | 'off' | 'failed'; readonly words: string }

/** Says what works, what does not, and what to do. */
export const doctorVerb = (checks: () => AsyncIterable<Check>): Verb => ({
  name: 'doctor',
  usage: '',
  summary: 'Say what works, what does not, and what to do',
  details: 'Out: one JSON line a check: {"check", "state": "good"|"off"|"failed", "words"}; exit 1 if one failed.',
  options: {},

  run: async ({ positionals }, io) => {
    if (positionals.length > 0) throw new UsageError('doctor takes no arguments')
    let failed = 0
    for await (const { name, state, words } of checks()) {
      if (state === 'failed') failed += 1
      await io.write(`${JSON.stringify({ check: name, state, words })}\n`)
    }
    if (failed > 0)
      throw new InputRefusedError(failed === 1 ? 'One check failed, see above.' : `${failed} checks failed, see above.`)
  },
})
