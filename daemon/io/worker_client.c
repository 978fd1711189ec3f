/* SPDX-License-Identifier: MIT */
#include "io/worker_client.h"

#include <malloc.h>

#define START_DEADLINE (10 * TRUCE_SECOND)    /* until READY: 10 ms on an idle machine */
#define START_TRIES 3                         /* in a row that may fail before those who wait are told */
#define RETRY_DELAY (200 * TRUCE_MILLISECOND) /* between these tries */
#define REST_SHORTEST TRUCE_SECOND            /* after that; doubled each time ... */
#define REST_LONGEST (5 * TRUCE_MINUTE)       /* ... up to this */
#define CALM TRUCE_SECOND                     /* without a request: the round is over */
#define SENDS_MAX 3                           /* of one request to workers that died before they had it */

typedef struct {
  TruceWorkerClient *client;
  guint64 number;
  guint sends;
  gboolean spared; /* it was in flight when somebody killed the worker */
  TruceWorkerAskFunc ask;
  TruceWorkerAnswerFunc answer;
  gpointer data;
  GDestroyNotify free_data;
  GSource *deadline; /* while in flight */
} Request;

struct _TruceWorkerClient {
  char *program;
  TruceWorkerTrade trade;
  TruceWorkerProcess *process; /* NULL: none runs */
  gboolean starting;           /* READY has not come yet */
  gboolean ready;              /* READY has come; FALSE again when it was told to end */
  gboolean noted;              /* its note has been logged */
  guint64 last_number;
  GQueue waiting;   /* Request * */
  GQueue in_flight; /* Request *, in the order they were sent */
  guint failures;   /* to start, in a row */
  char *hopeless;   /* why requests are answered at once while it rests; NULL: they wait */
  GSource *pump;    /* queued */
  GSource *start;   /* deadline of the start */
  GSource *rest;    /* until the next try */
  GSource *idle;    /* until memory is given back, then until it is let go */
};

static void
drop_source (GSource **source)
{
  if (*source) {
    g_source_destroy (*source);
    g_source_unref (*source);
    *source = NULL;
  }
}

