/* SPDX-License-Identifier: MIT */
/* except.h: what is left out of a series, as people state it. */
#pragma once

#include "deadline/series.h"

G_BEGIN_DECLS

/* Leaves out the occurrences of `text`, dates parted by commas: days, moments (the day counts) or spans of days such as
 * 2026-12-24/2027-01-02. `doubts` (element-type utf8) gets a sentence for each that no occurrence falls on. FALSE and
 * an error naming the one that is not understood. */
gboolean truce_series_except (TruceSeries *series, const char *text, GPtrArray *doubts, GError **error);

G_END_DECLS
