import { articleMigrations } from './article/article-migrations.ts'
import { keptPagesMigrations } from './article/kept-pages.ts'
import type { Migrations } from './base/database/migrations.ts'
import { queueMigrations } from './base/queue.ts'
import { briefMigrations } from './brief/brief-migrations.ts'
import { chatMigrations } from './chat/chat-migrations.ts'
import { deliveryMigrations } from './delivery/delivery-migrations.ts'
import { discordMigrations } from './discord/discord-migrations.ts'
import { feedMigrations } from './feed/feed-migrations.ts'
import { websubMigrations } from './feed/websub-migrations.ts'
import { opinionMigrations } from './opinion/opinion-migrations.ts'
import { correctionMigrations } from './position/corrections/correction-migrations.ts'
import { positionMigrations } from './position/record/position-migrations.ts'
import { speakerMigrations } from './speaker/speaker-migrations.ts'
import { statementMigrations } from './statement/statement-migrations.ts'

/** The whole schema, room by room down the house. A new room or step is one line here. */
export const migrations: Migrations = {
  ...queueMigrations,
  ...chatMigrations,
  ...feedMigrations,
  ...websubMigrations,
  ...articleMigrations,
  ...keptPagesMigrations,
  ...speakerMigrations,
  ...statementMigrations,
  ...positionMigrations,
  ...correctionMigrations,
  ...briefMigrations,
  ...opinionMigrations,
  ...deliveryMigrations,
  ...discordMigrations,
}
