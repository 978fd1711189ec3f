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
  gint64 deadline; /* while in flight; NEVER while another is worked on first */
} Request;

/* Instants of g_source_get_time(). One source sleeps until the earliest of all: sources that came and went with each
 * request would each wake the main loop once more. */
#define NEVER G_MAXINT64
typedef struct {
  GSource source;
  TruceWorkerClient *client;
} Alarm;

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
  GSource *alarm;   /* an Alarm; NULL until something is asked */
  gboolean pump;    /* see what can be done for those who wait */
  gint64 start_end; /* deadline of the start */
  gint64 rest_end;  /* no try to start before */
  gint64 calm_at;   /* memory is given back then, ... */
  gint64 idle_at;   /* ... and then it is let go */
};

/* --- what it waits for --- */

static gint64
time_in (TruceWorkerClient *client, TruceTime length)
{
  return g_source_get_time (client->alarm) + length;
}

static gint64
next_instant (const TruceWorkerClient *client)
{
  const Request *first = g_queue_peek_head (&((TruceWorkerClient *) client)->in_flight);
  gint64 next = MIN (MIN (client->start_end, client->rest_end), MIN (client->calm_at, client->idle_at));

  return client->pump ? 0 : first ? MIN (next, first->deadline) : next;
}

static gboolean
alarm_check (GSource *source)
{
  return next_instant (((Alarm *) source)->client) <= g_source_get_time (source);
}

static gboolean
alarm_prepare (GSource *source, gint *timeout)
{
  gint64 next = next_instant (((Alarm *) source)->client), now = g_source_get_time (source);

  if (next == NEVER)
    *timeout = -1;
  else
    *timeout = next <= now ? 0 : (gint) ((next - now + TRUCE_MILLISECOND - 1) / TRUCE_MILLISECOND);
  return next <= now;
}

static void attend (TruceWorkerClient *client, gint64 now);

static gboolean
alarm_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  attend (((Alarm *) source)->client, g_source_get_time (source));
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs alarm_funcs = { .prepare = alarm_prepare, .check = alarm_check, .dispatch = alarm_dispatch };

static void
set_alarm (TruceWorkerClient *client)
{
  if (client->alarm)
    return;
  client->alarm = g_source_new (&alarm_funcs, sizeof (Alarm));
  ((Alarm *) client->alarm)->client = client;
  g_source_attach (client->alarm, g_main_context_get_thread_default ());
}

/* --- requests --- */

static void
free_request (Request *request)
{
  if (request->free_data)
    request->free_data (request->data);
  g_free (request);
}

static void
answer_request (Request *request, TruceWorkerResult result, GVariant *answer, const char *why)
{
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
  client->start_end = client->calm_at = client->idle_at = NEVER;
  truce_worker_process_kill (client->process, why);
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
  client->rest_end = time_in (client, rest);
  if (client->hopeless)
    answer_all (&client->waiting, TRUCE_WORKER_UNAVAILABLE, why);
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
  client->start_end = NEVER;
  client->pump = TRUE;
  return TRUE;
}

/* What a worker that takes one after the other does now is not late because of those before it. */
static void
begin_turn (TruceWorkerClient *client)
{
  Request *first = g_queue_peek_head (&client->in_flight);

  if (first && first->deadline == NEVER)
    first->deadline = time_in (client, client->trade.deadline);
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
  for (GList *link = client->in_flight.head; link; link = client->trade.in_turn ? NULL : link->next) {
    Request *request = link->data;

    if (request->number == number) {
      g_queue_delete_link (&client->in_flight, link);
      begin_turn (client);
      client->pump = TRUE;
      answer_request (request, TRUCE_WORKER_ANSWERED, payload, NULL);
      return TRUE;
    }
  }
  return FALSE;
}

/* Those that cannot be what the worker died of wait again: the last `n_unsent` in flight, which never reached it, and
 * behind the first all that it would have come to later. */
