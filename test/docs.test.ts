import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { LABEL_MEANINGS, labelWords } from '../src/brief/label-words.ts'
import type { AnyCommand, OptionDefinition } from '../src/chat/command.ts'
import { parseLine, parseOptions } from '../src/chat/parse-command.ts'
import { REFUSALS } from '../src/discord/post-outcome.ts'
import type { Label } from '../src/position/judging/label.ts'
import { commands } from '../src/service/open-house.ts'
import { METRICS } from '../src/service/service-metrics.ts'
import { FORBIDDEN, GONE } from '../src/slack/post-outcome.ts'

/*
 * What the pages for operators and editors say in tables is made from the definitions. After a change of
 * those, `GOLDEN=write npx vitest run test/docs.test.ts` writes the tables anew.
 */

const root = resolve(import.meta.dirname, '..')
const pages = ['README.md', 'commands/README.md', ...readdirSync(resolve(root, 'docs')).map((page) => `docs/${page}`)]
  .filter((page) => page.endsWith('.md'))
  .map((page) => ({ page, text: readFileSync(resolve(root, page), 'utf8') }))

const MADE = /<!-- made from: (?<what>[^>]+) -->\n(?<table>[\s\S]*?)<!-- end -->/g

const ROLES = { member: 'everybody', editor: 'editors', owner: 'owners' } as const

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}

function commandPart({ name, summary, role = 'member', options, examples }: AnyCommand): string {
  const rows = Object.entries<OptionDefinition<never>>(options).map(([key, { description, required, choices }]) => [
    `\`${key}:\`${required === true ? ' (needed)' : ''}`,
    `${description}${choices === undefined ? '' : `: ${choices.map((choice) => `\`${choice}\``).join(', ')}`}`,
  ])
  return [
    `## /${name}\n\n${/[.?!]$/.test(summary) ? summary : `${summary}.`} Who: ${ROLES[role]}.`,
    examples.map((example) => `    ${example}`).join('\n'),
    ...(rows.length === 0 ? [] : [table(['option', 'what'], rows)]),
  ].join('\n\n')
}

const run = promisify(execFile)

const DEFINITIONS: Readonly<Record<string, () => string | Promise<string>>> = {
  commands: () => commands.map(commandPart).join('\n\n'),
  'who may use what': () =>
    table(
      ['least role', 'commands'],
      (['member', 'editor', 'owner'] as const).map((least) => [
        ROLES[least],
        commands
          .filter(({ role = 'member' }) => role === least)
          .map(({ name }) => `\`/${name}\``)
          .join(', '),
      ]),
    ),
  labels: () =>
    table(
      ['label', 'what it claims'],
      Object.entries(LABEL_MEANINGS).map(([label, words]) => [labelWords(label as Label), words]),
    ),
  metrics: () =>
    table(
      ['metric', 'label', 'what it counts'],
      METRICS.map(({ name, label, help }) => [`\`${name}\``, label, help]),
    ),
  'refusals of Slack': () =>
    table(
      ['code', 'what it means'],
      Object.entries({ ...GONE, ...FORBIDDEN }).map(([code, words]) => [`\`${code}\``, words]),
    ),
  'refusals of Discord': () =>
    table(
      ['code', 'what it means'],
      Object.entries(REFUSALS).map(([code, { explanation }]) => [code, explanation]),
    ),
  'command line': async () => {
    const { stdout } = await run(process.execPath, [resolve(root, 'src/cli.ts'), '--help'])
    return `\`\`\`\n${stdout.trim()}\n\`\`\``
  },
}

describe('the pages for people', () => {
  const made = pages.flatMap(({ page, text }) =>
    [...text.matchAll(MADE)].map(({ groups }) => ({ page, what: groups?.what ?? '', table: groups?.table ?? '' })),
  )

  test.each(made)('$page says of $what what the definitions say', async ({ page, what, table: written }) => {
    const definition = DEFINITIONS[what]
    if (definition === undefined) throw new Error(`nothing is known of "${what}"`)
    const wanted = `\n${await definition()}\n\n`
    if (process.env.GOLDEN === 'write') {
      const file = resolve(root, page)
      const text = readFileSync(file, 'utf8')
      writeFileSync(
        file,
        text.replaceAll(MADE, (whole, of: string) =>
          of === what ? `<!-- made from: ${what} -->\n${wanted}<!-- end -->` : whole,
        ),
      )
      return
    }

    expect(written).toBe(wanted)
  })

  test('have a table for each of them', () => {
    expect(new Set(made.map(({ what }) => what))).toEqual(new Set(Object.keys(DEFINITIONS)))
  })

  test('of the commands names each one', () => {
    const text = pages.find(({ page }) => page === 'commands/README.md')?.text ?? ''

    expect(commands.filter(({ name }) => !text.includes(`\`/${name}`)).map(({ name }) => name)).toEqual([])
  })

  test('lead to files and headings that are there', () => {
    const links = pages.flatMap(({ page, text }) =>
      [...text.matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(#[^)\s]*)?\)/g)].map(([, path = '', anchor]) => ({
        page,
        file: path === '' ? resolve(root, page) : resolve(root, dirname(page), path),
        anchor,
      })),
    )
    const dead = links.filter(({ file, anchor }) => !existsSync(file) || !hasHeading(file, anchor))

    expect(links.length).toBeGreaterThan(20)
    expect(dead).toEqual([])
  })

  test('show commands that can be typed as they stand', () => {
    const typed = pages
      .filter(({ page }) => page.startsWith('docs/'))
      .flatMap(({ page, text }) =>
        [...text.matchAll(/(?:`|^ {4})(\/[a-z]+ [^`\n…|]+)/gm)].map(([, line = '']) => ({ page, line })),
      )
    const wrong = typed.filter(({ line }) => !isTyped(line))

    expect(typed.length).toBeGreaterThan(40)
    expect(wrong).toEqual([])
  })
})

function hasHeading(file: string, anchor: string | undefined): boolean {
  if (anchor === undefined) return true
  const headings = [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(
    ([, heading = '']) =>
      `#${heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} -]/gu, '')
        .replaceAll(' ', '-')}`,
  )
  return headings.includes(anchor)
}

function isTyped(line: string): boolean {
  const parsed = parseLine(line)
  const command = parsed.kind === 'command' ? commands.find(({ name }) => name === parsed.name) : undefined
  if (parsed.kind !== 'command' || command === undefined) return false
  return parseOptions(parsed.rest, command.options as never).kind !== 'unknown key'
}
