/* SPDX-License-Identifier: MIT */
/* items.h: news items as JSON lines, the way match and simulate read them. */
#pragma once

#include <stdio.h>

#include "base/json.h"
#include "news/item.h"

G_BEGIN_DECLS

#define TRUCE_ITEM_LINE_MAX (1u << 20) /* bytes; an item is a headline and a summary */

/* Reads id, title, summary or lede, link or url, author, published, updated, categories; other keys are let be. Text is
 * cleaned as truced-parse cleans it. `published` may be a plain date, which is its first instant, UTC. NULL and an
 * error for an object whose members have other types, or no time where one is stated. */
TruceItem *truce_item_from_json (const json_t *object, GError **error);
/* The feed that it names: `feed` or `outlet`; (transfer none), NULL when it names none. */
const char *truce_item_feed_of (const json_t *object);

/* Called for each line that is an item, which is then the callee's. */
typedef void (*TruceItemLineFunc) (json_t *object, TruceItem *item /* (transfer full) */, gpointer user_data);
/* Reads lines until the end, blank ones skipped. Bad ones are said on standard error ("PATH:LINE: reason") and skipped;
 * FALSE when there were any, or the reading failed. `path` names the stream in messages. */
gboolean truce_items_read (FILE *stream, const char *path, TruceItemLineFunc line, gpointer user_data);
/* Opens `path` ("-": standard input); NULL after saying why. */
FILE *truce_items_open (const char *path);

G_END_DECLS
