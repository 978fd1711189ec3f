/* SPDX-License-Identifier: MIT */
/* Who says it: the site, what a headline ends in, the agency that is named. */
#include <string.h>

#include "base/text.h"
#include "news/feed.h"
#include "news/story_private.h"

#define SUFFIX_WORDS_MAX 5 /* "The New York Times", and one more */
#define SUFFIX_BYTES_MAX 60
#define MARK_BYTES_MAX 60 /* longer than any agency is called */
#define HEAD_WORDS_MIN 3  /* a headline that is left */
/* Where a summary names its agency: at the dateline or in the lead's sentences, or as a credit after them all. */
#define BEGINNING_BYTES 500
#define ENDING_BYTES 200

/* Under these, sites are one name further down: "bbc.co.uk". */
static const char *const second_levels[] = { "co", "com", "org", "net", "gov", "gob", "go", "ac", "edu", "or", "ne" };
/* These lend their name to any publisher. */
static const char *const platforms[] = { "blogspot.com", "wordpress.com", "substack.com", "github.io", "tumblr.com" };
/* These collect what others publish. */
static const char *const collectors[] = { "news.google.com", "google.com", "msn.com",       "bing.com",
                                          "news.yahoo.com",  "yahoo.com",  "flipboard.com", "feedburner.com" };

/* An agency: how its copy is marked, and its own sites. */
static const struct {
  const char *name;
  const char *marks; /* "a|b", in small letters */
  const char *site;
} agencies[] = {
  { "reuters", "reuters|路透|路透社|로이터|로이터통신", "reuters.com" },
  { "ap", "ap|associated press|the associated press|美联社|ap통신", "apnews.com" },
  { "afp", "afp|agence france presse|法新社|afp통신", "afp.com" },
  { "bloomberg", "bloomberg|bloomberg news|彭博|彭博社|블룸버그", "bloomberg.com" },
  { "dpa", "dpa", "dpa.com" },
  { "efe", "efe", "efe.com" },
  { "pti", "pti", "ptinews.com" },
  { "xinhua", "xinhua|新华社|신화통신", "xinhuanet.com" },
  { "yonhap", "yonhap|연합뉴스|연합", "yna.co.kr" },
  { "kyodo", "kyodo|共同社|共同通信|교도통신", "kyodonews.net" },
  { "cns", "中新社|中新网", "chinanews.com" },
  { "pr newswire", "pr newswire|prnewswire", "prnewswire.com" },
  { "business wire", "business wire|businesswire", "businesswire.com" },
  { "globe newswire", "globe newswire|globenewswire", "globenewswire.com" },
};

static gboolean
is_one_of (const char *text, const char *const *list, guint n)
{
  for (guint i = 0; i < n; i++)
    if (strcmp (text, list[i]) == 0)
      return TRUE;
  return FALSE;
}

/* The host without "www." and its like; NULL. (transfer full) */
static char *
host_of (const TruceItem *item)
{
  g_autofree char *key = item->link ? truce_url_host_key (item->link) : NULL;
  char *host;

  if (!key)
    return NULL;
  host = g_strdup (strstr (key, "://") + strlen ("://"));
  host[strcspn (host, ":")] = '\0';
  return host;
}

/* The name that somebody has registered. (transfer full) */
static char *
site_of (const char *host)
{
  g_auto (GStrv) labels = g_strsplit (host, ".", -1);
  guint n = g_strv_length (labels), kept = 2;

  if (n > 2 && strlen (labels[n - 1]) == 2 && is_one_of (labels[n - 2], second_levels, G_N_ELEMENTS (second_levels)))
    kept = 3;
  for (guint i = 0; i < G_N_ELEMENTS (platforms) && kept == 2; i++)
    if (g_str_has_suffix (host, platforms[i]) && n > 2)
      kept = 3;
  return g_strjoinv (".", labels + (n > kept ? n - kept : 0));
}

static gboolean
collects (const char *host)
{
  return host && (is_one_of (host, collectors, G_N_ELEMENTS (collectors)) ||
                  (g_str_has_prefix (host, "www.") &&
                   is_one_of (host + strlen ("www."), collectors, G_N_ELEMENTS (collectors))));
}

/* Letters and digits alone, small. (transfer full) */
static char *
letters_of (const char *text)
{
  GString *letters = g_string_new (NULL);

  for (const char *at = text; *at; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    if (g_unichar_isalnum (c))
      g_string_append_unichar (letters, g_unichar_tolower (c));
  }
  return g_string_free (letters, FALSE);
}

