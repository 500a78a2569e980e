import type { TeamId } from '../base/scope.ts'
import type { Told } from '../brief/told.ts'
import type { Block } from '../chat/blocks.ts'
import type { DateLanguage } from '../chat/date-language.ts'
import { formatCommand } from '../chat/format-command.ts'
import type { StatementId } from '../statement/statement-id.ts'
import { alertText, type PartsAnew, speakerKey } from './alert-parts.ts'
import type { Delivery, DeliveryId } from './delivery.ts'
import { type AlertPart, alertId, datesOf, isWanted, plainPart } from './queue-alerts.ts'
import { bundleBlocks } from './release-held.ts'
import { footOf } from './schedule-digests.ts'
import { showCommand, slotKey } from './shown.ts'
import type { SettledSlot, Window } from './slot-store.ts'
import type { DigestSubscription, Subscription } from './subscription.ts'

/** A text and what it tells, checked as anything is before it is posted; `null`: nothing of it is left. */
type Anew = { readonly blocks: readonly Block[]; readonly tells: readonly Told[] } | null

/** Writes from the record of today what was written before. */
export type Rewriting = {
  /** All of a brief that the team may read. */
  readonly alert: (team: TeamId, brief: string, dates?: DateLanguage) => Promise<readonly AlertPart[]>
  readonly digest: (
    subscription: DigestSubscription,
    asked: { readonly window: Window; readonly told: readonly Told[]; readonly whole: string },
  ) => Promise<Anew>
  /** How many of these statements the team still has. */
  readonly countOf: (team: TeamId, statements: readonly StatementId[]) => Promise<number>
}

/** Where a message came from. */
export type Origin = {
  readonly subscription: Subscription | null
  readonly slot: SettledSlot | null
  readonly bundled: readonly Delivery[]
  readonly told: readonly Told[]
  /** Of an alert, and of those that are bundled. */
  readonly wishesOf: (alert: Delivery) => Promise<AlertWishes>
}

type AlertWish = Pick<Subscription, 'id' | 'filter' | 'dates'> & { readonly isShown: boolean }

/** What the channel of an alert asked for. */
export type AlertWishes = {
  /** By each of its subscriptions; `null` where that is gone: all of it. */
  readonly wishes: readonly AlertWish[] | null
  /** Whose words another message of the brief tells, see `speakerKey`. */
  readonly elsewhere: ReadonlySet<string>
}

export type Rewritten = {
  readonly blocks: readonly Block[]
  readonly tells: readonly Told[]
  /** The heading under which it was posted, if it is not true any more. */
  readonly withdrawn: string | null
  /** Whether anything of it is left. */
  readonly isMore: boolean
  readonly parts: PartsAnew | null
  /** Of a bundle: what its briefs read now. */
  readonly members: readonly {
    readonly id: DeliveryId
    readonly blocks: readonly Block[]
    readonly tells: readonly Told[]
    readonly parts: PartsAnew | null
  }[]
}

/** A message as it would be posted today; `null` for one that tells nothing of the record. */
export async function rewritePost(post: Delivery, origin: Origin, rewriting: Rewriting): Promise<Rewritten | null> {
  if (post.brief !== null) return await rewriteAlert(post, origin, rewriting)
  if (origin.bundled.length > 0) return await rewriteBundle(post, origin, rewriting)
  const { subscription, slot, told } = origin
  if (subscription?.kind !== 'digest' || slot === null) return null
  const key = slotKey(subscription.number, slot)
  const whole = showCommand(key)
  const anew = await rewriting.digest(subscription, { window: slot.window, told, whole })
  // How it came to be posted stays true: late, or for more than one slot.
  const first = post.blocks.findIndex(({ kind }) => kind === 'heading')
  const notices = post.blocks.slice(0, Math.max(0, first))
  const rest = await restOf(subscription.team, slot, { told, whole }, rewriting)
  const isAll = rest.length === 0
  const gone = `Nothing of ${isAll ? 'this digest' : 'what this digest printed'} is on record any more`
  const body = anew?.blocks ?? [{ kind: 'heading', text: gone } as const]
  return {
    blocks: [...notices, ...body, ...rest, footOf(key, { isCut: true })],
    ...{ tells: anew?.tells ?? [], withdrawn: null, isMore: true, parts: null, members: [] },
  }
}

