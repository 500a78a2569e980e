import { defineDigest } from '../src/brief/define-digest.ts'
import { movement } from '../src/brief/movement/movement.ts'
import { morning } from './morning.ts'

/** Who moved, at a glance; then the same as every morning, of a week. */
export const weekly = defineDigest({
  name: 'weekly',
  title: 'The week on record',
  covers: 'since the last one, a week at first',
  overview: [movement()],
  sections: morning.sections,
})
