import { stemOf } from './stem.ts'
import { readWords, type Word } from './words.ts'

/** Words that mean the same act or thing in diplomatic prose. One line each: the concept, then its words and phrases. */
const GROUPS = `
withdraw: withdraw withdrawal pullout pull-out pull_out pull_back leave depart departure exit evacuate evacuation retreat go_home get_out pullback pull_its_troops_out
stay: stay remain presence station stationed stationing keep maintain preserve retain uphold extend extension prolong renew renewal continue continuation go_on stay_in_force keep_up
end: lift end ended lifting remove abolish cancel scrap suspend terminate drop waive call_off repeal repealed revoke rescind do_away_with axe scrapping
stop: stop halt cease freeze discontinue
impose: impose imposition introduce tighten slap
start: start begin launch resume resumption restart commence
move: move relocate redraw shift
open: open reopen reopening opening unblock
close: close closed closure shut seal shutter seal_off
join: join entry accession accede membership enter admit admission become_a_member become_member
talk: talk talks negotiate negotiation dialogue negotiating_table conversation parley
supply: supply supplies deliver delivery send provide provision give sell sale shipment export transfer
withhold: withhold
arms: arms weapon weapons weaponry armament armaments munitions ammunition missiles tanks howitzers armoured_vehicles armored_vehicles
buy: buy purchase procure procurement acquire
recall: recall call_back
postpone: postpone postponement put_off delay defer push_back put_on_ice put_on_hold adjourn shelve
ontime: as_planned as_scheduled on_time on_schedule
troops: troops troop forces force soldiers soldier military army contingent personnel garrison soldiery battalion battalions servicemen troopers brigade brigades
fighters: mercenary mercenaries fighter fighters
foreign: foreign outside external
prisoner: prisoner prisoners captive captives detainee detainees
release: release free freed freeing let_go set_free liberate
detain: detain imprison jail
ceasefire: ceasefire truce armistice cessation_of_hostilities cease-fire
settle: settle settlement solve solution resolve
aid: aid assistance relief
return: return come_back go_back give_back hand_back
attack: attack strike bomb bombing bombardment shelling air_strike airstrike intervention invade aggression raid bombard
increase: increase raise boost expand expansion step_up grow scale_up hike widen
cut: cut reduce reduction decrease lower trim slash scale_back pare curtail shrink
allow: allow permit permission authorize
ban: ban forbid prohibit prohibition outlaw
refugee: refugee refugees displaced asylum_seekers
election: election elections vote ballot poll polls polling
treaty: treaty agreement accord deal pact pact compact
recognize: recognize recognition
border: border frontier frontier frontiers
cross: crossing checkpoint
state: state statehood states
unitedstates: united_states
unitednations: united_nations
unitedkingdom: united_kingdom
ratify: ratify ratification
sign: sign signature
disarm: disarm disarmament lay_down_arms lay_down_its_arms lay_down_their_arms hand_over_its_weapons hand_over_their_weapons give_up_its_weapons give_up_their_weapons give_up_its_arms give_up_their_arms hand_in_its_weapons
stage: stage stages gradual gradually phased phase phases step_by_step progressive progressively incremental
synchronized: synchronize synchronized simultaneous coordinate coordinated
independent: independent independence sovereign
quartet: quartet
mediate: mediate mediation mediator mediators mediating
direct: direct directly face-to-face
fill: fill filling
build: build building construct construction erect
annex: annex annexation
inspector: inspector inspectors inspection inspections
observer: observer observers monitor monitors
mission: mission
unite: unity unite united reunite
`

/** What cannot hold at once: a statement with one speaks against a proposition with the other. */
const OPPOSITES = `
attend boycott, withdraw stay, withdraw join, withdraw return, stay move, stay stop, stay cut, impose end, start stop, start end,
open close, release detain, increase cut, allow ban, supply withhold, supply recall, postpone ontime, stay end, settle attack, pardon prosecute
`

const phrases: readonly (readonly [stems: readonly string[], concept: string])[] = GROUPS.trim()
  .split('\n')
  .flatMap((line) => {
    const [concept = '', words = ''] = line.split(': ')
    return words
      .split(' ')
      .map((phrase) => [readWords(phrase.replaceAll('_', ' ')).map((word) => word.stem), concept] as const)
  })

