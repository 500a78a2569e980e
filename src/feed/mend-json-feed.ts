/**
 * JSON Feed as its reader wants it: with the version that many leave out or misspell, and of a
 * cut or broken file the items that are whole. `null` if there is no list of items in it.
 *
 * @see JSON Feed 1.1
 */
export function mendJsonFeed(text: string): string | null {
  const feed = parse(text) ?? salvage(text)
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
  let isString = false
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (isString) {
      if (code === 0x5c) at += 1
      else if (code === 0x22) isString = false
    } else if (code === 0x22) isString = true
    else if (code === 0x7b) depth += 1
    else if (code === 0x7d) {
      depth -= 1
      if (depth === 0) return at + 1
    }
  }
  return -1
}
