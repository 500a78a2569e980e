import type { ServerResponse } from 'node:http'
import type { HTTPReceiverOptions, Installation, webApi } from '@slack/bolt'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Seal } from '../base/seal.ts'
import { installState } from './install-state.ts'
import type { InstallationStore, SlackInstallation } from './installation-store.ts'
import { BOT_SCOPES, INSTALL_PATH, installAddresses, REDIRECT_PATH } from './slack-manifest.ts'

export type InstallPagesDeps = {
  readonly clientId: string
  readonly clientSecret: string
  /** The public address of the events; the pages stand beside it. */
  readonly publicUrl: string
  /** Where Slack's API is, if elsewhere; its page of permissions then is there too. */
  readonly apiUrl?: string | undefined
  readonly store: Pick<InstallationStore, 'save'>
  readonly seal: Seal
  readonly clientOptions: webApi.WebClientOptions
  /** The app is in one more place. Whatever comes of it, the person has been told so. */
  readonly onInstalled: (installation: SlackInstallation) => void
  readonly clock: Clock
  readonly log: Log
}

const SLACK = 'https://slack.com'

/**
 * The page that offers the app and the one to which Slack sends people back, for Bolt's receiver.
 * Bolt's own machinery makes the address, holds the state against the cookie and exchanges the code.
 */
export function installPages(deps: InstallPagesDeps): Partial<HTTPReceiverOptions> {
  const { clientId, clientSecret, publicUrl, apiUrl, store, clientOptions, onInstalled, clock, log } = deps
  const { install, redirect } = installAddresses(publicUrl)
  return {
    clientId,
    clientSecret,
    scopes: [...BOT_SCOPES],
    redirectUri: redirect,
    installationStore: {
      storeInstallation: async (given) => {
        const installation = installationOf(given, clock.now())
        await store.save(installation)
        log.info({ place: installation.place, name: installation.name }, 'slack app installed')
        onInstalled(installation)
      },
      fetchInstallation: () => Promise.reject(new Error('the door looks for installations itself')),
    },
    installerOptions: {
      installPath: INSTALL_PATH,
      redirectUriPath: REDIRECT_PATH,
      stateStore: installState(deps),
      authorizationUrl: new URL('/oauth/v2/authorize', apiUrl ?? SLACK).href,
      clientOptions,
      renderHtmlForInstallPath: (address) =>
        page(
          'Add Onrecord to Slack',
          `<p>Who said what on which topic, and when it moved.</p><p><a href="${escapeHtml(address)}">Add to Slack</a></p>`,
        ),
      callbackOptions: {
        success: (installation, _options, _request, response) => show(response, 200, welcome(installation)),
        failure: (error, _options, _request, response) => {
          log.warn({ reason: error.code }, 'slack app not installed')
          show(response, 400, notInstalled(install))
        },
      },
    },
  }
}

/** Pages of ours are nobody's frame, run nothing, and tell no other page where people came from. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

function installationOf(given: Installation, at: Date): SlackInstallation {
  const { team, enterprise, bot, user, isEnterpriseInstall } = given
  const where = isEnterpriseInstall === true ? enterprise : team
  if (where === undefined || bot === undefined) throw new Error('slack installed the app nowhere, or without its bot')
  return {
    place: where.id,
    name: where.name ?? where.id,
    botId: bot.id,
    botUserId: bot.userId,
    tokens: {
      token: bot.token,
      refresh: bot.refreshToken ?? null,
      expiresAt: bot.expiresAt === undefined ? null : new Date(bot.expiresAt * 1_000),
    },
    installedBy: user.id,
    installedAt: at,
  }
}

function welcome({ team, enterprise, isEnterpriseInstall, appId }: Installation): string {
  const isOrg = isEnterpriseInstall === true
  const name = escapeHtml((isOrg ? enterprise : team)?.name ?? 'Slack')
  const id = encodeURIComponent((isOrg ? enterprise : team)?.id ?? '')
  const app = encodeURIComponent(appId ?? '')
  const next = isOrg
    ? `<p>It is in no workspace yet: <a href="https://app.slack.com/manage/${id}/integrations/profile/${app}/workspaces/add">choose the workspaces</a>.</p>`
    : `<p><a href="${SLACK}/app_redirect?app=${app}&amp;team=${id}">Open it in Slack</a>, and ask it: /onrecord help</p>`
  return page(`Onrecord is installed in ${name}`, next)
}

function notInstalled(install: string): string {
  return page(
    'Onrecord was not installed',
    `<p>Nothing was changed. <a href="${escapeHtml(install)}">Start again</a>, in one window, within ten minutes.</p>`,
  )
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>:root{color-scheme:light dark}body{font:1.1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1rem}</style><h1>${title}</h1>${body}</html>`
}

function show(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(html)
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
