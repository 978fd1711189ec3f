/* SPDX-License-Identifier: MIT */
/* What inih would cut, merge, continue or hide never gets through. */
#include "config/reader.h"

#include <string.h>

#include "truced-config.h"

typedef struct {
  const char *name;
  const char *bytes;
  gssize length;        /* -1: up to the NUL */
  const char *sections; /* "[kind id]@line key=value@line ..." */
  const char *findings; /* "f:LINE: ..." each ended by '\n' */
} Case;

#define IDENT_49 "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeee"
#define BEFORE "a key before any section: a line such as [truced] or [milestone my-deadline] must stand above it"
#define INDENTED                                                                                                      \
  "the line is indented, which other programs read as more of the line above; begin it in the first column (a value " \
  "is "                                                                                                               \
  "one line of up to 8192 bytes)"
#define NUL_BYTE "a NUL byte in the line: this is no text, or text in UTF-16; save it as UTF-8"

static const Case cases[] = {
  { "nothing", "", 0, "", "" },
  { "plain", "[milestone a]\nx = 1\ny = 2\n[feed b]\nz=3\n", -1, "[milestone a]@1 x=1@2 y=2@3 [feed b]@4 z=3@5", "" },
  { "no line end at the end", "[truced]\nx = 1", -1, "[truced ]@1 x=1@2", "" },
  { "byte order mark", "\xEF\xBB\xBF[truced]\nx = 1\n", -1, "[truced ]@1 x=1@2", "" },
  { "DOS line ends", "[truced]\r\nx = 1\r\n\r\ny = 2\r\n", -1, "[truced ]@1 x=1@2 y=2@4", "" },
  { "old Macintosh line ends", "[truced]\rx = 1\r", -1, "", "f:1: byte 9 of the line is the control character 0x0d\n" },
  { "spaces", "[  milestone \t a  ]  \nx\t=  1 2  \n", -1, "[milestone a]@1 x=1 2@2", "" },
  { "comments", "# one\n; two\n[truced] ; three\nx = 1 ; four\n#\n;\n", -1, "[truced ]@3 x=1@4", "" },
  { "semicolons that begin no comment", "[truced]\nx = a;b;c\ny =;d\nz = #e\n", -1,
    "[truced ]@1 x=a;b;c@2 y=;d@3 z=#e@4", "" },
  { "a comment in quotes is one", "[truced]\nx = \"a ;b\"\n", -1, "[truced ]@1 x=\"a@2", "" },
  { "a comment before the '='", "[truced]\nx ; = 1\n", -1, "[truced ]@1",
    "f:2: [truced]: \"x\" is neither [a section] nor key = value nor a comment (# or ;)\n" },
  { "no value", "[truced]\nx =\ny = ; z\n", -1, "[truced ]@1 x=@2 y=@3", "" },
  { "'=' in a value", "[truced]\nx = a=b?c=d\n", -1, "[truced ]@1 x=a=b?c=d@2", "" },
  { "brackets in a value", "[truced]\nx = [y]\n", -1, "[truced ]@1 x=[y]@2", "" },
  { "a key before any section", "x = 1\n[truced]\ny = 2\n", -1, "[truced ]@2 y=2@3", "f:1: " BEFORE "\n" },
  { "a continued value", "[truced]\nx = 1\n  more\ny = 2\n", -1, "[truced ]@1 x=1@2 y=2@4",
    "f:3: [truced]: " INDENTED "\n" },
  { "a continued value with a tab", "[truced]\nx = 1\n\ty = 2\n", -1, "[truced ]@1 x=1@2",
    "f:3: [truced]: " INDENTED "\n" },
  { "an indented section", "[truced]\nx = 1\n [feed a]\ny = 2\n", -1, "[truced ]@1 x=1@2 y=2@4",
    "f:3: [truced]: " INDENTED "\n" },
  { "an indented comment", "[truced]\nx = 1\n  # a\n\t; b\n  \n", -1, "[truced ]@1 x=1@2", "" },
  { "':' for '='", "[truced]\nx: 1\nhttp://y/ = 2\n", -1, "[truced ]@1",
    "f:2: [truced]: ':' does not part a key from its value here; write key = value\n"
    "f:3: [truced]: ':' does not part a key from its value here; write key = value\n" },
  { "no ']'", "[milestone a]\nx = 1\n[milestone b\nx = 2\n[feed c]\ny = 3\n", -1,
    "[milestone a]@1 x=1@2 [feed c]@5 y=3@6",
    "f:3: a section begins with '[' and ends with ']': the ']' is missing\n" },
  { "a ']' in a comment", "[milestone a ;]\nx = 1\n", -1, "",
    "f:1: a section begins with '[' and ends with ']': the ']' is missing\n" },
  { "more after ']'", "[truced]\nx = 1\n[feed a] y = 2\nz = 3\n", -1, "[truced ]@1 x=1@2",
    "f:3: only a comment (a space and ';') may follow ']', not \"y = 2\"\n" },
  { "an empty section", "[truced]\nx = 1\n[]\ny = 2\n[ \t ]\nz = 3\n", -1, "[truced ]@1 x=1@2",
    "f:3: the section has no name\nf:5: the section has no name\n" },
  { "names that inih cuts to the same", "[feed " IDENT_49 "1]\nx = 1\n[feed " IDENT_49 "2]\nx = 2\n", -1,
    "[feed " IDENT_49 "1]@1 x=1@2 [feed " IDENT_49 "2]@3 x=2@4", "" },
  { "a section twice", "[feed a]\nx = 1\n[feed b]\n[feed  a]\nx = 2\n", -1, "[feed a]@1 x=1@2 [feed b]@3",
    "f:4: [feed a] stands already at line 1\n" },
  { "a key twice comes twice", "[truced]\nx = 1\nx = 2\n", -1, "[truced ]@1 x=1@2 x=2@3", "" },
  { "no key", "[truced]\n= 1\n", -1, "[truced ]@1", "f:2: [truced]: there is no key before the '='\n" },
  { "a NUL", "[truced]\nx = 1\0y = 2\nz = 3\n", 27, "[truced ]@1 z=3@3", "f:2: [truced]: " NUL_BYTE "\n" },
  { "UTF-16", "\xFF\xFE[\0t\0]\0\n\0x\0", 13, "", "f:1: " NUL_BYTE "\nf:2: " NUL_BYTE "\n" },
  { "Latin-1", "[truced]\nx = caf\xE9\ny = 2\n", -1, "[truced ]@1 y=2@3",
    "f:2: [truced]: byte 8 of the line is not UTF-8; save the file as UTF-8\n" },
  { "a broken name of a section", "[truced]\nx = 1\n[feed \xE9]\ny = 2\n", -1, "[truced ]@1 x=1@2",
    "f:3: [truced]: byte 7 of the line is not UTF-8; save the file as UTF-8\n" },
  { "an escape", "[truced]\nx = \x1b[31m\n", -1, "[truced ]@1",
    "f:2: [truced]: byte 5 of the line is the control character 0x1b\n" },
  { "other scripts", "[truced]\nx = 희토류 | 稀土\n", -1, "[truced ]@1 x=희토류 | 稀土@2", "" },
};

