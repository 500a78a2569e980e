import { BlockList, isIPv4, isIPv6 } from 'node:net'
import { AppError } from '../errors.ts'

/** We do not go there, whoever asks: the address is malformed, of another protocol, or private. */
export class AddressRefusedError extends AppError {
  override readonly name = 'AddressRefusedError'
  readonly code = 'web/address-refused'
  readonly explanation: string
  readonly retry = 'never'

  constructor(problem: AddressProblem, options?: ErrorOptions) {
    super(`address refused: ${problem}`, options)
    this.explanation = EXPLANATIONS[problem]
  }
}

type AddressProblem = 'malformed' | 'scheme' | 'credentials' | 'port' | 'disguised' | 'private' | 'one word'

const EXPLANATIONS: Readonly<Record<AddressProblem, string>> = {
  malformed: 'That is not a web address. It should look like https://example.com/feed.xml.',
  scheme: 'I only read addresses that begin with http:// or https://.',
  credentials: 'That address holds a user name or a password. Leave the part before the @ away.',
  port: 'That address asks for a port that I do not use. Web ports are 80, 443, 8080, 8443, 8000 and 3000.',
  disguised: 'That address is written in an unusual way. Use the plain spelling of its host.',
  private: 'That address leads into a private network, where I never go. Use a public address.',
  'one word':
    'That is a word, and no web address: a name on the internet has a dot. It should look like https://example.com/feed.xml.',
}

/** What an installation lets us reach. */
export type Reach = {
  /** Loopback and private networks too, on any port: for tests, the sample publisher and closed networks. */
  readonly allowPrivate: boolean
}

const PORTS = new Set(['', '80', '443', '8080', '8443', '8000', '3000'])

/**
 * The address, parsed once and fit to be connected to; a name's addresses are checked again
 * inside the socket's look-up (`publicOnly`), because only those are really connected to.
 *
 * @throws {AddressRefusedError} saying in plain words what is wrong with it.
 * @see STORAGE.md, outbound guard
 */
export function checkAddress(address: string, { allowPrivate }: Reach): URL {
  const refuse = (problem: AddressProblem) => {
    throw new AddressRefusedError(problem)
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: parsers disagree about them, so none may pass
  if (address.length > 4_000 || /[\u0000-\u0020\u007f\\]/.test(address)) refuse('malformed')
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(address) && !/^https?:/i.test(address)) refuse('scheme')
  const authority = /^https?:\/\/([^/?#]+)/i.exec(address)?.[1]
  const url = URL.parse(address)
  if (authority === undefined || url === null) throw new AddressRefusedError('malformed')
  if (authority.includes('@')) refuse('credentials')
  if (authority.includes('%')) refuse('disguised')
  if (!allowPrivate && !PORTS.has(url.port)) refuse('port')
  checkHost(url.hostname, authority, allowPrivate, refuse)
  return url
}

function checkHost(
  hostname: string,
  authority: string,
  allowPrivate: boolean,
  refuse: (problem: AddressProblem) => void,
): void {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
  const isLiteral = isIPv4(bare) || isIPv6(bare)
  if (isIPv4(bare) && authority.replace(/:\d*$/, '') !== bare) refuse(isPublicAddress(bare) ? 'disguised' : 'private')
  if (allowPrivate) return
  if (isLiteral && !isPublicAddress(bare)) refuse('private')
  // A name of one part belongs to the local network.
  if (!isLiteral && !bare.replace(/\.$/, '').includes('.')) refuse(bare === 'localhost' ? 'private' : 'one word')
}

const PRIVATE_4 = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  // A cloud's host agent behind a public-looking address.
  ['168.63.129.16', 32],
] as const) {
  PRIVATE_4.addSubnet(network, prefix, 'ipv4')
}

const GLOBAL_6 = new BlockList()
GLOBAL_6.addSubnet('2000::', 3, 'ipv6')

/** Inside the global block: Teredo, benchmarks, ORCHID, documentation, 6to4, documentation again. */
const SPECIAL_6 = new BlockList()
for (const [network, prefix] of [
  ['2001::', 32],
  ['2001:2::', 48],
  ['2001:10::', 28],
  ['2001:20::', 28],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  SPECIAL_6.addSubnet(network, prefix, 'ipv6')
}

/**
 * Whether an IP address is of the public internet. IPv6 counts only from 2000::/3, which leaves
 * out every way of writing an IPv4 address inside it.
 *
 * @see IANA, special-purpose address registries
 */
export function isPublicAddress(ip: string): boolean {
  if (isIPv4(ip)) return !PRIVATE_4.check(ip, 'ipv4')
  return isIPv6(ip) && !ip.includes('.') && GLOBAL_6.check(ip, 'ipv6') && !SPECIAL_6.check(ip, 'ipv6')
}