/* Is `name` what the site is called: "Washington Examiner" at washingtonexaminer.com? */
static gboolean
is_name_of (const char *name, const char *host)
{
  g_autofree char *site = host ? site_of (host) : NULL;
  g_autofree char *letters = letters_of (name);

  if (!site)
    return FALSE;
  site[strcspn (site, ".")] = '\0';
  const char *plain = g_str_has_prefix (letters, "the") ? letters + strlen ("the") : letters;
  return strlen (site) >= 2 && (g_str_has_prefix (letters, site) || g_str_has_prefix (plain, site) ||
                                (strlen (plain) >= 3 && g_str_has_prefix (site, plain)));
}

/* Is every word of it written as names are, and none a number? */
static gboolean
is_written_as_name (const char *name)
{
  g_auto (GStrv) words = g_strsplit (name, " ", -1);
  guint n = 0;

  for (guint i = 0; words[i]; i++) {
    gunichar c = g_utf8_get_char (words[i]);
    if (!*words[i])
      continue;
    n++;
    if (g_unichar_islower (c) && !strchr (words[i], '.') &&
        !is_one_of (words[i], (const char *const[]){ "of", "and", "the" }, 3))
      return FALSE;
    if (g_unichar_isdigit (c))
      return FALSE;
  }
  return n > 0 && n <= SUFFIX_WORDS_MAX;
}

static guint
count_words (const char *text, gsize length)
{
  guint n = 0;
  gboolean inside = FALSE;

  for (gsize i = 0; i < length; i++) {
    n += text[i] != ' ' && !inside;
    inside = text[i] != ' ';
  }
  return n;
}

/* The last " - ", " | " and the like; `ret_name` is what follows. */
static const char *
last_separator (const char *title, const char **ret_name)
{
  static const char *const separators[] = {
    " - ", " | ", " \xe2\x80\x93 ", " \xe2\x80\x94 ", " :: ", " \xc2\xb7 ", "_"
  };
  const char *last = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (separators); i++) {
    const char *at = g_strrstr (title, separators[i]);
    if (at && (!last || at > last)) {
      last = at;
      *ret_name = at + strlen (separators[i]);
    }
  }
  return last;
}

const char *
story_suffix (const TruceItem *item)
{
  g_autofree char *host = host_of (item);
  const char *name = NULL, *at = last_separator (item->title, &name);

  if (!at || strlen (name) > SUFFIX_BYTES_MAX || !*name)
    return NULL;
  gboolean wide = (guchar) item->title[0] >= 0xe0; /* a headline without spaces */
  if (!wide && count_words (item->title, (gsize) (at - item->title)) < HEAD_WORDS_MIN)
    return NULL;
  if (is_name_of (name, host) || collects (host))
    return at;
  /* A dash may stand for a comma; behind these, what follows is a name. */
  return is_written_as_name (name) && (at[1] == '|' || at[1] == ':' || (!host && at[1] == '-')) ? at : NULL;
}

char *
truce_story_headline (const TruceItem *item)
{
  const char *suffix = story_suffix (item);

  return suffix ? g_strndup (item->title, (gsize) (suffix - item->title)) : g_strdup (item->title);
}

char *
truce_story_publisher (const TruceItem *item, const char *feed)
{
  g_autofree char *host = host_of (item);
  const char *suffix = story_suffix (item);

  if (suffix && (!host || collects (host))) {
    const char *name = NULL;
    last_separator (item->title, &name);
    return letters_of (name);
  }
  return host && !collects (host) ? site_of (host) : g_strdup (feed);
}

/* --- agencies --- */

typedef struct {
  const char *agency;
  char *text;
  gsize length;
} Mark;

/* Of all agencies, taken apart once. */
static const GArray *
all_marks (void)
{
  static GArray *marks;

  if (marks)
    return marks;
  marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  for (guint i = 0; i < G_N_ELEMENTS (agencies); i++) {
    g_auto (GStrv) texts = g_strsplit (agencies[i].marks, "|", -1);
    for (guint j = 0; texts[j]; j++) {
      const Mark mark = { agencies[i].name, g_strdup (texts[j]), strlen (texts[j]) };
      g_array_append_val (marks, mark);
    }
  }
  return marks;
}

