/* SPDX-License-Identifier: MIT */
/* Which East Asian encoding an unlabelled text is in, by its pairs of bytes: nearly all must be ones of that encoding,
 * most in runs, and enough of them its most frequent characters. Text of the West fails each of these. */
#include "worker/parse/encoding_private.h"

#include <string.h>

#define GUESS_BYTES (64u << 10) /* looked at: more makes no guess surer */
#define UNITS_MIN 6             /* fewer characters are too few to tell */
#define INVALID_SHARE 32        /* of so many one may be broken */
#define FREQUENT_SHARE 8        /* of so many one is frequent, in any prose; a quarter to a half usually */

typedef struct {
  guint8 first, last;
} Range;

/* The costs are how many bits it takes to say which character of its class one is, and of which class, in tenths. */
typedef struct {
  const char *label;
  Range leads[2], trails[2];
  Range singles;     /* characters of one byte beyond ASCII */
  guint16 common[2]; /* of the part for ordinary use; no second byte is below the first pair's */
  guint8 frequent_cost, common_cost, rare_cost;
  const char *frequent;
} Asian;

#define KANA                                                                                                                                                                    \
  "あいうえおかがきくけこさしすせそただちっつてでとどなにねのはばびへべほまみむめもやゆよらりるれろわをんアイウエオカ" \
  "ガ"                                                                                                                                                                         \
  "キギクグケコゴサシジスセタダチッテデトドナニネノハバパヒビピフブプヘベペホボポマミムメモャュョラリルレロワンー、。" \
  "「」・"

/* clang-format off */
static const Asian asians[] = {
  { "gb18030", { { 0x81, 0xfe }, { 0x81, 0xfe } }, { { 0x40, 0x7e }, { 0x80, 0xfe } }, { 0, 0 }, { 0xb0a1, 0xd7f9 },
    80, 127, 192,
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能"
    "好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长新月部市场业报民政经济将与"
    "及分进高全，。、：“”《》（）" },
  { "big5", { { 0x87, 0xfe }, { 0x87, 0xfe } }, { { 0x40, 0x7e }, { 0xa1, 0xfe } }, { 0, 0 }, { 0xa440, 0xc67e },
    80, 133, 187,
    "的一是不了在人有我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可里後小麼心多天而能"
    "好都然沒日於起還發成事只作當想看文無開手十用主行方又如前所本見經頭面公同三已老從動兩長新月部市場業報民政濟將與及"
    "分進高全，。、：「」《》（）" },
  { "euc-kr", { { 0x81, 0xfe }, { 0x81, 0xfe } }, { { 0x41, 0x7a }, { 0x81, 0xfe } }, { 0, 0 }, { 0xb0a1, 0xc8fe },
    71, 122, 167,
    "이다는의에을가고하지로한를은기사도리자인대해시나정서어라전일과만부수그상장보있으원들제주했여아조스게면경공국구비연와"
    "동위안관성오거신회우개요계된마적미소년방까금" },
  { "shift_jis", { { 0x81, 0x9f }, { 0xe0, 0xfc } }, { { 0x40, 0x7e }, { 0x80, 0xfc } }, { 0xa1, 0xdf },
    { 0x8840, 0x9872 }, 84, 127, 187, KANA },
  { "euc-jp", { { 0xa1, 0xfe }, { 0x8e, 0x8e } }, { { 0xa1, 0xfe }, { 0xa1, 0xfe } }, { 0, 0 }, { 0xb0a1, 0xcfd3 },
    84, 127, 187, KANA },
};
/* clang-format on */

/* Which pairs are frequent, a bit for each, once loaded; all unset where iconv does not know the encoding. */
static guint8 frequent[G_N_ELEMENTS (asians)][0x10000 / 8];

/* What has been seen of one encoding in a text. */
typedef struct {
  gsize units, invalid, frequent;
  gsize in_runs; /* beside another one that differs */
  gsize cost;
} Sight;

void
truce_charset_guess_preload (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (asians); i++) {
    char pairs[1024], *in = (char *) (gpointer) asians[i].frequent, *out = pairs;
    gsize in_left = strlen (in), out_left = sizeof pairs;
    iconv_t converter = iconv_open (asians[i].label, "UTF-8");

    if (converter == (iconv_t) -1)
      continue;
    iconv (converter, &in, &in_left, &out, &out_left);
    iconv_close (converter);
    for (const char *p = pairs; out - p >= 2; p += 2) {
      guint pair = (guint) (guchar) p[0] << 8 | (guchar) p[1];

      frequent[i][pair / 8] |= (guint8) (1u << pair % 8);
    }
  }
}

static gboolean
is_within (const Range ranges[2], guchar byte)
{
  return (byte >= ranges[0].first && byte <= ranges[0].last) || (byte >= ranges[1].first && byte <= ranges[1].last);
}

static void
see_pair (Sight *sight, gsize i, guint pair)
{
  const Asian *asian = &asians[i];

  if (frequent[i][pair / 8] & 1u << pair % 8) {
    sight->frequent++;
    sight->cost += asian->frequent_cost;
  } else {
    gboolean common =
        pair >= asian->common[0] && pair <= asian->common[1] && (pair & 0xff) >= (asian->common[0] & 0xff);

    sight->cost += common ? asian->common_cost : asian->rare_cost;
  }
}

static Sight
see (gsize i, const guchar *p, const guchar *end)
{
  const Asian *asian = &asians[i];
  Sight sight = { 0 };
  guint before = 0; /* the pair that ends here; 0: none */

  while (p < end) {
    guint pair = end - p >= 2 ? (guint) p[0] << 8 | p[1] : 0;

    if (*p < 0x80) {
      before = 0;
      p++;
    } else if (is_within (asian->leads, *p) && end - p < 2) {
      break; /* cut off */
    } else if (is_within (asian->leads, *p) && is_within (asian->trails, p[1])) {
      see_pair (&sight, i, pair);
      sight.units++;
      sight.in_runs += before && before != pair;
      before = pair;
      p += 2;
    } else {
      gboolean single = asian->singles.first && *p >= asian->singles.first && *p <= asian->singles.last;

      sight.invalid += !single;
      sight.cost += asian->rare_cost;
      before = 0;
      p++;
    }
  }
  return sight;
}

const TruceCharset *
truce_charset_guess (const guchar *bytes, gsize length)
{
  const guchar *end = bytes + MIN (length, GUESS_BYTES);
  const char *best = NULL;
  gsize least = G_MAXSIZE;

  for (gsize i = 0; i < G_N_ELEMENTS (asians); i++) {
    Sight sight = see (i, bytes, end);

    if (sight.units < UNITS_MIN || sight.invalid > sight.units / INVALID_SHARE || sight.in_runs * 2 < sight.units ||
        sight.frequent * FREQUENT_SHARE < sight.units || sight.cost > sight.units * asians[i].common_cost ||
        sight.cost >= least)
      continue;
    least = sight.cost;
    best = asians[i].label;
  }
  return best ? truce_charset_by_label (best) : NULL;
}
