import { systemClock } from '../base/clock.ts'
import type { Config } from '../base/config.ts'
import { openModel } from '../opinion/open-model.ts'
import { reasonsAgainst, scoreModel } from '../opinion/score-model.ts'
import type { SecondReader } from '../terminal/verbs/llm-verb.ts'
import { InputRefusedError } from '../terminal/verbs/verb.ts'
import { modelSettings } from './open-opinion.ts'
import { openToWork } from './open-to-work.ts'
import { scorePairs } from './score-sets.ts'

/** The configured model, to be scored; and what models have suggested. */
export async function openSecondReader(config: Config): Promise<SecondReader> {
  const { house, here, ...open } = await openToWork(config)
  return {
    score: async (atMost) => {
      const settings = modelSettings(config)
      if (settings === null) throw new InputRefusedError('No model is configured: set LLM_MODEL, see .env.example.')
      const model = await openModel(settings, { clock: systemClock })
      const figures = await scoreModel(model, scorePairs(atMost), () => systemClock.now().getTime())
      const reasons = reasonsAgainst(figures)
      await house.opinions.keepScore(model.id, figures, reasons.length === 0, systemClock.now())
      return { model: model.id, ...figures, trusted: reasons.length === 0, reasons }
    },
    suggestions: (limit) => house.opinions.suggestions(here, limit),
    ...open,
  }
}
