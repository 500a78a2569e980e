import { createInterface } from 'node:readline'
import type { Clock } from '../base/clock.ts'
import type { TeamId } from '../base/scope.ts'
import type { Block, Menu } from '../chat/blocks.ts'
import type { Answer } from '../chat/command.ts'
import type { Messenger } from '../chat/messenger.ts'
import type { Request } from '../chat/request.ts'
import { openMenu, pressesOf, type Screen, showBlocks } from './show-blocks.ts'

/** The terminal's only channel. */
export const TERMINAL_CHANNEL = 'terminal'

export type Terminal = {
  /** Posts digests and alerts to the screen. */
  readonly messenger: Messenger
  readonly print: (blocks: readonly Block[]) => void
  /** One line at the bottom that says what is going on; `null` takes it away. Not shown where output is no screen. */
  readonly progress: (text: string | null) => void
  /**
   * Answers lines as they come, one after the other. The end of input ends the taking of commands
   * and nothing else. `interrupted` is called when the person presses Ctrl-C or types /quit.
   */
  readonly takeCommands: (answer: (line: string) => Promise<Answer>, interrupted: () => void) => void
} & Disposable

type TerminalDeps = {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number }
}

const PROMPT = '> '
/** What people type to leave a prompt. */
const LEAVES = /^\/?(?:quit|exit)$/i
/** The width of what is no screen: a file, a pipe. */
const COLUMNS = 80
/** Buttons and menus that can still be pressed by number; older ones have scrolled away. */
const BUTTONS_KEPT = 99
const CLEAR_LINE = '\r\u001b[K'

/** Opens the terminal as a place to talk: everything that is printed goes through here, so nothing overwrites anything. */
export function openTerminal({ input, output }: TerminalDeps): Terminal {
  const isScreen = output.isTTY === true
  // A screen that does not tell its width says 0.
  const screen = (): Screen => ({ columns: output.columns || COLUMNS, colours: isScreen, numbers: true })
  const printed = new Set<string>()
  let reader: ReturnType<typeof createInterface> | null = null
  let progressText: string | null = null
  let presses: readonly (string | Menu)[] = []

  /** Writes above the progress line and the prompt, then puts them back. */
  const write = (text: string) => {
    if (isScreen) output.write(CLEAR_LINE)
    output.write(text)
    restore()
  }
  const restore = () => {
    if (!isScreen) return
    if (progressText !== null) output.write(`\u001b[2m${progressText.slice(0, screen().columns - 1)}\u001b[0m`)
    else reader?.prompt(true)
  }
  const print = (blocks: readonly Block[]) => {
    const first = presses.length + 1 > BUTTONS_KEPT ? 1 : presses.length + 1
    write(`${showBlocks(blocks, screen(), first)}\n`)
    presses = [...(first === 1 ? [] : presses), ...pressesOf(blocks)]
  }

  return {
    print,

    progress: (text) => {
      if (text === progressText) return
      progressText = text
      if (!isScreen) return
      output.write(CLEAR_LINE)
      restore()
    },

    messenger: {
      platform: 'terminal',
      restMs: 0,
      teamRestMs: 0,
      anyRestMs: 0,
      editRestMs: 0,
      // A restart after a kill shows at once what it is not sure of.
      showsWithinMs: 0,
      post: async ({ blocks, key }) => {
        print(blocks)
        printed.add(key)
        return { kind: 'sent', receipt: key }
      },
      // A line that was printed stays as it is: the message is printed again below.
      edit: async ({ blocks }) => {
        print([
          { kind: 'text', line: [{ strong: 'Corrected: ' }, 'an earlier message reads otherwise now.'] },
          ...blocks,
        ])
        return { kind: 'edited' }
      },
      // What an earlier run printed went with its screen.
      findPosted: async ({ key }) => (printed.has(key) ? { kind: 'found', receipt: key } : { kind: 'absent' }),
    },

    takeCommands: (answer, interrupted) => {
      reader = createInterface({ input, output: isScreen ? output : undefined, terminal: isScreen, prompt: PROMPT })
      let last = Promise.resolve()
      reader.on('line', (typed) => {
        const line = typed.trim()
        if (line === '') return void restore()
        if (LEAVES.test(line)) {
          last = last.then(interrupted)
          return
        }
        const number = /^\d{1,3}$/.test(line) ? Number(line) : 0
        const shown = presses[number - 1]
        last = last.then(async () => {
          // Out of a pipe the number of an answer comes before the answer is printed.
          const pressed = shown ?? presses[number - 1]
          print(typeof pressed === 'object' ? openMenu(pressed) : (await answer(pressed ?? line)).blocks)
        })
      })
      reader.on('SIGINT', interrupted)
      reader.on('close', () => {
        reader = null
      })
      restore()
    },

    [Symbol.dispose]: () => {
      if (isScreen) output.write(CLEAR_LINE)
      progressText = null
      reader?.close()
    },
  }
}

/** Who sits at the terminal: its owner, in its only channel. */
export function terminalRequest(team: TeamId, { clock, timeZone }: { clock: Clock; timeZone: string | null }): Request {
  return {
    platform: 'terminal',
    team,
    channel: TERMINAL_CHANNEL,
    isDirectMessage: false,
    member: { id: 'terminal', name: 'you' },
    role: 'owner',
    timeZone: timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    at: clock.now(),
  }
}
