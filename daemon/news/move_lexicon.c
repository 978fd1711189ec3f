/* SPDX-License-Identifier: MIT */
/* The lexicon of what happens to a deadline, in English. Patterns are separated by '|', their words by blanks:
 *   word   as it is          word~  with -s, -ed, -ing      word^  as it is, a past
 *   word*  any word that begins so (at least two letters)   %name  any word of that class
 *   ?      any one word      ..     up to six words
 *   #      part of a date or length
 *   +      part of a length on top of another ("another week")
 * A pattern of ideographs is matched character by character. The longest that fits wins: a decoy hides the shorter
 * pattern that it begins with ("push back against"). Of two kinds that know the same word, the one listed first has it.
 * The order within a list does not matter: it is that of the alphabet, so that what is there already is found. */
#include "news/move_private.h"

/* clang-format off: one pattern is never broken over two lines */
static const MoveClass classes[] = {
  { "%deal",
    "accord~|agreement~|armistice|bailout|ceasefire~|compromise~|concordat|contract~|deal~|framework|memorandum|mou|"
    "package|pact~|programme|protocol~|settlement~|terms|treaty~|truce~" },
  { "%sale",
    "acquisition~|buyback~|buyout~|demerger|disposal~|divestiture~|divestment~|merger~|purchase~|sale~|spinoff~|stake|"
    "takeover~" },
  { "%limit", "cutoff|date|dates|deadline~|expiry|timeline~|timetable~" },
  { "%event",
    "appeal|auction~|ballot~|budget~|census|completion|conference~|congress|debut|decision~|deliveries|delivery|"
    "departure|deposition|election~|enforcement|exam~|execution~|exit|final|finals|game|games|handover|hearing~|"
    "implementation|inauguration|introduction|ipo|launch~|liftoff|listing|match|matches|meeting~|negotiations|"
    "olympics|opening|phase|poll|polling|polls|primaries|primary|pullout|qualifier~|recall|referendum~|release~|"
    "reopening|retrial|review~|rollout~|ruling~|runoff|sentencing|session~|start|strike~|summit~|surrender|switch|"
    "talks|testimony|tournament|trial~|vaccination|verdict~|visit~|vote~|withdrawal" },
  { "%rule",
    "act|agreement|aid|amnesty|authorization|ban~|blockade|cap|ceasefire|charge~|closure~|credit|credits|curb~|"
    "curfew~|deal|deportation|deportations|directive~|duty~|embargo~|emergency|eviction|evictions|execution|"
    "exemption~|fee~|freeze|guidance|inquiry|law~|levy~|limit~|lockdown~|mandate~|measure~|mission|moratorium|"
    "operation|order~|parole|pause|plan|policies|policy|probe|program~|programme~|protection~|quota~|regime|"
    "regulation~|relief|requirement~|restriction~|rule~|safeguards|sanction~|scheme~|status|subsidy~|support|"
    "surcharge~|talks|tariff~|tax~|tps|trial|truce|visa|visas|waiver~|zone~" },
  { "%plan",
    "amendment~|bill~|commitment|draft~|idea|measure~|motion~|plan~|pledge|project~|promise~|proposal~|reform~|"
    "resolution~|scheme~" },
  { "%court", "court~|judge~|justices|magistrate~|scotus|tribunal~" },
  { "%done",
    "agreed|clinched|closed|completed|concluded|done|finalised|finalized|inked|ratified|reached|sealed|secured|signed|"
    "struck" },
  { "%clinch",
    "accept~|adopt~|agree~|approve~|broker~|cement~|clinch~|close~|complete~|conclude~|cut|cuts|finalise~|finalize~|"
    "hammered|ink~|land~|made|make|makes|nail~|ratify~|reach~|seal~|secure~|sign~|strike~|struck|thrashed" },
  { "%be", "are|be|becomes|been|being|get|gets|got|is|was|were" },
  { "%season", "autumn|fall|spring|summer|winter" },
  { "%unit", "day~|fortnight|month~|week~|year~" },
  { "%when", "apply|arrive~|begin~|close~|come~|due|end~|expire~|fall~|finish~|held|launch~|open~|run|start~" },
  { "%glide",
    "bump~|carry~|creep~|defer~|delay~|drag~|drift~|kick~|move~|nudge~|postpone~|pull~|punt~|push~|roll~|shift~|"
    "shunt~|slid|slide~|slip~|spill~|stretch~" },
  { "%spell",
    "ceasefire|consultation|deadline|deal|grace|mandate|pause|period|phase|phaseout|review|runway|term|time|timeframe|"
    "timeline|timetable|transition|truce|waiver|window" },
  { "%stay", "continue~|keep~|kept|last~|leave~|left|operate~|persist|remain~|run~|stay~|survive~" },
  { "%keep", "carry|continue~|hold~|keep~|kept|leave~|left|let~|maintain~|operate~|retain~|run~" },
  { "%drop", "abandon~|axe~|cancel~|ditch~|drop~|miss~|scrap~" },
  { "%respite", "deferment~|deferral~|extension~|moratorium|renewal~|reprieve~|rollover~|suspension" },
  { "%foreseen",
    "announced|anticipated|before|envisaged|expected|first|foreseen|hoped|initially|intended|originally|planned|"
    "previously|promised|scheduled|thought" },
  { "%slated", "aiming|due|expected|eyeing|likely|planned|required|scheduled|seen|set|slated|targeting" },
  { "%chamber", "bundestag|committee|house|meps|sabha|senate|senators|strasbourg" },
  { "%pass", "advance~|approve~|back~|clear~|okay~|pass~|recommend~|support~|vote~" },
  { "%decider", "board|cabinet|council|court|eu|government|judge|leaders|parliament|regulator|shareholders|voters" },
};

