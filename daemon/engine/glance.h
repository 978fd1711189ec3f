/* SPDX-License-Identifier: MIT */
/* glance.h: what a panel shows of the engine: few values, each of which is cheap to have. */
#pragma once

#include "engine/engine.h"

G_BEGIN_DECLS

typedef struct {
  TruceTime due; /* the soonest date ahead; NONE: none is */
  char *milestone, *title;
  guint failing; /* feeds and calendars */
  guint unacknowledged;
  guint moves; /* that wait for an answer */
  gboolean network_down;
  gboolean clock_doubted; /* deadlines wait for a clock that can be right */
} TruceGlance;

void truce_glance_read (TruceEngine *engine, TruceGlance *ret_glance);
void truce_glance_clear (TruceGlance *glance);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TruceGlance, truce_glance_clear)

G_END_DECLS
