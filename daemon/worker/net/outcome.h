/* SPDX-License-Identifier: MIT */
/* outcome.h: what is told of a fetch: the FETCHED frame's values. */
#pragma once

#include <curl/curl.h>

#include "engine/ports.h"

G_BEGIN_DECLS

/* A value with owned strings, all NULL for none: zeroed, filled in, clear. */
typedef struct {
  TruceFetchResult result;
  guint status;
  char *error;
  char *final_url;
  char *moved_to;
  char *etag, *last_modified, *content_type;
  TruceTime max_age, retry_after; /* lengths */
} TruceOutcome;

void truce_outcome_clear (TruceOutcome *outcome);

/* Reads the headers of the last answer on `easy`. */
void truce_outcome_read_headers (TruceOutcome *outcome, CURL *easy);

/* `body` NULL for none. (transfer full, floating) */
GVariant *truce_outcome_to_variant (const TruceOutcome *outcome, guint64 request, GBytes *body);

G_END_DECLS
