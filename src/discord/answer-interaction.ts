import { randomBytes } from 'node:crypto'
import { setTimeout as after } from 'node:timers/promises'
import type { APIInteraction, REST } from 'discord.js'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Painter } from '../base/picture/open-painter.ts'
import type { TeamId } from '../base/scope.ts'
import { takeTurns } from '../base/take-turns.ts'
import type { Block } from '../chat/blocks.ts'
import type { Answer } from '../chat/command.ts'
import type { CommandBook } from '../chat/command-book.ts'
import { typedValues } from '../chat/explain.ts'
import { formatCommand } from '../chat/format-command.ts'
import { directMessageTo, type Messenger } from '../chat/messenger.ts'
import { parseLine } from '../chat/parse-command.ts'
import type { Platform, Request } from '../chat/request.ts'
import { wordsToFind } from '../chat/words-to-find.ts'
import { modalId, type PressedButton } from './button-ids.ts'
import { CUSTOM_ID_CHARACTERS, type DiscordMessage, EPHEMERAL } from './discord-message.ts'
import { discordMessages } from './discord-messages.ts'
import type { DiscordStore } from './discord-store.ts'
import { openModal, wholeValues } from './open-modal.ts'
import { paintPictures } from './paint-pictures.ts'
import { type Asked, readInteraction, requestOf } from './read-interaction.ts'
import { CHOICES, DEFER, DEFER_UPDATE, editAnswer, followUp, MESSAGE, PONG, type Respond } from './respond.ts'
import { suggestValues } from './suggest-values.ts'

export type AnswerDeps = {
  readonly book: CommandBook
  readonly teamOf: (platform: Platform, platformId: string, name: string) => Promise<TeamId>
  readonly guildName: (guild: string) => string | null
  readonly rest: REST
  readonly store: DiscordStore
  readonly messenger: Messenger
  readonly painter: Pick<Painter, 'paint'> | undefined
  readonly clock: Clock
  readonly log: Log
}

/** The command of a button or a form, or the key under which it is kept. */
type Kept = { readonly command: string } | { readonly key: string }

/** Discord gives autocomplete three seconds, the network included; an empty list is better than none. */
const SUGGEST_WITHIN_MS = 1_500
/** A second press of one button within this time is a double click. */
const DOUBLE_CLICK_MS = 2_000
/** With a user install an interaction may have five messages behind the first. */
const MESSAGES_AT_MOST = 5

const STALE: readonly Block[] = [
  { kind: 'text', line: 'This button no longer works. Send the command again, or see /help.' },
]
const OUTDATED: readonly Block[] = [{ kind: 'text', line: 'That form no longer works. Open it again, or see /help.' }]
const HIDDEN: readonly Block[] = [
  { kind: 'text', line: 'You cannot see that channel, so I do not post there for you. Choose one that you can see.' },
]
const NO_WORDS: readonly Block[] = [{ kind: 'text', line: 'That message holds no words that I could look for.' }]
const POSTED: readonly Block[] = [{ kind: 'note', line: 'Posted below for everybody here.' }]
const FULL: readonly Block[] = [
  { kind: 'note', line: 'Discord takes no more messages here, so this one ends earlier.' },
]
const LATE: readonly Block[] = [
  { kind: 'note', line: 'Discord did not wait for this answer, so it comes here instead.' },
]

