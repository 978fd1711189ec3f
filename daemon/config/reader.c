/* SPDX-License-Identifier: MIT */
/* inih takes much without a word: it goes on with the rest of an overlong line as if it were a line of its own, reads
 * an indented line as more of the value above, cuts section names at 49 bytes, files the keys below "[x" under the
 * section before, and hides the numbers of lines. So each line is judged here before inih sees it; a bad one is
 * reported and answered by an empty one. Comments are stripped here too, since inih's releases differ in how they do
 * it. */
#include "config/reader.h"

#include <ini.h>
#include <string.h>

#include "truced-config.h"

/* More different keys than any configuration has that is right: those beyond are not looked for, but kept each time. */
#define WORDS_MAX 64

/* inih's buffer also holds '\r', '\n' and NUL. */
#define INIH_LINE_EXTRA 3

typedef enum { BEFORE_SECTIONS, IN_SECTION, IN_BAD_SECTION } Position;

typedef struct {
  const TruceConfigFile *file;
  gsize offset;  /* of the next line in the file's bytes */
  unsigned line; /* number of the line last taken */
  guint n_bad;
  Position position;
  TruceConfigDocument *document;
  TruceDiags *diags;
} Reader;

TruceConfigDocument *
truce_config_document_new (void)
{
  TruceConfigDocument *document = g_new0 (TruceConfigDocument, 1);

  document->sections = g_array_new (FALSE, FALSE, sizeof (TruceConfigSection));
  document->entries = g_array_new (FALSE, FALSE, sizeof (TruceConfigEntry));
  document->words = g_ptr_array_new ();
  document->texts = truce_arena_new ();
  document->names = g_hash_table_new (g_str_hash, g_str_equal);
  return document;
}

void
truce_config_document_free (TruceConfigDocument *document)
{
  if (!document)
    return;
  g_hash_table_unref (document->names);
  g_array_unref (document->sections);
  g_array_unref (document->entries);
  g_ptr_array_unref (document->words);
  truce_arena_unref (document->texts);
  g_free (document);
}

const TruceConfigSection *
truce_config_document_section (const TruceConfigDocument *document, guint index)
{
  g_return_val_if_fail (index < document->sections->len, NULL);
  return &g_array_index (document->sections, TruceConfigSection, index);
}

const TruceConfigEntry *
truce_config_document_entry (const TruceConfigDocument *document, const TruceConfigSection *section, guint index)
{
  g_return_val_if_fail (index < section->n_entries, NULL);
  return &g_array_index (document->entries, TruceConfigEntry, section->first_entry + index);
}

/* A copy of `word` that is shared by all who ask for the same one. Each time one is found it moves up by a place, so
 * that those in use are at hand. */
static const char *
intern (TruceConfigDocument *document, const char *word)
{
  gpointer *words = document->words->pdata;

  for (guint i = 0; i < document->words->len; i++) {
    char *known = words[i];
    if (strcmp (known, word) != 0)
      continue;
    if (i > 0) {
      words[i] = words[i - 1];
      words[i - 1] = known;
    }
    return known;
  }
  const char *kept = truce_arena_text (document->texts, word);
  if (document->words->len < WORDS_MAX)
    g_ptr_array_add (document->words, (gpointer) kept);
  return kept;
}

static TruceConfigSection *
current_section (const Reader *reader)
{
  if (reader->position != IN_SECTION)
    return NULL;
  return &g_array_index (reader->document->sections, TruceConfigSection, reader->document->sections->len - 1);
}

static void add_finding (Reader *reader, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
add_finding (Reader *reader, const char *format, ...)
{
  const TruceConfigSection *section = current_section (reader);
  TrucePlace place = {
    .path = reader->file->path,
    .line = reader->line,
    .section = section ? section->name : NULL,
  };
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  truce_diags_add (reader->diags, TRUCE_SEVERITY_ERROR, &place, "%s", reason);
  reader->n_bad++;
}

/* inih and C agree on these; isspace() would ask the locale. */
static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t';
}

static void
trim (const char **text, gsize *length)
{
  while (*length > 0 && is_space ((*text)[*length - 1]))
    --*length;
  while (*length > 0 && is_space (**text)) {
    ++*text;
    --*length;
  }
}

/* The length of `line` before a comment: a ';' that begins it or follows white space. */
static gsize
length_before_comment (const char *line, gsize length)
{
  for (const char *semicolon = memchr (line, ';', length); semicolon;
       semicolon = memchr (semicolon + 1, ';', length - (gsize) (semicolon + 1 - line)))
    if (semicolon == line || is_space (semicolon[-1]))
      return (gsize) (semicolon - line);
  return length;
}

/* Printable ASCII and tabs, as nearly every line is: one look instead of three. */
static gboolean
is_plain (const char *line, gsize length)
{
  gboolean odd = FALSE;

  for (gsize i = 0; i < length; i++) /* no way out of it: so the compiler takes many bytes at a time */
    odd |= ((guchar) line[i] < ' ' && line[i] != '\t') || (guchar) line[i] >= 0x7f;
  return !odd;
}

