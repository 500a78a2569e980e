import type { DeliveryState } from '../../src/delivery/delivery.ts'
import type { MortalNewsroom } from './newsroom.ts'

export type SlotRow = {
  readonly subscription: string
  readonly key: string
  readonly dueAt: number
  readonly fate: string
  readonly delivery: string | null
  readonly told: readonly number[]
}

export type PostRow = {
  readonly id: string
  readonly kind: string
  readonly team: number
  readonly channel: string
  readonly state: DeliveryState
  readonly code: string | null
  readonly bundle: string | null
  readonly brief: string | null
  readonly blocks: string
  /** Whether it stands on the platform, itself or in the message of several. */
  readonly isThere: boolean
}

/** What stands on the platforms, beside what is written down about it. */
export async function slotsAndPosts(room: MortalNewsroom) {
  const { reads } = room.now().db
  const deliveries = await reads
    .selectFrom('delivery')
    .select(['id', 'kind', 'team', 'channel', 'platform', 'state', 'code', 'bundle', 'brief', 'blocks'])
    .execute()
  const byId = new Map(deliveries.map((row) => [row.id, row]))
  const standsItself = (id: string) => Object.values(room.platforms).some(({ standing }) => standing.has(id))
  const isThere = (id: string): boolean => {
    const bundle = byId.get(id)?.bundle ?? null
    return standsItself(id) || (bundle !== null && bundle !== id && isThere(bundle))
  }
  const posts: readonly PostRow[] = deliveries.map((row) => ({ ...row, isThere: isThere(row.id) }))
  const rows = await reads.selectFrom('slot').selectAll().orderBy('coversUntil').execute()
  const slots: readonly SlotRow[] = rows.map(({ subscription, on, name, dueAt, fate, delivery, told }) => ({
    ...{ subscription, key: `${on} ${name}`, dueAt, fate, delivery },
    told: (JSON.parse(told) as string[]).map(Number).filter(Number.isInteger),
  }))
  const bySlot = new Map(slots.map((slot) => [`${slot.subscription} ${slot.key}`, slot]))
  return {
    posts,
    slots,
    /** How often each digest of a team that prints a statement, known by its token, has been edited, by its id. */
    edits: (team: number, statement: number, token: string): ReadonlyMap<string, number> => {
      const told = slots.flatMap((slot) => (slot.told.includes(statement) ? (byId.get(slot.delivery ?? '') ?? []) : []))
      return new Map(
        told.flatMap(({ id, team: of }) => {
          const message = Object.values(room.platforms).flatMap(({ standing }) => standing.get(id) ?? [])[0]
          return of !== team || message?.text.includes(token) !== true ? [] : [[id, message.editedAt.length] as const]
        }),
      )
    },
    isPosted: (subscription: string | undefined, key: string) => {
      const delivery = bySlot.get(`${subscription} ${key}`)?.delivery ?? null
      return delivery !== null && standsItself(delivery)
    },
  }
}
