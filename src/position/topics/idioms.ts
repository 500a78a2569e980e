/**
 * Set phrases in which a word of war or law means something else. They hide a keyword of any topic that
 * stands inside them, unless the keyword is the phrase.
 */
export const IDIOMS: readonly string[] = `
charm offensive, on the offensive, offensive remarks, offensive comments, offensive language, deeply offensive, is offensive, was offensive,
think tank, up in arms, open arms, brothers in arms, arm's length, call to arms, shot in the arm, war chest, war of words, culture war,
war on inflation, war on drugs, war on poverty, nuclear option, nuclear family, smoking gun, silver bullet, political minefield, bargaining chip,
border we will not cross, doctors without borders, reporters without borders, knows no borders, hunger for, hungry for, hunger strike,
hostage to, hostages of history, peace of mind, rest in peace, talk the talk, small talk, breathing space, living space, watch this space,
court of public opinion, vote of confidence, vote of no confidence, no-confidence vote,
vote of thanks, vote for me, in the trenches, climate of fear,
political climate, business climate, investment climate, pull out of the hat, pull out all the stops`
  .split(',')
  .map((phrase) => phrase.trim())
