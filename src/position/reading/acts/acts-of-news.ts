/**
 * How foreign news tells acts, by class. Of each class `on`: what brings a thing about or lets it go on, and `off`: what
 * ends it or keeps it away. "Troops stay" and "troops are sent" are on, "troops come home" is off; whether that is for or
 * against a proposition follows from the side its own act stands on.
 *
 * Words are matched in all their forms; `~` stands for up to four words between, `a/b` for either.
 */
export type ActClass = { readonly name: string; readonly on: string; readonly off: string }

export const ACT_CLASSES: readonly ActClass[] = [
  {
    name: 'ban',
    on: `impose, ban, prohibit, prohibition, outlaw, forbid, bar, slap, tighten, extend, renew, prolong, keep ~ in place, stay in place, remain in place, remain in force, stay in force, blacklist, freeze ~ assets, freeze ~ accounts, froze ~ assets, add ~ to ~ list, package of, widen, broaden,
      reimpose, penalise, punish, punitive, enforce, maintain, keep up, uphold, keep, stay, remain, stiffen, toughen, harsher, bite, turn ~ screw, crack down, expand, introduce, levy, illegal, here to stay, stay cut off, remain cut off, keep ~ out of, embargo, moratorium, restrict, restriction, curb, clamp, retain, adopt, apply, bring in, charge`,
    off: `lift, lifting, ease, easing, relax, relaxation, scrap, repeal, do away with, drop, waive, waiver, allow, permit, legalise, strike ~ off, struck off, delist, take ~ off ~ list, remove, removal, exempt, exemption, roll back, unfreeze, dismantle, rescind, revoke, overturn, abolish, abolition, end, suspend, loosen, soften, unwind, must go, has to go,
      let ~ lapse, let ~ expire, lapse, expire, run out, relief, outlive, have ~ day, axe, cancel, go on ~ work, go on ~ fish, thrown open, free to, may again, again be able, undo, sunset, hurt ~ more than, useless, unjust`,
  },
  {
    name: 'presence',
    on: `stay, remain, stay put, stay on, stay behind, remain in place, keep ~ in, keep ~ there, hold ~ posts, hold ~ ground, station, deploy, dig in, stick around,
      not go anywhere, here to stay, there to stay, dispatch, send, reinforce, bolster, beef up, top up, mandate ~ extend, extend ~ mandate, extend ~ mission,
      prolong ~ mission, extend ~ stay, man, garrison, set up camp, move in, march in, take up position, take up ~ post, stand guard, serve on, contribute,
      return to ~ post, go back to, keep ~ flag flying, unpack, presence, deployment, put ~ boots on the ground, boots on the ground, commit ~ troops, second, leave ~ in place`,
    off: `wound up, wound down, withdraw, withdrawal, pull out, pullout, pull back, pullback, leave, depart, departure, bring ~ home, come home, call ~ home, call ~ back, order ~ home, order ~ out, send ~ home,
      ship ~ home, ship out, fly ~ home, fly ~ out, fly home, evacuate, vacate, quit, wind up, wind down, draw down, drawdown, march out, pack up, pack ~ bags, strike camp,
      haul down ~ flag, lower ~ flag, lower ~ flag for the last time, head home, head for home, homecoming, on ~ way home, exit, bow out, disengage, recall, summon ~ home, hand over ~ base,
      take ~ out of, move ~ out, get out, go home, clear out, set sail for home, return home, retreat, leave ~ soil, go ~ bag and baggage, turn ~ back on, last ~ out, no business in,
      bring back, repatriate, demobilise, stand down, roll out of, roll back across, embark for home`,
  },
  {
    name: 'access',
    on: `open, reopen, unlock, unseal, throw open, fling open, swing open, barrier ~ go up, barrier ~ lift, lift ~ barrier, raise ~ barrier, let ~ through, let ~ in, let ~ pass,
      wave ~ through, allow ~ through, allow ~ in, pass through, may cross, free passage, safe passage, grant ~ passage, give ~ passage, cut ~ ribbon, clear ~ to land, let ~ land,
      let ~ dock, cross ~ again, roll into, roll across ~ again, back in business, unblock, open to traffic, welcome ~ ships`,
    off: `close, shut, seal, seal off, bar, block, padlock, barricade, turn ~ back, turn ~ round, fence off, lock, bolt, shutter, closure, no entry, off limits, barrier ~ come down, barrier ~ go down,
      barrier ~ stay down, barrier ~ remain down, lower ~ barrier, slam ~ shut, brick up, keep ~ out, not ~ let through, deny ~ access, deny ~ passage, wall off, cordon off, out of bounds, stop at the border`,
  },
  {
    name: 'supply',
    on: `supply, deliver, delivery, send, ship, shipment, provide, sell, sale, export, fly in, fly ~ to, hand over, arm, equip, donate, load for, keep ~ come, keep ~ flow, flow, make available, airlift, truck, on ~ way to,
      freighter ~ left, convoy ~ left, licence, license, let ~ have, furnish, outfit, part with, empty ~ depots, lend, lease, gift, go to, go out to, despatch, dispatch, pour, channel, leave port for, set sail for, unload`,
    off: `withhold, halt, freeze, suspend, suspension, stop, cut off, hold back, hold up, dry up, turn off ~ tap, turn off ~ taps, choke off, embargo, impound, stay in ~ depot, keep ~ under lock, keep ~ for ~ own use,
      revoke ~ licence, cancel ~ licence, not ~ another, not ~ single, without another, stem, pull ~ plug, keep ~ from reaching, stay at home, not leave ~ depot, not leave ~ soil, do without, unavailable`,
  },
  {
    name: 'pay',
    on: `pay, payment, fund, finance, contribute, contribution, pledge, donate, donation, bankroll, foot ~ bill, pick up ~ bill, pick up ~ tab, chip in, underwrite, cheque, earmark, set aside, allocate, disburse, pour ~ into, pay into,
      put ~ into, put up, dig into ~ pocket, dig deep, open ~ purse, stump up, cough up, top up, transfer, settle ~ bill, make ~ good, compensate, compensation, reimburse, bear ~ cost, shoulder ~ cost, inject, invest`,
    off: `cut, cut off, withhold, slash, stop, cancel, suspend, freeze, axe, default, halt, close ~ purse, turn off ~ tap, turn off ~ taps, pull ~ money, not ~ penny, not ~ cent, not ~ crown, not ~ dime, not ~ farthing, no money for, no more money,
      owe nothing, keep ~ wallet, keep ~ hands in ~ pockets, dry up, strike ~ from the budget, pull ~ plug, tighten ~ purse`,
  },
  {
    name: 'buy',
    on: `buy, purchase, import, order, procure, acquire, take delivery, source, burn, sign ~ contract, sign ~ supply, place ~ order, take ~ fuel, keep buying, flow, draw ~ from, renew ~ contract, tap, shop`,
    off: `wean, do without, turn ~ back on, phase out, phase-out, cut ~ ties, let ~ lapse, let ~ run out, let ~ expire, shun, boycott, replace, kick ~ habit, go without, ban, bar, look elsewhere, last ~ shipment, last ~ delivery,
      last ~ cargo, stop, end, embargo, valves ~ shut, shut ~ valves, valve ~ close, close ~ valve, cancel ~ contract, cancel ~ order, tear up ~ contract, independent of, free itself of, refuse delivery, cease`,
  },
  {
    name: 'belong',
    on: `join, accede, accession, enter, entry, apply to, apply for, application, membership, seek ~ membership, seek ~ admission, take ~ seat, sign up, belong, stay, remain, stay in, stay inside, adhere, admission, admit, become ~ member, member,
      take part, participate, participation, keep ~ seat, keep ~ chair, contribute, come aboard, climb aboard, on board, get on board, party to, stick with, place in, at the table, part of, raise ~ hand for, send ~ soldiers, come in from the cold,
      in the fold, return to the fold, earn ~ chair, still here, a seat in, a seat at`,
    off: `quit, leave, withdraw, withdrawal, pull out, walk out, exit, pull ~ application, pull ~ bid, drop ~ bid, drop ~ application, abandon ~ bid, withdraw ~ application, withdraw ~ bid, shelve ~ bid, freeze ~ bid, stay out, stay outside, turn ~ back on, keep out, opt out, bow out,
      secede, departure, renounce ~ membership, suspend ~ membership, give ~ notice, hand in ~ notice, no part in, part company, go it alone, part ways, keep ~ distance, stay away, keep away, expel, walk away, resign ~ seat, vacate ~ seat, boycott, on ~ own, steer clear, have nothing to do with`,
  },
  {
    name: 'treaty',
    on: `sign, ratify, ratification, initial, put ~ name to, put ~ names to, put ~ signature, affix ~ signature, signature, deposit ~ instrument, accession papers, deposit ~ instrument of ratification, deposit ~ instrument of accession, approve, approval, endorse, adopt, adoption, accept, conclude, seal, ink, clinch, honour, honor,
      abide by, comply, implement, implementation, uphold, enter into force, come into force, stay in force, remain in force, keep ~ in force, come into effect, take effect, apply, stick to, stand by, stay in, remain in, remain ~ party, stay ~ party, lay before parliament, put to parliament, send to parliament, submit to parliament, put to ~ vote, transpose, carry out, put into practice,
      respect, observe, strike ~ deal, strike ~ bargain, reach ~ deal, reach ~ agreement, agree on, join, accede, keep ~ word, become ~ party, bind, extend, renew, prolong, say yes to, write ~ into law, shake hands on, breathe ~ life into, revive, rejoin, serve ~ well`,
    off: `tear up, rip up, denounce, scrap, shelve, repudiate, abrogate, walk away, walk out of, withdraw, withdrawal, pull out, quit, leave, exit, renege, reject, rejection, shred, bury, consign to, cancel, terminate, freeze, suspend, dead, dead letter, bin, ditch, give ~ notice, breach, violate, send ~ back, vote down,
      strike down, mothball, put ~ on ice, put ~ on hold, annul, void, null and void, ask too much, ask ~ too much of, let ~ lapse, let ~ expire, let ~ run out, lapse, expire, no longer bound, turn ~ back on, back out, disown, dustbin, waste paper, worth ~ paper, bad deal, unravel, let go of, outlive`,
  },
  {
    name: 'recognise',
    on: `recognise, recognition, establish ~ relations, open ~ relations, full diplomatic relations, establish ~ ties, upgrade ~ relations, regard ~ as ~ lawful, regard ~ as ~ legitimate, treat ~ as ~ state, as ~ sovereign, receive ~ envoy, receive ~ credentials, accept ~ credentials,
      present ~ credentials, accredit, acknowledge, exchange ambassadors, raise ~ flag, open ~ embassy, call ~ by ~ name, a state like any other, among ~ nations, lawful authority, legitimate authority, sole representative, deal with ~ as`,
    off: `withdraw ~ recognition, derecognise, withhold ~ recognition, break off ~ relations, break off ~ ties, break ~ relations, sever, sever ~ ties, sever ~ relations, cut ~ ties, cut off ~ ties, anything other than ~ province, part of ~ territory, usurper, illegal entity, puppet, so-called, breakaway, hand ~ envoy ~ papers,
      suspend ~ recognition, no such country, no such state, no such thing, close ~ embassy, revoke ~ recognition, rescind ~ recognition, turn ~ envoy away`,
  },
  {
    name: 'talks',
    on: `talk, talk to, talk with, negotiate, negotiation, sit down with, sit at ~ table, sit across, hold talks, enter ~ talks, open ~ talks, channel, dialogue, reach out, hold out ~ hand, extend ~ hand, come to ~ table, return to ~ table, back at ~ table, around ~ table, parley, round of, engage, engagement,
      face to face, shake ~ hand, shake hands, contacts, meet, meeting, partner, receive ~ delegation, open ~ door, door ~ open, exchange with, send ~ negotiator, send ~ emissary, hear ~ out, compromise with, mend fences, break ~ ice, thaw, bargain with`,
    off: `shut ~ door, close ~ door, slam ~ door, door ~ shut, door ~ closed, door ~ bolted, break off, walk out, cut off ~ contact, cut ~ contact, sever ~ contact, nothing to talk about, nothing to discuss, nobody to talk to, no partner, freeze ~ contact, suspend, call off, cancel, leave ~ table, rise from ~ table, get up from ~ table, not bargain, refuse to meet,
      turn ~ back on, give ~ cold shoulder, rebuff, snub, spurn, waste of time, wasted breath, pointless, fight ~ to the end, crush, wipe out, hang up, cut ~ line`,
  },
  {
    name: 'extradite',
    on: `extradite, extradition, hand ~ over, handover, surrender, deliver up, turn ~ over, send ~ to, put ~ on ~ plane, put aboard, put ~ aboard, transfer, give ~ up, fly ~ to, belong before, face ~ judges, face ~ court, stand trial, deport, render, escort ~ to ~ airport`,
    off: `shelter, asylum, protect, harbour, harbor, refuge, let ~ stay, may stay, stay where ~ is, remain at liberty, set ~ free, out of reach, safe haven, sanctuary, free to go, citizenship`,
  },
  {
    name: 'free',
    on: `free, release, let go, set free, let ~ go, pardon, amnesty, liberate, liberation, hand back, hand ~ back, on ~ way home, go home, come home, return ~ to ~ families, acquit, let ~ out, let off, commute, walk free, walk out of, swap, exchange, back with ~ families, clemency, at liberty, unlock ~ cells, open ~ cells, reprieve, grant ~ freedom, parole`,
    off: `detain, keep behind bars, behind bars, jail, imprison, hold, keep ~ in custody, remain in custody, lock up, lock ~ away, serve ~ sentence, serve ~ term, stay in ~ cell, stay in prison, stay in jail, answer to ~ judge, answer for, keep ~ locked, rot, life sentence, seize, round up, arrest, throw ~ in jail, throw away ~ key`,
  },
  {
    name: 'receive',
    on: `take in, take ~ in, receive, admit, accept, shelter, host, accommodate, house, give ~ home, given homes, find ~ home, resettle, resettlement, grant ~ asylum, a bed in, count on ~ bed, count on ~ roof, a roof, welcome, open ~ door, open ~ gates, let in, let ~ in, let ~ stay, relocation, place for, room for, open ~ arms, asylum, integrate, relocate, share, taken off`,
    off: `turn ~ back, turn ~ away, turned back, deport, deportation, send ~ back, expel, expulsion, keep ~ out, push ~ back, pushback, refuse ~ entry, close ~ door, shut ~ door, close ~ gates, no room, no more room, full up, boat ~ full, bar ~ entry, deny ~ entry, fence, wall, intern, reject, go back where, put ~ on ~ plane, stop ~ at ~ border, return`,
  },
  {
    name: 'resume',
    on: `resume, resumption, restart, restore, restoration, relaunch, revive, reopen, begin ~ again, start ~ again, come back, take off ~ again, land ~ again, fly ~ again, take up ~ again, pick up where, pick up again, back to work, back at work, back on track, back in ~ air, unfreeze, rekindle, reinstate, reconnect, land in, fly to, go on, continue, touch down, back to normal`,
    off: `suspend, suspension, halt, ground, cancel, cancellation, break off, interrupt, freeze, stop, stay grounded, remain suspended, stay suspended, stay on hold, keep ~ suspended, cease, discontinue, stay away, stay in ~ shed, cut, sever, abandon, abandoned`,
  },
  {
    name: 'host',
    on: `host, house, accommodate, have ~ on ~ soil, on ~ soil, allow ~ to use, let ~ use, lease, make room, provide ~ land, offer ~ site, offer ~ home, open ~ gates to, welcome, invite, receive, give ~ home to, station, extend ~ lease, renew ~ lease, hold`,
    off: `expel, evict, kick ~ out, throw ~ out, show ~ door, give ~ notice, revoke ~ lease, cancel ~ lease, oust, send ~ packing, ask ~ to leave, tell ~ to leave, order ~ to leave, must leave, close, declare ~ persona non grata, persona non grata, pack ~ bags, terminate ~ lease, boot ~ out, uninvite, disinvite`,
  },
  {
    name: 'build',
    on: `build, construct, construction, complete, completion, finish, lay ~ foundation stone, laid ~ foundation, break ground, broke ground, turn ~ sod, erect, pour ~ concrete, go up, start work, on stream, launch, commission, go ahead, dig, fill, start up, switch on, put ~ into operation, lay ~ first, lay ~ pipe, expand, develop, impound, store, under way, on schedule, take shape, inaugurate`,
    off: `cancel, scrap, shelve, abandon, mothball, drop, freeze, bury, ditch, halt, stop, pull ~ plug, dismantle, tear down, pull down, demolish, never ~ be built, put ~ on ice, put ~ on hold, stay on paper, remain on paper, stay on ~ drawing board, back to ~ drawing board, decommission, axe, leave ~ unbuilt, stay as ~ was, too expensive, too dear, gather dust`,
  },
  {
    name: 'keep',
    on: `keep, keep ~ open, keep ~ running, keep ~ manned, maintain, retain, preserve, run, staff, continue, stay open, stay, remain, go on, go on ~ turn, not part with, safeguard, indispensable, hold on to, cling to, stick to, stick with, stand by, defend, represent, need, here to stay, uphold, man, prove ~ worth`,
    off: `close, closure, shut, shut down, scrap, give up, abandon, dismantle, switch off, turn off, pull ~ plug, wind up, disband, sell, sell off, mothball, axe, decommission, abolish, do away with, leave, withdraw, recall, get rid of, lock ~ gate, dispense with, part with, phase out, drop, pull out, retire, summon ~ home, come home, bring ~ home, hand back ~ keys, shutter, run ~ course`,
  },
  {
    name: 'hold',
    on: `hold, stage, go ahead, take place, call, convene, set ~ date, fix ~ date, schedule, organise, host, go to ~ polls, cast ~ ballots, as planned, on time, on schedule, proceed, kick off, open, carry on with`,
    off: `cancel, cancellation, postpone, postponement, call off, put off, delay, scrap, boycott, push back, adjourn, put ~ on hold, put ~ on ice, drop, suspend, abandon, not ~ time for, off ~ calendar, strike ~ from ~ calendar, shelve`,
  },
  {
    name: 'attend',
    on: `attend, attendance, take part, take ~ seat, go to, travel, travel to, send ~ delegation, send ~ team, send ~ athletes, participate, show up, turn up, compete, represent, accept ~ invitation, set foot, be there, on ~ plane to, pack ~ bags for, fly to, march in ~ stadium, run up ~ flag, appear`,
    off: `boycott, stay away, shun, skip, snub, keep away, stay at home, stay home, leave ~ chair empty, empty chair, chair ~ empty, decline ~ invitation, turn down ~ invitation, return ~ invitation, send ~ regrets, send ~ apologies, not ~ set foot, give ~ miss, withdraw, pull out, absent, without us, watch ~ on television`,
  },
  {
    name: 'trial',
    on: `try, prosecute, prosecution, put ~ on trial, on trial, trial, answer to ~ judge, answer for, face ~ court, face ~ judges, face ~ charges, charge, indict, indictment, punish, punishment, bring ~ to justice, bring ~ to book, investigate, investigation, refer ~ to, stand trial, hold ~ to account, to account, before ~ court, before ~ judge, open ~ case, sentence, convict, in the dock, send ~ to ~ court`,
    off: `amnesty, pardon, drop ~ charges, drop ~ case, let ~ off, clemency, immunity, shield, forgive, close ~ case, close ~ file, shelve ~ case, let bygones, draw ~ line under, wipe ~ slate, spare, go free, walk free, mercy, bury ~ past, forgiveness, reconcile`,
  },
  {
    name: 'truce',
    on: `truce, ceasefire, armistice, hold ~ fire, cease fire, cease ~ fire, silence ~ guns, guns ~ silent, guns ~ fall silent, lay down ~ arms, stop shooting, stop firing, halt ~ offensive, end ~ fighting, stop ~ fighting, stop ~ war, end ~ war, holster, hold ~ guns, call off ~ offensive, peace`,
    off: `fight on, keep fighting, go on fighting, resume ~ fighting, resume ~ offensive, press on, press ~ offensive, press home, fight to ~ end, war ~ go on, war ~ continue, attack, strike, bomb, shell, storm, not lay down, to ~ last man, until victory, victory, crush, reopen fire, open fire, break ~ truce`,
  },
  {
    name: 'debt',
    on: `forgive, write off, write-off, written off, cancel, cancellation, waive, wipe out, wipe ~ slate, strike out, let ~ off, relief, debt relief, tear up ~ bill, remit`,
    off: `repay, repayment, pay back, pay ~ back, collect, insist on payment, every ~ cent, every ~ crown, every ~ penny, last ~ cent, to the last, honour ~ debts, call in ~ loan, call in, owe, settle ~ bill, on time and in full`,
  },
  {
    name: 'disarm',
    on: `disarm, disarmament, give up ~ weapons, give up ~ arms, hand in ~ weapons, hand in ~ rifles, hand over ~ weapons, surrender ~ weapons, lay down ~ arms, destroy, destruction, dismantle, renounce, scrap, eliminate, beat ~ swords, decommission, mothball, freeze, melt down`,
    off: `rearm, keep ~ weapons, keep ~ arms, hold on to ~ weapons, build up, stockpile, test, enrich, develop, hang on to, cling to, not give up, modernise, arm itself, spin ~ centrifuges, deterrent, point ~ at`,
  },
  {
    name: 'inspect',
    on: `inspect, inspection, let ~ in, admit, open ~ doors, open ~ gates, give ~ access, grant ~ access, grant ~ visas, access, cooperate, cooperation, work with, check, verify, look around, free run, cameras ~ back on, show ~ round, answer ~ questions`,
    off: `bar, keep ~ out, deny ~ access, refuse ~ access, throw ~ out, expel, expulsion, seal, lock out, block, switch off ~ cameras, tear out ~ cameras, remove ~ seals, break ~ seals, off limits, stop cooperating, end ~ cooperation, suspend ~ cooperation, spies, spy, hinder, turn ~ away, unplug`,
  },
  {
    name: 'raise',
    on: `raise, increase, boost, expand, expansion, step up, double, treble, triple, quadruple, add, lift ~ to, put up, ramp up, scale up, enlarge, bump up, grow, top up, more than double, hike, widen, strengthen, upgrade`,
    off: `cut, reduce, reduction, trim, slash, halve, lower, scale back, scale down, pare, shrink, curtail, bring down, freeze, downgrade, thin out, whittle, clip, prune, roll back, rein in, dial down`,
  },
  {
    name: 'mediate',
    on: `mediate, mediation, mediator, go-between, bring ~ together, good offices, broker, facilitate, shuttle, bridge, host ~ talks, arbitrate, carry messages, honest broker, referee`,
    off: `give up ~ mediation, lay down ~ mandate, bow out, wash ~ hands, stay out, keep out, leave ~ to ~ themselves, not ~ referee, none of our business, sort ~ out between themselves, not meddle`,
  },
  {
    name: 'apologise',
    on: `apologise, apology, say sorry, sorry, beg ~ pardon, ask ~ forgiveness, ask ~ pardon, express ~ regret, regret, acknowledge, admit, bow ~ head, kneel, own up, accept ~ responsibility, take ~ responsibility, plead guilty`,
    off: `nothing to apologise, no apology, no reason to apologise, nothing to be ashamed, nothing to regret, deny, stand by ~ actions, proud, owe ~ nothing`,
  },
  {
    name: 'privatise',
    on: `privatise, privatisation, sell, sell off, put ~ up for sale, on ~ block, under ~ hammer, offer ~ to investors, float, auction`,
    off: `nationalise, nationalisation, keep ~ in state hands, state hands, public hands, not for sale, take ~ into ~ ownership, family silver, buy back, remain ~ property`,
  },
  {
    name: 'return',
    on: `return, go back, go home, come back, come home, take ~ back, give ~ back, hand ~ back, hand back, restitute, restitution, restore ~ to, repatriate, send ~ home, homecoming, back in ~ villages, rightful owners, crate ~ for`,
    off: `stay where ~ is, stay where ~ are, remain where, keep, hold on to, stay in ~ museum, remain in ~ museum, stay, settle for good, never go back, no way back, belong to`,
  },
]

