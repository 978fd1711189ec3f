/* SPDX-License-Identifier: MIT */
#include "base/diag.h"

#include "base/text.h"

struct _TruceDiags {
  GPtrArray *findings; /* TruceFinding * */
};

static void
finding_free (gpointer data)
{
  TruceFinding *finding = data;

  g_free (finding->path);
  g_free (finding->section);
  g_free (finding->key);
  g_free (finding->value);
  g_free (finding->reason);
  g_free (finding);
}

TruceDiags *
truce_diags_new (void)
{
  TruceDiags *diags = g_new0 (TruceDiags, 1);

  diags->findings = g_ptr_array_new_with_free_func (finding_free);
  return diags;
}

void
truce_diags_free (TruceDiags *diags)
{
  if (!diags)
    return;
  g_ptr_array_unref (diags->findings);
  g_free (diags);
}

/* A value comes from a file that may hold anything: what is shown of it is one clean, short line. */
static char *
value_for_show (const char *value)
{
  g_autofree char *clean = truce_text_clean (value, -1);

  return truce_text_cut (clean, TRUCE_DIAG_VALUE_MAX);
}

void
truce_diags_add (TruceDiags *diags, TruceSeverity severity, const TrucePlace *place, const char *format, ...)
{
  TruceFinding *finding = g_new0 (TruceFinding, 1);
  va_list arguments;

  va_start (arguments, format);
  finding->reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  finding->severity = severity;
  if (place) {
    finding->path = g_strdup (place->path);
    finding->line = place->line;
    finding->section = place->section ? value_for_show (place->section) : NULL;
    finding->key = place->key ? value_for_show (place->key) : NULL;
    finding->value = place->value ? value_for_show (place->value) : NULL;
  }
  g_ptr_array_add (diags->findings, finding);
}

guint
truce_diags_count (const TruceDiags *diags)
{
  return diags->findings->len;
}

const TruceFinding *
truce_diags_get (const TruceDiags *diags, guint index)
{
  g_return_val_if_fail (index < diags->findings->len, NULL);
  return g_ptr_array_index (diags->findings, index);
}

guint
truce_diags_count_of (const TruceDiags *diags, TruceSeverity severity)
{
  guint count = 0;

  for (guint i = 0; i < diags->findings->len; i++)
    count += truce_diags_get (diags, i)->severity == severity;
  return count;
}

gboolean
truce_diags_failed (const TruceDiags *diags)
{
  return truce_diags_count_of (diags, TRUCE_SEVERITY_ERROR) > 0;
}

typedef struct {
  TruceFinding *finding;
  guint path_rank; /* of first appearance */
  guint position;
} Ranked;

static int
compare_ranked (gconstpointer a, gconstpointer b)
{
  const Ranked *x = a, *y = b;

  if (x->path_rank != y->path_rank)
    return x->path_rank < y->path_rank ? -1 : 1;
  if (x->finding->line != y->finding->line)
    return x->finding->line < y->finding->line ? -1 : 1;
  return x->position < y->position ? -1 : x->position > y->position;
}

void
truce_diags_sort (TruceDiags *diags)
{
  g_autoptr (GHashTable) ranks = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree Ranked *ranked = g_new (Ranked, diags->findings->len + 1);

  for (guint i = 0; i < diags->findings->len; i++) {
    TruceFinding *finding = g_ptr_array_index (diags->findings, i);
    char *path = finding->path ? finding->path : (char *) "";
    gpointer rank;
    if (!g_hash_table_lookup_extended (ranks, path, NULL, &rank)) {
      rank = GUINT_TO_POINTER (g_hash_table_size (ranks));
      g_hash_table_insert (ranks, path, rank);
    }
    ranked[i] = (Ranked){ finding, GPOINTER_TO_UINT (rank), i };
  }
  qsort (ranked, diags->findings->len, sizeof *ranked, compare_ranked);
  for (guint i = 0; i < diags->findings->len; i++)
    diags->findings->pdata[i] = ranked[i].finding;
}

char *
truce_finding_to_text (const TruceFinding *finding)
{
  static const char *const marks[] = { "note: ", "warning: ", "" };
  GString *text = g_string_new (NULL);

  if (finding->path) {
    g_string_append (text, finding->path);
    if (finding->line)
      g_string_append_printf (text, ":%u", finding->line);
    g_string_append (text, ": ");
  }
  if (finding->section)
    g_string_append_printf (text, "[%s]%s", finding->section, finding->key ? "." : ": ");
  if (finding->key)
    g_string_append_printf (text, "%s: ", finding->key);
  if (finding->value)
    g_string_append_printf (text, "%s: ", finding->value);
  g_string_append (text, marks[finding->severity]);
  g_string_append (text, finding->reason);
  return g_string_free (text, FALSE);
}

char *
truce_diags_to_text (const TruceDiags *diags)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < diags->findings->len; i++) {
    g_autofree char *line = truce_finding_to_text (truce_diags_get (diags, i));
    g_string_append (text, line);
    g_string_append_c (text, '\n');
  }
  return g_string_free (text, FALSE);
}
