/* SPDX-License-Identifier: MIT */
#include "worker/net/parcel.h"

#include <string.h>

#include "base/text.h"
#include "engine/ports.h"
#include "truced-config.h"
#include "worker/net/freshness.h"
#include "worker/net/limits.h"
#include "worker/wire.h"

#define SAID_MAX 300 /* bytes of what was answered: a sentence for whoever asks why */

struct _TruceParcel {
  const TruceNetSettings *settings;
  TruceNetTimeouts timeouts; /* its own */
  GVariant *deliver;
  guint64 request;
  const char *method, *url; /* of `deliver`, as is what follows */
  const char *user, *password, *from;
  guint32 flags;
  const char *body;
  gsize length, sent;
  gboolean is_mail;

  CURL *easy;
  struct curl_slist *headers, *recipients;
  char *host;
  char detail[CURL_ERROR_SIZE];
  gboolean head_done; /* of HTTP: there is an answer */
  gboolean taken_on;  /* of mail: a server has begun to talk to us */
  gboolean denied;    /* as whom we are */
  gsize drained;
  GString *said;

  TruceFetchResult result;
  guint32 status;
  char *error;
  TruceTime retry_after;
};

static void
settle (TruceParcel *parcel, TruceFetchResult result, char *error)
{
  parcel->result = result;
  parcel->error = error;
}

/* --- what the far end says --- */

static long
status_of (TruceParcel *parcel)
{
  long status = 0;

  curl_easy_getinfo (parcel->easy, CURLINFO_RESPONSE_CODE, &status);
  return status;
}

static void
note_said (TruceParcel *parcel, const char *bytes, gsize length)
{
  if (parcel->said->len < SAID_MAX)
    g_string_append_len (parcel->said, bytes, (gssize) MIN (length, SAID_MAX - parcel->said->len));
}

static size_t
take_head (char *line, size_t size, size_t count, void *data)
{
  TruceParcel *parcel = data;
  gsize length = size * count;

  if ((line[0] == '\r' || line[0] == '\n') && status_of (parcel) >= 200)
    parcel->head_done = TRUE;
  return length;
}

#define GOODBYE 221 /* the reply to our QUIT, which says nothing of what was before */

/* Of SMTP, a line of a reply: the last one is what it comes to. */
static size_t
take_reply (char *line, size_t size, size_t count, void *data)
{
  TruceParcel *parcel = data;
  gsize length = size * count;

  g_autofree char *digits = g_strndup (line, MIN (length, 3));
  guint32 code = (guint32) g_ascii_strtoull (digits, NULL, 10);

  if (code == GOODBYE)
    return length;
  if (code >= 200 && code < 300)
    parcel->taken_on = TRUE;
  parcel->status = code;
  g_string_truncate (parcel->said, 0);
  note_said (parcel, line, length);
  return length;
}

/* The rest is read, up to a limit, so that the far end sees its answer taken. */
static size_t
take_body (char *bytes, size_t size, size_t count, void *data)
{
  TruceParcel *parcel = data;
  gsize length = size * count;

  note_said (parcel, bytes, length);
  parcel->drained += length;
  return parcel->drained > TRUCE_NET_DRAIN_MAX ? 0 : length;
}

static size_t
give_body (char *buffer, size_t size, size_t count, void *data)
{
  TruceParcel *parcel = data;
  gsize part = MIN (size * count, parcel->length - parcel->sent);

  memcpy (buffer, parcel->body + parcel->sent, part);
  parcel->sent += part;
  return part;
}

/* --- how it is brought --- */

/* Of each, one line, or nothing of it is brought: a line break would be the end of a header, or a command of its own.
 * (transfer full) */
static gboolean
add_lines (GVariant *list, struct curl_slist **lines)
{
  GVariantIter each;
  const char *line;

  g_variant_iter_init (&each, list);
  while (g_variant_iter_next (&each, "&s", &line)) {
    if (!*line || strpbrk (line, "\r\n"))
      return FALSE;
    *lines = curl_slist_append (*lines, line);
  }
  return TRUE;
}

