import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { briefBlocks } from '../../src/brief/brief-blocks.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { isMove } from '../../src/position/judging/label.ts'
import { briefsOf, ingestReal } from '../support/real-articles.ts'
import { sharedFolder } from '../support/shared.ts'

const data = sharedFolder('data')

/** Read from files alone; nobody tells it what was said, by whom or on what. */
test.skipIf(data === null)(
  'of a decade of real speeches and articles the one change of course is told, and no other',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'onrecord-real-'))
    try {
      const corpus = { data: data ?? '', folder }
      await ingestReal(corpus, { withPress: false })

      const briefs = await briefsOf(corpus)
      const moves = briefs.flatMap(({ items }) => items).filter(({ change }) => isMove(change.label))

      expect(briefs.length).toBeGreaterThanOrEqual(20)
      expect(moves.map(({ change }) => [change.saidOn, change.proposition, change.label])).toEqual([
        ['2019-09-25', 'palestine.us-mediation', 'reversed'],
      ])
      const [brief] = briefs.filter(({ items }) => items.some(({ change }) => isMove(change.label)))
      expect(brief === undefined ? '' : plainText(briefBlocks(brief))).toContain('Was: affirms. Now: rejects.')
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
  60_000,
)
