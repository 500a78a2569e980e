import type { Block, Button } from './blocks.ts'
import type { AnyCommand, OptionValues } from './command.ts'
import { typedValues } from './explain.ts'
import { formatCommand } from './format-command.ts'
import { LINE_CHARACTERS } from './parse-command.ts'
import type { Request } from './request.ts'

/**
 * The answer to a look-up with a button that shows it to everybody in the place, where there is anybody else. The
 * button looks it up once more, as whoever presses it: nobody shares more than they may see.
 */
export function withShareButton(
  blocks: readonly Block[],
  { command, options, request }: { command: AnyCommand; options: OptionValues<string>; request: Request },
): readonly Block[] {
  const { platform, isDirectMessage, channel } = request
  if (platform === 'terminal' || isDirectMessage || channel === null) return blocks
  const share: Button = {
    label: 'Share to channel',
    command: formatCommand('share', { lookup: formatCommand(command.name, typedValues(options, command)).slice(1) }),
  }
  if (share.command.length > LINE_CHARACTERS) return blocks
  // A menu below the last row of buttons stays below it.
  const at = blocks.findLastIndex(({ kind }) => kind !== 'menu')
  const row = blocks[at]
  return row?.kind === 'buttons'
    ? blocks.with(at, { ...row, buttons: [...row.buttons, share] })
    : [...blocks, { kind: 'buttons', buttons: [share] }]
}