static void
set_request (TruceParcel *parcel)
{
  CURL *easy = parcel->easy;

  parcel->headers = curl_slist_append (parcel->headers, "Expect:"); /* a body of some kilobytes asks for no leave */
  parcel->headers = curl_slist_append (parcel->headers, "Accept: application/json, text/plain;q=0.9, */*;q=0.1");
  curl_easy_setopt (easy, CURLOPT_HTTPHEADER, parcel->headers);
  curl_easy_setopt (easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t) parcel->length);
  curl_easy_setopt (easy, CURLOPT_POSTFIELDS, parcel->body);
  curl_easy_setopt (easy, CURLOPT_CUSTOMREQUEST, parcel->method);
  curl_easy_setopt (easy, CURLOPT_USERAGENT, TRUCE_NET_USER_AGENT);
  curl_easy_setopt (easy, CURLOPT_HEADERFUNCTION, take_head);
}

static void
set_mail (TruceParcel *parcel)
{
  CURL *easy = parcel->easy;

  curl_easy_setopt (easy, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt (easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t) parcel->length);
  curl_easy_setopt (easy, CURLOPT_READFUNCTION, give_body);
  curl_easy_setopt (easy, CURLOPT_READDATA, parcel);
  curl_easy_setopt (easy, CURLOPT_MAIL_FROM, parcel->from);
  curl_easy_setopt (easy, CURLOPT_MAIL_RCPT, parcel->recipients);
  /* For the last reply libcurl waits by this time alone. */
  curl_easy_setopt (easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, (parcel->timeouts.total_ms + 999) / 1000);
  /* Who of several has moved away keeps it from nobody. */
  curl_easy_setopt (easy, CURLOPT_MAIL_RCPT_ALLLOWFAILS, 1L);
  curl_easy_setopt (easy, CURLOPT_USE_SSL,
                    parcel->flags & TRUCE_WIRE_DELIVER_PLAIN ? (long) CURLUSESSL_NONE : (long) CURLUSESSL_ALL);
  curl_easy_setopt (easy, CURLOPT_HEADERFUNCTION, take_reply);
}

static void
set_up (TruceParcel *parcel)
{
  CURL *easy = parcel->easy;

  curl_easy_setopt (easy, CURLOPT_PRIVATE, parcel);
  curl_easy_setopt (easy, CURLOPT_ERRORBUFFER, parcel->detail);
  curl_easy_setopt (easy, CURLOPT_URL, parcel->url);
  curl_easy_setopt (easy, CURLOPT_TIMEOUT_MS, parcel->timeouts.total_ms);
  /* Deliveries are hours apart, and one that fails on a connection that was kept too long may have been taken. */
  curl_easy_setopt (easy, CURLOPT_FORBID_REUSE, 1L);
  curl_easy_setopt (easy, CURLOPT_HEADERDATA, parcel);
  curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, parcel);
  if (*parcel->user) {
    curl_easy_setopt (easy, CURLOPT_USERNAME, parcel->user);
    curl_easy_setopt (easy, CURLOPT_PASSWORD, parcel->password);
  }
  if (parcel->is_mail)
    set_mail (parcel);
  else
    set_request (parcel);
}

TruceParcel *
truce_parcel_new (GVariant *deliver, const TruceNetSettings *settings)
{
  TruceParcel *parcel = g_new0 (TruceParcel, 1);
  guint32 timeout;

  parcel->settings = settings;
  parcel->deliver = g_variant_ref (deliver);
  g_variant_get (deliver, "(t&s&sas&s&s&sasuuay)", &parcel->request, &parcel->method, &parcel->url, NULL, &parcel->user,
                 &parcel->password, &parcel->from, NULL, &timeout, &parcel->flags, NULL);
  g_autoptr (GVariant) body = g_variant_get_child_value (deliver, 10);
  parcel->body = g_variant_get_fixed_array (body, &parcel->length, 1); /* of `deliver`, which is kept */
  parcel->is_mail = strcmp (parcel->method, "MAIL") == 0;
  parcel->timeouts = settings->timeouts;
  parcel->timeouts.total_ms = CLAMP ((long) timeout, 1, settings->timeouts.total_ms);
  parcel->timeouts.connect_ms = MIN (parcel->timeouts.connect_ms, parcel->timeouts.total_ms);
  parcel->said = g_string_new (NULL);
  parcel->easy = truce_net_handle_new (parcel->is_mail ? "smtp,smtps" : "http,https", settings);
  return parcel;
}

void
truce_parcel_free (TruceParcel *parcel)
{
  if (!parcel)
    return;
  curl_easy_cleanup (parcel->easy);
  curl_slist_free_all (parcel->headers);
  curl_slist_free_all (parcel->recipients);
  g_variant_unref (parcel->deliver);
  g_string_free (parcel->said, TRUE);
  g_free (parcel->host);
  g_free (parcel->error);
  g_free (parcel);
}

