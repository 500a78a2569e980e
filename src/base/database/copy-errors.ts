import { AppError } from '../errors.ts'

/** A copy of the database cannot be made, or cannot be put back. Nothing was changed. */
export class DatabaseCopyError extends AppError {
  override readonly name = 'DatabaseCopyError'
  readonly code = 'database/copy'
  readonly explanation: string
  readonly retry = 'never'

  constructor(explanation: string, options?: ErrorOptions) {
    super('the database was not copied', options)
    this.explanation = explanation
  }
}

/** Another service works on this database. */
export class DatabaseInUseError extends AppError {
  override readonly name = 'DatabaseInUseError'
  readonly code = 'database/in-use'
  readonly explanation: string
  readonly retry = 'never'

  constructor(place: string, options?: ErrorOptions) {
    super('the database is in use', options)
    this.explanation = `Another Onrecord service is running on ${place}: stop that one first, or give this one a database of its own.`
  }
}