/** Answers interactions, however they arrived: the gateway or HTTP. Never throws. */
export function interactionDesk(deps: AnswerDeps) {
  const { book, log, clock } = deps
  const isDoubleClick = doubleClicks(clock)
  const turn = takeTurns()

  const suggest = async (
    interaction: APIInteraction,
    asked: Extract<Asked, { kind: 'autocomplete' }>,
    respond: Respond,
  ) => {
    const late = new AbortController()
    const choices = await Promise.race([
      requestOf(interaction, { ...deps, at: clock.now() }).then((request) => suggestValues(asked, request, book)),
      after(SUGGEST_WITHIN_MS, [], { signal: late.signal, ref: false }),
    ]).finally(() => late.abort())
    await respond({ type: CHOICES, data: { choices } })
  }

  const press = async (interaction: APIInteraction, asked: Extract<Asked, { kind: 'button' }>, respond: Respond) => {
    if (isDoubleClick(asked.click)) {
      await respond({ type: DEFER_UPDATE })
      return
    }
    const { button } = asked
    if (button !== null && (await openedForm(interaction, button, respond))) return
    const turnsPage = asked.isEphemeral && button?.turnsPage === true
    await answer(interaction, respond, turnsPage, async (request) => {
      const line = button === null ? null : await lineOf(button)
      if (line === null) return { answer: { blocks: STALE }, name: null }
      const parsed = parseLine(line)
      return {
        answer: await book.answerLine(line, request),
        name: parsed.kind === 'command' ? parsed.name : null,
      }
    })
  }

  const lineOf = async (kept: Kept) => ('command' in kept ? kept.command : await deps.store.commandOf(kept.key))

  const requestFor = (interaction: APIInteraction) => requestOf(interaction, { ...deps, at: clock.now() })

  /** Only for a button that asks for a form is its command looked up before Discord has heard anything. */
  const openedForm = async (interaction: APIInteraction, button: PressedButton, respond: Respond) => {
    const line = 'command' in button ? button.command : button.opensForm ? await lineOf(button) : null
    if (line === null) return false
    const wish = button.opensForm ? 'wished' : 'pressed'
    return await openModal({ line, wish, id: modalId(button), request: () => requestFor(interaction) }, respond, deps)
  }

  /** A command with too little to be answered, sent from Discord's own fields. */
  const askedForMore = async (
    interaction: APIInteraction,
    { name, options }: Extract<Asked, { kind: 'command' }>,
    respond: Respond,
  ) => {
    const command = book.commands.find((one) => one.name === name)
    if (command === undefined) return false
    const line = formatCommand(name, typedValues(options, command))
    const id = modalId({ command: line })
    if (id.length > CUSTOM_ID_CHARACTERS) return false
    return await openModal({ line, wish: 'pressed', id, request: () => requestFor(interaction) }, respond, deps)
  }

  const takeForm = (interaction: APIInteraction, asked: Extract<Asked, { kind: 'modal' }>, respond: Respond) =>
    answer(interaction, respond, false, async (request) => {
      const line = asked.kept === null ? null : await lineOf(asked.kept)
      const whole = line === null ? null : wholeValues(line, asked.sent, book)
      if (whole === null) return { answer: { blocks: OUTDATED }, name: null }
      if (asked.namesHiddenChannel) return { answer: { blocks: HIDDEN }, name: whole.name }
      return { answer: await book.answerOptions(whole.name, whole.options, request), name: whole.name }
    })

  /** Defers at once, works, answers; what fails on the way is answered too. */
  const answer = async (
    interaction: APIInteraction,
    respond: Respond,
    turnsPage: boolean,
    work: (request: Request) => Promise<{ readonly answer: Answer; readonly name: string | null }>,
  ) => {
    const responded = await respond(turnsPage ? { type: DEFER_UPDATE } : { type: DEFER, data: { flags: EPHEMERAL } })
    if (responded === 'taken') return
    try {
      await turn()
      const request = await requestOf(interaction, { ...deps, at: clock.now() })
      const { answer, name } = await work(request)
      await deliver({ interaction, request, answer, name, isVoid: responded === 'too late' }, deps)
    } catch (error) {
      const reference = randomBytes(4).toString('hex')
      log.error({ reference, error }, 'discord interaction could not be answered')
      const { messages } = discordMessages(sorry(reference), { team: 0 })
      const [message] = messages
      if (message !== undefined) await editAnswer(deps.rest, placeOf(interaction), message).catch(() => false)
    }
  }

  return {
    answer: async (interaction: APIInteraction, respond: Respond): Promise<void> => {
      try {
        const asked = readInteraction(interaction)
        switch (asked.kind) {
          case 'ping':
            await respond({ type: PONG })
            return
          case 'autocomplete':
            return await suggest(interaction, asked, respond)
          case 'button':
            return await press(interaction, asked, respond)
          case 'modal':
            return await takeForm(interaction, asked, respond)
          case 'command':
            if (await askedForMore(interaction, asked, respond)) return
            return await answer(interaction, respond, false, async (request) => ({
              answer: asked.namesHiddenChannel
                ? { blocks: HIDDEN }
                : await book.answerOptions(asked.name, asked.options, request),
              name: asked.name,
            }))
          case 'message': {
            const text = wordsToFind(asked.text)
            return await answer(interaction, respond, false, async (request) => ({
              answer: text === '' ? { blocks: NO_WORDS } : await book.answerOptions('said', { text }, request),
              name: 'said',
            }))
          }
          case 'unknown': {
            const [message] = discordMessages(STALE, { team: 0 }).messages
            if (message !== undefined) await respond({ type: MESSAGE, data: forOne(message) })
          }
        }
      } catch (error) {
        log.error({ error }, 'discord interaction failed')
      }
    },
  }
}