/* The agency whose mark `text` of `length` is; NULL. */
static const char *
agency_named (const char *text, gsize length)
{
  const GArray *marks = all_marks ();

  if (length > MARK_BYTES_MAX)
    return NULL;
  g_autofree char *given = g_utf8_strdown (text, (gssize) length);
  g_autofree char *small = g_strdup (g_strstrip (given));

  for (guint i = 0; i < marks->len; i++)
    if (strcmp (small, g_array_index (marks, Mark, i).text) == 0)
      return g_array_index (marks, Mark, i).agency;
  return NULL;
}

/* As copy is marked: "(Reuters) -", "WASHINGTON, Nov 3 (AP) —", "【路透社】", "[연합뉴스]". */
static const char *
agency_in_brackets (const char *text)
{
  static const char *const opening[] = { "(", "[", "【", "（" }, *const closing[] = { ")", "]", "】", "）" };

  for (guint i = 0; i < G_N_ELEMENTS (opening); i++)
    for (const char *at = strstr (text, opening[i]); at; at = strstr (at, opening[i])) {
      at += strlen (opening[i]);
      const char *end = strstr (at, closing[i]);
      const char *agency = end ? agency_named (at, (gsize) (end - at)) : NULL;
      if (agency)
        return agency;
    }
  return NULL;
}

/* As others lean on it: "..., Reuters reported", "according to AP", "路透社报道". */
static const char *
agency_leaned_on (const char *text)
{
  static const char *const before[] = { "according to ", "reported by ", "told ", "source: ", "据" };
  static const char *const after[] = { " reported", " reports", " report", " said", " says", "报道", "에 따르면" };

  const GArray *marks = all_marks ();

  for (guint i = 0; i < marks->len; i++) {
    const Mark *mark = &g_array_index (marks, Mark, i);
    for (const char *at = strstr (text, mark->text); at; at = strstr (at + mark->length, mark->text)) {
      if ((at > text && g_ascii_isalnum (at[-1])) || g_ascii_isalnum (at[mark->length]))
        continue;
      for (guint k = 0; k < G_N_ELEMENTS (after); k++)
        if (g_str_has_prefix (at + mark->length, after[k]))
          return mark->agency;
      for (guint k = 0; k < G_N_ELEMENTS (before); k++)
        if ((gsize) (at - text) >= strlen (before[k]) && g_str_has_prefix (at - strlen (before[k]), before[k]))
          return mark->agency;
    }
  }
  return NULL;
}

/* Marked or leaned on, within `text`. */
static const char *
agency_within (const char *text)
{
  const char *agency = agency_in_brackets (text);
  g_autofree char *small = agency ? NULL : g_utf8_strdown (text, -1);

  return agency ? agency : agency_leaned_on (small);
}

/* Where the last `most` bytes of `text` begin, at the beginning of a word. */
static const char *
ending_of (const char *text, gsize most)
{
  const char *at = text + strlen (text) - most;

  while (((guchar) *at & 0xc0) == 0x80 || g_ascii_isalnum (*at))
    at++;
  return at;
}

/* A summary names it where copy begins or ends. */
static const char *
agency_of_summary (const char *summary)
{
  if (strlen (summary) <= BEGINNING_BYTES + ENDING_BYTES)
    return agency_within (summary);

  g_autofree char *beginning = truce_text_cut (summary, BEGINNING_BYTES);
  const char *agency = agency_within (beginning);

  return agency ? agency : agency_within (ending_of (summary, ENDING_BYTES));
}

/* "...: Reuters", "..., AP reports", "according to AFP, ...": a headline names whom it has it from. */
static const char *
agency_of_title (const char *title)
{
  const char *colon = strrchr (title, ':'), *agency = colon ? agency_named (colon + 1, strlen (colon + 1)) : NULL;

  return agency ? agency : agency_within (title);
}

const char *
story_agency (const TruceItem *item)
{
  g_autofree char *host = host_of (item), *site = host ? site_of (host) : NULL;
  const char *suffix = story_suffix (item), *name = NULL, *agency;

  for (guint i = 0; site && i < G_N_ELEMENTS (agencies); i++)
    if (strcmp (site, agencies[i].site) == 0)
      return agencies[i].name;
  if (suffix && last_separator (item->title, &name) && (agency = agency_named (name, strlen (name))))
    return agency;
  if (item->author && (agency = agency_named (item->author, strlen (item->author))))
    return agency;
  agency = agency_of_title (item->title);
  return agency ? agency : agency_of_summary (item->summary);
}