/* FALSE, having said so, when the line is no text that may be read at all. */
static gboolean
check_bytes (Reader *reader, const char *line, gsize length, gsize longest)
{
  const char *bad;

  if (length > longest) {
    add_finding (reader, "the line has %" G_GSIZE_FORMAT " bytes; at most %" G_GSIZE_FORMAT " are read", length,
                 longest);
    return FALSE;
  }
  if (is_plain (line, length))
    return TRUE;
  if (memchr (line, '\0', length)) {
    add_finding (reader, "a NUL byte in the line: this is no text, or text in UTF-16; save it as UTF-8");
    return FALSE;
  }
  if (!g_utf8_validate (line, (gssize) length, &bad)) {
    add_finding (reader, "byte %" G_GSIZE_FORMAT " of the line is not UTF-8; save the file as UTF-8",
                 (gsize) (bad - line) + 1);
    return FALSE;
  }
  for (gsize i = 0; i < length; i++)
    if ((guchar) line[i] < ' ' && line[i] != '\t') {
      add_finding (reader, "byte %" G_GSIZE_FORMAT " of the line is the control character 0x%02x", i + 1,
                   (guint) (guchar) line[i]);
      return FALSE;
    }
  return TRUE;
}

/* "  milestone   x " -> "milestone x", with `ret_id` its "x". Words beyond the second stay in the id, which refuses
 * them. */
static const char *
read_name (TruceConfigDocument *document, const char *text, gsize length, const char **ret_kind, const char **ret_id)
{
  gsize kind_length = 0;

  trim (&text, &length);
  while (kind_length < length && !is_space (text[kind_length]))
    kind_length++;
  const char *id = text + kind_length;
  gsize id_length = length - kind_length;
  trim (&id, &id_length);

  char name[TRUCE_CONFIG_LINE_MAX + 1];
  memcpy (name, text, kind_length);
  name[kind_length] = '\0';
  *ret_kind = intern (document, name);
  if (id_length) {
    name[kind_length] = ' ';
    memcpy (name + kind_length + 1, id, id_length);
  }
  gsize length_of_all = kind_length + (id_length ? 1 + id_length : 0);
  const char *kept = truce_arena_text_of (document->texts, name, length_of_all);
  *ret_id = kept + length_of_all - id_length;
  return kept;
}

/* Takes the section's name, which most often is new: one look at the table. FALSE, having said so, when that section
 * stands there already and may not again. */
static gboolean
take_name (Reader *reader, const TruceConfigSection *section)
{
  TruceConfigDocument *document = reader->document;
  const TruceConfigSection *first = NULL;

  if (g_hash_table_add (document->names, (gpointer) section->name))
    return TRUE;
  /* The last of that name: [truced] may stand in each file. */
  for (guint i = document->sections->len; i > 0 && !first; i--)
    if (strcmp (truce_config_document_section (document, i - 1)->name, section->name) == 0)
      first = truce_config_document_section (document, i - 1);
  if (strcmp (section->name, "truced") == 0 && first->path != section->path)
    return TRUE;
  if (first->path == section->path)
    add_finding (reader, "[%s] stands already at line %u", section->name, first->line);
  else
    add_finding (reader, "[%s] stands already at %s:%u", section->name, first->path, first->line);
  return FALSE;
}

static void
begin_section (Reader *reader, const char *line, gsize length)
{
  const char *end = memchr (line, ']', length);
  TruceConfigSection section = { .path = reader->file->path, .line = reader->line, .form = -1 };

  reader->position = IN_BAD_SECTION; /* until it has proved good: its keys are nobody's */
  if (!end) {
    add_finding (reader, "a section begins with '[' and ends with ']': the ']' is missing");
    return;
  }
  const char *trailing = end + 1;
  gsize trailing_length = length - (gsize) (trailing - line);
  trim (&trailing, &trailing_length);
  if (trailing_length) {
    add_finding (reader, "only a comment (a space and ';') may follow ']', not \"%.*s\"",
                 (int) MIN (trailing_length, 40), trailing);
    return;
  }
  section.name = read_name (reader->document, line + 1, (gsize) (end - line - 1), &section.kind, &section.id);
  if (!*section.name) {
    add_finding (reader, "the section has no name");
    return;
  }
  if (!take_name (reader, &section))
    return;
  section.first_entry = reader->document->entries->len;
  g_array_append_val (reader->document->sections, section);
  reader->position = IN_SECTION;
}

