/** Enough to share a query's cost, few enough to answer in a millisecond. */
const AT_ONCE = 64

/**
 * Questions that many polls ask in the same turn of the event loop, as one query: SQLite answers
 * sixty-four almost as fast as one. `ask` gives nothing for a key that it does not know.
 */
export function askTogether<Key, Answer>(
  ask: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Answer>>,
): (key: Key) => Promise<Answer | undefined> {
  let open: { readonly keys: Set<Key>; readonly answers: Promise<ReadonlyMap<Key, Answer>> } | null = null

  const gather = () => {
    const keys = new Set<Key>()
    const turn = new Promise((resolve) => setImmediate(resolve))
    const answers = turn.then(() => {
      if (open?.keys === keys) open = null
      return ask(padded([...keys]))
    })
    return { keys, answers }
  }

  return async (key) => {
    if (open === null || open.keys.size >= AT_ONCE) open = gather()
    const { keys, answers } = open
    keys.add(key)
    return (await answers).get(key)
  }
}

/** Seven lengths in all, the last key repeated: each length is a statement that the database prepares and keeps. */
function padded<Key>(keys: readonly Key[]): readonly Key[] {
  const length = 2 ** Math.ceil(Math.log2(Math.max(1, keys.length)))
  return [...keys, ...Array.from({ length: length - keys.length }, () => keys[keys.length - 1] as Key)]
}
