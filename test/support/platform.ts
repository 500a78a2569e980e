import {
  type Edit,
  type EditOutcome,
  type Messenger,
  type Outgoing,
  type PostOutcome,
  SHOWS_WITHIN_MS,
} from '../../src/chat/messenger.ts'

/**
 * A chat platform in a few lines: it keeps what was posted, and misbehaves as told.
 *
 * `lostAnswers` posts the message and loses the answer; `answers` are given in turn instead of posting.
 */
export function scriptedPlatform(platform: Messenger['platform'] = 'slack') {
  const posted: Outgoing[] = []
  const answers: PostOutcome[] = []
  const edited: Edit[] = []
  const editAnswers: EditOutcome[] = []
  const lookedSince: Date[] = []
  let lostAnswers = 0
  let unreadable = false
  const messenger: Messenger = {
    platform,
    restMs: 1_100,
    teamRestMs: 0,
    anyRestMs: 0,
    editRestMs: 1_300,
    showsWithinMs: SHOWS_WITHIN_MS,
    post: async (message) => {
      const answer = answers.shift()
      if (answer !== undefined) return answer
      posted.push(message)
      if (lostAnswers === 0) return { kind: 'sent', receipt: `r${posted.length}` }
      lostAnswers -= 1
      return { kind: 'unknown', code: 'no answer' }
    },
    edit: async (message) => {
      const answer = editAnswers.shift()
      if (answer === undefined || answer.kind === 'edited') edited.push(message)
      return answer ?? { kind: 'edited' }
    },
    findPosted: async ({ key }, since) => {
      lookedSince.push(since)
      if (unreadable) return { kind: 'unreadable', code: 'not_in_channel' }
      const index = posted.findIndex((message) => message.key === key)
      return index < 0 ? { kind: 'absent' } : { kind: 'found', receipt: `r${index + 1}` }
    },
  }
  return {
    messenger,
    posted,
    /** The edits that were taken, in their order. */
    edited,
    answerEditsWith: (...given: readonly EditOutcome[]) => void editAnswers.push(...given),
    /** From when on somebody looked for messages. */
    lookedSince,
    answerWith: (...given: readonly PostOutcome[]) => void answers.push(...given),
    loseAnswers: (count: number) => {
      lostAnswers = count
    },
    hide: () => {
      unreadable = true
    },
  }
}
