import { words } from './word-list.ts'

/** Words of a title before a name, and honorifics: they are no part of the name. */
const BEFORE_NAMES = words(`
  president vice prime minister ministers foreign defence defense interior finance secretary general secretary-general state deputy
  acting interim former ex-president ex-minister chancellor premier king queen prince princess pope sultan emir sheikh ayatollah
  ambassador envoy special governor gov. gov governors senator sen. sen sens. senators representative rep. rep reps. congressman
  congresswoman mayor judge justice chief attorney director chairman chairwoman chair speaker majority minority leader whip professor
  prof. prof dr. dr doctor mr. mr mrs. mrs ms. ms miss sir lady lord rev. reverend father brother bishop archbishop cardinal rabbi imam
  gen. gen col. col lt. lt capt. captain sgt. sergeant maj. major adm. admiral colonel lieutenant commander marshal field commissioner
  high spokesman spokeswoman spokesperson press campaign manager strategist adviser advisor aide host anchor reporter correspondent
  editor columnist author analyst republican democrat democratic gop conservative liberal tea party house senate congress cabinet
  affairs relations security national international economic trade treasury justice commerce energy labor health education homeland
  engr. engr alhaji alhaja shri smt. smt hon. hon dame don doña mullah mufti barr. comrade ustaz sayyid
  undersecretary under permanent plenipotentiary commander-in-chief co-chair co-founder founder ceo presidential candidate nominee
  frontrunner front-runner fm pm home shadow labour first lady dictator strongman tsar moderator economist pollster businessman billionaire mogul tycoon`)

const BODY_WORDS = words(`
  house department ministry party university college times post news committee council court association union institute center centre
  agency journal press office army force forces bank company group corporation commission foundation congress senate parliament
  government administration network radio television tv magazine campaign coalition organization organisation board bureau federation
  society school church club team league police guard navy fund project initiative alliance front movement mission chamber services
  service authority authorities embassy conference act bill hall street square avenue airport hotel stadium center arena club register
  tribune herald gazette daily weekly review globe guardian telegraph inc corp ltd llc pac partners research polling poll associates
  republic emirates empire union commonwealth york jersey hampshire carolina dakota virginia mexico states kingdom nations city county beach angeles francisco vegas moines diego
  island islands river lake bay mountain valley hills coast east west north south america american americans day year week constitution
  amendment debate war deal accord agreement treaty caucus caucuses primary election elections convention`)

/** What governments and ministries are of. */
const CAUSES = words(`
  accord unity reconciliation salvation consensus affairs defence defense finance interior justice health education labour labor trade
  economy energy agriculture transport culture development security cooperation planning environment tourism industry reform
  communications information communication women youth sports employment infrastructure works`)

/** "Accord", "Affairs", "Interior": the last word of a government's or a ministry's name, never of a person's title. */
export const isCause = (lower: string): boolean => CAUSES.has(lower)

export const isTitleWord = (lower: string): boolean => BEFORE_NAMES.has(lower)

/** "Ministry", "Times", "Hampshire": a capitalised phrase with one of these is no person. */
export const isBodyWord = (lower: string): boolean => BODY_WORDS.has(lower)
