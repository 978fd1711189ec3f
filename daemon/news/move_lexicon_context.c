/* SPDX-License-Identifier: MIT */
/* The lexicon of what governs the words of move_lexicon.c, and of what these act on, in English. */
#include "news/move_private.h"

/* clang-format off: one pattern is never broken over two lines */
static const MoveLexicon governors[] = {
  { MOVE_CUE_MAY, FALSE,
    "may|might|could|would|he'd|she'd|it'd|they'd|we'd|i'd|should|can|must|ought|consider~|weigh~|mull~|ponder~|"
    "contemplate~|entertain~|study~|"
    "explore~|examine~|evaluate~|seek~|sought^|propose~|ask~|call on|calls on|called on|calling on|call for|calls for|"
    "called for|calling for|call to|calls to|calls grow|urge~|want~|plan~ to|planning|plans|expect~|anticipate~|"
    "foresee~|forecast~|predict~|likely|probably|possible|possibly|possibility|prospect~|potential|potentially|perhaps|"
    "eye~|hope~|push~ for|press~ for|press~|lobby~|petition~|plead~|beg~|implore~|appeal~ for|demand~|open to|open for|"
    "float~|discuss~|look~ at|told to|set for|suggest~|aim~|intend~|intention~|prepare~|promise~|vow~|pledge~|"
    "offer~ to|recommend~|advise~|look~ to|looks to|talks to|talks on|talks over|talks about|talks underway|"
    "talks under way|in talks|pressure|favour~|favor~|ready to|set to|poised to|poised for|about to|due to|try~|tried^|"
    "attempt~|need~|acceptable|within reach|in sight|close to|closer to|near~|edge~ closer|back~|endorse~|scramble~ to|"
    "rush~ to|race~ to|fight~ to|fight~ for|battle~ to|struggle~ to|work~ to|work~ on|hurry to|moves to|move to|"
    "moving to|hint~|signal~|moot~|sees|see|seeing|to announce|to propose|to recommend|to decide on|to vote on|"
    "to consider|to discuss|to seek|to ask|agree~ in principle|on the table|under consideration|under discussion|"
    "being considered|being discussed|in the works|in line for|on the cards|in the cards|in play|mooted|tipped to|"
    "slated to|scheduled to|back~ calls|advocate~|argue~ for|argues|argue|pitch~|champion~|house vote~|"
    "eu parliament vote~|strasbourg vote~|bundestag vote~|proposed rule|proposed rules|said to be planning|"
    "senate vote~|house pass*|house approve~|house back~|house clear~|house okay~|house advance~|senate pass*|"
    "senate approve~|senate back~|senate clear~|senate advance~|senators vote|committee vote~|committee back~|"
    "committee approve~|committee pass*|committee clear~|committee advance~|panel back~|panel recommend~|"
    "panel approve~|meps back|meps vote~|meps approve|meps support|european parliament back~|european parliament vote~|"
    "european parliament approve~|parliament committee|lok sabha pass*|lower house pass*|lower house approve~|"
    "lower house vote~|upper house pass*|first reading|second reading|introduce~|table~|tabled|file~|submit~|draft~|"
    "analysts see|economists see|traders see|markets see|clears committee|clears house|clears senate|passes house|"
    "passes senate|pass house|pass senate|win~ committee|on course for|on course to|headed for|heading for|heads for|"
    "give~ notice|willing to|prepared to|inclined|lean~ toward|lean~ towards|leans|leaning toward|mind~ to|"
    "the case for|case for|argument for|options|option|scenario|rumor~|rumour~|haggle~|warn~|door to|door open|"
    "not ruled out|pave~ way|pave~ the way|clear~ way for|clear~ the way|up to|sue~ to|sues|sue|bid~ for|bids for|"
    "apply for|applies for|applied for|to apply|let|time for|time to|better to|no decision|undecided|under study|"
    "pencilled|penciled|targets|targeting|wish~|at odds over|split over|split on|divided over|divided on|row over|"
    "clash~ over|wrangle~ over|disagree~ over|dispute over|seen|billed|trying to|moves closer|inch~ toward|"
    "inch~ closer|closing in on|within touching distance|in favour of|in favor of|clamour for|clamor for|cries for|"
    "cry for|pleas for|in bid to|in a bid to|with a view to|mulled|toying with|toy~ with|tease~|dangle~|keen to|"
    "keen on|eager to|happy to|hold~ out hope|leave~ door open|left^ door open|at risk of|could be|plots|plot~|"
    "insist~ on|consultation on|consult~ on|feasibility|revisit~|reconsider~|rethink~|review~ whether|sources see|"
    "ready for|push~ to|press~ to|likeliest|more likely|most likely|goes to senate|goes to house|goes to parliament|"
    "heads to senate|heads to house|heads to vote|goes to vote|goes before|up for vote|to table|will ask|will seek|"
    "will propose|will urge|will push|will consider|will discuss|will decide|will vote|would like|would prefer|prefer~|"
    "talk~ up|asks court|asks judge|fight for|campaign~ for|campaigning|rally for|agitate~|supports|supporting|"
    "supported|vote on|votes on|debate on|voting on|encourage~|prod~|pressure~|nudge~|coax~|persuade~|invite~|"
    "challenge~ .. to|angle~ for|angling for|gear~ up to|stand~ ready to|itching to|believed to|thought to|"
    "understood to|rumoured to|rumored to|sound~ out|raise~ prospect|raise~ possibility|raises the prospect|"
    "draw~ up plans|draw~ up|lay~ groundwork|on brink of|on the brink of|on verge of|on the verge of|one step closer|"
    "step closer|opens door|opens the door|open~ way|counsel~|make~ case|makes case for|makes the case|moots|tout~|"
    "vie~|jockey~|asking for|request for|asked for|calls grow for|growing calls|call grows|would back|would support|"
    "would welcome|would accept|would consider|in two minds|hold~ talks on|hold~ talks over|holds talks on|"
    "discussions on|discussions over|vow~ to|hope~ to|aim~ to|ask~ for|ask~ to|appeals for|appeal for|request~ for|"
    "favours|favors|prefers|recommending|urging|proposing|considering|weighing|mulling|seeking|eyeing|floating|"
    "demanding|pondering|exploring|expecting|inch~ towards|edge~ towards|edge~ toward|head~ towards|head~ toward|"
    "not object to|no objection to|not oppose|won't oppose|not object|rally~ behind|line~ up behind|"
    "against plan~ to|against proposal~ to|good chance|big chance|strong chance|fair chance|high chance|every "
    "chance|growing chance|real chance|"
    "appeal~ to|appeal~ ? to|appeal~ to ? to|not a done deal|not done deal|no done deal|far from done deal|"
    "not yet final|throw~ weight behind|gets behind|plead~ with|cry out for|cries out for|long for|hanker~ "
    "for|negotiate~|"
    "speculation|speculate~|offers|agree~ position|agree~ general approach|agree~ negotiating|agree~ mandate|"
    "cabinet approve~ .. bill|cabinet approve~ .. changes|cabinet back~ .. bill|cabinet clear~ .. bill|"
    "cabinet approve~ .. amendment|members debate|mps debate|lawmakers debate|senators debate|peers debate" },
  { MOVE_CUE_PLAN, FALSE,
    "offer~|plan|proposal~|bill|bills|request~|call|calls|plea|pleas|motion~|bid|bids|petition~|application~|appeal|"
    "appeals|effort~|push|drive|campaign|idea|suggestion~|resolution|amendment|legislation|measure|demand|demands|talk|"
    "attempt~|recommendation~|intention|vote" },
  { MOVE_CUE_NOT, FALSE,
    "house vote~ against|senate vote~ against|committee vote~ against|parliament vote~ against|senators vote "
    "down|house vote~ down|senate vote~ down|not|never|no|nor|reject~|refuse~|refusal|rule~ out|"
    "ruling out|decline~ to|declines|declined^|decline request~|decline plea~|decline bid~|decline call~|decline "
    "demand~|"
    "decline appeal~|decline proposal~|decline ? request~|decline ? plea~|fall~ through|fell^ "
    "through|deny~|denial|oppose~|opposition to|opposed to|veto~|vetoes|fail~ to|"
    "fail~ .. to|failure to|vote~ down|turn~ down|dismiss~|vote~ against|decide~ against|rule~ against|opt~ against|"
    "come~ out against|came^ out against|against|fail|fails|fail in|fails in|failed in|failed|defeat~|thrown out|"
    "threw^ out|throw~ out|spurn~|rebuff~|snub~|shoot~ down|shot^ down|say~ no to|says no to|said no to|nyet to|quash~|"
    "thwart~|reluctant|unwilling|hesitant|in no rush|averse|no plans|no plan|no intention|no need for|no need to|"
    "cannot|can't|resist~|off the table|out of the question|no longer|nix~|scotch~|slap~ down|bat~ away|brush~ off|"
    "brush~ aside|swat~ down|swat~ away|shrug~ off|pour~ cold water|poured cold water|cold water on|knock~ back|"
    "knock~ down|slam~ door|slam~ the door|shut~ door|shuts door|shut~ the door|close~ door|closes the door|"
    "stop~ short of|shun~|discount~|kibosh|torpedo~|sink~|sunk^|scuttle~|stymie~|overrule~|disallow~|withhold~|without|"
    "scupper~|rejection of|unable to|little appetite|no appetite|no chance|voted down|lose~ bid|loses|lost bid|"
    "lost^ bid|block~|unmoved by|turn~ deaf ear|turns a deaf ear|turn~ a deaf ear|deaf to|scoff~ at|short shrift|"
    "give~ up on|pull~ back from|back~ away from|steer~ clear of|rubbish~|laugh~ off|pooh - poohs|ignore~|ignores|"
    "stonewall~|downplay~|play~ down|throws out|toss~ out|tossed out|toss~|says no|push~ back on|push~ back against|"
    "pushed back against|says nein|says non|says nyet|no question of|lose~ fight for|lose~ fight to|lose~ battle to|"
    "lose~ battle for|lose~ battle over|lose~ appeal|fail~ to win|fail~ to secure|fail~ to get|won't countenance|"
    "not countenance|resist~ pressure|resist~ calls|dash~ hopes|dash~ hope|dampen~ hopes|quell~ talk|quash~ hopes|"
    "crush~ hopes|end~ hopes|ends hopes|ends speculation|close~ door on|closes the door on|shut~ door on|"
    "shuts the door on|pours cold water on|put~ paid to|puts paid to|kibosh on|give~ no|kill~ bid|kill~ bill|"
    "kill~ plan|kill~ effort|kill~ proposal|kill~ motion|kill~ push|kill~ attempt|drop~ plan to|drop~ plans to|"
    "scrap~ plan to|scrap~ plans to|abandon~ plan to|abandon~ plans to|ditch~ plan to|ditch~ plans to|shelve~ plan to|"
    "shelve~ plans to|drop~ bid to|drop~ bid for|abandon~ bid to|abandon~ bid for|withdraw~ request for|"
    "withdraw~ request to|withdraw~ bid to|withdraw~ bid for|back~ away from plan to|backs off plan to|rules against|"
    "ruled against|denies plans|no desire|no wish|rejects notion|dead set against|adamantly opposed|is nonsense|"
    "short shrift to" },
  { MOVE_CUE_GRANT, FALSE,
    "eu back~|court back~|judge back~|parliament back~|regulator back~|cabinet back~|council back~|board back~|"
    "shareholders back|voters back|government back~|leaders back|leaders endorse|cabinet endorse~|eu endorse~|agree~|"
    "approve~|grant~|accept~|adopt~|pass~|allow~|permit~|ok~|okay~|greenlight~|green - light~|green light for|"
    "green light to|nod for|nod to|sign~ off|signed^ off|rubber - stamp~|wave~ through|enact~|ratify~|authorise~|"
    "authorize~|give~ in to|bow~ to|cave~|concede~|relent~|heed~|yield~ to|uphold~|upheld^|wins approval|"
    "win~ approval" },
  { MOVE_CUE_DO, FALSE,
    "decree~|sends|decide~|announce~|confirm~|give~|gave^|given^|giving|issue~|sign~|win~|won^|get~|got^|secure~|"
    "declare~|"
    "begin~|"
    "began^|begun^|order~|receive~|gain~|hand~|handed|earn~|obtain~|score~|land~|impose~|call~|vote~ to|voted for|"
    "vote~ for|opt~ for|opt~ to|choose~ to|chose^ to|move~|forced to|force~|has to|have to|had to|compelled to|"
    "obliged to|manage~ to|complete~|reveal~|says it will|trigger~|prompt~|lead~ to|led^ to|cause~|unveil~|set~|enjoy~|"
    "suffer~|hit by|hit~|welcome~|hail~|applaud~|praise~|celebrate~|condemn~|slam~|deplore~|lament~|decry|decries|"
    "notice of|publish~|gazette~|release~" },
  { MOVE_CUE_WILL, FALSE, "will|'ll|shall|is to|are to" },
  { MOVE_CUE_THREAT, FALSE,
    "threat*|whether|why|what|yet to|deny~ claim~|deny~ report~|deny~ rumor~|deny~ rumour~|deny~ allegation~|"
    "dismiss~ report~|dismiss~ rumor~|dismiss~ rumour~|refute~|debunk~|is not true|are not true|deadline to|bet "
    "on|bet~ on|betting on|bank~ on|chance~ of|chances|unlikely|"
    "race to|how to|avoid~|risk of|risk~|fear~ of|fear~|up for|wonder~|debate~|right to|doubt~|uncertain~|question~|"
    "unclear|if and when|odds of|odds on|was to|were to|was due to|were due to|had been due to|was set to|were set to|"
    "was scheduled to|were scheduled to|was supposed to|were supposed to|was meant to|were meant to|had planned to|"
    "had been set to|await~|wait for|waits for|waiting for|brace~ for|ahead of|no sign of|no signs of|no word on|"
    "no word of|no decision on|no clarity on|no news on|no news of|no guarantee|little sign of|still no|"
    "without sign of|mystery over|confusion over|doubts over|doubt over|in doubt|limbo" },
  { MOVE_CUE_DECOY, FALSE,
    "high - risk|at - risk|low - risk|risk - free|set of|will power|may day|call centre|call center|no - fly|"
    "no - strike|no - deal|nothing but|not only|no sooner|no earlier|move~ on|order book|order books|no later than|"
    "hold~ back|held^ back|push~ back|put~ back|move~ back|set~ back|scale~ back|roll~ back|cut~ back|come~ back|"
    "go~ back|get~ back|bring~ back|pull~ back|back to|back in|back on|back at|back from|back by|back until|fall~ back|"
    "bounce~ back|fight~ back|claw~ back|look~ back|call back|give~ back|back pay|backs down|back down|will of|can of|"
    "gas bills|gas bill|energy bills|energy bill|fuel bills|power bills|electricity bills|household bills|water bills|"
    "heating bills|tax bills|tax bill|theresa may|ms may|mrs may|no time to|end of support|support for|hail~ from|"
    "filing deadline~|filing date~|"
    "filing period~|filing window~|filing season~|for filing|filing of|date for filing|appeal~ court|"
    "how to stop|back +|back #|back another|back two|back three|back a|talks to be|bid to be|offer to be" },
  { MOVE_CUE_IF, FALSE, "if|unless|in case|should talks|provided|absent|in the event" },
};

