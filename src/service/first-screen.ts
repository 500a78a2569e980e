import type { Block, Line } from '../chat/blocks.ts'
import type { Feed } from '../feed/feed.ts'
import type { Sample } from './open-sample.ts'

/** A door to a platform, as the first screen tells of it. */
export type DoorState =
  | {
      readonly name: string
      readonly state: 'open'
      readonly words: string
      /** Where an admin adds the bot to a server, where that takes an address. */
      readonly invite?: string | undefined
    }
  | { readonly name: string; readonly state: 'closed'; readonly words: string }

type Opened = {
  readonly doors: readonly DoorState[]
  readonly sample: Sample | null
  readonly feeds: readonly Feed[]
  readonly database: string
}

/** What is on, what is not, and what to do next. */
export function firstScreen({ doors, sample, feeds, database }: Opened): readonly Block[] {
  return [
    { kind: 'heading', text: 'Onrecord: who said what, and when it moved' },
    { kind: 'list', items: [newsLine(sample, feeds), ...doorLines(doors), `Database: ${database}`] },
    ...inviteBlocks(doors),
    {
      kind: 'note',
      line: 'Type a command, such as /help or /said. /quit or Ctrl-C stops; everything goes on where it was at the next start.',
    },
    { kind: 'divider' },
  ]
}

function newsLine(sample: Sample | null, feeds: readonly Feed[]): Line {
  if (sample !== null) {
    return [
      'News: ',
      { strong: 'the sample publisher' },
      ', with invented countries and ministers. Real news: /feeds add and the address of a feed, or FEEDS in .env',
    ]
  }
  if (feeds.length === 0) return 'News: no feed yet. /feeds add and the address of a feed, or FEEDS in .env'
  return `News: ${feeds.length === 1 ? 'one feed' : `${feeds.length} feeds`}; /feeds shows how they are`
}

function doorLines(doors: readonly DoorState[]): readonly Line[] {
  if (doors.length === 0) {
    return ['Slack and Discord: off, no tokens. Briefs appear here; the README says how to connect both']
  }
  return doors.map(
    ({ name, state, words }): Line => [
      { strong: name },
      // The fault of a door says by itself that it is closed.
      `: ${state === 'open' ? 'on' : 'off'}, ${words.replace(`${name} is off: `, '')}`,
    ],
  )
}

/** Each address on a line of its own, so that it can be copied whole. */
function inviteBlocks(doors: readonly DoorState[]): readonly Block[] {
  return doors.flatMap((door): readonly Block[] => {
    if (door.state === 'closed' || door.invite === undefined) return []
    return [
      { kind: 'note', line: `Add the bot to a ${door.name === 'Slack' ? 'workspace' : 'server'} on ${door.name}:` },
      { kind: 'text', line: door.invite },
    ]
  })
}
