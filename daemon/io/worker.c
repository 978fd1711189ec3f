/* SPDX-License-Identifier: MIT */
#include "io/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/worker_client.h"
#include "io/worker_document.h"
#include "io/worker_private.h"
#include "truced-config.h"
#include "worker/net/limits.h"

#define PARSE_IN_FLIGHT 8 /* so that the parser need not sleep, nor wake truced, between small documents */

struct _TruceWorkers {
  TruceWorkerClient *net;
  TruceWorkerClient *parse;
  TruceWorkerClient *outline;  /* likewise, only while there are lists of feeds to read */
  TruceWorkerClient *deliver;  /* what brings alerts to sinks: another process than `net`, which never sees a feed */
  GHashTable *alone;           /* what has one of its own for that: a name -> TruceWorkerClient * */
  char *place;                 /* where the programs are */
  TruceWorkerClient *calendar; /* the same program in a process of its own, only while there are calendars to read */
};

/* --- net --- */

typedef struct {
  char *url, *etag, *last_modified;
  gboolean allow_private, alone;
  TruceFetchedFunc done;
  gpointer user_data;
} Fetch;

static void
free_fetch (gpointer data)
{
  Fetch *fetch = data;

  g_free (fetch->url);
  g_free (fetch->etag);
  g_free (fetch->last_modified);
  g_free (fetch);
}

/* A frame carries UTF-8; what is none is mended, and will not be found. */
static GVariant *
text (const char *value)
{
  return g_variant_new_take_string (g_utf8_make_valid (value ? value : "", -1));
}

static const char *
or_null (const char *text)
{
  return *text ? text : NULL;
}

static GVariant *
ask_fetch (guint64 request, gpointer data)
{
  const Fetch *fetch = data;

  return g_variant_new ("(t@s@s@sbu)", request, text (fetch->url), text (fetch->etag), text (fetch->last_modified),
                        fetch->allow_private, fetch->alone ? (guint32) TRUCE_WIRE_FETCH_ALONE : 0u);
}

/* The body shares the frame's memory. (transfer full), NULL for none */
static GBytes *
body_of_answer (GVariant *answer)
{
  g_autoptr (GVariant) body = g_variant_get_child_value (answer, 11);
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (body);

  return g_bytes_get_size (bytes) <= TRUCE_BODY_MAX ? g_steal_pointer (&bytes) : NULL;
}

static void
take_fetched (const Fetch *fetch, GVariant *answer)
{
  TruceFetched fetched = { 0 };
  guint32 result, status;
  const char *error, *final_url, *moved_to, *etag, *last_modified, *content_type;
  g_autoptr (GBytes) body = NULL;

  g_variant_get (answer, "(tuu&s&s&s&s&s&sxx@ay)", NULL, &result, &status, &error, &final_url, &moved_to, &etag,
                 &last_modified, &content_type, &fetched.max_age, &fetched.retry_after, NULL);
  fetched.result = MIN (result, TRUCE_FETCH_NO_WORKER);
  if (fetched.result == TRUCE_FETCH_ANSWERED) {
    fetched.status = (int) MIN (status, 999);
    fetched.final_url = *final_url ? final_url : fetch->url;
    fetched.moved_to = or_null (moved_to);
    fetched.etag = or_null (etag);
    fetched.last_modified = or_null (last_modified);
    fetched.content_type = or_null (content_type);
    fetched.max_age = CLAMP (fetched.max_age, 0, TRUCE_NET_WAIT_MAX);
    fetched.retry_after = CLAMP (fetched.retry_after, 0, TRUCE_NET_WAIT_MAX);
    body = status == 200 ? body_of_answer (answer) : NULL;
    fetched.body = body;
  } else {
    fetched.error = *error ? error : "no reason given";
    fetched.max_age = fetched.retry_after = 0;
  }
  fetch->done (&fetched, fetch->user_data);
}

