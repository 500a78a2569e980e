/** What became of a delivery: `channel/message` for each of its parts, in their order, joined with commas. */
export function receiptOf(parts: ReadonlyMap<number, string>): string {
  return [...parts]
    .sort(([one], [other]) => one - other)
    .map(([, receipt]) => receipt)
    .join(',')
}

export function partsIn(receipt: string): readonly string[] {
  return receipt.split(',').filter((part) => part.includes('/'))
}

/** The channel, or thread, of the first part. */
export function channelIn(receipt: string): string {
  return receipt.slice(0, receipt.indexOf('/'))
}

/** The first message of a forum post has the id of its thread. */
export function isForumPost(receipt: string): boolean {
  const [first = ''] = partsIn(receipt)
  const [thread, message] = first.split('/')
  return thread !== undefined && thread === message
}