static char *
dump (const TruceConfigDocument *document)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < document->sections->len; i++) {
    const TruceConfigSection *section = truce_config_document_section (document, i);
    g_string_append_printf (text, "%s[%s %s]@%u", text->len ? " " : "", section->kind, section->id, section->line);
    for (guint j = 0; j < section->n_entries; j++) {
      const TruceConfigEntry *entry = truce_config_document_entry (document, section, j);
      g_string_append_printf (text, " %s=%s@%u", entry->key, entry->value, entry->line);
    }
  }
  return g_string_free (text, FALSE);
}

/* What is read of `bytes`, which end at the end of their memory, so that a byte too many is seen. */
static char *
read_bytes (const char *bytes, gsize length, char **ret_findings)
{
  g_autoptr (TruceConfigDocument) document = truce_config_document_new ();
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  g_autofree char *exact = g_memdup2 (bytes, length);
  TruceConfigFile file = { "f", exact, length };

  truce_config_document_read (document, &file, diags);
  *ret_findings = truce_diags_to_text (diags);
  return dump (document);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *findings = NULL;
  g_autofree char *sections = read_bytes (c->bytes, c->length < 0 ? strlen (c->bytes) : (gsize) c->length, &findings);

  g_assert_cmpstr (findings, ==, c->findings);
  g_assert_cmpstr (sections, ==, c->sections);
}

/* "x = aaa...", `length` bytes in all. */
static char *
long_line (gsize length)
{
  GString *line = g_string_new ("x = ");

  while (line->len < length)
    g_string_append_c (line, 'a');
  return g_string_free (line, FALSE);
}

