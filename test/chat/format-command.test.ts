import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanName } from '../../src/chat/clean-text.ts'
import { formatCommand, joinValues, splitValues } from '../../src/chat/format-command.ts'
import { type OptionKinds, parseLine, parseOptions } from '../../src/chat/parse-command.ts'

const OPTIONS: OptionKinds = { speaker: { kind: 'speaker' }, text: { kind: 'text' } }

/** Any text that a person could see, with all that has a meaning in the grammar in it. */
const value = fc
  .string({
    unit: fc.oneof(fc.constantFrom(...'",:\'\\ “”«»،/'), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })),
    maxLength: 30,
  })
  .map(cleanName)
  .filter((text) => text !== '')

describe('the grammar', () => {
  test('reads a command that we wrote as we meant it', () => {
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 4 }),
        value,
        fc.array(value, { maxLength: 3 }),
        (speaker, text, words) => {
          const line = parseLine(formatCommand('said', { speaker, text }, words))
          const read = line.kind === 'command' ? parseOptions(line.rest, OPTIONS) : null

          expect(read).toMatchObject({ kind: 'options', values: { text }, words })
          expect(read?.kind === 'options' && splitValues(read.values.speaker)).toEqual(speaker)
        },
      ),
    )
  })

  test('takes any text at all and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2500 }), (text) => {
        const line = parseLine(text)
        if (line.kind === 'command') parseOptions(line.rest, OPTIONS)
        splitValues(text)
      }),
    )
  })

  test.each(["'", '"', ',', ':', 'a:', '\\"', '“', "' ", 'a,'])(
    'is done with two thousand characters of %s at once',
    (piece) => {
      const rest = piece.repeat(2000 / piece.length)
      const tookMs = [1, 2, 3].map(() => {
        const started = performance.now()
        parseOptions(rest, OPTIONS)
        return performance.now() - started
      })

      // The quickest of three: the machine may be busy with other things.
      expect(Math.min(...tookMs)).toBeLessThan(50)
    },
  )

  test('reads a value that begins like the rest of an address as a value', () => {
    const line = parseLine(formatCommand('said', { text: '//x' }))

    expect(line.kind === 'command' && parseOptions(line.rest, OPTIONS)).toMatchObject({ values: { text: '//x' } })
  })

  test('keeps values apart that hold commas and quotation marks', () => {
    const values = ['Fidan, Hakan', 'the "man"', 'Lavrov']

    expect(splitValues(joinValues(values))).toEqual(values)
  })
})
