import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import { decodeEbcdic } from './decode-ebcdic.ts'
import { encodingByLanguage } from './encoding-by-language.ts'

/** Labels are looked for in this much of a document; XML and HTML promise them within 1,024 bytes. */
const LABEL_WITHIN_BYTES = 2_048

/** Labels that mean something else on the web than in the standard they come from. */
const MEANT: Readonly<Record<string, string>> = {
  'iso-8859-1': 'windows-1252',
  'iso8859-1': 'windows-1252',
  'latin-1': 'windows-1252',
  latin1: 'windows-1252',
  'us-ascii': 'windows-1252',
  ascii: 'windows-1252',
  'iso-8859-9': 'windows-1254',
  'iso-8859-11': 'windows-874',
  'tis-620': 'windows-874',
  'shift-jis': 'shift_jis',
  sjis: 'shift_jis',
  'x-sjis': 'shift_jis',
  'ks_c_5601-1987': 'cp949',
  'euc-kr': 'cp949',
  gb2312: 'gb18030',
  'x-gbk': 'gb18030',
  gbk: 'gb18030',
  'x-x-big5': 'big5',
  'x-cp1250': 'windows-1250',
  'x-cp1251': 'windows-1251',
  'x-cp1252': 'windows-1252',
  'x-mac-cyrillic': 'maccyrillic',
  'iso-8859-8-i': 'iso-8859-8',
  'unicode-1-1-utf-8': 'utf-8',
  csiso2022jp: 'iso-2022-jp',
  'iso2022-jp': 'iso-2022-jp',
  'x-euc-jp': 'euc-jp',
  ujis: 'euc-jp',
  uhc: 'cp949',
  ksx1001: 'cp949',
  hkscs: 'big5-hkscs',
  'cp-is': 'cp861',
  latin: 'windows-1252',
  iso8859: 'windows-1252',
  'iso-8859-1-1987': 'windows-1252',
}

/** Encodings that hide markup from whoever looks at bytes; refused as a label, so their bytes stay visible as they are. */
const REFUSED = /^(?:x-)?(?:utf-?7(?:-imap)?|unicode-1-1-utf-7|hz-gb-2312|iso-2022-(?:cn|kr)(?:-ext)?)$/

/**
 * The text of a document whose encoding is whatever it is.
 *
 * In this order: byte order mark; the pattern of NUL bytes that UTF-16 and UTF-32 leave; valid
 * UTF-8, which beats every label because no other encoding looks like it by chance; the server's
 * charset; the document's own declaration; UTF-8 with a few errors; what is usual in the language
 * that the document names; windows-1252, which knows every byte. Never throws.
 *
 * @see W3C XML 1.0, appendix F (detection without external information)
 */
export function decodeText(bytes: Uint8Array, { contentType }: { readonly contentType?: string | null } = {}): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { encoding, skip } = findEncoding(buffer, contentType ?? null)
  // UTF-8 goes through Node's own decoder: ten times faster, and overlong forms become replacement characters.
  const text = encoding === 'utf-8' ? buffer.toString('utf8', skip) : decodeAs(buffer.subarray(skip), encoding)
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}

/** Two kinds of text that iconv-lite does not know. */
function decodeAs(bytes: Buffer, encoding: string): string {
  if (encoding === 'ebcdic') return decodeEbcdic(bytes)
  return encoding === 'iso-2022-jp' ? new TextDecoder('iso-2022-jp').decode(bytes) : iconv.decode(bytes, encoding)
}

type Found = { readonly encoding: string; readonly skip: number }

