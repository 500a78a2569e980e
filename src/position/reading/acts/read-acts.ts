import type { OwnNames } from '../plain-reading.ts'
import { isAbout, speaksOfIt } from './about-acts.ts'
import { agentOf } from './act-agents.ts'
import { BAN, type Chain, chainsOf, hasKeeper, namesRestriction, type SoughtActs } from './act-chains.ts'
import type { Token } from './act-lexicon.ts'
import { hintsAtTurn, isDone } from './act-tense.ts'
import { isOfAnother } from './same-object.ts'
import { soughtActs } from './sought-acts.ts'
import { readWire } from './wire-text.ts'

/** What the acts that a text tells say about a proposition. Kept with every statement, so what is not so is left out. */
export type ActReading = {
  /** For or against the proposition. */
  readonly polarity: -1 | 1
  /** Every act that speaks of it says so. */
  readonly isSure?: true
  /** Names of those who act whom nobody knows as the speaker's own; `others`: people who are not the speaker. */
  readonly agents: readonly string[]
  readonly hasOthers?: true
  /** All that is told is told of them. */
  readonly isOfOthers?: true
  /** The speaker, or the speaker's government, acts by name. */
  readonly isOwn?: true
  /** The proposition tells of somebody by name; whether that is the speaker's own side. */
  readonly isOwnMatter?: true
  /** "Must", "should": wanted of somebody, not done. */
  readonly isDemand?: true
  readonly isWeak?: true
  /** Told as done or under way, or marked as a turn. */
  readonly isDone?: true
  /** "Other", "only", "yet": not quite what was spoken of before. */
  readonly isTwisted?: true
  readonly isConditional?: true
  /** Why it is no turn of today, in words for a person. */
  readonly doubt: string | null
  /** Amounts are counted up, or what is spoken of is a part of them: "so far", "another 200", "of the 17". */
  readonly isTally?: true
  /** Amounts are meant "a year". */
  readonly isYearly?: true
  /** How many acts say so. */
  readonly count: number
  /** The acts as they stand. */
  readonly words: string
}

type Told = Chain & { readonly tokens: readonly Token[]; readonly agent: ReturnType<typeof agentOf> }

/** In so short a sentence the stance is read word for word, and there is no need to go by its acts. */
const SHORT = 10

/** What the acts of a text say about the proposition; `null`: none speaks of it. */
export function readActs(text: string, proposition: string, own: OwnNames): ActReading | null {
  const sought = soughtActs(proposition)
  if (sought.things.length === 0) return null
  const wire = readWire(text)
  if (wire.words.length < SHORT || !isAbout(wire, sought)) return null
  const told = wire.sentences().flatMap((sentence): readonly Told[] => {
    const { tokens } = sentence
    const chains = chainsOf(sentence, sought)
    return chains
      .filter((chain) => speaksOfIt(chain, tokens, sought) && !isPastState(chain, tokens))
      .map((chain) => {
        const first = chains.find((one) => tokens[one.from]?.part === tokens[chain.from]?.part)?.from ?? chain.from
        const agent = agentOf(tokens, chain, first, { sought, own })
        const sign = chain.sign * turnOfPronoun(chain, tokens, sought) > 0 ? 1 : -1
        return { ...chain, sign, tokens, agent }
      })
  })
  const counted = countedOf(told)
  const [first] = counted
  if (first === undefined) return null
  const agents = told.flatMap(({ agent: { kind, name } }) =>
    kind === 'named' && name !== null && name !== sought.actor ? [name] : [],
  )
  const areOthers = counted.every(({ agent }) => agent.kind === 'others')
  const isTold = (chain: Told) => isDone(chain, chain.tokens) && (chain.agent.kind !== 'unknown' || isPassive(chain))
  return {
    polarity: (first.sign * sought.sign) as -1 | 1,
    agents: [...new Set(agents)],
    doubt: wire.doubt(),
    count: counted.length,
    words: counted.map(({ from, to, tokens }) => text.slice(tokens[from]?.start, tokens[to - 1]?.end)).join(' … '),
    ...onlyTrue({
      isSure: counted.every(({ sign }) => sign === first.sign),
      hasOthers: areOthers || told.some(({ agent, isAct }) => agent.kind === 'others' && isAct),
      isOfOthers: areOthers,
      isOwn: counted.some(({ agent: { kind, name } }) => kind === 'self' || (name !== null && name === sought.actor)),
      isOwnMatter: sought.actor === null || own.has(sought.actor),
      isDemand: counted.some((chain) => hasBefore(chain, DEMAND)),
      isWeak: counted.some((chain) => hasBefore(chain, WEAK)),
      isDone: counted.some(isTold) || hintsAtTurn(text) || counted.some(isDecided),
      isTwisted: counted.some(isTwisted) || isOfAnother(wire.words, sought, own),
      isConditional: CONDITIONAL.test(text),
      isTally: TALLY.test(text),
      isYearly: YEARLY.test(text),
    }),
  }
}

