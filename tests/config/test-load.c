/* SPDX-License-Identifier: MIT */
/* Files and folders on the disk -> a config. */
#include "io/config_load.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "truced-config.h"

/* 2026-11-24T00:00:00Z */
#define NOW ((TruceTime) 1795478400 * TRUCE_SECOND)

typedef struct {
  char *folder;
  char *path; /* FOLDER/truced.conf */
} Fixture;

static void
write_file (const Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("truced-load-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->path = g_build_filename (fixture->folder, "truced.conf", NULL);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) entries = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (entries && (name = g_dir_read_name (entries))) {
    g_autofree char *inside = g_build_filename (path, name, NULL);
    remove_tree (inside);
  }
  g_remove (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

/* What is wrong, with the folder's name left out. */
static char *
findings_of (const Fixture *fixture)
{
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  g_autoptr (TruceConfig) config = truce_config_load (fixture->path, NOW, diags);
  GString *text = g_string_new (NULL);
  g_autofree char *all = truce_diags_to_text (diags);

  g_assert_cmpint (config == NULL, ==, truce_diags_failed (diags));
  g_string_assign (text, all);
  g_string_replace (text, fixture->folder, "", 0);
  return g_string_free (text, FALSE);
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TruceDiags) diags = truce_diags_new ();

  write_file (fixture, "truced.conf", "[truced]\npoll = 1h\n[feed main]\nurl = http://example.org/main\n");
  write_file (fixture, "truced.conf.d/20-last.conf",
              "[truced]\npoll = 3h\n[feed last]\nurl = http://example.org/last\n");
  write_file (fixture, "truced.conf.d/10-first.conf",
              "[truced]\npoll = 2h\n[feed first]\nurl = http://example.org/f\n");
  write_file (fixture, "truced.conf.d/30-not.conf~", "[nonsense]\n");
  write_file (fixture, "truced.conf.d/.40-not.conf", "[nonsense]\n");
  write_file (fixture, "truced.conf.d/README", "[nonsense]\n");
  g_autoptr (TruceConfig) config = truce_config_load (fixture->path, NOW, diags);
  g_assert_false (truce_diags_failed (diags));
  g_assert_cmpuint (truce_config_n_feeds (config), ==, 3);
  g_assert_cmpstr (truce_config_feed (config, 0)->id, ==, "main");
  g_assert_cmpstr (truce_config_feed (config, 1)->id, ==, "first");
  g_assert_cmpstr (truce_config_feed (config, 2)->id, ==, "last");
  g_assert_cmpint (truce_config_feed (config, 0)->interval, ==, 3 * TRUCE_HOUR);
}

static void
test_no_drop_ins (Fixture *fixture, gconstpointer data)
{
  write_file (fixture, "truced.conf", "[milestone a]\ndue = 2027-01-10\n");
  g_autofree char *findings = findings_of (fixture);
  g_assert_cmpstr (findings, ==, "");
}

static void
test_findings_name_files (Fixture *fixture, gconstpointer data)
{
  write_file (fixture, "truced.conf", "[milestone a]\ndue = 2027-01-10\n");
  write_file (fixture, "truced.conf.d/b.conf", "\n[milestone a]\ndue = 2027-01-11\n");
  write_file (fixture, "truced.conf.d/a.conf", "[watch w]\nmach = x\n");
  g_autofree char *findings = findings_of (fixture);
  g_assert_cmpstr (findings, ==,
                   "/truced.conf.d/a.conf:1: [watch w]: a watch needs match, the words that it waits for\n"
                   "/truced.conf.d/a.conf:2: [watch w].mach: x: [watch] has no such key; did you mean \"match\"?\n"
                   "/truced.conf.d/b.conf:2: [milestone a] stands already at /truced.conf:1\n");
}

/* A holiday file is found beside the configuration, or by its path; its findings name it. */
static void
test_holidays (Fixture *fixture, gconstpointer data)
{
  g_autofree char *absolute = g_build_filename (fixture->folder, "else", "own.ics", NULL);
  g_autofree char *text = g_strdup_printf ("[truced]\ntimezone = UTC\nholidays = office, %s\n"
                                           "[milestone a]\ndue = 2027-07-01 + 2bd\n[milestone b]\ndue = 2027-07-06\n",
                                           absolute);
  write_file (fixture, "truced.conf", text);
  write_file (fixture, "holidays/office", "holiday = July 2: Day of the office\n");
  write_file (fixture, "else/own.ics",
              "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20270705\nSUMMARY:Own\nEND:VEVENT\nEND:VCALENDAR\n");
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  g_autoptr (TruceConfig) config = truce_config_load (fixture->path, NOW, diags);
  g_autofree char *findings = truce_diags_to_text (diags);
  g_assert_cmpstr (findings, ==, "");
  const TruceMilestone *a = truce_config_find_milestone (config, "a");
  g_autofree char *due = truce_span_to_words (&truce_milestone_revision (a, 0)->span);
  g_assert_cmpstr (due, ==, "Wed 7 Jul 2027");

  write_file (fixture, "holidays/office", "holiday = July 32: Day of the office\n");
  g_autofree char *broken = findings_of (fixture);
  g_assert_cmpstr (broken, ==, "/holidays/office:1: holiday: July 32: Day of the office: there is no July 32\n");
}

static void
test_missing_holidays (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "holidays", "folder", NULL);

  write_file (fixture, "truced.conf",
              "[truced]\nholidays = ofice\n[milestone a]\nholidays = ../office\ndue = 2027-07-01\n"
              "[milestone b]\nholidays = folder\ndue = 2027-07-01\n");
  write_file (fixture, "holidays/office", "holiday = July 2: Day of the office\n");
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_autofree char *findings = findings_of (fixture);
  g_assert_cmpstr (
      findings, ==,
      "/truced.conf:2: [truced].holidays: ofice: there is no holiday file ofice in /holidays or " TRUCED_DATADIR
      "/holidays; did you mean \"office\"?\n"
      "/truced.conf:4: [milestone a].holidays: ../office: neither the name of a holiday file nor an "
      "absolute path\n"
      "/truced.conf:7: [milestone b].holidays: folder: /holidays/folder is no file of at most 4 MiB\n");
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  static const char example[] = TRUCED_DATAROOTDIR "/doc/truced/truced.conf";
  gboolean installed = g_file_test (example, G_FILE_TEST_EXISTS);
  g_autofree char *findings = findings_of (fixture);
  g_autofree char *expected =
      g_strconcat ("/truced.conf: there is no such file", installed ? ": an example to begin with is " : "",
                   installed ? example : "", "\n", NULL);

  g_assert_cmpstr (findings, ==, expected);
}

