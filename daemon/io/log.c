/* SPDX-License-Identifier: MIT */
#include "io/log.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

static const char *program_name = "truced";
static GLogLevelFlags shown;
static gboolean to_journal;

static const char *
field_value (const GLogField *fields, gsize n_fields, const char *key)
{
  for (gsize i = 0; i < n_fields; i++)
    if (strcmp (fields[i].key, key) == 0)
      return fields[i].value;
  return NULL;
}

static GLogWriterOutput
write_to_journal (GLogLevelFlags level, const GLogField *fields, gsize n_fields)
{
  g_autofree GLogField *all = g_new (GLogField, n_fields + 1);

  memcpy (all, fields, n_fields * sizeof *fields);
  all[n_fields] = (GLogField){ "SYSLOG_IDENTIFIER", program_name, -1 };
  return g_log_writer_journald (level, all, n_fields + 1, NULL);
}

static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  const char *message = field_value (fields, n_fields, "MESSAGE");

  /* G_MESSAGES_DEBUG asks for more, and never for less. */
  if (!(level & shown) && (!(level & (G_LOG_LEVEL_INFO | G_LOG_LEVEL_DEBUG)) ||
                           g_log_writer_default_would_drop (level, field_value (fields, n_fields, "GLIB_DOMAIN"))))
    return G_LOG_WRITER_HANDLED;
  if (to_journal && write_to_journal (level, fields, n_fields) == G_LOG_WRITER_HANDLED)
    return G_LOG_WRITER_HANDLED;
  g_autofree char *clean = truce_text_clean (message ? message : "", -1);
  fprintf (stderr, "%s: %s%s\n", program_name, level & G_LOG_LEVEL_WARNING ? "warning: " : "", clean);
  return G_LOG_WRITER_HANDLED;
}

void
truce_log_set_level (TruceLogLevel level)
{
  static const GLogLevelFlags more[] = {
    [TRUCE_LOG_ERROR] = G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL,
    [TRUCE_LOG_WARNING] = G_LOG_LEVEL_WARNING,
    [TRUCE_LOG_NOTICE] = G_LOG_LEVEL_MESSAGE,
    [TRUCE_LOG_INFO] = G_LOG_LEVEL_INFO,
    [TRUCE_LOG_DEBUG] = G_LOG_LEVEL_DEBUG,
  };

  shown = 0;
  for (guint i = 0; i <= level; i++)
    shown |= more[i];
}

void
truce_log_init (const char *program)
{
  program_name = program;
  truce_log_set_level (TRUCE_LOG_LEVEL_DEFAULT);
  to_journal = g_log_writer_is_journald (STDERR_FILENO);
  g_log_set_writer_func (write_log, NULL, NULL);
}
