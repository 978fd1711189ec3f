/* SPDX-License-Identifier: MIT */
/* Words that stand for the same, and what kind of word each is: as stems (story_stem()), or as they are written. */
#include <string.h>

#include "news/story_private.h"

#define DOES STORY_WORD_DOES

/* clang-format off: one entry a line */
static const StoryEntry entries[] = {
  { STORY_WORD_STOP, 0, 0, "",
    "a|an|the|and|or|but|of|in|on|at|by|for|to|from|with|as|is|are|was|were|be|been|being|it|its|this|that|these|"
    "those|he|she|they|his|her|their|we|our|you|your|i|my|who|which|than|then|so|also|into|onto|over|under|about|"
    "after|befor|dur|amid|among|between|up|out|off|down|again|still|just|there|here|when|where|while|if|because|"
    "due|via|per|more|most|less|some|any|all|both|each|such|other|own|same|too|very|can|would|has|hav|"
    "had|do|doe|did|s|t|d|ll|re|ve|m|until|till|through|since|against|within|without|upon|yet|now|even|only" },
  { STORY_WORD_COMMON, 0, 0, "say", "say|said|tell|told|stat|accord to|report|announc|declar|confirm|add|reveal|show" },
  { STORY_WORD_COMMON, 0, 0, "news",
    "new|news|breaking|break|live|updat|latest|exclusiv|watch|video|explain|analysi|opinion|"
    "january|february|march|april|june|july|august|september|october|november|december|lead|urgent|develop|alert|key|"
    "top|big|major|today|week|month|year|day|time|monday|tuesday|wednesday|thursday|"
    "friday|saturday|sunday|yesterday|tomorrow|morn|night|hour|minut|first|last|next|second|third|former|source|"
    "offici" },
  { STORY_WORD_COMMON, 0, 0, "go",
    "go|going|get|got|make|made|mak|tak|take|took|giv|give|gav|put|set|mov|move|come|com|see|look|keep|hold|"
    "use|need|know|mean|way|part|plac|thing|peopl|head|face|fac|hit|hop" },

  /* places and those who speak for them */
  { STORY_WORD_PLACE, 0, 0, "=us", "usa|united stat|america|american|washington|u.s" },
  { STORY_WORD_PLACE, 0, 0, "=cn", "china|chines|beij|prc|mofcom" },
  { STORY_WORD_PLACE, 0, 0, "=kr", "south korea|korea|korean|seoul|rok" },
  { STORY_WORD_PLACE, 0, 0, "=kp", "north korea|pyongyang|dprk" },
  { STORY_WORD_PLACE, 0, 0, "=jp", "japan|japanes|tokyo" },
  { STORY_WORD_PLACE, 0, 0, "=tw", "taiwan|taiwanes|taipei" },
  { STORY_WORD_PLACE, 0, 0, "=hk", "hong kong" },
  { STORY_WORD_PLACE, 0, 0, "=ru", "russia|russian|moscow|kremlin" },
  { STORY_WORD_PLACE, 0, 0, "=ua", "ukrain|ukrainian|kyiv|kiev" },
  { STORY_WORD_PLACE, 0, 0, "=eu", "eu|european union|europ|european|brussel|bloc" },
  { STORY_WORD_PLACE, 0, 0, "=gb", "uk|united kingdom|britain|british|london|downing street" },
  { STORY_WORD_PLACE, 0, 0, "=de", "germany|german|berlin" },
  { STORY_WORD_PLACE, 0, 0, "=fr", "franc|french|paris" },
  { STORY_WORD_PLACE, 0, 0, "=it", "italy|italian|rom" },
  { STORY_WORD_PLACE, 0, 0, "=es", "spain|spanish|madrid" },
  { STORY_WORD_PLACE, 0, 0, "=pl", "poland|polish|warsaw" },
  { STORY_WORD_PLACE, 0, 0, "=nl", "netherland|dutch|hagu" },
  { STORY_WORD_PLACE, 0, 0, "=ch", "switzerland|swis|bern" },
  { STORY_WORD_PLACE, 0, 0, "=tr", "turkey|turkish|turkiy|ankara" },
  { STORY_WORD_PLACE, 0, 0, "=il", "israel|israeli|jerusalem" },
  { STORY_WORD_PLACE, 0, 0, "=ir", "iran|iranian|tehran" },
  { STORY_WORD_PLACE, 0, 0, "=sa", "saudi arabia|saudi|riyadh" },
  { STORY_WORD_PLACE, 0, 0, "=in", "india|indian|delhi" },
  { STORY_WORD_PLACE, 0, 0, "=pk", "pakistan|pakistani|islamabad" },
  { STORY_WORD_PLACE, 0, 0, "=id", "indonesia|indonesian|jakarta" },
  { STORY_WORD_PLACE, 0, 0, "=vn", "vietnam|vietnames|hanoi" },
  { STORY_WORD_PLACE, 0, 0, "=th", "thailand|thai|bangkok" },
  { STORY_WORD_PLACE, 0, 0, "=my", "malaysia|malaysian" },
  { STORY_WORD_PLACE, 0, 0, "=ph", "philippin|manila" },
  { STORY_WORD_PLACE, 0, 0, "=sg", "singapor" },
  { STORY_WORD_PLACE, 0, 0, "=au", "australia|australian|canberra" },
  { STORY_WORD_PLACE, 0, 0, "=nz", "zealand|wellington" },
  { STORY_WORD_PLACE, 0, 0, "=ca", "canada|canadian|ottawa" },
  { STORY_WORD_PLACE, 0, 0, "=mx", "mexico|mexican" },
  { STORY_WORD_PLACE, 0, 0, "=br", "brazil|brazilian|brasilia" },
  { STORY_WORD_PLACE, 0, 0, "=ar", "argentina|argentin" },
  { STORY_WORD_PLACE, 0, 0, "=za", "south africa|pretoria" },
  { STORY_WORD_PLACE, 0, 0, "=ng", "nigeria|nigerian|abuja" },
  { STORY_WORD_PLACE, 0, 0, "=eg", "egypt|egyptian|cairo" },
  { STORY_WORD_PLACE, 0, 0, "=ve", "venezuela|venezuelan|caraca" },
  { STORY_WORD_PLACE, 0, 0, "=cu", "cuba|cuban|havana" },
  { STORY_WORD_PLACE, 0, 0, "=norway", "norway|norwegian|oslo" },
  { STORY_WORD_PLACE, 0, 0, "=sweden", "sweden|swedish|stockholm" },
  { STORY_WORD_PLACE, 0, 0, "=california", "california|californian" },
  { STORY_WORD_PLACE, 0, 0, "=texas", "texa|texan" },
  { STORY_WORD_PLACE, 0, 0, "=florida", "florida" },

  /* of each group, one is not another */
  { STORY_WORD_BODY, 0, 1, "=senate", "senat|senator" },
  { STORY_WORD_BODY, 0, 1, "=house", "hous|congressman|repr" },
  { STORY_WORD_BODY, 0, 2, "=supreme court", "suprem court|scotu" },
  { STORY_WORD_BODY, 0, 2, "=appeals court", "appeal court|circuit" },
  { STORY_WORD_BODY, 0, 2, "=court", "judg|district court" },
  { STORY_WORD_BODY, 0, 3, "=commission", "european commission|commission" },
  { STORY_WORD_BODY, 0, 3, "=parliament", "european parliament|parliament|mep" },
  { STORY_WORD_BODY, 0, 3, "=council", "council" },
  { STORY_WORD_BODY, 0, 4, "=fed", "fed|federal reserv|fomc|powell" },
  { STORY_WORD_BODY, 0, 4, "=ecb", "ecb|lagard" },
  { STORY_WORD_BODY, 0, 4, "=boj", "boj|ueda" },
  { STORY_WORD_BODY, 0, 4, "=boe", "boe|bailey" },
  { STORY_WORD_BODY, 0, 4, "=bok", "bok" },
  { STORY_WORD_BODY, 0, 4, "=pboc", "pboc" },

  { STORY_WORD_BODY, STORY_SIGNS, 5, "=sign", "sign|issu" },

  /* what is done */
  { STORY_WORD_BODY, STORY_FOR (STORY_AXIS_GRANT), 5, "=approve",
    "approv|accept|pass|agre|agree|approval|uphold|upheld|allow|authoriz|authoris|endors|adopt|grant|ratify|ok|okay" },
  { DOES, STORY_AGAINST (STORY_AXIS_GRANT), 0, "=reject",
    "reject|refus|deny|veto|block|oppos|fail|dismis|turn down|rul out|rule out|rebuff|spurn|"
    "quash|overturn|annul|strike down|struck down|rejection|declin|balk|ruling out" },
  { DOES, STORY_FOR (STORY_AXIS_AMOUNT), 0, "=raise",
    "rais|increas|hik|ris|rise|jump|gain|surg|climb|soar|rally|higher|rose|widen|doubl|boost|grow|grew" },
  { DOES, STORY_AGAINST (STORY_AXIS_AMOUNT), 0, "=cut",
    "cut|lower|reduc|reduction|fall|fell|drop|slash|slump|sink|sank|trim|tumbl|slid|slip|plung|eas|halv|narrow|shrink|"
    "shrank|slow" },
  { DOES, STORY_FOR (STORY_AXIS_RUN), 0, "=begin",
    "start|begin|began|launch|resum|restor|reinstat|impos|enact|restart|reviv|reopen|activat|slap|imposition|"
    "resumption" },
  { DOES, STORY_AGAINST (STORY_AXIS_RUN), 0, "=end",
    "end|suspend|suspension|halt|stop|scrap|cancel|lift|expir|laps|withdraw|withdrew|terminat|paus|freez|froz|"
    "shelv|abandon|shut|quit|exit|repeal|revok|rescind|axe|ditch|collaps|cancellation|expiry|call off" },
  { DOES, STORY_FOR (STORY_AXIS_TIME), 0, "=extend",
    "extend|extension|prolong|postpon|postponement|delay|defer|deferral|reschedul|push back|push off|put off|"
    "push|longer|lengthen|renew|renewal|roll over|repriev|grac period|adjourn|mov back" },
  { DOES, STORY_AGAINST (STORY_AXIS_TIME), 0, "=hasten",
    "bring forward|brought forward|shorten|hasten|accelerat|sooner|earlier|expedit" },
  { DOES, STORY_MAYBE, 0, "=may",
    "may|might|could|should|consider|weigh|mull|plan to|ey|eye|seek|sought|propos|urg|call for|threaten|expect "
    "to|likely|"
    "want|float|ask|sue|suggest|possibl|potential|push for|hint|demand|bid|proposal|offer|underway|plea|effort" },
  { DOES, STORY_PLANS, 0, "=will",
    "promis|vow|pledg|will|set to|poised to|to sign|agree to|to extend|to delay|to approv|to ok|to impos|to end|to "
    "begin|to announc" },
  { DOES, STORY_NOT, 0, "=not", "not|no|never|neither|nor|don|won|isn|cannot|unlikely" },
  { STORY_WORD_COMMON, STORY_EXPLAINS, 0, "what", "what|why|how|whether" },

  /* words that stand for the same */
  { STORY_WORD, 0, 0, "deadline", "deadlin|cutoff|due dat|time limit|timelin|timetabl" },
  { STORY_WORD, 0, 0, "tariff", "tariff|duty|levy|import tax" },
  { STORY_WORD, 0, 0, "truce", "truc|ceasefir|cease fir|detent|armistic" },
  { STORY_WORD, 0, 0, "talks", "talk|negotiat|negotiation|negotiator|dialogu|summit|meet|meeting" },
  { STORY_WORD, 0, 0, "deal", "deal|pact|accord|agreement|treaty" },
  { STORY_WORD, 0, 0, "president", "president|presidential|white hous|administration" },
  { STORY_WORD, 0, 0, "law", "law|bill|legislation|act|statut" },
  { STORY_WORD, 0, 0, "order", "order|decre|executiv order|proclamation" },
  { STORY_WORD, 0, 0, "company", "company|firm|corporation|busines|manufactur" },
  { STORY_WORD, 0, 0, "worker", "worker|employe|staff|labor|labour|union" },
  { STORY_WORD, 0, 0, "strike", "walkout|stoppag" },
  { STORY_WORD, 0, 0, "sell", "sell|sale|sold|divest|divestitur|spin off|spinoff" },
  { STORY_WORD, 0, 0, "buy", "buy|bought|acquir|acquisition|takeover|purchas" },
  { STORY_WORD, 0, 0, "merge", "merg|merger|tie up" },
  { STORY_WORD, 0, 0, "rare earth", "rar earth|critical mineral" },
  { STORY_WORD, 0, 0, "chip", "chip|semiconductor" },
  { STORY_WORD, 0, 0, "car", "car|auto|automaker|carmak|vehicl|automobil" },
  { STORY_WORD, 0, 0, "price", "pric|cost" },
  { STORY_WORD, 0, 0, "share", "shar|stock|equity" },
  { STORY_WORD, 0, 0, "ban", "ban|prohibit|prohibition|outlaw" },
  { STORY_WORD, 0, 0, "vote", "vot|ballot" },
  { STORY_WORD, 0, 0, "election", "election|poll" },
  { STORY_WORD, 0, 0, "kill", "kill|die|dead|death" },
  { STORY_WORD, 0, 0, "loan", "loan|debt|borrow" },
  { STORY_WORD, 0, 0, "trial", "trial|hear|hearing|lawsuit" },
  { STORY_WORD, 0, 0, "curb", "curb|restrict|restriction|control|limit" },
};

