import type { Context } from '@slack/bolt'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Answer, OptionValues } from '../chat/command.ts'
import type { CommandBook } from '../chat/command-book.ts'
import { parseLine } from '../chat/parse-command.ts'
import type { Request } from '../chat/request.ts'
import type { HomePages } from './home-pages.ts'
import type { RenderOptions } from './render-blocks.ts'
import { fitsOneAnswer, type ReplyPlace, type SendDeps, sendAnswer } from './send-answer.ts'
import type { Members } from './slack-members.ts'
import type { Workspace } from './workspaces.ts'

/** Slash commands of this installation that stand for one command, without slashes: `{ said: 'said' }`. */
export type ShortForms = Readonly<Record<string, string>>

/** What everything that is heard needs, in the workspace from which it came. */
export type HearDeps = Hearing & Workspace

/** The same without the workspace, which each request names. */
export type Hearing = Omit<SendDeps, 'client'> & {
  readonly book: CommandBook
  readonly members: Members
  readonly shortForms: ShortForms
  readonly clock: Clock
  readonly log: Log
  /** Resolves when nobody is left who has not been told yet that they were heard. @see takeTurns */
  readonly turn: () => Promise<void>
  /** The bot's own page of each person. */
  readonly pages: HomePages
  /** Draws the page of a person anew who has looked at it lately: what they changed elsewhere shows there, too. */
  readonly redraw: (user: string, deps: HearDeps) => void
  /** Keeps the door open until the work is done. */
  readonly track: (work: Promise<void>) => Promise<void>
}

/** What `authorize` found for a request; Bolt hands it on with the rest of the context. */
export function hereIn(context: Context, hearing: Hearing): HearDeps {
  const workspace = context.workspace as Workspace | undefined
  if (workspace === undefined) throw new Error('a request that comes from no workspace')
  return { ...hearing, ...workspace }
}

/** Somebody of the workspace, at a place, as Slack has verified both. */
type Asker = Omit<ReplyPlace, 'respond' | 'replaces' | 'thread'> &
  Partial<Pick<ReplyPlace, 'thread'>> & { readonly userName: string }

export type Asked = Asker & ReplyPlace & { readonly line: string }

/** Answers one line as its sender, whose role is looked up anew each time: a button carries no authority. */
export async function answerLine({ line, ...asked }: Asked, deps: HearDeps): Promise<void> {
  await deps.turn()
  const request = await requestOf(asked, deps)
  if (request === null) return sendAnswer(NOT_FOR_STRANGERS, {}, asked, deps)

  const parsed = parseLine(line)
  const answering = parsed.kind === 'command' ? parsed.name : ''
  const command = deps.book.commands.find(({ name }) => name === answering)
  const answer = await deps.book.answerLine(line, request)
  if (command?.isLookup !== true) deps.redraw(request.member.id, deps)
  await sendFitting(answer, request, { answering }, { asked, deps })
}

/** What was filled into the form of a command, answered but not sent: it may be shown in the form instead. */
export type Asking = { readonly answer: Answer; readonly send: () => Promise<void> }

export async function askForm(
  command: string,
  values: OptionValues<string>,
  asked: Asker & ReplyPlace,
  deps: HearDeps,
): Promise<Asking> {
  await deps.turn()
  const request = await requestOf(asked, deps)
  if (request === null) return { answer: NOT_FOR_STRANGERS, send: () => sendAnswer(NOT_FOR_STRANGERS, {}, asked, deps) }
  const answer = await deps.book.answerOptions(command, values, request)
  if (deps.book.commands.find(({ name }) => name === command)?.isLookup !== true) deps.redraw(request.member.id, deps)
  return { answer, send: () => sendFitting(answer, request, { answering: command }, { asked, deps }) }
}

/** Answers a command with the values of a form, or with words that were found for it. */
export async function answerForm(
  command: string,
  values: OptionValues<string>,
  asked: Asker & ReplyPlace,
  deps: HearDeps,
): Promise<void> {
  await (await askForm(command, values, asked, deps)).send()
}

/** What is too long for one answer goes on behind a button. */
async function sendFitting(
  answer: Answer,
  request: Request,
  options: RenderOptions,
  { asked, deps }: { readonly asked: ReplyPlace; readonly deps: HearDeps },
): Promise<void> {
  const fits = fitsOneAnswer({ ...options, mentions: deps.mentions })
  await sendAnswer(await deps.book.fit(answer, request, fits), options, asked, deps)
}

/** `null` for people of other companies: what this team sees is not for them. */
export async function requestOf(
  { user, userName, channel, isDirectMessage, thread = null }: Asker,
  { members, clock, ...workspace }: HearDeps,
): Promise<Request | null> {
  const { name, role, timeZone, isStranger } = await members.find(user, userName, workspace)
  if (isStranger) return null
  const member = { id: user, name }
  const { team } = workspace
  return { platform: 'slack', team, channel, isDirectMessage, thread, member, role, timeZone, at: clock.now() }
}

export const NOT_FOR_STRANGERS = {
  blocks: [{ kind: 'text', line: 'I answer members of this workspace only, not guests of a shared channel.' }],
} as const
