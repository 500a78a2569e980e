import { type Document, isNode, LineCounter, parseDocument, stringify } from 'yaml'
import { PUBLIC, type TeamId } from '../base/scope.ts'
import { isPaused } from '../delivery/subscription.ts'
import type { Wish } from '../delivery/subscription-store.ts'
import type { TopicBook } from '../position/book/topic-book.ts'
import type { PropositionId } from '../position/topics/proposition.ts'
import type { TopicId } from '../position/topics/topic.ts'
import type { Roster } from '../speaker/roster.ts'
import type { SpeakerId } from '../speaker/speaker.ts'
import type { Exchange } from '../terminal/verbs/exchange-verb.ts'
import { InputRefusedError } from '../terminal/verbs/verb.ts'
import type { House } from './open-house.ts'
import type { OpenedHouse } from './open-to-look.ts'
import { entryOf, type SubscriptionEntry, subscriptionsSchema } from './subscription-entry.ts'

/** Larger files hold no subscriptions that people made. */
const MAX_CHARACTERS = 10_000_000

type Path = readonly (string | number)[]
type LineOf = (path: Path) => number

/** What channels are subscribed to, as YAML: of all teams, or of one. What is imported is kept as a whole or not at all. */
export function subscriptionsFile({ house }: OpenedHouse): Pick<Exchange, 'exported' | 'imported'> {
  const { subscriptions, teams } = house
  return {
    exported: async ({ team: named }) => {
      const entries: object[] = []
      let paused = 0
      for (const { id, platform, platformId, name, formerId } of await teams.list()) {
        // Nobody can be subscribed for a team that left.
        if (formerId !== null || (named !== undefined && named !== platformId && named !== String(id))) continue
        const own = (await subscriptions.list(id)).filter(({ team }) => team === id)
        entries.push(...own.map((one) => entryOf(one, { platform, id: platformId, name })))
        paused += own.filter((one) => isPaused(one, new Date())).length
      }
      if (named !== undefined && entries.length === 0)
        throw new InputRefusedError(`No team ${named.slice(0, 60)} has a subscription. Without --team all are written.`)
      const text = stringify(entries, { aliasDuplicateObjects: false, lineWidth: 0 })
      if (paused === 0) return { text }
      return { text, words: `${paused === 1 ? 'One is' : `${paused} are`} paused; the file does not say so.` }
    },

    imported: async (text, { team: named, isDry }) => {
      const { entries, lineOf } = readEntries(text)
      const at = new Date()
      const known = await teams.list()
      const wishes: { readonly entry: SubscriptionEntry; readonly filter: Wish['filter'] }[] = []
      for (const [index, entry] of entries.entries()) {
        const team = known.find(
          ({ platform, platformId }) => platform === entry.team.platform && platformId === entry.team.id,
        )
        if (named !== undefined && named !== entry.team.id && named !== String(team?.id))
          throw refused(lineOf([index, 'team']), `it is of ${entry.team.id}, and --team says ${named.slice(0, 60)}`)
        const names = await namesOf(team?.id ?? PUBLIC, house)
        wishes.push({ entry, filter: idsIn(entry.filter, names, (path) => lineOf([index, 'filter', ...path])) })
      }
      if (isDry) return { subscriptions: wishes.length }
      const all: Wish[] = []
      for (const { entry, filter } of wishes) {
        const { team: of, filter: _, ...wish } = entry
        const team = await teams.teamOf(of.platform, of.id, of.name)
        all.push({ ...wish, filter, team, platform: of.platform } as Wish)
      }
      await subscriptions.addAll(all, at)
      return { subscriptions: all.length }
    },
  }
}

type Names = {
  readonly roster: Roster
  readonly book: TopicBook
  /** Ids of what the team follows already, though it may have been taken from its book since. */
  readonly followed: ReadonlySet<string>
}

async function namesOf(team: TeamId, { names, topics, subscriptions }: House): Promise<Names> {
  const [roster, book, own] = await Promise.all([
    names.rosterFor(team),
    topics.bookOf(team),
    team === PUBLIC ? [] : subscriptions.list(team),
  ])
  const followed = own.flatMap(({ filter: { speakers, topics: about, propositions = [], except } }) => [
    ...[...speakers, ...about, ...propositions],
    ...(except === undefined ? [] : [...except.speakers, ...except.topics]),
  ])
  return { roster, book, followed: new Set(followed) }
}

