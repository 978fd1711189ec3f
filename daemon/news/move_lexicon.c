/* SPDX-License-Identifier: MIT */
/* The lexicon of what happens to a deadline, in English. Patterns are separated by '|', their words by blanks:
 *   word   as it is          word~  with -s, -ed, -ing      word^  as it is, a past
 *   word*  any word that begins so (at least two letters)   %name  any word of that class
 *   ?      any one word      ..     up to five words
 *   #      part of a date or length
 *   +      part of a length on top of another ("another week")
 * A pattern of ideographs is matched character by character. The longest that fits wins: a decoy hides the shorter
 * pattern that it begins with ("push back against"). */
#include "news/move_private.h"

/* clang-format off: one pattern is never broken over two lines */
static const MoveClass classes[] = {
  { "%deal",
    "deal~|agreement~|accord~|pact~|treaty~|settlement~|compromise~|truce~|ceasefire~|armistice|contract~|memorandum|"
    "protocol~|framework|concordat|mou|terms|programme|bailout|package" },
  { "%sale",
    "sale~|takeover~|merger~|acquisition~|buyout~|divestiture~|stake|divestment~|purchase~|disposal~|spinoff~|buyback~|"
    "demerger" },
  { "%limit", "deadline~|cutoff|timeline~|timetable~|date|dates|expiry" },
  { "%event",
    "election~|vote~|poll|polls|polling|referendum~|ballot~|hearing~|trial~|sentencing|launch~|liftoff|start|opening|"
    "debut|rollout~|release~|summit~|meeting~|session~|conference~|auction~|ipo|listing|inauguration|census|execution~|"
    "talks|negotiations|visit~|review~|decision~|ruling~|verdict~|handover|completion|primary|primaries|exam~|budget~|"
    "games|olympics|tournament|strike~|retrial|runoff|congress|delivery|deliveries|introduction|implementation|"
    "enforcement|switch|phase|qualifier~|match|matches|game|final|finals|deposition|testimony|surrender|appeal|recall|"
    "vaccination|reopening|exit|departure|withdrawal|pullout" },
  { "%rule",
    "ban~|rule~|law~|tariff~|levy~|duty~|fee~|tax~|sanction~|order~|regulation~|restriction~|mandate~|act|curb~|"
    "embargo~|directive~|policy|policies|regime|measure~|requirement~|moratorium|waiver~|exemption~|surcharge~|charge~|"
    "curfew~|lockdown~|emergency|freeze|pause|quota~|truce|ceasefire|subsidy~|scheme~|programme~|program~|blockade|"
    "execution|deportations|deportation|closure~|evictions|eviction|status|tps|protection~|relief|visa|visas|deal|"
    "mission|operation|credit|credits|aid|support|authorization|parole|amnesty|lockdowns|exemption|agreement|cap|"
    "limit~|guidance|zone~|mandates|scheme|plan|trial|talks|probe|inquiry|safeguards" },
  { "%plan",
    "plan~|proposal~|bill~|idea|project~|scheme~|reform~|pledge|promise~|commitment|draft~|resolution~|motion~|"
    "amendment~|measure~" },
  { "%court", "judge~|court~|tribunal~|justices|scotus|magistrate~" },
  { "%done",
    "signed|sealed|reached|struck|agreed|clinched|finalized|finalised|concluded|completed|ratified|inked|secured|"
    "closed|done" },
  { "%clinch",
    "sign~|seal~|strike~|struck|clinch~|reach~|finalize~|finalise~|conclude~|complete~|ink~|secure~|ratify~|agree~|"
    "agree~ on|approve~|cement~|close~|land~|hammered|thrashed|nail~|accept~|adopt~|broker~|make|makes|made|cut|cuts" },
  { "%be", "is|are|was|were|be|been|being|gets|got|get|becomes" },
  { "%season", "spring|summer|autumn|fall|winter|new year" },
  { "%unit", "day~|week~|month~|year~|fortnight" },
  { "%when", "close~|open~|start~|begin~|end~|launch~|come~|arrive~|finish~|run|held|due" },
  { "%glide",
    "slip~|slide~|slid|drift~|stretch~|spill~|creep~|shift~|bump~|kick~|punt~|push~|move~|pull~|nudge~|roll~|carried|"
    "delay~|defer~|postpone~|shunt~|dragged|drag~|carry~" },
  { "%spell",
    "period|window|phase|transition|runway|deadline|truce|pause|ceasefire|term|time|timeline|timetable|waiver|grace|"
    "review|consultation|phaseout|timeframe|mandate|deal" },
  { "%stay", "stay~|remain~|survive~|kept|keep~|continue~|leave~|left|run~|operate~|last~|persist" },
  { "%keep", "keep~|kept|run~|leave~|left|let~|continue~|carry|hold~|retain~|operate~|maintain~" },
  { "%drop", "scrap~|drop~|abandon~|ditch~|axe~|cancel~|cancelled|give~ up|miss~|abandons" },
  { "%start", "start|launch|date|debut|opening|rollout|introduction" },
  { "%respite", "extension~|renewal~|reprieve~|deferral~|moratorium|suspension|deferment~|rollover~" },
  { "%foreseen",
    "planned|scheduled|expected|anticipated|intended|foreseen|envisaged|hoped|thought|promised|announced|originally|"
    "initially|previously|first|before" },
  { "%firm", "stand~|stay~|remain~|hold~|holds|unchanged|final|firm|fixed|intact|unaffected" },
};

