import type { App, MessageShortcut } from '@slack/bolt'
import { wordsToFind } from '../chat/words-to-find.ts'
import { answerForm, type Hearing, hereIn } from './answer-asker.ts'
import { sendAnswer } from './send-answer.ts'
import { textFromSlack } from './slack-text.ts'

/** The entry in the menu of every message: who said what stands in it? */
export const WHO_SAID_THIS = 'who_said_this'

const TEXT_READ_AT_MOST = 4_000

/** Looks a message's quotation up, or its first words if it holds none; the answer is for the asker alone. */
export function hearShortcut(app: App, hearing: Hearing): void {
  app.shortcut<MessageShortcut>({ type: 'message_action', callback_id: WHO_SAID_THIS }, async (args) => {
    await args.ack()
    const deps = hereIn(args.context, hearing)
    const { channel, user, message } = args.shortcut
    const place = {
      respond: args.respond,
      replaces: false,
      channel: channel.id,
      isDirectMessage: channel.id.startsWith('D'),
      user: user.id,
      userName: user.name,
      thread: null,
    }
    const text = wordsToFind(textFromSlack((message.text ?? '').slice(0, TEXT_READ_AT_MOST)))
    await deps.track(text === '' ? sendAnswer(NO_WORDS, {}, place, deps) : answerForm('said', { text }, place, deps))
  })
}

const NO_WORDS = { blocks: [{ kind: 'text', line: 'That message holds no words that I could look for.' }] } as const
