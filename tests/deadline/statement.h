/* SPDX-License-Identifier: MIT */
/* statement.h: spans and instants for tests, from the words they are stated in. A statement that is not understood ends
 * the test. */
#pragma once

#include "deadline/when.h"

static inline TruceTime
time_of (const char *text)
{
  TruceTime at = 0;

  if (!truce_time_from_text (text, &at))
    g_error ("'%s' is no instant", text);
  return at;
}

static inline void
span_of (const char *text, const char *zone_name, TruceSpan *ret_span)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TruceZone) zone = truce_zone_new (zone_name, &error);
  g_autoptr (TruceWhen) when = zone ? truce_when_parse (text, zone, &error) : NULL;

  if (!when || !truce_when_resolve (when, NULL, ret_span, NULL, &error))
    g_error ("'%s' in %s: %s", text, zone_name, error->message);
}
