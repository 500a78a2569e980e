/** Months as newspapers and feeds write them: English, German, French, Spanish, Italian, Portuguese, Dutch, Russian, Hungarian, Greek. */
const NAMES: readonly string[] = [
  'jan january januar janvier janv enero ene gennaio gen janeiro januari янв января январь január jan ιαν ιανουαρίου ιανουάριος jänner',
  'feb february februar février fevrier févr fev fév febrero febbraio fevereiro februari фев февраля февраль февр február febr φεβ φεβρουαρίου feber',
  'mar march märz maerz mrz mär mars marzo março marco maart мар марта март március marcius márc μαρ μάρ μαρτίου',
  'apr april avril avr abril abr aprile апр апреля апрель április aprilis ápr απρ απριλίου',
  'may mai mayo maggio mag maio mei мая май május majus máj μαι μαϊ μαΐου μάι μαϊου',
  'jun june juni juin junio giugno giu junho июн июня июнь június junius jún ιουν ιούν ιουνίου',
  'jul july juli juillet juil julio luglio lug julho июл июля июль július julius júl ιουλ ιούλ ιουλίου',
  'aug august août aout aoû agosto ago augustus авг августа август augusztus αυγ αύγ αυγούστου',
  'sep sept september septembre septiembre settembre set setembro сен сентября сентябрь сент szeptember szept σεπ σεπτ σεπτεμβρίου',
  'oct october oktober okt octobre octubre ottobre ott outubro out окт октября октябрь október οκτ οκτωβρίου',
  'nov november novembre noviembre novembro ноя ноября ноябрь нояб νοε νοέ νοεμβρίου',
  'dec december dezember dez décembre decembre déc diciembre dic dicembre dezembro дек декабря декабрь δεκ δεκεμβρίου',
]

const MONTHS: ReadonlyMap<string, number> = new Map(
  NAMES.flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const)),
)

/** 1 to 12 for a month's name or its short form, with or without a full stop; `null` for any other word. */
export function monthOf(word: string): number | null {
  return MONTHS.get(word.toLowerCase().replace(/\.$/, '')) ?? null
}
