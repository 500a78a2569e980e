import type { SlackInstalls } from './slack-installs.ts'

/** A browser that keeps its cookies for itself; `door` is where the bot's pages really are. */
export function browserAt(door: () => string) {
  let cookie = ''
  return {
    visit: async (address: string) => {
      const { pathname, search } = new URL(address)
      const response = await fetch(`${door()}${pathname}${search}`, { headers: { cookie } })
      const [set] = response.headers.getSetCookie()
      if (set !== undefined) cookie = set.split(';')[0] ?? ''
      return { status: response.status, headers: response.headers, html: await response.text() }
    },
  }
}

/** Opens the page of the app; gives where its button leads. */
export async function beginInstall(visitor: ReturnType<typeof browserAt>): Promise<string> {
  const { html } = await visitor.visit('https://bot.example/slack/install')
  return (/href="([^"]+)"/.exec(html)?.[1] ?? '').replaceAll('&amp;', '&')
}

/** The whole way through Slack's page and back. */
export async function installInBrowser(door: () => string, installs: SlackInstalls, place: string) {
  const visitor = browserAt(door)
  return visitor.visit(installs.agree(await beginInstall(visitor), place))
}
