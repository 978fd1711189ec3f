/* SPDX-License-Identifier: MIT */
#include "news/pattern.h"

#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* Parts of the expression that are tried in one search, some 20 ms: an honest one tries some ten for each letter of the
 * text, which has at most 64 KiB. PCRE2's own limit will not do: it counts anew from each letter on. */
#define STEPS_MAX 1000000
#define PROBE_STEPS_MAX 200000 /* of a search in PROBE_BYTES: (a+)+$ takes as many, and no honest expression does */
#define PROBE_BYTES 256
/* The memory with which PCRE2 goes back, in KiB: it grows with the steps, and the daemon must not. */
#define HEAP_KIB_MAX 1024
#define PARENTHESES_MAX 32 /* deeper is no person's expression, and PCRE2 recurses while it compiles */
#define REASON_BYTES 256   /* PCRE2's longest message has about 100 */

struct _TrucePattern {
  gatomicrefcount references;
  char *text;
  pcre2_code *code;
  pcre2_match_data *found;
  pcre2_match_context *limits;
  guint steps_left; /* of the search under way */
  guint steps_max;
};

static int
count_step (pcre2_callout_block *block, void *user_data)
{
  TrucePattern *pattern = user_data;

  return pattern->steps_left-- > 0 ? 0 : PCRE2_ERROR_MATCHLIMIT;
}

/* Takes `code`. */
static TrucePattern *
pattern_of (pcre2_code *code, guint steps_max)
{
  TrucePattern *pattern = g_new0 (TrucePattern, 1);

  g_atomic_ref_count_init (&pattern->references);
  pattern->code = code;
  pattern->steps_max = steps_max;
  pattern->found = pcre2_match_data_create (1, NULL);
  pattern->limits = pcre2_match_context_create (NULL);
  pcre2_set_callout (pattern->limits, count_step, pattern);
  pcre2_set_heap_limit (pattern->limits, HEAP_KIB_MAX);
  return pattern;
}

static void
pattern_free (TrucePattern *pattern)
{
  g_free (pattern->text);
  pcre2_code_free (pattern->code);
  pcre2_match_data_free (pattern->found);
  pcre2_match_context_free (pattern->limits);
  g_free (pattern);
}

TrucePattern *
truce_pattern_ref (TrucePattern *pattern)
{
  g_atomic_ref_count_inc (&pattern->references);
  return pattern;
}

void
truce_pattern_unref (TrucePattern *pattern)
{
  if (pattern && g_atomic_ref_count_dec (&pattern->references))
    pattern_free (pattern);
}

const char *
truce_pattern_text (const TrucePattern *pattern)
{
  return pattern->text;
}

TrucePatternOutcome
truce_pattern_find (TrucePattern *pattern, const char *text, gsize length, gsize *ret_from, gsize *ret_to)
{
  pattern->steps_left = pattern->steps_max;
  int result = pcre2_match (pattern->code, (PCRE2_SPTR) text, length, 0, 0, pattern->found, pattern->limits);

  if (result == PCRE2_ERROR_NOMATCH)
    return TRUCE_PATTERN_ABSENT;
  if (result < 0)
    return TRUCE_PATTERN_GAVE_UP;
  const gsize *places = pcre2_get_ovector_pointer (pattern->found);
  /* \K in a look-ahead can set the start behind the end. */
  *ret_from = MIN (places[0], places[1]);
  *ret_to = places[1];
  return TRUCE_PATTERN_FOUND;
}

/* Not compiled to machine code: under systemd's MemoryDenyWriteExecute= that fails, and a search must not depend on
 * it. */
static pcre2_code *
compile (const char *source, guint32 more_options, gsize *ret_offset, char **ret_reason)
{
  guint32 options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_AUTO_CALLOUT | more_options;
  pcre2_compile_context *context = pcre2_compile_context_create (NULL);
  int number;
  gsize offset;

  pcre2_set_parens_nest_limit (context, PARENTHESES_MAX);
  pcre2_code *code = pcre2_compile ((PCRE2_SPTR) source, strlen (source), options, &number, &offset, context);
  pcre2_compile_context_free (context);
  if (!code) {
    guchar reason[REASON_BYTES];
    pcre2_get_error_message (number, reason, sizeof reason);
    *ret_offset = MIN (offset, strlen (source));
    *ret_reason = g_strdup_printf ("in this regular expression: %s", (const char *) reason);
  }
  return code;
}

/* Does the expression stay within its steps on dull texts? Most that run away do so on one of these. A letter that it
 * requires must not save it: a text that has it will come. */
static gboolean
is_affordable (const char *source, guint32 options)
{
  g_autofree char *reason = NULL;
  gsize offset;
  static const char *const fillers[] = { "a", "A", "1", " ", "a ", "a1", "." };
  g_autoptr (TrucePattern) pattern =
      pattern_of (compile (source, options | PCRE2_NO_START_OPTIMIZE, &offset, &reason), PROBE_STEPS_MAX);

  for (guint i = 0; i < G_N_ELEMENTS (fillers); i++) {
    g_autoptr (GString) probe = g_string_new (NULL);
    gsize from, to;
    while (probe->len < PROBE_BYTES)
      g_string_append (probe, fillers[i]);
    g_string_append (probe, "\xc2\xa7"); /* a sign that spoils a match at the very end */
    if (truce_pattern_find (pattern, probe->str, probe->len, &from, &to) == TRUCE_PATTERN_GAVE_UP)
      return FALSE;
  }
  return TRUE;
}

TrucePattern *
truce_pattern_new (const char *source, gboolean any_case, gsize *ret_offset, char **ret_reason)
{
  guint32 options = any_case ? PCRE2_CASELESS : 0;
  pcre2_code *code = compile (source, options, ret_offset, ret_reason);
  const char *reason = NULL;
  gsize from, to;

  if (!code)
    return NULL;
  g_autoptr (TrucePattern) pattern = pattern_of (code, STEPS_MAX);
  pattern->text = g_strdup_printf ("/%s/%s", source, any_case ? "i" : "");
  if (truce_pattern_find (pattern, "", 0, &from, &to) == TRUCE_PATTERN_FOUND)
    reason = "this regular expression is found in the empty text: the query would match nearly everything";
  else if (!is_affordable (source, options))
    reason = "this regular expression is too costly: it tries the same text in ever more ways, as (a+)+ does";
  if (!reason)
    return g_steal_pointer (&pattern);
  *ret_offset = 0;
  *ret_reason = g_strdup (reason);
  return NULL;
}
