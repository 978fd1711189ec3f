/* SPDX-License-Identifier: MIT */
#include "worker/parse/date_private.h"

#include <string.h>

#define WORD_MAX 40 /* bytes; the longest month name here takes 20 */

typedef struct {
  const char *start; /* folded */
  int month;
} MonthName;

/* Beginnings that no other month of the languages shares, the longer of two that overlap first. English, German,
 * French, Spanish, Catalan, Italian, Portuguese, Romanian, Dutch, Polish, Czech, Hungarian, Turkish, Indonesian, the
 * Nordic languages, Finnish, Russian, Ukrainian, Bulgarian, Greek, Arabic. */
/* clang-format off */
static const MonthName months[] = {
  { "jan", 1 }, { "jän", 1 }, { "ene", 1 }, { "gen", 1 }, { "ian", 1 }, { "sty", 1 }, { "led", 1 }, { "oca", 1 },
  { "янв", 1 }, { "яну", 1 }, { "січ", 1 }, { "ιαν", 1 }, { "tammi", 1 }, { "يناير", 1 },
  { "feb", 2 }, { "fev", 2 }, { "fév", 2 }, { "fevr", 2 }, { "lut", 2 }, { "únor", 2 }, { "úno", 2 }, { "şub", 2 },
  { "фев", 2 }, { "лют", 2 }, { "φεβ", 2 }, { "helmi", 2 }, { "فبراير", 2 },
  { "mar", 3 }, { "mär", 3 }, { "mrz", 3 }, { "maa", 3 }, { "mrt", 3 }, { "már", 3 }, { "maerz", 3 }, { "bře", 3 },
  { "мар", 3 }, { "бер", 3 }, { "μαρ", 3 }, { "μάρ", 3 }, { "مارس", 3 },
  { "apr", 4 }, { "avr", 4 }, { "abr", 4 }, { "ápr", 4 }, { "kwi", 4 }, { "dub", 4 }, { "nis", 4 }, { "апр", 4 },
  { "кві", 4 }, { "απρ", 4 }, { "huhti", 4 }, { "أبريل", 4 }, { "ابريل", 4 },
  { "may", 5 }, { "mai", 5 }, { "mag", 5 }, { "maj", 5 }, { "mei", 5 }, { "máj", 5 }, { "kvě", 5 }, { "мая", 5 },
  { "май", 5 }, { "тра", 5 }, { "μαϊ", 5 }, { "μάι", 5 }, { "μαι", 5 }, { "touko", 5 }, { "مايو", 5 },
  { "červenec", 7 }, { "července", 7 }, { "čvc", 7 },
  { "jun", 6 }, { "jún", 6 }, { "juin", 6 }, { "giu", 6 }, { "iun", 6 }, { "cze", 6 }, { "červ", 6 }, { "čvn", 6 },
  { "haz", 6 }, { "июн", 6 }, { "юни", 6 }, { "чер", 6 }, { "ιουν", 6 }, { "ιούν", 6 }, { "ιον", 6 }, { "kesä", 6 },
  { "يونيو", 6 },
  { "jul", 7 }, { "júl", 7 }, { "juil", 7 }, { "lug", 7 }, { "iul", 7 }, { "lip", 7 }, { "tem", 7 }, { "июл", 7 },
  { "юли", 7 }, { "лип", 7 }, { "ιουλ", 7 }, { "ιούλ", 7 }, { "ιολ", 7 }, { "heinä", 7 }, { "يوليو", 7 },
  { "aug", 8 }, { "aou", 8 }, { "aoû", 8 }, { "ago", 8 }, { "agu", 8 }, { "sie", 8 }, { "srp", 8 }, { "ağu", 8 },
  { "авг", 8 }, { "сер", 8 }, { "αυγ", 8 }, { "αύγ", 8 }, { "elo", 8 }, { "أغسطس", 8 }, { "اغسطس", 8 },
  { "sep", 9 }, { "set", 9 }, { "sze", 9 }, { "wrz", 9 }, { "zář", 9 }, { "eyl", 9 }, { "сен", 9 }, { "сеп", 9 },
  { "вер", 9 }, { "σεπ", 9 }, { "syys", 9 }, { "سبتمبر", 9 },
  { "oct", 10 }, { "okt", 10 }, { "out", 10 }, { "ott", 10 }, { "paź", 10 }, { "říj", 10 }, { "eki", 10 },
  { "окт", 10 }, { "жов", 10 }, { "οκτ", 10 }, { "loka", 10 }, { "أكتوبر", 10 }, { "اكتوبر", 10 },
  { "nov", 11 }, { "noi", 11 }, { "lis", 11 }, { "kas", 11 }, { "ноя", 11 }, { "ное", 11 }, { "лис", 11 },
  { "νοε", 11 }, { "νοέ", 11 }, { "marras", 11 }, { "نوفمبر", 11 },
  { "dec", 12 }, { "déc", 12 }, { "dez", 12 }, { "dic", 12 }, { "dis", 12 }, { "des", 12 }, { "gru", 12 },
  { "pro", 12 }, { "ara", 12 }, { "дек", 12 }, { "гру", 12 }, { "δεκ", 12 }, { "joulu", 12 }, { "ديسمبر", 12 },
};

