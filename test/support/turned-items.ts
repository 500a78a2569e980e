import type { BriefItem } from '../../src/brief/brief.ts'
import type { Label } from '../../src/position/judging/label.ts'
import type { Stance } from '../../src/position/judging/position.ts'

export type Turn = {
  readonly speaker: string
  readonly topic?: string
  readonly proposition?: string
  readonly label: Label
  readonly from: Stance | null
  readonly to: Stance
  readonly on: string
  readonly isThesis?: boolean
}

/** Changes of course of invented people, as a digest is given them. */
export function turnedItems(turns: readonly Turn[]): readonly BriefItem[] {
  return turns.map(
    (
      { speaker, topic = 'The strait', proposition = 'The strait stays open', label, from, to, on, isThesis = false },
      index,
    ) => ({
      change: {
        id: `change ${index}`,
        speaker,
        topic,
        proposition,
        label,
        stance: to,
        saidOn: on,
        delta: [],
        why: '',
        evidence: [index + 1],
      },
      speakerName: speaker,
      office: null,
      topicLabel: topic,
      proposition,
      isThesis,
      stood: from,
      earlier: null,
      alsoReportedBy: [],
      statement: {
        id: index + 1,
        on,
        saidOn: { on, precision: 'day', basis: 'text' },
        publishedAt: new Date(`${on}T09:00:00Z`),
        topics: [topic],
        content: '',
        event: null,
        publisher: null,
      },
    }),
  ) as unknown as readonly BriefItem[]
}
