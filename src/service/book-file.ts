import { PUBLIC, type TeamId } from '../base/scope.ts'
import { verbatim } from '../brief/verbatim.ts'
import { closest } from '../chat/closest.ts'
import type { Effect } from '../position/book/preview-edit.ts'
import {
  type Book,
  BookError,
  type BookFile,
  type FiledPosition,
  readBookFile,
  writeBook,
} from '../position/book/read-book.ts'
import { rereadAll } from '../position/book/reread-book.ts'
import { type Seed, seedArticle, seedPositions } from '../position/book/seed-positions.ts'
import type { TopicBook } from '../position/book/topic-book.ts'
import type { WrittenPosition } from '../position/book/written-position.ts'
import { allStancesOf } from '../position/read-positions.ts'
import type { Proposition, PropositionId } from '../position/topics/proposition.ts'
import type { Roster } from '../speaker/roster.ts'
import type { Speaker, SpeakerId } from '../speaker/speaker.ts'
import type { Statement } from '../statement/statement-store.ts'
import type { Exchange } from '../terminal/verbs/exchange-verb.ts'
import { InputRefusedError } from '../terminal/verbs/verb.ts'
import type { House } from './open-house.ts'
import type { OpenedHouse } from './open-to-look.ts'
import type { WorkingHouse } from './open-to-work.ts'

type Positions = ReadonlyMap<PropositionId, readonly WrittenPosition[]>

/** Topics, propositions, and who stands where on them, as YAML: everybody's, or those of one team. */
export function bookFile(opened: OpenedHouse | WorkingHouse): Pick<Exchange, 'exported' | 'imported'> {
  const { house } = opened
  return {
    exported: async ({ team: named }) => {
      const team = await teamNamed(named, house)
      const book = await house.topics.bookOf(team)
      const sorted = { ...book, topics: book.topics.toSorted((a, b) => (a.id < b.id ? -1 : 1)) }
      return { text: writeBook(sorted, await positionsOf(team, book, house)) }
    },

    imported: async (text, { team: named, isDry }) => {
      const team = await teamNamed(named, house)
      const file = readBookFile(text)
      const seeds = await newSeeds(team, file, house)
      if (isDry) return await effectOf(team, file, seeds, house)
      const at = new Date()
      const changes = await house.topics.importBook(team, file, at)
      const deps = { ...house.newsroom, statements: house.statements }
      await seedPositions(team, seeds, deps)
      const number = await house.topics.newest(team)
      // A running service reads the record again; where there is none it is done here.
      if ('isAlone' in opened && opened.isAlone) await rereadAll(team, deps)
      else if (number > 0) await house.rereadLater(team, number)
      return { ...changes, positions: seeds.length }
    },
  }
}

/** The team with this id, its own or the platform's; without a name everybody's book. */
async function teamNamed(named: string | undefined, { teams }: House): Promise<TeamId> {
  if (named === undefined || named === 'public') return PUBLIC
  const all = await teams.list()
  const found = all.find(({ id, platformId }) => platformId === named || String(id) === named)
  if (found !== undefined) return found.id
  const known = all.map(({ platform, platformId, name }) => `${platformId} (${name}, ${platform})`).join(', ')
  throw new InputRefusedError(
    `No team ${named.slice(0, 60)} is known. ${known === '' ? 'There is none yet: start the service once.' : `Known: ${known}.`}`,
  )
}

/** Who stands where today, by proposition, speakers in the order of their names. */
async function positionsOf(team: TeamId, book: TopicBook, house: House): Promise<Positions> {
  const roster = await house.names.rosterFor(team)
  const found: (readonly [PropositionId, WrittenPosition])[] = []
  for (const speaker of await house.positions.speakersIn(team)) {
    const stances = await allStancesOf({ team, speaker }, { positions: house.positions, book })
    const latest = stances.flatMap((position) => {
      // The words must show the stance: what could not be told stands beside it and says nothing of it.
      const change = position.history.find(({ label }) => label !== 'unclear') ?? position.history[0]
      return change === undefined || position.proposition === null ? [] : [{ position, change }]
    })
    const said = new Map(
      (
        await house.statements.getAll(
          team,
          latest.map(({ change }) => change.statement),
        )
      ).map((one) => [one.id, one]),
    )
    for (const { position, change } of latest) {
      const statement = said.get(change.statement)
      if (statement === undefined || book.proposition(position.proposition as PropositionId) === null) continue
      found.push([position.proposition as PropositionId, written(position, statement, nameOf(speaker, roster))])
    }
  }
  const groups = Map.groupBy(found, ([proposition]) => proposition)
  return new Map(
    [...groups].map(([proposition, those]) => [
      proposition,
      those.map(([, one]) => one).toSorted((a, b) => (a.speaker < b.speaker ? -1 : 1)),
    ]),
  )
}

function nameOf(speaker: SpeakerId, roster: Roster): string {
  const name = roster.byId(speaker)?.name
  return name !== undefined && roster.find(name).length === 1 ? name : speaker
}