function findEncoding(bytes: Buffer, contentType: string | null): Found {
  const marked = byMark(bytes) ?? byNulPattern(bytes)
  if (marked !== null) return marked
  const labels = [labelOfHeader(contentType), labelInside(bytes)].map(known).filter((label) => label !== null)
  // ISO-2022 is plain ASCII with escapes, so it is valid UTF-8 as well.
  const escaped = labels.find((label) => label.startsWith('iso-2022') && bytes.includes(0x1b))
  if (escaped !== undefined) return { encoding: escaped, skip: 0 }
  if (isUtf8(bytes) || isUtf8ButForACut(bytes)) return { encoding: 'utf-8', skip: 0 }
  const label = labels.find((candidate) => candidate !== 'utf-8')
  if (label !== undefined) return { encoding: label, skip: 0 }
  if (mostlyUtf8(bytes, labels.length > 0 ? 1 : UNLABELLED_TIMES)) return { encoding: 'utf-8', skip: 0 }
  return { encoding: encodingByLanguage(bytes) ?? 'windows-1252', skip: 0 }
}

function byMark(bytes: Buffer): Found | null {
  const [a, b, c, d] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', skip: 3 }
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return { encoding: 'utf-32le', skip: 4 }
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { encoding: 'utf-32be', skip: 4 }
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', skip: 2 }
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', skip: 2 }
  // "<?xm" in EBCDIC
  if (a === 0x4c && b === 0x6f && c === 0xa7 && d === 0x94) return { encoding: 'ebcdic', skip: 0 }
  return null
}

/** A document begins with ASCII characters, so where the zeros lie tells width and order. */
function byNulPattern(bytes: Buffer): Found | null {
  const [a, b, c, d] = bytes
  if (bytes.length < 4) return null
  if (a !== 0 && b === 0 && c === 0 && d === 0) return { encoding: 'utf-32le', skip: 0 }
  if (a === 0 && b === 0 && c === 0 && d !== 0) return { encoding: 'utf-32be', skip: 0 }
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return { encoding: 'utf-16le', skip: 0 }
  if (a === 0 && b !== 0 && c === 0 && d !== 0) return { encoding: 'utf-16be', skip: 0 }
  return null
}

function labelOfHeader(contentType: string | null): string | null {
  return contentType === null
    ? null
    : (/charset\s{0,9}=\s{0,9}["']?([\w.:-]{2,40})/i.exec(contentType.slice(0, 500))?.[1] ?? null)
}

function labelInside(bytes: Buffer): string | null {
  const head = bytes.toString('latin1', 0, LABEL_WITHIN_BYTES)
  return (
    /<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{2,40})["']/i.exec(head)?.[1] ??
    /<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}["']?([\w.:-]{2,40})/i.exec(head)?.[1] ??
    null
  )
}

function known(label: string | null): string | null {
  if (label === null) return null
  const name = label.toLowerCase()
  if (REFUSED.test(name)) return null
  const meant = MEANT[name] ?? name
  if (/^utf-?8$/.test(meant)) return 'utf-8'
  // A document whose label could be read byte by byte is not in units of two or four bytes.
  if (/^(?:utf-?(?:16|32)|ucs-?[24]|iso-10646-ucs|unicode$|csunicode)/.test(meant)) return null
  return meant === 'iso-2022-jp' || iconv.encodingExists(meant) ? meant : null
}

/** Whole but for a character that the end of the download cut. */
function isUtf8ButForACut(bytes: Buffer): boolean {
  for (let cut = 1; cut <= 3 && cut < bytes.length; cut += 1) {
    if (isUtf8(bytes.subarray(0, bytes.length - cut))) return (bytes[bytes.length - cut] ?? 0) >= 0xc0
  }
  return false
}

/** Nobody said UTF-8, so its characters must be plain to see. */
const UNLABELLED_TIMES = 4

/** UTF-8 with some broken characters: its high bytes form whole characters more than so many times as often as not. */
function mostlyUtf8(bytes: Buffer, times: number): boolean {
  let whole = 0
  let broken = 0
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte < 0x80) continue
    const more = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc2 ? 1 : 0
    let follow = 0
    while (follow < more && ((bytes[at + 1 + follow] ?? 0) & 0xc0) === 0x80) follow += 1
    if (more > 0 && follow === more) whole += 1
    else broken += 1
    at += follow
  }
  return whole > broken * times
}
