import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../support/database.ts'

const root = resolve(import.meta.dirname, '../..')
const files = globSync(['src/**/*.ts', 'commands/**/*.ts', 'digests/**/*.ts'], { cwd: root }).map((file) =>
  file.replaceAll('\\', '/'),
)

/**
 * Reads of rows that can be private, without a team that asks: the service's own work, which
 * shows nobody anything. Each is named here with its reason, or the test fails.
 */
const OWN_WORK: Readonly<Record<string, string>> = {
  'src/article/article-store.ts article earlierThan': 'pipeline: ids only, of what an article follows in its own scope',
  'src/article/article-store.ts article forget': 'operator: takes away, shows nothing',
  'src/article/kept-pages.ts feed note': 'write: whether the feed is still there',
  'src/article/article-store.ts article get': 'pipeline: works for the team whose article it is',
  'src/brief/brief-migrations.ts brief up': 'migration: gives codes to rows, shows nothing',
  'src/brief/brief-store.ts brief save': 'write: meets its own row by its key',
  'src/brief/brief-store.ts brief freeCode': 'write: whether a code is taken by anybody, yes or no',
  'src/opinion/opinion-store.ts opinion isKnown': 'write: meets its own row by its key',
  'src/opinion/opinion-store.ts opinion outcomes': 'health: numbers only',
  'src/opinion/opinion-store.ts modelUse useOn': 'health: numbers only',
  'src/brief/brief-store.ts brief teamOf': 'pipeline: gives the team and nothing else',
  'src/delivery/delivery-migrations.ts subscription up': 'migration: how far each team’s numbers have come',
  'src/delivery/amendment-store.ts amendment due': 'corrections: ids of messages to write anew, each for its own team',
  'src/delivery/amendment-store.ts amendment join': 'write: meets its own row by its key',
  'src/delivery/amendment-store.ts delivery dropOld':
    'write: lets go of what is too old to be put right, shows nothing',
  'src/delivery/amendment-store.ts delivery postsThatTold':
    'corrections: ids of messages, each then read for its own team',
  'src/delivery/amend-posts.ts delivery isAsSeen': 'corrections: whether one message has been begun since, yes or no',
  'src/delivery/standing.ts delivery standingOf': 'corrections: one message, written anew for its own team',
  'src/delivery/standing.ts delivery correctionsOf': 'corrections of one message, which its reader has asked for',
  'src/delivery/told-store.ts toldStatement toldOf': 'corrections: what one message told, keys and no words',
  'src/delivery/subscription-store.ts subscription subscriptionById': 'corrections: by which filter one message came',
  'src/delivery/outbox.ts delivery forget': 'operator: takes away, shows nothing',
  'src/delivery/outbox.ts delivery oldestDue': 'health: numbers only',
  'src/delivery/slot-store.ts delivery fatesSince': 'health: numbers only',
  'src/feed/feed-store.ts feed counts': 'health: numbers only',
  'src/position/corrections/correction-store.ts correction madeBy': 'operator: numbers of what a person put right',
  'src/delivery/edit-subscription.ts subscription editSubscription': 'write: one whose asker was checked',
  'src/delivery/edit-subscription.ts subscription undoEdit': 'write: one whose asker was checked',
  'src/delivery/edit-subscription.ts subscription change': 'write: one whose asker was checked',
  'src/delivery/edit-subscription.ts subscription resumeSubscription': 'write: one whose asker was checked',
  'src/delivery/subscription-store.ts subscription isAsRead': 'schedule: whether one has been changed since, yes or no',
  'src/delivery/subscription-store.ts subscription isTaken': 'write: whether a key is taken, yes or no',
  'src/delivery/drop-old.ts delivery dropSlots':
    'housekeeping: which digests are still owed; takes away, shows nothing',
  'src/delivery/drop-old.ts subscription dropOld': 'write: lets go of tries of what is gone, shows nothing',
  'src/delivery/drop-old.ts subscription dropSlots': 'write: lets go of what is old, shows nothing',
  'src/delivery/drop-old.ts delivery dropMessages': 'write: lets go of what is old, shows nothing',
  'src/delivery/drop-old.ts delivery wholesBefore': 'write: lets go of what is old, shows nothing',
  'src/delivery/alert-parts.ts delivery forgetAlerts': 'operator: takes away, shows nothing',
  'src/delivery/alert-parts.ts alertPart dropAlertsBefore': 'write: lets go of what is old, shows nothing',
  'src/delivery/alert-parts.ts delivery dropAlertsBefore': 'write: lets go of what waits for nothing, shows nothing',
  'src/delivery/fit-alerts.ts subscription statesOf': 'write: states of the subscriptions that one alert names',
  'src/delivery/subscription-store.ts subscription stoppedAlerts':
    'alerts kept for places that refused: each is written for its own team',
  'src/delivery/outbox.ts delivery heldUntil': 'alerts held for quiet: released to the channel that they are owed to',
  'src/delivery/outbox.ts delivery counts': 'health: numbers only',
  'src/delivery/heads-of.ts delivery headsOf': 'sender: what is owed, to the channel that it is owed to',
  'src/delivery/outbox.ts delivery open': 'sender: what is owed, to the channel that it is owed to',
  'src/delivery/outbox.ts delivery openUntil': 'sender: when to look again',
  'src/delivery/fate-reader.ts subscription message': 'whoever made it, outside any team',
  'src/delivery/revive-subscription.ts subscription revive': 'write: one whose asker was checked',
  'src/delivery/revive-subscription.ts subscription tryAgain': 'write: one whose asker was checked',
  'src/delivery/slot-store.ts delivery toldSince': 'digest: what this one subscription was told already',
  'src/delivery/cover-again.ts delivery uncover': 'write: moves one subscription back by its own slots',
  'src/delivery/cover-again.ts delivery coverAgain': 'write: moves one subscription back by its own slots',
  'src/delivery/cover-again.ts delivery givenUpAt': 'digest: which of this one subscription was refused',
  'src/delivery/late-slots.ts delivery waitingSlots': 'schedule: each is then dealt with for its own subscription',
  'src/delivery/late-slots.ts delivery markLate': 'write: a message that is owed to its own channel',
  'src/delivery/subscription-store.ts subscription activeOf': 'schedule: each digest is then written for its own team',
  'src/delivery/subscription-store.ts subscription insertOrRevive': 'write: meets its own row by its key',
  'src/discord/discord-store.ts discordButton commandOf': 'a command, run as the team of whoever presses the button',
  'src/feed/feed-store.ts entry entry': 'pipeline: works for the team whose entry it is',
  'src/feed/entry-writes.ts entry knownAmong': 'write: meets its own rows by their keys',
  'src/feed/feed-store.ts entry waitingAmong': 'pipeline: ids only',
  'src/feed/feed-store.ts feed feedsAmong': 'poller: works for the team whose feed it is',
  'src/feed/feed-store.ts entry isWaiting': 'pipeline: yes or no',
  'src/feed/feed-store.ts feed due': 'poller: ids only',
  'src/feed/feed-store.ts feed followsOtherThan': 'first start: whether there is any',
  'src/feed/feed-store.ts feed insertFeed': 'write: meets its own row by its key',
  'src/feed/feed-store.ts feed nextDueAt': 'poller: when to look again',
  'src/feed/websub-store.ts websub websubStore': 'poller: works for the team whose feed it is',
  'src/feed/websub-store.ts websub byToken': 'hub: known by a secret part of its address, shown nothing',
  'src/feed/websub-store.ts websub endOrphans': 'hubs: tokens of feeds that nobody follows',
  'src/feed/websub-store.ts feed endOrphans': 'hubs: tokens of feeds that nobody follows',
  'src/feed/websub-store.ts websub due': 'hubs: who is to be asked, shows nobody anything',
  'src/feed/websub-store.ts websub movedTo': 'hubs: our own address in their rows',
  'src/feed/websub-store.ts entry hasNewsSince': 'poller: yes or no',
  'src/feed/websub-store.ts feed bringForward': 'poller: when a feed is asked next',
  'src/position/record/position-store.ts facet threadsOf': 'operator: what is to be set against the record again',
  'src/position/corrections/correction-store.ts correction teams':
    'replay: gives teams and nothing else, each then read by itself',
  'src/position/record/own-records.ts facet teamsIn':
    'replay: gives teams and nothing else, each then replayed by itself',
  'src/position/record/own-records.ts ownThread teamsIn':
    'replay: gives teams and nothing else, each then replayed by itself',
  'src/position/record/own-records.ts facet forgetOwn': 'operator: takes away, shows nothing',
  'src/position/book/book-rows.ts topic teamsWithRows':
    'replay: gives teams and nothing else, each then read by itself',
  'src/position/book/topic-store.ts bookChange teamsToReread':
    'replay: gives teams and nothing else, each then read by itself',
  'src/position/record/facet-views.ts facet knownOf': 'replay: writes what each scope sees, shows nothing',
  'src/position/record/facet-views.ts facetView knownOf': 'replay: writes what each scope sees, shows nothing',
  'src/position/record/position-store.ts facet facetsRead':
    'replay: what was read in a statement, for those who see it',
  'src/position/record/position-store.ts threadToReplay toReplay':
    'replay: gives threads and nothing else, each then made anew by itself',
  'src/position/record/position-store.ts positionChange teamOf': 'pipeline: gives the team and nothing else',
  'src/statement/statement-store.ts statement forgetViews': 'operator: takes away, shows nothing',
  'src/statement/statement-store.ts statement idsAt': 'operator: takes away, shows nothing',
  'src/statement/statement-store.ts statement read': 'pipeline: works for the team whose statement it is',
  'src/statement/statement-writes.ts statement knownIds': 'write: meets its own rows by their keys',
  'src/statement/statement-writes.ts statement lastIdOf': 'write: the next free id',
  'src/statement/statement-writes.ts statementView viewsOf': 'write: every view follows its statement',
}

