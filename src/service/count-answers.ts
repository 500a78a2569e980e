import type { Tally } from '../base/tally.ts'
import type { EditOutcome, Messenger, PostOutcome } from '../chat/messenger.ts'

/**
 * The same messenger, whose platform's answers to posts and edits are counted: "slack sent", "slack edited",
 * "discord refused 50013".
 */
export function countAnswers(messenger: Messenger, answers: Tally): Messenger {
  const counted = <Outcome extends PostOutcome | EditOutcome>(outcome: Outcome): Outcome => {
    answers.add(`${messenger.platform} ${outcome.kind}${'code' in outcome ? ` ${outcome.code}` : ''}`)
    return outcome
  }
  return {
    ...messenger,
    post: async (message) => counted(await messenger.post(message)),
    edit: async (message) => counted(await messenger.edit(message)),
  }
}
