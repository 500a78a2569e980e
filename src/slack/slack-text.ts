/**
 * What a person typed, out of the text that Slack sends: mentions, channels and addresses in angle
 * brackets become what the grammar reads, and the three entities become letters again, once.
 *
 * Channels and members become their ids: a name alone does not tell where to post, or who is meant.
 *
 * @see Slack, "Formatting text for app surfaces", retrieving messages
 */
export function textFromSlack(text: string): string {
  return text.replace(/<([^<>]{1,3000})>/g, (_, inner: string) => plainReference(inner)).replace(ENTITY, unescapeEntity)
}

const ENTITY = /&(?:amp|lt|gt);/g

/** For the `text` of a message: nothing in it can mention, link or call anybody. */
export function textForSlack(text: string): string {
  return text.replace(/[&<>]/g, (letter) => (letter === '&' ? '&amp;' : letter === '<' ? '&lt;' : '&gt;'))
}

function unescapeEntity(entity: string): string {
  return entity === '&amp;' ? '&' : entity === '&lt;' ? '<' : '>'
}

function plainReference(inner: string): string {
  const bar = inner.indexOf('|')
  const target = bar === -1 ? inner : inner.slice(0, bar)
  const label = bar === -1 ? '' : inner.slice(bar + 1)

  if (target.startsWith('#')) return target.slice(1)
  if (target.startsWith('@')) return `@${target.slice(1)}`
  if (target.startsWith('!')) return `@${label.replace(/^@/, '') || target.slice(1)}`
  if (/^(?:mailto|tel):/.test(target)) return label || target
  return target
}
