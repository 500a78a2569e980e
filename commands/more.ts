import { defineCommand } from '../src/chat/command.ts'
import type { KeptAnswers } from '../src/chat/kept-answers.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import { MORE } from '../src/chat/turns-page.ts'

/** The rest of an answer that was too long for one go; for whom the answer was. */
export const more = defineCommand<{ readonly kept: Pick<KeptAnswers, 'find'> }, 'answer'>({
  name: MORE,
  summary: 'The rest of a long answer; the button below the answer sends this',
  examples: ['/more answer:oM3nAqV0w1Zs7RkT2bYc'],
  options: { answer: { kind: 'text', description: 'Which answer; its button sends it', required: true } },
  // Nobody types such a key.
  forms: [],

  async run({ answer = '' }, { kept }, { team, member }) {
    const rest = await kept.find(answer, { team, member: member.id })
    if (rest !== null) return rest
    throw new NotUnderstoodError({
      option: 'answer',
      typed: answer,
      explanation: 'I keep the rest of an answer for a day, for whoever asked. Send the question again.',
    })
  },
})