CURL *
truce_parcel_easy (TruceParcel *parcel)
{
  return parcel->easy;
}

static char *
host_of (const char *url)
{
  CURLU *parts = curl_url ();
  char *host = NULL, *copy;

  if (curl_url_set (parts, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK)
    curl_url_get (parts, CURLUPART_HOST, &host, 0);
  copy = g_strdup (host);
  curl_free (host);
  curl_url_cleanup (parts);
  return copy;
}

gboolean
truce_parcel_begin (TruceParcel *parcel)
{
  g_autoptr (GVariant) headers = g_variant_get_child_value (parcel->deliver, 3);
  g_autoptr (GVariant) recipients = g_variant_get_child_value (parcel->deliver, 7);
  gboolean fit = (parcel->is_mail || strcmp (parcel->method, "POST") == 0 || strcmp (parcel->method, "PUT") == 0) &&
                 !strpbrk (parcel->from, "\r\n") && add_lines (headers, &parcel->headers) &&
                 add_lines (recipients, &parcel->recipients);

  parcel->host = host_of (parcel->url);
  if (!fit || !parcel->host) {
    settle (parcel, TRUCE_FETCH_REFUSED, g_strdup (fit ? "not an address" : "what is to be sent breaks its lines"));
    return FALSE;
  }
  set_up (parcel);
  return TRUE;
}

/* --- how it went --- */

static void
settle_unanswered (TruceParcel *parcel, CURLcode code)
{
  gint64 spent_ms;
  curl_off_t spent = 0;

  curl_easy_getinfo (parcel->easy, CURLINFO_TOTAL_TIME_T, &spent);
  spent_ms = spent / 1000;
  settle (parcel, truce_net_reached (parcel->easy) ? TRUCE_FETCH_BROKEN : TRUCE_FETCH_FAILED, NULL);
  if (parcel->is_mail && code == CURLE_USE_SSL_FAILED)
    parcel->error = g_strdup_printf ("%s offers no STARTTLS", parcel->host);
  else if (parcel->is_mail && (code == CURLE_WEIRD_SERVER_REPLY || code == CURLE_UNSUPPORTED_PROTOCOL))
    parcel->error = g_strdup_printf ("%s does not answer in SMTP", parcel->host);
  else
    parcel->error = truce_net_reason (parcel->easy, code, parcel->host, parcel->detail, spent_ms, &parcel->timeouts);
}

static void
read_retry_after (TruceParcel *parcel)
{
  struct curl_header *found;
  g_autofree char *value = NULL, *date = NULL;

  if (curl_easy_header (parcel->easy, "Retry-After", 0, CURLH_HEADER, -1, &found) == CURLHE_OK)
    value = g_strdup (found->value);
  if (curl_easy_header (parcel->easy, "Date", 0, CURLH_HEADER, -1, &found) == CURLHE_OK)
    date = g_strdup (found->value);
  parcel->retry_after = truce_freshness_retry_after (value, date);
}

void
truce_parcel_ended (TruceParcel *parcel, CURLcode code)
{
  /* To libcurl an answer is fine that ends within its head: who began it may have died over what was brought. */
  gboolean answered =
      parcel->is_mail ? code == CURLE_OK || (parcel->status >= 400 && parcel->status < 600) : parcel->head_done;

  parcel->denied = code == CURLE_LOGIN_DENIED;
  if (!answered) {
    settle_unanswered (parcel, code == CURLE_OK ? CURLE_PARTIAL_FILE : code);
    return;
  }
  settle (parcel, TRUCE_FETCH_ANSWERED, NULL);
  if (parcel->is_mail)
    return;
  parcel->status = (guint32) status_of (parcel);
  read_retry_after (parcel);
}

GVariant *
truce_parcel_answer (TruceParcel *parcel)
{
  gboolean answered = parcel->result == TRUCE_FETCH_ANSWERED;
  g_autofree char *said = truce_text_clean (parcel->said->str, (gssize) parcel->said->len);
  g_autofree char *error = truce_text_clean (parcel->error ? parcel->error : "", -1);

  return g_variant_new ("(tuussxb)", parcel->request, (guint32) parcel->result, answered ? parcel->status : 0, error,
                        answered ? said : "", parcel->retry_after,
                        answered && (!parcel->is_mail || (parcel->taken_on && !parcel->denied)));
}
