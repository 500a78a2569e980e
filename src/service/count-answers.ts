import type { Tally } from '../base/tally.ts'
import type { Messenger } from '../chat/messenger.ts'

/** The same messenger, whose platform's answers to posts are counted: "slack sent", "discord refused 50013". */
export function countAnswers(messenger: Messenger, answers: Tally): Messenger {
  return {
    ...messenger,
    post: async (message) => {
      const outcome = await messenger.post(message)
      answers.add(`${messenger.platform} ${outcome.kind}${'code' in outcome ? ` ${outcome.code}` : ''}`)
      return outcome
    },
  }
}
