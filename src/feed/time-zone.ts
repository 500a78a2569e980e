import { keepAtMost } from '../base/keep-at-most.ts'

/** Minutes east of UTC of the short names that feeds use. Where a name has several meanings, the one of news sites. */
const NAMED: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  wet: 0,
  uct: 0,
  west: 60,
  bst: 60,
  cet: 60,
  met: 60,
  mez: 60,
  wat: 60,
  cest: 120,
  mest: 120,
  mesz: 120,
  eet: 120,
  sast: 120,
  cat: 120,
  ist: 330,
  eest: 180,
  msk: 180,
  eat: 180,
  ast: -240,
  trt: 180,
  idt: 180,
  msd: 240,
  gst: 240,
  samt: 240,
  azt: 240,
  irst: 210,
  irdt: 270,
  aft: 270,
  pkt: 300,
  yekt: 300,
  uzt: 300,
  npt: 345,
  omst: 360,
  almt: 360,
  bdt: 360,
  mmt: 390,
  ict: 420,
  wib: 420,
  krat: 420,
  novt: 420,
  sgt: 480,
  hkt: 480,
  awst: 480,
  pht: 480,
  myt: 480,
  irkt: 480,
  wita: 480,
  jst: 540,
  kst: 540,
  yakt: 540,
  wit: 540,
  acst: 570,
  aest: 600,
  vlat: 600,
  acdt: 630,
  aedt: 660,
  magt: 660,
  sakt: 660,
  nzst: 720,
  pett: 720,
  nzdt: 780,
  nst: -210,
  ndt: -150,
  adt: -180,
  brt: -180,
  art: -180,
  clst: -180,
  clt: -240,
  edt: -240,
  est: -300,
  cdt: -300,
  cst: -360,
  mdt: -360,
  mst: -420,
  pdt: -420,
  pst: -480,
  akdt: -480,
  akst: -540,
  hst: -600,
  hast: -600,
  sst: -660,
  at: -240,
  et: -300,
  ct: -360,
  mt: -420,
  pt: -480,
}

/** No zone lies further from UTC. */
const FURTHEST_MINUTES = 14 * 60

/** `+0200`, `-05:00`, `+2`, `GMT+3`: minutes east of UTC, or `null` if no zone is so far away. */
export function offsetMinutes(sign: string, hours: string, minutes: string | undefined): number | null {
  const total = Number(hours) * 60 + Number(minutes ?? 0)
  if (total > FURTHEST_MINUTES || Number(minutes ?? 0) > 59) return null
  return sign === '-' || sign === '−' ? -total : total
}

/** Minutes east of UTC for `CEST`, `MSK` and their like; `null` for words that name no zone. */
export function namedOffsetMinutes(word: string): number | null {
  return NAMED[word.toLowerCase()] ?? null
}

/**
 * The instant at which clocks in an IANA zone show `localMs` (a wall time counted as if it were
 * UTC); in a daylight-saving gap the instant after it. `null` if there is no such zone.
 */
export function instantInZone(localMs: number, zone: string): number | null {
  const clock = clockOf(zone)
  if (clock === null) return null
  const first = localMs - clock(localMs)
  return localMs - clock(first)
}

type ZoneClock = (instantMs: number) => number

/** Feeds name few zones; text from outside must not fill the memory with formatters. */
const CLOCKS_AT_MOST = 500

const clockOf = keepAtMost(CLOCKS_AT_MOST, (zone): ZoneClock | null => {
  if (!/^[A-Z][A-Za-z_]{1,20}(?:\/[A-Z][A-Za-z_+-]{1,30}){1,2}\d{0,2}$/.test(zone)) return null
  try {
    const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
    return (instantMs) => {
      const name = format.formatToParts(instantMs).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT'
      const [, sign = '+', hours = '0', minutes] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name) ?? []
      return (offsetMinutes(sign, hours, minutes) ?? 0) * 60_000
    }
  } catch {
    // Intl refuses names that are no zone.
    return null
  }
})
