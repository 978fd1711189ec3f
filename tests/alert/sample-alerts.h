/* SPDX-License-Identifier: MIT */
/* sample-alerts.h: one alert of each kind, for the tests of all that shows them. */
#pragma once

#include "alert/alert.h"

/* Tue 5 Aug 2025 09:00 EDT */
#define SAMPLE_RAISED ((TruceTime) 1754398800 * TRUCE_SECOND)
/* Tue 12 Aug 2025 00:01 EDT */
#define SAMPLE_DUE ((TruceTime) 1754971260 * TRUCE_SECOND)

/* Mon 10 Nov 2025, its first instant there */
#define SAMPLE_NEW_DUE ((TruceTime) 1762750800 * TRUCE_SECOND)

/* Titles and bodies are of alert.c's making where it makes them. The news is hostile: quotes, brackets, escapes, line
 * breaks, a NUL written out, several scripts. (transfer full) */
TruceAlert *sample_alert (TruceAlertKind kind);