type Query = { readonly where: string; readonly isScoped: boolean }

/** Every query on one of the tables, and whether the function that makes it asks for a team. */
function queriesOn(tables: ReadonlySet<string>): readonly Query[] {
  return files.flatMap((file) => {
    const lines = readFileSync(resolve(root, file), 'utf8').split('\n')
    return lines.flatMap((line, at) => {
      const table = /\.(?:selectFrom|innerJoin|leftJoin)\(\s*'(\w+)/.exec(line)?.[1]
      if (table === undefined || !tables.has(table)) return []
      const rest = lines.slice(at)
      const end = rest.findIndex((one) => /^ {0,4}[})]/.test(one))
      const body = rest.slice(0, end === -1 ? 40 : end + 1).join('\n')
      const isScoped = /visibleTo\(|visibleRows\(|'(?:\w+\.)?team',\s*'='/.test(body)
      return [{ where: `${file} ${table} ${nameAbove(lines, at)}`, isScoped }]
    })
  })
}

/** The function or method that a line stands in. */
function nameAbove(lines: readonly string[], at: number): string {
  for (let i = at; i >= 0; i--) {
    const name = /^ {0,4}(?:export )?(?:async )?(?:function )?(\w+)(?:\(|: (?:async )?\(|: \(\): )/.exec(
      lines[i] ?? '',
    )?.[1]
    if (name !== undefined && !['if', 'for', 'return', 'while', 'switch'].includes(name)) return name
  }
  return ''
}

test('x26: every read of rows that can be private asks for a team, but for the service’s own work named here', async () => {
  await using db = await testDatabase()
  const { rows } = await sql<{ name: string }>`
    select m.name as name from sqlite_schema m join pragma_table_info(m.name) c on c.name = 'team'
    where m.type = 'table'`.execute(db.reads)
  const scoped = new Set(rows.map((row) => row.name))
  expect(scoped.size).toBeGreaterThan(8)

  const queries = queriesOn(scoped)

  expect(queries.length).toBeGreaterThan(20)
  const open = queries.filter((query) => !query.isScoped).map((query) => query.where)
  expect(open.filter((where) => OWN_WORK[where] === undefined)).toEqual([])
})

test('SQL that is not made by the query layer stands in base/database alone', () => {
  const raw = files.filter((file) => /\bsql[`.<]/.test(readFileSync(resolve(root, file), 'utf8')))

  expect(raw.filter((file) => !file.startsWith('src/base/database/'))).toEqual([])
})
