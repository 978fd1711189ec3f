/* SPDX-License-Identifier: MIT */
#include "worker/parse/encoding_private.h"
#include "worker/parse/entities.h"

#include <errno.h>
#include <string.h>

#define LARGEST_GROWTH 3 /* a byte is no more as UTF-8: half-width kana are, and what cannot be decoded */
#define NO_CONVERTER ((iconv_t) -1)

/* Labels as the Encoding Standard has them, each for the superset that its users mean. */
/* clang-format off */
static const TruceCharset charsets[] = {
  { "UTF-16LE", " utf-16 utf16 unicode ucs-2 iso-10646-ucs-2 csunicode ", TRUE, FALSE },
  { "UTF-16BE", " unicodefffe ", TRUE, FALSE },
  { "UTF-32LE", " utf-32 ucs-4 iso-10646-ucs-4 ", TRUE, FALSE },
  { "UTF-32BE", " ", TRUE, FALSE },
  { "GB18030", " gb2312 gbk gb_2312-80 gb_2312 x-gbk csgb2312 chinese cp936 euc-cn ", FALSE, FALSE },
  { "BIG5-HKSCS", " big5 big-5 cn-big5 x-x-big5 csbig5 cp950 ", FALSE, FALSE },
  { "CP949", " euc-kr euckr ks_c_5601-1987 ks_c_5601 ksc5601 ksc_5601 korean uhc windows-949 cseuckr ", FALSE, FALSE },
  { "CP932", " shift_jis shift-jis sjis x-sjis ms_kanji windows-31j csshiftjis ", FALSE, FALSE },
  { "EUC-JP", " eucjp x-euc-jp euc_jp ", FALSE, FALSE },
  { "ISO-2022-JP", " csiso2022jp ", FALSE, FALSE },
  { "ISO-2022-KR", " ", FALSE, FALSE },
  { "EUC-TW", " ", FALSE, FALSE },
  { "WINDOWS-1250", " cp1250 x-cp1250 ", FALSE, TRUE },
  { "WINDOWS-1251", " cp1251 x-cp1251 win-1251 ", FALSE, TRUE },
  { "WINDOWS-1252", " iso-8859-1 iso8859-1 iso_8859-1 latin1 latin-1 l1 cp1252 x-cp1252 us-ascii ascii "
                    "ansi_x3.4-1968 iso-ir-100 ", FALSE, TRUE },
  { "WINDOWS-1253", " cp1253 x-cp1253 ", FALSE, TRUE },
  { "WINDOWS-1254", " iso-8859-9 iso8859-9 latin5 cp1254 x-cp1254 ", FALSE, TRUE },
  { "WINDOWS-1255", " cp1255 ", FALSE, TRUE },
  { "WINDOWS-1256", " cp1256 ", FALSE, TRUE },
  { "WINDOWS-1257", " cp1257 ", FALSE, TRUE },
  { "WINDOWS-1258", " cp1258 ", FALSE, TRUE },
  { "ISO-8859-2", " iso8859-2 latin2 ", FALSE, TRUE },
  { "ISO-8859-3", " iso8859-3 latin3 ", FALSE, TRUE },
  { "ISO-8859-4", " iso8859-4 latin4 ", FALSE, TRUE },
  { "ISO-8859-5", " iso8859-5 cyrillic ", FALSE, TRUE },
  { "ISO-8859-6", " iso8859-6 arabic ", FALSE, TRUE },
  { "ISO-8859-7", " iso8859-7 greek ", FALSE, TRUE },
  { "ISO-8859-8", " iso8859-8 iso-8859-8-i hebrew ", FALSE, TRUE },
  { "ISO-8859-10", " iso8859-10 latin6 ", FALSE, TRUE },
  { "ISO-8859-13", " iso8859-13 latin7 ", FALSE, TRUE },
  { "ISO-8859-14", " iso8859-14 latin8 ", FALSE, TRUE },
  { "ISO-8859-15", " iso8859-15 latin9 latin-9 ", FALSE, TRUE },
  { "ISO-8859-16", " iso8859-16 ", FALSE, TRUE },
  { "KOI8-R", " koi8 koi8r koi ", FALSE, TRUE },
  { "KOI8-U", " koi8u koi8-ru ", FALSE, TRUE },
  { "CP866", " ibm866 866 ", FALSE, TRUE },
  { "CP437", " ibm437 437 ", FALSE, TRUE },
  { "CP850", " ibm850 850 ", FALSE, TRUE },
  { "CP852", " ibm852 852 ", FALSE, TRUE },
  { "CP874", " tis-620 windows-874 iso-8859-11 iso8859-11 ", FALSE, TRUE },
  { "MACINTOSH", " mac x-mac-roman ", FALSE, TRUE },
  { "IBM037", " cp037 ebcdic-cp-us ", FALSE, TRUE },
};
/* clang-format on */

