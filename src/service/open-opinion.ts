import type { Clock } from '../base/clock.ts'
import type { Config } from '../base/config.ts'
import type { Log } from '../base/log.ts'
import { type PipelineRunner, runPipeline, startWith } from '../base/run-pipeline.ts'
import { ModelRefusedError } from '../opinion/model-errors.ts'
import type { ModelSettings } from '../opinion/open-model.ts'
import { opinionOnChange, opinionOnStatement } from '../opinion/second-opinion.ts'
import type { Steps } from '../pipeline.ts'
import type { PositionChangeId } from '../position/judging/change.ts'
import type { StatementId } from '../statement/statement-id.ts'
import type { House } from './open-house.ts'

/** Its own list of work beside the way of the news, which never waits for it. */
export const OPINION_STEP = 'second opinion'

const ANTHROPIC = 'https://api.anthropic.com/v1'

/** The configured model; `null`: none, and nothing of it is loaded or asked. */
export function modelSettings({ LLM_PROVIDER, LLM_BASE_URL, LLM_API_KEY, LLM_MODEL }: Config): ModelSettings | null {
  if (LLM_MODEL === undefined) return null
  const common = { provider: LLM_PROVIDER, model: LLM_MODEL, apiKey: LLM_API_KEY ?? null }
  return { ...common, baseUrl: LLM_BASE_URL ?? ANTHROPIC }
}

type OpinionOptions = { readonly house: House; readonly clock: Clock; readonly log: Log }

export type OpenedOpinion = {
  /** The steps, of which positions also put questions on the list. */
  readonly asking: (steps: Steps) => Steps
  readonly runner: PipelineRunner<string>
} & AsyncDisposable

/**
 * Asks the configured model for second opinions until disposed; `null` if none is configured.
 *
 * @throws {ConfigError} if its address is none to ask.
 */
export async function openOpinion(
  config: Config,
  { house, clock, log }: OpinionOptions,
): Promise<OpenedOpinion | null> {
  const settings = modelSettings(config)
  if (settings === null) return null
  const { openModel } = await import('../opinion/open-model.ts')
  const model = await openModel(settings, { clock })
  const own = log.child({ room: 'opinion' })
  const deps = { ...house.newsroom, model, tokensPerDay: config.LLM_DAILY_TOKENS_PER_TEAM, read: house.statements.read }

  const step = async (about: string): Promise<readonly string[]> => {
    try {
      if (about.startsWith(CHANGE)) await opinionOnChange(about.slice(CHANGE.length) as PositionChangeId, deps)
      else await opinionOnStatement(Number(about) as StatementId, deps)
    } catch (error) {
      // It would refuse the next question too; what is on the list now is let go.
      if (!(error instanceof ModelRefusedError)) throw error
      own.warn({ error }, 'model refuses')
    }
    return []
  }
  const runner = runPipeline(startWith(OPINION_STEP, step), { db: house.db, clock, log: own })
  return {
    runner,
    asking: (steps) => ({
      ...steps,
      updatePosition: async (statement) => {
        const changes = await steps.updatePosition(statement)
        await runner.add(changes.length === 0 ? [String(statement)] : changes.map((id) => `${CHANGE}${id}`))
        return changes
      },
    }),
    [Symbol.asyncDispose]: () => runner[Symbol.asyncDispose](),
  }
}

const CHANGE = 'change:'
