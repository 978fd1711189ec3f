/* SPDX-License-Identifier: MIT */
/* truced-parse: reads frames of documents from truced on its standard input, a socket, and answers on it with what is
 * in them. It knows nothing else, and once confined it can do nothing else. */
#include "worker/parse/calendar.h"
#include "worker/parse/outline.h"
#include "worker/parse/parse.h"
#include "worker/sandbox.h"
#include "worker/wire.h"

#include <malloc.h>
#include <sys/stat.h>
#include <unistd.h>

#define SOCKET STDIN_FILENO
#define HEAP_KEPT (1u << 20)    /* bytes: taking pages back from the kernel costs an eighth of reading a feed */
#define LARGE_BODY (256u << 10) /* bytes of a document: the memory that it took is not kept for the next one */

static gboolean
say_ready (const char *note)
{
  return truce_wire_write (SOCKET, TRUCE_WIRE_READY, g_variant_new ("(us)", TRUCE_WIRE_VERSION, note ? note : ""),
                           NULL);
}

static GVariant *
parse_frame (GVariant *frame)
{
  g_autoptr (GVariant) bytes = g_variant_get_child_value (frame, 3);
  g_autoptr (GBytes) body = g_variant_get_data_as_bytes (bytes);
  g_autoptr (TruceFeedDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  const char *base_url, *content_type;
  guint64 request;

  g_variant_get (frame, "(t&s&s@ay)", &request, &base_url, &content_type, NULL);
  truce_sandbox_allow_cpu (TRUCE_PARSE_CPU_SECONDS);
  document = truce_parse_feed (body, base_url, content_type, &error);
  return truce_parse_answer (request, document, error ? error->message : "");
}

static GVariant *
calendar_frame (GVariant *frame)
{
  g_autoptr (GVariant) bytes = g_variant_get_child_value (frame, 2);
  g_autoptr (GBytes) body = g_variant_get_data_as_bytes (bytes);
  const char *content_type;
  guint64 request;

  g_variant_get (frame, "(t&s@ay)", &request, &content_type, NULL);
  truce_sandbox_allow_cpu (TRUCE_PARSE_CPU_SECONDS);
  return truce_calendar_answer (request, body, content_type);
}

static GVariant *
outline_frame (GVariant *frame)
{
  g_autoptr (GVariant) bytes = g_variant_get_child_value (frame, 3);
  g_autoptr (GBytes) body = g_variant_get_data_as_bytes (bytes);
  const char *base_url, *content_type;
  guint64 request;

  g_variant_get (frame, "(t&s&s@ay)", &request, &base_url, &content_type, NULL);
  truce_sandbox_allow_cpu (TRUCE_PARSE_CPU_SECONDS);
  return truce_outline_answer (request, body, base_url, content_type);
}

static gboolean
answer_frame (TruceWireKind kind, GVariant *frame, GError **error)
{
  if (kind == TRUCE_WIRE_PARSE_CALENDAR)
    return truce_wire_write (SOCKET, TRUCE_WIRE_CALENDAR, calendar_frame (frame), error);
  if (kind == TRUCE_WIRE_PARSE_OUTLINE)
    return truce_wire_write (SOCKET, TRUCE_WIRE_OUTLINE, outline_frame (frame), error);
  return truce_wire_write (SOCKET, TRUCE_WIRE_PARSED, parse_frame (frame), error);
}

/* Answers until truced closes its end. FALSE when what it sent is no frame of ours. */
static gboolean
serve (void)
{
  g_autoptr (TruceWireReader) reader = truce_wire_reader_new ();

  for (;;) {
    TruceWireKind kind;
    g_autoptr (GError) error = NULL;
    g_autoptr (GVariant) frame = truce_wire_read (SOCKET, reader, &kind, &error);

    if (!frame)
      return g_error_matches (error, TRUCE_WIRE_ERROR, TRUCE_WIRE_ERROR_CLOSED);
    if (kind != TRUCE_WIRE_PARSE && kind != TRUCE_WIRE_PARSE_CALENDAR && kind != TRUCE_WIRE_PARSE_OUTLINE)
      return FALSE;
    if (!answer_frame (kind, frame, &error))
      return g_error_matches (error, TRUCE_WIRE_ERROR, TRUCE_WIRE_ERROR_CLOSED);
    gboolean large = g_variant_get_size (frame) > LARGE_BODY;

    g_clear_pointer (&frame, g_variant_unref);
    if (large)
      malloc_trim (0);
  }
}

/* Started by hand it would be killed by its own sandbox at the first read. */
static gboolean
is_started_by_truced (void)
{
  struct stat file;

  return fstat (SOCKET, &file) == 0 && S_ISSOCK (file.st_mode);
}

int
main (void)
{
  g_autofree char *note = NULL;

  g_log_set_writer_func (g_log_writer_standard_streams, NULL, NULL); /* GLib's own choice may be the journal's socket */
  if (!is_started_by_truced ()) {
    g_printerr ("truced-parse: this program is started by truced and trucectl\n");
    return 2;
  }
  mallopt (M_TRIM_THRESHOLD, HEAP_KEPT);
  mallopt (M_MMAP_THRESHOLD, HEAP_KEPT);
  truce_parse_preload ();
  truce_calendar_preload ();
  note = truce_sandbox_enter (TRUCE_SANDBOX_PARSE);
  if (!say_ready (note))
    return 1;
  return serve () ? 0 : 1;
}