static const MoveLexicon events[] = {
  /* What is said of nothing but what has a date. */
  { MOVE_CUE_SHIFT, TRUE,
    "postpone~|prolong~|defer~|reschedule~|adjourn~|push~ .. back to #|push~ .. back by #|push~ .. back #|"
    "push~ .. further back|push~ off|push~ .. %limit|push~ .. %event back|push~ %rule back|push~ .. to #|"
    "push~ .. until #|push~ .. into #|push~ .. past #|push~ .. beyond #|push~ .. until after|push~ .. past|"
    "bump~ .. to #|punt~ .. to #|punt~ .. until #|kick~ .. into long grass|kick~ .. into the long grass|"
    "kick~ .. down the road|kick~ the can|put~ on hold|put~ .. on hold|place~ on hold|place~ .. on hold|put~ on ice|"
    "put~ .. on ice|put~ on pause|put~ .. on pause|hold~ off on|held^ off on|hold~ off until #|slip~ to #|slip~ into #|"
    "slip~ by #|slip~ past #|slip~ until #|move~ back|move~ .. back to #|move~ .. back by #|move~ %event back|"
    "bring~ forward|brought^ forward|bring~ .. forward|brought^ .. forward|move~ .. forward to #|move~ .. forward by #|"
    "move~ forward to #|moved^ up|move~ up .. %event|move~ up .. %limit|move~ up %event|move~ .. up to #|"
    "move~ .. up by #|moving up|pull~ forward|advance~ .. %limit|advance~ .. election|advance~ .. elections|"
    "advance~ to #|advance~ .. to #|advance~ by #|call~ snap election|call~ .. snap election|call~ early election|"
    "call~ snap elections|call~ snap poll|move~ .. %limit|move~ .. to #|move~ .. from #|shift~ .. %limit|"
    "shift~ .. to #|shift~ .. from #|change~ .. deadline|change~ .. date|set~ new date|set~ .. new date|"
    "set~ .. new deadline|set~ .. later date|set~ new ? date|set~ new ? deadline|stop~ the clock|temporarily block~|"
    "temporarily lift~|temporarily suspend~|temporarily halt~|temporarily waive~|temporarily stop~|temporarily pause~|"
    "temporarily freeze~|suspended temporarily|now take~ effect #|now take~ effect on #|now take~ effect in #|"
    "water~ down .. deadline|water~ down .. ban|soften~ .. deadline|relax~ .. deadline|ease~ .. deadline|"
    "loosen~ .. deadline|shorten~ .. deadline|cut~ .. deadline|tighten~ .. deadline|stretch~ .. deadline|buy~ time|"
    "bought^ time|buy~ .. more time|bought^ .. more time|buy~ .. another #|delay~ start|delay~ .. start|"
    "delay~ .. launch|give~ .. longer to|gave^ .. longer to|have longer to|get longer to|hold~ back .. until #|"
    "hold~ back %rule|hold~ back .. rules|hold~ back .. for #|hit~ pause on|press~ pause on|hit~ pause|"
    "put~ the brakes on|hit~ the brakes on|put~ brakes on|wait until #|will wait|must wait until|have to wait until|"
    "spill~ into #|roll~ .. into #|move~ %event|move~ ? %event|move~ ? ? %event|move~ the ? ? %event|%glide into #|"
    "revert~ to #|%limit cut to #|%limit brought back to #|%glide to #|%glide until #|%glide past #|%glide beyond "
    "#|%glide .. into #|%glide .. to #|%glide .. until #|"
    "%glide .. past #|%glide .. beyond #|%glide .. until after|run~ on into #|run~ into #|drag~ on into #|"
    "drag~ on until #|clock stopped|clock paused|clock is stopped|stop~ .. clock|%rule stayed|%rule .. stayed|"
    "order stays|ruling stays|bench stays|injunction stays|to stay .. %event|to stay .. %rule|to stay "
    "implementation|stay~ implementation|"
    "stayed pending|stayed until #|stayed for #|slam~ the brakes on|slam~ brakes on|%stay +|%stay for +|to last +|"
    "lasts +|in abeyance|on the back burner|on back burner|into the long grass|into long grass|parked until #|"
    "parked for #|shelved until #|shelved until after|buy~ .. time|bought^ .. time|fly on .. until #|go on .. until #|"
    "carry on .. until #|go~ on for +|let~ .. until #|allow~ .. until #|stretch~ .. truce|stretch~ .. ceasefire|"
    "pause~ .. until #|slow~ .. phaseout|hold~ over until #|held over until #|fast - forward~|come~ forward to #|"
    "hasten~|expedite~ .. trial|speed~ up .. trial|%glide .. into next|%glide .. to next|%glide .. to spring|"
    "%glide .. into spring|%glide .. to autumn|%glide .. into autumn|%glide .. to summer|%glide .. into summer|"
    "%glide .. to winter|%glide .. until autumn|%glide .. until spring|%glide .. until summer|keep~ .. for longer|"
    "stay~ .. for longer|let~ .. for longer|allow~ .. for longer|run~ .. for longer|open for longer|"
    "in place for longer|live for longer|push~ back|slip~ #|slips again|slip~ further|%glide .. by #|"
    "stretch~ out .. by #|stretch~ out .. to #|end~ early|ended early|cut~ short|scrub~ .. launch|launch scrubbed|"
    "scrub~ .. liftoff|tack~ # on|add~ # to|tack~ on #|buy~ .. +|bought^ .. +|hold~ back .. until after|"
    "hold~ back publication|withhold~ .. until|to stay .. verdict|to stay .. ruling|to stay .. order|"
    "to stay .. decision|to stay .. law|to stay .. ban|dissolve~ parliament|dissolve~ .. parliament|give~ longer|"
    "gave^ .. longer|put~ back #|put back #|knock~ back to #|%glide .. into the %season|%glide .. to the %season|"
    "%glide .. until the %season|%glide .. to the new year|%glide .. into the new year|%glide .. to later this year|"
    "%glide .. to later in the year|bring~ .. closer|brought^ closer|brought^ .. closer|put~ off|put~ back|"
    "%glide .. back #|put~ .. back #|reset~ .. %event|reset~ .. %limit|halt~ strike|halt~ .. strike|suspend~ strike|"
    "pause~ strike|brought^ in sooner|bring~ in sooner|brought^ in earlier|brought^ in later|come~ in sooner|"
    "come~ in later|go past .. deadline|go beyond .. deadline|run past .. deadline|run beyond .. deadline|"
    "stretch~ past .. deadline|go past #|run past #|blow~ past .. deadline|extend~ past #|extend~ beyond #|prepone~|"
    "preponed|%limit slip~|%limit to slip|%limit slipped|%event slips|fund~ government .. through #|"
    "fund~ government .. until #|funds government through #|funds government until #|keep~ government open .. #|"
    "put~ .. back +|push~ .. back +|%glide .. back +|%drop # start|%drop # launch|%drop # date|%drop # debut|"
    "%drop # rollout|shift~ %event|shift~ ? %event|shift~ .. tour|move~ .. tour|%limit moved|%limit changed|"
    "%limit shifted|%limit slide|%limit slides|put~ .. back another|push~ .. back another|%glide .. back another|"
    "put~ .. back by|%stay open +|%stay open a %unit more|%stay open # more|goes back to #|go back to #|gone back to #|"
    "go~ into extra %unit|hang on until #|sit tight until #|won't come before|won't happen before|win~ time|won^ time|"
    "tack~ .. onto|add~ .. %unit to|buys itself|hand~ .. one more %season|give~ .. one more %season|put~ .. off for|"
    "put~ .. off until|put~ .. off again|put~ .. off to|%glide .. down the road|%event reset|reset for #|reset to #|"
    "waits until #|bumped again|pushed again|slipped again|moved again|shifted again|held up for #|held up again|"
    "%stay another +|%stay for another +|to last another +|lasts another +|buy~ .. another +|%stay open another +|"
    "%glide .. back another +|%stay a further +|%stay for a further +|allow~ to run to #|allow~ to .. until #|"
    "run~ to #|day moved|day shifted|window shifts|window slips|window moves|window shifted|%event moved to|"
    "%event moved from|%event moved after|%event moved because" },
  /* No verb: what is told beside it. */
  { MOVE_CUE_SHIFT_PHRASE, TRUE,
    "# unlikely before #|unlikely until #|unlikely .. before #|unlikely .. until #|not likely before #|later than "
    "%foreseen|longer than %foreseen|take~ longer than|taking longer than|later than %foreseen|"
    "# behind schedule|# ahead of schedule|# earlier than %foreseen|earlier than %foreseen|# sooner than %foreseen|# "
    "ahead of plan|now %when #|now %when in #|now %when on #|now %when at #|now %when from #|deadline is now|"
    "date is now|now due #|now required by #|now required from #|now required in #|now required on #|now open until "
    "#|now closes #|now closes on #|"
    "now ends #|now ends on #|now runs to #|now expires #|now expires on #|now falls on #|now begins #|now begins on #|"
    "now starts #|now starts on #|now due on #|now due by #|now due in #|now set for #|now scheduled for #|now slated "
    "for #|"
    "now expected in #|now expected #|now expected by #|now apply from #|now .. until #|now .. through #|"
    "now have until #|now has until #|rather than #|instead of #|new date set|new deadline set|new trial date set|"
    "# instead|on hold until #|on hold for #|now targeting #|now aiming for #|now eyeing #|now planned for #|"
    "now seen in #|now planned in #|now not expected until #|not expected until #|a little longer|a while longer|"
    "now pencilled in for #|now penciled in for #|now to be held on #|now to start #|now to begin #|now likely in #|"
    "new deadline|new date|new ? date|new ? deadline|new launch date|will now .. #|to now .. #|# sooner than|# sooner|"
    "# early|# earlier than|won't .. until #|won't .. before #|will not .. until #|will not .. before #|"
    "not .. until after #|no earlier than #|no sooner than #|not before #|now start #|now start on #|"
    "off the table until|%when # later|%when # earlier|%when # sooner|%when later than|%when earlier than|gets longer|"
    "got longer|gets shorter|got shorter|will try again #|will try again on #|try again on #|try again in #|"
    "just got longer|new deadlines|new ? deadlines|new target|new target date|new ? ? date|new ? ? deadline|"
    "new dates set|now on #|new date announced|new dates for|as new target|as new date|as new deadline|"
    "sooner than planned|sooner than expected|%when a # later|%when a # earlier|%when a # sooner|%unit early|"
    "%unit earlier than|%unit later than|%unit sooner than|%unit ahead of schedule|%unit ahead of plan|"
    "%unit behind schedule|%when a %unit later|%when a %unit earlier" },
  /* What may be said of leads and losses too. */
  { MOVE_CUE_SHIFT, FALSE,
    "reopen~ .. until #|reopen~ .. through #|continue~ .. emergency|continue~ .. sanctions|continue~ .. "
    "embargo|continue~ .. moratorium|"
    "continue~ .. ceasefire|continue~ .. "
    "truce|extend~|delay~|renew~|lengthen~|suspend~|pause~|freeze~|froze^|frozen^|reinstate~|rejoin~|shorten~|roll~ "
    "over|"
    "halt~ .. enforcement|halt~ .. tariffs|halt~ .. ban|halt~ .. rule|halt~ .. for #|halt~ .. until #|halted until #|"
    "halted for #|waive~|hold~ off|held^ off|block~ .. until #|blocked until #|lift~ .. until #|lift~ .. for #|"
    "keep~ .. until #|keep~ .. through #|keep~ .. for another #|let~ .. for another #|let~ .. until #|"
    "allow~ .. until #|exempt~ .. until #|kept^ .. until #|stay~ .. for #|stay~ .. until #|stay~ .. ban|stay~ .. order|"
    "stay~ .. execution|judge stays|court stays|judge halts|court halts|judge pauses|court pauses|judge freezes|"
    "court freezes|%court block~ .. %rule|%court halt~ .. %rule|won't .. until #|won't .. before #|will not .. until #|"
    "will not .. before #|not .. until after #|no earlier than #|no sooner than #|not before #|give~ .. until #|"
    "gave^ .. until #|given^ until #|get~ until #|got^ until #|grant~ .. until #|keep~ alive|kept^ alive|bring~ back|"
    "%stay in place .. until #|%stay in force .. until #|%stay in effect .. until #|%stay in place .. through #|"
    "%stay in force through #|%stay .. for +|%stay .. + longer|%stay .. # longer|%stay in place longer|"
    "%stay open longer|%keep .. past #|%keep .. beyond #|%keep .. through #|%keep .. past cutoff|"
    "%keep .. open for +|%keep .. running for +|%keep .. open +|%keep .. running +|%keep .. beyond cutoff|%keep .. "
    "past deadline|%keep .. past expiry|later start|earlier start|%stay on ice .. #|"
    "held^ back to #|held^ back until #|hold~ back until #|keep~ .. on ice|keep~ .. on hold|kept^ on hold|kept^ on ice|"
    "remain~ on hold .. #|get~ underway later|reauthorize~|reauthorise~|re - authorize~|re - authorise~|re - up|"
    "re - extend~|reup|recertify~|redesignate~|re - designate~|redesignation|halt~ .. access|halt~ .. order|"
    "halt~ .. cuts|halt~ .. plan|keep~ .. alive|kept^ .. alive|held over|hold~ over|stretch~" },
  { MOVE_CUE_SHIFT_NOUN, FALSE,
    "extension~|flextension|reprieve~|postponement~|deferral~|deferment~|suspension~|renewal~|grace period~|more time|"
    "extra time|additional time|breathing space|breathing room|prolongation|adjournment|moratorium~|continuance|"
    "stop - the - clock|stopgap|rollover|# stay|# truce|# ceasefire|# pause|# freeze|# halt|# moratorium|# delay|"
    "longer truce|longer ceasefire|longer pause|longer .. deal|stay of|+|longer phase*|longer deadline|later date|"
    "stay of execution|transition period|respite|rescheduling|breather|breathing spell|# wait|longer wait|lifeline|"
    "leeway|longer run - up|later launch|later opening|later start date|extra weeks|extra months|extra days|extra year|"
    "longer lead time|time - out|timeout|stay of eviction|temporary halt|holdover|sunset extension|second chance|grace|"
    "longer .. %spell|early election|early elections|snap election|snap elections|snap poll|early vote|earlier date|"
    "earlier start|earlier vote|for stay|a stay|emergency stay|stay request|stay application|extra %spell|"
    "additional %spell|second stopgap|delayed start|longer runway|later %event|slower %event|later %limit|"
    "earlier %event|longer %rule|slower shift|longer programme|longer program|tax holiday|payment holiday|levy holiday|"
    "fee holiday|duty holiday|# holiday|later review|second postponement|third delay|rollback of deadline|stand - down|"
    "standstill|cooling - off period|further time|some more time|longer to comply|longer to pay|stay|timing of|"
    "flexibility|wiggle room|longer %event|longer season|longer ? season|longer ? %event|longer ? %rule|longer ? "
    "%spell|later ? %event|"
    "change of date|late start|wait|short - term cr|clean cr|continuing resolution~|stop - gap|stopgap~|one more "
    "%unit|one more season|another season|extra %unit|"
    "later %rule|later ? %rule|%season date|%season start|a %unit more|another summer|another winter|another spring|"
    "another autumn|one more summer|one more winter|one more spring|one more autumn|another +|a further +|"
    "repayment holiday|interest holiday|rent holiday|mortgage holiday" },
  { MOVE_CUE_DECOY, FALSE,
    "food bin|recycling bin|bin collection~|bin strike~|wheelie bin~|unbeaten run|winning run|losing run|run~ out of "
    "steam|"
    "ran^ out of steam|close look|closer look|close watch|close eye|close ally|close allies|close ties|close race|put "
    "off by|push~ back "
    "against|rain delay~|rain delays|weather delay~|long wait|long delay~|longer delays|leave~ .. with delays|face~ "
    "delays|facing delays|hours of delays|wait time|wait times|wait list|"
    "push~ back on|push~ back at|pushed back against|extend~ from|extended family|extended version|extended cut|"
    "extended interview|extended trailer|extended warranty|extended - release|extended release|extended play|"
    "extended stay|extended session|extended trading|extended - hours trading|extended hours|processing delay~|"
    "delay~ in processing|delay~ in issuing|suspend~ disbelief|stay~ tuned|renewed interest|renewed focus|renewed "
    "push|renewed pressure|"
    "renewed calls|renewed attacks|renewed hopes|renewed fears|renewed fighting|renewed violence|renewed tensions|"
    "renewed optimism|renewed hope|renewed call|renewed effort~|renewed threat~|suspended sentence~|"
    "suspended animation|in suspended|without delay|delay~ gratification|delayed reaction|frozen food|frozen yogurt|"
    "frozen foods|frozen assets|frozen russian assets|freezing temperatures|freezing rain|freezing cold|"
    "move~ .. to tears|forward - looking|moved to tears|renewable|extended metaphor|hold~ off challenge|to an extent|"
    "signed by|extend~ an invitation|extend~ invitation|sign of|signs of|up to date|to date|forward to|"
    "forward with|delays hit|new year|sign~ contract|signs new contract|sign~ new contract|sign~ .. contract|"
    "put~ off shoppers|severe delay~|flight delay~|train delay~|travel delay~|traffic delay~|airport delay~|"
    "delays expected|delays likely|delays of up to|sidelined until|ruled out until|stay tuned|end of|no time to|"
    "time to die|driver licence|driving licence|driver license|driving license|liquor licence|liquor license|"
    "drivers license|extension deadline|extension deadlines|extension request deadline|talks end~|talks in ? end~|"
    "trial end~|trial in ? end~" },
  { MOVE_CUE_STAND, TRUE,
    "%limit stand~|%limit stay~|%limit remain~|%limit hold~|%limit %be final|%limit %be firm|%limit %be fixed|"
    "%limit unchanged|%limit still stand~|%limit .. not move|%limit .. not change|%limit .. not slip|"
    "%limit .. not budge|%limit .. not shift|%limit won't move|%limit won't change|%limit won't slip|"
    "%limit won't budge|no change to .. %limit|no change to .. ban|no change in .. %limit|no change to .. %rule|"
    "no movement on .. %limit|no flexibility on|stick~ to .. %limit|stuck^ to .. %limit|stick~ with .. %limit|"
    "stick~ by .. %limit|stick~ to .. %plan|stick~ with .. %plan|stick~ to .. ban|stick~ to .. schedule|"
    "stand~ by .. %limit|stand~ by .. ban|stand~ firm on|stood^ firm on|hold~ firm on|held^ firm on|hold~ to .. %limit|"
    "hold~ the line on|keep~ .. %limit|keep~ to .. %limit|maintain~ .. %limit|uphold~ .. %limit|upheld^ .. %limit|"
    "reaffirm~ .. %limit|insist~ on .. %limit|commit~ to .. %limit|commit~ to .. ban|committed to .. %limit|hold~ firm|"
    "stand~ firm|held^ firm|stood^ firm|will go ahead|will proceed as planned|will proceed as scheduled|"
    "go~ ahead as planned|go~ ahead as scheduled|go~ ahead on schedule|proceed~ as planned|proceed~ as scheduled|"
    "going ahead despite|go~ ahead despite|press~ ahead with|press~ on with|pressing ahead|push~ ahead with|"
    "move~ ahead despite|move~ forward despite|forge~ ahead with|plough~ ahead with|plow~ ahead with|"
    "move~ forward as planned|as planned despite|on schedule despite|no u - turn|reject~ .. %plan|vote~ down .. bill|"
    "votes ‘ no|defeat~ .. bill|vote~ down .. %plan|refuse~ to budge|won't budge|will not budge|not budging|"
    "stay~ on schedule|insist~ .. will apply|insist~ .. will go ahead|insist~ .. will take effect|"
    "insist~ .. will start|insist~ .. will proceed|insist~ .. stands|# .. stands|# .. stays put|vote will go ahead|"
    "will take place as planned|will be held as planned|will happen as planned|as scheduled despite|no turning back on|"
    "will not be moved|not for moving|hold~ fast to|stick~ to its guns|stick~ to .. guns|won't be swayed|adamant|"
    "will open on time|be ready on time|deliver~ on time|stick~ by .. timetable|stick~ to .. timetable|"
    "will be held .. despite|will take place .. despite|will happen .. despite|will start .. despite|come what may|"
    "%plan fails|%plan .. fails to pass|%plan defeated|%plan vetoed|%plan rejected|veto~ .. %plan|%plan fail|"
    "%plan .. voted down|fail~ to pass|reject~ deal|reject~ ? deal|reject~ .. deal|reject~ .. agreement|reject~ .. "
    "accord|reject~ .. treaty|"
    "reject~ .. pact|reject~ truce|reject~ .. truce|reject~ ceasefire|reject~ .. ceasefire|vote~ down .. %deal|"
    "turn~ down .. %deal|leave~ .. in place|left^ .. in place|stand~ pat on|sit~ tight on|"
    "%limit cast in stone|cast in stone|set in stone|carved in stone|not a minute more|not a day longer|not a day more|"
    "not one day more|no dice for|hold~ the line|insist~ .. stays|%event stays on #|%event remains on #|no matter what|"
    "rain or shine" },
  { MOVE_CUE_RESTORE, FALSE,
    "resume~|revive~|restart~|reopen~|relaunch~|resurrect~|new deal|new .. deal|block~ .. ban|block~ .. law|"
    "block~ .. rule|block~ .. order|overturn~ .. ban|renegotiate~|renegotiation" },
  { MOVE_CUE_RESOLVE, FALSE,
    "announce~ %deal|announce~ ? %deal|announce~ ? ? %deal|unveil~ %deal|unveil~ ? %deal|hail~ %deal|hail~ ? %deal|"
    "%deal announced|%clinch %deal|%clinch .. %deal|hammer~ out .. %deal|thrash~ out .. %deal|wrap~ up .. %deal|shake~ "
    "hands on|"
    "conditions .. met|criteria .. met|targets .. met|requirements .. met|meet~ .. criteria|met^ .. criteria|"
    "meet~ .. benchmarks|met^ .. benchmarks|fulfil~ .. conditions|fulfill~ .. conditions|satisf* .. conditions|"
    "%deal .. approved by|%deal approved|%sale .. approved by|%sale .. approved|%sale .. cleared|green - lights .. "
    "%sale|"
    "greenlight~ .. %sale|agree~ to sell|agree~ to be acquired|agree~ to buy|%deal %done|%deal %be %done|%deal has "
    "been %done|"
    "%deal finally %done|%deal to proceed|%deal meets|%deal .. closes|%deal .. close|ok~ .. deal|pass~ budget|"
    "pass~ ? budget|approve~ budget|approve~ ? budget|budget passes|budget passed|budget approved|budget adopted|"
    "end~ .. strike|call~ off strike|call~ off .. strike|call~ off .. walkout|call~ off .. protest|call~ off .. "
    "boycott|"
    "call~ off .. industrial action|strike called off|strike .. called off|walkout called off|end~ .. lockout|end~ .. "
    "walkout|avert~ .. strike|avert~ .. shutdown|avert~ .. default|"
    "shutdown averted|strike averted|default averted|walkout averted|accept~ .. offer|complete~ .. %sale|"
    "close~ .. %sale|finalize~ .. %sale|finalise~ .. %sale|conclude~ .. %sale|wrap~ up .. %sale|seal~ .. %sale|"
    "clear~ .. %sale|approve~ .. %sale|%sale %done|%sale .. completed|%sale .. finalised|%sale .. finalized|"
    "%sale of .. %done|win~ .. licence|win~ .. license|win~ .. approval|wins .. clearance|gets approval|"
    "get~ green light|gets go - ahead|gets the nod|win~ .. go - ahead|secure~ .. licence|secure~ .. approval|"
    "obtain~ .. licence|finalise~ .. grant|finalize~ .. grant|award .. completed|%sale %be %done|%sale complete|"
    "%sale goes through|%sale closes|%sale approved|%sale cleared|%sale wins approval|signed into law|"
    "sign~ .. into law|become~ law|now law|royal assent|ratify~|enact~|saga ends|settle~ .. dispute|settle~ .. case|"
    "settle~ .. suit|settle~ .. lawsuit|settle~ .. row|settle~ .. claims|settle~ .. strike|agree~ .. truce|"
    "agree~ .. ceasefire|meet~ .. deadline|met^ .. deadline|meet~ .. conditions|met^ .. conditions|beat~ .. deadline|"
    "raise~ debt ceiling|raise~ debt limit|raise~ .. debt ceiling|lift~ off|blast~ off|reach~ .. settlement|"
    "come~ to terms|came^ to terms|%court clear~ .. %sale|deal done|deal in place|go~ live|went^ live|open~ to public|"
    "opens to traffic|open~ to passengers|lockout ends|strike ends|walkout ends|standoff ends|impasse ends|"
    "dispute ends|strike over|strike is over|lockout over|lockout is over|approve~ .. budget|pass~ .. budget|"
    "adopt~ .. budget|gets government|forms government|form~ .. government|new government sworn|coalition agreed|"
    "lifts off|sign~ .. peace|join~ .. pact|join~ .. treaty|join~ nato|join~ eu|joins .. agreement|becomes .. member|"
    "become .. member|accede~|complete~ .. review|complete~ .. programme|exits bailout|exit~ .. bailout|"
    "%deal .. signed|%deal .. sealed|%deal .. ratified|refloated|complete~ .. merger|%sale .. closes|%sale .. closed|"
    "find~ buyer|found buyer|enter~ nato|enters eu|enters euro~|adopts euro|join~ eurozone|formally join~|"
    "formally enter~|swap~ prisoners|settlement approved|approve~ .. settlement|elect~ president|elect~ .. president|"
    "elect~ pope|elect~ speaker|touch~ down|splash~ down|lands on moon|land~ on moon|lands on mars|gives final nod|"
    "final nod|final approval|final green light|final go - ahead|give~ final approval|wrap~ up .. deal|"
    "wraps up takeover|wrap~ up .. acquisition|emerge~ from bankruptcy|exit~ bankruptcy|end~ .. shutdown|"
    "ending shutdown|ending longest shutdown|agree~ to first phase|agree~ to .. plan|agree~ on .. plan|"
    "reopen~ government|shake~ on .. deal|shake~ on .. %deal|wave~ through .. %sale|nod~ through .. %sale|"
    "wave~ through .. merger|signed at last|sign~ off on|signed^ off on|agree~ on .. law|agree~ on .. bill|"
    "agree~ on .. budget" },
  { MOVE_CUE_CANCEL, TRUE,
    "agree~ to let .. expire|agree~ to let .. lapse|end~ %respite|end~ ? %respite|eliminate~ "
    "%respite|eliminate~ ? %respite|eliminate~ .. %rule|eliminate~ .. "
    "%deal|reverse~ .. %plan|reverse~ .. %rule|back~ off .. %rule|back~ off .. %plan|"
    "back~ down on .. %rule|roll~ back .. %rule|bring~ .. %rule to an end|put~ an end to|put~ end to|call~ time on|"
    "scrap~|call~ off|axe~|axing|ditch~|abolish~|repeal~|rescind~|annul~|invalidate~|nullify~|terminate~|revoke~|"
    "tear~ up|tore^ up|torn^ up|rip~ up|pull~ the plug|do~ away with|did^ away with|strike~ down|struck^ down|is gone|"
    "is dead|is off|is no more|quash~ .. %plan|deal dead|deal off|deal in tatters|in tatters|go~ up in smoke|"
    "deal in ruins|comes to nothing|dead in the water|walk~ out of|walked^ out of|withdraw~ .. bid|drop~ .. bid|"
    "drop~ attempt~ to|abandon~ attempt~ to|end~ .. attempt~ to|end~ .. struggle to|end~ pursuit of|drop~ pursuit of|"
    "drop~ .. plan|drop~ .. plans|abandon~ .. plan|abandon~ .. plans|shelve~ .. plan|shelve~ .. plans|u - turn on|"
    "u - turn over|row~ back on|backtrack~ on|backpedal~ on|back - pedal~ on|climb~ down over|climb~ down on|"
    "flip - flop~ on|reverse~ course on|go~ back on|went^ back on|termination of %deal|termination of %sale|"
    "termination of .. agreement|agreement .. to terminate|agree~ to terminate|cancellation of|withdrawal of .. bid|"
    "withdrawal of .. offer|"
    "withdraw~ .. plan|drop~ .. proposal|kill~ .. bill|kill~ .. plan|kill~ .. rule|lift~ .. emergency|kill~ off|"
    "pull~ plug|discontinu*|wind~ down .. %rule|phase out .. %rule|shut~ down for good|halt~ participation|"
    "halt~ .. participation|suspend~ .. participation|pause~ indefinitely|suspend~ indefinitely|halt~ for good|"
    "halted for good|shelved for good|suspended for good|stopped for good|curtain falls on|curtain comes down on|"
    "end of the road for|death knell for" },
  { MOVE_CUE_CANCEL, FALSE,
    "overturn~|cancel~|cancelled^|abandon~|withdraw~|withdrew^|withdrawn^|quit~|drop~|shelve~|shelving|kill~|bin~|"
    "junk~|dump~|void~|quash~ .. %rule|remove~ .. %rule|lift~ .. %rule|end~ .. %rule|end~ .. %deal|end~ .. %plan|"
    "end~ .. emergency|collapse~|lapse~|fall~ apart|fell^ apart|fall~ through|fell^ through|break~ down|broke^ down|"
    "unravel~|truce is over|ceasefire is over|deal is over|deal is dead|deal is off|pause .. gone|truce ends as|"
    "ceasefire ends as|is over|pull~ out of|withdraw~ from|withdrew^ from|walk~ away from|walk~ out of|back~ out of|"
    "break~ off|broke^ off|pulls out|pulled out|walks out|walks away|walked away|pull out" },
  { MOVE_CUE_LAPSE, FALSE,
    "has^ .. come to an end|have^ .. come to an end|has^ .. run out|have^ .. run out|expire~|run~ out|ran^ out|come~ "
    "to an end|came^ to an end|elapse~|sunset~|%rule ends|%deal ends|%deal ended|"
    "%rule end|%rule ended|%deal comes to end|%rule .. ends|%rule .. ended|%rule over|%deal over|"
    "mission over|%rule comes to an end" },
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
