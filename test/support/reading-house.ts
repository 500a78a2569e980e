import type { Article } from '../../src/article/article.ts'
import type { Clock } from '../../src/base/clock.ts'
import type { Database, DatabaseKind } from '../../src/base/database/database.ts'
import { type Log, silentLog } from '../../src/base/log.ts'
import type { TeamId } from '../../src/base/scope.ts'
import type { BriefId } from '../../src/brief/brief.ts'
import type { Platform } from '../../src/chat/request.ts'
import { readBook } from '../../src/position/book/read-book.ts'
import { type House, openHouse } from '../../src/service/open-house.ts'
import { stepsOf } from '../../src/service/steps.ts'
import { buildRoster } from '../../src/speaker/build-roster.ts'
import type { Speaker } from '../../src/speaker/speaker.ts'
import type { StatementId } from '../../src/statement/statement-id.ts'
import { handClock } from './clock.ts'
import { testDatabase } from './database.ts'
import { articleOf } from './statements.ts'

type Knows = {
  readonly speakers: readonly Speaker[]
  /** Its topics, as a file of the book. */
  readonly book: string
  readonly log?: Log
  readonly addFeed?: Parameters<typeof openHouse>[0]['addFeed']
}

/** The whole house over a database, and the steps that take an article up to what is owed; nothing is fetched. */
export function readingHouse(
  { db, clock }: { readonly db: Database; readonly clock: Clock },
  { speakers, book, log = silentLog, addFeed = () => Promise.reject(new Error('no feed is added here')) }: Knows,
) {
  const roster = buildRoster(speakers)
  const house: House = openHouse({ db, clock, log, addFeed, roster, shippedBook: readBook(book) })
  const unused = () => Promise.reject(new Error('nothing is fetched here'))
  const press = { fetch: unused, robots: unused, readPage: unused, readFeedWords: unused, parseFeed: unused }
  const steps = stepsOf({ house, press: press as never, clock, log: silentLog })

  /** An article of today, unless `more` says otherwise; gives its statements. */
  const read = async (text: string, more: Partial<Article> = {}): Promise<readonly StatementId[]> => {
    const { id: _, ...article } = articleOf(text, { publishedAt: clock.now(), ...more })
    return await steps.recordStatements(await house.articles.add(article))
  }
  return {
    house,
    steps,
    read,
    /** The same, taken the whole way. `meanwhile`: what is done between reading and alerting. */
    publish: async (
      text: string,
      more: Partial<Article> = {},
      meanwhile: (statements: readonly StatementId[]) => Promise<unknown> = async () => {},
    ): Promise<readonly StatementId[]> => {
      const statements = await read(text, more)
      const briefs = new Set<BriefId>()
      for (const statement of statements) {
        for (const change of await steps.updatePosition(statement)) {
          for (const brief of await steps.writeBrief(change)) briefs.add(brief)
        }
      }
      await meanwhile(statements)
      for (const brief of briefs) await steps.queueAlerts(brief)
      return statements
    },
  }
}

/** A house for teams of one platform; `placeOf`: where they subscribe. */
export async function houseOfTeams(
  knows: Knows & { readonly begins: string; readonly kind?: DatabaseKind | undefined; readonly platform?: Platform },
) {
  const { begins, kind = 'sqlite', platform = 'slack' } = knows
  const db = await testDatabase(undefined, kind)
  const clock = handClock(begins)
  const rooms = readingHouse({ db, clock }, knows)
  const teamOf = (name: string) => rooms.house.teams.teamOf(platform, `T-${name}`, name)
  return {
    ...rooms,
    ...{ db, clock, teamOf, red: await teamOf('red'), blue: await teamOf('blue') },
    placeOf: (team: TeamId, channel = `C-${team}`) => ({ team, platform, channel, createdBy: 'U1' }),
    [Symbol.asyncDispose]: () => db[Symbol.asyncDispose](),
  }
}
