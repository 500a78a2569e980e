import type { App, types } from '@slack/bolt'
import { cutText } from '../chat/clean-text.ts'
import type { CommandBook } from '../chat/command-book.ts'
import { type Asked, answerLine, type HearDeps, type Hearing, hereIn, requestOf } from './answer-asker.ts'
import { modalOf } from './form.ts'
import { LABEL_AT_MOST } from './form-elements.ts'
import type { Opener } from './open-form.ts'
import { openView } from './open-view.ts'
import { senderAt } from './respond-at.ts'
import { plain } from './rich-text.ts'

const MENU = 'onrecord-menu'
const FIELD = 'command'

type MenuPlace = { readonly channel: string | null; readonly address: string | null }

/** `/onrecord` alone: everything there is to ask, to choose from; in words where Slack opens nothing any more. */
export async function openMenu(asked: Asked & Opener, deps: HearDeps): Promise<void> {
  const { channel, address, trigger } = asked
  const isOurs = (await requestOf(asked, deps)) !== null
  if (isOurs && (await openView(trigger, menuOf(deps.book, { channel, address }), deps))) return
  await answerLine(asked, deps)
}

/** What was chosen goes on in its form, in the same window, or is answered where the menu was asked for. */
export function hearMenu(app: App, hearing: Hearing): void {
  app.view(MENU, async ({ view, body, ack, context }) => {
    const deps = hereIn(context, hearing)
    const { channel, address } = JSON.parse(view.private_metadata) as MenuPlace
    const line = view.state.values[FIELD]?.[FIELD]?.selected_option?.value ?? 'help'
    const asked = { line, ...senderAt(body.user, { channel, address }) }
    const request = await requestOf(asked, deps)
    const form = request === null ? null : await deps.book.form(line, request, 'typed')
    const modal = form === null ? null : modalOf(form, { channel, address }, deps.mentions)
    if (modal !== null) return await ack({ response_action: 'update', view: modal })
    await ack()
    await deps.track(answerLine(asked, deps))
  })
}

function menuOf({ commands }: CommandBook, place: MenuPlace): types.ModalView {
  return {
    type: 'modal',
    callback_id: MENU,
    private_metadata: JSON.stringify(place),
    title: plain('Onrecord'),
    submit: plain('Go on'),
    close: plain('Cancel'),
    blocks: [
      {
        type: 'input',
        block_id: FIELD,
        label: plain('What would you like to do?'),
        element: {
          type: 'static_select',
          action_id: FIELD,
          placeholder: plain('Choose, or begin to type'),
          options: commands.slice(0, OPTIONS_AT_MOST).map(({ name, summary }) => ({
            text: plain(cutText(`${name}: ${summary}`, LABEL_AT_MOST)),
            value: name,
          })),
        },
      },
    ],
  }
}

/** @see @slack/types, static select */
const OPTIONS_AT_MOST = 100
