import type { Writes } from '../base/database/database.ts'
import { AppError } from '../base/errors.ts'
import type { Team } from '../chat/team-store.ts'
import { forgetAlerts } from '../delivery/alert-parts.ts'
import { withoutTracking } from '../feed/normalise-feed.ts'
import { forgetStatements } from '../position/record/forget-statements.ts'
import { forgetWorkspace } from '../slack/installation-store.ts'
import type { SpeakerId } from '../speaker/speaker.ts'
import type { StatementId } from '../statement/statement-id.ts'
import type { House } from './open-house.ts'

/** Nothing is kept about what should be forgotten. */
export class NothingToForgetError extends AppError {
  override readonly name = 'NothingToForgetError'
  readonly code = 'service/nothing-to-forget'
  readonly explanation: string
  readonly retry = 'never'

  constructor(explanation: string) {
    super('nothing to forget')
    this.explanation = explanation
  }
}

export type ForgetWhat = { readonly kind: 'team' | 'member' | 'speaker' | 'url'; readonly value: string }

/** How many rows of each kind went. */
type Removed = Readonly<Record<string, number>>

/**
 * Takes away for good what is kept about a team, a member, a speaker or an article.
 *
 * @throws {NothingToForgetError} if there is no such team or speaker.
 */
export async function forget(house: House, { kind, value }: ForgetWhat): Promise<Removed> {
  switch (kind) {
    case 'team':
      return await forgetTeams(house, value)
    case 'member':
      return await house.db.transaction(async (tx) => ({
        'names on posts': await unnamePosts(tx, house, value),
        'names on changes of topics': await house.topics.forgetMember(tx, value),
        members: await house.members.forget(tx, value),
        editors: await house.editors.forgetMember(tx, value),
        'rests of answers': await house.keptAnswers.forget(tx, { member: value }),
        'names on corrections': await house.positions.corrections.forgetMember(tx, value),
        subscriptions: await house.subscriptions.forgetMember(tx, value, house.newsroom.clock.now()),
        'parts of alerts': await forgetAlerts(tx, { member: value }),
        'private messages': await house.outbox.forget(tx, { member: value }),
        'readers of places': await house.audiences.forget(tx, { member: value }),
        'quiet times': await house.quiets.forget(tx, { member: value }),
        'names on feeds': await house.feeds.forgetMember(tx, value),
        'names on speakers': await house.names.forgetMember(tx, value),
      }))
    case 'speaker':
      return await forgetSpeaker(house, value)
    case 'url':
      return await forgetArticle(house, withoutTracking(value))
  }
}

/** Before their name goes off the corrections: by those the posts are found that say it. */
async function unnamePosts(tx: Writes, { positions, amendments, newsroom }: House, member: string): Promise<number> {
  const made = Map.groupBy(await positions.corrections.madeBy(tx, member), ({ team }) => team)
  let named = 0
  for (const [team, theirs] of made) {
    const numbers = theirs.map(({ number }) => number)
    named += await amendments.unname(tx, team, numbers, newsroom.clock.now())
  }
  return named
}

/** What a platform knows as one team may have been several here: it left and came back. */
async function forgetTeams(house: House, value: string): Promise<Removed> {
  const isMeant = ({ id, platformId, formerId }: Team) => [platformId, formerId, String(id)].includes(value)
  const found = (await house.teams.list()).filter(isMeant)
  if (found.length === 0) {
    throw new NothingToForgetError('No team of that id is known: give the id that Slack or Discord has for it.')
  }
  const removed: Record<string, number> = {}
  for (const team of found) {
    for (const [what, count] of Object.entries(await forgetTeam(house, team))) {
      removed[what] = (removed[what] ?? 0) + count
    }
  }
  return removed
}

async function forgetTeam(house: House, { id: team, platform, platformId }: Team): Promise<Removed> {
  const statements = await house.statements.forget({ team })
  await house.positions.forget({ team })
  await house.briefs.forget({ team })
  await house.opinions.forget({ team })
  await house.topics.forgetTeam(team)
  return await house.db.transaction(async (tx) => ({
    statements,
    articles: await house.articles.forget(tx, { team }),
    feeds: await house.feeds.forgetTeam(tx, team),
    'hub subscriptions': await house.websub.forget(tx, team),
    subscriptions: await house.subscriptions.forget(tx, team),
    deliveries: await house.outbox.forget(tx, { team }),
    'readers of places': await house.audiences.forget(tx, { team }),
    'parts of alerts': await forgetAlerts(tx, { team }),
    'quiet times': await house.quiets.forget(tx, { team }),
    buttons: await house.discord.forget(tx, team),
    names: await house.names.forget(tx, team),
    settings: await house.settings.forget(tx, team),
    editors: await house.editors.forget(tx, team),
    'rests of answers': await house.keptAnswers.forget(tx, { team }),
    greetings: await house.greetings.forget(tx, team),
    'tokens of slack': platform === 'slack' ? await forgetWorkspace(tx, platformId) : 0,
    teams: await house.teams.forget(tx, team),
  }))
}

async function forgetSpeaker(house: House, value: string): Promise<Removed> {
  const named = house.roster.byId(value as SpeakerId)
  const meant = named === null ? house.roster.find(value) : [named]
  const [only] = meant
  if (only === undefined || meant.length > 1) {
    const names = meant.map(({ id }) => id).join(', ')
    throw new NothingToForgetError(
      only === undefined
        ? 'Nobody of that name is known.'
        : `That name can mean several: give one of these ids: ${names}.`,
    )
  }
  const ids = await house.statements.idsOf(null, only.id)
  await amendPosts(house, ids)
  await house.desk.forgetSpeaker(only.id)
  await house.positions.forget({ speaker: only.id })
  await house.briefs.forget({ speaker: only.id })
  await house.opinions.forget({ speaker: only.id })
  await forgetRests(house)
  const statements = await house.statements.forget({ speaker: only.id })
  await amendPosts(house, ids)
  return { statements }
}

async function forgetArticle(house: House, url: string): Promise<Removed> {
  const { statements, articles, opinions, newsroom, db } = house
  await forgetRests(house)
  const ids = await statements.idsAt(url)
  await amendPosts(house, ids)
  await opinions.forget({ statements: ids })
  await forgetStatements(ids, newsroom)
  const removed = {
    statements: await statements.forget({ url }),
    articles: await db.transaction((tx) => articles.forget(tx, { url })),
  }
  await amendPosts(house, ids)
  return removed
}

/**
 * Lets the service put right what it posted of these, in every team. Said before they go, so that a crash in between
 * leaves the list, and after, so that nobody has looked too early.
 */
async function amendPosts({ amendments, newsroom }: House, statements: readonly StatementId[]): Promise<void> {
  await amendments.want({ team: null, statements, cause: { kind: 'forgotten' } }, newsroom.clock.now())
}

/** What was told of a speaker or an article may stand in anybody's answer; each is asked for again in a moment. */
async function forgetRests({ db, keptAnswers }: House): Promise<void> {
  await db.transaction((tx) => keptAnswers.forget(tx, 'anybody'))
}
