/* SPDX-License-Identifier: MIT */
/* date_private.h: the names that dates are written with. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* 1..12 for the beginning of a month's name in one of the common languages, 0 for no month. */
int truce_date_month (const char *word, gsize length);

/* Minutes east of UTC of a zone's name ("EST", "CEST", "Z"). FALSE: not known. */
gboolean truce_date_zone (const char *word, gsize length, int *ret_minutes);

/* Is it "ET" and the like, which mean standard time in winter and daylight time in summer? */
gboolean truce_date_is_american (const char *word, gsize length);

/* 1 for "am" and the like, 2 for "pm", 0 for neither. */
int truce_date_half_day (const char *word, gsize length);

G_END_DECLS
