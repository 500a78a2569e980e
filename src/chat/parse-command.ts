import { cleanName } from './clean-text.ts'
import { type OptionDefinition, type OptionValues, takesSeveral } from './command.ts'
import { joinValues } from './format-command.ts'

/** Longer than any question a person types; everything below works in this bound. */
export const LINE_CHARACTERS = 2_000

export type ParsedLine =
  | {
      readonly kind: 'command'
      readonly name: string
      readonly rest: string
      /** The whole line without `/onrecord`: it may be a sentence. */
      readonly words: string
    }
  | { readonly kind: 'empty' }
  | { readonly kind: 'too long'; readonly atMost: number }

/**
 * Reads the name of the command: `/said …`, `said …`, `/onrecord said …` and `onrecord said …`
 * are the same. Takes any text and never throws.
 */
export function parseLine(line: string): ParsedLine {
  if (line.length > LINE_CHARACTERS) return { kind: 'too long', atMost: LINE_CHARACTERS }
  const words = cleanName(line).replace(/^\/?onrecord(?![^\s])\s*/i, '')
  const [, name = '', rest = ''] = /^\/?(\S*)\s*(.*)$/su.exec(words) ?? []
  return name === '' ? { kind: 'empty' } : { kind: 'command', name: name.toLowerCase(), rest, words }
}

export type ParsedOptions =
  | { readonly kind: 'options'; readonly values: OptionValues<string>; readonly words: readonly string[] }
  /** `known` and `words` are the rest of what was read. */
  | {
      readonly kind: 'unknown key'
      /** At least one, in the order typed. */
      readonly unknown: readonly { readonly key: string; readonly value: string }[]
      readonly known: OptionValues<string>
      readonly words: readonly string[]
    }

/** The options of a command, as far as the grammar must know them. */
export type OptionKinds = { readonly [name: string]: Pick<OptionDefinition<never>, 'kind'> }

/**
 * Reads what stands behind the command's name: `key:value`, quoted values, several values by
 * comma or repeated key, bare words. Takes any text and never throws.
 */
export function parseOptions(rest: string, options: OptionKinds): ParsedOptions {
  const given = new Map<string, Value[]>()
  const words: string[] = []
  const unknown: { key: string; value: string }[] = []

  for (const { key, value } of readTokens(cleanName(rest.slice(0, LINE_CHARACTERS)), new Set(Object.keys(options)))) {
    if (key === null) words.push(value.whole)
    else if (Object.hasOwn(options, key)) given.set(key, [...(given.get(key) ?? []), value])
    else unknown.push({ key, value: value.whole })
  }

  const values = Object.fromEntries(
    [...given].map(([key, parts]): [string, string] => {
      const isList = takesSeveral(options[key]?.kind ?? 'text')
      return [
        key,
        isList ? joinValues(parts.flatMap((part) => part.several)) : parts.map((part) => part.whole).join(' '),
      ]
    }),
  )
  const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))
  const kept = words.filter((word) => word !== '')
  if (unknown.length > 0) return { kind: 'unknown key', unknown, known: filled, words: kept }
  return { kind: 'options', values: filled, words: kept }
}

/** One value as it stands, and the same split at its commas. */
type Value = { readonly whole: string; readonly several: readonly string[] }
type Token = { readonly key: string | null; readonly value: Value }

/** An address (`https://…`) is no key. */
const KEY = /(\p{L}[\p{L}\p{N}_-]{0,31})[:\uff1a](?!\/\/)/uy
const SPACES = /\s*/y
const COMMAS = ',\u060c\uff0c\u3001'
const COMMA = new RegExp(`[${COMMAS}]`, 'y')
const RUN = new RegExp(`[^\\s${COMMAS}]*`, 'y')

