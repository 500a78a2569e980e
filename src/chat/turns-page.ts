import { parseLine } from './parse-command.ts'

/** The command that shows the rest of a long answer. */
export const MORE = 'more'

/**
 * Whether a button on the answer to `answered` shows another page of it, which then takes its place. The rest of a
 * long answer does not: what stands above it is the beginning of the same.
 */
export function turnsPage(command: string, answered: string | null | undefined): boolean {
  if (answered === null || answered === undefined || answered === MORE) return false
  const line = parseLine(command)
  return line.kind === 'command' && line.name === answered
}
