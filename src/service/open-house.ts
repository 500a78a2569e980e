import { card } from '../../commands/card.ts'
import { cite } from '../../commands/cite.ts'
import { compare } from '../../commands/compare.ts'
import { context } from '../../commands/context.ts'
import { correct } from '../../commands/correct.ts'
import { corrections as correctionsCommand } from '../../commands/corrections.ts'
import { digest } from '../../commands/digest.ts'
import { editors as editorsCommand } from '../../commands/editors.ts'
import { feeds as feedsCommand } from '../../commands/feeds.ts'
import { help } from '../../commands/help.ts'
import { history } from '../../commands/history.ts'
import { home } from '../../commands/home.ts'
import { more } from '../../commands/more.ts'
import type { Places } from '../../commands/open-place.ts'
import { propositions } from '../../commands/propositions.ts'
import { quiet } from '../../commands/quiet.ts'
import { said } from '../../commands/said.ts'
import { settings as settingsCommand } from '../../commands/settings.ts'
import { share } from '../../commands/share.ts'
import { speakers } from '../../commands/speakers.ts'
import { stance } from '../../commands/stance.ts'
import { start } from '../../commands/start.ts'
import { subscribe } from '../../commands/subscribe.ts'
import { subscriptions as subscriptionsCommand } from '../../commands/subscriptions.ts'
import { teamFollows } from '../../commands/team-follows.ts'
import { topics as topicsCommand } from '../../commands/topics.ts'
import { unsubscribe } from '../../commands/unsubscribe.ts'
import { why } from '../../commands/why.ts'
import { articleStore } from '../article/article-store.ts'
import { keptPages } from '../article/kept-pages.ts'
import type { Clock } from '../base/clock.ts'
import type { Database } from '../base/database/database.ts'
import type { Log } from '../base/log.ts'
import { queueStore } from '../base/queue.ts'
import { PUBLIC, type TeamId } from '../base/scope.ts'
import { tally } from '../base/tally.ts'
import { briefStore } from '../brief/brief-store.ts'
import { readStance } from '../brief/read-stance.ts'
import { reasonReader } from '../brief/reason-reader.ts'
import { recentMoves } from '../brief/recent-moves.ts'
import { statementCards } from '../brief/statement-cards.ts'
import { type CommandBook, commandBook } from '../chat/command-book.ts'
import { editorStore } from '../chat/editor-store.ts'
import { greetingStore } from '../chat/greeting-store.ts'
import { keptAnswers } from '../chat/kept-answers.ts'
import { memberStore } from '../chat/member-store.ts'
import { teamSettings } from '../chat/team-settings.ts'
import { teamStore } from '../chat/team-store.ts'
import { amendmentStore } from '../delivery/amendment-store.ts'
import { audienceStore } from '../delivery/audience-store.ts'
import { fateReader } from '../delivery/fate-reader.ts'
import { outbox } from '../delivery/outbox.ts'
import { quietStore } from '../delivery/quiet-store.ts'
import { subscriptionStore } from '../delivery/subscription-store.ts'
import { discordStore } from '../discord/discord-store.ts'
import type { AddFeed } from '../feed/add-feed.ts'
import { feedStore } from '../feed/feed-store.ts'
import { websubStore } from '../feed/websub-store.ts'
import { opinionStore } from '../opinion/opinion-store.ts'
import { bookDesk } from '../position/book/book-desk.ts'
import type { Book } from '../position/book/read-book.ts'
import { topicStore } from '../position/book/topic-store.ts'
import { correctionDesk, type Otherwise } from '../position/corrections/correction-desk.ts'
import type { StanceQuestion } from '../position/read-positions.ts'
import { positionStore } from '../position/record/position-store.ts'
import { reasonStore } from '../position/record/reason-store.ts'
import type { Roster } from '../speaker/roster.ts'
import { speakerStore } from '../speaker/speaker-store.ts'
import { statementStore } from '../statement/statement-store.ts'
import { restoreTeam } from './leave-team.ts'
import { openRewriting } from './open-rewriting.ts'
import { REREAD, rereadInput } from './reread-step.ts'
import { digestShower } from './show-digest.ts'
import { digestWriter } from './write-digest.ts'

type HouseDeps = {
  readonly db: Database
  readonly roster: Roster
  /** The topics that every team begins with. */
  readonly shippedBook: Book
  readonly addFeed: AddFeed
  /** Asks a platform whether a place can be posted to; not given where no platform is connected. */
  readonly checkPlace?: Places['check']
  readonly clock: Clock
  readonly log: Log
}

/** The one list of what people can ask; help, Slack's manifest and Discord's registration are made from it. */
export const commands = [
  said,
  stance,
  history,
  compare,
  why,
  card,
  cite,
  context,
  share,
  more,
  correct,
  correctionsCommand,
  digest,
  subscribe,
  unsubscribe,
  subscriptionsCommand,
  quiet,
  topicsCommand,
  propositions,
  speakers,
  feedsCommand,
  settingsCommand,
  editorsCommand,
  start,
  home,
  help,
]

/** The terminal shows whatever it is given. */
const everyPlace: Places['check'] = async (_, { channel }) => ({ kind: 'open', channel, audience: 'private' })

