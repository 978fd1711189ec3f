/* SPDX-License-Identifier: MIT */
/* mail.h: an alert as a message of Internet mail (RFC 5322, 2045, 2047). Pure; io/sink_net.c has it sent. */
#pragma once

#include "alert/alert.h"

G_BEGIN_DECLS

/* Addresses are of ASCII, without a line break. */
typedef struct {
  const char *from;
  const char *from_name; /* NULL: none */
  const char *const *to;
  const char *telling; /* names this telling of the alert: it is in the Message-ID, by which a repeat is known */
  TruceTime now;
  const char *calendar; /* of one method, PUBLISH, which goes with it; NULL none */
} TruceMailPlace;

/* The whole message, its lines ended by CR LF, none of what an alert says over 78 characters. (transfer full) */
char *truce_mail_render (const TruceMailPlace *place, const TruceAlert *alert);

/* mime.c: words and text of any kind in ASCII. */

/* `text`, which is clean, as the value of an unstructured header: as it is, or in encoded words. Folded after so many
 * characters that `name` takes. */
void truce_mime_header (GString *message, const char *name, const char *text);
/* `name`, which is clean and may stand in quotes, as what is before an address. */
void truce_mime_name (GString *message, const char *header, const char *name);
/* `words`, of ASCII, parted by spaces, between which it may be folded. */
void truce_mime_fold (GString *message, const char *name, const char *words);
/* `text` in lines, as quoted-printable. */
void truce_mime_quoted_printable (GString *message, const char *text);

G_END_DECLS