static void
answer_fetch (TruceWorkerResult result, GVariant *answer, const char *why, gpointer data)
{
  const Fetch *fetch = data;
  TruceFetched nothing = { .result = TRUCE_FETCH_NO_WORKER, .error = why };

  if (result == TRUCE_WORKER_ANSWERED)
    take_fetched (fetch, answer);
  else
    fetch->done (&nothing, fetch->user_data);
}

static void
port_fetch (gpointer self, const TruceFetch *wanted, TruceFetchedFunc done, gpointer user_data)
{
  TruceWorkers *workers = self;
  Fetch *fetch = g_new0 (Fetch, 1);

  fetch->url = g_strdup (wanted->url);
  fetch->etag = g_strdup (wanted->etag);
  fetch->last_modified = g_strdup (wanted->last_modified);
  fetch->allow_private = wanted->allow_private;
  fetch->alone = wanted->alone;
  fetch->done = done;
  fetch->user_data = user_data;
  truce_worker_client_ask (workers->net, ask_fetch, answer_fetch, fetch, free_fetch);
}

/* --- parse --- */

typedef struct {
  GBytes *body;
  char *base_url, *content_type;
  TruceParsedFunc done;
  gpointer user_data;
} Parse;

static void
free_parse (gpointer data)
{
  Parse *parse = data;

  g_bytes_unref (parse->body);
  g_free (parse->base_url);
  g_free (parse->content_type);
  g_free (parse);
}

static GVariant *
ask_parse (guint64 request, gpointer data)
{
  const Parse *parse = data;

  return g_variant_new ("(t@s@s@ay)", request, text (parse->base_url), text (parse->content_type),
                        g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, parse->body, TRUE));
}

static void
answer_parse (TruceWorkerResult result, GVariant *answer, const char *why, gpointer data)
{
  const Parse *parse = data;
  g_autoptr (GVariant) variant = NULL;
  const char *error;

  if (result != TRUCE_WORKER_ANSWERED) {
    parse->done (NULL, why, result == TRUCE_WORKER_DIED, parse->user_data);
    return;
  }
  g_variant_get_child (answer, 1, "&s", &error);
  if (*error) {
    parse->done (NULL, error, FALSE, parse->user_data);
    return;
  }
  variant = g_variant_get_child_value (answer, 2);
  parse->done (truce_document_from_variant (variant), NULL, FALSE, parse->user_data);
}

static void
port_parse (gpointer self, const TruceParse *wanted, TruceParsedFunc done, gpointer user_data)
{
  TruceWorkers *workers = self;
  Parse *parse = g_new0 (Parse, 1);

  parse->body = g_bytes_ref (wanted->body);
  parse->base_url = g_strdup (wanted->base_url);
  parse->content_type = g_strdup (wanted->content_type);
  parse->done = done;
  parse->user_data = user_data;
  truce_worker_client_ask (workers->parse, ask_parse, answer_parse, parse, free_parse);
}

static gboolean
set_file_error (const char *path, int code, GError **error)
{
  g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (code), "cannot read %s: %s", path, g_strerror (code));
  return FALSE;
}

/* A file may grow while it is read: one byte more than is allowed shows that it has too many. */
static gboolean
read_whole (int fd, const char *path, GByteArray *bytes, GError **error)
{
  guint8 part[16384];
  ssize_t length;

  while (bytes->len <= TRUCE_BODY_MAX) {
    length = read (fd, part, sizeof part);
    if (length < 0 && errno == EINTR)
      continue;
    if (length < 0)
      return set_file_error (path, errno, error);
    if (length == 0)
      return TRUE;
    g_byte_array_append (bytes, part, (guint) length);
  }
  g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_INVALID, "%s is over %u MiB", path, TRUCE_BODY_MAX >> 20);
  return FALSE;
}

static GBytes *
port_read_file (gpointer self, const char *path, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  struct stat status;
  gboolean ok;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK); /* a FIFO would hold us up */

  if (fd < 0) {
    set_file_error (path, errno, error);
    return NULL;
  }
  if (fstat (fd, &status) != 0)
    ok = set_file_error (path, errno, error);
  else if (!S_ISREG (status.st_mode)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "%s is not a regular file", path);
    ok = FALSE;
  } else
    ok = read_whole (fd, path, bytes, error);
  close (fd);
  return ok ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}

