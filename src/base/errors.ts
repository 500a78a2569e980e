/**
 * A fault: something outside went wrong in a way we know. Outcomes that a caller
 * must handle are returned as unions instead; everything else is a bug.
 */
export abstract class AppError extends Error {
  /** Stable and searchable: `<room>/<what>`. */
  abstract readonly code: string
  /** The only text a person ever sees: what happened and what comes next. */
  abstract readonly explanation: string
  /** Whether the queue should try again. */
  abstract readonly retry: 'later' | 'never'
}