/** Only what is so. */
export function onlyTrue<Name extends string>(
  flags: Readonly<Record<Name, boolean>>,
): { readonly [name in Name]?: true } {
  return Object.fromEntries(Object.entries(flags).filter(([, isSo]) => isSo)) as { readonly [name in Name]?: true }
}

/** Others' acts count where nobody else acts; praise and blame where no act is told before. */
function countedOf(told: readonly Told[]): readonly Told[] {
  const main = told.filter((chain) => !isReason(chain) && !isProposal(chain))
  const mine = main.filter(({ agent }) => agent.kind !== 'others')
  const of = mine.length > 0 ? mine : main
  const act = of.findIndex(({ isAct }) => isAct)
  return act < 0 ? of : of.filter((chain, i) => chain.isAct || i < act || !isComment(chain))
}

/** "A motion to ban the party": nobody has done it. */
function isProposal({ from, tokens }: Told): boolean {
  const [noun = '', link = ''] = [2, 1].map((back) => tokens[from - back]?.lower ?? '')
  return (
    /^(?:to|of|for)$/.test(link) &&
    /^(?:motion|proposal|bill|plan|plans|calls?|idea|talk|suggestion|offer|demand|threats?|appeals?|pressure|right|chance)$/.test(
      noun,
    )
  )
}

/** "…, a step that she called overdue", "calling it a gift": what is said of the act that was told. */
function isComment({ from, tokens }: Told): boolean {
  const part = tokens.filter((token, i) => i < from && token.part === tokens[from]?.part).map(({ lower }) => lower)
  return part.some((lower) =>
    /^(?:call(?:s|ed|ing)|describ(?:ed|ing)|term(?:ed|ing)|dubb(?:ed|ing)|step|move|decision|which|defended|defending)$/.test(
      lower,
    ),
  )
}

/** "… citing tents that were sold": what is told as a reason is no act of today. */
function isReason({ from, tokens }: Told): boolean {
  const before = tokens.slice(0, from).filter(({ part }) => part === tokens[from]?.part)
  const time = before.findLastIndex(({ lower }) => /^(?:when|after|where|before)$/.test(lower))
  // ", when two carriers asked for …": what happened meanwhile.
  const isMeanwhile = time > 0 || (time === 0 && before[0] !== tokens[0])
  return isMeanwhile || before.some(({ lower }) => REASONS.test(lower))
}

const REASONS =
  /^(?:citing|blaming|pleading|recalling|noting|describing|mentioning|because|since|hinting|complaining|despite|although|though)$/

const TALLY =
  /\b(?:so far|already|each|every|per|apiece|over the next|a (?:day|week|month|head)|half of|part of|to date|has spent|have spent|had spent|spent|cost(?:s|ing)?|lost|killed|wounded|earned|owes?|owed|worth|brings?|bringing|brought|in all|altogether|another \d|additional|further \d|more on top|extra|out of|of the \d|this year|next year|first (?:of|instalment|tranche|shipment|batch|convoy)|instalments?|tranches?|since|arrived|left|rotat\w+|by then)\b/i