static const MoveLexicon events[] = {
  /* What is said of nothing but what has a date. */
  { MOVE_CUE_SHIFT, TRUE,
    "add~ # to|add~ .. %unit to|adjourn~|advance~ .. election|advance~ .. elections|advance~ .. %limit|"
    "advance~ .. to #|advance~ by #|allow~ .. for longer|allow~ .. until #|allow~ to .. until #|allow~ to run to #|"
    "bench stays|blow~ past .. deadline|bought^ .. +|bought^ .. more time|bought^ .. time|bring~ .. closer|"
    "bring~ .. forward|bring~ in sooner|brought^ .. closer|brought^ .. forward|brought^ in earlier|brought^ in later|"
    "brought^ in sooner|bumped again|buy~ .. +|buy~ .. another #|buy~ .. more time|buy~ .. time|buys itself|"
    "call~ .. snap election|call~ early election|call~ snap elections|call~ snap poll|carry on .. until #|"
    "change~ .. date|change~ .. deadline|clock is stopped|clock paused|clock stopped|come~ forward to #|"
    "come~ in later|come~ in sooner|cut~ .. deadline|cut~ short|day moved|day shifted|defer~|delay~ .. launch|"
    "delay~ .. start|dissolve~ .. parliament|%drop # date|%drop # debut|%drop # launch|%drop # rollout|%drop # start|"
    "ease~ .. deadline|end~ early|ended early|%event moved after|%event moved because|%event moved from|"
    "%event moved to|%event reset|%event slips|expedite~ .. trial|extend~ beyond #|extend~ past #|fast - forward~|"
    "fly on .. until #|fund~ government .. through #|fund~ government .. until #|funds government through #|"
    "funds government until #|gave^ .. longer|gave^ .. longer to|get longer to|give~ .. longer to|"
    "give~ .. one more %season|give~ longer|%glide .. back #|%glide .. back another|%glide .. back another +|"
    "%glide .. beyond #|%glide .. by #|%glide .. down the road|%glide .. into #|%glide .. into next|%glide .. past #|"
    "%glide .. to #|%glide .. to autumn|%glide .. to later in the year|%glide .. to later this year|%glide .. to next|"
    "%glide .. to spring|%glide .. until #|%glide .. until after|go back to #|go beyond .. deadline|"
    "go~ into extra %unit|go on .. until #|go~ on for +|go past #|go past .. deadline|goes back to #|gone back to #|"
    "halt~ .. strike|hand~ .. one more %season|hang on until #|hasten~|have longer to|have to wait until|held^ off on|"
    "held over until #|held up again|held up for #|hit~ pause|hit~ pause on|hit~ the brakes on|hold~ back .. for #|"
    "hold~ back .. rules|hold~ back .. until #|hold~ back .. until after|hold~ back publication|hold~ back %rule|"
    "hold~ off on|hold~ off until #|hold~ over until #|in abeyance|in place for longer|injunction stays|"
    "into long grass|into the long grass|keep~ .. for longer|keep~ government open .. #|kick~ .. into long grass|"
    "kick~ .. into the long grass|kick~ the can|knock~ back to #|lasts +|lasts another +|launch scrubbed|"
    "let~ .. for longer|let~ .. until #|%limit back to #|%limit brought back to #|%limit changed|%limit cut to #|"
    "%limit is back to #|%limit is restored to #|%limit moved|%limit restored to #|%limit returns to #|"
    "%limit shifted|%limit slide|%limit slides|%limit slip~|%limit to slip|live for longer|loosen~ .. deadline|"
    "move~ .. back by #|move~ .. back to #|move~ .. forward by #|move~ .. forward to #|move~ .. from #|"
    "move~ .. %limit|move~ .. tour|move~ .. up by #|move~ .. up to #|move~ ? ? %event|move~ ? %event|move~ back|"
    "move~ %event|move~ %event back|move~ the ? ? %event|move~ up .. %event|move~ up .. %limit|moved again|moved^ up|"
    "moving up|must wait until|now take~ effect #|now take~ effect in #|now take~ effect on #|on back burner|"
    "on the back burner|open for longer|order stays|parked for #|parked until #|pause~ .. until #|pause~ strike|"
    "place~ .. on hold|postpone~|prepone~|preponed|press~ pause on|prolong~|pull~ forward|push~ .. back by #|"
    "push~ .. back to #|push~ .. %event back|push~ .. further back|push~ .. %limit|push~ .. past|push~ back|push~ off|"
    "push~ %rule back|pushed again|put~ .. back #|put~ .. back another|put~ .. back by|put~ .. off again|"
    "put~ .. off for|put~ .. off to|put~ .. off until|put~ .. on hold|put~ .. on ice|put~ .. on pause|put~ back|"
    "put~ brakes on|put~ off|put~ the brakes on|relax~ .. deadline|reschedule~|reset~ .. %event|reset~ .. %limit|"
    "reset for #|reset to #|revert~ to #|%rule .. stayed|ruling stays|run~ .. for longer|run beyond .. deadline|"
    "run~ into #|run~ on into #|run past #|run past .. deadline|run~ to #|scrub~ .. launch|scrub~ .. liftoff|"
    "set~ .. later date|set~ .. new date|set~ .. new deadline|set~ new ? date|set~ new ? deadline|shelved until #|"
    "shelved until after|shift~ .. from #|shift~ .. %limit|shift~ .. tour|shift~ ? %event|shift~ %event|shifted again|"
    "shorten~ .. deadline|sit tight until #|slam~ brakes on|slam~ the brakes on|slip~ #|slip~ further|slipped again|"
    "slips again|slow~ .. phaseout|soften~ .. deadline|speed~ up .. trial|%stay +|stay~ .. for longer|"
    "%stay a further +|%stay another +|%stay for +|%stay for a further +|%stay for another +|stay~ implementation|"
    "%stay open # more|%stay open +|%stay open a %unit more|%stay open another +|stayed for #|stayed pending|"
    "stayed until #|stop~ .. clock|stretch~ .. ceasefire|stretch~ .. deadline|stretch~ .. truce|stretch~ out .. by #|"
    "stretch~ out .. to #|stretch~ past .. deadline|suspend~ strike|suspended temporarily|tack~ # on|tack~ .. onto|"
    "tack~ on #|temporarily block~|temporarily freeze~|temporarily halt~|temporarily lift~|temporarily pause~|"
    "temporarily stop~|temporarily suspend~|temporarily waive~|tighten~ .. deadline|to last +|to last another +|"
    "to stay .. %event|to stay .. %rule|wait until #|waits until #|water~ down .. ban|water~ down .. deadline|"
    "will wait|win~ time|window moves|window shifted|window shifts|window slips|withhold~ .. until|won^ time|"
    "won't come before|won't happen before" },
  /* No verb: what is told beside it. */
  { MOVE_CUE_SHIFT_PHRASE, TRUE,
    "# ahead of plan|# ahead of schedule|# behind schedule|# earlier than|# early|# instead|# sooner|a little longer|"
    "a while longer|as new date|as new deadline|as new target|date is now|deadline is now|earlier than %foreseen|"
    "gets longer|gets shorter|got longer|got shorter|instead of #|later than %foreseen|longer than %foreseen|"
    "new ? ? date|new ? ? deadline|new ? date|new ? deadline|new ? deadlines|new date|new dates for|new dates set|"
    "new deadline|new deadlines|new target|no earlier than #|no sooner than #|not .. until after #|not before #|"
    "not expected until #|not likely before #|now .. through #|now .. until #|now on #|now runs to #|now %slated #|"
    "now %slated by #|now %slated for #|now %slated from #|now %slated in #|now %slated on #|now to be held on #|"
    "now to begin #|now to start #|now %when #|now %when at #|now %when from #|now %when in #|now %when on #|"
    "off the table until|on hold for #|on hold until #|rather than #|sooner than expected|sooner than planned|"
    "take~ longer than|taking longer than|to now .. #|try again in #|try again on #|%unit ahead of plan|"
    "%unit ahead of schedule|%unit behind schedule|%unit earlier than|%unit early|%unit later than|%unit sooner than|"
    "unlikely .. before #|unlikely .. until #|%when # earlier|%when # later|%when # sooner|%when a # earlier|"
    "%when a # later|%when a # sooner|%when a %unit earlier|%when a %unit later|%when earlier than|%when later than|"
    "will not .. before #|will not .. until #|will now .. #|won't .. before #|won't .. until #" },
  /* What may be said of leads and losses too. */
  { MOVE_CUE_SHIFT, FALSE,
    "block~ .. until #|blocked until #|bring~ back|continue~ .. ceasefire|continue~ .. embargo|continue~ .. emergency|"
    "continue~ .. moratorium|continue~ .. order|continue~ .. sanctions|continue~ .. truce|%court block~ .. %rule|"
    "%court freezes|%court halt~ .. %rule|%court halts|%court pauses|%court stays|delay~|earlier start|"
    "exempt~ .. until #|extend~|freeze~|froze^|frozen^|gave^ .. until #|get~ underway later|get~ until #|"
    "give~ .. until #|given^ until #|got^ until #|grant~ .. until #|halt~ .. access|halt~ .. ban|halt~ .. cuts|"
    "halt~ .. enforcement|halt~ .. for #|halt~ .. order|halt~ .. plan|halt~ .. rule|halt~ .. tariffs|halt~ .. until #|"
    "halted for #|halted until #|held^ back to #|held^ back until #|held^ off|held over|hold~ back until #|hold~ off|"
    "hold~ over|keep~ .. alive|%keep .. beyond #|%keep .. beyond cutoff|keep~ .. for another #|keep~ .. on hold|"
    "keep~ .. on ice|%keep .. open +|%keep .. open for +|%keep .. past #|%keep .. past cutoff|%keep .. past deadline|"
    "%keep .. past expiry|%keep .. running +|%keep .. running for +|%keep .. through #|keep~ .. until #|"
    "kept^ .. alive|kept^ .. until #|kept^ on hold|kept^ on ice|later start|lengthen~|let~ .. for another #|"
    "lift~ .. for #|lift~ .. until #|pause~|re - authorise~|re - authorize~|re - designate~|re - extend~|re - up|"
    "reauthorise~|reauthorize~|recertify~|redesignate~|redesignation|reinstate~|rejoin~|remain~ on hold .. #|renew~|"
    "reopen~ .. through #|reopen~ .. until #|reup|roll~ over|shorten~|%stay .. # longer|stay~ .. ban|"
    "stay~ .. execution|stay~ .. for #|%stay .. for +|stay~ .. order|stay~ .. until #|%stay in effect .. until #|"
    "%stay in force .. until #|%stay in force through #|%stay in place .. through #|%stay in place .. until #|"
    "%stay in place longer|%stay on ice .. #|%stay open longer|stretch~|suspend~|waive~" },
  { MOVE_CUE_SHIFT_NOUN, FALSE,
    "# ceasefire|# delay|# freeze|# halt|# holiday|# moratorium|# pause|# stay|# truce|# wait|+|a further +|a stay|"
    "a %unit more|additional %spell|adjournment|another +|another autumn|another season|another spring|another summer|"
    "another winter|breather|breathing room|breathing space|breathing spell|change of date|clean cr|continuance|"
    "continuing resolution~|cooling - off period|deferment~|deferral~|delayed start|duty holiday|earlier date|"
    "earlier %event|early election|early elections|early vote|emergency stay|extension~|extra %spell|extra %unit|"
    "fee holiday|flexibility|flextension|for stay|further time|grace|grace period~|holdover|interest holiday|"
    "late start|later ? %event|later ? %rule|later %event|later %limit|later %rule|later start date|leeway|"
    "levy holiday|lifeline|longer .. %spell|longer ? %event|longer ? %rule|longer ? season|longer %event|"
    "longer phase*|longer %rule|longer run - up|longer season|longer to comply|longer to pay|longer wait|moratorium~|"
    "more time|mortgage holiday|one more %season|one more season|one more %unit|payment holiday|postponement~|"
    "prolongation|renewal~|rent holiday|repayment holiday|reprieve~|rescheduling|respite|rollback of deadline|"
    "rollover|%season date|%season start|second chance|second postponement|second stopgap|short - term cr|"
    "slower %event|slower shift|snap election|snap elections|snap poll|some more time|stand - down|standstill|stay|"
    "stay application|stay of|stay of eviction|stay of execution|stay request|stop - gap|stop - the - clock|stopgap~|"
    "sunset extension|suspension~|tax holiday|temporary halt|third delay|time - out|timeout|timing of|"
    "transition period|wait|wiggle room" },
  { MOVE_CUE_DECOY, FALSE,
    "airport delay~|bin collection~|bin strike~|close allies|close ally|close eye|close look|close race|close ties|"
    "close watch|closer look|delay~ gratification|delay~ in issuing|delay~ in processing|delayed reaction|"
    "delays expected|delays hit|delays likely|delays of up to|driver licence|driver license|drivers license|"
    "driving licence|driving license|end of|extend~ an invitation|extend~ from|extend~ invitation|"
    "extended - hours trading|extended - release|extended cut|extended family|extended hours|extended interview|"
    "extended metaphor|extended play|extended release|extended session|extended stay|extended trading|"
    "extended trailer|extended version|extended warranty|extension deadline|extension deadlines|"
    "extension request deadline|face~ delays|facing delays|flight delay~|food bin|forward - looking|forward to|"
    "forward with|freezing cold|freezing rain|freezing temperatures|frozen assets|frozen food|frozen foods|"
    "frozen russian assets|frozen yogurt|hold~ off challenge|hours of delays|in suspended|leave~ .. with delays|"
    "liquor licence|liquor license|long delay~|long wait|longer delays|losing run|move~ .. to tears|moved to tears|"
    "new year|no time to|processing delay~|push~ back against|push~ back at|push~ back on|pushed back against|"
    "put off by|put~ off shoppers|rain delay~|ran^ out of steam|recycling bin|renewable|renewed attacks|renewed call|"
    "renewed calls|renewed effort~|renewed fears|renewed fighting|renewed focus|renewed hope|renewed hopes|"
    "renewed interest|renewed optimism|renewed pressure|renewed push|renewed tensions|renewed threat~|"
    "renewed violence|ruled out until|run~ out of steam|severe delay~|sidelined until|sign~ .. contract|sign of|"
    "signed by|signs new contract|signs of|stay~ tuned|suspend~ disbelief|suspended animation|suspended sentence~|"
    "talks end~|talks in ? end~|time to die|to an extent|to date|traffic delay~|train delay~|travel delay~|trial end~|"
    "trial in ? end~|unbeaten run|up to date|wait list|wait time|wait times|weather delay~|wheelie bin~|winning run|"
    "without delay" },
  { MOVE_CUE_STAND, TRUE,
    "# .. stands|# .. stays put|adamant|as planned despite|as scheduled despite|be ready on time|carved in stone|"
    "cast in stone|come what may|commit~ to .. ban|commit~ to .. %limit|committed to .. %limit|defeat~ .. bill|"
    "deliver~ on time|%event remains on #|%event stays on #|fail~ to pass|forge~ ahead with|go~ ahead as planned|"
    "go~ ahead as scheduled|go~ ahead despite|go~ ahead on schedule|going ahead despite|held^ firm|hold~ fast to|"
    "hold~ firm|hold~ the line|hold~ to .. %limit|insist~ .. stands|insist~ .. stays|insist~ .. will apply|"
    "insist~ .. will go ahead|insist~ .. will proceed|insist~ .. will start|insist~ .. will take effect|"
    "insist~ on .. %limit|keep~ .. %limit|keep~ to .. %limit|leave~ .. in place|left^ .. in place|%limit .. not budge|"
    "%limit .. not change|%limit .. not move|%limit .. not shift|%limit .. not slip|%limit %be final|%limit %be firm|"
    "%limit %be fixed|%limit cast in stone|%limit hold~|%limit remain~|%limit stand~|%limit stay~|%limit still stand~|"
    "%limit unchanged|%limit won't budge|%limit won't change|%limit won't move|%limit won't slip|maintain~ .. %limit|"
    "move~ ahead despite|move~ forward as planned|move~ forward despite|no change in .. %limit|no change to .. %limit|"
    "no change to .. %rule|no dice for|no flexibility on|no matter what|no movement on .. %limit|no turning back on|"
    "no u - turn|not a day longer|not a day more|not a minute more|not budging|not for moving|not one day more|"
    "on schedule despite|%plan .. fails to pass|%plan .. voted down|%plan defeated|%plan fail|%plan fails|"
    "%plan rejected|%plan vetoed|plough~ ahead with|plow~ ahead with|press~ ahead with|press~ on with|pressing ahead|"
    "proceed~ as planned|proceed~ as scheduled|push~ ahead with|rain or shine|reaffirm~ .. %limit|refuse~ to budge|"
    "reject~ .. accord|reject~ .. agreement|reject~ .. ceasefire|reject~ .. deal|reject~ .. pact|reject~ .. %plan|"
    "reject~ .. treaty|reject~ .. truce|set in stone|sit~ tight on|stand~ by .. ban|stand~ by .. %limit|stand~ firm|"
    "stand~ pat on|stay~ on schedule|stick~ by .. %limit|stick~ to .. ban|stick~ to .. guns|stick~ to .. %limit|"
    "stick~ to .. %plan|stick~ to .. schedule|stick~ with .. %limit|stick~ with .. %plan|stood^ firm|"
    "stuck^ to .. %limit|turn~ down .. %deal|upheld^ .. %limit|uphold~ .. %limit|veto~ .. %plan|vote~ down .. %deal|"
    "vote~ down .. %plan|vote will go ahead|votes ‘ no|will be held .. despite|will be held as planned|will go ahead|"
    "will happen .. despite|will happen as planned|will not be moved|will not budge|will open on time|"
    "will proceed as planned|will proceed as scheduled|will start .. despite|will take place .. despite|"
    "will take place as planned|won't be swayed|won't budge" },
  { MOVE_CUE_RESTORE, FALSE,
    "block~ .. ban|block~ .. law|block~ .. order|block~ .. rule|new .. deal|overturn~ .. ban|relaunch~|renegotiate~|"
    "renegotiation|reopen~|restart~|resume~|resurrect~|revive~" },
  { MOVE_CUE_RESOLVE, FALSE,
    "accede~|accept~ .. offer|adopt~ .. budget|adopts euro|agree~ on .. bill|agree~ on .. budget|agree~ on .. law|"
    "agree~ on .. plan|agree~ to .. plan|agree~ to be acquired|agree~ to buy|agree~ to first phase|agree~ to sell|"
    "announce~ ? ? %deal|announce~ ? %deal|announce~ %deal|approve~ .. budget|approve~ .. %sale|avert~ .. default|"
    "avert~ .. shutdown|avert~ .. strike|award .. completed|beat~ .. deadline|become .. member|become~ law|"
    "becomes .. member|blast~ off|budget adopted|budget approved|budget passed|budget passes|call~ off .. boycott|"
    "call~ off .. industrial action|call~ off .. protest|call~ off .. strike|call~ off .. walkout|came^ to terms|"
    "clear~ .. %sale|%clinch .. %deal|close~ .. %sale|coalition agreed|come~ to terms|complete~ .. review|"
    "complete~ .. %sale|conclude~ .. %sale|conditions .. met|%court clear~ .. %sale|criteria .. met|"
    "%deal .. approved by|%deal .. close|%deal .. closes|%deal .. ratified|%deal .. sealed|%deal .. signed|"
    "%deal announced|%deal approved|%deal %be %done|%deal %done|%deal finally %done|%deal has been %done|"
    "deal in place|%deal meets|%deal to proceed|default averted|dispute ends|elect~ .. president|elect~ pope|"
    "elect~ speaker|emerge~ from bankruptcy|enact~|end~ .. lockout|end~ .. shutdown|end~ .. strike|end~ .. walkout|"
    "ending longest shutdown|ending shutdown|enter~ nato|enters eu|enters euro~|exit~ .. bailout|exit~ bankruptcy|"
    "exits bailout|final approval|final go - ahead|final green light|final nod|finalise~ .. grant|finalise~ .. %sale|"
    "finalize~ .. grant|finalize~ .. %sale|find~ buyer|form~ .. government|formally enter~|formally join~|"
    "forms government|found buyer|fulfil~ .. conditions|fulfill~ .. conditions|get~ green light|gets approval|"
    "gets go - ahead|gets government|gets the nod|give~ final approval|gives final nod|go~ live|"
    "green - lights .. %sale|greenlight~ .. %sale|hail~ ? %deal|hail~ %deal|hammer~ out .. %deal|impasse ends|"
    "join~ .. pact|join~ .. treaty|join~ eu|join~ eurozone|join~ nato|joins .. agreement|land~ on moon|lands on mars|"
    "lands on moon|lift~ off|lifts off|lockout ends|lockout is over|lockout over|meet~ .. benchmarks|"
    "meet~ .. conditions|meet~ .. criteria|meet~ .. deadline|met^ .. benchmarks|met^ .. conditions|met^ .. criteria|"
    "met^ .. deadline|new government sworn|nod~ through .. %sale|now law|obtain~ .. licence|ok~ .. deal|"
    "open~ to passengers|open~ to public|opens to traffic|pass~ .. budget|raise~ .. debt ceiling|raise~ debt limit|"
    "ratify~|refloated|reopen~ government|requirements .. met|royal assent|saga ends|%sale .. approved|"
    "%sale .. approved by|%sale .. cleared|%sale .. closed|%sale .. closes|%sale .. completed|%sale .. finalised|"
    "%sale .. finalized|%sale %be %done|%sale complete|%sale %done|%sale goes through|%sale of .. %done|"
    "%sale wins approval|satisf* .. conditions|seal~ .. %sale|secure~ .. approval|secure~ .. licence|settle~ .. case|"
    "settle~ .. claims|settle~ .. dispute|settle~ .. lawsuit|settle~ .. row|settle~ .. strike|settle~ .. suit|"
    "shake~ hands on|shake~ on .. %deal|shutdown averted|sign~ .. into law|sign~ .. peace|sign~ off on|signed at last|"
    "signed into law|splash~ down|standoff ends|strike .. called off|strike averted|strike ends|strike is over|"
    "strike over|swap~ prisoners|targets .. met|thrash~ out .. %deal|touch~ down|unveil~ ? %deal|unveil~ %deal|"
    "walkout averted|walkout called off|walkout ends|wave~ through .. %sale|went^ live|win~ .. approval|"
    "win~ .. go - ahead|win~ .. licence|win~ .. license|wins .. clearance|wrap~ up .. %deal|wrap~ up .. %sale|"
    "wraps up takeover" },
  { MOVE_CUE_CANCEL, TRUE,
    "abandon~ .. plan|abandon~ .. plans|abandon~ attempt~ to|abolish~|agree~ to let .. expire|agree~ to let .. lapse|"
    "agree~ to terminate|agreement .. to terminate|annul~|axe~|axing|back - pedal~ on|back~ down on .. %rule|"
    "back~ off .. %plan|back~ off .. %rule|backpedal~ on|backtrack~ on|bring~ .. %rule to an end|call~ off|"
    "call~ time on|cancellation of|climb~ down on|climb~ down over|comes to nothing|curtain comes down on|"
    "curtain falls on|dead in the water|deal dead|deal in ruins|deal in tatters|deal off|death knell for|"
    "did^ away with|discontinu*|ditch~|do~ away with|drop~ .. bid|drop~ .. plan|drop~ .. plans|drop~ .. proposal|"
    "drop~ attempt~ to|drop~ pursuit of|eliminate~ .. %deal|eliminate~ .. %rule|eliminate~ ? %respite|"
    "eliminate~ %respite|end~ .. attempt~ to|end~ .. struggle to|end~ ? %respite|end of the road for|end~ pursuit of|"
    "end~ %respite|flip - flop~ on|go~ back on|go~ up in smoke|halt~ .. participation|halt~ for good|halted for good|"
    "in tatters|invalidate~|is dead|is gone|is no more|is off|kill~ .. bill|kill~ .. plan|kill~ .. rule|kill~ off|"
    "lift~ .. emergency|nullify~|pause~ indefinitely|phase out .. %rule|pull~ plug|pull~ the plug|put~ an end to|"
    "put~ end to|quash~ .. %plan|repeal~|rescind~|reverse~ .. %plan|reverse~ .. %rule|reverse~ course on|revoke~|"
    "rip~ up|roll~ back .. %rule|row~ back on|scrap~|shelve~ .. plan|shelve~ .. plans|shelved for good|"
    "shut~ down for good|stopped for good|strike~ down|struck^ down|suspend~ .. participation|suspend~ indefinitely|"
    "suspended for good|tear~ up|terminate~|termination of .. agreement|termination of %deal|termination of %sale|"
    "tore^ up|torn^ up|u - turn on|u - turn over|walk~ out of|went^ back on|wind~ down .. %rule|withdraw~ .. bid|"
    "withdraw~ .. plan|withdrawal of .. bid|withdrawal of .. offer" },
  { MOVE_CUE_CANCEL, FALSE,
    "abandon~|back~ out of|bin~|break~ down|break~ off|broke^ down|broke^ off|cancel~|ceasefire ends as|"
    "ceasefire is over|collapse~|deal is dead|deal is off|deal is over|drop~|dump~|end~ .. %deal|end~ .. %plan|"
    "end~ .. %rule|fall~ apart|fall~ through|fell^ apart|fell^ through|is over|junk~|kill~|lapse~|lift~ .. %rule|"
    "overturn~|pause .. gone|pull out|pull~ out of|pulled out|pulls out|quash~ .. %rule|quit~|remove~ .. %rule|"
    "shelve~|shelving|truce ends as|truce is over|unravel~|void~|walk~ away from|walked away|walks away|walks out|"
    "withdraw~|withdraw~ from|withdrawn^|withdrew^|withdrew^ from" },
  { MOVE_CUE_LAPSE, FALSE,
    "came^ to an end|come~ to an end|%deal comes to end|%deal ended|%deal ends|%deal over|elapse~|expire~|"
    "has^ .. come to an end|has^ .. run out|have^ .. come to an end|have^ .. run out|ran^ out|%rule .. ended|"
    "%rule .. ends|%rule comes to an end|%rule end|%rule over|run~ out|sunset~" },
};
/* clang-format on */

const MoveClass *
move_lexicon_classes (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (classes);
  return classes;
}

const MoveLexicon *
move_lexicon (guint group, guint *ret_n)
{
  if (group > 0)
    return move_lexicon_context (group, ret_n);
  *ret_n = G_N_ELEMENTS (events);
  return events;
}
