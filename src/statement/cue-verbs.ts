/**
 * What a verb of saying can take as its content:
 * `q` quotation or fronted clause, `c` clause ("that ..."), `i` infinitive of the speaker ("promised to"),
 * `o` infinitive of another ("urged Talvia to"), `n` a noun phrase ("announced a truce"), `a` an addressee before it,
 * `d` a quotation that describes something ("called the plan “a folly”").
 */
export type Frames = string

// Verb forms are made from the first word; irregular forms follow it.
const TABLE = `
say,said,says,saying qc
tell,told,tells,telling qcoa
add qc
write,wrote,written,writes,writing qc
ask qcoa
note qcn
argue qc
report qcn
announce qcni
suggest qcn
explain qcn
claim qcni
acknowledge qcn
declare qcn
insist qc
warn qca
state qcn
reply,replied,replies,replying qc
answer q
respond qc
admit,admitted,admits,admitting qcn
concede qcn
confirm qcn
conclude qc
assert qcn
stress qcn
emphasize qcn
emphasise qcn
underline qcn
underscore qcn
highlight qcn
remark qc
comment q
observe qc
believe qc
recall qcn
reveal qcn
disclose qcn
reiterate qcn
repeat qcn
recount qcn
relate q
tweet qcn
retweet qn
post q
email q
quip,quipped,quips,quipping qc
joke qc
maintain qc
contend qc
allege qcn
charge qc
complain qc
lament qcn
predict qcn
forecast cn
caution qca
pledge qcin
promise qcinoa
vow qcin
swear,swore,swears,swearing qci
assure qca
reassure ca
inform ca
notify,notified,notifies,notifying ca
advise qca
remind qca
indicate qcn
imply,implied,implies,implying c
hint qc
signal,signaled,signals,signaling cn
signalled cn
mention qcn
continue q
interject q
exclaim qc
shout q
yell q
cry,cried,cries,crying q
chant q
scream q
whisper q
mutter q
proclaim qcn
pronounce q
affirm qcn
reaffirm qcn
testify,testified,testifies,testifying qc
question qcn
clarify,clarified,clarifies,clarifying qcn
specify,specified,specifies,specifying qcn
elaborate q
demand qcin
urge qcon
request qcno
appeal q
propose qcni
recommend qcn
order qco
instruct qco
threaten qci
boast qc
brag,bragged,brags,bragging qc
deny,denied,denies,denying qcn
dispute cn
counter qc
retort qc
rebut,rebutted,rebuts,rebutting q
refuse i
decline i
speculate qc
estimate qcn
opine qc
muse qc
wonder qc
outline n
detail n
express n
voice n
convey,conveyed,conveys,conveying cn
point_out,pointed_out,points_out,pointing_out qcn
confess qc
apologize q
apologise q
confide qc
divulge cn
agree qci
disagree q
plead,pleaded,pleads,pleading qi
beg,begged,begs,begging qo
read,reads,reading q
echo q
fume q
crack,cracked,cracks q
begin,began,begins q
thunder q
snap,snapped,snaps q
deadpan,deadpanned,deadpans q
sigh q
laugh q
intone q
offer q
chime,chimed,chimes q
implore q
inquire q
gush q
roar q
bellow q
mumble q
murmur q
growl q
chuckle q
rail q
interrupt q
blast q
scoff q
reflect q
surmise qc
reason qc
explode q
grumble q
blog,blogged,blogs q
gripe q
lecture q
sum,summed,sums q
guarantee qcn
encourage o
invite o
call_for,called_for,calls_for,calling_for n
call_on,called_on,calls_on,calling_on o
rule_out,ruled_out,rules_out,ruling_out n
condemn nd
denounce nd
welcome n
reject n
accuse nd
hail nd
criticize n
criticise n
praise n
describe d
call d
dub,dubbed,dubs,dubbing d
label,labelled,labeled,labels,labelling,labeling d
brand d
term d
characterize d
characterise d
dismiss d
deride d
slam,slammed,slams,slamming d
blast d
text q
venture q
shoot_back,shot_back,shoots_back,shooting_back q
go_on_to_say,went_on_to_say,goes_on_to_say,going_on_to_say qc
`

interface CueVerb {
  readonly lemma: string
  readonly frames: Frames
  readonly form: 'finite' | 'participle' | 'base'
}

const VERBS = readTable()

function readTable(): ReadonlyMap<string, CueVerb> {
  const verbs = new Map<string, CueVerb>()
  for (const line of TABLE.trim().split('\n')) {
    const [given = '', frames = ''] = line.split(' ')
    const [lemma = '', ...irregular] = given.split(',').map((word) => word.replaceAll('_', ' '))
    const forms = irregular.length > 0 ? irregular : regularForms(lemma)
    verbs.set(lemma, { lemma, frames, form: 'base' })
    for (const form of forms) {
      verbs.set(form, { lemma, frames, form: /ing( |$)/.test(form) && form !== lemma ? 'participle' : 'finite' })
    }
  }
  return verbs
}

function regularForms(lemma: string): readonly string[] {
  if (lemma.endsWith('e')) return [`${lemma}s`, `${lemma}d`, `${lemma.slice(0, -1)}ing`]
  const s = /(?:s|sh|ch|x|z)$/.test(lemma) ? 'es' : 's'
  return [`${lemma}${s}`, `${lemma}ed`, `${lemma}ing`]
}

/** The verb of saying that `lower` is a form of, or null. */
export function cueVerb(lower: string): CueVerb | null {
  return VERBS.get(lower) ?? null
}