/* In scripts without spaces, wherever they stand. */
static const struct {
  const char *written;
  const char *canonical; /* one or two, parted by a blank */
} places[] = {
  { "中美", "=cn =us" }, { "美中", "=us =cn" },   { "미중", "=us =cn" }, { "한미", "=kr =us" }, { "韩美", "=kr =us" },
  { "美国", "=us" },     { "美國", "=us" },       { "미국", "=us" },     { "华盛顿", "=us" },   { "워싱턴", "=us" },
  { "中国", "=cn" },     { "中國", "=cn" },       { "중국", "=cn" },     { "北京", "=cn" },     { "对华", "=cn" },
  { "对美", "=us" },     { "대중 ", "=cn" },      { "대미", "=us" },     { "베이징", "=cn" },   { "韩国", "=kr" },
  { "韓國", "=kr" },     { "한국", "=kr" },       { "首尔", "=kr" },     { "日本", "=jp" },     { "일본", "=jp" },
  { "欧盟", "=eu" },     { "歐盟", "=eu" },       { "유럽연합", "=eu" }, { "俄罗斯", "=ru" },   { "러시아", "=ru" },
  { "乌克兰", "=ua" },   { "우크라이나", "=ua" }, { "英国", "=gb" },     { "영국", "=gb" },     { "德国", "=de" },
  { "독일", "=de" },     { "法国", "=fr" },       { "프랑스", "=fr" },   { "印度", "=in" },     { "인도", "=in" },
  { "加拿大", "=ca" },   { "캐나다", "=ca" },     { "墨西哥", "=mx" },   { "멕시코", "=mx" },   { "台湾", "=tw" },
  { "대만", "=tw" },     { "伊朗", "=ir" },       { "이란", "=ir" },     { "越南", "=vn" },     { "베트남", "=vn" },
};

