import type { Log } from '../base/log.ts'
import type { TeamId } from '../base/scope.ts'
import type { Block } from './blocks.ts'
import type { GreetingStore } from './greeting-store.ts'
import type { Messenger } from './messenger.ts'

/** Three ways to begin. */
export const FIRST_STEPS: Block = {
  kind: 'buttons',
  buttons: [
    { label: 'Follow a topic', command: '/start with:topic', style: 'primary' },
    { label: 'Follow a speaker', command: '/start with:speaker' },
    { label: 'Try a look-up', command: '/start with:lookup' },
  ],
}

/** What a team is told when it meets the bot: what it does, and three ways to begin. */
export const WELCOME: readonly Block[] = [
  { kind: 'heading', text: 'Who said what on which topic, and when it moved' },
  {
    kind: 'text',
    line: 'I read the news, keep what people in office said word for word, and tell you when a position moves. Three ways to begin:',
  },
  FIRST_STEPS,
  { kind: 'note', line: '/help shows all there is. What you ask is answered to you alone.' },
]

type WelcomeDeps = {
  readonly greetings: Pick<GreetingStore, 'take' | 'giveBack'>
  readonly messenger: Messenger
  /** Whether something of this team is kept from before. */
  readonly wasHere?: ((team: TeamId) => Promise<boolean>) | undefined
  readonly log: Log
}

const WAS_HERE: Block = {
  kind: 'note',
  line: 'I was here before, and what the team had is kept for a while: an owner brings it back with /settings restore:yes',
}

/** Welcomes a team in the first of these places that takes it, if nobody has yet. Never throws: a team can do without. */
export async function welcomeTeam(
  team: TeamId,
  places: readonly string[],
  { greetings, messenger, wasHere, log }: WelcomeDeps,
): Promise<void> {
  try {
    if (places.length === 0 || !(await greetings.take(team))) return
    const blocks = (await wasHere?.(team)) === true ? [...WELCOME, WAS_HERE] : WELCOME
    for (const channel of places) {
      const outcome = await messenger.post({ team, channel, blocks, key: `welcome ${team}` })
      if (outcome.kind !== 'sent') log.warn({ team, outcome: outcome.kind }, 'team not welcomed')
      if (outcome.kind === 'later') await greetings.giveBack(team)
      // Only where nothing can be standing may another place have it.
      if (outcome.kind !== 'refused') return
    }
  } catch (error) {
    log.error({ team, error }, 'team could not be welcomed')
  }
}
