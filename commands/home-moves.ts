import type { BriefItem } from '../src/brief/brief.ts'
import { labelWords, meaningWords } from '../src/brief/label-words.ts'
import type { RecentMoves } from '../src/brief/recent-moves.ts'
import { dayOf, sourceLine, wordsLine } from '../src/brief/statement-blocks.ts'
import type { Block } from '../src/chat/blocks.ts'
import { cleanName, cutText } from '../src/chat/clean-text.ts'
import type { DateLanguage } from '../src/chat/date-language.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import type { Request } from '../src/chat/request.ts'
import { type Filter, matches } from '../src/delivery/subscription.ts'
import type { Followed, FollowRooms } from './home-follows.ts'

export type MoveRooms = Pick<FollowRooms, 'subscriptions'> & { readonly recentMoves: RecentMoves }

const SHOWN = 3
const NAME = 80
/** Enough to see what it is about; the rest is one press away. */
const WORDS = 200

const EVERYTHING: Filter = { speakers: [], topics: [] }

/** The positions that moved last among what a person follows; where nothing did, what the team follows; else at all. */
export async function whatMoved(
  followed: readonly Followed[],
  rooms: MoveRooms,
  request: Request,
): Promise<readonly Block[]> {
  const own = await movesOf(
    followed.map(({ one }) => one.filter),
    rooms,
    request,
  )
  if (own.length > 0) return movedBlocks('What moved', own, request.dates)
  const team = (await rooms.subscriptions.list(request.team)).filter((one) => one.team === request.team)
  const theirs = await movesOf(
    team.map(({ filter }) => filter),
    rooms,
    request,
  )
  if (theirs.length > 0) return movedBlocks('What moved, among what your team follows', theirs, request.dates)
  const any = followed.length === 0 && team.length === 0 ? await movesOf([EVERYTHING], rooms, request) : []
  return any.length > 0 ? movedBlocks('What moved lately', any, request.dates) : []
}

async function movesOf(filters: readonly Filter[], { recentMoves }: MoveRooms, { team }: Request) {
  const isWanted = ({ statement, change }: BriefItem) => {
    const { speaker, topics, publisher } = statement
    const propositions = change.proposition === null ? [] : [change.proposition]
    const outlets = publisher === null ? [] : [publisher]
    const said = { speaker, topics, propositions, labels: [change.label], outlets }
    return filters.some((filter) => matches(filter, said))
  }
  return await recentMoves(team, filters, { atMost: SHOWN, isWanted })
}

function movedBlocks(heading: string, items: readonly BriefItem[], dates: DateLanguage): readonly Block[] {
  return [{ kind: 'heading', text: heading }, ...items.flatMap((item) => moveBlocks(item, dates))]
}

function moveBlocks(item: BriefItem, dates: DateLanguage): readonly Block[] {
  const { change, statement, topicLabel, proposition } = item
  const name = cutText(cleanName(item.speakerName), NAME)
  const meaning = meaningWords(item)
  return [
    {
      kind: 'text',
      line: [
        { strong: `${labelWords(change.label)} · ${name}` },
        ` on ${topicLabel}, ${dayOf(statement, dates)}${proposition === null ? '' : `: ${proposition}`}${meaning === '' ? '' : `. ${meaning}`}`,
      ],
    },
    { kind: 'quote', line: wordsLine(statement, WORDS) },
    { kind: 'note', line: sourceLine(statement, dates) },
    {
      kind: 'buttons',
      buttons: [
        { label: 'Why?', command: formatCommand('why', { change: change.id }) },
        { label: 'Cite', command: formatCommand('cite', { statement: String(statement.id) }) },
        {
          label: 'Where they stand',
          command: formatCommand('stance', { speaker: change.speaker, topic: change.topic }),
        },
      ],
    },
  ]
}
