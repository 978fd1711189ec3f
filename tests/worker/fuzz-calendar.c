/* SPDX-License-Identifier: MIT */
/* A calendar: what comes out is a frame that fits, whatever went in. Rules are kept to days and above, whose search for
 * an occurrence ends; a minute's rule would be libical's to hang on, and is never given to it. */
#include "worker/parse/calendar.h"
#include "worker/parse/parse.h"
#include "worker/wire.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static gboolean ready = FALSE;
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  g_autoptr (GVariant) answer = NULL, calendar = NULL;
  g_autoptr (GVariantIter) events = NULL;
  const char *error;

  if (!ready) {
    truce_parse_preload ();
    truce_calendar_preload ();
    ready = TRUE;
  }
  answer = g_variant_ref_sink (truce_calendar_answer (1, body, NULL));
  if (g_variant_get_size (answer) > TRUCE_WIRE_PAYLOAD_MAX || !g_variant_is_normal_form (answer) ||
      !g_variant_is_of_type (answer, truce_wire_type (TRUCE_WIRE_CALENDAR)))
    abort ();
  g_variant_get_child (answer, 1, "&s", &error);
  calendar = g_variant_get_child_value (answer, 2);
  g_variant_get_child (calendar, 2, "a*", &events);
  if (*error && g_variant_iter_n_children (events) > 0)
    abort ();
  return 0;
}
