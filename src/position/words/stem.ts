import { keepAtMost } from '../../base/keep-at-most.ts'

/** Keeps the cache at a few megabytes. */
const CACHED_WORDS = 50_000

/**
 * The stem of an English word in lower case: "withdrawals", "withdrawing" and "withdraw" have one.
 * British and American spellings share theirs.
 *
 * @see M. F. Porter, "An algorithm for suffix stripping", Program 14 (1980)
 */
export const stemOf = keepAtMost(CACHED_WORDS, (word): string => {
  const regular = IRREGULAR.get(word) ?? word
  return regular.length <= 2 || !/^[a-z]+$/.test(regular) ? regular : longEnough(porter(american(regular)))
})

/** Two letters are a word of their own: "one" is not "on", "use" not "us". */
function longEnough(stem: string): string {
  return stem.length <= 2 ? `${stem}e` : stem
}

/** Verbs whose forms no rule of suffixes brings together. */
const IRREGULAR = new Map(
  `sold sell, sent send, gave give, given give, left leave, withdrew withdraw, withdrawn withdraw, held hold, met meet, built build,
  kept keep, went go, gone go, began begin, begun begin, came come, took take, taken take, stood stand, paid pay, spent spend, lost lose,
  won win, broke break, broken break, chose choose, chosen choose, drew draw, drawn draw, fell fall, fallen fall, fought fight, froze freeze,
  frozen freeze, led lead, rose rise, risen rise, struck strike, told tell, said say, thought think, understood understand, wrote write,
  written write, brought bring, bought buy, sought seek, forbade forbid, forbidden forbid, upheld uphold, withheld withhold, overcame overcome,
  spoke speak, spoken speak, made make, found find, knew know, known know, shown show, saw see, seen see, swore swear, sworn swear, grew grow,
  fled flee, shot shoot, sank sink, sunk sink, flew fly, flown fly, taught teach, caught catch, forgave forgive, forgiven forgive, oversaw oversee,
  overseen oversee, overthrew overthrow, overthrown overthrow, shook shake, shaken shake, stole steal, stolen steal, drove drive, driven drive,
  withstood withstand, undid undo, undone undo, rebuilt rebuild, resold resell, retook retake, retaken retake, stricken strike,
  crises crisis, allies ally, wives wife, lives life`
    .split(',')
    .map((pair) => pair.trim().split(' ') as [string, string]),
)

function american(word: string): string {
  return word
    .replace(/is(e|ed|es|er|ing|ation|ations)$/, 'iz$1')
    .replace(/our(s|ed|ing)?$/, 'or$1')
    .replace(/efence(s?)$/, 'efense$1')
    .replace(/programme(s?)$/, 'program$1')
}

const HAS_VOWEL = /[aeiouy]/

function isConsonant(word: string, i: number): boolean {
  const letter = word.charAt(i)
  if ('aeiou'.includes(letter)) return false
  return letter !== 'y' || i === 0 || !isConsonant(word, i - 1)
}

/** Porter's m: how often a consonant follows a vowel. */
function measure(stem: string): number {
  let count = 0
  for (let i = 1; i < stem.length; i += 1) if (isConsonant(stem, i) && !isConsonant(stem, i - 1)) count += 1
  return count
}

function endsDouble(stem: string): boolean {
  const last = stem.length - 1
  return last > 0 && stem.charAt(last) === stem.charAt(last - 1) && isConsonant(stem, last)
}

/** Consonant, vowel, consonant other than w, x and y: the e of "hoping" comes back. */
function endsShort(stem: string): boolean {
  const last = stem.length - 1
  return (
    last >= 2 &&
    isConsonant(stem, last) &&
    !isConsonant(stem, last - 1) &&
    isConsonant(stem, last - 2) &&
    !'wxy'.includes(stem.charAt(last))
  )
}

type Suffixes = readonly (readonly [suffix: string, instead: string])[]

const STEP_2: Suffixes = [
  ['ational', 'ate'],
  ['ization', 'ize'],
  ['iveness', 'ive'],
  ['fulness', 'ful'],
  ['ousness', 'ous'],
  ['tional', 'tion'],
  ['biliti', 'ble'],
  ['entli', 'ent'],
  ['ousli', 'ous'],
  ['ation', 'ate'],
  ['alism', 'al'],
  ['aliti', 'al'],
  ['iviti', 'ive'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['izer', 'ize'],
  ['alli', 'al'],
  ['ator', 'ate'],
  ['abli', 'able'],
  ['eli', 'e'],
]
const STEP_3: Suffixes = [
  ['icate', 'ic'],
  ['ative', ''],
  ['alize', 'al'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ness', ''],
  ['ful', ''],
]
const STEP_4: Suffixes = 'ement,ance,ence,able,ible,ment,ant,ent,ism,ate,iti,ous,ive,ize,al,er,ic,ou'
  .split(',')
  .map((suffix) => [suffix, ''])

function replaceSuffix(word: string, table: Suffixes, atLeast: number): string {
  for (const [suffix, instead] of table) {
    if (!word.endsWith(suffix)) continue
    const stem = word.slice(0, -suffix.length)
    return measure(stem) > atLeast ? stem + instead : word
  }
  return word
}

function porter(word: string): string {
  let stem = withoutPlural(word)
  stem = withoutTense(stem)
  if (stem.endsWith('y') && HAS_VOWEL.test(stem.slice(0, -1))) stem = `${stem.slice(0, -1)}i`
  stem = replaceSuffix(stem, STEP_2, 0)
  stem = replaceSuffix(stem, STEP_3, 0)
  const ion = stem.slice(0, -3)
  if (stem.endsWith('ion') && /[st]$/.test(ion) && measure(ion) > 1) stem = ion
  else stem = replaceSuffix(stem, STEP_4, 1)
  const bare = stem.slice(0, -1)
  if (stem.endsWith('e') && (measure(bare) > 1 || (measure(bare) === 1 && !endsShort(bare)))) stem = bare
  return stem.endsWith('ll') && measure(stem) > 1 ? stem.slice(0, -1) : stem
}

function withoutPlural(word: string): string {
  if (word.endsWith('sses') || word.endsWith('ies')) return word.slice(0, -2)
  return word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word
}

function withoutTense(word: string): string {
  if (word.endsWith('eed')) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word
  const suffix = word.endsWith('ed') ? 'ed' : word.endsWith('ing') ? 'ing' : ''
  const stem = word.slice(0, word.length - suffix.length)
  if (suffix === '' || !HAS_VOWEL.test(stem)) return word
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`
  if (endsDouble(stem) && !/[lsz]$/.test(stem)) return stem.slice(0, -1)
  return measure(stem) === 1 && endsShort(stem) ? `${stem}e` : stem
}