/** All rooms over one database, and the commands over the rooms. */
export function openHouse({ db, roster, shippedBook, addFeed, checkPlace = everyPlace, clock, log }: HouseDeps) {
  const feeds = feedStore(db)
  const articles = articleStore(db)
  const kept = keptPages(db)
  const statements = statementStore(db, { clock, roster })
  const topics = topicStore(db, shippedBook)
  const positions = positionStore(db)
  const briefs = briefStore(db)
  const subscriptions = subscriptionStore(db)
  const box = outbox(db)
  const quiets = quietStore(db)
  const members = memberStore(db)
  const settings = teamSettings(db)
  const teams = teamStore(db, { clock })
  const names = speakerStore(db, roster)
  const opinions = opinionStore(db)
  const editors = editorStore(db)
  const keptRests = keptAnswers(db, { clock })
  const amendments = amendmentStore(db)
  const readsOtherwise = (team: TeamId, { number, isUndone, statements: ids }: Otherwise) => {
    const cause = { kind: isUndone ? 'undone' : 'correction', number } as const
    return amendments.want({ team, statements: ids, cause }, clock.now())
  }
  const desk = correctionDesk({ positions, statements, topics, names, clock, readsOtherwise })
  const queue = queueStore(db, { clock })
  const rereadLater = (team: TeamId, number: number) => queue.add(REREAD, [rereadInput(team, `change ${number}`)])
  const books = bookDesk({ topics, statements, articles, positions, rereadLater })
  const newsroom = { opinions, articles, briefs, positions, statements, topics, roster, clock }
  const heldBack = tally()
  const answers = tally()
  const audiences = audienceStore(db)
  const websub = websubStore(db)
  const datesFor = async (team: TeamId) => (await settings.of(team)).dates ?? undefined
  const digestDeps = { ...newsroom, rosterFor: names.rosterFor, datesFor, heldBack, log: log.child({ room: 'brief' }) }
  const writeDigest = digestWriter(digestDeps)

  const book: CommandBook = commandBook(
    commands,
    {
      statements,
      cards: statementCards({ statements, articles, rosterFor: names.rosterFor }),
      stances: {
        stanceOf: async (question: StanceQuestion) =>
          readStance(question, { ...newsroom, roster: await names.rosterFor(question.team) }),
      },
      reasons: reasonReader({ ...newsroom, reasons: reasonStore(db), rosterFor: names.rosterFor }),
      roster,
      kept: keptRests,
      names,
      topics,
      desk,
      amendments,
      subscriptions,
      places: { check: checkPlace, allow: audiences.allow },
      members,
      settings,
      comingBack: {
        formerOf: teams.formerOf,
        restore: (team: TeamId, at: Date) => restoreTeam({ db, subscriptions, websub, teams }, team, at),
      },
      editors,
      books,
      positions,
      recentMoves: recentMoves(digestDeps),
      writeDigest,
      showDigest: digestShower(digestDeps),
      fates: fateReader(db),
      outbox: box,
      quiets,
      feeds: { feedsOf: feeds.feedsOf, keptPages: kept.wordsOf, remove: feeds.remove, add: addFeed },
    },
    {
      log: log.child({ room: 'commands' }),
      roomsOf: async (team) => ({ roster: await names.rosterFor(team) }),
      answersOf: async (team) => (await settings.of(team)).answers,
      kept: keptRests,
      isEditor: async ({ team, member }) => team !== PUBLIC && (await editors.isEditor(team, member.id)),
      followsOf: (team) => teamFollows(team, { subscriptions, topics, rosterFor: names.rosterFor }),
      zoneOf: members.zoneOf,
      teamZoneOf: async ({ team }) => (await settings.of(team)).timeZone,
      datesFor,
    },
  )
  return {
    db,
    roster,
    feeds,
    /** What we asked of hubs; kept also while nobody listens for them, for `forget`. */
    websub,
    articles,
    keptPages: kept,
    statements,
    topics,
    positions,
    briefs,
    opinions,
    subscriptions,
    quiets,
    /** Which teams were welcomed. */
    greetings: greetingStore(db, { clock }),
    members,
    settings,
    /** In which language a team reads dates. */
    datesFor,
    /** Where teams put right what was read wrongly. */
    desk,
    /** Which messages have to be put right, and how they are written anew. */
    amendments,
    rewriting: openRewriting(digestDeps),
    /** What of answers was too long to be shown at once. */
    keptAnswers: keptRests,
    /** Whom owners have named editors. */
    editors,
    teams,
    /** What a team has added to the roster. */
    names,
    /** What the Discord door keeps: known here for `forget` alone. */
    discord: discordStore(db, { clock }),
    writeDigest,
    /** Briefs and items that the verifier held back since the start. */
    heldBack,
    /** For whose eyes things are posted. */
    audiences,
    /** What the platforms answered to posts since the start. */
    answers,
    newsroom,
    book,
    outbox: box,
    queue,
    /** Where teams edit their topics and propositions. */
    books,
    /** After a book came from a file. */
    rereadLater,
  }
}

export type House = ReturnType<typeof openHouse>
