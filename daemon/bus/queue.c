/* SPDX-License-Identifier: MIT */
#include "bus/queue.h"

/* What waits of one client. It is gone when nothing waits: clients come and go. */
typedef struct {
  char *sender;
  GQueue calls;
} Line;

struct _TruceQueue {
  TruceQueueServe serve;
  GDestroyNotify drop;
  gpointer user_data;
  GHashTable *lines; /* sender -> Line * */
  GQueue turns;      /* Line *, whose turn it is first */
  guint waiting;
  GSource *source; /* NULL: nothing waits */
};

static void
line_free (Line *line)
{
  g_free (line->sender);
  g_free (line);
}

TruceQueue *
truce_queue_new (TruceQueueServe serve, GDestroyNotify drop, gpointer user_data)
{
  TruceQueue *queue = g_new0 (TruceQueue, 1);

  queue->serve = serve;
  queue->drop = drop;
  queue->user_data = user_data;
  queue->lines = g_hash_table_new (g_str_hash, g_str_equal);
  return queue;
}

static void
stop (TruceQueue *queue)
{
  if (queue->source) {
    g_source_destroy (queue->source);
    g_clear_pointer (&queue->source, g_source_unref);
  }
}

void
truce_queue_free (TruceQueue *queue)
{
  Line *line;

  if (!queue)
    return;
  stop (queue);
  while ((line = g_queue_pop_head (&queue->turns))) {
    g_queue_clear_full (&line->calls, queue->drop);
    line_free (line);
  }
  g_hash_table_unref (queue->lines);
  g_free (queue);
}

/* One call a turn of the loop, whatever it costs: what else is due comes in between. */
static gboolean
on_turn (gpointer user_data)
{
  TruceQueue *queue = user_data;
  Line *line = g_queue_pop_head (&queue->turns);
  gpointer call = g_queue_pop_head (&line->calls);

  queue->waiting--;
  if (g_queue_is_empty (&line->calls)) {
    g_hash_table_remove (queue->lines, line->sender);
    line_free (line);
  } else {
    g_queue_push_tail (&queue->turns, line);
  }
  if (queue->waiting == 0)
    stop (queue);
  queue->serve (call, queue->user_data);
  return G_SOURCE_CONTINUE; /* unless it was stopped */
}

/* Not below the priority at which calls come in, or a flood of them would leave it no turn. */
static void
start (TruceQueue *queue)
{
  if (queue->source)
    return;
  queue->source = g_idle_source_new ();
  g_source_set_priority (queue->source, G_PRIORITY_DEFAULT);
  g_source_set_callback (queue->source, on_turn, queue, NULL);
  g_source_attach (queue->source, g_main_context_get_thread_default ());
}

gboolean
truce_queue_put (TruceQueue *queue, const char *sender, gpointer call)
{
  Line *line = g_hash_table_lookup (queue->lines, sender);

  if (queue->waiting >= TRUCE_QUEUE_ALL_MAX || (line && line->calls.length >= TRUCE_QUEUE_LINE_MAX))
    return FALSE;
  if (!line) {
    line = g_new0 (Line, 1);
    line->sender = g_strdup (sender);
    g_hash_table_insert (queue->lines, line->sender, line);
    g_queue_push_tail (&queue->turns, line);
  }
  g_queue_push_tail (&line->calls, call);
  queue->waiting++;
  start (queue);
  return TRUE;
}
