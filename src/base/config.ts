import { z } from 'zod'
import { AppError } from './errors.ts'
import { readKeys } from './seal.ts'

/** An empty value counts as not set, so that a copied `.env.example` starts. */
const text = z.string().trim().min(1).optional()
const number = (fallback: number, least: number, most: number) =>
  z.coerce.number().int().min(least).max(most).default(fallback)
const flag = z.enum(['yes', 'no']).default('no')

/** What became of promises is kept for so many days at least: corrections, undos and digests of a month look back as far. */
export const DELIVERIES_KEPT_DAYS = 62

/** Every variable that the service reads. `.env.example` explains each; a test holds the two lists equal. */
export const configSchema = z.object({
  DATABASE_FILE: z.string().default('onrecord.db'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  FEEDS: text,
  CONTACT: text,
  ALLOW_PRIVATE_ADDRESSES: flag,
  WEBSUB_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  WEBSUB_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  ENCRYPTION_KEY: text.refine(
    (keys) => keys === undefined || readKeys(keys) !== null,
    'it must be 32 random bytes in base64, such as "openssl rand -base64 32" prints',
  ),
  SAMPLE: z.enum(['auto', 'no']).default('auto'),
  SAMPLE_PORT: number(4710, 1, 65_535),
  SLACK_BOT_TOKEN: text,
  SLACK_SIGNING_SECRET: text,
  SLACK_APP_TOKEN: text,
  SLACK_CLIENT_ID: text,
  SLACK_CLIENT_SECRET: text,
  SLACK_PORT: number(3000, 0, 65_535),
  SLACK_PUBLIC_URL: z.url({ protocol: /^https$/ }).optional(),
  SLACK_SHORT_FORMS: text,
  SLACK_API_URL: z.url().optional(),
  DISCORD_TOKEN: text,
  DISCORD_INTERACTIONS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  DISCORD_PUBLIC_KEY: text,
  DISCORD_API_URL: z.url().optional(),
  LLM_PROVIDER: z.enum(['openai-compatible', 'anthropic']).default('openai-compatible'),
  LLM_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  LLM_API_KEY: text,
  LLM_MODEL: text,
  LLM_DAILY_TOKENS_PER_TEAM: number(200_000, 0, 1_000_000_000),
  HEALTH_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  TIME_ZONE: text.refine((zone) => zone === undefined || isZone(zone), 'it must be a time zone such as Africa/Tripoli'),
  RETAIN_ARTICLES_DAYS: number(400, 1, 36_500),
  RETAIN_DELIVERIES_DAYS: number(400, DELIVERIES_KEPT_DAYS, 36_500),
  DIGEST_GRACE_MINUTES: number(120, 0, 10_080),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info']).default('warn'),
})

export type Config = Readonly<z.infer<typeof configSchema>>

/** What no variable shows by itself. */
const wholeSchema = configSchema
  .refine(
    ({ LLM_MODEL, LLM_PROVIDER, LLM_BASE_URL }) =>
      LLM_MODEL === undefined || LLM_PROVIDER === 'anthropic' || LLM_BASE_URL !== undefined,
    { path: ['LLM_BASE_URL'], message: 'it must say where LLM_MODEL is asked' },
  )
  .refine(({ WEBSUB_PUBLIC_URL, WEBSUB_PORT }) => (WEBSUB_PUBLIC_URL === undefined) === (WEBSUB_PORT === undefined), {
    path: ['WEBSUB_PORT'],
    message: 'it goes together with WEBSUB_PUBLIC_URL, set both or neither',
  })
  .superRefine((config, { addIssue }) => {
    const problem = manyWorkspacesProblem(config)
    if (problem !== null) addIssue({ code: 'custom', ...problem })
  })

/** What keeps Slack from being open to many workspaces, where that is wanted: only the whole of it works. */
function manyWorkspacesProblem(config: Config): { readonly path: string[]; readonly message: string } | null {
  const { SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, SLACK_BOT_TOKEN, SLACK_APP_TOKEN } = config
  if (SLACK_CLIENT_ID === undefined && SLACK_CLIENT_SECRET === undefined) return null
  const needed = [
    'SLACK_CLIENT_ID',
    'SLACK_CLIENT_SECRET',
    'SLACK_SIGNING_SECRET',
    'SLACK_PUBLIC_URL',
    'ENCRYPTION_KEY',
  ] as const
  const missing = needed.find((name) => config[name] === undefined)
  if (missing !== undefined) return { path: [missing], message: 'many Slack workspaces need it, see SLACK_CLIENT_ID' }
  if (config.SLACK_PUBLIC_URL?.endsWith('/slack/events') !== true)
    return { path: ['SLACK_PUBLIC_URL'], message: 'it must end in /slack/events; the pages to install stand beside it' }
  if (SLACK_BOT_TOKEN !== undefined)
    return { path: ['SLACK_BOT_TOKEN'], message: 'it is for one workspace, SLACK_CLIENT_ID for many: set one of them' }
  if (SLACK_APP_TOKEN !== undefined)
    return { path: ['SLACK_APP_TOKEN'], message: 'many workspaces come by HTTP: leave it out' }
  return null
}

/** A variable has a value that cannot be used. Names it; never shows the value. */
export class ConfigError extends AppError {
  override readonly name = 'ConfigError'
  readonly code = 'base/config'
  readonly explanation: string
  readonly retry = 'never'

  constructor(variable: string, problem: string, options?: ErrorOptions) {
    super(`${variable}: ${problem}`, options)
    this.explanation = `The setting ${variable} cannot be used (${problem}): correct it in the environment or the .env file, see .env.example.`
  }
}

/**
 * Reads the configuration.
 *
 * @throws {ConfigError} naming the first variable that cannot be used.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()))
  const result = wholeSchema.safeParse(given)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new ConfigError(String(issue?.path[0] ?? 'environment'), problemOf(issue))
}

/** What is wrong, in words that never contain the value. */
function problemOf(issue: z.core.$ZodIssue | undefined): string {
  switch (issue?.code) {
    case 'invalid_value':
      return `it must be one of: ${issue.values.join(', ')}`
    case 'too_small':
      return `it must be at least ${issue.minimum}`
    case 'too_big':
      return `it must be at most ${issue.maximum}`
    case 'invalid_format':
      return 'it must be an address of the right kind'
    case 'invalid_type':
      return issue.expected === 'number' || issue.expected === 'int' ? 'it must be a whole number' : 'it must be a text'
    case 'custom':
      return issue.message
    default:
      return 'it is not of the right kind'
  }
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null
  } catch {
    // Intl has no other way to ask.
    return false
  }
}