const byFirst = Map.groupBy(phrases, ([stems]) => stems[0] ?? '')

const opposites = new Map<string, ReadonlySet<string>>()
for (const pair of OPPOSITES.split(',')) {
  const [a = '', b = ''] = pair.trim().split(' ')
  opposites.set(a, new Set([...(opposites.get(a) ?? []), b]))
  opposites.set(b, new Set([...(opposites.get(b) ?? []), a]))
}

/** A word with what it means; of a phrase every word carries the meaning. */
export type Meant = Word & { readonly concept: string }

/** Puts meanings to words: the concept of the table, else the word's own stem. Longest phrase first. */
export function withConcepts(words: readonly Word[]): readonly Meant[] {
  const meant: Meant[] = []
  for (let i = 0; i < words.length; ) {
    const here = (byFirst.get(words[i]?.stem ?? '') ?? [])
      .filter(([stems]) => stems.every((stem, offset) => words[i + offset]?.stem === stem))
      .sort((a, b) => b[0].length - a[0].length)
    const [stems, concept] = here[0] ?? [[''], ownConcept(words[i] as Word)]
    for (const word of words.slice(i, i + stems.length)) meant.push({ ...word, concept })
    i += stems.length
  }
  return meant
}

/** A country and what belongs to it mean one: Libya and Libyan, Palestine and Palestinians. */
function ownConcept({ text, lower, stem }: Word): string {
  const isName = /^\p{Lu}\p{Ll}{4,}/u.test(text)
  const country = isName ? /^(.{3,}?)(?:ians?|ans?|ia|ese|is?|a)$/.exec(lower)?.[1] : undefined
  return country ?? stem
}

/** Words that only take a side: what a proposition is about is said by the others. */
const ATTITUDES = new Set(
  'support back favor oppose reject welcome endorse advocate want wish demand urge call condemn right wrong'
    .split(' ')
    .map(stemOf),
)

/** What a proposition is about, without words that only take a side. */
export function subjectOf(words: readonly Meant[]): readonly string[] {
  const content = contentOf(words)
  const about = content.filter((concept) => !ATTITUDES.has(concept))
  return about.length > 0 ? about : content
}

export function areOpposite(a: string, b: string): boolean {
  return opposites.get(a)?.has(b) ?? false
}

/** Acts that go with everything, and tell little of what is spoken about. */
const GENERAL_ACTS = new Set(['stay', 'supply', 'start', 'stop', 'end', 'return', 'move', 'increase', 'cut', 'allow'])

/** Any act with a contrary, telling or not. */
export function hasContrary(concept: string): boolean {
  return opposites.has(concept)
}

export function isGeneralAct(concept: string): boolean {
  return GENERAL_ACTS.has(concept)
}

/** An act that has a contrary and tells what is spoken about: what a proposition turns on. */
export function isAct(concept: string): boolean {
  return opposites.has(concept) && !isGeneralAct(concept)
}

/** Words without content of their own. */
const FUNCTION_WORDS = new Set(
  `a an the this that these those it its he she they we i you his her their our my your him them us me one
  and or but nor so yet if then than as at by for from in into of on onto off out over to up with within without under about between among
  against during before after since until till upon via per toward towards through across along around
  is are was were be been being am has have had having do does did doing done will would shall should may might can could must ought
  not no never neither cannot dont doesnt wont cant only also just very more most much many such own same other another any some all every each both
  who whom whose which what when where why how there here now today again still already once ever always however therefore thus
  say said says tell told add added stress stressed note noted call called believe think consider regard
  need needs want wants let make made take taken get got go going come able
  mr mrs ms`
    .split(/\s+/)
    .flatMap((word) => readWords(word).map((one) => one.stem)),
)

const AMOUNT = /^\p{N}[\p{N}.,]*$/u

/** A word without content of its own. */
export function isFunctionWord(word: Word): boolean {
  return FUNCTION_WORDS.has(word.stem)
}

/** The concepts of content words, each once, in order. Amounts are read as amounts: they tell of no subject. */
export function contentOf(words: readonly Meant[]): readonly string[] {
  return [
    ...new Set(
      words.filter((word) => !FUNCTION_WORDS.has(word.stem) && !AMOUNT.test(word.lower)).map((word) => word.concept),
    ),
  ]
}
