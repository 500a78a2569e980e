import type { Clock } from '../base/clock.ts'
import type { TeamId } from '../base/scope.ts'
import type { BriefItem, SecondOpinion } from '../brief/brief.ts'
import { deltaWords } from '../brief/label-words.ts'
import { factsOf } from '../brief/verify-brief.ts'
import { verifyLead } from '../brief/verify-line.ts'
import { type BriefDeps, readItems } from '../brief/write-brief.ts'
import type { TopicStore } from '../position/book/topic-store.ts'
import type { PositionChangeId } from '../position/judging/change.ts'
import { isMove, type Label } from '../position/judging/label.ts'
import type { StatementId } from '../statement/statement-id.ts'
import type { Statement } from '../statement/statement-row.ts'
import { checkLabel } from './check-label.ts'
import type { Model } from './open-model.ts'
import type { OpinionDraft, OpinionStore, TopicSuggestion } from './opinion-store.ts'
import {
  labelQuestion,
  leadQuestion,
  numbered,
  type Question,
  questionKey,
  type Range,
  topicQuestion,
} from './question.ts'

export type OpinionDeps = Pick<BriefDeps, 'positions' | 'statements' | 'topics' | 'roster'> & {
  readonly opinions: OpinionStore
  readonly model: Model
  readonly tokensPerDay: number
  readonly clock: Clock
}

type Asked = Omit<OpinionDraft, 'id' | 'kind' | 'said' | 'model' | 'fault' | 'tokens'>
type Checked<Said> = { readonly said: Said } | { readonly fault: string }

/**
 * Asks about a change: what an unclear one might be, whether a change of course is one, and for a
 * smoother line about it. Labels are asked only of a model that `llm score` found fit for it.
 *
 * @throws {ModelUnavailableError} {@link ModelRefusedError}
 */
export async function opinionOnChange(id: PositionChangeId, deps: OpinionDeps): Promise<void> {
  const team = await deps.positions.teamOf(id)
  const change = team === null ? null : await deps.positions.get(team, id)
  if (change === null || change.supersededAt !== null || change.proposition === null) return
  const [item] = await readItems(change.team, [change], deps)
  if (item === undefined || item.earlier === null || item.proposition === null) return
  const isUnclear = change.label === 'unclear'
  const isTurn = isMove(change.label)
  const isTrusted = (await deps.opinions.scoreOf(deps.model.id))?.isTrusted === true
  if (isTrusted && (isUnclear || isTurn)) await askLabel(item, item.proposition, item.earlier, deps)
  if (isTurn && deltaWords(item) !== '') await askLead(item, deps)
}

async function askLabel(item: BriefItem, proposition: string, earlier: Statement, deps: OpinionDeps): Promise<void> {
  const { change, statement } = item
  const pair = {
    proposition,
    earlier: { text: earlier.content, on: earlier.on },
    now: { text: statement.content, on: statement.on },
  }
  const question = labelQuestion(proposition, numbered(earlier.content), numbered(statement.content))
  const model = deps.model.name
  await ask(question, askedOn(item), deps, (answer): Checked<SecondOpinion> => {
    if (isMove(change.label)) {
      // Of a change on record only that it is none can be said; another name for it changes nothing.
      return isMove(answer.label as Label) ? { fault: 'agrees' } : { said: { kind: 'disagrees', model } }
    }
    const checked = checkLabel(answer, pair)
    if ('fault' in checked) return checked
    return {
      said: {
        kind: 'proposes',
        label: answer.label as Label,
        ...checked.cited,
        method: 'model',
        status: 'proposed',
        model,
      },
    }
  })
}

async function askLead(item: BriefItem, deps: OpinionDeps): Promise<void> {
  const line = `${item.speakerName}, ${item.topicLabel}: ${deltaWords(item)}`
  const words = [item.statement.content, item.earlier?.content ?? ''].join(' / ')
  await ask(leadQuestion(line, words), askedOn(item), deps, (answer): Checked<SecondOpinion> => {
    const faults = verifyLead(answer.line, line, factsOf(item, deps))
    return faults[0] === undefined
      ? { said: { kind: 'lead', words: answer.line } }
      : { fault: `lead: ${faults[0].kind}` }
  })
}

function askedOn({ change, statement, earlier }: BriefItem): Asked {
  return {
    team: change.team,
    change: change.id,
    statement: statement.id,
    earlier: earlier?.id ?? null,
    speaker: change.speaker,
  }
}

/** Asks where a statement might belong that is on no topic of its team's book. It is a suggestion, and stays one. */
export async function opinionOnStatement(
  id: StatementId,
  deps: OpinionDeps & { readonly read: (id: StatementId) => Promise<Statement | null> },
): Promise<void> {
  const statement = await deps.read(id)
  if (statement === null || statement.speaker === null || statement.topics.length > 0) return
  const labels = await topicLabels(statement.team, deps.topics)
  const said = numbered(statement.content)
  const asked = { team: statement.team, change: null, statement: id, earlier: null, speaker: statement.speaker }
  await ask(topicQuestion(labels, said), asked, deps, (answer): Checked<TopicSuggestion> => {
    const cut = (range: Range | null, atMost: number) => {
      const span = range === null || range[1] - range[0] >= atMost ? null : said.cut(range)
      return span === null ? null : statement.content.slice(...span)
    }
    const topic = answer.topic === null ? null : (labels[answer.topic] ?? null)
    if (answer.topic !== null && topic === null) return { fault: 'no such topic' }
    const [keyword, proposition] = [cut(answer.keyword, KEYWORD_WORDS), cut(answer.proposition, PROPOSITION_WORDS)]
    if ((answer.keyword !== null && keyword === null) || (answer.proposition !== null && proposition === null)) {
      return { fault: 'span out of range' }
    }
    if (topic === null && keyword === null) return { fault: 'nothing is proposed' }
    return { said: { kind: 'topic', topic, keyword, proposition } }
  })
}

/** A keyword is a name of something, a proposition a sentence. */
const KEYWORD_WORDS = 4
const PROPOSITION_WORDS = 30

/** More do not fit into a question. */
const TOPICS_SENT = 200

async function topicLabels(team: TeamId, topics: TopicStore): Promise<readonly string[]> {
  return (await topics.bookOf(team)).topics.slice(0, TOPICS_SENT).map(({ label }) => label)
}

/** Asks once, within the budget of the day, and keeps what came of it. */
async function ask<Answer, Said extends OpinionDraft['said']>(
  question: Question<Answer>,
  asked: Asked,
  { opinions, model, tokensPerDay, clock }: OpinionDeps,
  check: (answer: Answer) => Checked<Said>,
): Promise<void> {
  const id = `${questionKey(model.id, question)}.${asked.change ?? asked.statement}`
  if (await opinions.isKnown(id)) return
  if ((await opinions.spentOn(asked.team, clock.now())) >= tokensPerDay) {
    await opinions.spend(asked.team, clock.now(), { tokens: 0, refused: true })
    return
  }
  const { answer, tokens } = await model.ask(question)
  await opinions.spend(asked.team, clock.now(), { tokens, refused: false })
  const checked: Checked<Said> = answer === null ? { fault: 'not of the shape asked for' } : check(answer)
  const outcome = 'said' in checked ? { said: checked.said, fault: null } : { said: null, fault: checked.fault }
  await opinions.save({ ...asked, ...outcome, id, kind: question.kind, model: model.name, tokens }, clock.now())
}
