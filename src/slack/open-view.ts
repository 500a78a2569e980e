import type { types, webApi } from '@slack/bolt'
import type { Log } from '../base/log.ts'

/** `false` where Slack opens nothing: three seconds after a press or a command it does not any more. */
export async function openView(
  trigger: string,
  view: types.ModalView,
  { client, log }: { readonly client: webApi.WebClient; readonly log: Log },
): Promise<boolean> {
  try {
    await client.views.open({ trigger_id: trigger, view })
    return true
  } catch (error) {
    log.warn({ error }, 'form could not be opened')
    return false
  }
}