static void
test_longest_line (void)
{
  g_autofree char *line = long_line (TRUCE_CONFIG_LINE_MAX);
  g_autofree char *bytes = g_strconcat ("[truced]\n", line, "\ny = 2\n", NULL);
  g_autofree char *findings = NULL;
  g_autofree char *sections = read_bytes (bytes, strlen (bytes), &findings);
  g_autofree char *expected = g_strdup_printf ("[truced ]@1 x=%s@2 y=2@3", line + strlen ("x = "));

#if !HAVE_INI_MAX_LINE
  g_test_skip ("this build's inih has a fixed length of line");
  return;
#endif
  g_assert_cmpstr (findings, ==, "");
  g_assert_cmpstr (sections, ==, expected);
}

/* inih (release 55) reads what is over of a line as a line of its own: a key could hide behind padding. Whatever the
 * length of the padding, nothing of such a line may get through. */
static void
test_injection (void)
{
  static const gsize paddings[] = { TRUCE_CONFIG_LINE_MAX - 1, TRUCE_CONFIG_LINE_MAX,
                                    TRUCE_CONFIG_LINE_MAX + 1, TRUCE_CONFIG_LINE_MAX + 2,
                                    TRUCE_CONFIG_LINE_MAX + 3, TRUCE_CONFIG_LINE_MAX + 4,
                                    2 * TRUCE_CONFIG_LINE_MAX, 100000 };

  for (guint i = 0; i < G_N_ELEMENTS (paddings); i++) {
    g_autofree char *padding = long_line (paddings[i]);
    g_autofree char *bytes = g_strconcat ("[truced]\n", padding, "injected = yes\n", NULL);
    g_autofree char *findings = NULL;
    g_autofree char *sections = read_bytes (bytes, strlen (bytes), &findings);
    g_assert_cmpstr (sections, ==, "[truced ]@1");
    g_assert_true (g_str_has_prefix (findings, "f:2: [truced]: the line has "));
  }
}

/* An overlong "[section" lends its keys to nobody. */
static void
test_long_section (void)
{
  g_autofree char *padding = long_line (TRUCE_CONFIG_LINE_MAX);
  g_autofree char *bytes = g_strconcat ("[truced]\nx = 1\n[", padding, "]\ny = 2\n", NULL);
  g_autofree char *findings = NULL;
  g_autofree char *sections = read_bytes (bytes, strlen (bytes), &findings);

  g_assert_cmpstr (sections, ==, "[truced ]@1 x=1@2");
  g_assert_cmpstr (findings, ==, "f:3: [truced]: the line has 8194 bytes; at most 8192 are read\n");
}

/* What is no configuration at all costs a page of findings. */
static void
test_not_a_config (void)
{
  g_autoptr (GString) bytes = g_string_new (NULL);
  g_autofree char *findings = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (bytes, "lorem ipsum\n");
  g_autofree char *sections = read_bytes (bytes->str, bytes->len, &findings);
  g_auto (GStrv) lines = g_strsplit (findings, "\n", -1);
  g_assert_cmpstr (sections, ==, "");
  g_assert_cmpuint (g_strv_length (lines), ==, TRUCE_CONFIG_BAD_LINES_MAX + 2);
  g_assert_cmpstr (lines[TRUCE_CONFIG_BAD_LINES_MAX], ==,
                   "f:101: reading ends here after 100 bad lines: is this a configuration file?");
}

/* [truced] may stand in several files, any other section in one. */
static void
test_two_files (void)
{
  static const char first_bytes[] = "[truced]\nx = 1\n[feed a]\ny = 2\n",
                    second_bytes[] = "[feed a]\ny = 3\n[truced]\nx = 4\n";
  const TruceConfigFile first = { "first", first_bytes, strlen (first_bytes) };
  const TruceConfigFile second = { "second", second_bytes, strlen (second_bytes) };
  g_autoptr (TruceConfigDocument) document = truce_config_document_new ();
  g_autoptr (TruceDiags) diags = truce_diags_new ();

  truce_config_document_read (document, &first, diags);
  truce_config_document_read (document, &second, diags);
  g_autofree char *findings = truce_diags_to_text (diags), *sections = dump (document);
  g_assert_cmpstr (findings, ==, "second:1: [feed a] stands already at first:3\n");
  g_assert_cmpstr (sections, ==, "[truced ]@1 x=1@2 [feed a]@3 y=2@4 [truced ]@3 x=4@4");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions (); /* one bad case hides no other */
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/config/reader/", cases[i].name, NULL);
    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/config/reader/the longest line", test_longest_line);
  g_test_add_func ("/config/reader/injection", test_injection);
  g_test_add_func ("/config/reader/an overlong section", test_long_section);
  g_test_add_func ("/config/reader/not a config", test_not_a_config);
  g_test_add_func ("/config/reader/two files", test_two_files);
  return g_test_run ();
}
