/* SPDX-License-Identifier: MIT */
/* The lexicon: which words tell of a deadline, by what they do. Patterns are separated by '|', their words by blanks:
 *   word   as it is          word~  with -s, -ed, -ing      word*  any word that begins so
 *   ?      any one word
 *   ..     up to five words  #      part of a date or length
 *   +      part of a length on top of another ("another week")
 * A pattern of ideographs is matched character by character. */
#include "news/move_private.h"

/* clang-format off: one pattern is never broken over two lines */
static const MoveLexicon events[] = {
  { MOVE_CUE_SHIFT,
    "extend~|prolong~|lengthen~|postpone~|defer~|delay~|reschedule~|adjourn~|renew~|suspend~|pause~|push~ back|"
    "push~ off|push~ .. back|push~ .. deadline|push~ .. date|push~ .. to #|put~ back|put off|puts off|"
    "putting off|put .. back|put .. on hold|puts .. on hold|hold~ off on|move~ back|move~ up|move~ .. back|"
    "move~ forward|bring~ forward|brought forward|bring~ .. forward|brought .. forward|move~ .. deadline|"
    "move~ .. date|move~ .. vote|move~ .. election|move~ .. elections|move~ .. to #|shift~ .. deadline|"
    "shift~ .. to #|change~ .. deadline|roll~ over|reinstate~|rejoin~|slip~ to #|halt~ .. enforcement|"
    "halt~ .. tariffs|halt~ .. ban|keep~ .. for #|let~ .. for another #|stop~ the clock|temporarily block~|"
    "temporarily lift~|block~ .. until #|set~ .. new deadline|set~ new date|set~ new ? date|set~ new ? deadline|"
    "set~ .. later date|give~ .. until #|gives .. until #|gave .. until #|given until #|grant~ .. until #|"
    "get~ until #|now .. until #|now .. through #|now have until #|hold~ off|held off|judge stays|court stays|"
    "stays .. for #|stay~ .. ban|deadline is now|date is now|now due #|now due on #|now due in #|"
    "now take~ effect #|now take~ effect on #|now set for #|now .. on #|later than planned|push~ .. past|"
    "push~ .. beyond|push~ .. until|push~ .. into|judge blocks|court blocks|judge halts|court halts|"
    "judge pauses|court pauses|water~ down .. deadline|water~ down .. ban|soften~ .. deadline|"
    "relax~ .. deadline|ease~ .. deadline|shorten~|cut~ .. deadline|tighten~ .. deadline|buy~ time|bought time|"
    "buy~ .. more time" },
  { MOVE_CUE_SHIFT,
    "延长|推迟|延期|延后|押后|暂缓|展期|缓征|续期|延迟|提前至|提前到|提前举行|顺延|延長|推遲|연장|연기|유예|"
    "미뤄|미루|미룬|늦추|늦춰|앞당" },
  { MOVE_CUE_SHIFT_NOUN,
    "extension~|flextension|reprieve~|postponement~|deferral~|deferment~|suspension~|renewal~|grace period|"
    "more time|extra time|prolongation|adjournment|moratorium|stop - the - clock|new deadline|new date|"
    "new ? date|new ? deadline|# trial date|# hearing date|# start date|rollover|# stay|# truce|# ceasefire|"
    "# pause|# freeze|# halt|# moratorium|longer truce|longer ceasefire|longer pause|longer .. deal|stay of|+|"
    "longer phase*|longer deadline" },
  { MOVE_CUE_STAND,
    "will go ahead|no change to .. ban|no change to .. date|no change to .. target|commit~ to .. ban|"
    "commit~ to .. deadline|commit~ to .. date|commit~ to .. target|stick~ to .. ban|sticks with .. deadline|"
    "stick with .. deadline|reject~ .. plan|reject~ .. plans|reject~ .. proposal|reject~ .. proposals|"
    "vote~ down .. bill|votes ‘ no|deadline .. not move|date .. not move|deadline .. not change|deadline stands|"
    "date stands|deadline stays|deadline remains|no change to .. deadline|stick~ to .. deadline|"
    "stick~ to .. date|stick~ by .. deadline|deadline is final|stand~ by .. deadline" },
  { MOVE_CUE_RESTORE,
    "resume~|revive~|restart~|new deal|new .. deal|block~ .. ban|block~ .. law|block~ .. rule|block~ .. order" },
  { MOVE_CUE_RESOLVE,
    "agree~ deal|agree~ a deal|agree~ .. deal|sign~ .. deal|sign~ .. agreement|sign~ .. accord|seal~ .. deal|"
    "strike~ .. deal|struck .. deal|clinch~ .. deal|clinch~ .. agreement|strike~ .. agreement|"
    "seal~ .. agreement|seal~ .. pact|reach~ .. pact|sign~ .. pact|sign~ .. treaty|agree~ .. pact|"
    "agree~ to sell|approve~ .. pact|approve~ .. agreement|approve~ .. treaty|pass~ budget|pass~ ? budget|"
    "budget passes|end~ .. strike|accept~ .. offer|accept~ .. deal|reach~ .. deal|reach~ .. agreement|"
    "reach~ .. accord|finalize~ .. deal|finalise~ .. deal|finalize~ .. agreement|finalise~ .. agreement|"
    "finalize~ .. agreements|complete~ .. sale|complete~ .. deal|complete~ .. takeover|complete~ .. divestiture|"
    "complete~ .. merger|close~ .. sale|sale .. completed|takeover .. completed|merger .. completed|deal signed|"
    "agreement signed|accord signed|treaty signed|pact signed|agreement reached|accord reached|deal sealed|"
    "deal struck|deal agreed|deal finalized|deal finalised|signed into law|sign~ .. into law|deal reached|"
    "deal done|deal .. close|deal .. closes|deal to proceed|deal meets|ok~ .. deal|approve~ .. deal|ratify~|"
    "saga ends|settle~ .. dispute|settle~ .. case|agree~ .. truce" },
  { MOVE_CUE_RESOLVE, "达成协议|签署协议|完成出售|达成和解|타결|합의문 서명|매각 완료|협정 서명" },
  { MOVE_CUE_CANCEL,
    "scrap~|strike~ down|struck down|overturn~|annul~|invalidate~|nullify~|ends .. waiver|ends .. exemption|"
    "ends .. truce|ends .. ceasefire|ends .. pact|ends .. agreement|ends .. program|ends .. programme|"
    "ends .. scheme|ends .. subsidy|ends .. subsidies|ends .. pause|ends .. moratorium|ends .. deal|"
    "truce ends as|ceasefire ends as|cancel~|call~ off|terminate~|abandon~|axe~|repeal~|ditch~|abolish~|"
    "withdraw~ from|withdrew from|pull~ out of|quit~|halt~ participation|halt~ .. participation|"
    "suspend~ .. participation|pause~ indefinitely|suspend~ indefinitely|collapse~|lapse~|is gone|truce is over|"
    "ceasefire is over|deal is over|deal is dead|deal is off|pause .. gone|shelve~|rescind~|revoke~|tear~ up|"
    "tore up|drop~ .. plan|drop~ .. plans|drop~ .. deadline|walk~ away from" },
  { MOVE_CUE_CANCEL, "取消|废除|终止|作废|撤销|철회|취소|폐기|파기|무산" },
  { MOVE_CUE_LAPSE, "expire~|run~ out|ran out|到期|届满|만료|종료" },
};