/** What it told in numbers, in one line: it is not written anew, and the whole has it as it is today. */
async function restOf(
  team: TeamId,
  slot: SettledSlot,
  { told, whole }: Pick<Origin, 'told'> & { readonly whole: string },
  { countOf }: Pick<Rewriting, 'countOf'>,
): Promise<readonly Block[]> {
  const printed = new Set(told.map(({ statement }) => String(statement)))
  const counted = slot.told.filter((id) => /^\d+$/.test(id) && !printed.has(id))
  const count = await countOf(
    team,
    counted.map((id) => Number(id) as StatementId),
  )
  return count === 0 ? [] : [{ kind: 'note', line: `And ${count} more: ${whole}` }]
}

async function rewriteAlert(
  post: Delivery,
  { wishesOf }: Pick<Origin, 'wishesOf'>,
  { alert }: Rewriting,
): Promise<Rewritten> {
  const wishes = await wishesOf(post)
  const all = post.brief === null ? [] : await readIn(post, post.brief, wishes, alert)
  const parts = partsAnew(all, wishes)
  const shown = parts.filter(({ isShown }) => isShown)
  const anew = shown.length === 0 ? null : alertText(shown)
  const before = headingOf(post.blocks)
  const isTrue = anew !== null && headingOf(anew.blocks) === before
  const why: Block = {
    kind: 'buttons',
    buttons: [{ label: 'Why this?', command: formatCommand('why', { post: post.id }) }],
  }
  return {
    blocks: anew?.blocks ?? [why],
    tells: anew?.tells ?? [],
    withdrawn: isTrue ? null : before,
    isMore: anew !== null,
    parts: post.brief === null ? null : { alert: alertId(post, post.brief), parts },
    members: [],
  }
}

/** In the language in which it was written; @see datesOf */
async function readIn(
  { team }: Delivery,
  brief: string,
  { wishes }: AlertWishes,
  alert: Rewriting['alert'],
): Promise<readonly AlertPart[]> {
  const all = await alert(team, brief)
  const dates = datesOf(wishes ?? [], all)
  return dates === undefined ? all : await alert(team, brief, dates)
}

function partsAnew(all: readonly AlertPart[], { wishes, elsewhere }: AlertWishes): PartsAnew['parts'] {
  return all.flatMap((read): PartsAnew['parts'] => {
    const part = plainPart(read)
    if (elsewhere.has(speakerKey(part))) return []
    const by = wishes?.filter((one) => isWanted(one, read)) ?? null
    if (by?.length === 0) return []
    const isShown = by === null || by.some((one) => one.isShown)
    return [{ ...part, wantedBy: by?.map(({ id }) => id) ?? [], isShown }]
  })
}

async function rewriteBundle(post: Delivery, origin: Origin, rewriting: Rewriting): Promise<Rewritten> {
  const members: Rewritten['members'][number][] = []
  for (const one of origin.bundled) {
    const { id } = one
    if (one.brief === null) {
      members.push({ id, blocks: one.blocks, tells: [], parts: null })
      continue
    }
    const { blocks, tells, withdrawn, parts } = await rewriteAlert(one, origin, rewriting)
    const heading: readonly Block[] = withdrawn === null ? [] : [{ kind: 'heading', text: `Withdrawn: ${withdrawn}` }]
    members.push({ id, blocks: [...heading, ...blocks], tells, parts })
  }
  const anew = origin.bundled.map((one, i) => ({ ...one, blocks: members[i]?.blocks ?? one.blocks }))
  return {
    blocks: bundleBlocks(anew, post.id),
    ...{ tells: members.flatMap(({ tells }) => tells), withdrawn: null, isMore: true, parts: null, members },
  }
}

/** What a brief was headed with, whatever was said of it since. */
function headingOf(blocks: readonly Block[]): string {
  const headings = blocks.flatMap((block) => (block.kind === 'heading' ? [block.text] : []))
  return (headings[0] ?? 'an alert').replace(/^Withdrawn: /, '')
}
