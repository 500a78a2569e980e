import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { faultsOf } from './article-faults.ts'
import { articleFiles } from './article-files.ts'
import { disagreements } from './disagreements.ts'
import { readMarkedArticle } from './marked-article.ts'

/** `check-articles.ts [file ...]`: prints what is wrong with training articles, all of them if none is named; fails if anything is. */
const files = process.argv.length > 2 ? process.argv.slice(2) : articleFiles()
const say = (line: string) => process.stdout.write(`${line}\n`)

const articles = files.map((file) => ({
  file,
  ...readMarkedArticle(basename(file, '.txt'), readFileSync(file, 'utf8')),
}))
let wrong = 0
for (const { file, article, faults, lineAt } of articles) {
  const doubts = faultsOf(article).map(({ at, what }) => ({ line: lineAt(at), what }))
  for (const { line, what } of [...faults, ...doubts]) {
    wrong++
    say(`${basename(file)}:${line}: ${what}`)
  }
}
say(
  `${files.length} articles, ${articles.reduce((sum, { article }) => sum + article.statements.length, 0)} statements, ${wrong} faults`,
)
for (const line of disagreements(articles.map(({ article }) => article))) say(`look: ${line}`)
process.exitCode = wrong > 0 ? 1 : 0
