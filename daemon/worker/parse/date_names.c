/* SPDX-License-Identifier: MIT */
#include "worker/parse/date_private.h"

#include <string.h>

#define WORD_MAX 40 /* bytes; the longest month name here takes 20 */

typedef struct {
  const char *start; /* folded */
  int month;
} MonthName;

/* Beginnings that no other month of the languages shares, the longer of two that overlap first. English, German,
 * French, Spanish, Italian, Portuguese, Dutch, Polish, Czech, Hungarian, Turkish, the Nordic languages, Russian, Greek.
 */
/* clang-format off */
static const MonthName months[] = {
  { "jan", 1 }, { "jän", 1 }, { "ene", 1 }, { "gen", 1 }, { "sty", 1 }, { "led", 1 }, { "oca", 1 }, { "янв", 1 },
  { "ιαν", 1 }, { "tammi", 1 },
  { "feb", 2 }, { "fev", 2 }, { "fév", 2 }, { "fevr", 2 }, { "lut", 2 }, { "únor", 2 }, { "úno", 2 }, { "şub", 2 },
  { "фев", 2 }, { "φεβ", 2 }, { "helmi", 2 },
  { "mar", 3 }, { "mär", 3 }, { "mrz", 3 }, { "maa", 3 }, { "mrt", 3 }, { "már", 3 }, { "maerz", 3 }, { "bře", 3 },
  { "мар", 3 }, { "μαρ", 3 }, { "μάρ", 3 },
  { "apr", 4 }, { "avr", 4 }, { "abr", 4 }, { "ápr", 4 }, { "kwi", 4 }, { "dub", 4 }, { "nis", 4 }, { "апр", 4 },
  { "απρ", 4 }, { "huhti", 4 },
  { "may", 5 }, { "mai", 5 }, { "mag", 5 }, { "maj", 5 }, { "mei", 5 }, { "máj", 5 }, { "kvě", 5 }, { "мая", 5 },
  { "май", 5 }, { "μαϊ", 5 }, { "μάι", 5 }, { "μαι", 5 }, { "touko", 5 },
  { "červenec", 7 }, { "července", 7 }, { "čvc", 7 },
  { "jun", 6 }, { "jún", 6 }, { "juin", 6 }, { "giu", 6 }, { "cze", 6 }, { "červ", 6 }, { "čvn", 6 }, { "haz", 6 },
  { "июн", 6 }, { "ιουν", 6 }, { "ιούν", 6 }, { "ιον", 6 }, { "kesä", 6 },
  { "jul", 7 }, { "júl", 7 }, { "juil", 7 }, { "lug", 7 }, { "lip", 7 }, { "tem", 7 }, { "июл", 7 }, { "ιουλ", 7 },
  { "ιούλ", 7 }, { "ιολ", 7 }, { "heinä", 7 },
  { "aug", 8 }, { "aou", 8 }, { "aoû", 8 }, { "ago", 8 }, { "sie", 8 }, { "srp", 8 }, { "ağu", 8 }, { "авг", 8 },
  { "αυγ", 8 }, { "αύγ", 8 }, { "elo", 8 },
  { "sep", 9 }, { "set", 9 }, { "sze", 9 }, { "wrz", 9 }, { "zář", 9 }, { "eyl", 9 }, { "сен", 9 }, { "σεπ", 9 },
  { "syys", 9 },
  { "oct", 10 }, { "okt", 10 }, { "out", 10 }, { "ott", 10 }, { "paź", 10 }, { "říj", 10 }, { "eki", 10 },
  { "окт", 10 }, { "οκτ", 10 }, { "loka", 10 },
  { "nov", 11 }, { "lis", 11 }, { "kas", 11 }, { "ноя", 11 }, { "νοε", 11 }, { "νοέ", 11 }, { "marras", 11 },
  { "dec", 12 }, { "déc", 12 }, { "dez", 12 }, { "dic", 12 }, { "dis", 12 }, { "des", 12 }, { "gru", 12 },
  { "pro", 12 }, { "ara", 12 }, { "дек", 12 }, { "δεκ", 12 }, { "joulu", 12 },
};

typedef struct {
  const char *name;
  int minutes;
} Zone;

/* RFC 822's and the common abbreviations; of those with several meanings the one that news feeds mean. */
static const Zone zones[] = {
  { "z", 0 }, { "ut", 0 }, { "utc", 0 }, { "gmt", 0 }, { "wet", 0 },
  { "edt", -240 }, { "est", -300 }, { "cdt", -300 }, { "cst", -360 }, { "mdt", -360 }, { "mst", -420 },
  { "pdt", -420 }, { "pst", -480 }, { "akdt", -480 }, { "akst", -540 }, { "hst", -600 }, { "adt", -180 },
  { "ast", -240 }, { "ndt", -150 }, { "nst", -210 }, { "brt", -180 }, { "art", -180 },
  { "et", -300 }, { "ct", -360 }, { "mt", -420 }, { "pt", -480 },
  { "bst", 60 }, { "ist", 330 }, { "cet", 60 }, { "met", 60 }, { "mez", 60 }, { "west", 60 }, { "cest", 120 },
  { "mest", 120 }, { "mesz", 120 }, { "eet", 120 }, { "eest", 180 }, { "msk", 180 }, { "msd", 240 }, { "sast", 120 },
  { "jst", 540 }, { "kst", 540 }, { "hkt", 480 }, { "sgt", 480 }, { "pht", 480 }, { "awst", 480 }, { "acst", 570 },
  { "aest", 600 }, { "aedt", 660 }, { "nzst", 720 }, { "nzdt", 780 }, { "pkt", 300 }, { "wib", 420 }, { "ict", 420 },
};
/* clang-format on */

int
truce_date_english_month (const char *word, gsize length)
{
  static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDecMonTueWedThuFriSatSun";

  if (length != 3)
    return -1;
  for (int i = 0; i < (int) sizeof names / 3; i++)
    if (memcmp (word, names + 3 * i, 3) == 0)
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
truce_date_zone (const char *word, gsize length, int *ret_minutes)
{
  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++) {
    if (strlen (zones[i].name) == length && g_ascii_strncasecmp (zones[i].name, word, length) == 0) {
      *ret_minutes = zones[i].minutes;
      return TRUE;
    }
  }
  return FALSE;
}

gboolean
truce_date_is_american (const char *word, gsize length)
{
  return length == 2 && strchr ("ECMPecmp", word[0]) && g_ascii_tolower (word[1]) == 't';
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
