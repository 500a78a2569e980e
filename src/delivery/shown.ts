import type { DigestPage } from '../brief/digest-page.ts'
import type { Block } from '../chat/blocks.ts'
import { formatCommand } from '../chat/format-command.ts'
import type { DeliveryId } from './delivery.ts'
import type { Slot } from './due-slots.ts'
import type { Window } from './slot-store.ts'
import type { DigestSubscription } from './subscription.ts'

/**
 * What a "Show all" button asks for, in one word that a person may type too: a slot's digest
 * (`3.2026-11-27.09:00`), what came in a window, for a digest that was only looked at
 * (`3.20261127T070000Z.20261128T071530Z`, 0: everything), or the briefs of one message (its id).
 */
export type Shown =
  | { readonly kind: 'slot'; readonly number: number; readonly on: string; readonly name: string }
  | { readonly kind: 'window'; readonly number: number; readonly window: Window }
  | { readonly kind: 'message'; readonly id: DeliveryId }

/**
 * Reads a page of all that a digest has to say. `only`: what it told when it was written, whatever its filter
 * says today; `left`: how many of those things the record of today does not have.
 */
export type ShowDigest = (
  asked: {
    readonly subscription: DigestSubscription
    readonly window: Window
    readonly only?: ReadonlySet<string>
  },
  page: number,
) => Promise<DigestPage & { readonly blocks: readonly Block[]; readonly left: number }>

export function slotKey(number: number, { on, name }: Pick<Slot, 'on' | 'name'>): string {
  return `${number}.${on}.${name}`
}

export function windowKey(number: number, { from, until }: Window): string {
  // To the second, so that nothing falls out at either end.
  const end = new Date(Math.ceil(until.getTime() / SECOND_MS) * SECOND_MS)
  return `${number}.${stamp(from)}.${stamp(end)}`
}

/** The command that shows it. */
export function showCommand(key: string, page?: number): string {
  return formatCommand('digest', { show: key, page: page === undefined ? undefined : String(page) })
}

/** `null` for what none of ours looks like. */
export function readShown(typed: string): Shown | null {
  const slot = /^#?(\d{1,9})\.(\d{4}-\d\d-\d\d)\.(\d\d:\d\d)$/.exec(typed)
  if (slot !== null) {
    const [, number, on = '', name = ''] = slot
    return { kind: 'slot', number: Number(number), on, name }
  }
  const [, number, from, until] = /^#?(\d{1,9})\.(\d{8}T\d{6}Z)\.(\d{8}T\d{6}Z)$/.exec(typed) ?? []
  if (number !== undefined && from !== undefined && until !== undefined) {
    const window = { from: instant(from), until: instant(until) }
    const isReal = Object.values(window).every((at) => !Number.isNaN(at.getTime()))
    return isReal ? { kind: 'window', number: Number(number), window } : null
  }
  return /^[\w-]{20}$/.test(typed) ? { kind: 'message', id: typed as DeliveryId } : null
}

const SECOND_MS = 1_000

function stamp(at: Date): string {
  return `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
}

function instant(text: string): Date {
  return new Date(text.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'))
}