typedef struct {
  const char *name;
  int minutes;
  guint8 rule;
} Zone;

#define AMERICAN TRUCE_SUMMER_AMERICAN
#define EUROPEAN TRUCE_SUMMER_EUROPEAN

/* RFC 822's and the common abbreviations, of those with several meanings the one that news feeds mean; and the places
 * that feeds name. */
static const Zone zones[] = {
  { "z", 0, 0 }, { "ut", 0, 0 }, { "utc", 0, 0 }, { "gmt", 0, 0 }, { "wet", 0, 0 },
  { "edt", -240, 0 }, { "est", -300, 0 }, { "cdt", -300, 0 }, { "cst", -360, 0 }, { "mdt", -360, 0 },
  { "mst", -420, 0 }, { "pdt", -420, 0 }, { "pst", -480, 0 }, { "akdt", -480, 0 }, { "akst", -540, 0 },
  { "hst", -600, 0 }, { "adt", -180, 0 }, { "ast", -240, 0 }, { "ndt", -150, 0 }, { "nst", -210, 0 },
  { "brt", -180, 0 }, { "art", -180, 0 },
  { "at", -240, AMERICAN }, { "et", -300, AMERICAN }, { "ct", -360, AMERICAN }, { "mt", -420, AMERICAN },
  { "pt", -480, AMERICAN },
  { "bst", 60, 0 }, { "ist", 330, 0 }, { "cet", 60, 0 }, { "met", 60, 0 }, { "mez", 60, 0 }, { "west", 60, 0 },
  { "cest", 120, 0 }, { "mest", 120, 0 }, { "mesz", 120, 0 }, { "eet", 120, 0 }, { "eest", 180, 0 },
  { "msk", 180, 0 }, { "msd", 240, 0 }, { "sast", 120, 0 }, { "jst", 540, 0 }, { "kst", 540, 0 }, { "hkt", 480, 0 },
  { "sgt", 480, 0 }, { "pht", 480, 0 }, { "awst", 480, 0 }, { "acst", 570, 0 }, { "aest", 600, 0 },
  { "aedt", 660, 0 }, { "nzst", 720, 0 }, { "nzdt", 780, 0 }, { "pkt", 300, 0 }, { "wib", 420, 0 },
  { "ict", 420, 0 },
  { "america/new_york", -300, AMERICAN }, { "america/toronto", -300, AMERICAN }, { "america/detroit", -300, AMERICAN },
  { "america/chicago", -360, AMERICAN }, { "america/denver", -420, AMERICAN }, { "america/phoenix", -420, 0 },
  { "america/los_angeles", -480, AMERICAN }, { "america/vancouver", -480, AMERICAN },
  { "america/anchorage", -540, AMERICAN }, { "america/halifax", -240, AMERICAN }, { "pacific/honolulu", -600, 0 },
  { "us/eastern", -300, AMERICAN }, { "us/central", -360, AMERICAN }, { "us/mountain", -420, AMERICAN },
  { "us/pacific", -480, AMERICAN }, { "america/mexico_city", -360, 0 }, { "america/bogota", -300, 0 },
  { "america/lima", -300, 0 }, { "america/sao_paulo", -180, 0 }, { "america/buenos_aires", -180, 0 },
  { "america/argentina/buenos_aires", -180, 0 },
  { "europe/london", 0, EUROPEAN }, { "europe/dublin", 0, EUROPEAN }, { "europe/lisbon", 0, EUROPEAN },
  { "europe/athens", 120, EUROPEAN }, { "europe/helsinki", 120, EUROPEAN }, { "europe/kiev", 120, EUROPEAN },
  { "europe/kyiv", 120, EUROPEAN }, { "europe/bucharest", 120, EUROPEAN }, { "europe/sofia", 120, EUROPEAN },
  { "europe/riga", 120, EUROPEAN }, { "europe/tallinn", 120, EUROPEAN }, { "europe/vilnius", 120, EUROPEAN },
  { "europe/istanbul", 180, 0 }, { "europe/moscow", 180, 0 }, { "europe/minsk", 180, 0 },
  { "africa/lagos", 60, 0 }, { "africa/johannesburg", 120, 0 }, { "africa/nairobi", 180, 0 },
  { "asia/jerusalem", 120, EUROPEAN }, { "asia/riyadh", 180, 0 }, { "asia/dubai", 240, 0 }, { "asia/karachi", 300, 0 },
  { "asia/kolkata", 330, 0 }, { "asia/calcutta", 330, 0 }, { "asia/dhaka", 360, 0 }, { "asia/bangkok", 420, 0 },
  { "asia/jakarta", 420, 0 }, { "asia/ho_chi_minh", 420, 0 }, { "asia/shanghai", 480, 0 }, { "asia/hong_kong", 480, 0 },
  { "asia/taipei", 480, 0 }, { "asia/singapore", 480, 0 }, { "asia/kuala_lumpur", 480, 0 }, { "asia/manila", 480, 0 },
  { "australia/perth", 480, 0 }, { "asia/seoul", 540, 0 }, { "asia/tokyo", 540, 0 }, { "australia/brisbane", 600, 0 },
};
/* clang-format on */

