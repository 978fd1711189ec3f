/* SPDX-License-Identifier: MIT */
/* The real truced-parse behind its socket, as truced runs it. */
#include "worker/parse/parse.h"
#include "worker/wire.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define ANSWER_MS 30000 /* of waiting for a busy machine */

typedef struct {
  pid_t pid;
  int fd;
  TruceWireReader *reader;
  char *note;
} Worker;

static void
exec_worker (int fd)
{
  const char *folder = g_getenv ("TRUCED_LIBEXEC");
  g_autofree char *program = g_build_filename (folder ? folder : ".", "truced-parse", NULL);
  int null = open ("/dev/null", O_WRONLY);

  dup2 (fd, STDIN_FILENO);
  dup2 (null, STDOUT_FILENO);
  execl (program, "truced-parse", NULL);
  _exit (127);
}

/* The next frame, or NULL when the worker has gone. */
static GVariant *
receive (Worker *worker, TruceWireKind expected)
{
  struct pollfd waiting = { .fd = worker->fd, .events = POLLIN };
  TruceWireKind kind;
  GVariant *frame;

  g_assert_cmpint (poll (&waiting, 1, ANSWER_MS), ==, 1);
  frame = truce_wire_read (worker->fd, worker->reader, &kind, NULL);
  if (frame)
    g_assert_cmpint (kind, ==, expected);
  return frame;
}

static Worker *
worker_start (void)
{
  Worker *worker = g_new0 (Worker, 1);
  g_autoptr (GVariant) ready = NULL;
  guint32 version;
  int ends[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), ==, 0);
  worker->pid = fork ();
  if (worker->pid == 0)
    exec_worker (ends[1]);
  close (ends[1]);
  worker->fd = ends[0];
  worker->reader = truce_wire_reader_new ();
  ready = receive (worker, TRUCE_WIRE_READY);
  g_assert_nonnull (ready);
  g_variant_get (ready, "(us)", &version, &worker->note);
  g_assert_cmpuint (version, ==, TRUCE_WIRE_VERSION);
  return worker;
}

/* Closes our end and returns how the worker ended. */
static int
worker_end (Worker *worker)
{
  int status;

  close (worker->fd);
  g_assert_cmpint (waitpid (worker->pid, &status, 0), ==, worker->pid);
  truce_wire_reader_free (worker->reader);
  g_free (worker->note);
  g_free (worker);
  return status;
}

static void
send_document (Worker *worker, guint64 request, const char *text, gsize length)
{
  GVariant *body = g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, text, length, 1);

  g_assert_true (truce_wire_write (worker->fd, TRUCE_WIRE_PARSE,
                                   g_variant_new ("(tss@ay)", request, "https://example.org/f.xml", "", body), NULL));
}

static void
assert_left (int status, int code)
{
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, code);
}

/* Every fixture gives the same in the sandbox as outside it: whatever an encoding or a format needs was loaded before.
 */
static void
test_serves (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "feeds", NULL);
  g_autoptr (GDir) names = g_dir_open (folder, 0, NULL);
  Worker *worker = worker_start ();
  guint64 request = 0;
  const char *name;

  while ((name = g_dir_read_name (names))) {
    g_autofree char *path = g_build_filename (folder, name, NULL), *text = NULL;
    g_autoptr (TruceFeedDocument) document = NULL;
    g_autoptr (GVariant) want = NULL, got = NULL;
    g_autoptr (GBytes) body = NULL;
    g_autoptr (GError) error = NULL;
    gsize length;

    g_assert_true (g_file_get_contents (path, &text, &length, NULL));
    body = g_bytes_new (text, length);
    document = truce_parse_feed (body, "https://example.org/f.xml", "", &error);
    request++;
    want = g_variant_ref_sink (truce_parse_answer (request, document, error ? error->message : ""));
    send_document (worker, request, text, length);
    got = receive (worker, TRUCE_WIRE_PARSED);
    g_assert_nonnull (got);
    g_assert_true (g_variant_equal (got, want));
  }
  g_assert_cmpuint (request, >, 80);
  assert_left (worker_end (worker), 0);
}

