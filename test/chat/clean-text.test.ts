import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { cleanName, cleanWords, cutText, shownName, shownWords } from '../../src/chat/clean-text.ts'

describe('text from outside', () => {
  test('loses what is never shown', () => {
    expect(cleanName('Ana\u202e\u200b \u0000Pe\u00adtrov\u2066\u{e0041}')).toBe('Ana Petrov')
    expect(cleanName('  Ana\n\tPetrov ')).toBe('Ana Petrov')
    expect(cleanName('\u3164\u2800')).toBe('')
    expect(cleanWords('one\r\ntwo\u2028three\u001b[31m')).toBe('one\ntwo\nthree[31m')
  })

  test('is printed with what keeps a date from the right by itself, and with nothing else that is not seen', () => {
    expect(shownWords('said \u2068٤ أكتوبر ٢٠٢١\u2069 \u202e(day)')).toBe('said \u2068٤ أكتوبر ٢٠٢١\u2069 (day)')
    expect(shownName(' said\n\u20684 أكتوبر 2021\u2069 ')).toBe('said \u20684 أكتوبر 2021\u2069')
    expect(shownWords('\u2068Ana\u2069 \u2068٤ أكتوبر')).toBe('Ana ٤ أكتوبر')
    expect(shownWords('\u2068٤ \u202eأكتوبر ٢٠٢١\u2069')).toBe('٤ أكتوبر ٢٠٢١')
    expect(cleanName('\u20684 أكتوبر 2021\u2069')).toBe('4 أكتوبر 2021')
  })

  test('keeps the marks that its script needs, and no towers of them', () => {
    expect(cleanName('Nguyễn İstanbul الأمم')).toBe('Nguyễn İstanbul الأمم')
    expect(cleanName(`a${'\u0300'.repeat(500)}`).length).toBe(5)
    expect(shownWords(`\u20684 a${'\u0300'.repeat(70)}\u2069`).length).toBe(9)
  })

  test('is cut between letters as readers see them, and says that it was', () => {
    expect(cutText('short', 5)).toBe('short')
    expect(cutText('a longer text', 8)).toBe('a longe…')
    expect(cutText('👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 15)).toBe('👩‍👩‍👧‍👦…')
    expect(cutText('e\u0301e\u0301e\u0301', 4)).toBe('e\u0301…')
    expect(cutText(`a${'\u0300'.repeat(5000)}`, 75)).toBe('…')
  })
})

const TEXTS = join(import.meta.dirname, '../../../shared/data/hostile/texts.jsonl')

describe.skipIf(!existsSync(TEXTS))('the hostile texts of the shared folder (skipped where it is absent)', () => {
  const texts = existsSync(TEXTS)
    ? readFileSync(TEXTS, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line).text as string)
    : []

  test.each([20, 75, 100])('fit into %d characters without a control or hidden character', (atMost) => {
    for (const text of texts) {
      const shown = cutText(cleanName(text), atMost)
      expect(shown.length).toBeLessThanOrEqual(atMost)
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
    }
  })
})
