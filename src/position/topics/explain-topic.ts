import type { TopicAssignment, TopicSupport } from './topic.ts'

const WHERE = {
  statement: 'it names',
  nearby: 'its paragraph names',
  title: "the article's title names",
  article: 'the article often names',
} as const satisfies Record<TopicSupport['from'], string>

/** More words tell no more. */
const MOST_WORDS = 3

/** Why a statement stands under a topic: 'because it says “ceasefire”, and the article's title names “Libya”'. */
export function explainTopic({ words, support }: TopicAssignment): string {
  const said = words.slice(0, MOST_WORDS).map(quoted).join(', ')
  if (support === null) return `because it says ${said}`
  if (words.length === 0)
    return `because the article is about it, and the words around it name ${quoted(support.words)}`
  return `because it says ${said}, and ${WHERE[support.from]} ${quoted(support.words)}`
}

/** The words are the article's: an end of a quotation inside them must not end ours. */
function quoted(words: string): string {
  return `“${words.replace(/[“”"]/g, '').replace(/\s+/g, ' ')}”`
}
