import type { OptionDefinition } from '../src/chat/command.ts'
import { ENGLISH, languageWords, readDateLanguage, suggestDateLanguages } from '../src/chat/date-language.ts'

/** The language of dates, as a person types it. */
export function datesOption(description: string): OptionDefinition<unknown> {
  return { kind: 'text', description, suggest: async (typed) => suggestDateLanguages(typed) }
}

/** Its tag; `undefined` where it is taken away again. @throws {NotUnderstoodError} */
export function readDates(typed: string): string | undefined {
  return typed.trim().toLowerCase() === 'none' ? undefined : readDateLanguage('dates', typed)
}

/** What a team has chosen, for people. */
export function datesSetWords(dates: string | null): string {
  return `in ${languageWords(dates ?? ENGLISH)}`
}
