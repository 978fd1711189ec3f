/* SPDX-License-Identifier: MIT */
/* truced-net: fetches addresses for truced, many at a time, and knows nothing of what is in them; or, as another
 * process with --deliver, brings alerts to their receivers.
 *
 * FETCH frames come in on file descriptor 0, FETCHED frames go out on it as each fetch ends (or DELIVER and DELIVERED
 * frames); at its end of file so does the program. While all places are taken no more frames are read: those that wait,
 * wait in the socket. */
#include <errno.h>
#include <malloc.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "truced-config.h"
#include "worker/net/limits.h"
#include "worker/net/trade.h"
#include "worker/sandbox.h"
#include "worker/wire.h"

#define TRUCED 0                 /* the socket to truced */
#define READ_SIZE 65536          /* a hundred requests */
#define CALM_MS 1000             /* without a request: the round is over */
#define LONGEST_WAIT_MS G_MAXINT /* libcurl wakes for its own timeouts */

typedef struct {
  TruceNetSettings settings;
  const TruceNetTrade *trade;
  CURLM *multi;
  GHashTable *errands; /* of the trade, running */
  TruceWireReader *reader;
  GQueue output;     /* GBytes *, frames */
  gsize output_sent; /* of the first */
  gsize output_size; /* of all */
  gboolean ended;    /* truced has gone, or talks nonsense */
  int exit_status;
} Net;

static void
end (Net *net, int exit_status)
{
  net->ended = TRUE;
  net->exit_status = exit_status;
}

static void
queue_frame (Net *net, TruceWireKind kind, GVariant *payload)
{
  GBytes *frame = truce_wire_frame (kind, payload);

  if (!frame) {
    g_critical ("truced-net: an answer is too large for a frame");
    end (net, EXIT_FAILURE);
    return;
  }
  g_queue_push_tail (&net->output, frame);
  net->output_size += g_bytes_get_size (frame);
}

static void
write_output (Net *net)
{
  GBytes *frame;

  while ((frame = g_queue_peek_head (&net->output))) {
    gsize size;
    const char *bytes = g_bytes_get_data (frame, &size);
    ssize_t sent = send (TRUCED, bytes + net->output_sent, size - net->output_sent, MSG_DONTWAIT | MSG_NOSIGNAL);

    if (sent < 0) {
      if (errno != EAGAIN && errno != EINTR)
        end (net, EXIT_SUCCESS);
      return;
    }
    net->output_sent += (gsize) sent;
    if (net->output_sent == size) {
      g_bytes_unref (g_queue_pop_head (&net->output));
      net->output_sent = 0;
      net->output_size -= size;
    }
  }
}

static gboolean
has_room (Net *net)
{
  return g_hash_table_size (net->errands) < TRUCE_NET_IN_FLIGHT && net->output_size < TRUCE_NET_OUTPUT_HIGH;
}

static void
start (Net *net, GVariant *request)
{
  gboolean ready;
  gpointer errand = net->trade->begin (request, &net->settings, &ready);

  if (ready) {
    queue_frame (net, net->trade->answers, net->trade->answer (errand));
    net->trade->free (errand);
    return;
  }
  g_hash_table_add (net->errands, errand);
  curl_multi_add_handle (net->multi, net->trade->easy (errand));
}

static void
start_waiting (Net *net)
{
  TruceWireKind kind;

  while (!net->ended && has_room (net)) {
    g_autoptr (GVariant) payload = truce_wire_reader_pop (net->reader, &kind);

    if (!payload)
      return;
    if (kind == net->trade->asks)
      start (net, payload);
    else {
      g_warning ("truced-net: unexpected frame of kind %d", (int) kind);
      end (net, EXIT_FAILURE);
    }
  }
}

static void
read_input (Net *net)
{
  static char buffer[READ_SIZE];
  g_autoptr (GError) error = NULL;
  ssize_t length = recv (TRUCED, buffer, sizeof buffer, MSG_DONTWAIT);

  if (length < 0 && (errno == EAGAIN || errno == EINTR))
    return;
  if (length <= 0)
    end (net, EXIT_SUCCESS);
  else if (!truce_wire_reader_push (net->reader, buffer, (gsize) length, &error)) {
    g_warning ("truced-net: %s", error->message);
    end (net, EXIT_FAILURE);
  }
}

/* Handles leave the multi handle here and not in a callback of libcurl's, which forbids it. */
static void
finish_ended (Net *net)
{
  CURLMsg *message;
  int waiting;

  while ((message = curl_multi_info_read (net->multi, &waiting))) {
    CURL *easy = message->easy_handle;
    CURLcode code = message->data.result; /* removing the handle takes the message with it */
    gpointer errand = NULL;

    curl_easy_getinfo (easy, CURLINFO_PRIVATE, (char **) &errand);
    curl_multi_remove_handle (net->multi, easy);
    if (net->trade->ended (errand, code)) {
      curl_multi_add_handle (net->multi, easy);
      continue;
    }
    queue_frame (net, net->trade->answers, net->trade->answer (errand));
    g_hash_table_remove (net->errands, errand);
  }
}

