/* SPDX-License-Identifier: MIT */
#include "worker/wire.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

GQuark
truce_wire_error_quark (void)
{
  return g_quark_from_static_string ("truce-wire-error-quark");
}

#define READ_SIZE (64u << 10) /* a socket buffer's worth: larger reads come back short anyway */

/* One per kind, its index being the kind. */
static const char *const payload_types[] = {
  NULL,
  "(tsssbu)",
  "(tuussssssxxay)",
  "(tssay)",
  "(ts(sssxuyya(sssssxxasas)))",
  "(us)",
  "(tsay)",
  "(ts(sbasasa(sussssssxxsxxasa(xb)a(ss)as)))",
  "(tssay)",
  "(ts(ssbasa(ssas)))",
  "(tssassssasuuay)",
  "(tuussxb)",
};
G_STATIC_ASSERT (G_N_ELEMENTS (payload_types) == TRUCE_WIRE_DELIVERED + 1);

typedef struct {
  TruceWireKind kind;
  GVariant *payload;
} Frame;

struct _TruceWireReader {
  GQueue whole; /* of Frame */
  guint8 header[TRUCE_WIRE_HEADER_SIZE];
  gsize header_filled;
  TruceWireKind kind; /* of the frame under way, once its header is whole */
  guint8 *payload;    /* allocated once, at the length that the header says */
  gsize payload_length;
  gsize payload_filled;
  GError *error; /* the first protocol error: the stream has no meaning after it */
};

const GVariantType *
truce_wire_type (TruceWireKind kind)
{
  guint number = kind;

  if (number >= G_N_ELEMENTS (payload_types) || !payload_types[number])
    return NULL;
  return G_VARIANT_TYPE (payload_types[number]);
}

static void
frame_free (gpointer data)
{
  Frame *frame = data;

  g_variant_unref (frame->payload);
  g_free (frame);
}

TruceWireReader *
truce_wire_reader_new (void)
{
  TruceWireReader *reader = g_new0 (TruceWireReader, 1);

  g_queue_init (&reader->whole);
  return reader;
}

void
truce_wire_reader_free (TruceWireReader *reader)
{
  if (!reader)
    return;
  g_queue_clear_full (&reader->whole, frame_free);
  g_free (reader->payload);
  g_clear_error (&reader->error);
  g_free (reader);
}

static guint32
read_u32 (const guint8 *bytes)
{
  guint32 value;

  memcpy (&value, bytes, sizeof value);
  return GUINT32_FROM_LE (value);
}

static void
write_u32 (guint8 *bytes, guint32 value)
{
  value = GUINT32_TO_LE (value);
  memcpy (bytes, &value, sizeof value);
}

/* Little-endian form from or to the machine's. Consumes `value`. */
static GVariant *
swap_to_little (GVariant *value)
{
#if G_BYTE_ORDER == G_BIG_ENDIAN
  GVariant *swapped = g_variant_byteswap (value);
  g_variant_unref (value);
  return swapped;
#else
  return value;
#endif
}

static gboolean
begin_payload (TruceWireReader *reader)
{
  guint32 length = read_u32 (reader->header);
  guint32 kind = read_u32 (reader->header + 4);

  if (!truce_wire_type (kind)) {
    reader->error = g_error_new (TRUCE_WIRE_ERROR, TRUCE_WIRE_ERROR_KIND, "Frame of unknown kind %u", kind);
    return FALSE;
  }
  if (length == 0 || length > TRUCE_WIRE_PAYLOAD_MAX) {
    reader->error = g_error_new (TRUCE_WIRE_ERROR, TRUCE_WIRE_ERROR_LENGTH, "Frame with a payload of %u bytes", length);
    return FALSE;
  }
  reader->kind = kind;
  reader->payload = g_malloc (length);
  reader->payload_length = length;
  reader->payload_filled = 0;
  return TRUE;
}

/* Is it as we would have written it? GLib looks at a document's bytes one by one, each of which can only be right: so a
 * payload that ends in a document is written again around it and compared. */
static gboolean
is_normal_form (GVariant *payload)
{
  gsize n = g_variant_n_children (payload), size = g_variant_get_size (payload);
  g_autoptr (GVariant) last = g_variant_get_child_value (payload, n - 1);
  g_autoptr (GVariant) again = NULL;
  GVariantBuilder builder;
  gboolean fine = TRUE;

  if (!g_variant_is_of_type (last, G_VARIANT_TYPE_BYTESTRING))
    return g_variant_is_normal_form (payload);
  g_variant_builder_init (&builder, g_variant_get_type (payload));
  for (gsize i = 0; i + 1 < n; i++) {
    g_autoptr (GVariant) child = g_variant_get_child_value (payload, i);
    fine &= g_variant_is_normal_form (child);
    g_variant_builder_add_value (&builder, child);
  }
  g_variant_builder_add_value (&builder, last);
  again = g_variant_ref_sink (g_variant_builder_end (&builder));
  return fine && g_variant_get_size (again) == size &&
         memcmp (g_variant_get_data (again), g_variant_get_data (payload), size) == 0;
}

