/* SPDX-License-Identifier: MIT */
/* outline.h: lists of feeds: what an OPML file subscribes to, or what a web page says are its feeds. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TRUCE_OUTLINE_FEEDS_MAX 5000 /* of one list */

/* Texts are clean, a line each. */
typedef struct {
  char *url;          /* http(s) */
  char *title;        /* "" none */
  GPtrArray *folders; /* char *: the folders that it is in, outermost first, and its categories */
} TruceOutline;

TruceOutline *truce_outline_new (const char *url, const char *title);
void truce_outline_free (TruceOutline *outline);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceOutline, truce_outline_free)

typedef struct {
  char *format;        /* "opml" or "html" */
  char *title;         /* of the list; "" none */
  gboolean truncated;  /* there were more */
  GPtrArray *feeds;    /* TruceOutline *, each address once */
  GPtrArray *left_out; /* char *: what is no feed that can be polled, a sentence each */
} TruceOutlineList;

TruceOutlineList *truce_outline_list_new (void);
void truce_outline_list_free (TruceOutlineList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceOutlineList, truce_outline_list_free)

/* `feeds` (TruceOutline *) as an OPML 2.0 document: each in its first folder, with all of them as its categories.
 * (transfer full) */
char *truce_outline_to_opml (GPtrArray *feeds, const char *title);

G_END_DECLS
