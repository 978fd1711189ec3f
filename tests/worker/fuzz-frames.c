/* SPDX-License-Identifier: MIT */
/* Bytes from the other end of a socket: whole and in pieces they must say the same. */
#include "worker/wire.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* The number of whole frames, or the negative of it minus one when the stream was refused. */
static int
read_frames (const uint8_t *data, size_t size, size_t chunk)
{
  g_autoptr (TruceWireReader) reader = truce_wire_reader_new ();
  gboolean sound = TRUE;
  GVariant *frame;
  int n = 0;

  for (size_t at = 0; sound && at < size; at += chunk)
    sound = truce_wire_reader_push (reader, data + at, MIN (chunk, size - at), NULL);
  while ((frame = truce_wire_reader_pop (reader, NULL))) {
    g_free (g_variant_print (frame, FALSE));
    g_variant_unref (frame);
    n++;
  }
  return sound ? n : -n - 1;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  int whole = read_frames (data, size, size > 0 ? size : 1);

  if (read_frames (data, size, 1) != whole || read_frames (data, size, 7) != whole)
    abort ();
  return 0;
}
