/*
 * What a member may do in a channel, as Discord works it out.
 * @see https://discord.com/developers/docs/topics/permissions#permission-overwrites
 */

export const VIEW_CHANNEL = 1n << 10n
export const SEND_MESSAGES = 1n << 11n
export const SEND_MESSAGES_IN_THREADS = 1n << 38n
export const ADMINISTRATOR = 1n << 3n

export type Overwrite = { readonly id: string; readonly allow: string; readonly deny: string }

/** A server, as far as permissions need it; `roles` with that of everybody, which has the server's id. */
export type GuildOfMember = {
  readonly guild: string
  readonly roles: readonly { readonly id: string; readonly permissions: string }[]
  readonly member: { readonly id: string; readonly roles: readonly string[] }
}

/** The bits that hold for the member in a channel with these overwrites: everybody's, then the roles', then their own. */
export function permissionsIn(overwrites: readonly Overwrite[], { guild, roles, member }: GuildOfMember): bigint {
  const held = new Set([guild, ...member.roles])
  const base = roles.filter(({ id }) => held.has(id)).reduce((sum, { permissions }) => sum | BigInt(permissions), 0n)
  if ((base & ADMINISTRATOR) !== 0n) return ~0n
  const ofRoles = overwrites.filter(({ id }) => id !== guild && id !== member.id && held.has(id))
  const layers = [overwrites.filter(({ id }) => id === guild), ofRoles, overwrites.filter(({ id }) => id === member.id)]
  return layers.reduce((sum, layer) => {
    const denied = layer.reduce((bits, { deny }) => bits | BigInt(deny), 0n)
    const allowed = layer.reduce((bits, { allow }) => bits | BigInt(allow), 0n)
    return (sum & ~denied) | allowed
  }, base)
}

/** Whether the member sees the channel and may write there; in threads that is a permission of its own. */
export function mayPost(permissions: bigint, isThread: boolean): 'yes' | 'no view' | 'no post' {
  if ((permissions & VIEW_CHANNEL) === 0n) return 'no view'
  return (permissions & (isThread ? SEND_MESSAGES_IN_THREADS : SEND_MESSAGES)) === 0n ? 'no post' : 'yes'
}

/** Whether every member of the server sees the channel, whatever their roles. */
export function isSeenByAll(overwrites: readonly Overwrite[], { guild, roles }: GuildOfMember): boolean {
  const everybody = { guild, roles, member: { id: '', roles: [] } }
  return (permissionsIn(overwrites, everybody) & VIEW_CHANNEL) !== 0n
}
