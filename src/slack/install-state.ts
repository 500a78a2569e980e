import { randomUUID } from 'node:crypto'
import type { InstallURLOptions, StateStore } from '@slack/bolt'
import type { Clock } from '../base/clock.ts'
import type { Seal } from '../base/seal.ts'

/** Longer than anybody looks at Slack's page of permissions. */
const GOOD_FOR_MS = 10 * 60_000
const ABOUT = 'slack installation state'

type State = { readonly options: InstallURLOptions; readonly madeAt: number; readonly id: string }

/**
 * What goes to Slack and back while somebody installs the app, so that nobody can end an
 * installation that another began: sealed, good for ten minutes and for one use. Bolt also
 * holds it against a cookie of the same browser.
 *
 * @see RFC 6749, section 10.12
 */
export function installState({ seal, clock }: { readonly seal: Seal; readonly clock: Clock }): StateStore {
  const usedAt = new Map<string, number>()

  return {
    generateStateParam: async (options) => {
      const state: State = { options, madeAt: clock.now().getTime(), id: randomUUID() }
      return seal.seal(JSON.stringify(state), ABOUT)
    },

    verifyStateParam: async (_now, sealed) => {
      const { options, madeAt, id } = JSON.parse(seal.open(sealed, ABOUT)) as State
      const now = clock.now().getTime()
      for (const [old, at] of usedAt) if (now - at > GOOD_FOR_MS) usedAt.delete(old)
      if (now - madeAt > GOOD_FOR_MS) throw new Error('the state of an installation is too old')
      if (usedAt.has(id)) throw new Error('the state of an installation was used before')
      usedAt.set(id, now)
      return options
    },
  }
}
