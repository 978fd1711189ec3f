/* SPDX-License-Identifier: MIT */
#include "worker/wire.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const char *const samples[] = {
  [TRUCE_WIRE_FETCH] = "(7, 'https://example.org/feed', '\"etag\"', '', true, 3)",
  [TRUCE_WIRE_FETCHED] = "(7, 0, 200, '', 'https://example.org/f', '', 'W/\"x\"', 'Mon', 'text/xml', 3600000000, 0,"
                         " [0x3c, 0x72])",
  [TRUCE_WIRE_PARSE] = "(8, 'https://example.org/', 'application/rss+xml', [0x00, 0xff, 0x3c])",
  [TRUCE_WIRE_PARSED] = "(8, '', ('Title', '', 'rss', 0, 5, 0x40, 0x03,"
                        " [('id', 'l', 't', 's', '', 9223372036854775807, 5, ['a', 'b'], [])]))",
  [TRUCE_WIRE_READY] = "(1, 'note')",
  [TRUCE_WIRE_PARSE_CALENDAR] = "(9, 'text/calendar', [0x42, 0x00, 0xff])",
  [TRUCE_WIRE_CALENDAR] =
      "(9, '', ('Name', true, ['left out'], ['unread'], [('uid', 2, 'Title', '', 'cancelled', '2036-04-15', '', '', 1,"
      " 9223372036854775807, 'FREQ=YEARLY', 3, 4, ['a'], [(-3600, true)], [('due', '2036')], ['2036-05-15'])]))",
  [TRUCE_WIRE_PARSE_OUTLINE] = "(10, 'https://example.org/', 'text/html', [0x3c, 0x00])",
  [TRUCE_WIRE_OUTLINE] = "(10, '', ('opml', 'Title', true, ['left out'], [('https://a/', 'A', ['x', 'y'])]))",
  [TRUCE_WIRE_DELIVER] = "(11, 'POST', 'https://example.org/', ['A: b'], 'me', 'x', '', @as [], 30000, 1, [0x7b, 0x00])",
  [TRUCE_WIRE_DELIVERED] = "(11, 0, 200, '', 'ok', 7000000, true)",
};

static GVariant *
sample (TruceWireKind kind)
{
  g_autoptr (GError) error = NULL;
  GVariant *value = g_variant_parse (truce_wire_type (kind), samples[kind], NULL, NULL, &error);

  g_assert_no_error (error);
  return value;
}

/* Sample frames of every kind, end to end. */
static GByteArray *
sample_stream (void)
{
  GByteArray *stream = g_byte_array_new ();

  for (TruceWireKind kind = TRUCE_WIRE_FETCH; kind <= TRUCE_WIRE_DELIVERED; kind++) {
    g_autoptr (GVariant) value = sample (kind);
    g_autoptr (GBytes) frame = truce_wire_frame (kind, value);

    g_byte_array_append (stream, g_bytes_get_data (frame, NULL), (guint) g_bytes_get_size (frame));
  }
  return stream;
}

static void
test_round_trip (void)
{
  g_autoptr (GByteArray) stream = sample_stream ();

  for (gsize chunk = 1; chunk <= stream->len; chunk++) {
    g_autoptr (TruceWireReader) reader = truce_wire_reader_new ();
    TruceWireKind expected = TRUCE_WIRE_FETCH, kind;
    GVariant *got;

    for (gsize at = 0; at < stream->len; at += chunk) {
      g_autoptr (GError) error = NULL;

      g_assert_true (truce_wire_reader_push (reader, stream->data + at, MIN (chunk, stream->len - at), &error));
      g_assert_no_error (error);
      while ((got = truce_wire_reader_pop (reader, &kind))) {
        g_autoptr (GVariant) want = sample (expected);

        g_assert_cmpint (kind, ==, expected);
        g_assert_true (g_variant_equal (got, want));
        g_variant_unref (got);
        expected++;
      }
    }
    g_assert_cmpint (expected, ==, TRUCE_WIRE_DELIVERED + 1);
  }
}

