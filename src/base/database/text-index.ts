import { type Kysely, sql } from 'kysely'
import type { DatabaseKind, Reads, Writes } from './database.ts'

/** What is indexed: the words that people search, and tags that only code can ask for. */
export type IndexedText = {
  readonly id: number
  /** As `splitWords` gives them. */
  readonly words: readonly string[]
  /** Exact marks of the row, such as its scope or its speaker; any text. */
  readonly tags: readonly string[]
}

/** All words and all tags are required; there is at least one of them. */
export type TextQuestion = {
  readonly words: readonly string[]
  readonly tags: readonly string[]
  /** Rows with `tag` are left out, unless they have the other one too. Cheap where few rows have `tag`. */
  readonly without?: { readonly tag: string; readonly unless: string }
  /** Ids in `[from, before)`. */
  readonly from?: number | undefined
  readonly before?: number | undefined
  readonly limit: number
}

/**
 * Full-text search over rows whose ids grow with time, the same on both databases.
 *
 * Words and tags live in one index, so that "these words by this speaker" is one walk over
 * posting lists, newest first, that stops after `limit` hits. No word that a person types can
 * reach a tag: words are letters and digits only, and tags are kept apart.
 */
export type TextIndex = {
  // biome-ignore lint/suspicious/noExplicitAny: as in Migration
  readonly create: (schema: Kysely<any>) => Promise<void>
  readonly add: (tx: Writes, entries: readonly IndexedText[]) => Promise<void>
  readonly remove: (tx: Writes, ids: readonly number[]) => Promise<void>
  /** Newest first. */
  readonly find: (reads: Reads, question: TextQuestion) => Promise<readonly number[]>
  /** Joins a bounded share of the index's pieces; cheap enough for every night. */
  readonly tidy: (tx: Writes) => Promise<void>
}

export function textIndex(kind: DatabaseKind, table: string): TextIndex {
  return kind === 'sqlite' ? sqliteTextIndex(table) : postgresTextIndex(table)
}

/** Longer words are cut on both sides, in the index and in the question. */
const WORD_MAX_CHARS = 64

/**
 * The words of a text as the index knows them: lower case, without diacritics, letters and digits
 * only, in their order. The same for what is stored and for what is typed, on both databases.
 */
export function splitWords(text: string): readonly string[] {
  // Most news is ASCII, and phrases are checked on hundreds of statements: the short way is twice as fast.
  const words = ASCII.test(text)
    ? text.toLowerCase().match(/[a-z0-9]+/g)
    : text
        .normalize('NFKD')
        .toLowerCase()
        .replace(/\p{M}+/gu, '')
        .match(/[\p{L}\p{N}]+/gu)
  return (words ?? []).map((word) => word.slice(0, WORD_MAX_CHARS))
}

const ASCII = /^[\0-\x7f]*$/

/**
 * FTS5 keeps no copy of the text (`content=''`), forgets where in a row a word stood (`detail=column`)
 * and deletes by id (STORAGE.md, rule 6). Its `ascii` tokenizer parts at ASCII marks and takes every other
 * character as it is, so that it finds exactly the words of `splitWords`, whatever their script.
 */
function sqliteTextIndex(name: string): TextIndex {
  const table = sql.table(name)
  return {
    create: async (schema) => {
      await sql`create virtual table ${table} using fts5(
        words, tags, content='', contentless_delete=1, detail=column, tokenize='ascii')`.execute(schema)
    },

    add: async (tx, entries) => {
      if (entries.length === 0) return
      const rows = entries.map(
        ({ id, words, tags }) => sql`(${id}, ${words.join(' ')}, ${tags.map(tagWord).join(' ')})`,
      )
      await sql`insert into ${table} (rowid, words, tags) values ${sql.join(rows)}`.execute(tx)
    },

    remove: async (tx, ids) => {
      for (const id of ids) await sql`delete from ${table} where rowid = ${id}`.execute(tx)
    },

    find: async (reads, { words, tags, without, from, before, limit }) => {
      const wanted = [
        ...(words.length === 0 ? [] : [`words : (${allOf(words)})`]),
        ...(tags.length === 0 ? [] : [`tags : (${allOf(tags.map(tagWord))})`]),
      ].join(' AND ')
      const unwanted =
        without === undefined ? '' : ` NOT (tags : ("${tagWord(without.tag)}" NOT "${tagWord(without.unless)}"))`
      const { rows } = await sql<{ id: number }>`
        select rowid as id from ${table} where ${table} match ${`(${wanted})${unwanted}`} ${within('rowid', from, before)}
        order by rowid desc limit ${limit}`.execute(reads)
      return rows.map((row) => row.id)
    },

    tidy: async (tx) => {
      await sql`insert into ${table} (${table}, rank) values ('merge', ${MERGE_PAGES})`.execute(tx)
    },
  }
}

/** Index pages that one tidying writes at most: some hundred milliseconds of the writer's time. */
const MERGE_PAGES = 2_000

/** Each word quoted singly, so that nothing in it is an operator. */
function allOf(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(' AND ')
}

/** A tag as one word of letters and digits, exact for every text. */
function tagWord(tag: string): string {
  return Buffer.from(tag).toString('hex')
}

/** One `tsvector` a row; a tag is a lexeme that begins with `#`, which no word can. */
function postgresTextIndex(name: string): TextIndex {
  const table = sql.table(name)
  return {
    create: async (schema) => {
      await sql`create table ${table} (id bigint primary key, lexemes tsvector not null)`.execute(schema)
      await sql`create index ${sql.id(`${name}Lexemes`)} on ${table} using gin (lexemes)`.execute(schema)
    },

    add: async (tx, entries) => {
      if (entries.length === 0) return
      const rows = entries.map(({ id, words, tags }) => {
        const lexemes = [...new Set(words), ...tags.map((tag) => `#${tag}`)]
        return sql`(${id}::bigint, array_to_tsvector(${lexemes}::text[]))`
      })
      await sql`insert into ${table} (id, lexemes) values ${sql.join(rows)}`.execute(tx)
    },

    remove: async (tx, ids) => {
      if (ids.length > 0) await sql`delete from ${table} where id in (${sql.join(ids)})`.execute(tx)
    },

    find: async (reads, { words, tags, without, from, before, limit }) => {
      const wanted = [...words.map(lexeme), ...tags.map(tagLexeme)].join(' & ')
      const unwanted = without === undefined ? '' : ` & !(${tagLexeme(without.tag)} & !${tagLexeme(without.unless)})`
      const { rows } = await sql<{ id: number }>`
        select id from ${table} where lexemes @@ ${wanted + unwanted}::tsquery ${within('id', from, before)}
        order by id desc limit ${limit}`.execute(reads)
      return rows.map((row) => row.id)
    },

    // Autovacuum keeps a GIN index in order by itself.
    tidy: async () => undefined,
  }
}

/** Quoted as `tsquery` wants it, so that nothing in it is an operator. */
function lexeme(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}

function tagLexeme(tag: string): string {
  return lexeme(`#${tag}`)
}

function within(column: string, from: number | undefined, before: number | undefined) {
  const lower = from === undefined ? sql`` : sql`and ${sql.ref(column)} >= ${from}`
  const upper = before === undefined ? sql`` : sql`and ${sql.ref(column)} < ${before}`
  return sql`${lower} ${upper}`
}
