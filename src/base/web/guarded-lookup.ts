import dns from 'node:dns/promises'
import type { LookupFunction } from 'node:net'
import { AddressRefusedError, isPublicAddress, type Reach } from './address.ts'

/** Every address of a host, as `dns.lookup` gives them; tests and the hostile corpus put their own in its place. */
export type ResolveHost = (host: string) => Promise<readonly { readonly address: string; readonly family: number }[]>

const systemResolve: ResolveHost = (host) => dns.lookup(host, { all: true })

/** The socket connects to what this returns and to nothing else, so no second answer can slip in between. */
export function guardedLookup({
  allowPrivate,
  resolve = systemResolve,
}: Reach & { readonly resolve?: ResolveHost | undefined }): LookupFunction {
  return (hostname, lookup, callback) => {
    resolve(hostname).then(
      (found) => {
        const [first] = found
        if (first === undefined) return callback(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '', 0)
        if (!allowPrivate && found.some(({ address }) => !isPublicAddress(address)))
          return callback(new AddressRefusedError('private'), '', 0)
        if (lookup.all === true)
          callback(
            null,
            found.map(({ address, family }) => ({ address, family })),
          )
        else callback(null, first.address, first.family)
      },
      (error: unknown) => callback(error as NodeJS.ErrnoException, '', 0),
    )
  }
}
