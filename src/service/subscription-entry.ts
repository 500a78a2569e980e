import { z } from 'zod'
import { isDateLanguage } from '../chat/date-language.ts'
import { isZone } from '../chat/read-schedule.ts'
import type { Filter, Subscription } from '../delivery/subscription.ts'

/*
 * One subscription as a file has it. Teams go by their platform's ids, so that a file fits another database; what
 * people, topics and propositions are called there are ids of ours, or names that mean one only.
 */

const LABELS = ['reversed', 'shifted', 'hardened', 'softened', 'new', 'reaffirmed', 'elaborated'] as const

const names = z.array(z.string().trim().min(1).max(200)).max(100)
const labels = z.array(z.enum(LABELS)).max(LABELS.length)

const filter = z.strictObject({
  speakers: names.default([]),
  topics: names.default([]),
  propositions: names.optional(),
  labels: labels.optional(),
  outlets: names.optional(),
  except: z
    .strictObject({
      speakers: names.default([]),
      topics: names.default([]),
      outlets: names.default([]),
      labels: labels.optional(),
    })
    .optional(),
})

const common = {
  team: z.strictObject({
    platform: z.enum(['slack', 'discord', 'terminal']),
    id: z.string().min(1).max(100),
    name: z.string().max(200),
  }),
  channel: z.string().min(1).max(200),
  filter,
  createdBy: z.string().max(200),
  dates: z
    .string()
    .refine(isDateLanguage, 'no dates are known in that language; write its tag, such as de or fr-CA')
    .optional(),
}

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day is written "09:00"')
const day = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])
const zone = z.string().refine(isZone, 'that is no time zone; write a name such as Africa/Tripoli')

export const subscriptionsSchema = z
  .array(
    z.discriminatedUnion('kind', [
      z.strictObject({
        ...common,
        kind: z.literal('alerts'),
        withOld: z.boolean().default(false),
        gatherMinutes: z.int().min(1).max(1_440).optional(),
        atMostAnHour: z.int().min(1).max(60).optional(),
      }),
      z.strictObject({
        ...common,
        kind: z.literal('digest'),
        digest: z.string().min(1).max(100).default('morning'),
        whenEmpty: z.enum(['say so', 'silent']).default('say so'),
        groupBy: z.enum(['topic', 'speaker']).optional(),
        schedule: z.strictObject({
          times: z.array(time).min(1).max(24),
          days: z.array(day).min(1).max(7),
          ofMonth: z.union([z.literal('first'), z.int().min(1).max(31)]).optional(),
          zone,
        }),
      }),
    ]),
  )
  .max(20_000)

export type SubscriptionEntry = z.output<typeof subscriptionsSchema>[number]

/** The subscription for a file: what a person asked for, and nothing of what came of it. */
export function entryOf(one: Subscription, team: SubscriptionEntry['team']): object {
  const { channel, filter: wanted, createdBy, kind, dates } = one
  const base = { team, channel, kind, filter: filledOf(wanted), createdBy, ...given({ dates }) }
  if (one.kind === 'alerts') {
    const { withOld, gatherMinutes, atMostAnHour } = one
    return { ...base, withOld, ...given({ gatherMinutes, atMostAnHour }) }
  }
  const { digest, schedule, whenEmpty, groupBy } = one
  return { ...base, digest, schedule, whenEmpty, ...given({ groupBy }) }
}

/** Lists that say nothing are left out. */
function filledOf({ except, ...lists }: Filter): object {
  const filled = (some: object) =>
    Object.fromEntries(Object.entries(some).filter(([, list]) => Array.isArray(list) && list.length > 0))
  return { ...filled(lists), ...(except === undefined ? {} : { except: filled(except) }) }
}

function given(some: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(some).filter(([, value]) => value !== undefined))
}
