/**
 * What foreign news is about, one kind a line: the words a second sentence may call the same thing by. Wider than the
 * concepts: a battalion is no brigade, but both are the troops of the sentence before.
 */
export const THINGS = `
  troops soldiers soldier troop force forces battalion battalions contingent regiment brigade garrison infantry marines peacekeepers peacekeeper detachment unit units company platoon servicemen paratroopers engineers sappers army military men corps deployment mission division
  trainers instructors trainer instructor advisers adviser advisors
  police policemen gendarmes officers constables
  gas fuel lng pipeline methane molecule
  oil crude petroleum tanker tankers barrel barrels
  energy electricity power current grid
  coal lignite
  uranium enrichment centrifuges centrifuge reactor reactors nuclear isotopes
  grain wheat corn maize barley cereals cereal harvest flour bread rye oats
  fish fishing fishery fisheries trawling trawl trawlers trawler cod herring capelin tuna
  whales whaling whale harpoons harpoon minke
  ivory tusks elephants
  timber logs logging wood
  farm farming beef dairy milk cheese meat cattle sugar rice fruit
  refugees refugee migrants migrant asylum displaced exiles exile families newcomers boatpeople deportees evacuees
  weapons weapon arms munitions ammunition shells shell missiles missile tanks tank howitzers howitzer rifles guns hardware jets drones drone interceptors armour mortars rockets rocket carriers warheads
  mines landmines landmine minefields
  sanctions sanction embargo penalties blacklist restrictions restriction curbs measures punishment
  assets accounts reserves funds holdings deposits
  banks bank lenders lender
  treaty convention pact accord agreement deal protocol charter text compact bargain covenant arrangement instrument settlement memorandum
  border crossing frontier checkpoint barrier barriers bridge gate pass crossings
  airspace skies sky overflight overflights
  port ports harbour harbours quay docks wharf terminal
  strait straits channel waterway canal waters
  embassy chancery legation consulate mission embassies
  ambassador envoy representative diplomat diplomats charge
  inspectors inspector watchdog agency monitors inspections inspection experts
  observers observer monitors monitor watchers
  militia militias rebels rebel gunmen front insurgents insurgent guerrillas guerrilla fighters movement junta commanders commander
  hostages hostage captives captive prisoners prisoner detainees detainee sailors sailor crew inmates pilots pilot abducted
  aid relief assistance blankets tents medicine medicines supplies help humanitarian
  fund money contribution cheque kitty share donation grant sum
  dam reservoir barrage wall weir
  railway rail line track train trains
  road motorway tunnel highway bridge
  pipe pipeline conduit link
  base barracks camp outpost fort installation bases post station facility
  radar station antenna dish
  flights flight aircraft planes plane airline airlines carrier airliner jet route air
  ships ship vessels vessel fleet navy frigates frigate boats boat flotilla freighter freighters warships warship hulls hull cutters
  tribunal court chamber judges judge bench
  crimes crime atrocities atrocity massacre massacres killings murders slaughter
  election elections vote polls poll ballot voting
  referendum plebiscite
  parliament assembly deputies lawmakers
  union bloc club alliance council league community federation organisation
  customs tariff tariffs duty duties levy toll fee charge tax
  debt debts loan loans credit credits bonds arrears
  price cap ceiling limit
  quota quotas share shares
  mining mine dredging nodules seabed
  settlements settlement settlers settler outposts
  games olympics championship tournament athletes competitors team
  summit meeting conference encounter gathering
  truce ceasefire armistice hostilities fighting war
  offensive attack operation assault campaign
  visa visas permit permits
  island islands islet atoll
  statue bust bronzes bronze marbles artefacts treasures manuscripts relics sculptures
  vaccine vaccines doses
  currency coin euro crown
  satellite spacecraft orbit
  cable cables
  broadcaster station channel radio journalists reporters
  genocide slaughter massacre
  emissions carbon climate warming
  wage wages pensions salaries
  party opposition movement
  banker financier businessman tycoon oligarch
  general colonel officer
  mountain highlanders
  dissident activist blogger writer poet
  fugitive suspect accused defendant`

/** What keeps other things away: said of what is kept away it turns the sign, said of itself it does not. */
export const KEEPING_AWAY = `ban, embargo, boycott, moratorium, blockade, suspension, freeze, sanction, veto, prohibition, closure, blacklist, restriction, curb, cordon, quarantine, stoppage, cut-off, withdrawal, pullout, cancellation,
  refusal, opposition, objection, resistance, exclusion, expulsion, limit`

/** Somebody else, as the one who acts: their acts and views are not the speaker's. */
export const OTHER_PEOPLE = `rebels, opponents, critics, opposition, media, newspapers, press, neighbour, neighbours, partners, colleagues, counterpart, counterparts, allies, ally, lawyers, lawyer, generals, admirals, mayors, mayor, hauliers, growers, skippers, experts, analysts,
  observers, commentators, protesters, demonstrators, students, bishops, union, unions, league, lobby, industry, employers, workers, farmers, residents, villagers, voters, deputies, lawmakers, senators, judges, judge, court, mediator, mediators, envoy, envoys, diplomats, guerrillas, militia, gunmen,
  junta, captors, airline, airlines, companies, company, bank, banks, firms, contractors, predecessor, predecessors, coalition, others, some, many, most, people, everybody, somebody, anyone, families, exiles, activists, campaigners, leader, president, king, prince, general, commander, commanders, governor`
