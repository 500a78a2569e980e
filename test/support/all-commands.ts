import { card } from '../../commands/card.ts'
import { cite } from '../../commands/cite.ts'
import { compare } from '../../commands/compare.ts'
import { context } from '../../commands/context.ts'
import { correct } from '../../commands/correct.ts'
import { corrections } from '../../commands/corrections.ts'
import { digest } from '../../commands/digest.ts'
import { editors } from '../../commands/editors.ts'
import { feeds } from '../../commands/feeds.ts'
import { help } from '../../commands/help.ts'
import { history } from '../../commands/history.ts'
import { home } from '../../commands/home.ts'
import { more } from '../../commands/more.ts'
import { propositions } from '../../commands/propositions.ts'
import { quiet } from '../../commands/quiet.ts'
import { said } from '../../commands/said.ts'
import { settings } from '../../commands/settings.ts'
import { share } from '../../commands/share.ts'
import { speakers } from '../../commands/speakers.ts'
import { stance } from '../../commands/stance.ts'
import { start } from '../../commands/start.ts'
import { subscribe } from '../../commands/subscribe.ts'
import { subscriptions } from '../../commands/subscriptions.ts'
import { topics } from '../../commands/topics.ts'
import { unsubscribe } from '../../commands/unsubscribe.ts'
import { why } from '../../commands/why.ts'

/** Every command, for tests that need them; `main.ts` has the list that counts. */
export const allCommands = [
  said,
  stance,
  history,
  compare,
  why,
  card,
  cite,
  context,
  share,
  more,
  correct,
  corrections,
  digest,
  subscribe,
  unsubscribe,
  subscriptions,
  quiet,
  topics,
  propositions,
  speakers,
  feeds,
  settings,
  editors,
  start,
  home,
  help,
]
