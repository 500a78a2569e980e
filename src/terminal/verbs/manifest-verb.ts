import { onlyArgument, UsageError, type Verb } from './verb.ts'

type Manifests = Readonly<Record<'slack' | 'discord', () => Promise<unknown>>>

/** Prints what a platform must be told once, made from the definitions of the commands. */
export const manifestVerb = (manifests: Manifests): Verb => ({
  name: 'manifest',
  usage: 'slack|discord',
  summary: 'Print what to register at Slack or Discord',
  options: {},

  run: async (given, io) => {
    const platform = onlyArgument(given, 'slack or discord')
    if (platform !== 'slack' && platform !== 'discord') throw new UsageError('manifest takes slack or discord')
    await io.write(`${JSON.stringify(await manifests[platform](), null, 2)}\n`)
  },
})