static void
test_confined (void)
{
  Worker *worker = worker_start ();
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", worker->pid), *status = NULL;

  if (*worker->note)
    g_test_skip (worker->note);
  g_assert_true (g_file_get_contents (path, &status, NULL, NULL));
  g_assert_nonnull (strstr (status, "NoNewPrivs:\t1"));
  if (!strstr (worker->note, "seccomp"))
    g_assert_nonnull (strstr (status, "Seccomp:\t2"));
  assert_left (worker_end (worker), 0);
}

/* libxml2 2.9 takes time that grows with the square of an element's attributes, within no callback: only the CPU limit
 * ends it. Later versions refuse it at once. */
static void
test_attribute_bomb (void)
{
  Worker *worker = worker_start ();
  GString *bomb = g_string_new ("<rss version='2.0'><channel");
  g_autoptr (GVariant) answer = NULL;
  int status;

  for (guint i = 0; i < 400000; i++)
    g_string_append_printf (bomb, " a%u='%u'", i, i);
  g_string_append (bomb, "><item><title>x</title></item></channel></rss>");
  send_document (worker, 1, bomb->str, bomb->len);
  g_string_free (bomb, TRUE);
  answer = receive (worker, TRUCE_WIRE_PARSED);
  status = worker_end (worker);
  if (answer) {
    assert_left (status, 0);
  } else {
    g_assert_true (WIFSIGNALED (status));
    g_assert_cmpint (WTERMSIG (status), ==, SIGXCPU);
  }
}

static void
test_largest_body (void)
{
  Worker *worker = worker_start ();
  GString *text = g_string_new ("<rss version='2.0'><channel><title>Long</title><item><title>First</title></item>");
  g_autoptr (GVariant) answer = NULL;
  const char *error;

  while (text->len < TRUCE_BODY_MAX - 100)
    g_string_append (text, "<other>0123456789 0123456789 0123456789 0123456789</other>\n");
  g_string_append (text, "</channel></rss>");
  send_document (worker, 1, text->str, text->len);
  g_string_free (text, TRUE);
  answer = receive (worker, TRUCE_WIRE_PARSED);
  g_assert_nonnull (answer);
  g_variant_get_child (answer, 1, "&s", &error);
  g_assert_cmpstr (error, ==, "");
  assert_left (worker_end (worker), 0);
}

/* What is no frame of ours, it does not try to make sense of. */
static void
test_garbage (void)
{
  static const char garbage[] = "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n";
  Worker *worker = worker_start ();

  g_assert_cmpint (write (worker->fd, garbage, sizeof garbage), ==, sizeof garbage);
  g_assert_null (receive (worker, TRUCE_WIRE_PARSED));
  assert_left (worker_end (worker), 1);

  worker = worker_start ();
  g_assert_true (truce_wire_write (worker->fd, TRUCE_WIRE_READY, g_variant_new ("(us)", 1u, ""), NULL));
  g_assert_null (receive (worker, TRUCE_WIRE_PARSED));
  assert_left (worker_end (worker), 1);
}

static void
test_gone (void)
{
  Worker *worker = worker_start ();

  /* Within a frame. */
  g_assert_cmpint (write (worker->fd, "\x40\0\0\0\x03", 5), ==, 5);
  assert_left (worker_end (worker), 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  signal (SIGPIPE, SIG_IGN);
  truce_parse_preload ();
  g_test_add_func ("/worker/serves", test_serves);
  g_test_add_func ("/worker/confined", test_confined);
  g_test_add_func ("/worker/attribute-bomb", test_attribute_bomb);
  g_test_add_func ("/worker/largest-body", test_largest_body);
  g_test_add_func ("/worker/garbage", test_garbage);
  g_test_add_func ("/worker/gone", test_gone);
  return g_test_run ();
}
