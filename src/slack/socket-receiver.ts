import { setTimeout as after } from 'node:timers/promises'
import { type Logger, SocketModeReceiver, webApi } from '@slack/bolt'
import type { Log } from '../base/log.ts'
import { isPassing } from './post-outcome.ts'
import { SlackTokenError, SlackUnreachableError } from './slack-errors.ts'

const SHORTEST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 60_000
const CLOSE_WITHIN_MS = 2_000

export type SocketReceiverDeps = {
  readonly appToken: string
  readonly clientOptions: webApi.WebClientOptions
  readonly log: Log
  readonly logger: Logger
}

/** A Socket Mode connection that is opened again whenever it ends, until it is closed. */
type Socket = AsyncDisposable & {
  readonly receiver: SocketModeReceiver
  /**
   * Resolves when Slack has said hello for the first time.
   *
   * @throws {SlackTokenError} when Slack does not accept the app token.
   * @throws {SlackUnreachableError} on no usable answer.
   */
  readonly open: () => Promise<void>
}

/** The reconnecting is ours: the client's own leaves a rejected promise behind when Slack cannot be reached, which ends the process. */
export function socketReceiver({ appToken, clientOptions, log, logger }: SocketReceiverDeps): Socket {
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: { ...clientOptions } },
  })
  const { client } = receiver
  let isClosing = false
  let wake: (() => void) | null = null

  const ended = () => new Promise<void>((resolve) => client.once('disconnected', () => resolve()))

  const keepOpen = async (firstEnd: Promise<void>) => {
    let end: Promise<void> | null = firstEnd
    let failures = 0
    while (!isClosing) {
      await end
      if (isClosing) return
      if (failures > 0) await pause(failures, (stop) => (wake = stop))
      end = null
      try {
        if (!isClosing) await client.start()
        end = ended()
        failures = 0
      } catch (error) {
        if (openingError(error) instanceof SlackTokenError) {
          log.error({ error }, 'slack does not accept the app token any more')
          return
        }
        failures += 1
        log.warn({ error, failures }, 'slack socket could not be opened again')
      }
    }
  }

  return {
    receiver,
    async open() {
      try {
        await client.start()
      } catch (cause) {
        throw openingError(cause)
      }
      void keepOpen(ended())
    },
    async [Symbol.asyncDispose]() {
      isClosing = true
      wake?.()
      // A socket that is gone already never tells that it ended.
      await Promise.race([client.disconnect(), after(CLOSE_WITHIN_MS, undefined, { ref: false })])
    },
  }
}

function openingError(cause: unknown): Error {
  if (!(cause instanceof webApi.WebAPIPlatformError)) return new SlackUnreachableError({ cause })
  const { error } = cause.data
  if (isPassing(error)) return new SlackUnreachableError({ cause })
  return new SlackTokenError('SLACK_APP_TOKEN', `Slack says ${error}`, { cause })
}

/** Twice as long after each failure, with some chance in it, so that not all bots of the world return at once. */
async function pause(failures: number, giveStop: (stop: () => void) => void): Promise<void> {
  const ms = Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS * 2 ** Math.min(failures, 10)) * (0.5 + Math.random() / 2)
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms)
    giveStop(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
