/* SPDX-License-Identifier: MIT */
/* popup.h: what a popup says: alerts as the texts, hints and buttons of the Desktop Notifications specification. */
#pragma once

#include "alert/alert.h"

G_BEGIN_DECLS

#define TRUCE_POPUP_FLOOD 5         /* more alerts at once than this become one popup */
#define TRUCE_POPUP_SUMMARY_MAX 240 /* bytes: a popup shows two lines at most */
#define TRUCE_POPUP_BODY_MAX 800    /* bytes: a popup is no page */

typedef struct {
  char *cause;   /* a later popup of the same cause takes this one's place */
  char *summary; /* plain */
  char *body;    /* escaped when the server reads markup */
  const char *category;
  TruceUrgency urgency;
  char *url;        /* what Open opens; NULL: no such button */
  char *move;       /* the id of what Accept accepts; NULL: no such button */
  char **alerts;    /* ids that it tells */
  GPtrArray *told;  /* TruceAlert *, those alerts, where there are several; else NULL */
  gboolean away;    /* of several: "while you were away" */
  gboolean partial; /* it does not name all of them */
  char **covers;    /* of a digest: the causes of what is in it, whose popups it takes the place of; NULL */
  TruceTime since;  /* the earliest of them was raised then */
  TruceTime grown;  /* the state of a story that it tells: when that last grew; NONE */
  gboolean silent;  /* it only brings up to date what is on the screen */
} TrucePopup;

void truce_popup_free (TrucePopup *popup);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrucePopup, truce_popup_free)

/* One alert. `origin` tells the alerts of two buses apart. */
TrucePopup *truce_popup_for_alert (const TruceAlert *alert, const char *origin, gboolean markup);

/* Many (TruceAlert *, oldest first): "12 alerts while you were away" when `away`, and the titles of those that matter
 * most; of several about one thing, such as a date that draws near, the last. */
TrucePopup *truce_popup_for_many (const GPtrArray *alerts, const char *origin, gboolean away, gboolean markup);

G_END_DECLS