static void
wait_for_something (Net *net)
{
  short events = (short) ((has_room (net) ? POLLIN : 0) | (net->output.length > 0 ? POLLOUT : 0));
  struct curl_waitfd truced = { .fd = TRUCED, .events = events }; /* the bits are poll's */

  G_STATIC_ASSERT (CURL_WAIT_POLLIN == POLLIN && CURL_WAIT_POLLOUT == POLLOUT);
  if (g_hash_table_size (net->errands) == 0) {
    struct pollfd alone = { .fd = TRUCED, .events = events };

    if (poll (&alone, 1, CALM_MS) == 0) {
      malloc_trim (0); /* bodies and headers have been answered: an hour of idling is not to hold them */
      poll (&alone, 1, -1);
    }
    if (alone.revents)
      read_input (net);
    return;
  }
  /* With no events asked for a hang-up would still wake us, again and again. */
  curl_multi_poll (net->multi, &truced, events ? 1 : 0, LONGEST_WAIT_MS, NULL);
  if (truced.revents & CURL_WAIT_POLLIN)
    read_input (net);
}

static void
serve (Net *net)
{
  while (!net->ended) {
    int running;

    curl_multi_perform (net->multi, &running);
    finish_ended (net);
    write_output (net);
    start_waiting (net); /* last, so that nothing that could start is left in the reader while we wait */
    if (!net->ended)
      wait_for_something (net);
  }
}

/* 64 threads for the resolver, each with a stack and a heap of its own, would take more address space than is allowed.
 */
static void
keep_threads_small (void)
{
  pthread_attr_t attributes;

  mallopt (M_ARENA_MAX, 1);
  pthread_attr_init (&attributes);
  if (pthread_attr_setstacksize (&attributes, TRUCE_NET_STACK) == 0)
    pthread_setattr_default_np (&attributes);
  pthread_attr_destroy (&attributes);
}

/* Loads what the resolver opens at its first use: nsswitch.conf, resolv.conf, modules. */
static void
preload_resolver (void)
{
  struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
  struct addrinfo *found = NULL;

  if (getaddrinfo ("localhost", NULL, &hints, &found) == 0)
    freeaddrinfo (found);
}

static gboolean
read_options (int *argc, char ***argv, Net *net, GError **error)
{
  gint connect_ms = TRUCE_NET_CONNECT_TIMEOUT_MS, total_ms = TRUCE_NET_TOTAL_TIMEOUT_MS;
  gint low_speed_seconds = TRUCE_NET_LOW_SPEED_SECONDS;
  gboolean version = FALSE, deliver = FALSE;
  const GOptionEntry entries[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, "Print the version", NULL },
    { "deliver", 0, 0, G_OPTION_ARG_NONE, &deliver, "Deliver to sinks, and fetch nothing", NULL },
    /* Only for the tests, which need not wait for the real ones. */
    { "connect-timeout-ms", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT, &connect_ms, NULL, NULL },
    { "total-timeout-ms", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT, &total_ms, NULL, NULL },
    { "low-speed-seconds", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT, &low_speed_seconds, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- fetches for truced, which starts it");

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (version) {
    g_print ("truced-net %s, %s\n", TRUCED_VERSION, curl_version ());
    exit (EXIT_SUCCESS);
  }
  net->settings.timeouts = (TruceNetTimeouts){ connect_ms, total_ms, low_speed_seconds };
  net->trade = deliver ? &truce_net_delivering : &truce_net_fetching;
  return TRUE;
}

static void
open_net (Net *net)
{
  keep_threads_small ();
  if (curl_global_init (CURL_GLOBAL_DEFAULT) != CURLE_OK || !(net->multi = curl_multi_init ()))
    g_error ("truced-net: libcurl cannot be used");
  curl_multi_setopt (net->multi, CURLMOPT_MAXCONNECTS, (long) TRUCE_NET_CACHED_CONNECTIONS);
#if LIBCURL_VERSION_NUM >= 0x081400
  curl_multi_setopt (net->multi, CURLMOPT_QUICK_EXIT, 1L);
#endif
  net->errands = g_hash_table_new_full (NULL, NULL, net->trade->free, NULL);
  net->reader = truce_wire_reader_new ();
  g_queue_init (&net->output);
  preload_resolver ();
}

static void
close_net (Net *net)
{
  GHashTableIter each;
  gpointer errand;

  g_hash_table_iter_init (&each, net->errands);
  while (g_hash_table_iter_next (&each, &errand, NULL))
    curl_multi_remove_handle (net->multi, net->trade->easy (errand));
  g_hash_table_destroy (net->errands);
  g_queue_clear_full (&net->output, (GDestroyNotify) g_bytes_unref);
  truce_wire_reader_free (net->reader);
  curl_multi_cleanup (net->multi);
  curl_global_cleanup ();
}

int
main (int argc, char **argv)
{
  Net net = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *note = NULL;

  /* GLib's own choice may be the journal, whose socket the sandbox does not let us open. */
  g_log_set_writer_func (g_log_writer_standard_streams, NULL, NULL);
  if (!read_options (&argc, &argv, &net, &error)) {
    g_printerr ("truced-net: %s\n", error->message);
    return EXIT_FAILURE;
  }
  /* As with other programs: certificates to trust instead of the system's. */
  net.settings.ca_file = g_getenv ("SSL_CERT_FILE");
  open_net (&net);
  note = truce_sandbox_enter (TRUCE_SANDBOX_NET);
  queue_frame (&net, TRUCE_WIRE_READY, g_variant_new ("(us)", (guint32) TRUCE_WIRE_VERSION, note ? note : ""));
  serve (&net);
  close_net (&net);
  return net.exit_status;
}
