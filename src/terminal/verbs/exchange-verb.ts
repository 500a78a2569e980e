import { writeFile } from 'node:fs/promises'
import { readBytes } from './read-input.ts'
import { InputRefusedError, UsageError, type Verb } from './verb.ts'

/** Something that leaves as a file and comes back as one. */
export type Exchange = {
  /** The file, and what a person should know about it. */
  readonly exported: (wish: { readonly withSecrets: boolean; readonly team?: string | undefined }) => Promise<{
    readonly text: string
    readonly words?: string
  }>
  /** What changed, as one JSON line. @throws {AppError} if the text cannot be used; then nothing changed. */
  readonly imported: (
    text: string,
    wish: { readonly team?: string | undefined; readonly isDry: boolean },
  ) => Promise<object>
} & AsyncDisposable

/** `book`, `opml`, `subscriptions`: the same two ways for each. */
export const exchangeVerb = (
  name: string,
  what: string,
  open: (may: 'look' | 'work') => Promise<Exchange>,
  { hasSecrets = false, isOfTeam = false }: { readonly hasSecrets?: boolean; readonly isOfTeam?: boolean } = {},
): Verb => ({
  name,
  usage: `export|import FILE|-${hasSecrets ? ' [--with-secrets]' : ''}${isOfTeam ? ' [--team ID] [--dry-run]' : ''}`,
  summary: `Write ${what} to a file, or read them from one`,
  details: [
    'Out: with export the file (- is standard output); with import what changed, as one JSON line.',
    ...(hasSecrets
      ? ['     Addresses that hold a secret are left out of an export, unless --with-secrets asks for them.']
      : []),
    ...(isOfTeam
      ? [
          '     --team: whose, by the id that Slack or Discord has for it; without it everybody’s.',
          '     --dry-run: an import changes nothing, and says what it would do.',
        ]
      : []),
  ].join('\n'),
  options: {
    ...(hasSecrets ? { 'with-secrets': { type: 'boolean' } as const } : {}),
    ...(isOfTeam ? { team: { type: 'string' } as const, 'dry-run': { type: 'boolean' } as const } : {}),
  },

  run: async ({ values, positionals: [way, file, ...more] }, io) => {
    if ((way !== 'export' && way !== 'import') || file === undefined || more.length > 0) {
      throw new UsageError(`${name} takes export or import, and one FILE`)
    }
    const team = typeof values.team === 'string' ? values.team : undefined
    if (way === 'import') {
      const text = new TextDecoder().decode(await readBytes(file, io))
      const isDry = values['dry-run'] === true
      await using exchange = await open(isDry ? 'look' : 'work')
      return io.write(`${JSON.stringify(await exchange.imported(text, { team, isDry }))}\n`)
    }
    await using exchange = await open('look')
    const { text, words } = await exchange.exported({ withSecrets: values['with-secrets'] === true, team })
    if (words !== undefined) io.say(words)
    if (file === '-') return io.write(text)
    await writeFile(file, text).catch((cause: unknown) => {
      throw new InputRefusedError(`${file} cannot be written: check the folder and the right to write there.`, {
        cause,
      })
    })
    io.say(`Written to ${file}.`)
  },
})