typedef struct {
  char bytes[LARGEST_GROWTH];
  guint8 length;
} Letter; /* as UTF-8 */

/* What loading has made, by the charset's index. Tables instead of converters for single bytes: they need no module
 * that stays in memory. */
static gboolean loaded;
static iconv_t converters[G_N_ELEMENTS (charsets)];
static Letter tables[G_N_ELEMENTS (charsets)][256];

/* The character of each byte, U+FFFD where it has none, a space for NUL. */
static void
make_table (iconv_t converter, Letter table[256])
{
  for (guint byte = 0; byte < 256; byte++) {
    char in = (char) byte, out[8];
    char *in_at = &in, *out_at = out;
    gsize in_left = 1, out_left = sizeof out;
    gunichar c = 0xfffd;

    iconv (converter, NULL, NULL, NULL, NULL);
    if (iconv (converter, &in_at, &in_left, &out_at, &out_left) != (gsize) -1 &&
        iconv (converter, NULL, NULL, &out_at, &out_left) != (gsize) -1 && out_at > out)
      c = g_utf8_get_char (out);
    c = c ? truce_character_repair (c) : ' ';
    table[byte].length = (guint8) g_unichar_to_utf8 (c, out);
    memcpy (table[byte].bytes, out, table[byte].length);
  }
}

void
truce_charset_preload (void)
{
  if (loaded)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (charsets); i++) {
    converters[i] = iconv_open ("UTF-8", charsets[i].name);
    if (converters[i] == NO_CONVERTER || !charsets[i].single)
      continue;
    make_table (converters[i], tables[i]);
    iconv_close (converters[i]);
  }
  truce_charset_guess_preload ();
  loaded = TRUE;
}

const TruceCharset *
truce_charset_by_label (const char *label)
{
  g_autofree char *lower = NULL, *spaced = NULL;

  /* Most feeds say that. */
  if (!loaded || g_ascii_strcasecmp (label, "utf-8") == 0)
    return NULL;
  lower = g_ascii_strdown (label, -1);
  spaced = g_strdup_printf (" %s ", g_strstrip (lower));
  if (strchr (lower, ' '))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (charsets); i++) {
    if (!g_ascii_strcasecmp (charsets[i].name, lower) || strstr (charsets[i].labels, spaced))
      return converters[i] == NO_CONVERTER ? NULL : &charsets[i];
  }
  return NULL;
}

gboolean
truce_charset_has_ascii (const TruceCharset *charset)
{
  /* Those are in escape sequences, and EBCDIC. */
  return !charset->wide && !g_str_has_prefix (charset->name, "ISO-2022-") && !g_str_equal (charset->name, "IBM037");
}

/* Each writes to where there is room for LARGEST_GROWTH times as much and a byte, and returns where the text ends. */
static char *
decode_single (const Letter table[256], const guchar *bytes, gsize length, char *to)
{
  for (gsize i = 0; i < length; i++) {
    const Letter *letter = &table[bytes[i]];

    memcpy (to, letter, sizeof *letter); /* what is behind its bytes is written over */
    to += letter->length;
  }
  return to;
}

/* With one U+FFFD for each unit that cannot be decoded, and a space for NUL. */
static char *
decode_multiple (iconv_t converter, gsize unit, const guchar *bytes, gsize length, char *to)
{
  char *start = to, *in = (char *) (gpointer) bytes;
  gsize in_left = length, room = length * LARGEST_GROWTH;

  iconv (converter, NULL, NULL, NULL, NULL);
  while (in_left > 0 && iconv (converter, &in, &in_left, &to, &room) == (gsize) -1) {
    int code = errno;

    if (room < LARGEST_GROWTH)
      break;
    to = mempcpy (to, "\xef\xbf\xbd", LARGEST_GROWTH);
    room -= LARGEST_GROWTH;
    if (code != EILSEQ || in_left < unit)
      break;
    in += unit;
    in_left -= unit;
  }
  while ((start = memchr (start, '\0', (gsize) (to - start))))
    *start = ' ';
  return to;
}

GBytes *
truce_charset_decode (const TruceCharset *charset, const guchar *bytes, gsize length)
{
  gsize i = (gsize) (charset - charsets), unit = !charset->wide ? 1 : strstr (charset->name, "32") ? 4 : 2;
  char *text = g_malloc (length * LARGEST_GROWTH + 1);
  char *end = charset->single ? decode_single (tables[i], bytes, length, text)
                              : decode_multiple (converters[i], unit, bytes, length, text);

  length = (gsize) (end - text);
  return g_bytes_new_take (g_realloc (text, length + 1), length);
}
