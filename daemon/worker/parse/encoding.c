/* SPDX-License-Identifier: MIT */
#include "worker/parse/encoding.h"

#include "worker/parse/encoding_private.h"
#include "worker/parse/entities.h"

#include <string.h>

#define DECLARATION_MAX 1024 /* bytes in which an XML declaration ends */
#define LANGUAGE_MAX 4096    /* bytes in which a channel tells its language */
#define LABEL_MAX 40

/* Counts of what an 8-bit text holds, as UTF-8 sees it. */
typedef struct {
  gsize sequences; /* valid ones beyond ASCII */
  gsize invalid;   /* bytes that are in none, and NULs */
} Census;

/* The length of the valid UTF-8 sequence at `p`, 0 for none; NUL is none. */
static gsize
sequence_length (const guchar *p, const guchar *end)
{
  gsize length, left = (gsize) (end - p);

  if (*p < 0x80)
    return *p != 0;
  if (*p < 0xc2 || *p > 0xf4)
    return 0;
  length = *p < 0xe0 ? 2 : *p < 0xf0 ? 3 : 4;
  if (left < length)
    return 0;
  for (gsize i = 1; i < length; i++)
    if ((p[i] & 0xc0) != 0x80)
      return 0;
  if ((*p == 0xe0 && p[1] < 0xa0) || (*p == 0xed && p[1] > 0x9f) || (*p == 0xf0 && p[1] < 0x90) ||
      (*p == 0xf4 && p[1] > 0x8f))
    return 0;
  return length;
}

/* Eight ASCII bytes at once, none of them NUL: most of what feeds are. */
static gboolean
eight_ascii (const guchar *p)
{
  guint64 word;

  memcpy (&word, p, sizeof word);
  return ((word | (word - G_GUINT64_CONSTANT (0x0101010101010101))) & G_GUINT64_CONSTANT (0x8080808080808080)) == 0;
}