/** What is said of any act or thing: to let it happen, and to be for it. */
export const ALLOWS = `
  sign, ratify, ratification, put ~ name to, put ~ signature, deposit ~ instrument, deposit ~ instrument of ratification, adopt, introduce, invite, draw up, the least ~ can do, desirable, essential,
  support, back, backing, endorse, endorsement, favour, in favour of, favor, in favor of, vote for, vote in favour, vote in favor, raise ~ hand for, raise ~ hand in favour, champion, stand behind, throw ~ weight behind, put ~ weight behind,
  co-sponsor, plead for, advocate, welcome, side with, stand up for, green light, give ~ nod, nod through, seal of approval, give ~ blessing, bless, thumbs up, sign off on, give ~ consent, agree, agree to,
  say yes, approve, accept, accede to, no objection, not object, not oppose, not stand in ~ way, stand aside, clear ~ way, pave ~ way, smooth ~ path, give ~ go-ahead, give ~ go ahead, go ahead, press ahead, push ahead, push through, forge ahead, embrace, give ~ all-clear,
  come round to, come around to, warm to, open to, in principle yes, fight for, call for, appeal for, plea for, press for, push for, lobby for, ask for, insist on, long overdue, overdue, in our interest, serve ~ interest, right thing,
  good thing, wave through, remain committed, commit to, committed to, stick to, stand by, make good on, determined to, go along with, found on the side of, lift ~ veto, withdraw ~ veto, drop ~ veto, drop ~ objections, drop ~ opposition, drop ~ resistance, abandon ~ opposition,
  lift ~ objection, end ~ opposition, give up ~ resistance, overcome ~ reservations, end ~ resistance, withdraw ~ objection, worth ~ every, indispensable, earn ~ place, necessary, starts in, start ~ come what may`

