import { AppError } from '../base/errors.ts'

/** The model's server gave no usable answer this time: busy, broken, slow, or away. */
export class ModelUnavailableError extends AppError {
  override readonly name = 'ModelUnavailableError'
  readonly code = 'opinion/unavailable'
  readonly explanation = 'The language model did not answer. It is asked again later; the news goes on without it.'
  readonly retry = 'later'

  /** @param why never what the server wrote: it may repeat the key. */
  constructor(why: string) {
    super(`no usable answer from the model: ${why}`)
  }
}

/** The model's server will not answer until somebody changes the configuration. */
export class ModelRefusedError extends AppError {
  override readonly name = 'ModelRefusedError'
  readonly code = 'opinion/refused'
  readonly explanation: string
  readonly retry = 'never'

  constructor(status: number) {
    super(`the model's server answered ${status}`)
    this.explanation = `The language model's server refuses what we ask (${status}): check LLM_BASE_URL, LLM_API_KEY and LLM_MODEL.`
  }
}