static const MoveLexicon governors[] = {
  { MOVE_CUE_MAY,
    "may|might|could|would|should|can|must|consider~|weigh~|mull~|seek~|sought|propose~|ask~|call on|calls on|"
    "called on|calling on|call for|calls for|called for|calling for|urge~|want~|plan~ to|planning|plans|expect~|"
    "likely|probably|possible|possibly|possibility|prospect|potential|eye~|hope~|push~ for|press~ for|demand~|"
    "open to|float~|discuss~|suggest~|aim~|intends|intending|intention|prepare~|promise~|vow~|pledge~|"
    "recommend~|look~ to|talks to|talks on|talks underway|talks under way|in talks|pressure|lobby~|beg~|favour~|"
    "favor~|ready to|set to|poised to|about to|try~|need~|acceptable|within reach|in sight|close to|closer to|"
    "near~|scramble~ to|rush~ to|fight~ to|battle~ to|struggle~ to|work~ to|hurry to|moves to|hint~|signal~|"
    "sees|to announce|to propose|agree~ in principle|on the table|house vote~|senate vote~|house pass*|"
    "senate pass*|committee vote~|committee back~|meps back|meps vote~|european parliament back~|"
    "european parliament vote~|analysts see|economists see|traders see|markets see|clears committee|"
    "clears house|clears senate" },
  { MOVE_CUE_MAY,
    "考虑|可能|或将|或|拟|建议|呼吁|要求|寻求|计划|预计|有望|提议|请求|希望|검토|가능성|요구|요청|제안|촉구|"
    "전망|추진|건의|고려|논의|기대|희망" },
  { MOVE_CUE_PLAN,
    "offer~|plan|proposal~|bill|request~|call|calls|plea~|motion~|bid|draft|petition~|application~|appeal~|"
    "effort~" },
  { MOVE_CUE_NOT,
    "not|never|no|reject~|refuse~|refusal|rule~ out|ruling out|decline~ to|deny~|oppose~|veto~|fail~ to|"
    "fail~ .. to|vote~ down|turn~ down|dismiss~|without|against|fail|fails|fail in|fails in|failed in|defeated|"
    "thrown out|block~ .. bid|block~ .. bill|block~ .. effort|block~ .. move|block~ .. request|spurn~|rebuff~|"
    "snub~|shoot~ down|shot down|say~ no to|nyet to|quash~|thwart~|reluctant|unwilling|hesitant|in no rush|"
    "averse|no plans|cannot|resist~|off the table|no longer" },
  { MOVE_CUE_NOT,
    "拒绝|不会|不再|不予|未|否决|驳回|排除|不|거부|거절|불허|부결|배제|않|없다|없어|없을|안 한다|반대|불가|일축" },
  { MOVE_CUE_GRANT, "agree~|approve~|grant~|accept~|adopt~|pass~|allow~|同意|批准|승인|합의|허용" },
  { MOVE_CUE_DO,
    "back~|endorse~|decide~|announce~|confirm~|give~|gave|given|giving|issue~|sign~|win~|won|get~|got|secure~|"
    "declare~|begin~|began|begun|order~|宣布|决定|결정|발표|확정|확인" },
  { MOVE_CUE_WILL, "will|'ll|将|예정|방침|하기로" },
  { MOVE_CUE_THREAT,
    "threat*|whether|why|what|yet to|deadline to|bet on|bet~ on|betting on|bank~ on|chance~ of|chances|unlikely|"
    "race to|time to|how to|avoid~|risk of|fear~ of|up for|debate~|wonder~|right to|是否|여부|威胁|위협" },
  { MOVE_CUE_IF, "if|unless|in case|除非|如果|如|경우" },
};