/* FALSE, having said so, unless the line reads `key = value`. */
static gboolean
check_entry (Reader *reader, const char *line, gsize length)
{
  const char *equals = memchr (line, '=', length);
  const char *colon = memchr (line, ':', equals ? (gsize) (equals - line) : length);

  if (reader->position == BEFORE_SECTIONS) {
    add_finding (reader, "a key before any section: a line such as [truced] or [milestone my-deadline] must "
                         "stand above it");
    return FALSE;
  }
  if (colon) {
    add_finding (reader, "':' does not part a key from its value here; write key = value");
    return FALSE;
  }
  if (!equals) {
    add_finding (reader, "\"%.*s\" is neither [a section] nor key = value nor a comment (# or ;)",
                 (int) MIN (length, 40), line);
    return FALSE;
  }
  if (equals == line) {
    add_finding (reader, "there is no key before the '='");
    return FALSE;
  }
  return TRUE;
}

/* What inih is to see of a line: all of it, or nothing. `length` in: the line's; out: without its end and comment. */
static gboolean
judge_line (Reader *reader, const char *line, gsize *length, gsize longest)
{
  gboolean indented;

  if (!check_bytes (reader, line, *length, longest)) {
    /* An overlong or unreadable "[section" must not lend its keys to the section above. */
    if (*length && *line == '[')
      reader->position = IN_BAD_SECTION;
    return FALSE;
  }
  indented = *length && is_space (*line);
  if (*length && *line == '#')
    return FALSE;
  *length = length_before_comment (line, *length);
  while (*length && is_space (line[*length - 1]))
    --*length;
  if (!*length)
    return FALSE;
  if (indented) {
    const char *text = line;
    gsize text_length = *length;
    trim (&text, &text_length);
    if (*text == '#')
      return FALSE;
    add_finding (reader,
                 "the line is indented, which other programs read as more of the line above; begin it in "
                 "the first column (a value is one line of up to %d bytes)",
                 TRUCE_CONFIG_LINE_MAX);
    return FALSE;
  }
  if (*line == '[') {
    begin_section (reader, line, *length);
    return reader->position == IN_SECTION;
  }
  return check_entry (reader, line, *length);
}

/* The next line of the file, without '\n' and '\r'. FALSE at its end. */
static gboolean
take_line (Reader *reader, const char **ret_line, gsize *ret_length)
{
  gsize left = reader->file->length - reader->offset;

  if (!left)
    return FALSE;
  const char *line = reader->file->bytes + reader->offset;
  const char *end = memchr (line, '\n', left);
  gsize length = end ? (gsize) (end - line) : left;
  reader->offset += end ? length + 1 : left;
  reader->line++;
  if (reader->line == 1 && length >= 3 && memcmp (line, "\xEF\xBB\xBF", 3) == 0) {
    line += 3;
    length -= 3;
  }
  if (length && line[length - 1] == '\r')
    length--;
  *ret_line = line;
  *ret_length = length;
  return TRUE;
}

/* An ini_reader. */
static char *
next_line (char *buffer, int size, void *stream)
{
  Reader *reader = stream;
  const char *line;
  gsize length;
  gsize longest = MIN ((gsize) size - INIH_LINE_EXTRA, TRUCE_CONFIG_LINE_MAX);

  if (!take_line (reader, &line, &length))
    return NULL;
  if (reader->n_bad >= TRUCE_CONFIG_BAD_LINES_MAX) {
    add_finding (reader, "reading ends here after %d bad lines: is this a configuration file?",
                 TRUCE_CONFIG_BAD_LINES_MAX);
    reader->offset = reader->file->length;
    return NULL;
  }
  if (!judge_line (reader, line, &length, longest))
    length = 0;
  memcpy (buffer, line, length);
  buffer[length] = '\n';
  buffer[length + 1] = '\0';
  return buffer;
}

/* An ini_handler. The section is the reader's own, whose name inih may have cut. */
static int
take_entry (void *user, const char *section_name, const char *key, const char *value)
{
  Reader *reader = user;
  TruceConfigSection *section = current_section (reader);

  if (section) {
    TruceConfigEntry entry = {
      .key = intern (reader->document, key),
      .value = truce_arena_text (reader->document->texts, value),
      .line = reader->line,
    };
    g_array_append_val (reader->document->entries, entry);
    section->n_entries++;
  }
  return 1;
}

void
truce_config_document_read (TruceConfigDocument *document, const TruceConfigFile *file, TruceDiags *diags)
{
  Reader reader = { .file = file, .document = document, .diags = diags };
  int result;

#if HAVE_INI_MAX_LINE
  /* Debian's build reads these at run time; elsewhere lines are as long as that inih was built for, and the reader
   * learns how long from the size that it is asked for. */
  ini_use_stack = false;
  ini_allow_realloc = false;
  ini_initial_alloc = ini_max_line = TRUCE_CONFIG_LINE_MAX + INIH_LINE_EXTRA;
  ini_allow_inline_comments = false; /* it sees none, and looking for them is half of its time */
#endif
  result = ini_parse_stream (next_line, &reader, take_entry, &reader);
  if (result != 0 && reader.n_bad == 0) {
    /* Nothing bad was let through, so it is inih that disagrees or has no memory: better said than read half. */
    reader.line = result > 0 ? (unsigned) result : 0;
    add_finding (&reader, "the INI library refuses the file (code %d)", result);
  }
}
