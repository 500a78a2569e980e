import type { TopicBook } from '../src/position/book/topic-book.ts'
import type { Corrected } from '../src/position/corrections/correction.ts'
import type { PropositionId } from '../src/position/topics/proposition.ts'
import type { TopicId } from '../src/position/topics/topic.ts'
import type { Roster } from '../src/speaker/roster.ts'
import type { SpeakerId } from '../src/speaker/speaker.ts'

/** What was put right, as a person would say it. Names that are gone are told by their ids. */
export function correctionWords(what: Corrected, roster: Roster, book: TopicBook): string {
  const who = (id: SpeakerId) => roster.nameOf(id) ?? id
  const topic = (id: TopicId) => book.byId(id)?.label ?? id
  const sentence = (id: PropositionId) => `"${book.proposition(id)?.sentence ?? id}"`
  switch (what.kind) {
    case 'wrong speaker':
      return what.speaker === null
        ? `statement ${what.statement} was said by nobody whom we know`
        : `statement ${what.statement} was said by ${who(what.speaker)}`
    case 'wrong topic':
      return what.to === null
        ? `statement ${what.statement} is not about ${topic(what.from)}`
        : `statement ${what.statement} is about ${topic(what.to)}, not about ${topic(what.from)}`
    case 'not a change':
      return `statement ${what.statement} is no change of course by ${who(what.speaker)} on ${topic(what.topic)}`
    case 'confirm':
      return `statement ${what.statement} is confirmed as "${what.label}" by ${who(what.speaker)} on ${topic(what.topic)}`
    case 'merge propositions':
      return `the proposition ${sentence(what.from)} counts as ${sentence(what.into)}`
    case 'merge speakers':
      return `${who(what.from)} and ${who(what.into)} are one speaker, called ${who(what.into)}`
  }
}