const MARKS = /^“|”$/g

function written(
  { stance, since }: Pick<WrittenPosition, 'stance' | 'since'>,
  statement: Statement,
  speaker: string,
): WrittenPosition {
  const { publisher, articleUrl, saidOn, on, form } = statement
  const length = { year: 4, month: 7, day: 10 }[saidOn?.precision ?? 'day']
  const isLinked = /^https?:/.test(articleUrl)
  const words = verbatim(statement)
  return {
    ...{ speaker, stance, since },
    ...(form === 'direct' && isLinked ? { words: words.replace(MARKS, '') } : { reported: words }),
    'said-on': (saidOn?.on ?? on).slice(0, length),
    ...(publisher === null ? {} : { outlet: publisher }),
    ...(isLinked ? { link: articleUrl } : {}),
  }
}

/**
 * The positions of a file whose words the record does not have: what an export wrote is on it already.
 *
 * @throws {BookError} for a speaker that the roster does not know, a day to come, or an entry that is there twice.
 */
async function newSeeds(team: TeamId, file: BookFile, house: House): Promise<readonly Seed[]> {
  const roster = await house.names.rosterFor(team)
  const today = new Date().toISOString().slice(0, 10)
  const propositions = new Map(file.propositions.map((one) => [one.id, one]))
  const seen = new Map<string, number>()
  const seeds: Seed[] = []
  for (const filed of file.positions) {
    const { proposition: id, topic: _, line, ...position } = filed
    const speaker = speakerOf(filed, roster)
    const later = position.since > today ? 'since' : (position['said-on'] ?? '') > today ? 'said-on' : null
    if (later !== null) throw new BookError(`line ${line}: ${later} is a day to come; write the day of the words`)
    const key = JSON.stringify([id, speaker.id, keyOfPosition(position)])
    const first = seen.get(key)
    if (first !== undefined) {
      throw new BookError(`line ${line}: the same position of ${speaker.name} stands in line ${first}; take one away`)
    }
    seen.set(key, line)
    const seed = { position, speaker, proposition: propositions.get(id) as Proposition }
    if (!(await isOnRecord(team, seed, house))) seeds.push(seed)
  }
  return seeds
}

function speakerOf({ speaker: typed, line }: FiledPosition, roster: Roster): Speaker {
  const byId = roster.byId(typed as SpeakerId)
  const found = byId === null ? roster.find(typed) : [byId]
  const [only] = found
  if (only !== undefined && found.length === 1) return only
  const several = found.map(({ id }) => id).join(', ')
  if (found.length > 1)
    throw new BookError(`line ${line}: several are called "${typed}": write one of these ids: ${several}`)
  const near = roster.search(typed, 3).map(({ name }) => name)
  const more =
    near.length > 0
      ? near
      : closest(
          typed,
          roster.speakers.map(({ name }) => name),
          3,
        )
  const meant = more.length === 0 ? '/speakers shows who is known' : `did you mean ${more.join(', ')}?`
  throw new BookError(`line ${line}: nobody called "${typed.slice(0, 80)}" is known; ${meant}`)
}

/** The same words of the same speaker at the same address, whoever brought them; or the same entry of the desk. */
async function isOnRecord(team: TeamId, seed: Seed, { statements }: House): Promise<boolean> {
  const { link, words, reported } = seed.position
  if ((await statements.statementsOfArticle(team, seedArticle(team, seed))).length > 0) return true
  if (link === undefined) return false
  const there = await statements.getAll(team, await statements.idsAt(link))
  return there.some(
    (one) =>
      one.speaker === seed.speaker.id &&
      // Reported words may end in a quotation of their own.
      verbatim(one).replace(MARKS, '') === (words ?? reported)?.replace(MARKS, ''),
  )
}

function keyOfPosition({ stance, since, words, reported, outlet, link, ...dates }: WrittenPosition): string {
  return JSON.stringify([stance, since, words, reported, dates['said-on'], outlet, link])
}

/** What an import would do, as a preview in chat counts it. */
async function effectOf(team: TeamId, file: Book, seeds: readonly Seed[], { topics, books }: House): Promise<object> {
  const changes = await topics.compareBook(team, file)
  const effect: Effect = await books.previewBook(team, file, [...changes.added, ...changes.changed, ...changes.removed])
  return {
    ...{ dryRun: true, ...changes, positions: seeds.length },
    ...{ statementsLooked: effect.looked, isAll: effect.isAll, come: effect.came.length, leave: effect.left.length },
    ...{ others: effect.others, recomputed: effect.positions, speakers: effect.speakers },
    examples: [...effect.came, ...effect.left].slice(0, EXAMPLES).map((statement) => ({
      speaker: statement.speakerLabel,
      on: statement.on,
      words: verbatim(statement),
      link: statement.articleUrl,
    })),
  }
}

const EXAMPLES = 3
