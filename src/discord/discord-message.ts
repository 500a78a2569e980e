/*
 * The part of Discord's message format that we use: Components V2, as JSON.
 * @see https://discord.com/developers/docs/components/reference
 */

export const IS_COMPONENTS_V2 = 1 << 15
/** No previews of addresses, whoever wrote them. */
export const SUPPRESS_EMBEDS = 1 << 2
/** Seen by one person only; decided with the first answer. */
export const EPHEMERAL = 1 << 6

export const TEXT_AT_MOST = 4_000
export const COMPONENTS_AT_MOST = 40
export const BUTTONS_IN_ROW = 5
export const LABEL_CHARACTERS = 80
export const DESCRIPTION_CHARACTERS = 1_024
export const OPTIONS_IN_SELECT = 25
/** Of an option's label, and of its value. */
export const OPTION_CHARACTERS = 100
export const PLACEHOLDER_CHARACTERS = 150
export const CUSTOM_ID_CHARACTERS = 100

/** `id` is a number of ours, stored with the message and read back with it. */
type TextDisplay = { readonly type: 10; readonly id?: number; readonly content: string }
/** One picture, which comes with the message under this name. */
type MediaGallery = {
  readonly type: 12
  readonly id?: number
  readonly items: readonly [
    { readonly media: { readonly url: `attachment://${string}` }; readonly description: string },
  ]
}
type Separator = { readonly type: 14; readonly id?: number; readonly divider: boolean }
export type ButtonComponent = {
  readonly type: 2
  /** 1 primary, 2 secondary, 4 danger. */
  readonly style: 1 | 2 | 4
  readonly label: string
  readonly custom_id: string
}
export type SelectComponent = {
  readonly type: 3
  readonly custom_id: string
  readonly placeholder: string
  readonly options: readonly { readonly label: string; readonly value: string }[]
}
export type ActionRow = {
  readonly type: 1
  readonly id?: number
  readonly components: readonly (ButtonComponent | SelectComponent)[]
}
export type ContainerChild = TextDisplay | MediaGallery | Separator | ActionRow
type Container = { readonly type: 17; readonly id?: number; readonly components: readonly ContainerChild[] }

export type DiscordMessage = {
  readonly flags: number
  readonly components: readonly Container[]
  /** The pictures that come with it. */
  readonly attachments?: readonly { readonly id: string; readonly filename: string; readonly description: string }[]
  /** Nothing in a message of ours mentions anybody, whatever it says. */
  readonly allowed_mentions: { readonly parse: readonly never[] }
}