static GSource *
call_in (TruceTime length, GSourceFunc func, gpointer data)
{
  GSource *source = length > 0 ? g_timeout_source_new ((guint) (length / TRUCE_MILLISECOND)) : g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, data, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

static void
free_request (Request *request)
{
  drop_source (&request->deadline);
  if (request->free_data)
    request->free_data (request->data);
  g_free (request);
}

static void
answer_request (Request *request, TruceWorkerResult result, GVariant *answer, const char *why)
{
  drop_source (&request->deadline);
  request->answer (result, answer, why, request->data);
  free_request (request);
}

/* Those of `queue` at this moment; an answer may bring new ones. */
static void
answer_all (GQueue *queue, TruceWorkerResult result, const char *why)
{
  GQueue requests = *queue;
  Request *request;

  g_queue_init (queue);
  while ((request = g_queue_pop_head (&requests)))
    answer_request (request, result, NULL, why);
}

static void
end_process (TruceWorkerClient *client, const char *why)
{
  client->ready = FALSE;
  drop_source (&client->start);
  drop_source (&client->idle);
  truce_worker_process_kill (client->process, why);
}

static gboolean on_pump (gpointer data);

static void
pump_soon (TruceWorkerClient *client)
{
  if (!client->pump)
    client->pump = call_in (0, on_pump, client);
}

static gboolean
on_rested (gpointer data)
{
  TruceWorkerClient *client = data;

  drop_source (&client->rest);
  g_clear_pointer (&client->hopeless, g_free);
  pump_soon (client);
  return G_SOURCE_REMOVE;
}

/* Tries again after a while. Those who wait are told when it will not work soon. */
static void
start_failed (TruceWorkerClient *client, const char *why, gboolean at_all)
{
  TruceTime rest = RETRY_DELAY;

  client->failures++;
  if (!at_all || client->failures >= START_TRIES) {
    guint doublings = at_all ? client->failures - START_TRIES : client->failures - 1;

    rest = MIN (REST_SHORTEST << MIN (doublings, 16), REST_LONGEST);
    client->hopeless = g_strdup (why);
  }
  client->rest = call_in (rest, on_rested, client);
  if (client->hopeless)
    answer_all (&client->waiting, TRUCE_WORKER_UNAVAILABLE, why);
}

static gboolean
on_start_deadline (gpointer data)
{
  TruceWorkerClient *client = data;

  end_process (client, "did not start in time");
  return G_SOURCE_REMOVE;
}

static gboolean
on_idle (gpointer data)
{
  TruceWorkerClient *client = data;

  end_process (client, "was idle");
  return G_SOURCE_REMOVE;
}

/* The bodies that have gone through are not to be held until the next round; nor is memory given back only to be asked
 * for again by the next request. */
static gboolean
on_calm (gpointer data)
{
  TruceWorkerClient *client = data;

  drop_source (&client->idle);
  client->idle = call_in (MAX (client->trade.idle - CALM, 0), on_idle, client);
  malloc_trim (0);
  return G_SOURCE_REMOVE;
}

static gboolean
on_deadline (gpointer data)
{
  Request *request = data;
  g_autofree char *why =
      g_strdup_printf ("did not answer within %" G_GINT64_FORMAT " s", request->client->trade.deadline / TRUCE_SECOND);

  drop_source (&request->deadline);
  end_process (request->client, why);
  return G_SOURCE_REMOVE;
}

static gboolean
take_ready (TruceWorkerClient *client, GVariant *payload)
{
  guint32 version;
  const char *note;

  g_variant_get (payload, "(u&s)", &version, &note);
  if (version != TRUCE_WIRE_VERSION)
    return FALSE;
  if (*note && !client->noted) {
    g_autofree char *name = g_path_get_basename (client->program);

    g_message ("%s is not confined as well as it could be: %s", name, note);
  }
  client->noted = TRUE;
  client->starting = FALSE;
  client->ready = TRUE;
  client->failures = 0;
  drop_source (&client->start);
  pump_soon (client);
  return TRUE;
}

static gboolean
take_frame (TruceWireKind kind, GVariant *payload, gpointer data)
{
  TruceWorkerClient *client = data;
  guint64 number;

  if (client->starting)
    return kind == TRUCE_WIRE_READY && take_ready (client, payload);
  if (kind != client->trade.answers)
    return FALSE;
  g_variant_get_child (payload, 0, "t", &number);
  for (GList *link = client->in_flight.head; link; link = link->next) {
    Request *request = link->data;

    if (request->number == number) {
      g_queue_delete_link (&client->in_flight, link);
      answer_request (request, TRUCE_WORKER_ANSWERED, payload, NULL);
      pump_soon (client);
      return TRUE;
    }
  }
  return FALSE;
}

/* The last `n` in flight never reached the worker, and so did not kill it: they wait again. */
static void
take_back (TruceWorkerClient *client, guint n)
{
  while (n-- > 0 && client->in_flight.length > 0) {
    Request *request = g_queue_peek_tail (&client->in_flight);

    if (request->sends == SENDS_MAX)
      return;
    drop_source (&request->deadline);
    g_queue_push_head (&client->waiting, g_queue_pop_tail (&client->in_flight));
  }
}

/* Who kills a worker once from outside costs nobody anything: what was in flight is tried once more, quietly. What is
 * in flight again when the next is killed may be why (a body on which the kernel runs short of memory). */
static void
spare (TruceWorkerClient *client)
{
  GQueue condemned = G_QUEUE_INIT;
  Request *request;

  while ((request = g_queue_pop_tail (&client->in_flight))) {
    drop_source (&request->deadline);
    g_queue_push_head (request->spared ? &condemned : &client->waiting, request);
    request->spared = TRUE;
  }
  client->in_flight = condemned;
}

static void
take_end (const char *why, gboolean killed, guint n_unsent, gpointer data)
{
  TruceWorkerClient *client = data;
  gboolean unstarted = client->starting;

  client->starting = FALSE;
  drop_source (&client->start);
  drop_source (&client->idle);
  g_clear_pointer (&client->process, truce_worker_process_free);
  if (client->ready && client->in_flight.length == 0)
    g_warning ("%s, with nothing to do", why);
  client->ready = FALSE;
  take_back (client, n_unsent);
  if (killed)
    spare (client);
  pump_soon (client);
  if (unstarted)
    start_failed (client, why, TRUE);
  answer_all (&client->in_flight, TRUCE_WORKER_DIED, why);
}

static void
start_process (TruceWorkerClient *client)
{
  static const TruceWorkerProcessFuncs funcs = { take_frame, take_end };
  g_autoptr (GError) error = NULL;

  client->process = truce_worker_process_start (client->program, &funcs, client, &error);
  if (!client->process) {
    start_failed (client, error->message, FALSE);
    return;
  }
  client->starting = TRUE;
  client->start = call_in (START_DEADLINE, on_start_deadline, client);
}

static void
send_request (TruceWorkerClient *client, Request *request)
{
  g_autoptr (GBytes) frame = truce_wire_frame (client->trade.asks, request->ask (request->number, request->data));

  if (!frame) {
    answer_request (request, TRUCE_WORKER_UNAVAILABLE, NULL, "too large");
    return;
  }
  request->sends++;
  request->deadline = call_in (client->trade.deadline, on_deadline, request);
  g_queue_push_tail (&client->in_flight, request);
  truce_worker_process_send (client->process, frame);
}

/* Does what can be done for those who wait. */
static gboolean
on_pump (gpointer data)
{
  TruceWorkerClient *client = data;

  drop_source (&client->pump);
  if (client->hopeless)
    answer_all (&client->waiting, TRUCE_WORKER_UNAVAILABLE, client->hopeless);
  else if (!client->process && client->waiting.length > 0 && !client->rest)
    start_process (client);
  while (client->ready && client->waiting.length > 0 && client->in_flight.length < client->trade.in_flight)
    send_request (client, g_queue_pop_head (&client->waiting));
  if (client->ready && client->in_flight.length == 0 && !client->idle)
    client->idle = call_in (MIN (client->trade.idle, CALM), on_calm, client);
  else if (client->in_flight.length > 0)
    drop_source (&client->idle);
  return G_SOURCE_REMOVE;
}

void
truce_worker_client_ask (TruceWorkerClient *client, TruceWorkerAskFunc ask, TruceWorkerAnswerFunc answer, gpointer data,
                         GDestroyNotify free_data)
{
  Request *request = g_new0 (Request, 1);

  request->client = client;
  request->number = ++client->last_number;
  request->ask = ask;
  request->answer = answer;
  request->data = data;
  request->free_data = free_data;
  g_queue_push_tail (&client->waiting, request);
  pump_soon (client);
}

TruceWorkerClient *
truce_worker_client_new (const char *program, const TruceWorkerTrade *trade)
{
  TruceWorkerClient *client = g_new0 (TruceWorkerClient, 1);

  client->program = g_strdup (program);
  client->trade = *trade;
  g_queue_init (&client->waiting);
  g_queue_init (&client->in_flight);
  return client;
}

void
truce_worker_client_free (TruceWorkerClient *client)
{
  if (!client)
    return;
  drop_source (&client->pump);
  drop_source (&client->start);
  drop_source (&client->rest);
  drop_source (&client->idle);
  truce_worker_process_free (client->process);
  g_queue_clear_full (&client->waiting, (GDestroyNotify) free_request);
  g_queue_clear_full (&client->in_flight, (GDestroyNotify) free_request);
  g_free (client->hopeless);
  g_free (client->program);
  g_free (client);
}
