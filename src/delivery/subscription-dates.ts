import type { TeamId } from '../base/scope.ts'
import type { DateLanguage } from '../chat/date-language.ts'

/** In which language a team reads dates; not given: English. */
export type TeamDates = { readonly datesFor?: ((team: TeamId) => Promise<DateLanguage>) | undefined }

/** In which a subscription has its dates: in the language that it names, else in the team's. */
export async function subscriptionDates(
  { dates, team }: { readonly dates?: DateLanguage | undefined; readonly team: TeamId },
  { datesFor }: TeamDates,
): Promise<DateLanguage> {
  return dates ?? (await datesFor?.(team))
}
