import type { Block, Button } from '../src/chat/blocks.ts'
import { defineCommand } from '../src/chat/command.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import type { Request } from '../src/chat/request.ts'
import { WELCOME } from '../src/chat/welcome.ts'
import type { Roster } from '../src/speaker/roster.ts'
import type { Statement, StatementStore } from '../src/statement/statement-store.ts'
import { type TopicBooks, typedName } from './read-names.ts'

type Rooms = {
  readonly statements: Pick<StatementStore, 'find'>
  readonly roster: Roster
  readonly topics: TopicBooks
}

/** Of so many statements the most frequent speakers and topics are offered. */
const LOOKED_AT = 200
const OFFERED = 8

/** The first steps of a team: something to follow, or something to look up. */
export const start = defineCommand<Rooms, 'with'>({
  name: 'start',
  summary: 'First steps: follow a topic, follow a speaker, or try a look-up',
  examples: ['/start', '/start with:topic'],
  options: {
    with: { kind: 'choice', description: 'What to begin with', choices: ['topic', 'speaker', 'lookup'] },
  },

  async run(options, rooms, request) {
    if (options.with === undefined) return WELCOME
    const recent = await rooms.statements.find({ team: request.team, limit: LOOKED_AT })
    const offered = await offersFor(options.with, recent, rooms, request)
    const command = options.with === 'lookup' ? 'said' : 'subscribe'
    const examples = options.with === 'speaker' ? 'speaker:Lavrov' : 'topic:Libya'
    return [
      { kind: 'text', line: QUESTIONS[options.with] ?? '' },
      ...(offered.length === 0 ? [] : [{ kind: 'buttons', buttons: offered } as const]),
      { kind: 'note', line: `Anything else: type /${command} and a name, such as /${command} ${examples}` } as const,
    ] satisfies readonly Block[]
  },
})

const QUESTIONS: Readonly<Record<string, string>> = {
  topic: 'Which topic? You get a digest here every morning, and can undo it at once.',
  speaker: 'Which speaker? You get a digest here every morning, and can undo it at once.',
  lookup: 'Whose words? The answer is for you alone.',
}

/** Who and what is spoken of most at present; where nothing is on record yet, the topics there are. */
async function offersFor(
  kind: string,
  recent: readonly Statement[],
  { roster, topics }: Rooms,
  { team }: Request,
): Promise<readonly Button[]> {
  if (kind === 'topic') {
    const book = await topics.bookOf(team)
    const busy = mostFrequent(recent.flatMap((one) => one.topics)).flatMap(
      (id) => book.topics.find((one) => one.id === id) ?? [],
    )
    const offered = busy.length > 0 ? busy : book.topics.filter(({ parent }) => parent === null)
    return offered
      .slice(0, OFFERED)
      .map(({ label }) => ({ label, command: formatCommand('subscribe', { topic: label }) }))
  }
  const speakers = mostFrequent(recent.flatMap(({ speaker }) => speaker ?? [])).flatMap((id) => roster.byId(id) ?? [])
  const command = kind === 'speaker' ? 'subscribe' : 'said'
  return speakers
    .slice(0, OFFERED)
    .map((one) => ({ label: one.name, command: formatCommand(command, { speaker: typedName(one, roster) }) }))
}

function mostFrequent<Value>(values: readonly Value[]): readonly Value[] {
  const groups = [...Map.groupBy(values, (value) => value)]
  return groups.sort(([, a], [, b]) => b.length - a.length).map(([value]) => value)
}
