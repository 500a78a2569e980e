/**
 * `make`, asked once for each key: what it gave is kept. Once `atMost` are kept all are let go, so that text from
 * outside fills no memory; where the same few keys are asked for again and again that costs next to nothing.
 */
export function keepAtMost<T extends NonNullable<unknown> | null>(
  atMost: number,
  make: (key: string) => T,
): (key: string) => T {
  const kept = new Map<string, T>()
  return (key) => {
    const known = kept.get(key)
    if (known !== undefined) return known
    const made = make(key)
    if (kept.size >= atMost) kept.clear()
    kept.set(key, made)
    return made
  }
}