static const struct {
  const char *written; /* "a|b" */
  guint32 traits;
} does[] = {
  { "연장|연기|유예|미뤄|미루|늦추|늦춰|延长|延至|推迟|延期|延后|押后|暂缓|顺延|展期|延長|推遲",
    STORY_FOR (STORY_AXIS_TIME) },
  { "앞당|提前", STORY_AGAINST (STORY_AXIS_TIME) },
  { "승인|허용|통과|합의|批准|同意|通过|允许|达成", STORY_FOR (STORY_AXIS_GRANT) },
  { "거부|거절|불허|부결|기각|拒绝|否决|驳回|不予", STORY_AGAINST (STORY_AXIS_GRANT) },
  { "인상|상승|급등|올려|上调|上涨|提高|增加|大涨", STORY_FOR (STORY_AXIS_AMOUNT) },
  { "인하|하락|급락|내려|낮춰|下调|下跌|降低|降至|减少|大跌", STORY_AGAINST (STORY_AXIS_AMOUNT) },
  { "부과|시행|재개|발효|加征|恢复|启动|生效|实施", STORY_FOR (STORY_AXIS_RUN) },
  { "중단|철회|폐지|종료|취소|파기|暂停|取消|终止|停止|撤销", STORY_AGAINST (STORY_AXIS_RUN) },
  { "검토|가능성|전망|추진|요구|촉구|제안|考虑|可能|或将|拟|建议|呼吁|有望|寻求", STORY_MAYBE },
  { "않|없다|없어|아니|不会|不再|没有|未", STORY_NOT },
};
/* clang-format on */

