import { PassThrough } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { TeamId } from '../../src/base/scope.ts'
import { openTerminal } from '../../src/terminal/terminal.ts'

function piped() {
  const input = new PassThrough()
  const output = new PassThrough()
  const terminal = openTerminal({ input, output })
  let written = ''
  output.on('data', (chunk) => {
    written += chunk
  })
  return {
    input,
    terminal,
    /** Waits until the output holds the words. */
    shows: async (words: string) => {
      for (let turn = 0; turn < 1000 && !written.includes(words); turn += 1) await nextTurn()
      expect(written).toContain(words)
    },
    written: () => written,
  }
}

describe('the terminal', () => {
  test('takes commands from a pipe, one after the other, and goes on when the pipe ends', async () => {
    const { input, terminal, shows, written } = piped()
    const asked: string[] = []
    terminal.takeCommands(
      async (line) => {
        asked.push(line)
        await nextTurn()
        return { blocks: [{ kind: 'text', line: `answer to ${line}` }] }
      },
      () => undefined,
    )

    input.write('/said Petrov\n\n   \n/topics\n')
    input.end()
    await shows('answer to /topics')
    terminal.print([{ kind: 'text', line: 'still here' }])

    await shows('still here')
    expect(asked).toEqual(['/said Petrov', '/topics'])
    expect(written()).not.toContain('\u001b')
  })

  test.each(['/quit', '/exit', 'quit'])('is left by %s, once what was asked before is answered', async (leave) => {
    const { input, terminal, written } = piped()
    const left = new Promise<string>((resolve) => {
      terminal.takeCommands(
        async (line) => {
          await nextTurn()
          return { blocks: [{ kind: 'text', line: `answer to ${line}` }] }
        },
        () => nextTurn().then(() => resolve(written())),
      )
    })

    input.write(`/said Petrov\n${leave}\n`)

    expect(await left).toContain('answer to /said Petrov')
    expect(written()).not.toContain('answer to /quit')
  })

  test('shows a menu as one line, opens it by its number, and sends what is chosen in it', async () => {
    const { input, terminal, shows, written } = piped()
    const choices = ['Ana Petrov', 'Mihal Orlin', 'Ana Petrov'].map((label, n) => ({
      label,
      command: `/card statement:${n}`,
    }))
    terminal.print([
      { kind: 'menu', prompt: 'About one of these', choices },
      { kind: 'buttons', buttons: [{ label: 'Show all', command: '/digest show:1' }] },
    ])
    await shows('  [1] About one of these (3)\n  [2] Show all\n')
    expect(written()).not.toContain('Petrov')
    terminal.takeCommands(
      async (line) => ({ blocks: [{ kind: 'text', line: `sent ${line}` }] }),
      () => undefined,
    )

    input.write('1\n5\n2\n')

    await shows('About one of these\n  [3] Ana Petrov\n  [4] Mihal Orlin\n  [5] Ana Petrov (2)\n')
    await shows('sent /card statement:2')
    await shows('sent /digest show:1')
  })

  test('presses a button by its number, also one of an earlier answer', async () => {
    const { input, terminal, shows } = piped()
    terminal.print([{ kind: 'buttons', buttons: [{ label: 'More', command: '/said before:7' }] }])
    terminal.print([{ kind: 'buttons', buttons: [{ label: 'Undo', command: '/unsubscribe 3' }] }])
    await shows('[2] Undo')
    terminal.takeCommands(
      async (line) => ({ blocks: [{ kind: 'text', line: `sent ${line}` }] }),
      () => undefined,
    )

    input.write('2\n1\n')

    await shows('sent /unsubscribe 3')
    await shows('sent /said before:7')
  })

  test('posts what is delivered to it, and knows what it has posted', async () => {
    const { terminal, shows } = piped()
    const message = {
      team: 1 as TeamId,
      channel: 'terminal',
      key: 'k1',
      blocks: [{ kind: 'heading', text: 'Since yesterday' } as const],
    }

    const before = await terminal.messenger.findPosted(message, new Date(0))
    const outcome = await terminal.messenger.post(message)

    await shows('Since yesterday')
    expect(before).toEqual({ kind: 'absent' })
    expect(outcome).toEqual({ kind: 'sent', receipt: 'k1' })
    expect(await terminal.messenger.findPosted(message, new Date(0))).toEqual({ kind: 'found', receipt: 'k1' })
  })

  test('prints again what is corrected, and says so: a line that was printed cannot be changed', async () => {
    const { terminal, shows } = piped()
    const blocks = [{ kind: 'text', line: 'Corrected 9 November 2026: one item is no change of course.' } as const]

    const outcome = await terminal.messenger.edit({
      ...{ team: 1 as TeamId, channel: 'terminal', key: 'k1', receipt: 'k1', blocks },
    })

    await shows('Corrected: an earlier message reads otherwise now.')
    await shows('Corrected 9 November 2026: one item is no change of course.')
    expect(outcome).toEqual({ kind: 'edited' })
  })

  test('shows a progress line on a screen only', async () => {
    const { terminal, written } = piped()

    terminal.progress('reading 3 articles')
    await nextTurn()

    expect(written()).toBe('')
  })
})
