import type { Block } from './block-text.ts'

export const HEADING = /^h[1-6]$/

/** Who wrote it and how to reach them: no words of the article, though a sentence. */
const ABOUT_AUTHOR =
  /\b(?:can be (?:reached|contacted) (?:at|on|via)|(?:follow|reach) (?:him|her|them|me|us) (?:on|at|via|@)|e-?mail (?:him|her|them|me|us) at|send (?:him|her|them|me|us) an e-?mail|(?:his|her|their) e-?mail address is|on twitter:? @?\w+$|^\p{Lu}[\p{L}'’. -]{3,40} is (?:a|an|the) (?:\p{L}+ ){0,3}(?:reporter|correspondent|editor|columnist|writer|journalist|contributor|producer) (?:for|at|with|based|covering|who)\b)/iu

/** Where a sentence ends, in any script. */
const SENTENCE_END = /[.!?…。！？:;؟।][\p{Pe}\p{Pf}"'»]{0,3}$/u

/** Labels, names of sections, figures: a line this short that ends no sentence. */
const STUB = 60

/** From this length on a block that ends a sentence is somebody's prose. */
const PROSE = 80

/**
 * Without what is left of furniture in front of the first paragraph and behind the last one:
 * labels, names of sections, headings with nothing behind them, notes about the author.
 */
export function withoutLooseEnds(blocks: readonly Block[]): Block[] {
  const kept = [...withoutLooseBegin(blocks)]
  // Lists, poems and programmes are made of short lines: there they belong to the text.
  const isProse = kept.filter(isParagraph).length * 3 > kept.length
  for (let last = kept.at(-1); last !== undefined && kept.length > 1; last = kept.at(-1)) {
    const isLabel = isStub(last) && last.tag !== 'li' && (isProse || last.emphasis > 0.5)
    const isAboutAuthor = last.text.length < 400 && ABOUT_AUTHOR.test(last.text)
    if (!HEADING.test(last.tag) && !isLabel && !isAboutAuthor) break
    kept.pop()
  }
  return kept
}

/** A page that begins with several stubs has its text behind them; the first heading of many is part of it. */
function withoutLooseBegin(blocks: readonly Block[]): readonly Block[] {
  const first = blocks.findIndex((block) => !isStub(block))
  const begin = blocks[first]
  if (begin === undefined || first === 0 || !blocks.slice(first).some(isParagraph)) return blocks
  const heading = blocks[first - 1]
  const isFirstOfMany =
    heading !== undefined &&
    isHeading(heading) &&
    blocks
      .slice(first)
      .some((block, index, rest) => isHeading(block) && block.tag === heading.tag && rest[index + 1] !== undefined)
  return blocks.slice(isFirstOfMany ? first - 1 : first)
}

/** Many sites set their headings as bold paragraphs. */
function isHeading(block: Block): boolean {
  return HEADING.test(block.tag) || (block.emphasis > 0.9 && isStub(block))
}

/** "($1 = 7.02 crowns)" is what an agency adds to its last sentence. */
const RATE = /^\([^()=]{1,30}=[^()=]{1,40}\)$/

function isStub({ text }: Block): boolean {
  return text.length < STUB && !SENTENCE_END.test(text) && !RATE.test(text)
}

export function isParagraph({ text, tag }: Block): boolean {
  return text.length >= PROSE && !HEADING.test(tag) && SENTENCE_END.test(text)
}
