import type { Facet, Piece } from './facet.ts'
import { pieceOf } from './piece.ts'
import { readDeadline, readQuantity } from './read-amounts.ts'

/** From a marker to the end of its clause. No two ways to match: linear. */
const rest = (markers: string) => new RegExp(`\\b(?:${markers})\\b(?!\\s*[.,;])[^,;.!?—–]*`, 'gi')

const CONDITION = rest(
  'if|(?<=\\bonly [^,;.!?]{1,40} )after|(?<!\\b(?:at|more than|only|not) )once(?! (?:and for all|again|more))|provided(?: that)?|providing that|on (?:the )?condition|on condition that|only (?:after|when|if|once)|as soon as|as long as|so long as|subject to|in exchange for|in return for|assuming|conditional on|contingent on|depending on|after(?= (?:a |the |all |an )?[\\w-]+(?: [\\w-]+){0,4} (?:is|are|has|have|was|were)\\b)|when(?= (?:a |the |all |an )?[\\w-]+(?: [\\w-]+){0,4} (?:is|are|has|have)\\b)',
)
/** "Unless", "until" and "without" open a door in a refusal, and set a condition to a promise. */
const UNLESS = rest(
  'unless|until|till|not before|before(?= [^,;.!?]{0,60}\\b(?:has|have|had|is|are|was|were)\\b)|without first|(?<!even |or )without(?= (?:a |the |an )?(?:[\\w-]+ ){0,2}(?:guarantee|mandate|consent|approval|agreement|resolution)s?)',
)
const EXCEPTION = rest(
  'except(?: for| on| in| when)?|with the exception of|apart from|save for|excluding|but not|bar(?= the )|aside from|limited to',
)
const REASON = rest(
  'because(?: of)?|since(?= (?:it|they|we|no|there|nobody|people|the \\w+ (?:is|are|has|have|was|were|would|will|could|can))\\b)|given(?: that)?|in order to|so that|otherwise|in view of|as a matter of',
)
const UNCONDITIONAL =
  /\b(?:unconditional(?:ly)?|without (?:any )?(?:pre-?)?conditions?|without exceptions?|no exceptions?|whatever [^,;.!?]*|regardless of [^,;.!?]*|whether or not [^,;.!?]*|(?:even|with or) without [^,;.!?]*|no matter [^,;.!?]*|come what may|under any circumstances|under all circumstances|in any case|no ifs|(?:and (?:he|she|it|they) )?dropp(?:ed|ing) (?:a|an|any|all|his|her|its|their|the) (?:earlier |previous )?(?:demand|condition|precondition|insistence)s?[^,;.!?]*|[\w-]+ included|including (?:for )?[^,;.!?]*)/gi
const WHOLE =
  /\b(?:all|every|each|any|entire|entirely|complete|completely|full|fully|in full|total|totally|whole|wholesale|nobody|no one|none)\b/i
const PART =
  /\b(?:some|partial|partially|partly|part of|limited|a few|several|selected|certain|most of|half of|initial|a number of|token)\b/i
const FAST =
  /\b(?:now|immediate(?:ly)?|at once|without delay|forthwith|right away|straight away|swift(?:ly)?|rapid(?:ly)?|as soon as possible|today|urgent(?:ly)?)\b/i
const SLOW =
  /\b(?:gradual(?:ly)?|in (?:\w+ )?(?:stages|phases|steps)|stages|step by step|step-by-step|phased|progressive(?:ly)?|over time|slowly|incremental(?:ly)?|in due course|eventually|at a later (?:stage|date)|when the time comes)\b/i

export type Slots = Pick<
  Facet,
  'conditions' | 'exceptions' | 'unconditional' | 'reasons' | 'deadline' | 'quantity' | 'scope' | 'pace'
> & {
  /** What hangs on "unless" and "until": the reader of the clause decides which slot it fills. */
  readonly unless: readonly Piece[]
}

/** The slots of `text`; spans count from its beginning. */
export function readSlots(text: string, saidOn: string): Slots {
  const exceptions = allOf(text, EXCEPTION)
  const unless = allOf(text, UNLESS).filter((piece) => readDeadline(piece.words, saidOn)?.words !== piece.words)
  const unconditional = allOf(text, UNCONDITIONAL)[0] ?? null
  const conditions = allOf(text, CONDITION)
    .filter((piece) => piece.key !== '')
    .filter(
      (piece) =>
        !/^(?:if necessary|if needed|if possible|once again|once more|as soon as possible|if anything|if not|(?:as|so) long as (?:it takes|necessary|needed|required|possible))\b/i.test(
          piece.words,
        ) && !isInside(piece, unless),
    )
  const deadline = readDeadline(without(text, [...conditions, ...exceptions, ...unless]), saidOn)
  return {
    conditions,
    exceptions,
    unless,
    unconditional,
    reasons: allOf(text, REASON),
    deadline,
    quantity: readQuantity(without(text, [...conditions, ...exceptions, ...unless]), [deadline]),
    scope: scopeOf(
      without(text, [...conditions, ...exceptions, ...unless, ...(unconditional === null ? [] : [unconditional])]),
    ),
    pace: paceOf(text),
  }
}

/** `text` with blanks where the pieces stand, so that offsets stay. */
export function without(text: string, pieces: readonly Piece[]): string {
  return pieces.reduce(
    (left, { span: [start, end] }) => left.slice(0, start) + ' '.repeat(end - start) + left.slice(end),
    text,
  )
}

function allOf(text: string, pattern: RegExp): readonly Piece[] {
  return [...text.matchAll(pattern)].map((match) => pieceOf(text, match.index, match.index + match[0].length))
}

function isInside(piece: Piece, others: readonly Piece[]): boolean {
  return others.some((other) => piece.span[0] >= other.span[0] && piece.span[1] <= other.span[1])
}

function scopeOf(text: string): Facet['scope'] {
  const part = PART.exec(text)
  if (part !== null) return { ...pieceOf(text, part.index, part.index + part[0].length), isWhole: false }
  const whole = WHOLE.exec(text)
  return whole === null ? null : { ...pieceOf(text, whole.index, whole.index + whole[0].length), isWhole: true }
}

function paceOf(text: string): Facet['pace'] {
  const slow = SLOW.exec(text)
  if (slow !== null) return { ...pieceOf(text, slow.index, slow.index + slow[0].length), isFast: false }
  const fast = FAST.exec(text)
  return fast === null ? null : { ...pieceOf(text, fast.index, fast.index + fast[0].length), isFast: true }
}
