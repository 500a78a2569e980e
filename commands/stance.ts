import { dayWords } from '../src/brief/day-words.ts'
import { stanceBlocks } from '../src/brief/stance-blocks.ts'
import type { Block } from '../src/chat/blocks.ts'
import { defineCommand } from '../src/chat/command.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import { speakerOption, topicOption, typedName } from './read-names.ts'
import { asOfOption, readQuestion, type StanceRooms } from './read-stances.ts'
import { sortNames } from './sort-words.ts'

/** Where a speaker stands on a topic, since when, and on what evidence. */
export const stance = defineCommand<StanceRooms, 'speaker' | 'topic' | 'as-of'>({
  name: 'stance',
  summary: 'Where does a speaker stand on a topic, since when, and on what evidence?',
  examples: ['/stance speaker:Lavrov topic:Libya', '/stance Türkiye "Black Sea"', '/stance Lavrov Libya as-of:2019-06'],
  options: {
    speaker: speakerOption('Whose position'),
    topic: topicOption('On what'),
    'as-of': asOfOption,
  },
  isLookup: true,

  sortWords: async (words, { roster, topics }, { team }) => sortNames(words, roster, await topics.bookOf(team)),

  async run(options, rooms, request) {
    const { speakers, about, asOf } = await readQuestion(options, rooms, request, '/stance speaker:Lavrov topic:Libya')
    const blocks: Block[] = []
    for (const speaker of speakers) {
      for (const topic of about) {
        const question = { team: request.team, speaker: speaker.id, topic: topic.id, asOf }
        const shown = await rooms.stances.stanceOf(question)
        if (shown.length === 0) {
          blocks.push(...nothing({ speaker: speaker.name, topic: topic.label, asOf }, typedName(speaker, rooms.roster)))
        } else blocks.push(...stanceBlocks(shown), ...thenBlocks(asOf))
      }
    }
    return blocks
  },
})

function thenBlocks(asOf: string | undefined): readonly Block[] {
  if (asOf === undefined) return []
  return [{ kind: 'note', line: `As of ${dayWords(asOf)}: what was said later is left out.` }]
}

type Asked = { readonly speaker: string; readonly topic: string; readonly asOf: string | undefined }

function nothing({ speaker, topic, asOf }: Asked, typed: string): readonly Block[] {
  const then = asOf === undefined ? '' : ` by ${dayWords(asOf)}`
  return [
    { kind: 'text', line: `Nothing on record from ${speaker} on ${topic}${then}.` },
    {
      kind: 'buttons',
      buttons: [
        ...(asOf === undefined
          ? []
          : [{ label: 'As of today', command: formatCommand('stance', { speaker: typed, topic }) }]),
        { label: `All from ${speaker}`, command: formatCommand('said', { speaker: typed }) },
        { label: `All on ${topic}`, command: formatCommand('said', { topic }) },
      ],
    },
  ]
}
