import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Article, ArticleId } from '../../src/article/article.ts'
import type { Brief, BriefId, BriefItem } from '../../src/brief/brief.ts'
import type { BriefCode } from '../../src/brief/brief-code.ts'
import type { PositionChange, PositionChangeId } from '../../src/position/judging/change.ts'
import { compare } from '../../src/position/judging/compare.ts'
import { stanceOf } from '../../src/position/judging/stance-of.ts'
import { readFacet } from '../../src/position/reading/read-facet.ts'
import type { PropositionId } from '../../src/position/topics/proposition.ts'
import type { TopicId } from '../../src/position/topics/topic.ts'
import { buildRoster } from '../../src/speaker/build-roster.ts'
import type { Speaker, SpeakerId } from '../../src/speaker/speaker.ts'
import type { StatementId } from '../../src/statement/statement-id.ts'
import { newStatement, type Statement } from '../../src/statement/statement-row.ts'
import { articleOf, foundIn } from './statements.ts'

type Actor = { readonly id: string; readonly name: string; readonly role: string }
type Said = { readonly actor: Actor; readonly date: string; readonly text: string }
export type Pair = {
  readonly id: string
  readonly proposition: string
  readonly history: readonly Said[]
  readonly statement: Said
}

const SETS = ['newswire', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth']

/** The invented pairs of the golden folders. */
export const pairs: readonly Pair[] = SETS.flatMap((name) =>
  readFileSync(resolve(import.meta.dirname, `../golden/position/${name}/input.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ ...(JSON.parse(line) as Pair), id: `${name}-${(JSON.parse(line) as Pair).id}` })),
)

const actors = new Map(
  pairs.flatMap(({ history, statement }) => [...history, statement].map(({ actor }) => [actor.id, actor] as const)),
)
const speakers = [...actors.values()].map(
  ({ id, name }): Speaker => ({
    ...{ id: id as SpeakerId, name, kind: 'person', country: null, gender: null },
    aliases: [name.split(' ').at(-1) ?? name],
    offices: [],
  }),
)
export const roster = buildRoster(speakers)

/** A brief as the service would write it, and what is stored of it. */
export type Written = { readonly brief: Brief; readonly articles: ReadonlyMap<ArticleId, Article> }

const FORMS = ['direct', 'mixed', 'indirect'] as const

/** The brief of one pair, as if two articles had carried it. */
export function writtenOf(pair: Pair, at: number): Written {
  const now = recorded(pair.statement, at * 100, FORMS[at % 3] ?? 'direct')
  const before = pair.history.map((said, i) => recorded(said, at * 100 + 1 + i, FORMS[(at + i + 1) % 3] ?? 'direct'))
  const own = before.filter(({ statement }) => statement.speaker === now.statement.speaker)
  const said = ({ actor, date, text }: Said) => ({ speaker: actor.name, date, text })
  const result = compare({ ...pair, history: pair.history.map(said), statement: said(pair.statement) })
  const facet = readFacet(pair.statement.text, { proposition: pair.proposition, saidOn: pair.statement.date })
  const { statement } = now
  const earlier = own.at(-1)?.statement ?? null
  const change: PositionChange = {
    ...{ id: `change-${pair.id}` as PositionChangeId, team: statement.team, topic: 'topic' as TopicId },
    ...{ speaker: statement.speaker as SpeakerId, proposition: 'p' as PropositionId },
    ...{ label: result.label, rule: result.rule, delta: result.delta, why: result.why, stance: stanceOf(facet) },
    ...{ statement: statement.id, article: statement.article, evidence: [statement.id] },
    ...{ earlier: earlier?.id ?? null, saidOn: statement.on, recordedAt: statement.recordedAt, supersededAt: null },
    ...{ method: 'rules', status: 'proposed', confidence: 0.95 },
  }
  const item: BriefItem = {
    ...{ change, speakerName: pair.statement.actor.name, office: pair.statement.actor.role },
    ...{ topicLabel: 'Affairs of the region', proposition: pair.proposition, statement, earlier, alsoReportedBy: [] },
    isThesis: false,
    stood: null,
  }
  return {
    brief: {
      ...{ id: `brief-${pair.id}` as BriefId, team: statement.team, speaker: change.speaker, saidOn: statement.on },
      ...{ writtenAt: statement.recordedAt, code: 'B-7K3Q' as BriefCode, items: [item] },
    },
    articles: new Map([now, ...before].map(({ article }) => [article.id, article])),
  }
}

function recorded({ actor, date, text }: Said, id: number, form: (typeof FORMS)[number]) {
  const bare = text.replace(/[“”"«»]/g, '')
  const words = form === 'direct' ? `“${bare}”` : form === 'mixed' ? markedTail(bare) : bare
  const publishedAt = new Date(`${date}T09:00:00Z`)
  const article = articleOf(`${words}\n\n${actor.name} spoke to reporters on the quay, ${id}.`, {
    ...{ publishedAt, title: `${actor.name} speaks`, url: `https://ledger.example/${id}` },
  })
  const found = foundIn(article, words, {
    ...{ by: actor.name, form, speaker: actor.id as SpeakerId },
    saidOn: { on: date, precision: 'day', basis: 'published' },
  })
  const { minute: _, contextStart, ...row } = newStatement(article, found, { topics: [], recordedAt: publishedAt })
  const statement: Statement = {
    ...found,
    ...{ id: id as StatementId, team: article.team, on: row.on, recordedAt: publishedAt, speakerLabel: actor.name },
    ...{ topics: [], article: article.id, articleUrl: article.url, articleTitle: article.title },
    ...{ publisher: article.publisher, publishedAt, context: row.context, sameAs: row.sameAs },
    ...{ asRead: { speaker: found.speaker, topics: [] }, isSpeakerCorrected: false },
    contextSpan: [contextStart, contextStart + row.context.length],
  }
  return { article, statement }
}

/** The second half between marks, as newspapers quote partly. */
function markedTail(text: string): string {
  const words = text.split(' ')
  const from = Math.floor(words.length / 2)
  return `${words.slice(0, from).join(' ')} “${words.slice(from).join(' ')}”`
}
