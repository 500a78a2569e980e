import type { HTTPReceiver, HTTPReceiverOptions, Logger, Receiver, webApi } from '@slack/bolt'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { httpReceiver, listen } from './http-receiver.ts'
import { socketReceiver } from './socket-receiver.ts'

const DEFAULT_PORT = 3000

/** How Slack's requests come to us. */
export type WayIn = {
  readonly receiver: Receiver
  /** The port that is listened on, if any. */
  readonly open: () => Promise<number | null>
  readonly close: () => Promise<void>
}

export type WayInDeps = {
  readonly config: {
    readonly signingSecret?: string | undefined
    readonly appToken?: string | undefined
    readonly port?: number | undefined
    readonly host?: string | undefined
  }
  /** Pages on which people install the app, beside the address of the events. */
  readonly pages?: Partial<HTTPReceiverOptions> | undefined
  readonly clientOptions: webApi.WebClientOptions
  readonly logger: Logger
  readonly clock: Clock
  readonly log: Log
}

/** A socket of ours where there is an app token, else an address of ours. */
export function openWayIn({ config, pages, clock, log, logger, clientOptions }: WayInDeps): WayIn {
  if (config.appToken !== undefined) {
    const socket = socketReceiver({ appToken: config.appToken, log, logger, clientOptions })
    return {
      receiver: socket.receiver,
      open: async () => {
        await socket.open()
        return null
      },
      close: async () => socket[Symbol.asyncDispose](),
    }
  }
  const receiver: HTTPReceiver = httpReceiver({ signingSecret: config.signingSecret ?? '', pages, clock, log, logger })
  return {
    // Bolt would authorise by the receiver's installer, which exchanges tokens for each request on its own.
    receiver: {
      init: (app) => receiver.init(app),
      start: (port: number) => receiver.start(port),
      stop: () => receiver.stop(),
    },
    open: () => listen(receiver, config.port ?? DEFAULT_PORT, config.host),
    close: () => receiver.stop(),
  }
}