/** To keep any act or thing from happening, and to be against it. */
export const REFUSES = `
  amount to meddling, meddling, interference,   hesitate to, hesitate,   unfair, unwise, gift to, harmful, relic, relics, plain wrong, misguided, reckless,   reject, rejection, refuse, refusal, rule out, oppose, opposition to, object to, objection to, veto, block, vote against, vote down, vote no, came out against, come out against, speak out against, condemn, denounce, resist, fight against, fight ~ tooth and nail,
  off ~ table, out of ~ question, no part in, shelve, scrap, ditch, axe, call off, pull ~ plug, put ~ on ice, on ice, put ~ on hold, put ~ on ~ back burner, back burner, walk away, turn down, turn ~ thumbs down, thumbs down, say no, wash ~ hands of,
  dead in ~ water, buried, have no place, no place for, not on, unacceptable, unthinkable, inconceivable, recipe for, folly, mistake, error, do away with, bar, prevent, prohibit, forbid, ban, stand in ~ way of, stand against, torpedo, scupper, sink, kill off, kill,
  nip ~ in ~ bud, rebuff, spurn, dismiss, decline, refrain, abstain from, desist, throw out, strike down, reverse, rescind, revoke, cancel, abandon, give up, give up on, drop, abolish, end, put ~ end to, bring ~ end, bring ~ close, an end to, terminate, discontinue, halt, stop, cease, suspend, freeze, back away from, back out of, back down,
  backtrack, pull back from, turn ~ back on, renounce, forgo, forswear, swear off, over ~ dead body, cross ~ red line, red line, non-starter, anathema, slap in ~ face, useless, unjust, indefensible, premature, no earthly reason, no reason to, no point in, no sense in, no grounds for, no case for, no question of, no need for, no need to, no use,
  no intention of, no plan to, no plans to, no wish to, no appetite for, no room for, have had enough, outlive, had its day, run ~ course, meet with ~ objection, pay no heed, close ~ door, shut ~ door, slam ~ door, bolt ~ door, cannot be partner, put paid to, ask too much, an affront, at ~ expense of, too high ~ price`

/** Says of an appeal that it is not heard: what it asks for is refused. */
export const BRUSHED_ASIDE = `
  brush aside, brush off, dismiss, shrug off, rebuff, resist, defy, ignore, reject, turn down, wave away, wave aside, spurn, refuse, deaf to, deaf ear to, despite, in spite of, in defiance of, throw out, scoff at, laugh off, vote down, decline`
