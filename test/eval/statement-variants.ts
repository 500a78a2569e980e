import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { shippedRoster } from '../../src/speaker/shipped-roster.ts'
import { chooserWith } from '../../src/statement/antecedent/choose.ts'
import { attributionsOf } from '../../src/statement/attributions.ts'
import { attribute, type Models, type Trust } from '../../src/statement/crf/attribute.ts'
import { TRUST } from '../../src/statement/crf/learned-attributions.ts'
import { shippedModels } from '../../src/statement/crf/shipped-models.ts'
import { findStatements, type Learned, SHIPPED } from '../../src/statement/find-statements.ts'
import type { Sentence } from '../../src/statement/sentences.ts'
import { articleFiles } from '../../src/statement/training/article-files.ts'
import { corpusArticles } from '../../src/statement/training/corpus-articles.ts'
import type { Labelled, LabelledArticle } from '../../src/statement/training/labelled-article.ts'
import { readMarkedArticle } from '../../src/statement/training/marked-article.ts'
import { trainAntecedents } from '../../src/statement/training/train-antecedents.ts'
import { trainModels } from '../../src/statement/training/train-models.ts'

/**
 * What the learnt parts are worth: rules alone and with the chains; the upper bound, chains learnt from one
 * half of the development set and measured on the other (those weights are thrown away); and our own articles,
 * each quarter read with what the other three teach.
 */
const DATA = fileURLToPath(new URL('../../../shared/data/quotes/', import.meta.url))
const GOLD = join(DATA, 'polnear.dev.jsonl')
const NEVER = Number.POSITIVE_INFINITY
const TRUSTS: Readonly<Record<string, Trust>> = {
  'rules and chains, as shipped': TRUST,
  'chains only add and rewrite': { ...TRUST, keep: 0 },
  'chains only drop': { ...TRUST, rewrite: NEVER, add: NEVER },
  'chains decide alone': { keep: 0.5, rewrite: 0, add: 0.5 },
}
const QUARTERS = 4

interface Gold {
  readonly id: string
  readonly text: string
  readonly title: string | null
  readonly date: string | null
}

type Block = Readonly<Record<'partial' | 'exact' | 'joint', { readonly f: number }>>

const say = (line: string) => process.stdout.write(`${line}\n`)
const percent = (share: number) => (100 * share).toFixed(1)

if (!existsSync(GOLD)) say(`The development set is not here (${GOLD}): nothing to measure.`)
else await measure()

