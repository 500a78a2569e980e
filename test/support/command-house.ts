import { teamFollows } from '../../commands/team-follows.ts'
import type { Article } from '../../src/article/article.ts'
import { articleMigrations } from '../../src/article/article-migrations.ts'
import { articleStore } from '../../src/article/article-store.ts'
import { openLog } from '../../src/base/log.ts'
import type { TeamId } from '../../src/base/scope.ts'
import { tally } from '../../src/base/tally.ts'
import { briefMigrations } from '../../src/brief/brief-migrations.ts'
import { briefStore } from '../../src/brief/brief-store.ts'
import { readStance } from '../../src/brief/read-stance.ts'
import { reasonReader } from '../../src/brief/reason-reader.ts'
import { recentMoves } from '../../src/brief/recent-moves.ts'
import { statementCards } from '../../src/brief/statement-cards.ts'
import { writeBrief } from '../../src/brief/write-brief.ts'
import { type Block, type Choice, plainText } from '../../src/chat/blocks.ts'
import { chatMigrations } from '../../src/chat/chat-migrations.ts'
import { commandBook } from '../../src/chat/command-book.ts'
import { editorStore } from '../../src/chat/editor-store.ts'
import { keptAnswerMigrations, keptAnswers } from '../../src/chat/kept-answers.ts'
import { memberStore } from '../../src/chat/member-store.ts'
import type { PlaceCheck } from '../../src/chat/messenger.ts'
import type { Request } from '../../src/chat/request.ts'
import { teamSettings } from '../../src/chat/team-settings.ts'
import { amendmentStore } from '../../src/delivery/amendment-store.ts'
import { audienceStore } from '../../src/delivery/audience-store.ts'
import { deliveryMigrations } from '../../src/delivery/delivery-migrations.ts'
import { fateReader } from '../../src/delivery/fate-reader.ts'
import { outbox } from '../../src/delivery/outbox.ts'
import { quietStore } from '../../src/delivery/quiet-store.ts'
import { releaseHeld } from '../../src/delivery/release-held.ts'
import { scheduleDigests } from '../../src/delivery/schedule-digests.ts'
import { subscriptionStore } from '../../src/delivery/subscription-store.ts'
import type { FeedWish } from '../../src/feed/add-feed.ts'
import { feedMigrations } from '../../src/feed/feed-migrations.ts'
import { feedStore } from '../../src/feed/feed-store.ts'
import { bookDesk } from '../../src/position/book/book-desk.ts'
import { readBook } from '../../src/position/book/read-book.ts'
import { rereadAll } from '../../src/position/book/reread-book.ts'
import { topicStore } from '../../src/position/book/topic-store.ts'
import { correctionDesk } from '../../src/position/corrections/correction-desk.ts'
import { correctionMigrations } from '../../src/position/corrections/correction-migrations.ts'
import type { StanceQuestion } from '../../src/position/read-positions.ts'
import { positionMigrations } from '../../src/position/record/position-migrations.ts'
import { positionStore } from '../../src/position/record/position-store.ts'
import { reasonStore } from '../../src/position/record/reason-store.ts'
import { updatePosition } from '../../src/position/update-position.ts'
import { digestShower } from '../../src/service/show-digest.ts'
import { digestWriter } from '../../src/service/write-digest.ts'
import { buildRoster } from '../../src/speaker/build-roster.ts'
import type { Office, Speaker, SpeakerId } from '../../src/speaker/speaker.ts'
import { speakerMigrations } from '../../src/speaker/speaker-migrations.ts'
import { speakerStore } from '../../src/speaker/speaker-store.ts'
import type { FoundStatement } from '../../src/statement/statement.ts'
import type { StatementId } from '../../src/statement/statement-id.ts'
import { statementMigrations } from '../../src/statement/statement-migrations.ts'
import { statementStore } from '../../src/statement/statement-store.ts'
import { allCommands } from './all-commands.ts'
import { handClock } from './clock.ts'
import { testDatabase } from './database.ts'
import { request } from './requests.ts'
import { articleOf, foundIn } from './statements.ts'

/** All invented: two countries, three people in office, one of whose surnames is shared. */
const TALVIA = speaker('state-of-talvia', 'Talvia', { kind: 'state', country: 'XT', demonyms: ['Talvian'] })
const NERIA = speaker('state-of-neria', 'Neria', { kind: 'state', country: 'XN', demonyms: ['Nerian'] })
const PETROV = speaker('ana-petrov', 'Ana Petrov', {
  country: 'XT',
  gender: 'f',
  aliases: ['Petrov', 'Анна Петров'],
  offices: [office({ country: 'XT', from: '2019-06', asOf: '2026-10' })],
})
const ORLIN = speaker('mihal-orlin', 'Mihal Orlin', {
  aliases: ['Orlin'],
  country: 'XN',
  offices: [office({ country: 'XN', asOf: '2024-05' })],
})
const OTHER_ORLIN = speaker('eva-orlin', 'Eva Orlin', { country: 'XT', aliases: ['Orlin'] })

