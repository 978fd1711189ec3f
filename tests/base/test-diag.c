/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/diag.h"

static void
test_forms (void)
{
  g_autoptr (TruceDiags) diags = truce_diags_new ();

  truce_diags_add (diags, TRUCE_SEVERITY_ERROR, &(TrucePlace){ "a.conf", 7, "milestone x", "due", "mid-Juno 2025" },
                   "\"%s\" is no month", "Juno");
  truce_diags_add (diags, TRUCE_SEVERITY_WARNING, &(TrucePlace){ "a.conf", 3, "feed y", NULL, NULL }, "no items");
  truce_diags_add (diags, TRUCE_SEVERITY_NOTE, &(TrucePlace){ "a.conf", 0, NULL, NULL, NULL }, "is empty");
  truce_diags_add (diags, TRUCE_SEVERITY_NOTE, NULL, "plain");
  g_autofree char *text = truce_diags_to_text (diags);
  g_assert_cmpstr (text, ==,
                   "a.conf:7: [milestone x].due: mid-Juno 2025: \"Juno\" is no month\n"
                   "a.conf:3: [feed y]: warning: no items\n"
                   "a.conf: note: is empty\n"
                   "note: plain\n");
}

static void
test_failed (void)
{
  g_autoptr (TruceDiags) diags = truce_diags_new ();

  g_assert_false (truce_diags_failed (diags));
  truce_diags_add (diags, TRUCE_SEVERITY_WARNING, NULL, "w");
  g_assert_false (truce_diags_failed (diags));
  truce_diags_add (diags, TRUCE_SEVERITY_ERROR, NULL, "e");
  g_assert_true (truce_diags_failed (diags));
  g_assert_cmpuint (truce_diags_count (diags), ==, 2);
  g_assert_cmpuint (truce_diags_count_of (diags, TRUCE_SEVERITY_WARNING), ==, 1);
}

static void
test_order (void)
{
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  static const TrucePlace places[] = {
    { .path = "b", .line = 9 }, { .path = "a", .line = 1 }, { .path = "b", .line = 2 }, { .path = "b", .line = 2 }
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    truce_diags_add (diags, TRUCE_SEVERITY_ERROR, &places[i], "%u", i);
  truce_diags_sort (diags);
  g_autofree char *text = truce_diags_to_text (diags);
  g_assert_cmpstr (text, ==, "b:2: 2\nb:2: 3\nb:9: 0\na:1: 1\n");
}

/* A value is a stranger's text: it may not write to the terminal that shows the finding. */
static void
test_hostile_value (void)
{
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  g_autofree char *longer = g_strnfill (5000, 'x');

  truce_diags_add (diags, TRUCE_SEVERITY_ERROR, &(TrucePlace){ .path = "a", .line = 1, .value = "a\x1b[2J\nb\xff" },
                   "no");
  truce_diags_add (diags, TRUCE_SEVERITY_ERROR, &(TrucePlace){ .path = "a", .line = 2, .value = longer }, "no");
  g_autofree char *first = truce_finding_to_text (truce_diags_get (diags, 0));
  g_autofree char *second = truce_finding_to_text (truce_diags_get (diags, 1));
  g_assert_cmpstr (first, ==, "a:1: a[2J b\xef\xbf\xbd: no");
  g_assert_cmpuint (strlen (second), <, TRUCE_DIAG_VALUE_MAX + 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diag/forms", test_forms);
  g_test_add_func ("/diag/failed", test_failed);
  g_test_add_func ("/diag/order", test_order);
  g_test_add_func ("/diag/hostile-value", test_hostile_value);
  return g_test_run ();
}
