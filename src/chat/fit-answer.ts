import type { Log } from '../base/log.ts'
import type { Block } from './blocks.ts'
import type { Answer } from './command.ts'
import { fitBlocks } from './fit-blocks.ts'
import { formatCommand } from './format-command.ts'
import type { KeptAnswers } from './kept-answers.ts'
import type { Request } from './request.ts'
import { MORE } from './turns-page.ts'

type Deps = { readonly kept: Pick<KeptAnswers, 'keep'> | undefined; readonly log: Log }

/** As long as the key of any kept answer. */
const SOME_KEY = 'k'.repeat(20)

/**
 * As much of an answer as a door can show at once, with a button for the rest, which is kept for a day. An answer
 * for everybody is kept for the whole team. Where nothing can be kept now, the answer says how to ask for less.
 * Never throws.
 */
export async function fitAnswer(
  answer: Answer,
  { team, member, isDirectMessage }: Request,
  fits: (blocks: readonly Block[]) => boolean,
  { kept, log }: Deps,
): Promise<Answer> {
  const { shown, rest } = fitBlocks(answer.blocks, moreBlocks(SOME_KEY), fits)
  if (rest.length === 0) return answer
  try {
    // A direct message has everybody in it who may read on.
    const isForAll = answer.seenBy === 'everybody' && !isDirectMessage
    const key = await kept?.keep({ team, member: isForAll ? null : member.id }, rest)
    return { ...answer, blocks: [...shown, ...(key === undefined ? LESS : moreBlocks(key))] }
  } catch (error) {
    log.warn({ error }, 'the rest of an answer could not be kept')
    return { ...answer, blocks: [...shown, ...LESS] }
  }
}

function moreBlocks(key: string): readonly Block[] {
  return [
    { kind: 'note', line: 'There is more: the button below shows the rest, until tomorrow.' },
    { kind: 'buttons', buttons: [{ label: 'Show the rest', command: formatCommand(MORE, { answer: key }) }] },
  ]
}

const LESS: readonly Block[] = [
  { kind: 'note', line: 'There is more than fits here. Ask for less at once: a shorter time, one topic, one speaker.' },
]
