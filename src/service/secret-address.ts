/** Names of parameters that open a door: whoever has the address is let in. */
const KEY_NAME = /key|token|secret|pass|pwd|auth|sig|hash|session|sid$|uuid|user|account|code/i
/** Letters and digits without a word in them: nobody types these, so they were given out to one reader. */
const GIVEN_OUT = /^(?=[^\d]*\d)(?=[\d_-]*[a-z])[\w-]{20,}$/i
const WORDS = /^[a-z]+(?:[-_][a-z\d]+)+$/i

/** Whether an address lets in whoever has it: credentials, a key among its parameters, a long code in its path. */
export function holdsSecret(address: string): boolean {
  const url = URL.parse(address)
  if (url === null) return true
  if (url.username !== '' || url.password !== '') return true
  const parameters = [...url.searchParams]
  if (parameters.some(([name, value]) => value !== '' && (KEY_NAME.test(name) || isGivenOut(value)))) return true
  return url.pathname.split('/').some(isGivenOut)
}

/** An address as it may be shown: with a secret in it, its host alone. */
export function shownAddress(address: string): string {
  return holdsSecret(address) ? (URL.parse(address)?.host ?? '') : address
}

function isGivenOut(part: string): boolean {
  return GIVEN_OUT.test(part) && !WORDS.test(part)
}
