import { words } from './word-list.ts'

/** Words that are written with a dot in the middle of a sentence. */
export const ABBREVIATIONS = words(`
  mr mrs ms dr prof sen sens rep reps gov govs gen lt col maj sgt capt cmdr adm brig rev hon pres amb atty dept engr smt barr
  jr sr st messrs mt ft vs etc inc corp co ltd jan feb mar apr jun jul aug sept sep oct nov dec
  calif conn fla ind ky mass mich minn mo neb nev okla ore pa tenn tex va vt wash wis wyo ariz ark colo del ga ill kan md
`)
