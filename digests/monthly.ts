import { defineDigest } from '../src/brief/define-digest.ts'
import { movement } from '../src/brief/movement/movement.ts'
import { morning } from './morning.ts'

/** Who moved, at a glance; then the same as every morning, of a month. */
export const monthly = defineDigest({
  name: 'monthly',
  title: 'The month on record',
  covers: 'since the last one, a month at first',
  overview: [movement()],
  sections: morning.sections,
})
