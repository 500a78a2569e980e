import { type ShownPosition, stanceBlocks } from '../src/brief/stance-blocks.ts'
import type { Block } from '../src/chat/blocks.ts'
import { defineCommand } from '../src/chat/command.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import type { Request } from '../src/chat/request.ts'
import type { TopicId } from '../src/position/topic.ts'
import type { Roster } from '../src/speaker/roster.ts'
import type { SpeakerId } from '../src/speaker/speaker.ts'
import { readSpeakers, readTopics, speakerOption, type TopicBooks, topicOption, typedName } from './read-names.ts'
import { sortNames } from './sort-words.ts'

export type StanceReader = {
  /** Where the speaker stands on the topic and its parts, as the team sees it; empty if nothing is on record. */
  readonly stanceOf: (question: {
    readonly team: Request['team']
    readonly speaker: SpeakerId
    readonly topic: TopicId
  }) => Promise<readonly ShownPosition[]>
}

type Rooms = { readonly stances: StanceReader; readonly roster: Roster; readonly topics: TopicBooks }

/** Where a speaker stands on a topic, since when, and on what evidence. */
export const stance = defineCommand<Rooms, 'speaker' | 'topic'>({
  name: 'stance',
  summary: 'Where does a speaker stand on a topic, since when, and on what evidence?',
  examples: ['/stance speaker:Lavrov topic:Libya', '/stance Türkiye "Black Sea"'],
  options: {
    speaker: speakerOption('Whose position'),
    topic: topicOption('On what'),
  },

  sortWords: async (words, { roster, topics }, { team }) => sortNames(words, roster, await topics.bookOf(team)),

  async run(options, { stances, roster, topics }, request) {
    const speakers = readSpeakers(options.speaker, roster, request.at)
    const about = readTopics(options.topic, await topics.bookOf(request.team))
    if (speakers.length === 0) throw missing('speaker', 'Whose position? Name a speaker')
    if (about.length === 0) throw missing('topic', 'A position on what? Name a topic')
    const blocks: Block[] = []
    for (const speaker of speakers) {
      for (const topic of about) {
        const shown = await stances.stanceOf({ team: request.team, speaker: speaker.id, topic: topic.id })
        blocks.push(
          ...(shown.length > 0 ? stanceBlocks(shown) : nothing(speaker.name, topic.label, typedName(speaker, roster))),
        )
      }
    }
    return blocks
  },
})

function missing(option: 'speaker' | 'topic', question: string): NotUnderstoodError {
  return new NotUnderstoodError({ option, typed: '', explanation: `${question}: /stance speaker:Lavrov topic:Libya` })
}

function nothing(speaker: string, topic: string, typed: string): readonly Block[] {
  return [
    { kind: 'text', line: `Nothing on record from ${speaker} on ${topic}.` },
    {
      kind: 'buttons',
      buttons: [
        { label: `All from ${speaker}`, command: formatCommand('said', { speaker: typed }) },
        { label: `All on ${topic}`, command: formatCommand('said', { topic }) },
      ],
    },
  ]
}
