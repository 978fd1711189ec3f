/* SPDX-License-Identifier: MIT */
/* date_private.h: the names that dates are written with, and the forms that most have. */
#pragma once

#include "base/time.h"

G_BEGIN_DECLS

/* Reads the two forms that nearly all dates have, from the first letter to the last. FALSE: the date may have another
 * form. */
gboolean truce_date_usual (const char *text, TruceTime *ret_at);

/* 1..12 for a month's English name of three letters, 0 for a weekday's, -1 for any other word. By far the most dates
 * have these. */
int truce_date_english_month (const char *word, gsize length);

/* 1..12 for the beginning of a month's name in one of the common languages, 0 for no month. */
int truce_date_month (const char *word, gsize length);

/* Minutes east of UTC of a zone's name ("EST", "CEST", "Z"). FALSE: not known. */
gboolean truce_date_zone (const char *word, gsize length, int *ret_minutes);

/* Is it "ET" and the like, which mean standard time in winter and daylight time in summer? */
gboolean truce_date_is_american (const char *word, gsize length);

/* 1 for "am" and the like, 2 for "pm", 0 for neither. */
int truce_date_half_day (const char *word, gsize length);

G_END_DECLS