static void
expect_refused (const guint8 *bytes, gsize length, TruceWireError code)
{
  g_autoptr (TruceWireReader) reader = truce_wire_reader_new ();
  g_autoptr (GByteArray) stream = sample_stream ();
  g_autoptr (GError) error = NULL, again = NULL;

  g_assert_false (truce_wire_reader_push (reader, bytes, length, &error));
  g_assert_error (error, TRUCE_WIRE_ERROR, (int) code);
  g_assert_null (truce_wire_reader_pop (reader, NULL));
  /* For good: sound frames after it are not believed either. */
  g_assert_false (truce_wire_reader_push (reader, stream->data, stream->len, &again));
  g_assert_error (again, TRUCE_WIRE_ERROR, (int) code);
  g_assert_null (truce_wire_reader_pop (reader, NULL));
}

static void
put_u32 (guint8 *at, guint32 value)
{
  value = GUINT32_TO_LE (value);
  memcpy (at, &value, sizeof value);
}

static void
test_headers_refused (void)
{
  static const guint32 kinds[] = { 0, TRUCE_WIRE_DELIVERED + 1, 0x100, 0x80000001u, G_MAXUINT32 };
  static const guint32 lengths[] = { 0, TRUCE_WIRE_PAYLOAD_MAX + 1, 0x80000000u, G_MAXUINT32 };
  guint8 header[TRUCE_WIRE_HEADER_SIZE];

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    put_u32 (header, 16);
    put_u32 (header + 4, kinds[i]);
    expect_refused (header, sizeof header, TRUCE_WIRE_ERROR_KIND);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++) {
    put_u32 (header, lengths[i]);
    put_u32 (header + 4, TRUCE_WIRE_PARSE);
    expect_refused (header, sizeof header, TRUCE_WIRE_ERROR_LENGTH);
  }
}

/* Every truncation of every kind's payload, declared as such, has an offset or a NUL too few. */
static void
test_short_payloads_refused (void)
{
  for (TruceWireKind kind = TRUCE_WIRE_FETCH; kind <= TRUCE_WIRE_DELIVERED; kind++) {
    g_autoptr (GVariant) value = sample (kind);
    g_autoptr (GBytes) frame = truce_wire_frame (kind, value);
    gsize length;
    const guint8 *bytes = g_bytes_get_data (frame, &length);

    for (gsize kept = 1; kept < length - TRUCE_WIRE_HEADER_SIZE; kept++) {
      g_autofree guint8 *cut = g_memdup2 (bytes, TRUCE_WIRE_HEADER_SIZE + kept);

      put_u32 (cut, (guint32) kept);
      expect_refused (cut, TRUCE_WIRE_HEADER_SIZE + kept, TRUCE_WIRE_ERROR_PAYLOAD);
    }
  }
}

static void
test_bad_text_refused (void)
{
  g_autoptr (GVariant) value = sample (TRUCE_WIRE_READY);
  g_autoptr (GBytes) frame = truce_wire_frame (TRUCE_WIRE_READY, value);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (frame, &length);
  g_autofree guint8 *bad = g_memdup2 (bytes, length);

  /* After the header and the number is the text: a byte that no UTF-8 has, then an embedded NUL. */
  bad[TRUCE_WIRE_HEADER_SIZE + 4] = 0xff;
  expect_refused (bad, length, TRUCE_WIRE_ERROR_PAYLOAD);
  bad[TRUCE_WIRE_HEADER_SIZE + 4] = 0;
  expect_refused (bad, length, TRUCE_WIRE_ERROR_PAYLOAD);
}

/* Any single flipped bit is refused, or changes what is said, but never crashes or passes unnoticed. */
/* Whatever the payload is, it is taken exactly when GLib finds it in normal form. */
static void
assert_judged_as_by_glib (TruceWireKind kind, const guint8 *frame, gsize length, gboolean taken)
{
  g_autoptr (GBytes) bytes = g_bytes_new (frame + TRUCE_WIRE_HEADER_SIZE, length - TRUCE_WIRE_HEADER_SIZE);
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_from_bytes (truce_wire_type (kind), bytes, FALSE));

  g_assert_cmpint (taken, ==, g_variant_is_normal_form (value));
}

