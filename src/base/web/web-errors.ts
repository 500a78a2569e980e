import { AppError } from '../errors.ts'

export type SiteProblem = 'dns' | 'tls' | 'timeout' | 'refused' | 'broken' | 'redirects' | 'encoding'

const EXPLANATIONS: Readonly<Record<SiteProblem, string>> = {
  dns: 'The name of that site does not exist, or its name server does not answer (DNS).',
  tls: 'The certificate of that site is not valid (TLS), so nobody can tell whether it is that site.',
  timeout: 'That site took too long to answer.',
  refused: 'That site does not take connections at the moment.',
  broken: 'That site broke off in the middle of its answer.',
  redirects: 'That site sends visitors round in circles.',
  encoding: 'That site packed its answer in a way that I do not unpack.',
}

/** The site gave no usable answer this time. */
export class SiteUnreachableError extends AppError {
  override readonly name = 'SiteUnreachableError'
  readonly code = 'web/unreachable'
  readonly explanation: string
  readonly retry = 'later'
  readonly problem: SiteProblem

  /** @param host only the host: the rest of an address may be a team's secret. */
  constructor(problem: SiteProblem, host: string, options?: ErrorOptions) {
    super(`no usable answer from ${host}: ${problem}`, options)
    this.problem = problem
    this.explanation = EXPLANATIONS[problem]
  }
}

const BY_CODE: readonly (readonly [RegExp, SiteProblem])[] = [
  [/^(?:ENOTFOUND|EAI_|ENODATA|ESERVFAIL|ENONAME)/, 'dns'],
  [/^(?:CERT_|ERR_TLS|ERR_SSL|EPROTO|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH)/, 'tls'],
  [/TIMEOUT|ETIMEDOUT|ABORT_ERR/, 'timeout'],
  [/^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EACCES)$/, 'refused'],
  [/^Z_/, 'broken'],
]

/** What a socket's or a parser's error means for people. */
export function siteProblem(error: unknown): SiteProblem {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    if (cause.name === 'TimeoutError' || cause.name === 'AbortError') return 'timeout'
    const errors = cause instanceof AggregateError ? [cause, ...cause.errors] : [cause]
    for (const { code } of errors as readonly { code?: unknown }[]) {
      const known = typeof code === 'string' ? BY_CODE.find(([pattern]) => pattern.test(code)) : undefined
      if (known !== undefined) return known[1]
    }
  }
  return 'broken'
}
