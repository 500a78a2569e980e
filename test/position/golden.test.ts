import { describe, expect, test } from 'vitest'
import { compare } from '../../src/position/judging/compare.ts'
import { isMove, type Label } from '../../src/position/judging/label.ts'
import { goldenCases, isRewriting } from '../support/golden.ts'

type Said = { readonly actor: { readonly name: string }; readonly date: string; readonly text: string }
type Pair = {
  readonly id: string
  readonly proposition: string
  readonly history: readonly Said[]
  readonly statement: Said
  readonly label: string
  readonly also_ok: readonly string[]
}

const said = ({ actor, date, text }: Said) => ({ speaker: actor.name, date, text })
const compared = (pair: Pair) => compare({ ...pair, history: pair.history.map(said), statement: said(pair.statement) })

describe('labels of invented ministers', () => {
  for (const one of goldenCases('position')) {
    const pairs = new TextDecoder()
      .decode(one.input)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Pair)

    test(`${one.name}: each is what it was, by the same rule`, () => {
      const labels = Object.fromEntries(
        pairs.map((pair) => [pair.id, `${compared(pair).label}, ${compared(pair).rule}`]),
      )

      if (isRewriting) one.rewrite(labels)
      else expect(labels).toEqual(one.expected)
    })

    test(`${one.name}: nobody is said to have changed course who did not`, () => {
      const alarms = pairs.filter((pair) => {
        const { label } = compared(pair)
        const allowed = [pair.label, ...pair.also_ok].map((word) => word.replace('_', ' ') as Label)
        return isMove(label) && !allowed.some(isMove)
      })

      expect(alarms.map((pair) => pair.id)).toEqual([])
    })
  }
})