/* A drop-in that cannot be read is no config without it. */
static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "truced.conf.d", "folder.conf", NULL);
  g_autofree char *dangling = g_build_filename (fixture->folder, "truced.conf.d", "dangling.conf", NULL);

  write_file (fixture, "truced.conf", "[milestone a]\ndue = 2027-01-10\n");
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_cmpint (symlink ("nowhere", dangling), ==, 0);
  g_autofree char *findings = findings_of (fixture);
  g_assert_cmpstr (findings, ==,
                   "/truced.conf.d/dangling.conf: cannot be read: No such file or directory\n"
                   "/truced.conf.d/folder.conf: cannot be read: Is a directory\n");
}

static void
test_endless (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (symlink ("/dev/zero", fixture->path), ==, 0);
  g_autofree char *findings = findings_of (fixture);
  g_assert_cmpstr (findings, ==, "/truced.conf: larger than 64 MiB\n");
}

static void
test_default_path (void)
{
  g_autofree char *user = truce_config_default_path (TRUE), *system = truce_config_default_path (FALSE);
  g_autofree char *expected = g_build_filename (g_get_user_config_dir (), "truced", "truced.conf", NULL);

  g_assert_cmpstr (user, ==, expected);
  g_assert_cmpstr (system, ==, TRUCED_SYSCONFDIR "/truced/truced.conf");
}

#define ADD(name, function) g_test_add ("/config/load/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("order", test_order);
  ADD ("no drop-ins", test_no_drop_ins);
  ADD ("findings name files", test_findings_name_files);
  ADD ("holidays", test_holidays);
  ADD ("missing-holidays", test_missing_holidays);
  ADD ("missing", test_missing);
  ADD ("unreadable", test_unreadable);
  ADD ("endless", test_endless);
  g_test_add_func ("/config/load/default path", test_default_path);
  return g_test_run ();
}
