import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { shippedRoster } from '../../speaker/shipped-roster.ts'
import { writeClueWeights } from '../antecedent/choose.ts'
import { shareOf } from '../confidence.ts'
import { attribute } from '../crf/attribute.ts'
import { TRUST } from '../crf/learned-attributions.ts'
import { writeWeights } from '../crf/weights-file.ts'
import { articleFiles } from './article-files.ts'
import { corpusArticles } from './corpus-articles.ts'
import { readMarkedArticle } from './marked-article.ts'
import { trainAntecedents } from './train-antecedents.ts'
import { trainConfidence, trialsOf } from './train-confidence.ts'
import { trainModels } from './train-models.ts'

/** Learns the weights anew from the articles beside this script and from the CC-licensed corpus beside the project, and writes them. */
const GUM = fileURLToPath(new URL('../../../../shared/data/quotes/gum-news.dev.jsonl', import.meta.url))

const CLASSES = 8
const say = (line: string) => process.stdout.write(`${line}\n`)

const own = articleFiles().map((file) => readMarkedArticle(basename(file, '.txt'), readFileSync(file, 'utf8')).article)
const corpus = existsSync(GUM) ? corpusArticles(GUM) : []
if (corpus.length === 0) say(`The corpus is not here (${GUM}): the weights will differ from the shipped ones.`)
const articles = [...own, ...corpus]
const statements = articles.reduce((sum, one) => sum + one.statements.length, 0)
say(`${own.length} articles of our own and ${corpus.length} of the corpus, ${statements} statements`)

const models = trainModels(articles)
for (const name of ['cues', 'parts'] as const) {
  const text = writeWeights(models[name])
  writeFileSync(new URL(`../weights/${name}.tsv`, import.meta.url), text)
  say(`${name}: ${text.split('\n').length - 2} features, ${Math.round(text.length / 1024)} KB`)
}

const roster = shippedRoster()
const antecedents = trainAntecedents(own, {
  roster,
  attributionsIn: (sentence) => attribute(sentence, models, TRUST),
})
const clues = writeClueWeights(antecedents)
writeFileSync(new URL('../weights/antecedents.tsv', import.meta.url), clues)
say(`antecedents: ${clues.split('\n').length - 1} clues, ${Math.round(clues.length / 1024)} KB`)

const trials = trialsOf(own, corpus, roster)
const confidence = trainConfidence(trials)
writeFileSync(new URL('../weights/confidence.tsv', import.meta.url), writeClueWeights(confidence))
say(
  `confidence: ${trials.length} statements found in articles not seen, ${trials.filter(({ right }) => right).length} right`,
)
sayReliability(trials.map(({ clues, right }) => ({ share: shareOf(clues, confidence), right })))

/** What is said to be so sure, and how often it is right. */
function sayReliability(all: readonly { readonly share: number; readonly right: boolean }[]): void {
  const sorted = all.toSorted((a, b) => a.share - b.share)
  for (let i = 0; i < CLASSES; i++) {
    const some = sorted.slice(
      Math.floor((i * sorted.length) / CLASSES),
      Math.floor(((i + 1) * sorted.length) / CLASSES),
    )
    const said = some.reduce((sum, { share }) => sum + share, 0) / some.length
    const right = some.filter((one) => one.right).length / some.length
    say(`  said ${said.toFixed(2)}, right ${right.toFixed(2)} of ${some.length}`)
  }
}