static void
test_flipped_bits (void)
{
  for (TruceWireKind kind = TRUCE_WIRE_FETCH; kind <= TRUCE_WIRE_DELIVERED; kind++) {
    g_autoptr (GVariant) value = sample (kind);
    g_autoptr (GBytes) frame = truce_wire_frame (kind, value);
    gsize length;
    const guint8 *bytes = g_bytes_get_data (frame, &length);

    for (gsize bit = 0; bit < length * 8; bit++) {
      g_autofree guint8 *flipped = g_memdup2 (bytes, length);
      g_autoptr (TruceWireReader) reader = truce_wire_reader_new ();
      TruceWireKind got_kind;

      flipped[bit / 8] = (guint8) (flipped[bit / 8] ^ (1u << (bit % 8)));
      gboolean taken = truce_wire_reader_push (reader, flipped, length, NULL);
      if (bit >= TRUCE_WIRE_HEADER_SIZE * 8 && G_BYTE_ORDER == G_LITTLE_ENDIAN)
        assert_judged_as_by_glib (kind, flipped, length, taken);
      if (taken) {
        g_autoptr (GVariant) got = truce_wire_reader_pop (reader, &got_kind);

        if (got)
          g_assert_false (got_kind == kind && g_variant_equal (got, value));
      }
    }
  }
}

static void
test_frame_limit (void)
{
  g_autofree guint8 *zeros = g_malloc0 (TRUCE_WIRE_PAYLOAD_MAX + 1);
  GVariant *body = g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, zeros, TRUCE_WIRE_PAYLOAD_MAX, 1);

  g_assert_null (truce_wire_frame (TRUCE_WIRE_PARSE, g_variant_new ("(tss@ay)", (guint64) 1, "", "", body)));
}

typedef struct {
  int fd;
  GVariant *payload;
} Writing;

static gpointer
write_one (gpointer data)
{
  Writing *writing = data;
  g_autoptr (GError) error = NULL;

  truce_wire_write (writing->fd, TRUCE_WIRE_PARSE, writing->payload, &error);
  g_assert_no_error (error);
  close (writing->fd);
  return NULL;
}

static void
test_blocking (void)
{
  g_autofree guint8 *body = g_malloc (TRUCE_BODY_MAX);
  g_autoptr (TruceWireReader) reader = truce_wire_reader_new ();
  g_autoptr (GVariant) want = NULL, got = NULL;
  g_autoptr (GError) error = NULL;
  TruceWireKind kind;
  GThread *thread;
  int ends[2];

  memset (body, 'x', TRUCE_BODY_MAX);
  want = g_variant_ref_sink (g_variant_new ("(tss@ay)", (guint64) 1, "b", "c",
                                            g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, body, TRUCE_BODY_MAX, 1)));
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, ends), ==, 0);
  thread = g_thread_new ("writer", write_one, &(Writing){ ends[0], want });
  got = truce_wire_read (ends[1], reader, &kind, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kind, ==, TRUCE_WIRE_PARSE);
  /* g_variant_equal() would print both. */
  g_assert_cmpuint (g_variant_get_size (got), ==, g_variant_get_size (want));
  g_assert_true (memcmp (g_variant_get_data (got), g_variant_get_data (want), g_variant_get_size (want)) == 0);
  g_thread_join (thread);
  g_assert_null (truce_wire_read (ends[1], reader, &kind, &error));
  g_assert_error (error, TRUCE_WIRE_ERROR, TRUCE_WIRE_ERROR_CLOSED);
  close (ends[1]);
}

static void
test_types (void)
{
  g_assert_null (truce_wire_type (0));
  g_assert_null (truce_wire_type (TRUCE_WIRE_DELIVERED + 1));
  for (TruceWireKind kind = TRUCE_WIRE_FETCH; kind <= TRUCE_WIRE_DELIVERED; kind++)
    g_assert_true (g_variant_type_is_tuple (truce_wire_type (kind)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/types", test_types);
  g_test_add_func ("/wire/round-trip", test_round_trip);
  g_test_add_func ("/wire/headers-refused", test_headers_refused);
  g_test_add_func ("/wire/short-payloads-refused", test_short_payloads_refused);
  g_test_add_func ("/wire/bad-text-refused", test_bad_text_refused);
  g_test_add_func ("/wire/flipped-bits", test_flipped_bits);
  g_test_add_func ("/wire/frame-limit", test_frame_limit);
  g_test_add_func ("/wire/blocking", test_blocking);
  return g_test_run ();
}
