/* SPDX-License-Identifier: MIT */
#include "base/reason.h"

static void
test_split (void)
{
  static const struct {
    const char *reason, *why, *evidence;
  } table[] = {
    { NULL, NULL, NULL },
    { "", NULL, NULL },
    { "90 days more", "90 days more", NULL },
    { "90 days more <https://example.org/a?b=1;c#d>", "90 days more", "https://example.org/a?b=1;c#d" },
    { "<HTTP://example.org>", NULL, "HTTP://example.org" },
    { "as in <https://example.org> says", "as in <https://example.org> says", NULL },
    { "a <b>", "a <b>", NULL },
    { "a <https://b c>", "a <https://b c>", NULL },
    { "a <https://>", "a <https://>", NULL },
    { "a < b <https://c>", "a < b", "https://c" },
    { ">", ">", NULL },
    { "<>", "<>", NULL },
    { "a <ftp://b>", "a <ftp://b>", NULL },
    { "中美 <https://example.org/中>", "中美", "https://example.org/中" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *why = NULL, *evidence = NULL, *again = NULL;
    g_autoptr (json_t) record = json_object ();
    truce_reason_split (table[i].reason, &why, &evidence);
    g_assert_cmpstr (why, ==, table[i].why);
    g_assert_cmpstr (evidence, ==, table[i].evidence);
    truce_json_set_reason (record, table[i].reason);
    again = truce_json_get_reason (record);
    g_assert_cmpstr (again, ==, table[i].reason && *table[i].reason ? table[i].reason : NULL);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reason/split", test_split);
  return g_test_run ();
}
