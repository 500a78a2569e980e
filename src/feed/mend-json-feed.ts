/**
 * JSON Feed as its reader wants it: with the version that many leave out or misspell, and of a
 * cut or broken file the items that are whole. `null` if there is no list of items in it.
 *
 * @see JSON Feed 1.1
 */
export function mendJsonFeed(text: string): string | null {
  const feed = parse(text) ?? mend(withoutLooseCommas(text))
  if (feed === null || !Array.isArray(feed.items)) return null
  return JSON.stringify({ ...feed, version: 'https://jsonfeed.org/version/1.1', items: feed.items.filter(isObject) })
}

type JsonObject = Record<string, unknown>

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parse(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    // Cut or broken; what is whole in it is looked for next.
    return null
  }
}

function mend(text: string): JsonObject | null {
  return parse(text) ?? salvage(text)
}

/** JSON ends no list with a comma; people do. */
function withoutLooseCommas(text: string): string {
  let kept = ''
  let from = 0
  let comma = -1
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0x20 || (code >= 0x09 && code <= 0x0d)) continue
    if (comma !== -1 && (code === 0x5d || code === 0x7d)) {
      kept += text.slice(from, comma)
      from = comma + 1
    }
    comma = code === 0x2c ? at : -1
    if (code === 0x22) at = endOfString(text, at)
  }
  return kept + text.slice(from)
}

/** Where the string that begins at `from` has its closing mark; the end of the text if it has none. */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0x5c) at += 1
    else if (code === 0x22) return at
  }
  return text.length
}

/** The feed's own title, and every object of its list that parses by itself. */
function salvage(text: string): JsonObject | null {
  const list = /"items"\s{0,50}:\s{0,50}\[/.exec(text)
  if (list === null) return null
  const items: JsonObject[] = []
  let at = list.index + list[0].length
  for (let open = text.indexOf('{', at); open !== -1; open = text.indexOf('{', at)) {
    const end = endOfObject(text, open)
    if (end === -1) break
    const item = parse(text.slice(open, end))
    if (item !== null) items.push(item)
    at = end
  }
  const title = /"title"\s{0,50}:\s{0,50}("(?:[^"\\]|\\.){0,500}")/.exec(text.slice(0, list.index))?.[1]
  return { ...(title === undefined ? {} : parse(`{"title":${title}}`)), items }
}

function endOfObject(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0x22) at = endOfString(text, at)
    else if (code === 0x7b) depth += 1
    else if (code === 0x7d) {
      depth -= 1
      if (depth === 0) return at + 1
    }
  }
  return -1
}
