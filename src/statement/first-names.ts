import { words } from './word-list.ts'

const FEMALE = words(`
  mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley kimberly emily
  donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda
  pamela emma nicole helen samantha katherine christine debra rachel carolyn janet catherine maria heather diane ruth julie olivia
  joyce virginia victoria kelly lauren christina joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann
  sara madison frances kathryn janice jean abigail alice julia judy sophia grace denise amber doris marilyn danielle beverly isabella
  theresa diana natalie brittany charlotte marie kayla alexis lori hillary melania ivanka carly nikki elise condoleezza madeleine
  hilary chelsea huma kellyanne tulsi kirsten kamala dianne nancy claire jeanne susana loretta valerie jen jill ellen kate katie
  tiffany megyn rosa carla paula tina wendy tammy jan jane anne annie kay lynn lynne leah lena lucy lydia maggie marcia margot
  michele mia molly monica naomi nina nora norma pam peggy penny phyllis rhonda rita robin robyn rose roxanne sally sheila sherry
  sonia stacey stacy sue suzanne sylvia tara tanya theresa tracy vanessa vera veronica vicki vivian yvonne angelina aung indira
  benazir golda christiane ursula annalena angela theresa sanna mette magdalena ana ines isabel carmen lucia elena natalia olga
  tatiana irina svetlana yulia julia ekaterina galina ludmila marina oksana maia kaja ingrida dalia salome vjosa atifete kolinda
  najla fatima aisha khadija leila layla mariam maryam nadia noor samira yasmin zainab zeinab hanan federica margrethe stella
  nguyen-thi sheikh-hasina hasina sushma sonia priyanka mamata jayalalitha megawati corazon gloria leni park-geun-hye tsai chrystia
  jacinda penny julie marise louise melanie helle erna solveig ine anniken tarja jutta tytti ebba margot ann linde heidi wanda
  beata ewa agnieszka malgorzata joanna katarzyna zuzana natasha yasmine ghada amal dina rania asma fawzia sigrid mina rola inas
  gabriela claudia patricia delcy dilma cristina michelle laura epsy mireya xiomara rosario marta keiko dina jeanine luisa betsy
  debbie donna becky kristen kristin jocelyn kaitlyn brianna allison alison amelia bonnie bridget caroline cathy cecilia constance
  daisy dana darlene dawn eileen elaine eleanor erica erin esther ethel eva faith florence gail geraldine gina gretchen gwen holly
  ida irene iris ivy jackie jamie janine jasmine jeanette jenna jenny jodi josephine joy juanita june karla kathy katrina kendra
  kristina lara latoya leslie lillian lorraine louise mabel marian marianne marjorie meghan melinda mildred miriam nellie olive
  priscilla rachael ramona regina rosemary roberta ruby sabrina shannon shelly sherri sofia sonya stefanie stella tamara thelma toni
  trudy ursula velma viola wilma zoe mahnaz parisa shirin zahra`)

const MALE = words(`
  james robert john michael david william richard joseph thomas charles christopher daniel matthew anthony mark donald steven paul
  andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry
  justin scott brandon benjamin samuel gregory alexander frank patrick raymond jack dennis jerry tyler aaron jose adam nathan henry
  douglas zachary peter kyle noah ethan jeremy walter christian keith roger terry austin sean gerald carl harold dylan arthur lawrence
  jordan jesse bryan billy bruce gabriel joe logan alan juan albert willie elijah wayne randy vincent mason roy ralph bobby russell
  bradley philip eugene barack bernie ted marco jeb ben chris mike mitt rand rick jim tim tom tommy bob bill will al newt rudy
  lindsey martin lincoln corey paul mitch harry chuck steve jeff dan dave don doug ed fred greg hank ian jay jared john jon josh ken
  kirk kurt lance lee len leo leon lewis lloyd lou louis lucas luke luis manuel marcus mario martin marvin matt maurice max mel miguel
  mickey milton nate neil nick norman oliver oscar pablo pat pedro pete phil preston ray reggie reince rex rob rod rodney roland ron
  ross rush sam sebastian seth shane shaun sheldon sid simon stan stanley stuart sylvester terrence theodore todd tony trey trevor
  troy vernon victor wade wallace warren wesley winston xavier yuri vladimir sergey sergei dmitry dmitri mikhail boris igor ivan oleg
  alexei aleksei aleksandr alexandr nikolai nikolay konstantin maxim andrey andrei anton viktor volodymyr petro pavlo denys anatoly
  yevgeny leonid emmanuel jean jean-yves jean-claude francois nicolas jacques pierre laurent bruno olivier gerard michel alain
  frank-walter sigmar heiko olaf helmut gerhard wolfgang joachim jens hans klaus horst matteo silvio giuseppe luigi paolo enzo mario
  angelo sergio antonio pedro mariano jose-manuel josep javier felipe juan-carlos xi jinping li-keqiang wang shinzo fumio taro yoshihide
  kim narendra rajiv rahul subrahmanyam imran nawaz shah asif bilawal ashraf hamid abdullah mohammed mohammad muhammad mohamed ahmed
  ahmad ali hassan hussein husein omar khalid khaled khalifa fayez sameh abdel abdul ibrahim ismail mahmoud mustafa osama saad salman
  recep tayyip mevlut bashar walid faisal adel nabil riyad saeb benjamin avigdor yair ehud shimon ariel yitzhak hassan javad rouhani
  mohammad-javad ban kofi antonio boutros ghassan stefan martin staffan geir jan lakhdar kassym-jomart nursultan islam shavkat ilham
  nikol serzh edmon aliaksandr alyaksandr andrzej donald jaroslaw radoslaw viktor peter milos andrej robert zoran aleksandar ivica
  hashim ramush edi sali nikos alexis kyriakos george antonis costas bashir idriss muammar moammar abdelaziz abdelmadjid moncef beji
  kais joko susilo rodrigo benigno najib mahathir anwar lee prayut thaksin thein jair luiz lula michel mauricio nestor hugo nicolas
  evo rafael alvaro andres enrique vicente felipe raul fidel miguel daniel justin stephen jean-pierre paul scott malcolm tony kevin
  john winston bill boyko borut marek lars carl jonas stefan ulf niels anders jyrki juha alexander matti timo toomas andrus artis
  gitanas linas valdis arturs aivars edgars krisjanis andris jacob cyril thabo nelson jacob robert emmerson uhuru raila yoweri paul
  abiy hailemariam meles omar abdalla goodluck muhammadu olusegun nana macky alassane alpha joao jose filipe felix joseph denis
  derek dwight earl edgar edwin elliot ernest floyd francis franklin garrett gavin glen glenn gordon graham guy harvey herbert herman
  homer howard hugh irving isaac ivan jake jamal javier jermaine jerome joel johnny jorge julian karl kelvin kent kyle lamar leonard
  leroy leslie lester lionel lonnie luther malcolm marshall melvin mitchell morris nelson omar orlando otis perry quentin rafael
  ramon randall rene reuben ricardo roberto rocky roman ronnie ruben rufus salvador santiago saul sherman spencer tyrone virgil
  wendell wilbur wilson woodrow`)

/** What a first name says about "he" and "she"; null where it says nothing. */
export function genderOfFirstName(name: string): 'f' | 'm' | null {
  const lower = name.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '')
  const female = FEMALE.has(lower)
  const male = MALE.has(lower)
  return female === male ? null : female ? 'f' : 'm'
}