static const MoveLexicon objects[] = {
  { MOVE_CUE_DEADLINE, FALSE,
    "%rule to end|%rule to expire|%deal to expire|deadline|deadlines for|cutoff|expiry|expiration|due date|target "
    "date|time limit|last day|final day|closing date|"
    "await~|take~ effect|took effect|taking effect|came into force|come~ into force|comes into effect|goes into effect|"
    "go into effect|went into effect|enter~ into force|to go until|days until|days left|weeks left|hours left|"
    "countdown|by when|comply by|clock tick~|take~ full effect|phase~ in|kick~ in|kicks in|as planned|clock is ticking|"
    "loom~|resumption|set to end|due to end|sunset|time running out|running out of time|race against time|"
    "race against clock|eleventh hour|11th - hour|last - ditch|last - minute|is due|are due|due within|due by|due on|"
    "due in|days away|weeks away|hours away|ultimatum|truce|ceasefire|moratorium|grace period|winds down|"
    "what happens if|reminder|until #|d - day|crunch|final stretch|last chance|down to the wire|goes down to wire|"
    "must be filed|must file|must register|must apply|have until|has until|sets deadline|final countdown|weeks to go|"
    "days to go|months to go|hours to go|need to know|what to know|what to expect|to the wire|last call|has weeks|"
    "have weeks|has days|have days|fiscal cliff|key deadlines|key dates|deadlines this|weeks to find|days to find|"
    "expiring|day left|last date|weeks to fund|release date|expected dates|expired|are you ready|# left|# to go|"
    "# remaining|# remain|count~ down|left to claim|left to apply|left to file" },
  { MOVE_CUE_THING, FALSE,
    "date|dates|bill|bills|plan|plans|decree|toll~|census|merger~|check|checks|price|prices|cap|caps|order|orders|"
    "timeline|timetable|schedule|phaseout|phasein|ban|bans|tariff~|duty|duties|levy|levies|fee|fees|sanction~|truce|"
    "ceasefire|armistice|pause|freeze|moratorium|waiver~|exemption~|licence~|license~|permit~|permission|deal|deals|"
    "agreement~|pact|pacts|accord|accords|treaty|treaties|talks|negotiations|election~|vote|votes|poll|polls|"
    "referendum|ballot~|hearing~|trial~|sentencing|ruling|verdict|launch|rollout|implementation|enforcement|rule|rules|"
    "regulation~|law|laws|act|directive|measure|measures|programme~|program|programs|scheme~|support|subsidy|subsidies|"
    "credit|credits|guarantee|payment~|loan~|registration|application~|filing|filings|tax|taxes|budget|reform~|review|"
    "session|summit|visit|strike|strikes|restriction~|curb~|lockdown|closure|emergency|embargo|quota~|protections|"
    "visa~|shutdown|retirement|repayment|forgiveness|nomination~|submission~|enrolment|enrollment|sale|divestiture|"
    "article 50|brexit|mandate~|aid|bailout|authority|authorization|authorisation|curfew|changes|window|period|"
    "standard~|requirement~|compliance|controls|decision|start|opening|age|tender~|auction|consultation|amnesty|"
    "concession|contracts?|lease|leases|funding|stopgap|resolution|patent|patents|passport scheme|protocol|provision~|"
    "sunset clause|clause|mission|operation|extradition|execution~|deportation~|eviction~|custody|detention|injunction|"
    "stay|parole|probation|inquiry|probe|investigation|hunt season|exam|exams|tests|admission~|recruitment|interview~|"
    "results|convocation|semester|term|school reopening|reopening|inauguration|swearing|swearing - in|primary|"
    "primaries|runoff|congress|convention|conference|meeting~|debut|release|delivery|deliveries|unveiling|listing|ipo|"
    "float|offer period|offer|bid|buyback|takeover|acquisition|spinoff|production|output cuts|output cut|cuts|cut|hike|"
    "hikes|rise|rises|increase~|decrease|surcharge|charges|rate|rates|benefit|benefits|relief|holiday|rebate|voucher~|"
    "grant|grants|transition|switch|switchover|shutoff|upgrade|migration|maintenance|support for|end of life|shift|"
    "phase|milestone|project|construction|completion|demolition|handover|withdrawal|pullout|deployment|evacuation|"
    "mobilization|mobilisation|safeguard~|safe harbor|safe harbour|status|tps|daca|refugee|asylum|entry|ees|etias|"
    "passport checks|lottery|eta|id|identification|real id|cards|validity|eligibility|insurance|warranty|blockade|"
    "corridor|hostage|exchange|swap|peacekeeping|peacekeepers|games|olympics|expo|fair|flight test|spacecraft|rocket|"
    "satellite|moon|mars|artemis|starliner|starship|crew|spacewalk|landing|docking|closing|ppp|pandemic|vaccine|"
    "vaccination|mask|masks|booster|state of emergency|trading|merger control|ultimatum|demand|demands|minimum wage|"
    "wage|wages|pension|pensions|housing|rent|mortgage~|forbearance|debt|bond|bonds|default|interest|maturity|"
    "repayments|facility|swap line|line of credit|scheme|trial date|policy|policies|deposition|testimony|surrender|"
    "prison term|terms|slot|slots|hs2|lifting|easing|restart|comeback|reboot|invoice|invoicing|cutover|changeover|"
    "disclosure|disclosures|accounts filing|bail|exit|removal|returns|publication|report|findings|ratification|"
    "accession|adoption|entry into force|takeoff|liftoff|kickoff|kick - off|start date|classes|term dates|holidays|"
    "carbon|emissions|lending|stimulus|furlough|flotation|merger|bid deadline|lockout|walkout|industrial action|"
    "expulsion|relocation|resettlement|cutoff|rollover|appropriations|spending bill|farm bill|debt limit|debt ceiling|"
    "borrowing limit|limit|limits|charge|test|maturities|notes|secrecy|app store|comment window|flexibilities|"
    "telehealth|loans|end|effective date|end date|case|zone|zones|terminal|strategy|inquest|charging|toll|"
    "congestion pricing|congestion charge|roadmap|road map|trade talks|peace talks|plebiscite|mandate|ballots|voting|"
    "counting|auditions|premiere|open enrollment|campus|vaccinations|jab|jabs|shot|boosters|bubble|quarantine|"
    "isolation|restrictions|blackout|outage schedule|capital gains|stamp duty|vat|gst|excise|duty free|freeports|"
    "windfall tax|carbon price|carbon tax|ets|cbam|mica|psd2|gdpr|csrd|dora|nis2|basel|ifrs|libor|euro 7|round|rounds|"
    "tender" },
  { MOVE_CUE_AUTHORITY, FALSE,
    "government~|minist*|president|premier|court|courts|judge|judges|tribunal|regulator~|commission|council|parliament|"
    "senate|senators|congress|house|white house|treasury|agency|agencies|governor|mayor|administration|department|"
    "board|committee|eu|brussels|cabinet|lawmakers|mps|meps|deputies|authority|authorities|bank|watchdog|nato|un|u.n|"
    "official~|state|state department|fed|federal reserve|ecb|irs|hmrc|sec|fcc|faa|fda|epa|ftc|cftc|nhtsa|uscis|dhs|"
    "doj|nasa|esa|isro|roscosmos|spacex|boeing|sebi|rbi|cbdt|cbse|ugc|nta|icai|mca|gst council|upsc|neet|ferc|opec|"
    "opec+|imf|wto|who|fifa|ioc|uefa|supreme court|high court|appeals court|kremlin|beijing|washington|moscow|kyiv|"
    "london|berlin|paris|tokyo|seoul|delhi|trump|biden|putin|xi|pm|chancellor|prosecutor~|province|university|ministry|"
    "leader~|negotiators|mediators|parties|tehran|ankara|israel|iran|russia|china|ukraine|us|u.s|uk|japan|india|"
    "germany|france|italy|spain|poland|canada|mexico|brazil|australia|indonesia|malaysia|thailand|vietnam|philippines|"
    "pakistan|bangladesh|nepal|sri|kenya|nigeria|ghana|egypt|turkey|saudi|qatar|uae|korea|taiwan|switzerland|norway|"
    "sweden|denmark|finland|netherlands|dutch|ireland|scotland|wales|greece|portugal|hungary|austria|belgium|czech|"
    "romania|bulgaria|serbia|kosovo|croatia|peru|chile|argentina|colombia|venezuela|ecuador|haiti|cuba|sudan|libya|"
    "mali|niger|ethiopia|somalia|uganda|tanzania|zambia|zimbabwe|mozambique|south africa|california|texas|florida|york|"
    "w.h.o|unesco|nafta|icc|doge|sc|hc|new zealand|zealand|lebanon|jordan|kuwait|oman|iraq|afghanistan|kazakhstan|"
    "georgia|armenia|azerbaijan|moldova|belarus|latvia|lithuania|estonia|slovakia|slovenia|iceland|luxembourg|malta|"
    "cyprus|morocco|tunisia|algeria|senegal|cameroon|rwanda|congo|angola|namibia|botswana|bolivia|paraguay|uruguay|"
    "panama|guatemala|honduras|salvador|nicaragua|jamaica|cambodia|laos|myanmar|mongolia|hong kong|singapore|quebec|"
    "ontario|alberta|ottawa|canberra|wellington|mumbai|islamabad|dhaka|colombo|nairobi|lagos|abuja|cairo|riyadh|doha|"
    "baghdad|warsaw|prague|budapest|vienna|madrid|rome|lisbon|athens|oslo|stockholm|copenhagen|helsinki|illinois|ohio|"
    "michigan|virginia|nevada|arizona|louisiana|alabama|tennessee|missouri|oregon|colorado|utah|massachusetts|"
    "connecticut|jersey|pennsylvania|indiana|wisconsin|minnesota|iowa|kansas|oklahoma|oecd|iasb|eba" },
  { MOVE_CUE_PREVIEW, FALSE,
    "explained|explainer|ahead of|near~ end|near their end|near its end|nears its end|nearing end|go~ ahead|on track|"
    "still time|race~ to|races against|scramble~|to rule on|due|here's where|stands|winners and losers|ready|unready|"
    "unprepared|prepare~|to begin|begins|opens|open~|to start|starts|set for|on course|await~|waits|wait~|history of|"
    "still|before|nears|near|approach*|brace~|gear~ up|last - minute|weeks before|days before|eve of|comes into force|"
    "come into force|came into force|takes force|test~|matter~|who must|q&a|near their|near its|rush~|talks stand|"
    "january|february|april|june|july|august|september|october|november|december|must|told to|by when|tight|this week|"
    "next week|next month|this month|countdown|guide|hopes fade|timeline|target|on schedule|how it works|when it ends|"
    "what it means|what happens|who pays|what is at stake|watch" },
  { MOVE_CUE_SPORT, FALSE,
    "rain delays|rain delay~|singer|actor|actress|coach|club|cup|league|pitcher|football|footballer|rugby|"
    "cricket|cricketer|tennis|golf|golfer|fc|trade deadline|transfer deadline|nfl|nba|nhl|mlb|wnba|mls|ufc|"
    "premier league|striker|midfielder|defender|quarterback|touchdown|playoff~|grand prix|champions league|goalkeeper|"
    "winger|linebacker|wide receiver|innings|wicket~|batter|batsman|bowler|semifinal~|semi - final~|quarterfinal~|"
    "final whistle|derby|title race|la liga|serie a|bundesliga|tottenham|man utd|"
    "man city|lakers|celtics|yankees|dodgers|mets|cowboys|packers|broncos|knicks|transfer window|slugger|shortstop|"
    "outfielder|free agent|draft pick|formula 1|f1|nascar|motogp|birdie|bogey|transfer deadline day|trade deadline day|"
    "deadline day" },
  { MOVE_CUE_OTHER, FALSE,
    "lead|leads|rise|rises|climb|rebound|bounce|uptrend|downtrend|sentence|sentences|loss|losses|gain|gains|streak|"
    "streaks|winning|unbeaten|run|slump|slide|decline|"
    "declines|fall|falls|reign|dominance|contract|contracts|stay at|stay with|opening hours|hours|working hours|plea|"
    "pleas|offensive|effort|efforts|fight|vow|passport|passports|vows|subscription|subscriptions|membership|calls|call|"
    "push|search|hunt|attack|attacks|hopes|interest|rivalry|condolences|sympathy|sympathies|thanks|invitation|welcome|"
    "hand|hands|olive branch|advantage|record|partnership|partnerships|range|battery|life|lives|lifespan|scope|warning|"
    "warnings|influence|selloff|sell - off|drop|grip|greetings|network|franchise|offer|winning run|skid|drought|skein|"
    "rout|surge|gap|margin|cushion|career|boundary|boundaries|road|runway|line|route|routes|rail|tram|metro|subway|"
    "bridge|pipeline|service|services|footprint|empire|portfolio|lineup|brand|arm|arms|neck|hair|nails|family|home|"
    "house|kitchen|garden|property|building|stadium|airport|terminal|pier|track|highway|fence|wall|border wall|"
    "perimeter|olive|gratitude|apology|apologies|wishes|support to|helping hand|courtesy|courtesies|credit line|"
    "loan to|friendship|ties|relationship|cooperation|collaboration|alliance|sponsorship|pressure|focus|commitment|"
    "faith|love|licence fee|feud|row|spat|war of words|debate|conversation|hangover|puberty|gratification|ageing|aging|"
    "onset|symptoms|disease|tumour|tumor|menopause|motherhood|parenthood|marriage|wedding|retirement party|trains|"
    "train|traffic|commuters|passengers|flights|departure|departures|buses|parcels|post|mail|account|accounts|player|"
    "players|officer|officers|teacher|teachers|student|students|pupil|pupils|driver|drivers|staff|employee~|member|"
    "members|lawmaker|senator|councillor|user|users|podcast|video|play|star|host|presenter|striker|captain|goalkeeper|"
    "coach|manager|search operation|winter|territory|rampage|spree|frontline|territorial|campaign trail|dividend|"
    "dividend payment|dividends|army|invaders|enemy|protesters|rioters|crowds|crowd|attackers|militants|rebels|"
    "fighters|jobs|posts|roles|workers|album|single|criticism|challenge|rivals|gap at top|tests positive|lines|"
    "opening times|dark|weather|heatwave|cold snap|warm spell|heat wave|outage|smoke|haze|tantrum|late charge|forces|"
    "championship|championships|tournament|marathon|masters|shoppers|buyers|voters|tourists|investors|fans|customers|"
    "consumers|visitors|computers|phones|networks|driver licence|driving licence|driver license|driving license|"
    "surgery|surgeries|holidaymakers|travellers|travelers|motorists|residents|trams|metros|ferries|coaches|bus|commute|"
    "journey|journeys|arrivals|stay until|stay through|stay beyond" },
};
static const MoveLexicon held[] = {
  { MOVE_CUE_HELD, FALSE,
    "asset|assets|funds|account|accounts|player|players|officer|officers|teacher|teachers|student|students|pupil|"
    "pupils|driver|drivers|staff|employee~|member|members|lawmaker|senator|councillor|user|users|hiring|production|"
    "operations|work|campaign|bid|candidacy|service|services|flights|embryos|eggs|water|pipes|pipe|lake|river|prices|"
    "price|wages|pay|rent|rents|spending|rates|aid|buyback|podcast|video|coach|manager|captain|striker|website|trading|"
    "minister|mayor|judge|doctor|nurse|principal|professor|rate hikes|rate hike|rate cuts|rate rises|rate rise|"
    "rate increases|rate cut|hikes|tightening|hiring plans|output|sales|deliveries|orders|recruitment|computers|buses|"
    "trains" },
  { MOVE_CUE_SHOW, FALSE,
    "tour|show|shows|series|game|match|matches|fixture|fixtures|concert|concerts|gig|gigs|festival|season|premiere|"
    "film|movie|album|wedding|race|fight|bout|final|finals|flight|flights|departure|exhibition|contest|rally" },
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
