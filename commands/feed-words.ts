import type { Button } from '../src/chat/blocks.ts'
import { cleanName, cutText } from '../src/chat/clean-text.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import type { Feed } from '../src/feed/feed.ts'

const TITLE = 80
/** Slack's limit for a button. */
const LABEL = 75

/** Title and host. The rest of an address can hold a secret and is never shown. */
export function feedName({ title, url }: Feed): string {
  const host = URL.canParse(url) ? new URL(url).host : ''
  const name = cutText(cleanName(title ?? ''), TITLE)
  return name === '' ? host : `${name} (${host})`
}

/** "failing: it did not answer": of one that brings nothing at present. */
export function failureWords({ state, failure }: Feed): string {
  return `${state}: ${failure ?? 'no answer'}`
}

export function removeButton(feed: Feed, label: string): Button {
  return { label: cutText(label, LABEL), command: formatCommand('feeds', { action: 'remove', address: feed.id }) }
}
