import { PUBLIC } from '../base/scope.ts'
import { type ListedFeed, NotOpmlError, readOpml, writeOpml } from '../feed/opml.ts'
import type { Exchange } from '../terminal/verbs/exchange-verb.ts'
import { InputRefusedError } from '../terminal/verbs/verb.ts'
import type { OpenedHouse } from './open-to-look.ts'
import { holdsSecret, shownAddress } from './secret-address.ts'

type Files = Pick<Exchange, 'exported' | 'imported'>

/**
 * The feeds that everybody and this terminal read, as OPML. An address that lets in whoever has it is
 * written only where that was asked for.
 *
 * @see OPML 2.0
 */
export function opmlFile({ house: { feeds }, here }: OpenedHouse): Files {
  return {
    exported: async ({ withSecrets }) => {
      const all = await feeds.feedsOf(here)
      if (all.length === 0) throw new InputRefusedError('No feed is read yet, so there is nothing to write.')
      const written = all.filter(({ url }) => withSecrets || !holdsSecret(url))
      if (written.length === 0)
        throw new InputRefusedError('Every feed has a secret in its address; --with-secrets writes them too.')
      const text = `${writeOpml(written)}\n`
      const left = all.length - written.length
      if (left === 0) return { text }
      const which =
        left === 1
          ? 'One feed has a secret in its address and was'
          : `${left} feeds have secrets in their addresses and were`
      return { text, words: `${which} left out; --with-secrets writes all.` }
    },
    imported: async (text) => {
      const added: string[] = []
      for (const { url, title } of feedsIn(text)) {
        if ((await feeds.byUrl(here, url)) !== null) continue
        await feeds.add({ url, title, team: PUBLIC, addedBy: null }, new Date())
        added.push(shownAddress(url))
      }
      return { added }
    },
  }
}

function feedsIn(text: string): readonly ListedFeed[] {
  try {
    return readOpml(text)
  } catch (cause) {
    if (!(cause instanceof NotOpmlError)) throw cause
    throw new InputRefusedError(`${cause.explanation} Nothing was changed.`, { cause })
  }
}