static gboolean
ends_in (const char *word, gsize length, const char *end)
{
  gsize size = strlen (end);

  return length > size && memcmp (word + length - size, end, size) == 0;
}

/* Far simpler than Porter's, and enough where both sides have had the same done to them. */
gsize
story_stem (const char *word, gsize length, char *buffer, gsize size)
{
  gsize kept = MIN (length, size - 1);

  memcpy (buffer, word, kept);
  if (kept > 4 && ends_in (buffer, kept, "ies"))
    buffer[(kept -= 2) - 1] = 'y';
  else if (kept > 3 && ends_in (buffer, kept, "s") && !ends_in (buffer, kept, "ss") && !ends_in (buffer, kept, "us") &&
           !ends_in (buffer, kept, "is"))
    kept--;
  if (kept > 5 && ends_in (buffer, kept, "ing"))
    kept -= 3;
  else if (kept > 4 && ends_in (buffer, kept, "ied"))
    buffer[(kept -= 2) - 1] = 'y';
  else if (kept > 4 && ends_in (buffer, kept, "ed"))
    kept -= 2;
  if (kept > 3 && buffer[kept - 1] == buffer[kept - 2] && !strchr ("aeiouls", buffer[kept - 1]))
    kept--;
  if (kept > 3 && buffer[kept - 1] == 'e')
    kept--;
  if (kept > 3 && ends_in (buffer, kept, "ss"))
    kept--;
  buffer[kept] = '\0';
  return kept;
}

