import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { shippedRoster } from '../../src/speaker/shipped-roster.ts'
import { attributionsOf } from '../../src/statement/attributions.ts'
import { attribute, type Models, type Trust } from '../../src/statement/crf/attribute.ts'
import { shippedModels } from '../../src/statement/crf/shipped-models.ts'
import { findStatements, type Learned, SHIPPED } from '../../src/statement/find-statements.ts'
import type { Sentence } from '../../src/statement/sentences.ts'
import { corpusArticles } from '../../src/statement/training/corpus-articles.ts'
import { trainModels } from '../../src/statement/training/train-models.ts'

/**
 * What the learnt chains are worth: rules alone, chains and rules with the shipped
 * weights, and the upper bound: chains learnt from one half of the development set
 * and measured on the other, and the other way about. Those weights are thrown away.
 */
const DATA = fileURLToPath(new URL('../../../shared/data/quotes/', import.meta.url))
const GOLD = join(DATA, 'polnear.dev.jsonl')
const NEVER = Number.POSITIVE_INFINITY
const TRUSTS: Readonly<Record<string, Trust>> = {
  'chains rewrite and add': { keep: 0, rewrite: 1.5, add: 0.3 },
  'chains alone decide on cues': { keep: 0.5, rewrite: 0, add: 0.5 },
  'chains only say how sure': { keep: 0, rewrite: NEVER, add: NEVER },
}
const UPPER: Trust = { keep: 0.25, rewrite: 3, add: 0.2 }

type Reader = Learned['attributionsIn']

const say = (line: string) => process.stdout.write(`${line}\n`)
const percent = (share: number) => (100 * share).toFixed(1)

if (!existsSync(GOLD)) say(`The development set is not here (${GOLD}): nothing to measure.`)
else await measure()

async function measure(): Promise<void> {
  const { score, readJsonl } = await import(join(DATA, 'score.mjs'))
  const roster = shippedRoster()
  const gold: readonly Gold[] = readJsonl(GOLD)
  const predict = (documents: readonly Gold[], reader: Reader) =>
    documents.map(({ id, text, title, date }) => ({
      id,
      quotes: findStatements({ text, title, publishedOn: date, dateline: null, ownWordsOf: null }, roster, {
        ...SHIPPED,
        attributionsIn: reader,
      }).map(({ content, contentSpans, form, speakerText, speakerSpan, speakerName }) => ({
        ...{ content, contentSpans, kind: form, speaker: speakerText },
        ...{ speakerSpan: speakerSpan ?? undefined, speakerCanonical: speakerName ?? undefined },
      })),
    }))
  const show = (name: string, predictions: unknown) => {
    const { all, kind } = score(gold, predictions, { boot: 0 })
    const f = ({ partial, exact, joint }: Block) => `${percent(partial.f)} / ${percent(exact.f)} / ${percent(joint.f)}`
    say(`${name}: ${f(all)}; direct ${f(kind.direct)}; mixed ${f(kind.mixed)}; indirect ${f(kind.indirect)}`)
  }
  const reader = (models: Models, trust: Trust) => (sentence: Sentence) => attribute(sentence, models, trust)

  say('F1 of content partial / content exact / joint, PolNeAR development set')
  show('rules', predict(gold, attributionsOf))
  for (const [name, trust] of Object.entries(TRUSTS)) show(name, predict(gold, reader(shippedModels(), trust)))
  const articles = corpusArticles(GOLD)
  const halves = [0, 1].flatMap((half) => {
    const models = trainModels(articles.filter((_, i) => i % 2 !== half))
    return predict(
      gold.filter((_, i) => i % 2 === half),
      reader(models, UPPER),
    )
  })
  show('upper bound, learnt from the other half', halves)
}

interface Gold {
  readonly id: string
  readonly text: string
  readonly title: string
  readonly date: string
}

type Block = Readonly<Record<'partial' | 'exact' | 'joint', { readonly f: number }>>