/* --- both --- */

static TruceWorkerClient *
new_client (const char *directory, const char *name, const TruceWorkerTrade *trade)
{
  g_autofree char *program = g_build_filename (directory, name, NULL);

  return truce_worker_client_new (program, trade);
}

static const TruceWorkerTrade delivering = {
  TRUCE_WIRE_DELIVER,   TRUCE_WIRE_DELIVERED, TRUCE_NET_IN_FLIGHT, FALSE,
  TRUCE_FETCH_DEADLINE, TRUCE_DELIVER_IDLE,   "--deliver",
};

TruceWorkers *
truce_workers_new (const char *directory)
{
  static const TruceWorkerTrade fetching = {
    TRUCE_WIRE_FETCH, TRUCE_WIRE_FETCHED, TRUCE_NET_IN_FLIGHT, FALSE, TRUCE_FETCH_DEADLINE, TRUCE_NET_IDLE, NULL
  };
  static const TruceWorkerTrade parsing = {
    TRUCE_WIRE_PARSE, TRUCE_WIRE_PARSED, PARSE_IN_FLIGHT, TRUE, TRUCE_PARSE_DEADLINE, TRUCE_PARSE_IDLE, NULL
  };
  static const TruceWorkerTrade reading = { TRUCE_WIRE_PARSE_CALENDAR, TRUCE_WIRE_CALENDAR, 1,   TRUE,
                                            TRUCE_PARSE_DEADLINE,      TRUCE_PARSE_IDLE,    NULL };
  static const TruceWorkerTrade listing = { TRUCE_WIRE_PARSE_OUTLINE, TRUCE_WIRE_OUTLINE, 1,   TRUE,
                                            TRUCE_PARSE_DEADLINE,     TRUCE_PARSE_IDLE,   NULL };
  const char *named = directory ? directory : g_getenv ("TRUCED_LIBEXEC");
  const char *place = named && *named ? named : TRUCED_LIBEXECDIR;
  TruceWorkers *workers = g_new0 (TruceWorkers, 1);

  workers->place = g_strdup (place);
  workers->alone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) truce_worker_client_free);
  workers->net = new_client (place, "truced-net", &fetching);
  workers->deliver = new_client (place, "truced-net", &delivering);
  workers->parse = new_client (place, "truced-parse", &parsing);
  workers->calendar = new_client (place, "truced-parse", &reading);
  workers->outline = new_client (place, "truced-parse", &listing);
  return workers;
}

TruceWorkerClient *
truce_workers_calendar_client (TruceWorkers *workers)
{
  return workers->calendar;
}

TruceWorkerClient *
truce_workers_deliver_client (TruceWorkers *workers, const char *alone)
{
  TruceWorkerClient *client = alone ? g_hash_table_lookup (workers->alone, alone) : workers->deliver;

  if (!client) {
    client = new_client (workers->place, "truced-net", &delivering);
    g_hash_table_insert (workers->alone, g_strdup (alone), client);
  }
  return client;
}

TruceWorkerClient *
truce_workers_outline_client (TruceWorkers *workers)
{
  return workers->outline;
}

void
truce_workers_free (TruceWorkers *workers)
{
  if (!workers)
    return;
  truce_worker_client_free (workers->net);
  truce_worker_client_free (workers->deliver);
  g_hash_table_unref (workers->alone);
  g_free (workers->place);
  truce_worker_client_free (workers->parse);
  truce_worker_client_free (workers->calendar);
  truce_worker_client_free (workers->outline);
  g_free (workers);
}

void
truce_workers_net_port (TruceWorkers *workers, TruceNetPort *ret_port)
{
  *ret_port = (TruceNetPort){ .self = workers, .fetch = port_fetch };
}

void
truce_workers_parse_port (TruceWorkers *workers, TruceParsePort *ret_port)
{
  *ret_port = (TruceParsePort){
    .self = workers, .parse = port_parse, .parse_calendar = truce_workers_port_calendar, .read_file = port_read_file
  };
}