/** A filter with ids alone. @throws {InputRefusedError} for a name that nobody has, or several; it says where. */
function idsIn(filter: SubscriptionEntry['filter'], names: Names, lineOf: LineOf): Wish['filter'] {
  const { roster, book, followed } = names
  const read = (path: Path, typed: readonly string[], what: string, idOf: (name: string) => string | null) =>
    typed.map((name, index) => {
      const id = idOf(name) ?? (followed.has(name) ? name : null)
      if (id !== null) return id
      throw refused(
        lineOf([...path, index]),
        `there is no ${what} "${name.slice(0, 80)}", or several are called so; write its id`,
      )
    })
  const speakerOf = (name: string) => {
    const found = roster.find(name)
    return roster.byId(name as SpeakerId)?.id ?? (found.length === 1 ? (found[0]?.id ?? null) : null)
  }
  const topicOf = (name: string) => (book.byId(name as TopicId) ?? book.find(name))?.id ?? null
  const propositionOf = (name: string) => book.proposition(name as PropositionId)?.id ?? null
  const { speakers, topics, propositions, except, ...rest } = filter
  return {
    ...given({ ...rest }),
    speakers: read(['speakers'], speakers, 'speaker', speakerOf),
    topics: read(['topics'], topics, 'topic', topicOf),
    ...(propositions === undefined
      ? {}
      : { propositions: read(['propositions'], propositions, 'proposition', propositionOf) }),
    ...(except === undefined
      ? {}
      : {
          except: {
            ...given({ labels: except.labels }),
            outlets: except.outlets,
            speakers: read(['except', 'speakers'], except.speakers, 'speaker', speakerOf),
            topics: read(['except', 'topics'], except.topics, 'topic', topicOf),
          },
        }),
  }
}

function given<Some extends object>(some: Some): { [Key in keyof Some]?: Exclude<Some[Key], undefined> } {
  return Object.fromEntries(Object.entries(some).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Some]?: Exclude<Some[Key], undefined>
  }
}

function readEntries(text: string): { readonly entries: readonly SubscriptionEntry[]; readonly lineOf: LineOf } {
  if (text.length > MAX_CHARACTERS) throw refused(1, 'it is longer than ten million characters')
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [error] = document.errors
  if (error !== undefined) {
    const line = error.linePos?.[0].line ?? 1
    throw refused(line, (error.message.split('\n')[0] ?? '').replace(/ at line .*$/, ''))
  }
  const lineOf: LineOf = (path) => lineAt(document, path, lines)
  const read = subscriptionsSchema.safeParse(valuesIn(document))
  if (read.success) return { entries: read.data, lineOf }
  const [issue] = read.error.issues
  const path = (issue?.path ?? []).map((key) => (typeof key === 'number' ? key : String(key)))
  const [entry, ...within] = path
  if (typeof entry !== 'number') throw refused(1, 'it is not a list of subscriptions, each beginning with "- team:"')
  const where = [`entry ${entry + 1}`, ...within].join(', ')
  throw refused(lineOf(path), `${where}: ${(issue?.message ?? '').replace('Invalid input: ', '')}`)
}

function valuesIn(document: Document): unknown {
  try {
    // Aliases can make a small file huge; a list of subscriptions needs none.
    return document.toJS({ maxAliasCount: 0 })
  } catch (cause) {
    throw refused(1, 'it uses & and * to repeat itself; write every entry out', cause)
  }
}

/** The line of the thing itself, else of the nearest that it stands in. */
function lineAt(document: Document, path: Path, lines: LineCounter): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range != null) return lines.linePos(node.range[0]).line
  }
  return 1
}

function refused(line: number, problem: string, cause?: unknown): InputRefusedError {
  const words = `That file of subscriptions cannot be used: line ${line}: ${problem}. Nothing was changed; correct it and import it again.`
  return new InputRefusedError(words, cause === undefined ? {} : { cause })
}
