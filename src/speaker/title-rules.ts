import type { Role } from './speaker.ts'

/** `words` is the title without its country and small words; `title` narrows the offices of those roles. */
export type TitleRule = { readonly words: RegExp; readonly roles: readonly Role[]; readonly title?: RegExp }

const heads = ['head of state', 'head of government', 'chief'] as const
const ministerOf = '(?:minister|secretary|mo)'

/** How the press writes an office. The first rule that fits is the one. */
export const titleRules: readonly TitleRule[] = [
  { words: /^(?:federal |state )?president$/, roles: heads, title: /\bpresident\b/i },
  { words: /^(?:prime minister|premier|pm|taoiseach|head government|government head)$/, roles: ['head of government'] },
  { words: /^(?:federal )?chancellor$/, roles: ['head of government'], title: /chancellor/i },
  { words: /^(?:supreme leader|leader revolution)$/, roles: ['head of state'], title: /supreme leader/i },
  { words: /^head state$/, roles: ['head of state'] },
  {
    words: /^(?:king|queen|monarch|emir|sultan|emperor|pope|pontiff|ruler)$/,
    roles: ['head of state'],
    title: /king|queen|monarch|emir|sultan|emperor|pope|grand duke|prince/i,
  },
  { words: /^crown prince$/, roles: ['deputy head of state', 'head of government', 'other'], title: /crown prince/i },
  { words: /^vice president$/, roles: ['deputy head of state'], title: /vice president/i },
  {
    words: /^(?:deputy prime minister|deputy premier|vice premier|vice chancellor)$/,
    roles: ['deputy head of government'],
  },
  {
    words:
      /^(?:foreign (?:affairs )?minister|minister (?:foreign|external) (?:affairs|relations)(?: .+)?|(?:external|foreign) (?:affairs|relations) minister|fm|(?:top|chief|senior most) diplomat|diplomacy chief|(?:chief|head) (?:diplomacy|foreign ministry)|foreign (?:policy|ministry) chief|top envoy|high representative(?: .+)?|secretary foreign affairs)$/,
    roles: ['foreign minister'],
  },
  // In London and Manila the minister, in New Delhi and Islamabad the first of the civil servants.
  {
    words: /^foreign (?:affairs )?secretary$/,
    roles: ['foreign minister', 'deputy foreign minister'],
    title: /^(?:acting )?(?:foreign secretary|secretary of (?:state|foreign affairs))$/i,
  },
  { words: /^secretary state$/, roles: ['foreign minister', 'head of government'], title: /secretary of state$/i },
  {
    words: new RegExp(
      `^(?:(?:national )?defen[cs]e (?:${ministerOf}|chief)|${ministerOf} (?:national )?defen[cs]e(?: .+)?|defen[cs]e ministry (?:chief|head)|(?:war )?secretary war|war secretary)$`,
    ),
    roles: ['defence minister'],
  },
  {
    words: /^(?:interior (?:minister|secretary)|minister interior|home (?:secretary|minister)|minister home affairs)$/,
    roles: ['interior minister'],
  },
  {
    words: /^(?:finance minister|minister finance|treasury secretary|secretary treasury|chancellor exchequer)$/,
    roles: ['finance minister'],
  },
  { words: /^(?:national )?security (?:advis[eo]r|secretary)$/, roles: ['national security adviser'] },
  {
    words: /^(?:deputy|vice) (?:foreign minister|fm|minister foreign affairs|secretary state)$/,
    roles: ['deputy foreign minister'],
  },
  {
    words: /^foreign (?:ministry|office) (?:spokes(?:man|woman|person)|representative)$/,
    roles: ['foreign ministry spokesperson'],
    title: /^(?!.*deputy)/i,
  },
  {
    words: /^(?:defen[cs]e ministry|military|army) (?:spokes(?:man|woman|person)|press secretary)$/,
    roles: ['defence ministry spokesperson'],
    title: /^(?!.*deputy)/i,
  },
  {
    words: /^(?:presidency |presidential )?press secretary$/,
    roles: ['spokesperson'],
    title: /press secretary|kremlin/i,
  },
  {
    words: /^(?:(?:presidency|presidential|government|chief) )?spokes(?:man|woman|person)$/,
    roles: ['spokesperson'],
    title: /^(?!.*deputy)/i,
  },
  {
    words:
      /^(?:chief|head|boss|secretary general|director general|director|executive director|president|chair(?:man|woman|person)?|commissioner|high commissioner|commissioner general|managing director|top official|prosecutor|chief prosecutor)$/,
    roles: ['chief'],
  },
]

/** "Leader" is the president here although there is a prime minister beside him … */
export const ledByPresident = new Set(
  'RU FR UA BY TR EG SY DZ TN AZ KZ KG UZ TJ TM GE VE KR TW LK RW UG CN KP VN CU CI SN CM TD CD CG DJ MR NE ML BF PS RO US'.split(
    ' ',
  ),
)

/** … and the prime minister or chancellor here although there is a head of state above. */
export const ledByPremier = new Set(
  'GB DE IT IN JP IL CA AU NZ ES GR HU SE NO DK NL BE IE FI PK BD MY SG NP AM ET'.split(' '),
)
