import { PUBLIC } from '../src/base/scope.ts'
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
    // A private message outside any team has no channel for a digest: there is only looking up.
    const command = options.with === 'lookup' || request.team === PUBLIC ? 'said' : 'subscribe'
    const offered = await offersFor({ kind: options.with, command }, recent, rooms, request)
    const examples = options.with === 'speaker' ? 'speaker:Lavrov' : 'topic:Libya'
    const isElsewhere = options.with !== 'lookup' && command === 'said'
    return [
      { kind: 'text', line: isElsewhere ? ELSEWHERE : (QUESTIONS[options.with] ?? '') },
      ...(isElsewhere ? [{ kind: 'note', line: `There, type: /subscribe ${examples}` } as const] : []),
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

const ELSEWHERE =
  'Digests come to the channels of a server: ask for one there. Here you can look up what was said, for example:'

/** Who and what is spoken of most at present; where nothing is on record yet, the topics there are. */
async function offersFor(
  { kind, command }: { readonly kind: string; readonly command: 'said' | 'subscribe' },
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
    return offered.slice(0, OFFERED).map(({ label }) => ({ label, command: formatCommand(command, { topic: label }) }))
  }
  const speakers = mostFrequent(recent.flatMap(({ speaker }) => speaker ?? [])).flatMap((id) => roster.byId(id) ?? [])
  return speakers
    .slice(0, OFFERED)
    .map((one) => ({ label: one.name, command: formatCommand(command, { speaker: typedName(one, roster) }) }))
}

function mostFrequent<Value>(values: readonly Value[]): readonly Value[] {
  const groups = [...Map.groupBy(values, (value) => value)]
  return groups.sort(([, a], [, b]) => b.length - a.length).map(([value]) => value)
}