/* Of `most` invalid bytes no more is looked at: what is labelled need only be known not to be UTF-8. */
static Census
take_census (const guchar *p, gsize length, gsize most)
{
  const guchar *end = p + length;
  Census census = { 0 };

  while (p < end && census.invalid < most) {
    gsize step;

    if (end - p >= 8 && eight_ascii (p)) {
      p += 8;
      continue;
    }
    /* Most of what Chinese, Japanese and Korean are. */
    if (*p > 0xe0 && *p < 0xed && end - p >= 3 && (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80) {
      census.sequences++;
      p += 3;
      continue;
    }
    step = sequence_length (p, end);
    census.sequences += step > 1;
    census.invalid += step == 0;
    p += step;
    /* A sequence that is cut short counts once. */
    if (step == 0)
      for (p++; p < end && (*p & 0xc0) == 0x80; p++)
        ;
  }
  return census;
}

typedef struct {
  const char *bytes;
  gsize length;
  const char *charset;
} Mark;

static const char *
by_mark (const guchar *bytes, gsize length, gsize *ret_skip)
{
  static const Mark marks[] = {
    { "\xef\xbb\xbf", 3, "UTF-8" }, { "\xff\xfe\0\0", 4, "UTF-32LE" }, { "\0\0\xfe\xff", 4, "UTF-32BE" },
    { "\xff\xfe", 2, "UTF-16LE" },  { "\xfe\xff", 2, "UTF-16BE" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++) {
    if (length >= marks[i].length && memcmp (bytes, marks[i].bytes, marks[i].length) == 0) {
      *ret_skip = marks[i].length;
      return marks[i].charset;
    }
  }
  return NULL;
}

/* Without a mark: '<' or '{' or white space with NULs beside it. */
static const char *
by_pattern (const guchar *bytes, gsize length)
{
  if (length < 4)
    return NULL;
  if (bytes[0] && !bytes[1] && !bytes[2] && !bytes[3])
    return "UTF-32LE";
  if (!bytes[0] && !bytes[1] && !bytes[2] && bytes[3])
    return "UTF-32BE";
  if (bytes[0] && !bytes[1] && bytes[2] && !bytes[3])
    return "UTF-16LE";
  if (!bytes[0] && bytes[1] && !bytes[2] && bytes[3])
    return "UTF-16BE";
  return NULL;
}

/* The value after `name` and '=' within `length` bytes, quoted or not, into `label`. */
static gboolean
value_after (const char *text, gsize length, const char *name, char label[LABEL_MAX])
{
  const char *end = text + length, *p = text, *start;
  gsize name_length = strlen (name);
  char quote = '\0';

  for (;; p++) {
    if ((gsize) (end - p) <= name_length)
      return FALSE;
    if ((*p | 0x20) == *name && g_ascii_strncasecmp (p, name, name_length) == 0)
      break;
  }
  for (p += name_length; p < end && g_ascii_isspace (*p); p++)
    ;
  if (p >= end || *p != '=')
    return FALSE;
  for (p++; p < end && g_ascii_isspace (*p); p++)
    ;
  if (p < end && (*p == '"' || *p == '\''))
    quote = *p++;
  start = p;
  while (p < end && (quote ? *p != quote : !g_ascii_isspace (*p) && *p != ';' && *p != '?'))
    p++;
  if (p == start || p - start >= LABEL_MAX)
    return FALSE;
  memcpy (label, start, (gsize) (p - start));
  label[p - start] = '\0';
  return TRUE;
}

static gboolean
by_declaration (const char *bytes, gsize length, char label[LABEL_MAX])
{
  const char *end, *start;

  length = MIN (length, DECLARATION_MAX);
  start = memmem (bytes, length, "<?xml", 5);
  if (!start)
    return FALSE;
  end = memchr (start, '>', length - (gsize) (start - bytes));
  return end && value_after (start, (gsize) (end - start), "encoding", label);
}

/* The usual legacy encoding of the language that a document says it is in; NULL when it says none, or one of those that
 * windows-1252 is for. */
static const TruceCharset *
by_language (const char *text, gsize length)
{
  static const char *const usual[][2] = {
    { "zh-tw", "big5" }, { "zh-hk", "big5" }, { "zh", "gb18030" }, { "ko", "cp949" },
    { "ja", "cp932" },   { "ru", "cp1251" },  { "bg", "cp1251" },  { "uk", "cp1251" },
    { "pl", "cp1250" },  { "cs", "cp1250" },  { "hu", "cp1250" },  { "el", "cp1253" },
    { "tr", "cp1254" },  { "he", "cp1255" },  { "ar", "cp1256" },  { "th", "cp874" },
  };
  const char *start = memmem (text, MIN (length, LANGUAGE_MAX), "<language>", 10);

  if (!start || (gsize) (text + length - start) < 16)
    return NULL;
  for (start += 10; g_ascii_isspace (*start) && start < text + length - 6; start++)
    ;
  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
    if (g_ascii_strncasecmp (start, usual[i][0], strlen (usual[i][0])) == 0)
      return truce_charset_by_label (usual[i][1]);
  return NULL;
}

/* What is neither labelled nor UTF-8. Where most is UTF-8, a byte that is not becomes U+FFFD; else it is taken for
 * windows-1252, and with it the few sequences that are UTF-8 by chance. */
static GBytes *
decode_unknown (const guchar *p, gsize length, Census census)
{
  gboolean windows_1252 = census.sequences <= census.invalid, all = census.sequences < census.invalid / 8;
  const guchar *end = p + length;
  GString *text = g_string_sized_new (length + length / 8);

  while (p < end) {
    gsize step = all && *p >= 0x80 ? 0 : sequence_length (p, end);

    if (step > 0)
      g_string_append_len (text, (const char *) p, (gssize) step);
    else if (*p == 0)
      g_string_append_c (text, ' ');
    else
      g_string_append_unichar (text, windows_1252 ? truce_character_repair (*p) : 0xfffd);
    p += MAX (step, 1);
  }
  return g_string_free_to_bytes (text);
}

static GBytes *
decode_eight_bit (GBytes *body, gsize skip, const TruceCharset *labelled)
{
  gsize length;
  const guchar *bytes = g_bytes_get_data (body, &length);
  Census census = take_census (bytes + skip, length - skip, labelled ? 1 : G_MAXSIZE);

  if (labelled && !(census.invalid == 0 && (census.sequences > 0 || truce_charset_has_ascii (labelled))))
    return truce_charset_decode (labelled, bytes + skip, length - skip);
  if (census.invalid == 0)
    return g_bytes_new_from_bytes (body, skip, length - skip);
  if (census.sequences < census.invalid && ((labelled = truce_charset_guess (bytes + skip, length - skip)) ||
                                            (labelled = by_language ((const char *) bytes, length))))
    return truce_charset_decode (labelled, bytes + skip, length - skip);
  return decode_unknown (bytes + skip, length - skip, census);
}

/* What the body is said to be in: NULL for UTF-8, for what nobody knows, and for nothing. */
static const TruceCharset *
find_charset (const guchar *bytes, gsize length, const char *content_type, gsize *ret_skip)
{
  const TruceCharset *charset = NULL;
  const char *name = by_mark (bytes, length, ret_skip);
  char label[LABEL_MAX];

  if (!name)
    name = by_pattern (bytes, length);
  if (name)
    return truce_charset_by_label (name);
  if (content_type && value_after (content_type, strlen (content_type), "charset", label))
    charset = truce_charset_by_label (label);
  if (!charset && by_declaration ((const char *) bytes, length, label))
    charset = truce_charset_by_label (label);
  /* The bytes have been seen not to be UTF-16: a label that says so is a habit of .NET. */
  return charset && !charset->wide ? charset : NULL;
}

gboolean
truce_encoding_is_plain (GBytes *body, const char *content_type, gsize *ret_skip)
{
  gsize length, skip = 0;
  const guchar *bytes = g_bytes_get_data (body, &length);
  const TruceCharset *charset = length > 0 ? find_charset (bytes, length, content_type, &skip) : NULL;
  gboolean plain = skip < length && bytes[skip] == '<' && (!charset || truce_charset_has_ascii (charset));

  *ret_skip = plain ? skip : 0;
  return plain;
}

GBytes *
truce_encoding_decode (GBytes *body, const char *content_type)
{
  gsize length, skip = 0;
  const guchar *bytes = g_bytes_get_data (body, &length);
  const TruceCharset *charset;

  if (length == 0)
    return g_bytes_ref (body);
  charset = find_charset (bytes, length, content_type, &skip);
  if (charset && charset->wide)
    return truce_charset_decode (charset, bytes + skip, length - skip);
  return decode_eight_bit (body, skip, charset);
}

void
truce_encoding_preload (void)
{
  truce_charset_preload ();
}
