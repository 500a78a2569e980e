import { randomUUID } from 'node:crypto'
import pg from 'pg'

/** An empty schema on a PostgreSQL server, gone afterwards; `null` without a server: processes cannot share PGlite. */
export async function postgresSchema(
  server: string | undefined,
): Promise<({ readonly url: string } & AsyncDisposable) | null> {
  if (server === undefined || server === '') return null
  const schema = `test_${randomUUID().replaceAll('-', '')}`
  const ask = async (question: string) => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    await client.query(question)
    await client.end()
  }
  await ask(`create schema ${schema}`)
  const url = new URL(server)
  url.searchParams.set('options', `-c search_path=${schema}`)
  return { url: url.href, [Symbol.asyncDispose]: () => ask(`drop schema ${schema} cascade`) }
}