function readTokens(text: string, keys: ReadonlySet<string>): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    at = skip(SPACES, text, at)
    const key = keyAt(text, at)
    const known = key !== null && keys.has(key.name)
    const start = key === null ? at : known ? skip(SPACES, text, key.end) : key.end
    // `topic: since:7d` leaves the topic empty rather than swallowing the next key.
    const empty = key !== null && start > key.end && keyAt(text, start) !== null
    const value = empty ? { whole: '', several: [], end: start } : readValue(text, start, known)
    // `ceasefire: now` is a word with a colon, not a key.
    if (key !== null && !known && value.whole === '')
      tokens.push({ key: null, value: { whole: key.typed, several: [] } })
    else tokens.push({ key: key === null ? null : known ? key.name : key.typed, value })
    at = Math.max(value.end, at + 1)
  }
  return tokens
}

function readValue(text: string, start: number, mayGoOn: boolean): Value & { readonly end: number } {
  const several: string[] = []
  let whole = ''
  let at = start
  for (;;) {
    const quoted = quotedAt(text, at)
    const end = quoted?.end ?? at
    // `topic:"Black Sea"speaker:Lavrov`: a key may follow a closing quote without a space.
    const rest = quoted !== null && keyAt(text, end) !== null ? { text: '', end } : match(RUN, text, end)
    const piece = (quoted?.value ?? '') + rest.text
    several.push(piece)
    whole += piece
    at = rest.end
    const comma = match(COMMA, text, at)
    if (comma.text === '') break
    const next = skip(SPACES, text, comma.end)
    at = comma.end
    if (next > at) {
      // `speaker:Lavrov, Fidan topic:Libya`: the list goes on behind the space, up to the next key.
      if (!mayGoOn || next >= text.length || keyAt(text, next) !== null) break
      at = next
    }
    whole += comma.text
  }
  return { whole, several: several.filter((piece) => piece !== ''), end: at }
}

function keyAt(
  text: string,
  at: number,
): { readonly name: string; readonly typed: string; readonly end: number } | null {
  KEY.lastIndex = at
  const found = KEY.exec(text)
  const typed = found?.[1]
  return typed === undefined ? null : { name: typed.toLowerCase(), typed, end: KEY.lastIndex }
}

const DOUBLE = '"\u201c\u201d\u201e\u201f\uff02'
/** Nobody puts more than a name or title in single quotes; the bound keeps a line of apostrophes cheap. */
const SINGLE_AT_MOST = 200
const SINGLE = "'\u2018\u2019\u201a\u201b"

/** A quoted piece at `at`. A double quote left open reaches to the end; a lone apostrophe opens nothing. */
function quotedAt(text: string, at: number): { readonly value: string; readonly end: number } | null {
  const open = text.charAt(at)
  if (open === '') return null
  if (open === '\u00ab') return untilClosed(text, at + 1, '\u00bb') ?? { value: text.slice(at + 1), end: text.length }
  if (DOUBLE.includes(open)) return untilClosed(text, at + 1, DOUBLE) ?? { value: text.slice(at + 1), end: text.length }
  if (!SINGLE.includes(open)) return null
  const quoted = untilClosed(text.slice(0, at + SINGLE_AT_MOST), at + 1, SINGLE)
  return quoted !== null && /^[\s,\u060c\uff0c\u3001]?$/.test(text.charAt(quoted.end)) ? quoted : null
}

function untilClosed(text: string, start: number, closers: string) {
  let value = ''
  for (let at = start; at < text.length; at += 1) {
    const letter = text.charAt(at)
    const next = text.charAt(at + 1)
    if (letter === '\\' && (next === '\\' || (next !== '' && closers.includes(next)))) {
      value += next
      at += 1
    } else if (closers.includes(letter) && !isApostrophe(text, at, closers)) {
      return { value: value.trim(), end: at + 1 }
    } else {
      value += letter
    }
  }
  return null
}

/** `'the People's Assembly'`: a single quote between letters closes nothing. */
function isApostrophe(text: string, at: number, closers: string): boolean {
  return closers === SINGLE && /\p{L}/u.test(text.charAt(at + 1))
}

function match(pattern: RegExp, text: string, at: number): { readonly text: string; readonly end: number } {
  pattern.lastIndex = at
  const found = pattern.exec(text)?.[0] ?? ''
  return { text: found, end: at + found.length }
}

function skip(pattern: RegExp, text: string, at: number): number {
  return match(pattern, text, at).end
}