static const MoveLexicon objects[] = {
  { MOVE_CUE_DEADLINE,
    "deadline|deadlines for|cutoff|cut - off|expire~|expiry|expiration|due date|target date|time limit|last day|"
    "await~|take~ effect|took effect|came into force|come~ into force|to go until|days until|countdown|"
    "clock tick~|loom~|resumption|set to end|due to end|期限|截止|到期|시한|기한|마감|만료" },
  { MOVE_CUE_THING,
    "date|dates|deadlines|bill|plan|plans|decree|toll~|census|merger~|check|checks|price|prices|cap|order|"
    "timeline|timetable|phase - out|phaseout|ban|bans|tariff~|duty|duties|levy|levies|fee|fees|sanction~|truce|"
    "ceasefire|pause|freeze|moratorium|waiver~|exemption~|licence~|license~|permit~|permission|deal|agreement~|"
    "pact|accord|treaty|talks|negotiations|election~|vote|poll|polls|referendum|ballot~|hearing~|trial~|"
    "sentencing|ruling|verdict|launch|rollout|implementation|enforcement|rule|rules|regulation~|law|laws|act|"
    "directive|measure|measures|programme|program|scheme|support|subsidy|subsidies|credit|credits|guarantee|"
    "payment~|loan~|registration|application~|filing|tax|taxes|budget|reform~|review|session|summit|visit|"
    "strike|strikes|restriction~|curb~|lockdown|closure|emergency|embargo|quota~|protections|visa~|shutdown|"
    "retirement|repayment|forgiveness|nomination~|submission|enrolment|enrollment|sale|divestiture|article 50|"
    "brexit|mandate|aid|bailout|authority|authorization|curfew|changes|window|period|standard~|requirement~|"
    "compliance|controls|decision|start|opening|age|关税|停火|休战|选举|大选|投票|禁令|谈判|豁免|协议|新规|规定|"
    "法案|法规|政策|措施|实施|生效|期限|截止|考试|笔试|听证|税|会议|上限|冻结|出售|许可|过渡期|缓冲期|宽限|补贴|"
    "限制|시행|규제|기한|시한|마감|법|대선|총선|투표|휴전|지원|보조금|매각|동결|도입|만기|심리|재판|협정|제재|"
    "조치|관세|선거|금지|협상|면제" },
  { MOVE_CUE_AUTHORITY,
    "government~|minist*|president|premier|court|judge|tribunal|regulator~|commission|council|parliament|senate|"
    "senators|congress|house|white house|treasury|agency|governor|mayor|administration|department|board|"
    "committee|eu|brussels|cabinet|lawmakers|mps|deputies|authority|authorities|bank|watchdog|nato|un|official~|"
    "state|state department" },
  { MOVE_CUE_SPORT,
    "rain delays|rain delay~|fog|snow|singer|band|actor|actress|flight~|coach|club|cup|league|pitcher|football|"
    "rugby|cricket|tennis|golf|fc|trade deadline|transfer deadline|deadline day|nfl|nba|nhl|mlb|premier league|"
    "striker|midfielder|defender|quarterback|touchdown|playoff~|grand prix|champions league|goalkeeper" },
  { MOVE_CUE_OTHER,
    "lead|leads|sentence|sentences|loss|losses|gain|gains|rally|streak|winning|unbeaten|run|slump|slide|decline|"
    "declines|fall|reign|dominance|contract|contracts|stay at|stay with|opening hours|working hours|plea|pleas|"
    "offensive|effort|efforts|fight|vow|passport|passports|vows|subscription|subscriptions|membership|calls|"
    "push|search|hunt|attack|attacks|hopes|interest|rivalry|condolences|sympathy|thanks|invitation|welcome|hand|"
    "olive branch|advantage|record|tour|partnership|reach|range|battery|life|scope|warning|warnings|influence|"
    "selloff|sell - off|drop|grip|greetings|network|franchise|offer" },
};

/* clang-format on */

const MoveLexicon *
move_lexicon (guint group, guint *ret_n)
{
  static const struct {
    const MoveLexicon *entries;
    guint n;
  } groups[MOVE_N_GROUPS] = {
    { events, G_N_ELEMENTS (events) },
    { governors, G_N_ELEMENTS (governors) },
    { objects, G_N_ELEMENTS (objects) },
  };

  *ret_n = groups[group].n;
  return groups[group].entries;
}