async function measure(): Promise<void> {
  const { score, readJsonl } = await import(join(DATA, 'score.mjs'))
  const { quoteMask, kindOf } = await import(join(DATA, 'lib.mjs'))
  const roster = shippedRoster()
  const gold: readonly Gold[] = readJsonl(GOLD)
  const predict = (documents: readonly Gold[], learned: Partial<Learned>) =>
    documents.map(({ id, text, title, date }) => {
      const article = { text, title, publishedOn: date, dateline: null, ownWordsOf: null }
      return { id, quotes: findStatements(article, roster, { ...SHIPPED, ...learned }).map(inScorersWords) }
    })
  const show = (name: string, golden: readonly unknown[], predictions: unknown) => {
    const { all, kind, speaker } = score(golden, predictions, { boot: 0 })
    const f = ({ partial, exact, joint }: Block) => `${percent(partial.f)} / ${percent(exact.f)} / ${percent(joint.f)}`
    say(`${name}: ${f(all)}; direct ${f(kind.direct)}; mixed ${f(kind.mixed)}; indirect ${f(kind.indirect)}`)
    const { pronoun } = speaker.byType
    say(
      `  speaker right ${percent(speaker.right.acc)}, pronouns ${percent(pronoun.resolved.acc)} of ${pronoun.resolved.n}`,
    )
  }
  const reader = (models: Models, trust: Trust) => (sentence: Sentence) => attribute(sentence, models, trust)

  say('F1 of content partial / content exact / joint\n\nPolNeAR development set')
  show('rules', gold, predict(gold, { attributionsIn: attributionsOf }))
  for (const [name, trust] of Object.entries(TRUSTS))
    show(name, gold, predict(gold, { attributionsIn: reader(shippedModels(), trust) }))
  const articles = corpusArticles(GOLD)
  const halves = [0, 1].flatMap((half) => {
    const models = trainModels(articles.filter((_, i) => i % 2 !== half))
    return predict(
      gold.filter((_, i) => i % 2 === half),
      { attributionsIn: reader(models, TRUST) },
    )
  })
  show('upper bound, chains learnt from the other half', gold, halves)

  say('\nOur own articles')
  const own = articleFiles().map(
    (file) => readMarkedArticle(basename(file, '.txt'), readFileSync(file, 'utf8')).article,
  )
  const marked = own.map((article) => asGold(article, { quoteMask, kindOf }))
  const read = own.map(({ id, text, title, publishedOn }) => ({ id, text, title, date: publishedOn }))
  show('rules', marked, predict(read, { attributionsIn: attributionsOf }))
  const quarters = Array.from({ length: QUARTERS }, (_, quarter) => {
    const seen = own.filter((_, i) => i % QUARTERS !== quarter)
    const attributionsIn = reader(trainModels(seen), TRUST)
    const choose = chooserWith(trainAntecedents(seen, { roster, attributionsIn }))
    return predict(
      read.filter((_, i) => i % QUARTERS === quarter),
      { attributionsIn, choose },
    )
  })
  show('all learnt from the other quarters', marked, quarters.flat())
}

type Found = ReturnType<typeof findStatements>[number]

function inScorersWords({ content, contentSpans, form, speakerText, speakerSpan, speakerName }: Found) {
  const who = { speakerSpan: speakerSpan ?? undefined, speakerCanonical: speakerName ?? undefined }
  return { content, contentSpans, kind: form, speaker: speakerText, ...who }
}

interface ScorersRules {
  readonly quoteMask: (text: string) => unknown
  readonly kindOf: (text: string, spans: Labelled['contentSpans'], mask: unknown) => string
}

/** An article of ours as the scorer wants its gold; reported speech within reported speech is optional there. */
function asGold({ id, text, title, publishedOn, statements }: LabelledArticle, { quoteMask, kindOf }: ScorersRules) {
  const mask = quoteMask(text)
  const isInner = (one: Labelled) =>
    one.contentSpans.every(([from, to]) =>
      statements.some(
        (other) => other !== one && other.contentSpans.some(([a, b]) => a <= from && to <= b && b - a > to - from),
      ),
    )
  const quotes = statements.map((one) => {
    const speaker = one.sourceSpan === null ? null : text.slice(...one.sourceSpan)
    const name = one.speaker ?? (speaker !== null && /\s\p{Lu}/u.test(speaker) ? speaker : null)
    return {
      content: one.contentSpans.map((span) => text.slice(...span)).join(' '),
      contentSpans: one.contentSpans,
      kind: kindOf(text, one.contentSpans, mask),
      ...{ cueClass: 'statement', nested: isInner(one) },
      ...{ speaker, speakerSpan: one.sourceSpan ?? undefined, speakerType: typeOf(speaker) },
      ...(name === null ? {} : { speakerCanonical: name, canonicalFrom: one.speaker === null ? 'surface' : 'hand' }),
    }
  })
  return { id, text, title, date: publishedOn, ignore: [], quotes }
}

function typeOf(speaker: string | null): string {
  if (speaker === null) return 'none'
  if (/^(?:he|she|they|it|i|we)$/i.test(speaker)) return 'pronoun'
  return /^(?:who|which|that)$/i.test(speaker) ? 'relative' : /\p{Lu}/u.test(speaker.slice(1)) ? 'named' : 'nominal'
}
