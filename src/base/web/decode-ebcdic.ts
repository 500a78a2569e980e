/**
 * Code page 037, EBCDIC of the United States: for each byte the character of ISO 8859-1 that it
 * stands for. The two sets hold the same characters in another order.
 */
const CHARACTERS = Buffer.from(
  '000102039c09867f978d8e0b0c0d0e0f101112139d8508871819928f1c1d1e1f' +
    '80818283840a171b88898a8b8c050607909116939495960498999a9b14159e1a' +
    '20a0e2e4e0e1e3e5e7f1a22e3c282b7c26e9eaebe8edeeefecdf21242a293bac' +
    '2d2fc2c4c0c1c3c5c7d1a62c255f3e3ff8c9cacbc8cdcecfcc603a2340273d22' +
    'd8616263646566676869abbbf0fdfeb1b06a6b6c6d6e6f707172aabae6b8c6a4' +
    'b57e737475767778797aa1bfd0dddeae5ea3a5b7a9a7b6bcbdbe5b5dafa8b4d7' +
    '7b414243444546474849adf4f6f2f3f57d4a4b4c4d4e4f505152b9fbfcf9faff' +
    '5cf7535455565758595ab2d4d6d2d3d530313233343536373839b3dbdcd9da9f',
  'hex',
)

/** Where the other common code pages differ from 037. */
const DIFFERENCES: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  500: { 74: '[', 79: '!', 90: ']', 95: '^', 176: '¢', 186: '¬', 187: '|' },
  1140: { 159: '€' },
}

/** What mainframes and the lists of IANA call them: by number, or by the countries that used them. */
const NUMBERED = /^(?:cs)?(?:ibm|cp)?[-_]?0?(37|500|1140)$/
const INTERNATIONAL = /^ebcdic[-_]cp[-_](?:be|ch)$/

/** The text of bytes in EBCDIC, of the code page that their own declaration names, else 037. Never throws. */
export function decodeEbcdic(bytes: Uint8Array): string {
  const plain = decode(bytes, {})
  const label = /encoding\s{0,9}=\s{0,9}["']([\w.:-]{2,40})["']/i.exec(plain.slice(0, 300))?.[1]?.toLowerCase() ?? ''
  const page = INTERNATIONAL.test(label) ? '500' : NUMBERED.exec(label)?.[1]
  const differences = DIFFERENCES[page ?? '']
  return differences === undefined ? plain : decode(bytes, differences)
}

function decode(bytes: Uint8Array, differences: Readonly<Record<number, string>>): string {
  const latin = Buffer.alloc(bytes.length)
  for (let at = 0; at < bytes.length; at += 1) latin[at] = CHARACTERS[bytes[at] ?? 0] ?? 0
  if (Object.keys(differences).length === 0) return withLineFeeds(latin.toString('latin1'))
  const characters = [...latin.toString('latin1')]
  for (let at = 0; at < bytes.length; at += 1) characters[at] = differences[bytes[at] ?? 0] ?? characters[at] ?? ''
  return withLineFeeds(characters.join(''))
}

/** Mainframes end a line with NEL. */
function withLineFeeds(text: string): string {
  return text.replaceAll('\u0085', '\n')
}
