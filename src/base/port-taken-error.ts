import { AppError } from './errors.ts'

/** Another program listens on a port that we were told to use, or this user may not use it. */
export class PortTakenError extends AppError {
  override readonly name = 'PortTakenError'
  readonly code = 'base/port-taken'
  readonly explanation: string
  readonly retry = 'never'

  /** @param setting the variable that names the port. */
  constructor(setting: string, port: number, options?: ErrorOptions) {
    super(`cannot listen on port ${port}`, options)
    this.explanation = `Port ${port} cannot be used, probably another program listens there: stop that one, or set ${setting} to a free port.`
  }
}
