/* SPDX-License-Identifier: MIT */
/* lead.h: lead times: how long before a due date (30d), after it (+1d) or at it (0) people are told.
 *
 * Years, months, weeks and days count civil days in the span's zone and fall at `remind-at` of that day; a lead that
 * has hours, minutes or seconds is exact from the due instant (its civil part counted first). Before: from the earliest
 * instant. After: from the latest, for a span of days from its last day. */
#pragma once

#include "deadline/when.h"

G_BEGIN_DECLS

typedef struct {
  int months;     /* >= 0 */
  int days;       /* >= 0 */
  gint64 seconds; /* >= 0 */
  gboolean after; /* "+1d" */
} TruceLead;

#define TRUCE_LEADS_MAX 64               /* a milestone; more is a mistake, and a flood */
#define TRUCE_LEAD_TEXT_SIZE 64          /* longest canonical form and its NUL */
#define TRUCE_REMIND_AT_DEFAULT (9 * 60) /* 09:00, in minutes of the civil day */

/* Reads one lead: units y mo w d h m s, any number of them ("1y6mo", "1d12h"), "0", a leading "+" for after.
 * FALSE for anything else, `ret_lead` untouched. */
gboolean truce_lead_parse (const char *text, TruceLead *ret_lead);
/* The canonical form, which is a firing's identity: "30d" stays, "2w" is "14d", "0h" is "0". Writes and returns
 * `buffer`. */
const char *truce_lead_to_text (const TruceLead *lead, char buffer[TRUCE_LEAD_TEXT_SIZE]);
gboolean truce_lead_is_at (const TruceLead *lead); /* 0 */
/* When it falls for `span`. `remind_at` in minutes of the civil day. */
TruceTime truce_lead_instant (const TruceLead *lead, const TruceSpan *span, int remind_at);

G_END_DECLS
