import type { Block } from '../src/chat/blocks.ts'
import { defineCommand } from '../src/chat/command.ts'
import { memberOf } from '../src/chat/messenger.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import type { Request } from '../src/chat/request.ts'
import { readShown } from '../src/delivery/shown.ts'
import type { DigestSubscription } from '../src/delivery/subscription.ts'
import type { SubscriptionStore } from '../src/delivery/subscription-store.ts'
import { demandSeen, digestsFor, theOneWith } from './own-subscription.ts'
import { readStatement } from './read-statement.ts'
import type { Names } from './subscription-words.ts'
import { type HereRooms, whatCame, whyAt } from './why-here.ts'
import { type LabelRooms, whyBrief, whyChange, whyStatement } from './why-label.ts'
import type { NotHereRooms } from './why-not-here.ts'
import { type PostRooms, whyPost } from './why-post.ts'
import { slotBlocks } from './why-slot.ts'

type Rooms = LabelRooms &
  NotHereRooms &
  HereRooms &
  PostRooms & { readonly subscriptions: Pick<SubscriptionStore, 'listAll' | 'listOf' | 'get'> }

/** Why a label came out, and why something came here or did not: whatever made it so, from the record. */
export const why = defineCommand<Rooms, 'brief' | 'change' | 'statement' | 'at' | 'digest' | 'post'>({
  name: 'why',
  summary: 'Why this label? Or: why did this digest or alert come, or nothing at all?',
  examples: ['/why B-7K3Q', '/why statement:1200', '/why', '/why at:09:00', '/why digest:latest'],
  options: {
    brief: { kind: 'text', description: 'The code under a brief, such as B-7K3Q: why its labels came out' },
    change: { kind: 'text', description: 'One label of a brief; its buttons send it' },
    statement: { kind: 'number', description: 'The number of a statement' },
    at: { kind: 'text', description: 'A time here, such as 09:00 or "yesterday 09:00": what came then, what did not' },
    digest: { kind: 'text', description: 'latest, a subscription’s number, or one slot: 3.2026-11-27.09:00' },
    post: { kind: 'text', description: 'One message; the buttons under it send it' },
  },
  forms: [
    {
      title: 'Ask why',
      opens: 'by button',
      fields: ['at', 'digest', { option: 'brief', label: 'Code of a brief' }, 'statement'],
    },
  ],
  isLookup: true,

  sortWords: async (words) => {
    const [first = ''] = words
    const line = words.join(' ')
    if (/^#?\d{5,}$/.test(first)) return { statement: first }
    if (/^(?:latest|digest|digests)$/i.test(first)) return { digest: words[1] ?? 'latest' }
    if (/^(?:at\s|today|yesterday|(?:mon|tue|wed|thu|fri|sat|sun)|\d{4}-|\d{1,2}[:.]\d{2})/i.test(line))
      return { at: line }
    if (/^\d{1,4}$/.test(first) || readShown(first)?.kind === 'slot') return { digest: first }
    return readShown(first)?.kind === 'message' ? { post: first } : { brief: first }
  },

  async run({ brief, change, statement, at, digest, post }, rooms, request) {
    if (change !== undefined) return await whyChange(change, rooms, request)
    if (post !== undefined) return await whyPost(post, rooms, request)
    const names = { roster: rooms.roster, book: await rooms.topics.bookOf(request.team) }
    if (at !== undefined) return await whyAt(at, rooms, names, request)
    if (digest !== undefined) return await whyDigest(digest, rooms, names, request)
    if (statement !== undefined)
      return await whyStatement(await readStatement(statement, rooms.statements, request), rooms, request)
    if (brief !== undefined && brief !== '') return await whyBrief(brief, rooms, request)
    const came = await whatCame(rooms, request)
    if (came.length > 0) return came
    throw new NotUnderstoodError({
      option: 'brief',
      typed: '',
      explanation:
        'Why what? Type the code under a brief: /why brief:B-7K3Q. Once something is promised here, /why tells what came and what did not.',
    })
  },
})

/** `latest` of this channel, the latest of one subscription, or one slot. */
async function whyDigest(typed: string, rooms: Rooms, names: Names, request: Request): Promise<readonly Block[]> {
  const asked = readShown(typed)
  const number =
    asked?.kind === 'slot' ? asked.number : /^#?\d{1,9}$/.test(typed) ? Number(typed.replace('#', '')) : null
  const isLatest = /^(?:latest|last)$/i.test(typed)
  const all = await digestsFor(rooms.subscriptions, request)
  const isHere = ({ channel }: DigestSubscription) =>
    channel === request.channel || (request.isDirectMessage && memberOf(channel) === request.member.id)
  const meant = all.filter((one) => (isLatest ? isHere(one) : one.number === number))
  if (meant.length === 0 || (number === null && !isLatest)) throw noDigest(typed, isLatest)
  for (const one of meant) demandSeen(one, request)
  if (asked?.kind === 'slot') {
    const subscription = (await theOneWith(asked, meant, rooms.fates)) as DigestSubscription
    return await slotBlocks({ subscription, slot: asked }, rooms, names, request)
  }
  const latest = (await Promise.all(meant.map(({ id }) => rooms.fates.slots(id, 1)))).flat()
  const [slot] = latest.sort((one, other) => other.dueAt.getTime() - one.dueAt.getTime())
  const subscription = meant.find(({ id }) => id === slot?.subscription)
  if (slot !== undefined && subscription !== undefined)
    return await slotBlocks({ subscription, slot }, rooms, names, request)
  return [
    { kind: 'text', line: 'None of it has come due yet.' },
    { kind: 'note', line: '/digest next tells when it comes, /digest preview what it would tell now.' },
  ]
}

function noDigest(typed: string, isLatest: boolean): NotUnderstoodError {
  const explanation = isLatest
    ? 'No digest is promised in this channel. /subscriptions of:team shows owners where one is.'
    : `I have no digest "${typed.slice(0, 40)}" for you. Write digest:latest, digest:3 or digest:3.2026-11-27.09:00.`
  return new NotUnderstoodError({ option: 'digest', typed, explanation })
}
