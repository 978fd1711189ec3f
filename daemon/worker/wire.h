/* SPDX-License-Identifier: MIT */
/* wire.h: the frames that truced and its workers exchange over a socketpair.
 *
 * A frame is a header of two little-endian 32-bit words, the payload's length and its kind, and the payload: one
 * GVariant in little-endian serialised form, of the type that the kind has in truce_wire_type(). A receiver takes
 * nothing on trust: an unknown kind, a length over TRUCE_WIRE_PAYLOAD_MAX, or a payload that is not in normal form is a
 * protocol error, upon which the worker is killed (by truced) or exits (the worker). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  TRUCE_WIRE_FETCH = 1, /* to net: (t request, s url, s etag, s last_modified, b allow_private, u flags);
                           "" for none; flags of TruceWireFetchFlags */
  TRUCE_WIRE_FETCHED,   /* from net: (t request, u result, u status, s error, s final_url, s moved_to, s etag, s
                           last_modified,   s content_type, x max_age, x retry_after, ay body); result as
                           TruceFetchResult,   times in µs */
  TRUCE_WIRE_PARSE,     /* to parse: (t request, s base_url, s content_type, ay body) */
  TRUCE_WIRE_PARSED,    /* from parse: (t request, s error, document); error "" when it is a feed.
                           document: (s title, s link, s format, x ttl, u skip_hours, y skip_days, y lack,
                                      a(s id, s link, s title, s summary, s author, x published, x updated, as categories,
                                        as enclosures) items); times INT64_MAX for none */
  TRUCE_WIRE_READY, /* from either, first: (u version, s note): confined as well as the kernel allows; note says what it
                       did not */
  TRUCE_WIRE_PARSE_CALENDAR, /* to parse: (t request, x from, s content_type, ay body): of what repeats, the first
                                occurrence at or after `from` is wanted; INT64_MAX: the first of all */
  TRUCE_WIRE_CALENDAR,       /* from parse: (t request, s error, calendar); error "" when it is a calendar.
                                calendar: (s name, b whole, as left_out, as unread, a(s uid, u sequence, s summary, s url,
                                s status, s start, s end, s zone, x start_at, x end_at, s rule, x modified, x completed,
                                as categories, a(x seconds, b from_end) alarms, a(s key, s value) keys) events); start and
                                end as "2026-04-15" or "2026-04-15 17:00:00" in `zone`, "" floating; times INT64_MAX for
                                none; not whole: what it lacks may have been in it; unread: the uids of events that are
                                in it and are left out */
  TRUCE_WIRE_PARSE_OUTLINE,  /* to parse: (t request, s base_url, s content_type, ay body) */
  TRUCE_WIRE_OUTLINE,        /* from parse: (t request, s error, list); error "" when it is OPML or a web page.
                                list: (s format, s title, b truncated, as left_out, a(s url, s title, as folders) feeds) */
  TRUCE_WIRE_DELIVER,   /* to a net that delivers: (t request, s method, s url, as headers, s user, s password, s from,
                           as to, u timeout, u flags, ay body): a request of HTTP ("POST", "PUT") with those headers
                           ("Name: value"), or of SMTP ("MAIL") with that envelope; user "" for none; timeout in
                           ms; flags of TruceWireDeliverFlags */
  TRUCE_WIRE_DELIVERED, /* from it: (t request, u result, u status, s error, s said, x retry_after, b ours); result
                           as TruceFetchResult; status of HTTP, or the last reply code of SMTP; said: the beginning
                           of the answer's body, or the last reply; ours: what was answered is what we brought, and
                           not (of mail) that we called, or as whom */
} TruceWireKind;

typedef enum {
  TRUCE_WIRE_FETCH_ALONE = 1 << 0, /* no other is to come from its host: the connection need not be kept */
} TruceWireFetchFlags;

typedef enum {
  TRUCE_WIRE_DELIVER_PLAIN = 1 << 0, /* of mail: without TLS, where the address does not say smtps */
} TruceWireDeliverFlags;

#define TRUCE_WIRE_VERSION 2
#define TRUCE_BODY_MAX (8u << 20) /* decoded bytes of one feed: the largest honest ones are 5 MB */
#define TRUCE_WIRE_PAYLOAD_MAX                                                          \
  (TRUCE_BODY_MAX + (1u << 20)) /* a body and its addresses; items are text of the body \
                                 */
#define TRUCE_WIRE_HEADER_SIZE 8

#define TRUCE_WIRE_ERROR (truce_wire_error_quark ())
GQuark truce_wire_error_quark (void);
typedef enum {
  TRUCE_WIRE_ERROR_LENGTH,
  TRUCE_WIRE_ERROR_KIND,
  TRUCE_WIRE_ERROR_PAYLOAD,
  TRUCE_WIRE_ERROR_CLOSED, /* the peer has gone */
  TRUCE_WIRE_ERROR_IO,
} TruceWireError;

const GVariantType *truce_wire_type (TruceWireKind kind); /* NULL: no such kind */

/* One direction's frames being collected from bytes as they come. */
typedef struct _TruceWireReader TruceWireReader;
TruceWireReader *truce_wire_reader_new (void);
void truce_wire_reader_free (TruceWireReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceWireReader, truce_wire_reader_free)
/* Adds bytes. FALSE, for good, at the first protocol error. */
gboolean truce_wire_reader_push (TruceWireReader *reader, const void *bytes, gsize length, GError **error);
/* The next whole frame, or NULL. (transfer full) */
GVariant *truce_wire_reader_pop (TruceWireReader *reader, TruceWireKind *ret_kind);

/* A frame as bytes. `payload` is sunk when floating, and must be of the kind's type. NULL when it is over the limit.
 * (transfer full) */
GBytes *truce_wire_frame (TruceWireKind kind, GVariant *payload);

/* Blocking, for workers: read and write one frame whole on `fd`. */
GVariant *truce_wire_read (int fd, TruceWireReader *reader, TruceWireKind *ret_kind, GError **error);
gboolean truce_wire_write (int fd, TruceWireKind kind, GVariant *payload, GError **error);

G_END_DECLS