const BOOK = `
- id: bridge
  label: Sund Bridge
  aliases: [the bridge]
  keywords: [bridge, toll]
  propositions:
    - id: bridge.free
      sentence: The bridge stays free of toll
- id: fish
  label: Fishing rights
  keywords: [fishing, fish, boats]
- id: neria
  label: Neria
  keywords: [neria, nerian]
`

/** As PLATFORMS.md asks for. */
const GRACE_MS = 2 * 3_600_000

/** Every command over real rooms and a real database, with people and topics of invented countries. */
export async function commandHouse() {
  const db = await testDatabase({
    ...chatMigrations,
    ...keptAnswerMigrations,
    ...feedMigrations,
    ...articleMigrations,
    ...speakerMigrations,
    ...statementMigrations,
    ...positionMigrations,
    ...briefMigrations,
    ...correctionMigrations,
    ...deliveryMigrations,
  })
  const clock = handClock()
  const roster = buildRoster([TALVIA, NERIA, PETROV, ORLIN, OTHER_ORLIN])
  const topics = topicStore(db)
  await topics.importBook(0 as TeamId, readBook(BOOK), clock.now())
  const statements = statementStore(db, { clock, roster })
  const positions = positionStore(db)
  const feeds = feedStore(db)
  const members = memberStore(db)
  const settings = teamSettings(db)
  const names = speakerStore(db, roster)
  const articles = articleStore(db)
  const newsroom = { articles, briefs: briefStore(db), positions, statements, topics, roster, clock }
  const quiets = quietStore(db)
  const logged: string[] = []
  const datesFor = async (team: TeamId) => (await settings.of(team)).dates ?? undefined
  const digestDeps = {
    ...newsroom,
    rosterFor: names.rosterFor,
    datesFor,
    heldBack: tally(),
    log: openLog('error', (line) => logged.push(line)),
  }
  const amendments = amendmentStore(db)
  const editors = editorStore(db)
  const reader = { statements, articles, positions, topics, clock }
  const rooms = {
    statements,
    kept: keptAnswers(db, { clock }),
    articles,
    cards: statementCards({ statements, articles, rosterFor: names.rosterFor }),
    /** Edits of the topics; `settle` reads the record again, as the service does in the background. */
    books: bookDesk({ ...reader, rereadLater: async () => undefined }),
    roster,
    names,
    topics,
    members,
    settings,
    comingBack: { formerOf: async () => null, restore: async () => false },
    editors,
    positions,
    desk: correctionDesk({
      ...{ positions, statements, topics, names, clock },
      readsOtherwise: (team, { number, isUndone, statements: ids }) =>
        amendments.want(
          { team, statements: ids, cause: { kind: isUndone ? 'undone' : 'correction', number } },
          clock.now(),
        ),
    }),
    amendments,
    subscriptions: subscriptionStore(db),
    /** Channels whose name begins with X cannot be posted to; of those with a Q the platform does not say. */
    places: {
      check: async (_: Request['platform'], { channel }: { readonly channel: string }): Promise<PlaceCheck> => {
        if (channel.startsWith('Q')) return { kind: 'unknown', code: 'no answer' }
        if (channel.startsWith('X')) return { kind: 'shut', explanation: 'That channel is archived.' }
        // Of those with an S people of another organisation are members.
        return { kind: 'open', channel, audience: channel.startsWith('S') ? 'shared' : 'private' }
      },
      allow: audienceStore(db).allow,
    },
    stances: {
      stanceOf: (question: StanceQuestion) => readStance(question, { positions, statements, topics, roster }),
    },
    reasons: reasonReader({ ...newsroom, reasons: reasonStore(db), rosterFor: names.rosterFor }),
    recentMoves: recentMoves(digestDeps),
    writeDigest: digestWriter(digestDeps),
    showDigest: digestShower(digestDeps),
    fates: fateReader(db),
    outbox: outbox(db),
    quiets,
    feeds: {
      feedsOf: feeds.feedsOf,
      remove: feeds.remove,
      add: async ({ url, team, addedBy }: FeedWish) =>
        (await feeds.byUrl(team, url)) ?? (await feeds.add({ url, team, addedBy, title: 'Talvian News' }, clock.now())),
    },
  }
  const book = commandBook(allCommands, rooms, {
    log: openLog('error', (line) => logged.push(line)),
    roomsOf: async (team) => ({ roster: await names.rosterFor(team) }),
    answersOf: async (team) => (await settings.of(team)).answers,
    kept: rooms.kept,
    isEditor: ({ team, member }) => editors.isEditor(team, member.id),
    followsOf: (team) => teamFollows(team, { ...rooms, rosterFor: names.rosterFor }),
    zoneOf: members.zoneOf,
    teamZoneOf: async ({ team }) => (await settings.of(team)).timeZone,
    datesFor,
  })
  let written = 0
  const recordIn = async (article: Article, words: string, given: Recorded) => {
    const { by, on = '2026-11-10', about = [], form = 'indirect', speaker: id = null } = given
    const found = foundIn(article, words, {
      ...(by === undefined ? {} : { by }),
      form,
      speaker: id as SpeakerId | null,
      saidOn: { on, precision: 'day', basis: 'published' },
    })
    const ids = await statements.save(article, [found], () => about)
    const steps = { read: statements.read, ofArticle: statements.statementsOfArticle }
    for (const id of ids) await updatePosition(id, { statements: steps, positions, topics, clock })
    return ids
  }

  return {
    ...rooms,
    db,
    /** What a tick of the service does for whoever subscribed; nothing is sent. */
    tick: async () => {
      const { subscriptions, writeDigest } = rooms
      const { log } = digestDeps
      const deps = {
        ...{ db, subscriptions, writeDigest, isQuiet: quiets.wantsNoDigest, datesFor, clock, log },
        graceMs: GRACE_MS,
      }
      await scheduleDigests(deps)
      await releaseHeld({ db, outbox: outbox(db), quiets }, clock.now())
    },
    book,
    settle: async (team = 1 as TeamId) => await rereadAll(team, reader),
    /** What the log got; bugs show here. */
    logged,
    clock,
    /** The codes of the briefs that the statements lead to. */
    briefs: async (ids: readonly StatementId[], team = 0 as TeamId) => {
      const changes = await Promise.all(ids.map((id) => positions.ofStatement(team, id)))
      const briefs = await Promise.all(changes.flat().map(({ id }) => writeBrief(id, newsroom)))
      return await Promise.all(
        [...new Set(briefs.flat())].map(async (id) => (await newsroom.briefs.get(team, id))?.code ?? ''),
      )
    },
    /** The blocks of an answer. */
    ask: async (line: string, asker: Partial<Request> = {}) =>
      (await book.answerLine(line, request({ platform: 'terminal', at: clock.now(), ...asker }))).blocks,
    /** The answer as somebody reads it. */
    read: async (line: string, asker: Partial<Request> = {}) =>
      plainText((await book.answerLine(line, request({ platform: 'terminal', at: clock.now(), ...asker }))).blocks),
    /** Puts words on record, as if an article had them. */
    record: async (words: string, given: Recorded) => {
      written += 1
      const { by, on = '2026-11-10', about: _, form: __, speaker: ___, ...more } = given
      const text = `${by ?? 'Somebody'} said: ${words} (${written})`
      const { id: _id, ...article } = articleOf(text, { publishedAt: new Date(`${on}T09:00:00Z`), ...more })
      return await recordIn({ ...article, id: await articles.add(article) }, words, given)
    },
    /** Puts words of this article on record. */
    recordIn,
    [Symbol.asyncDispose]: () => db[Symbol.asyncDispose](),
  }
}

type Recorded = Partial<Article> & {
  readonly by?: string
  readonly speaker?: string
  readonly on?: string
  readonly about?: readonly string[]
  readonly form?: FoundStatement['form']
}

function speaker(id: string, name: string, more: Partial<Speaker> = {}): Speaker {
  return {
    id: id as SpeakerId,
    name,
    kind: 'person',
    country: null,
    gender: null,
    aliases: [],
    offices: [],
    ...more,
  }
}

function office(more: Partial<Office>): Office {
  return {
    role: 'foreign minister',
    title: 'Foreign Minister',
    country: 'XT',
    from: null,
    to: null,
    asOf: null,
    ...more,
  }
}

/** The commands behind the buttons of an answer. */
export function commandsIn(blocks: readonly Block[]): readonly string[] {
  return blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons.map(({ command }) => command) : []))
}

/** The entries of the menus of an answer. */
export function choicesIn(blocks: readonly Block[]): readonly Choice[] {
  return blocks.flatMap((block) => (block.kind === 'menu' ? block.choices : []))
}