const YEARLY = /\b(?:a|per|each|every) year\b|\b(?:yearly|annual(?:ly)?)\b/i

const CONDITIONAL =
  /\b(?:if|unless|until(?! further notice)|(?<!\b(?:it|he|she|they|we|had|was|were|at) )once (?!more|again)|provided|as soon as|as long as|only (?:when|after|if)|subject to|in exchange for|in return for|on condition)\b/i

/** "That had been shut for too long": what was so before. */
function isPastState({ from }: Chain, tokens: readonly Token[]): boolean {
  const before = tokens.slice(Math.max(0, from - 4), from).map(({ lower }) => lower)
  return before.includes('had') && before.some((lower) => /^(?:that|which|who|long|once|always)$/.test(lower))
}

/** "… the ban, and would drop it": the pronoun stands for what keeps away. */
function turnOfPronoun(chain: Chain, tokens: readonly Token[], { classes }: SoughtActs): number {
  if (classes.has(BAN) || !/^(?:it|them)$/.test(tokens[chain.to]?.lower ?? '')) return 1
  return namesRestriction(tokens.slice(0, chain.from)) && !hasKeeper(chain, tokens) ? -1 : 1
}

function isPassive({ found, tokens }: Told): boolean {
  return found.some(({ from }) =>
    tokens.slice(Math.max(0, from - 3), from).some(({ lower }) => /^(?:is|are|was|were|been|being)$/.test(lower)),
  )
}

const TWISTS =
  /^(?:other|others|another|only|alone|yet|enough|any|such|whoever|whichever|each|attempts?|efforts?|hesitat\w*|aims?|violations?)$/

function isTwisted({ from, to, tokens }: Told): boolean {
  return tokens.some(
    ({ lower, part }, i) =>
      part === tokens[from]?.part &&
      i >= from - 8 &&
      i < to + 5 &&
      TWISTS.test(lower) &&
      !/^(?:further|more|longer)$/.test(tokens[i + 1]?.lower ?? ''),
  )
}

/** "Ordered … to be shut down", "urged the council to …": what the speaker has others do is decided. */
function isDecided(chain: Told): boolean {
  if (chain.agent.kind === 'self' && hasBefore(chain, DECIDES)) return true
  const isDated = STARTS.test(chain.tokens.map(({ lower }) => lower).join(' '))
  return isDated && hasBefore(chain, WILL) && /^(?:self|named|none)$/.test(chain.agent.kind)
}

/** "Will be charged from midnight": a day is set. */
const STARTS =
  /\b(?:from|as of|starting|effective|beginning|with effect from) (?:midnight|noon|today|tomorrow|next (?:week|month|year)|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:\d{1,2} )?(?:january|february|march|april|may|june|july|august|september|october|november|december))\b/
const WILL = /^(?:will|would)$/

const DECIDES = /^(?:urged|proposed|demanded|ordered|instructed|directed|authori[sz]ed)$/

const WEAK =
  /^(?:may|might|could|consider\w*|weigh\w*|study|studying|mull\w*|possible|possibly|perhaps|hop(?:e|es|ed|ing)|likely|examin\w*|explor\w*|thinking|wonder\w*)$/
const DEMAND = /^(?:must|should|ought|urg\w+|demand\w*|has|have)$/

function hasBefore({ from, tokens }: Told, pattern: RegExp): boolean {
  return tokens.some(
    ({ lower, part }, i) =>
      part === tokens[from]?.part &&
      i < from &&
      from - i <= 8 &&
      pattern.test(lower) &&
      (!/^ha/.test(lower) || tokens[i + 1]?.lower === 'to'),
  )
}
