import { speakerId } from './statements.ts'

/** Two topics of an invented country, as a file of the book has them. */
export const TOLLS_AND_FEES = `
- id: tolls
  label: Tolls
  keywords: [toll, tolls]
  propositions:
    - { id: tolls.end, sentence: The tolls end }
- id: fees
  label: Fees
  keywords: [fee, fees]
`

/** The minister who speaks about them. */
export const MORA = {
  ...({ id: speakerId('ilse-mora'), name: 'Ilse Mora', kind: 'person', country: 'XT', gender: 'f' } as const),
  aliases: ['Mora'],
  offices: [
    { role: 'foreign minister', title: 'Foreign Minister', country: 'XT', from: '2020', to: null, asOf: null } as const,
  ],
}

/** Somebody without an office. */
export const TOLVAJ = { ...MORA, id: speakerId('jan-tolvaj'), name: 'Jan Tolvaj', aliases: ['Tolvaj'], offices: [] }

/** A topic with a proposition. */
export const BRIDGE = `
- id: bridge
  label: Sund Bridge
  keywords: [bridge]
  propositions:
    - { id: bridge.free, sentence: The bridge stays free of toll }
`