/* Of a word or two. (transfer full) */
static char *
stem_all (const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, " ", 2);
  char first[STORY_STEM_SIZE], second[STORY_STEM_SIZE];

  story_stem (parts[0], strlen (parts[0]), first, sizeof first);
  if (!parts[1])
    return g_strdup (first);
  story_stem (parts[1], strlen (parts[1]), second, sizeof second);
  return g_strconcat (first, " ", second, NULL);
}

/* `words` (transfer full): the first to have it keeps it. */
static void
add_to (GHashTable *table, char *words, const StoryEntry *entry)
{
  if (g_hash_table_contains (table, words))
    g_free (words);
  else
    g_hash_table_insert (table, words, (gpointer) entry);
}

/* Stem or pair of stems -> StoryEntry *. */
static GHashTable *
lexicon (void)
{
  static GHashTable *table;

  if (table)
    return table;
  table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++) {
    g_auto (GStrv) words = g_strsplit (entries[i].words, "|", -1);
    for (guint j = 0; words[j]; j++) {
      add_to (table, g_strdup (words[j]), &entries[i]);
      add_to (table, stem_all (words[j]), &entries[i]);
    }
  }
  return table;
}

const StoryEntry *
story_lexicon_find (const char *word, gsize length)
{
  char name[2 * STORY_STEM_SIZE];

  if (length >= sizeof name)
    return NULL;
  memcpy (name, word, length);
  name[length] = '\0';
  return g_hash_table_lookup (lexicon (), name);
}

void
story_lexicon_places (const char *run, gsize length, GPtrArray *ret_places)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_strstr_len (run, (gssize) length, places[i].written))
      g_ptr_array_add (ret_places, (gpointer) places[i].canonical);
}

guint32
story_lexicon_traits (const char *run, gsize length)
{
  guint32 traits = 0;

  for (guint i = 0; i < G_N_ELEMENTS (does); i++) {
    const char *at = does[i].written;
    for (gsize part; *at; at += part + (at[part] == '|')) {
      g_autofree char *word = g_strndup (at, part = strcspn (at, "|"));
      if (g_strstr_len (run, (gssize) length, word))
        traits |= does[i].traits;
    }
  }
  return traits;
}
