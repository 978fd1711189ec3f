/* SPDX-License-Identifier: MIT */
/* hook.h: an alert as the request of HTTP that a receiver of webhooks understands. Pure; io/sink_net.c has it sent. */
#pragma once

#include "alert/alert.h"

G_BEGIN_DECLS

typedef enum {
  TRUCE_HOOK_JSON, /* the record as it is */
  TRUCE_HOOK_SLACK,
  TRUCE_HOOK_MATTERMOST,
  TRUCE_HOOK_NTFY,
  TRUCE_HOOK_MATRIX,
  TRUCE_HOOK_ALERTMANAGER,
} TruceHookFormat;
#define TRUCE_N_HOOK_FORMATS 6
extern const char *const truce_hook_formats[]; /* by TruceHookFormat, NULL-terminated */

/* Whereto, and when. */
typedef struct {
  TruceHookFormat format;
  const char *url;
  const char *room;    /* matrix: the room's id */
  const char *telling; /* names this telling of the alert (engine/ports.h); of characters that an address may have */
  TruceTime now;
} TruceHookPlace;

/* Owns its strings, but for the method. */
typedef struct {
  const char *method;
  char *url;
  char *body; /* JSON */
} TruceHookRequest;

/* What is wrong with `url` as an address for that format, or NULL. */
const char *truce_hook_url_fault (TruceHookFormat format, const char *url);
/* `place` must be without fault. */
void truce_hook_render (const TruceHookPlace *place, const TruceAlert *alert, TruceHookRequest *ret_request);
void truce_hook_request_clear (TruceHookRequest *request);

G_END_DECLS
