import type { Block } from '../chat/blocks.ts'
import { cleanName, cutText } from '../chat/clean-text.ts'
import type { BriefItem, SecondOpinion } from './brief.ts'
import { labelWords } from './label-words.ts'

const LONGEST_NAME = 60

/** What a language model says of an item, always as what it is: a proposal beside the record, or a doubt. */
export function opinionBlocks({ opinions = [], statement, earlier }: BriefItem): readonly Block[] {
  const cut = (content: string, span: readonly [number, number]) =>
    cleanName(content.slice(...span)).replace(/["“”„«»]/g, '')
  return opinions.flatMap((opinion): readonly Block[] => {
    if (opinion.kind === 'disagrees') {
      const line = `A second reader disagrees (a language model, ${modelName(opinion)}): it sees no change of course.`
      return [{ kind: 'note', line }]
    }
    if (opinion.kind !== 'proposes' || earlier === null) return []
    const line = [
      {
        strong: `Proposed by a language model (${modelName(opinion)}), confirmed by nobody: ${labelWords(opinion.label)}`,
      },
      `; it rests on “${cut(statement.content, opinion.now)}” against “${cut(earlier.content, opinion.earlier)}”. `,
      { faint: 'Checked: these words stand in both statements, and our own reader finds nothing in them against it.' },
    ]
    return [{ kind: 'note', line }]
  })
}

/** The name that the operator gave, as it is printed. */
export function modelName({ model }: Extract<SecondOpinion, { model: string }>): string {
  return cutText(cleanName(model), LONGEST_NAME)
}