static gboolean
finish_payload (TruceWireReader *reader)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&reader->payload), reader->payload_length);
  GVariant *payload = g_variant_ref_sink (g_variant_new_from_bytes (truce_wire_type (reader->kind), bytes, FALSE));
  Frame *frame;

  reader->header_filled = 0;
  payload = swap_to_little (payload);
  if (!is_normal_form (payload)) {
    g_variant_unref (payload);
    reader->error = g_error_new (TRUCE_WIRE_ERROR, TRUCE_WIRE_ERROR_PAYLOAD,
                                 "Frame of kind %d whose payload is not in normal form", reader->kind);
    return FALSE;
  }
  frame = g_new (Frame, 1);
  frame->kind = reader->kind;
  frame->payload = payload;
  g_queue_push_tail (&reader->whole, frame);
  return TRUE;
}

/* Moves what `target` still lacks from the bytes. TRUE when it is whole. */
static gboolean
fill (guint8 *target, gsize *filled, gsize wanted, const guint8 **bytes, gsize *length)
{
  gsize part = MIN (wanted - *filled, *length);

  memcpy (target + *filled, *bytes, part);
  *filled += part;
  *bytes += part;
  *length -= part;
  return *filled == wanted;
}

gboolean
truce_wire_reader_push (TruceWireReader *reader, const void *bytes, gsize length, GError **error)
{
  const guint8 *rest = bytes;

  while (!reader->error && length > 0) {
    if (!reader->payload) {
      if (fill (reader->header, &reader->header_filled, sizeof reader->header, &rest, &length))
        begin_payload (reader);
    } else if (fill (reader->payload, &reader->payload_filled, reader->payload_length, &rest, &length)) {
      finish_payload (reader);
    }
  }
  if (!reader->error)
    return TRUE;
  g_propagate_error (error, g_error_copy (reader->error));
  return FALSE;
}

GVariant *
truce_wire_reader_pop (TruceWireReader *reader, TruceWireKind *ret_kind)
{
  g_autofree Frame *frame = g_queue_pop_head (&reader->whole);

  if (!frame)
    return NULL;
  if (ret_kind)
    *ret_kind = frame->kind;
  return frame->payload;
}

GBytes *
truce_wire_frame (TruceWireKind kind, GVariant *payload)
{
  g_autoptr (GVariant) little = swap_to_little (g_variant_ref_sink (payload));
  gsize length = g_variant_get_size (little);
  guint8 *frame;

  g_return_val_if_fail (truce_wire_type (kind) && g_variant_is_of_type (little, truce_wire_type (kind)), NULL);
  if (length > TRUCE_WIRE_PAYLOAD_MAX)
    return NULL;
  frame = g_malloc (TRUCE_WIRE_HEADER_SIZE + length);
  write_u32 (frame, (guint32) length);
  write_u32 (frame + 4, kind);
  g_variant_store (little, frame + TRUCE_WIRE_HEADER_SIZE);
  return g_bytes_new_take (frame, TRUCE_WIRE_HEADER_SIZE + length);
}

static void
set_io_error (GError **error, int code, const char *doing)
{
  gboolean gone = code == EPIPE || code == ECONNRESET;

  g_set_error (error, TRUCE_WIRE_ERROR, gone ? TRUCE_WIRE_ERROR_CLOSED : TRUCE_WIRE_ERROR_IO, "%s: %s", doing,
               g_strerror (code));
}

GVariant *
truce_wire_read (int fd, TruceWireReader *reader, TruceWireKind *ret_kind, GError **error)
{
  g_autofree guint8 *chunk = NULL;
  GVariant *payload;

  while (!(payload = truce_wire_reader_pop (reader, ret_kind))) {
    ssize_t n;

    if (!chunk)
      chunk = g_malloc (READ_SIZE);
    n = read (fd, chunk, READ_SIZE);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0) {
      set_io_error (error, errno, "Reading a frame");
      return NULL;
    }
    if (n == 0) {
      g_set_error_literal (error, TRUCE_WIRE_ERROR, TRUCE_WIRE_ERROR_CLOSED, "The other end has closed");
      return NULL;
    }
    if (!truce_wire_reader_push (reader, chunk, (gsize) n, error))
      return NULL;
  }
  return payload;
}

gboolean
truce_wire_write (int fd, TruceWireKind kind, GVariant *payload, GError **error)
{
  g_autoptr (GBytes) frame = truce_wire_frame (kind, payload);
  const guint8 *rest;
  gsize length;

  if (!frame) {
    g_set_error (error, TRUCE_WIRE_ERROR, TRUCE_WIRE_ERROR_LENGTH, "A frame of kind %d would be over %u bytes", kind,
                 TRUCE_WIRE_PAYLOAD_MAX);
    return FALSE;
  }
  rest = g_bytes_get_data (frame, &length);
  while (length > 0) {
    ssize_t n = write (fd, rest, length);

    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0) {
      set_io_error (error, errno, "Writing a frame");
      return FALSE;
    }
    rest += n;
    length -= (gsize) n;
  }
  return TRUE;
}
