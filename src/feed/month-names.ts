/**
 * Months as newspapers and feeds write them: the languages of western, northern and eastern Europe,
 * Turkish, Arabic and Hebrew. Where two languages differ (`listopad`), the one with more readers.
 */
const NAMES: readonly string[] = [
  'jan january januar janvier janv enero ene gennaio gen janeiro januari янв января январь január ιαν ιανουαρίου ιανουάριος jänner ιανουαριου januarie ianuarie styczeń stycznia sty leden ledna ocak oca січня січень січ януари tammikuu tammikuuta tammi يناير ינואר gener',
  'feb february februar février fevrier févr fev fév febrero febbraio fevereiro februari фев февраля февраль февр február febr φεβ φεβρουαρίου feber φεβρουαριου februarie luty lutego lut únor února şubat şub лютого лютий лют февруари helmikuu helmikuuta helmi فبراير פברואר febrer',
  'mar march märz maerz mrz mär mars marzo março marco maart мар марта март március marcius márc μαρ μάρ μαρτίου μαρτιου martie marts mart maret marzec marca březen března березня березень бер maaliskuu maaliskuuta maalis مارس מרץ març',
  'apr april avril avr abril abr aprile апр апреля апрель április aprilis ápr απρ απριλίου απριλιου aprilie kwiecień kwietnia kwi duben dubna nisan nis квітня квітень кві huhtikuu huhtikuuta huhti أبريل ابريل אפריל',
  'may mai mayo maggio mag maio mei мая май május majus máj μαι μαϊ μαΐου μάι μαϊου μαιου maj květen května mayıs травня травень тра toukokuu toukokuuta touko مايو מאי maig',
  'jun june juni juin junio giugno giu junho июн июня июнь június junius jún ιουν ιούν ιουνίου ιουνιου iunie czerwiec czerwca cze červen června haziran haz червня червень чер юни kesäkuu kesäkuuta kesä يونيو יוני juny',
  'jul july juli juillet juil julio luglio lug julho июл июля июль július julius júl ιουλ ιούλ ιουλίου ιουλιου iulie lipiec lipca lip červenec července temmuz tem липня липень лип юли heinäkuu heinäkuuta heinä يوليو יולי juliol',
  'aug august août aout aoû agosto ago augustus авг августа август augusztus αυγ αύγ αυγούστου αυγουστου augusti agustus sierpień sierpnia sie srpen srpna ağustos ağu серпня серпень сер elokuu elokuuta elo أغسطس אוגוסט agost',
  'sep sept september septembre septiembre settembre set setembro сен сентября сентябрь сент szeptember szept σεπ σεπτ σεπτεμβρίου σεπτεμβριου septembrie wrzesień września wrz září eylül eyl вересня вересень вер септември syyskuu syyskuuta syys سبتمبر ספטמבר setembre',
  'oct october oktober okt octobre octubre ottobre ott outubro out окт октября октябрь október οκτ οκτωβρίου οκτωβριου octombrie październik października paź říjen října ekim eki жовтня жовтень жов октомври lokakuu lokakuuta loka أكتوبر اكتوبر אוקטובר',
  'nov november novembre noviembre novembro ноя ноября ноябрь нояб νοε νοέ νοεμβρίου νοεμβριου noiembrie listopad listopada listopadu lis kasım kas листопада листопад лис ноември marraskuu marraskuuta marras نوفمبر נובמבר',
  'dec december dezember dez décembre decembre déc diciembre dic dicembre dezembro дек декабря декабрь δεκ δεκεμβρίου δεκεμβριου decembrie desember grudzień grudnia gru prosinec prosince aralık ara грудня грудень гру декември joulukuu joulukuuta joulu ديسمبر דצמבר des desembre',
]

const MONTHS: ReadonlyMap<string, number> = new Map(
  NAMES.flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const)),
)

/** 1 to 12 for a month's name or its short form, with or without a full stop; `null` for any other word. */
export function monthOf(word: string): number | null {
  return MONTHS.get(word.toLowerCase().replace(/\.$/, '')) ?? null
}