static void
take_back (TruceWorkerClient *client, guint n_unsent)
{
  guint n = client->trade.in_turn ? MAX (client->in_flight.length, 1) - 1 : n_unsent;

  while (n-- > 0 && client->in_flight.length > 0) {
    Request *request = g_queue_peek_tail (&client->in_flight);

    if (request->sends == SENDS_MAX && !client->trade.in_turn)
      return;
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
  client->start_end = client->calm_at = client->idle_at = NEVER;
  g_clear_pointer (&client->process, truce_worker_process_free);
  if (client->ready && client->in_flight.length == 0)
    g_warning ("%s, with nothing to do", why);
  client->ready = FALSE;
  take_back (client, n_unsent);
  if (killed)
    spare (client);
  client->pump = TRUE;
  if (unstarted)
    start_failed (client, why, TRUE);
  answer_all (&client->in_flight, TRUCE_WORKER_DIED, why);
}

static void
start_process (TruceWorkerClient *client)
{
  static const TruceWorkerProcessFuncs funcs = { take_frame, take_end };
  g_autoptr (GError) error = NULL;

  client->process = truce_worker_process_start (client->program, client->trade.argument, &funcs, client, &error);
  if (!client->process) {
    start_failed (client, error->message, FALSE);
    return;
  }
  client->starting = TRUE;
  client->start_end = time_in (client, START_DEADLINE);
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
  request->deadline = client->trade.in_turn ? NEVER : time_in (client, client->trade.deadline);
  g_queue_push_tail (&client->in_flight, request);
  begin_turn (client);
  truce_worker_process_send (client->process, frame);
}

/* One that takes them in turn is sent no more than its socket holds: the documents that wait here cost no copy. */
static gboolean
takes_more (const TruceWorkerClient *client)
{
  return client->ready && client->in_flight.length < client->trade.in_flight &&
         (!client->trade.in_turn || !truce_worker_process_is_sending (client->process));
}

/* Does what can be done for those who wait. */
static void
pump (TruceWorkerClient *client)
{
  client->pump = FALSE;
  if (client->hopeless)
    answer_all (&client->waiting, TRUCE_WORKER_UNAVAILABLE, client->hopeless);
  else if (!client->process && client->waiting.length > 0 && client->rest_end == NEVER)
    start_process (client);
  while (client->waiting.length > 0 && takes_more (client))
    send_request (client, g_queue_pop_head (&client->waiting));
  if (client->in_flight.length > 0)
    client->calm_at = client->idle_at = NEVER;
  else if (client->ready && client->calm_at == NEVER && client->idle_at == NEVER)
    client->calm_at = time_in (client, MIN (client->trade.idle, CALM));
}

/* The bodies that have gone through are not to be held until the next round; nor is memory given back only to be asked
 * for again by the next request. */
static void
give_memory_back (TruceWorkerClient *client)
{
  client->calm_at = NEVER;
  client->idle_at = time_in (client, MAX (client->trade.idle - CALM, 0));
  malloc_trim (0);
}

static void
stop_waiting (TruceWorkerClient *client)
{
  g_autofree char *why =
      g_strdup_printf ("did not answer within %" G_GINT64_FORMAT " s", client->trade.deadline / TRUCE_SECOND);

  ((Request *) g_queue_peek_head (&client->in_flight))->deadline = NEVER;
  end_process (client, why);
}

/* One thing at a time: an answer may free the client. */
static void
attend (TruceWorkerClient *client, gint64 now)
{
  const Request *first = g_queue_peek_head (&client->in_flight);

  if (first && first->deadline <= now)
    stop_waiting (client);
  else if (client->start_end <= now)
    end_process (client, "did not start in time");
  else if (client->rest_end <= now) {
    client->rest_end = NEVER;
    g_clear_pointer (&client->hopeless, g_free);
    client->pump = TRUE;
  } else if (client->idle_at <= now)
    end_process (client, "was idle");
  else if (client->calm_at <= now)
    give_memory_back (client);
  else if (client->pump)
    pump (client);
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
  set_alarm (client);
  client->pump = TRUE;
}

TruceWorkerClient *
truce_worker_client_new (const char *program, const TruceWorkerTrade *trade)
{
  TruceWorkerClient *client = g_new0 (TruceWorkerClient, 1);

  client->program = g_strdup (program);
  client->trade = *trade;
  client->start_end = client->rest_end = client->calm_at = client->idle_at = NEVER;
  g_queue_init (&client->waiting);
  g_queue_init (&client->in_flight);
  return client;
}

void
truce_worker_client_free (TruceWorkerClient *client)
{
  if (!client)
    return;
  if (client->alarm) {
    g_source_destroy (client->alarm);
    g_source_unref (client->alarm);
  }
  truce_worker_process_free (client->process);
  g_queue_clear_full (&client->waiting, (GDestroyNotify) free_request);
  g_queue_clear_full (&client->in_flight, (GDestroyNotify) free_request);
  g_free (client->hopeless);
  g_free (client->program);
  g_free (client);
}
