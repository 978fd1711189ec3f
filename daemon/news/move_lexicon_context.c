/* SPDX-License-Identifier: MIT */
/* The lexicon of what governs the words of move_lexicon.c, and of what these act on, in English. How patterns are
 * written is told there. */
#include "news/move_private.h"

/* clang-format off: one pattern is never broken over two lines */
static const MoveLexicon governors[] = {
  { MOVE_CUE_MAY, FALSE,
    "about to|acceptable|advise~|advocate~|against plan~ to|against proposal~ to|agitate~|agree~ general approach|"
    "agree~ in principle|agree~ mandate|agree~ negotiating|agree~ position|aim~|analysts see|angle~ for|angling for|"
    "anticipate~|appeal~ ? to|appeal~ for|appeal~ to|appeals for|applied for|applies for|apply for|argue|argue~ for|"
    "argues|argument for|ask~|asked for|asking for|asks court|asks judge|at odds over|at risk of|attempt~|back~|"
    "battle~ to|beg~|being considered|being discussed|believed to|better to|bid~ for|bids for|big chance|billed|"
    "cabinet approve~ .. amendment|cabinet approve~ .. bill|cabinet approve~ .. changes|cabinet back~ .. bill|"
    "cabinet clear~ .. bill|call for|call grows|call on|call to|called for|called on|calling for|calling on|calls for|"
    "calls grow|calls on|calls to|campaign~ for|campaigning|can|case for|challenge~ .. to|%chamber %pass|champion~|"
    "clamor for|clamour for|clash~ over|clear~ %chamber|clear~ the way|clear~ way for|close to|closer to|"
    "closing in on|coax~|consider~|considering|consult~ on|consultation on|contemplate~|could|counsel~|cries for|"
    "cries out for|cry for|cry out for|dangle~|debate on|demand~|demanding|disagree~ over|discuss~|discussions on|"
    "discussions over|dispute over|divided on|divided over|door open|door to|draft~|draw~ up|due to|eager to|"
    "economists see|edge~ closer|edge~ toward|edge~ towards|encourage~|endorse~|entertain~|eu parliament %pass|"
    "european parliament %pass|evaluate~|every chance|examine~|expect~|expecting|explore~|exploring|eye~|eyeing|"
    "fair chance|far from done deal|favor~|favors|favour~|favours|feasibility|fight~ for|fight~ to|file~|"
    "first reading|float~|floating|forecast~|foresee~|gear~ up to|gets behind|give~ notice|goes before|"
    "goes to %chamber|goes to parliament|goes to vote|good chance|growing calls|growing chance|haggle~|hanker~ for|"
    "happy to|he'd|head~ toward|head~ towards|headed for|heading for|heads for|heads to %chamber|heads to vote|"
    "high chance|hint~|hold~ out hope|hold~ talks on|hold~ talks over|holds talks on|hope~|hurry to|i'd|implore~|"
    "in a bid to|in bid to|in favor of|in favour of|in line for|in play|in sight|in talks|in the cards|in the works|"
    "in two minds|inch~ closer|inch~ toward|inch~ towards|inclined|insist~ on|intend~|intention~|introduce~|invite~|"
    "it'd|itching to|jockey~|keen on|keen to|lawmakers debate|lay~ groundwork|lean~ toward|lean~ towards|"
    "leaning toward|leans|leave~ door open|left^ door open|let|likeliest|likely|line~ up behind|lobby~|long for|"
    "look~ at|look~ to|looks to|make~ case|makes case for|makes the case|markets see|may|members debate|might|"
    "mind~ to|moot~|mooted|moots|more likely|most likely|move to|moves closer|moves to|moving to|mps debate|mull~|"
    "mulled|mulling|must|near~|need~|negotiate~|no decision|no done deal|no objection to|not a done deal|"
    "not done deal|not object|not oppose|not ruled out|not yet final|nudge~|offer~ to|offers|on brink of|"
    "on course for|on course to|on the brink of|on the cards|on the table|on the verge of|on verge of|one step closer|"
    "open for|open to|open~ way|opens door|opens the door|option|options|ought|panel approve~|panel back~|"
    "panel recommend~|parliament committee|pass~ %chamber|pave~ the way|pave~ way|peers debate|penciled|pencilled|"
    "perhaps|persuade~|petition~|pitch~|plan~ to|planning|plans|plead~|pleas for|pledge~|plot~|plots|poised for|"
    "poised to|ponder~|pondering|possibility|possible|possibly|potential|potentially|predict~|prefer~|prefers|"
    "prepare~|prepared to|press~|pressure~|probably|prod~|promise~|propose~|proposed rule|proposed rules|proposing|"
    "prospect~|push~ for|push~ to|race~ to|raise~ possibility|raise~ prospect|raises the prospect|rally~ behind|"
    "rally for|ready for|ready to|real chance|recommend~|recommending|reconsider~|request~ for|rethink~|"
    "review~ whether|revisit~|row over|rumor~|rumored to|rumour~|rumoured to|rush~ to|said to be planning|scenario|"
    "scheduled to|scramble~ to|second reading|see|seeing|seek~|seeking|seen|sees|senators debate|set for|set to|she'd|"
    "should|signal~|slated to|sought^|sound~ out|sources see|speculate~|speculation|split on|split over|"
    "stand~ ready to|step closer|strong chance|struggle~ to|study~|submit~|sue|sue~ to|sues|suggest~|supported|"
    "supporting|supports|table~|tabled|talk~ up|talks about|talks on|talks over|talks to|talks under way|"
    "talks underway|targeting|targets|tease~|the case for|they'd|thought to|throw~ weight behind|time for|time to|"
    "tipped to|to announce|to apply|to ask|to consider|to decide on|to discuss|to propose|to recommend|to seek|"
    "to table|to vote on|told to|tout~|toy~ with|toying with|traders see|try~|trying to|undecided|under consideration|"
    "under discussion|under study|understood to|up for vote|up to|urge~|urging|vie~|vote on|votes on|voting on|vow~|"
    "want~|warn~|we'd|weigh~|weighing|will ask|will consider|will decide|will discuss|will propose|will push|"
    "will seek|will urge|will vote|willing to|win~ committee|wish~|with a view to|within reach|"
    "within touching distance|won't oppose|work~ on|work~ to|would|wrangle~ over" },
  { MOVE_CUE_PLAN, FALSE,
    "amendment|appeal|appeals|application~|bid|bids|bill|bills|call|calls|campaign|demands|drive|effort~|idea|"
    "legislation|measure|motion~|offer~|plan|plea|pleas|proposal~|push|recommendation~|request~|resolution|"
    "suggestion~|talk|vote" },
  { MOVE_CUE_NOT, FALSE,
    "abandon~ bid for|abandon~ bid to|abandon~ plan to|abandon~ plans to|adamantly opposed|against|averse|"
    "back~ away from|back~ away from plan to|backs off plan to|bat~ away|block~|brush~ aside|brush~ off|"
    "came^ out against|can't|cannot|%chamber vote~ against|%chamber vote~ down|close~ door|close~ door on|"
    "closes the door|closes the door on|cold water on|come~ out against|crush~ hopes|dampen~ hopes|dash~ hope|"
    "dash~ hopes|dead set against|deaf to|decide~ against|decline ? plea~|decline ? request~|decline appeal~|"
    "decline bid~|decline call~|decline demand~|decline plea~|decline proposal~|decline request~|decline~ to|"
    "declined^|declines|defeat~|denial|denies plans|deny~|disallow~|discount~|dismiss~|ditch~ plan to|ditch~ plans to|"
    "downplay~|drop~ bid for|drop~ bid to|drop~ plan to|drop~ plans to|end~ hopes|ends hopes|ends speculation|fail|"
    "fail~ .. to|fail in|fail~ to get|fail~ to secure|fail~ to win|failed|failed in|fails|fails in|failure to|"
    "fall~ through|fell^ through|give~ no|give~ up on|hesitant|ignore~|ignores|in no rush|is nonsense|kibosh|"
    "kibosh on|kill~ attempt|kill~ bid|kill~ bill|kill~ effort|kill~ motion|kill~ plan|kill~ proposal|kill~ push|"
    "knock~ back|knock~ down|laugh~ off|little appetite|lose~ appeal|lose~ battle for|lose~ battle over|"
    "lose~ battle to|lose~ bid|lose~ fight for|lose~ fight to|loses|lost bid|lost^ bid|never|nix~|no|no appetite|"
    "no chance|no desire|no intention|no longer|no need for|no need to|no plan|no plans|no question of|no wish|nor|"
    "not|not countenance|nyet to|off the table|oppose~|opposed to|opposition to|opt~ against|out of the question|"
    "overrule~|parliament vote~ against|play~ down|pooh - poohs|pour~ cold water|poured cold water|"
    "pours cold water on|pull~ back from|push~ back against|push~ back on|pushed back against|put~ paid to|"
    "puts paid to|quash~|quash~ hopes|quell~ talk|rebuff~|refusal|refuse~|reject~|rejection of|rejects notion|"
    "reluctant|resist~|resist~ calls|resist~ pressure|rubbish~|rule~ against|rule~ out|ruled against|rules against|"
    "ruling out|said no to|say~ no to|says nein|says no|says no to|says non|says nyet|scoff~ at|scotch~|"
    "scrap~ plan to|scrap~ plans to|scupper~|scuttle~|shelve~ plan to|shelve~ plans to|shoot~ down|short shrift|"
    "short shrift to|shot^ down|shrug~ off|shun~|shut~ door|shut~ door on|shut~ the door|shuts door|shuts the door on|"
    "sink~|slam~ door|slam~ the door|slap~ down|snub~|spurn~|steer~ clear of|stonewall~|stop~ short of|stymie~|sunk^|"
    "swat~ away|swat~ down|threw^ out|throw~ out|thrown out|throws out|thwart~|torpedo~|toss~|toss~ out|tossed out|"
    "turn~ a deaf ear|turn~ deaf ear|turn~ down|turns a deaf ear|unable to|unmoved by|unwilling|veto~|vetoes|"
    "vote~ against|vote~ down|voted down|withdraw~ bid for|withdraw~ bid to|withdraw~ request for|"
    "withdraw~ request to|withhold~|without|won't countenance" },
  { MOVE_CUE_GRANT, FALSE,
    "accept~|adopt~|agree~|allow~|approve~|authorise~|authorize~|bow~ to|cave~|concede~|%decider back~|"
    "%decider endorse~|enact~|give~ in to|grant~|green - light~|green light for|green light to|greenlight~|heed~|"
    "nod for|nod to|ok~|okay~|pass~|permit~|ratify~|relent~|rubber - stamp~|sign~ off|upheld^|uphold~|wave~ through|"
    "win~ approval|wins approval|yield~ to" },
  { MOVE_CUE_DO, FALSE,
    "announce~|applaud~|began^|begin~|begun^|call~|cause~|celebrate~|choose~ to|chose^ to|compelled to|complete~|"
    "condemn~|confirm~|decide~|declare~|decree~|decries|decry|deplore~|earn~|enjoy~|force~|forced to|gain~|gave^|"
    "gazette~|get~|give~|given^|giving|got^|had to|hail~|hand~|handed|has to|have to|hit~|hit by|impose~|issue~|"
    "lament~|land~|lead~ to|led^ to|manage~ to|move~|notice of|obliged to|obtain~|opt~ for|opt~ to|order~|praise~|"
    "prompt~|publish~|receive~|release~|reveal~|says it will|score~|secure~|sends|set~|sign~|slam~|suffer~|trigger~|"
    "unveil~|vote~ for|vote~ to|voted for|welcome~|win~|won^" },
  { MOVE_CUE_WILL, FALSE, "'ll|are to|is to|shall|will" },
  { MOVE_CUE_THREAT, FALSE,
    "ahead of|are not true|avoid~|await~|bank~ on|bet~ on|betting on|brace~ for|chance~ of|chances|confusion over|"
    "deadline to|debate~|debunk~|deny~ allegation~|deny~ claim~|deny~ report~|deny~ rumor~|deny~ rumour~|"
    "dismiss~ report~|dismiss~ rumor~|dismiss~ rumour~|doubt~|doubt over|doubts over|fear~|fear~ of|had been due to|"
    "had been set to|had planned to|how to|if and when|in doubt|is not true|limbo|little sign of|mystery over|"
    "no clarity on|no decision on|no guarantee|no news of|no news on|no sign of|no signs of|no word of|no word on|"
    "odds of|odds on|question~|refute~|right to|risk~|risk of|still no|threat*|uncertain~|unclear|unlikely|up for|"
    "wait for|waiting for|waits for|was due to|was meant to|was scheduled to|was set to|was supposed to|was to|"
    "were due to|were meant to|were scheduled to|were set to|were supposed to|were to|what|whether|why|"
    "without sign of|wonder~|yet to" },
  { MOVE_CUE_DECOY, FALSE,
    "appeal~ court|at - risk|back #|back a|back another|back at|back by|back down|back from|back in|back on|back pay|"
    "back three|back to|back two|back until|backs down|bid to be|bounce~ back|bring~ back|call back|call center|"
    "call centre|can of|claw~ back|come~ back|cut~ back|date for filing|electricity bills|end of support|energy bill|"
    "energy bills|fall~ back|fight~ back|filing date~|filing deadline~|filing of|filing period~|filing season~|"
    "filing window~|for filing|fuel bills|gas bill|gas bills|get~ back|give~ back|go~ back|hail~ from|heating bills|"
    "held^ back|high - risk|hold~ back|household bills|how to stop|look~ back|low - risk|may day|move~ back|move~ on|"
    "mrs may|ms may|no - deal|no - fly|no - strike|no earlier|no later than|no sooner|no time to|not only|nothing but|"
    "offer to be|order book|order books|power bills|pull~ back|push~ back|put~ back|risk - free|roll~ back|"
    "scale~ back|set~ back|set of|support for|talks to be|tax bill|tax bills|theresa may|water bills|will of|"
    "will power" },
  { MOVE_CUE_IF, FALSE, "absent|if|in case|in the event|provided|should talks|unless" },
};