/* What the rest of a continent's places mostly have; in the east its latest hour, as news is not of the future. */
static const Zone continents[] = {
  { "europe/", 60, EUROPEAN },
  { "asia/", 540, 0 },
  { "australia/", 660, 0 },
  { "pacific/", 780, 0 },
};

int
truce_date_english_month (const char *word, gsize length)
{
  static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDecMonTueWedThuFriSatSun";

  if (length != 3)
    return -1;
  for (int i = 0; i < (int) sizeof names / 3; i++)
    if (word[0] == names[3 * i] && word[1] == names[3 * i + 1] && word[2] == names[3 * i + 2])
      return i < 12 ? i + 1 : 0;
  return -1;
}

static char *
fold (const char *word, gsize length)
{
  return length > WORD_MAX ? g_strdup ("") : g_utf8_strdown (word, (gssize) length);
}

int
truce_date_month (const char *word, gsize length)
{
  g_autofree char *folded = NULL;
  int month = truce_date_english_month (word, length);

  if (month >= 0)
    return month;
  folded = fold (word, length);

  for (gsize i = 0; i < G_N_ELEMENTS (months); i++)
    if (g_str_has_prefix (folded, months[i].start))
      return months[i].month;
  return 0;
}

gboolean
truce_date_zone (const char *word, gsize length, int *ret_minutes, TruceSummerRule *ret_rule)
{
  const Zone *found = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (zones) && !found; i++)
    if (strlen (zones[i].name) == length && g_ascii_strncasecmp (zones[i].name, word, length) == 0)
      found = &zones[i];
  for (gsize i = 0; i < G_N_ELEMENTS (continents) && !found; i++)
    if (g_ascii_strncasecmp (continents[i].name, word, strlen (continents[i].name)) == 0)
      found = &continents[i];
  if (!found)
    return FALSE;
  *ret_minutes = found->minutes;
  *ret_rule = found->rule;
  return TRUE;
}

int
truce_date_weekday (const char *word, gsize length)
{
  static const char *const names[] = { "sun", "mon", "tue", "wed", "thu", "fri", "sat" };

  for (int day = 0; day < (int) G_N_ELEMENTS (names); day++)
    if (length >= 3 && g_ascii_strncasecmp (word, names[day], 3) == 0)
      return day;
  return TRUCE_DATE_UNSET;
}

int
truce_date_half_day (const char *word, gsize length)
{
  static const char *const names[2][5] = {
    { "am", "a", "오전", "上午", "午前" },
    { "pm", "p", "오후", "下午", "午後" },
  };

  for (int half = 0; half < 2; half++)
    for (gsize i = 0; i < G_N_ELEMENTS (names[half]); i++)
      if (strlen (names[half][i]) == length && g_ascii_strncasecmp (names[half][i], word, length) == 0)
        return half + 1;
  return 0;
}
