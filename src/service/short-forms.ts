import type { Config } from '../base/config.ts'

/** The commands that this installation's Slack app has by themselves, too. */
export function shortFormsIn({ SLACK_SHORT_FORMS = '' }: Pick<Config, 'SLACK_SHORT_FORMS'>): readonly string[] {
  return SLACK_SHORT_FORMS.split(/[\s,/]+/).filter((name) => name !== '')
}
