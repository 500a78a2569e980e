import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readKeys, SealBrokenError, sealWith } from '../../src/base/seal.ts'

const [old, today] = [randomBytes(32), randomBytes(32)]

test('what was sealed is opened again, whatever it says', () => {
  const { seal, open } = sealWith([today])

  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, about) => {
      expect(open(seal(text, about), about)).toBe(text)
    }),
  )
})

test('a sealed text shows nothing of what it holds, and is another one each time', () => {
  const { seal } = sealWith([today])

  const sealed = seal('xoxb-secret', 'T1')

  expect(sealed).not.toContain('xoxb')
  expect(Buffer.from(sealed.slice(9), 'base64url').toString('latin1')).not.toContain('xoxb')
  expect(seal('xoxb-secret', 'T1')).not.toBe(sealed)
})

test('the secret of one place cannot be put in the row of another', () => {
  const { seal, open } = sealWith([today])

  expect(() => open(seal('xoxb-secret', 'T1'), 'T2')).toThrow(SealBrokenError)
})

test('a text that was changed anywhere is not opened', () => {
  const { seal, open } = sealWith([today])
  const sealed = seal('xoxb-secret', 'T1')

  for (let at = 0; at < sealed.length; at += 1) {
    const other = sealed[at] === 'A' ? 'B' : 'A'
    const changed = sealed.slice(0, at) + other + sealed.slice(at + 1)
    // The last character of base64 holds bits that mean nothing; the dot only parts.
    if (Buffer.from(changed.slice(9), 'base64url').equals(Buffer.from(sealed.slice(9), 'base64url')) && at >= 8)
      continue
    expect(() => open(changed, 'T1'), String(at)).toThrow(SealBrokenError)
  }
  expect(() => open('', 'T1')).toThrow(SealBrokenError)
  expect(() => open(sealed.slice(0, 20), 'T1')).toThrow(SealBrokenError)
})

test('with a new key in front, the old one still opens, and what it sealed is known to be old', () => {
  const before = sealWith([old]).seal('xoxb-secret', 'T1')
  const now = sealWith([today, old])

  expect(now.open(before, 'T1')).toBe('xoxb-secret')
  expect(now.isOfToday(before)).toBe(false)
  expect(now.isOfToday(now.seal('xoxb-secret', 'T1'))).toBe(true)
  expect(() => sealWith([today]).open(before, 'T1')).toThrow('unknown key')
})

test('a key is 32 bytes in base64 or hexadecimal, and several are parted by commas', () => {
  expect(readKeys(`${today.toString('base64')}, ${old.toString('hex')}`)).toEqual([today, old])
  expect(readKeys(today.toString('base64url'))).toEqual([today])
  for (const wrong of [
    '',
    'hunter2',
    randomBytes(16).toString('base64'),
    `${today.toString('base64')},`,
    '🔑'.repeat(20),
  ]) {
    expect(readKeys(wrong), wrong).toBeNull()
  }
})
