/* SPDX-License-Identifier: MIT */
/* metrics.h: how truced and its dates fare, in the text format of Prometheus. */
#pragma once

#include "engine/engine.h"

G_BEGIN_DECLS

/* (transfer full) */
char *truce_metrics_text (TruceEngine *engine);

G_END_DECLS