static const MoveLexicon objects[] = {
  { MOVE_CUE_DEADLINE, FALSE,
    "# left|# remain|# remaining|# to go|11 th - hour|are due|are you ready|as planned|await~|by when|came into force|"
    "ceasefire|clock is ticking|clock tick~|closing date|come~ into force|comes into effect|comply by|count~ down|"
    "countdown|crunch|cutoff|d - day|day left|days away|days left|days to find|days to go|days until|deadline|"
    "deadlines for|deadlines this|%deal to expire|down to the wire|due by|due date|due in|due on|due to end|"
    "due within|eleventh hour|enter~ into force|expected dates|expiration|expired|expiring|expiry|final countdown|"
    "final day|final stretch|fiscal cliff|go into effect|goes down to wire|goes into effect|grace period|has days|"
    "has until|has weeks|have days|have until|have weeks|hours away|hours left|hours to go|is due|key dates|"
    "key deadlines|kick~ in|kicks in|last - ditch|last - minute|last call|last chance|last date|last day|"
    "left to apply|left to claim|left to file|loom~|months to go|moratorium|must apply|must be filed|must file|"
    "must register|need to know|phase~ in|race against clock|race against time|release date|reminder|resumption|"
    "%rule to end|%rule to expire|running out of time|set to end|sets deadline|sunset|take~ effect|take~ full effect|"
    "taking effect|target date|time limit|time running out|to go until|to the wire|took effect|truce|ultimatum|"
    "until #|weeks away|weeks left|weeks to find|weeks to fund|weeks to go|went into effect|what happens if|"
    "what to expect|what to know|winds down" },
  { MOVE_CUE_THING, FALSE,
    "accession|accord|accords|accounts filing|acquisition|act|admission~|adoption|age|agreement~|aid|amnesty|"
    "app store|application~|appropriations|armistice|artemis|article 50|asylum|auction|auditions|authorisation|"
    "authority|authorization|bail|bailout|ballot~|ballots|ban|bans|basel|benefit|benefits|bid|bid deadline|bill|bills|"
    "blackout|blockade|bond|bonds|booster|boosters|borrowing limit|brexit|bubble|budget|buyback|campus|cap|"
    "capital gains|caps|carbon|carbon price|carbon tax|cards|case|cbam|census|changeover|changes|charge|charges|"
    "charging|check|checks|classes|clause|closing|closure|comeback|comment window|completion|compliance|concession|"
    "conference|congestion charge|congestion pricing|congress|construction|consultation|controls|convention|"
    "convocation|corridor|counting|credit|credits|crew|csrd|curb~|curfew|custody|cut|cutover|cuts|daca|date|dates|"
    "deal|deals|debt|debt ceiling|debt limit|debut|decision|decrease|decree|default|deliveries|delivery|demand|"
    "demands|demolition|deployment|deportation~|deposition|detention|directive|disclosure|disclosures|divestiture|"
    "docking|dora|duties|duty|duty free|easing|ees|effective date|election~|eligibility|embargo|emergency|emissions|"
    "end|end date|end of life|enforcement|enrollment|enrolment|entry|entry into force|eta|etias|ets|euro 7|evacuation|"
    "eviction~|exam|exams|exchange|excise|execution~|exemption~|exit|expo|expulsion|extradition|facility|fair|"
    "farm bill|fee|fees|filing|filings|findings|flexibilities|flight test|float|flotation|forbearance|forgiveness|"
    "freeports|freeze|funding|furlough|games|gdpr|grant|grants|gst|guarantee|handover|hearing~|hike|hikes|holiday|"
    "holidays|hostage|housing|hs 2|hunt season|id|identification|ifrs|implementation|inauguration|increase~|"
    "industrial action|injunction|inquest|inquiry|insurance|interest|interview~|investigation|invoice|invoicing|ipo|"
    "isolation|jab|jabs|kick - off|kickoff|landing|launch|law|laws|lease|leases|lending|levies|levy|libor|licence~|"
    "license~|lifting|liftoff|limit|limits|line of credit|listing|loan~|loans|lockdown|lockout|lottery|maintenance|"
    "mandate~|mars|mask|masks|maturities|maturity|measure|measures|meeting~|merger~|merger control|mica|migration|"
    "milestone|minimum wage|mission|mobilisation|mobilization|moon|mortgage~|negotiations|nomination~|notes|offer|"
    "offer period|olympics|open enrollment|opening|operation|order|orders|outage schedule|output cut|output cuts|pact|"
    "pacts|pandemic|parole|passport checks|passport scheme|patent|patents|pause|payment~|peace talks|peacekeepers|"
    "peacekeeping|pension|pensions|period|permission|permit~|phase|phasein|phaseout|plan|plans|plebiscite|policies|"
    "policy|poll|polls|ppp|premiere|price|prices|primaries|primary|prison term|probation|probe|production|program|"
    "programme~|programs|project|protections|protocol|provision~|publication|pullout|quarantine|quota~|rate|rates|"
    "ratification|real id|rebate|reboot|recruitment|referendum|reform~|refugee|registration|regulation~|release|"
    "relief|relocation|removal|rent|reopening|repayment|repayments|report|requirement~|resettlement|resolution|"
    "restart|restriction~|restrictions|results|retirement|returns|review|rise|rises|road map|roadmap|rocket|rollout|"
    "rollover|round|rounds|rule|rules|ruling|runoff|safe harbor|safe harbour|safeguard~|sale|sanction~|satellite|"
    "schedule|scheme~|school reopening|secrecy|semester|sentencing|session|shift|shot|shutdown|shutoff|slot|slots|"
    "spacecraft|spacewalk|spending bill|spinoff|stamp duty|standard~|starliner|starship|start|start date|"
    "state of emergency|status|stay|stimulus|stopgap|strategy|strike|strikes|submission~|subsidies|subsidy|summit|"
    "sunset clause|support|support for|surcharge|surrender|swap|swap line|swearing|swearing - in|switch|switchover|"
    "takeoff|takeover|talks|tariff~|tax|taxes|telehealth|tender~|term|term dates|terminal|terms|test|testimony|tests|"
    "timeline|timetable|toll~|tps|trade talks|trading|transition|treaties|treaty|trial~|trial date|unveiling|upgrade|"
    "vaccination|vaccinations|vaccine|validity|vat|verdict|visa~|visit|vote|votes|voting|voucher~|wage|wages|waiver~|"
    "walkout|warranty|windfall tax|window|withdrawal|zone|zones" },
  { MOVE_CUE_AUTHORITY, FALSE,
    "abuja|administration|afghanistan|agencies|agency|alabama|alberta|algeria|angola|ankara|appeals court|argentina|"
    "arizona|armenia|athens|australia|austria|authorities|azerbaijan|baghdad|bangladesh|bank|beijing|belarus|belgium|"
    "berlin|biden|board|boeing|bolivia|botswana|brazil|brussels|budapest|bulgaria|cabinet|cairo|california|cambodia|"
    "cameroon|canada|canberra|cbdt|cbse|cftc|chancellor|chile|china|colombia|colombo|colorado|commission|committee|"
    "congo|connecticut|copenhagen|council|court|courts|croatia|cuba|cyprus|czech|delhi|denmark|department|deputies|"
    "dhaka|dhs|doge|doha|doj|dutch|eba|ecb|ecuador|egypt|epa|esa|estonia|ethiopia|eu|faa|fcc|fda|fed|federal reserve|"
    "ferc|fifa|finland|florida|france|ftc|georgia|germany|ghana|government~|governor|greece|gst council|guatemala|"
    "haiti|hc|helsinki|high court|hmrc|honduras|hong kong|house|hungary|iasb|icai|icc|iceland|illinois|imf|india|"
    "indiana|indonesia|ioc|iowa|iran|iraq|ireland|irs|islamabad|israel|isro|italy|jamaica|japan|jersey|jordan|judge|"
    "judges|kansas|kazakhstan|kenya|korea|kosovo|kremlin|kuwait|kyiv|lagos|laos|latvia|lawmakers|leader~|lebanon|"
    "libya|lisbon|lithuania|london|louisiana|luxembourg|madrid|malaysia|mali|malta|massachusetts|mayor|mca|mediators|"
    "meps|mexico|michigan|minist*|minnesota|missouri|moldova|mongolia|morocco|moscow|mozambique|mps|mumbai|myanmar|"
    "nafta|nairobi|namibia|nasa|nato|neet|negotiators|nepal|netherlands|nevada|new zealand|nhtsa|nicaragua|niger|"
    "nigeria|norway|nta|oecd|official~|ohio|oklahoma|oman|ontario|opec|oregon|oslo|ottawa|pakistan|panama|paraguay|"
    "paris|parliament|parties|pennsylvania|peru|philippines|pm|poland|portugal|prague|premier|president|prosecutor~|"
    "province|putin|qatar|quebec|rbi|regulator~|riyadh|romania|rome|roscosmos|russia|rwanda|salvador|saudi|sc|"
    "scotland|sebi|sec|senate|senators|senegal|seoul|serbia|singapore|slovakia|slovenia|somalia|south africa|spacex|"
    "spain|sri|state|state department|stockholm|sudan|supreme court|sweden|switzerland|taiwan|tanzania|tehran|"
    "tennessee|texas|thailand|tokyo|treasury|tribunal|trump|tunisia|turkey|u.n|u.s|uae|uefa|uganda|ugc|uk|ukraine|un|"
    "unesco|university|upsc|uruguay|us|uscis|utah|venezuela|vienna|vietnam|virginia|w.h.o|wales|warsaw|washington|"
    "watchdog|wellington|white house|who|wisconsin|wto|xi|york|zambia|zealand|zimbabwe" },
  { MOVE_CUE_PREVIEW, FALSE,
    "ahead of|approach*|april|august|before|begins|brace~|comes into force|days before|december|due|eve of|explained|"
    "explainer|february|gear~ up|go~ ahead|guide|here's where|history of|hopes fade|how it works|january|july|june|"
    "matter~|must|near|near~ end|nearing end|nears|next month|next week|november|october|on course|on schedule|"
    "on track|open~|opens|prepare~|q & a|race~ to|races against|ready|rush~|scramble~|september|set for|stands|starts|"
    "still|takes force|talks stand|target|test~|this month|this week|tight|to begin|to rule on|to start|told to|"
    "unprepared|unready|wait~|waits|watch|weeks before|what happens|what is at stake|what it means|when it ends|"
    "who must|who pays|winners and losers" },
  { MOVE_CUE_SPORT, FALSE,
    "actor|actress|batsman|batter|birdie|bogey|bowler|broncos|bundesliga|celtics|champions league|club|coach|cowboys|"
    "cricket|cricketer|cup|deadline day|defender|derby|dodgers|draft pick|f 1|fc|final whistle|football|footballer|"
    "formula 1|free agent|goalkeeper|golf|golfer|grand prix|innings|knicks|la liga|lakers|league|linebacker|man city|"
    "man utd|mets|midfielder|mlb|mls|motogp|nascar|nba|nfl|nhl|outfielder|packers|pitcher|playoff~|premier league|"
    "quarterback|quarterfinal~|rain delay~|rugby|semi - final~|semifinal~|serie a|shortstop|singer|slugger|striker|"
    "tennis|title race|tottenham|touchdown|trade deadline|transfer deadline|transfer window|ufc|wicket~|wide receiver|"
    "winger|wnba|yankees" },
  { MOVE_CUE_OTHER, FALSE,
    "account|accounts|advantage|ageing|aging|airport|album|alliance|apologies|apology|arm|arms|army|arrivals|attack|"
    "attackers|attacks|battery|border wall|bounce|boundaries|boundary|brand|bridge|building|bus|buses|buyers|call|"
    "calls|campaign trail|captain|career|challenge|championship|championships|climb|coaches|cold snap|collaboration|"
    "commitment|commute|commuters|computers|condolences|consumers|contract|contracts|conversation|cooperation|"
    "councillor|courtesies|courtesy|credit line|criticism|crowd|crowds|cushion|customers|dark|debate|decline|declines|"
    "departure|departures|disease|dividend|dividend payment|dividends|dominance|downtrend|driver|driver licence|"
    "driver license|drivers|driving licence|driving license|drop|drought|effort|efforts|empire|employee~|enemy|faith|"
    "fall|falls|family|fans|fence|ferries|feud|fight|fighters|flights|focus|footprint|forces|franchise|friendship|"
    "frontline|gain|gains|gap|gap at top|garden|gratification|gratitude|greetings|grip|hair|hand|hands|hangover|haze|"
    "heat wave|heatwave|helping hand|highway|holidaymakers|home|hopes|host|hours|hunt|influence|invaders|investors|"
    "invitation|jobs|journey|journeys|kitchen|late charge|lawmaker|lead|leads|licence fee|life|lifespan|line|lines|"
    "lineup|lives|loan to|loss|losses|love|mail|manager|marathon|margin|marriage|masters|member|members|membership|"
    "menopause|metro|metros|militants|motherhood|motorists|nails|neck|network|networks|offensive|officer|officers|"
    "olive|olive branch|onset|opening hours|opening times|outage|parcels|parenthood|partnership|partnerships|"
    "passengers|passport|passports|perimeter|phones|pier|pipeline|play|player|players|plea|pleas|podcast|portfolio|"
    "post|posts|presenter|pressure|property|protesters|puberty|pupil|pupils|push|rail|rampage|range|rebels|rebound|"
    "record|reign|relationship|residents|retirement party|rioters|rivalry|rivals|road|roles|rout|route|routes|row|run|"
    "runway|scope|search|search operation|sell - off|selloff|senator|sentence|sentences|service|services|shoppers|"
    "single|skein|skid|slide|slump|smoke|spat|sponsorship|spree|stadium|staff|star|stay at|stay beyond|stay through|"
    "stay until|stay with|streak|streaks|student|students|subscription|subscriptions|subway|support to|surge|"
    "surgeries|surgery|sympathies|sympathy|symptoms|tantrum|teacher|teachers|territorial|territory|tests positive|"
    "thanks|ties|tourists|tournament|track|traffic|train|trains|tram|trams|travelers|travellers|tumor|tumour|unbeaten|"
    "uptrend|user|users|video|visitors|voters|vow|vows|wall|war of words|warm spell|warning|warnings|weather|wedding|"
    "welcome|winning|winning run|winter|wishes|workers|working hours" },
};
static const MoveLexicon held[] = {
  { MOVE_CUE_HELD, FALSE,
    "account|accounts|aid|asset|assets|bid|buses|buyback|campaign|candidacy|captain|coach|computers|councillor|"
    "deliveries|doctor|driver|drivers|eggs|embryos|employee~|flights|funds|hikes|hiring|judge|lake|lawmaker|manager|"
    "mayor|member|members|minister|nurse|officer|officers|operations|orders|output|pay|pipe|pipes|player|players|"
    "podcast|price|prices|principal|production|professor|pupil|pupils|rate cut|rate cuts|rate hike|rate hikes|"
    "rate increases|rate rise|rate rises|rates|recruitment|rent|rents|river|sales|senator|service|services|spending|"
    "staff|striker|student|students|teacher|teachers|tightening|trading|trains|user|users|video|wages|water|website|"
    "work" },
  { MOVE_CUE_SHOW, FALSE,
    "album|bout|concert|concerts|contest|departure|exhibition|festival|fight|film|final|finals|fixture|fixtures|"
    "flight|game|gig|gigs|match|matches|movie|premiere|race|rally|season|series|show|shows|tour|wedding" },
};
/* clang-format on */

const MoveLexicon *
move_lexicon_context (guint group, guint *ret_n)
{
  static const struct {
    const MoveLexicon *entries;
    guint n;
  } groups[MOVE_N_GROUPS] = {
    { NULL, 0 },
    { governors, G_N_ELEMENTS (governors) },
    { objects, G_N_ELEMENTS (objects) },
    { held, G_N_ELEMENTS (held) },
  };

  *ret_n = groups[group].n;
  return groups[group].entries;
}
