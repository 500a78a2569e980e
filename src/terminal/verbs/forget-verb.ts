import { textOf, UsageError, type Verb } from './verb.ts'

export type ForgetWhat = { readonly kind: 'team' | 'member' | 'speaker' | 'url'; readonly value: string }

export type Forgetter = {
  /** How many rows of each kind went. @throws {AppError} if there is no such team or speaker. */
  readonly forget: (what: ForgetWhat) => Promise<Readonly<Record<string, number>>>
} & AsyncDisposable

const KINDS = ['team', 'member', 'speaker', 'url'] as const

/** Takes away for good what is kept about a team, a member, a speaker or an article. */
export const forgetVerb = (open: () => Promise<Forgetter>): Verb => ({
  name: 'forget',
  usage: '--team|--member|--speaker|--url VALUE',
  summary: 'Remove for good what is kept about a team, a member, a speaker or an address',
  details: [
    "In:  --team and --member take the platform's id; --speaker a name or id; --url the address of an article",
    'Out: one JSON line: what was removed',
  ].join('\n'),
  options: {
    team: { type: 'string' },
    member: { type: 'string' },
    speaker: { type: 'string' },
    url: { type: 'string' },
  },

  run: async (given, io) => {
    const asked = KINDS.flatMap((kind) => {
      const value = textOf(given, kind)
      return value === undefined || value === '' ? [] : [{ kind, value }]
    })
    const [what] = asked
    if (what === undefined || asked.length > 1 || given.positionals.length > 0) {
      throw new UsageError('exactly one of --team, --member, --speaker and --url is needed, with its value')
    }
    await using forgetter = await open()
    await io.write(`${JSON.stringify({ forgot: what, removed: await forgetter.forget(what) })}\n`)
  },
})