type Reply = {
  readonly interaction: APIInteraction
  readonly request: Request
  readonly answer: Answer
  readonly name: string | null
  /** Whether the interaction ran out before it could be answered at all. */
  readonly isVoid: boolean
}

/**
 * The deferral was for the asker alone, and Discord lets nobody change that: an answer for everybody
 * follows as a message of its own. What the interaction no longer takes, the bot posts: private
 * answers in a direct message.
 */
async function deliver({ interaction, request, answer: whole, name, isVoid }: Reply, deps: AnswerDeps): Promise<void> {
  const { rest, store } = deps
  const place = placeOf(interaction)
  const isForAll = whole.seenBy === 'everybody' && !request.isDirectMessage
  const options = { team: request.team, atMost: Infinity, answered: isForAll ? null : name }
  const fitsIn = (most: number) => (blocks: readonly Block[]) =>
    discordMessages(blocks, options).messages.length <= most
  const answer = await deps.book.fit(whole, request, fitsIn(MESSAGES_AT_MOST))
  const painted = await paintPictures(answer.blocks, deps.painter)
  const { messages, keptButtons, files } = discordMessages(answer.blocks, { ...options, painted })
  await store.keepButtons(request.team, keptButtons)
  const instead = () => postInstead({ interaction, request, answer, isForAll }, deps)
  if (isVoid) return await instead()

  const [first, ...others] = isForAll ? [...discordMessages(POSTED, { team: 0 }).messages, ...messages] : messages
  if (first === undefined || !(await editAnswer(rest, place, first, files))) return await instead()
  for (const message of others) {
    const went = await followUp(rest, place, isForAll ? message : forOne(message), files)
    if (went === 'void') return await instead()
    if (went === 'full') return await shorten()
  }

  /** What more messages cannot say, a "more" in the first leads to. */
  async function shorten(): Promise<void> {
    const { blocks } = await deps.book.fit(whole, request, (some) => fitsIn(1)([...FULL, ...some]))
    const { messages, keptButtons } = discordMessages([...FULL, ...blocks], options)
    await store.keepButtons(request.team, keptButtons)
    const [only] = messages
    if (only === undefined || !(await editAnswer(rest, place, only))) await instead()
  }
}

async function postInstead(
  { interaction, request, answer, isForAll }: Pick<Reply, 'interaction' | 'request' | 'answer'> & { isForAll: boolean },
  { messenger, log }: AnswerDeps,
): Promise<void> {
  const isHere = (isForAll || request.isDirectMessage) && request.channel !== null
  const outcome = await messenger.post({
    team: request.team,
    channel: isHere ? (request.channel ?? '') : directMessageTo(request.member.id),
    blocks: [...LATE, ...answer.blocks],
    key: `interaction ${interaction.id}`,
  })
  if (outcome.kind !== 'sent') log.warn({ outcome: outcome.kind }, 'answer came too late and could not be posted')
}

function placeOf({ application_id: application, token }: APIInteraction) {
  return { application, token }
}

function forOne(message: DiscordMessage): DiscordMessage {
  return { ...message, flags: message.flags | EPHEMERAL }
}

function sorry(reference: string): readonly Block[] {
  return [
    { kind: 'text', line: 'Something went wrong on our side. Please try again in a moment.' },
    { kind: 'note', line: `If it happens again, tell the operator this reference: ${reference}` },
  ]
}

function doubleClicks(clock: Clock): (click: string) => boolean {
  const pressedAt = new Map<string, number>()
  return (click) => {
    const now = clock.now().getTime()
    for (const [old, at] of pressedAt) if (now - at >= DOUBLE_CLICK_MS) pressedAt.delete(old)
    if (pressedAt.has(click)) return true
    pressedAt.set(click, now)
    return false
  }
}
