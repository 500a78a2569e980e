import { PUBLIC } from '../src/base/scope.ts'
import type { Block } from '../src/chat/blocks.ts'
import { defineCommand } from '../src/chat/command.ts'
import { type FeedsRooms, feedHealth } from './home-feeds.ts'
import { type FollowRooms, readFollowed } from './home-follows.ts'
import { type MoveRooms, whatMoved } from './home-moves.ts'
import { nextDigests } from './home-next.ts'
import { whatIsFollowed } from './home-rows.ts'
import { ownSettings, quietTimes, type SettingsRooms } from './home-settings.ts'

type Rooms = FollowRooms & MoveRooms & FeedsRooms & SettingsRooms

/** One page of all that is a person's own, each part with its way on; Slack draws it as the bot's own page. */
export const home = defineCommand<Rooms, never>({
  name: 'home',
  summary: 'Your page: what you follow, what comes next, what moved, the feeds, quiet times, settings',
  examples: ['/home'],
  options: {},

  async run(_options, rooms, request) {
    const followed = await readFollowed(rooms, request)
    const inTeam = request.team !== PUBLIC
    const parts = await Promise.all([
      whatIsFollowed(followed, request),
      nextDigests(followed, rooms, request),
      whatMoved(followed, rooms, request),
      inTeam ? feedHealth(rooms, request) : [],
      inTeam ? quietTimes(rooms, request) : [],
      ownSettings(rooms, request),
    ])
    return parts
      .filter((part) => part.length > 0)
      .flatMap((part, index): readonly Block[] => (index === 0 ? part : [{ kind: 'divider' }, ...part]))
  },
})
