/* SPDX-License-Identifier: MIT */
#include "worker/net/outcome.h"

#include "worker/net/freshness.h"

void
truce_outcome_clear (TruceOutcome *outcome)
{
  g_free (outcome->error);
  g_free (outcome->final_url);
  g_free (outcome->moved_to);
  g_free (outcome->etag);
  g_free (outcome->last_modified);
  g_free (outcome->content_type);
  *outcome = (TruceOutcome){ 0 };
}

/* All instances of a header joined as the list that they are, or NULL. (transfer full) */
static char *
header (CURL *easy, const char *name)
{
  struct curl_header *found;
  g_autoptr (GString) joined = NULL;

  for (gsize i = 0; curl_easy_header (easy, name, i, CURLH_HEADER, -1, &found) == CURLHE_OK; i++) {
    if (!joined)
      joined = g_string_new (found->value);
    else
      g_string_append_printf (joined, ", %s", found->value);
  }
  return joined ? g_string_free (g_steal_pointer (&joined), FALSE) : NULL;
}

/* A header that is only of use byte for byte: a frame carries UTF-8, so one in another encoding counts as not sent. */
static char *
exact_header (CURL *easy, const char *name)
{
  struct curl_header *found;

  if (curl_easy_header (easy, name, 0, CURLH_HEADER, -1, &found) != CURLHE_OK || *found->value == '\0' ||
      !g_utf8_validate (found->value, -1, NULL))
    return NULL;
  return g_strdup (found->value);
}

void
truce_outcome_read_headers (TruceOutcome *outcome, CURL *easy)
{
  g_autofree char *cache_control = header (easy, "Cache-Control");
  g_autofree char *age = header (easy, "Age");
  g_autofree char *expires = header (easy, "Expires");
  g_autofree char *date = header (easy, "Date");
  g_autofree char *retry_after = header (easy, "Retry-After");

  outcome->etag = exact_header (easy, "ETag");
  outcome->last_modified = exact_header (easy, "Last-Modified");
  outcome->content_type = exact_header (easy, "Content-Type");
  outcome->max_age = truce_freshness_left (cache_control, age, expires, date);
  outcome->retry_after = truce_freshness_retry_after (retry_after, date);
}

/* "" for NULL; what is no UTF-8 is mended. */
static GVariant *
text (const char *value)
{
  return g_variant_new_take_string (g_utf8_make_valid (value ? value : "", -1));
}

GVariant *
truce_outcome_to_variant (const TruceOutcome *outcome, guint64 request, GBytes *body)
{
  g_autoptr (GBytes) bytes = body ? g_bytes_ref (body) : g_bytes_new (NULL, 0);
  GVariant *values[] = {
    g_variant_new_uint64 (request),
    g_variant_new_uint32 (outcome->result),
    g_variant_new_uint32 (outcome->status),
    text (outcome->error),
    text (outcome->final_url),
    text (outcome->moved_to),
    text (outcome->etag),
    text (outcome->last_modified),
    text (outcome->content_type),
    g_variant_new_int64 (outcome->max_age),
    g_variant_new_int64 (outcome->retry_after),
    g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes, TRUE),
  };

  return g_variant_new_tuple (values, G_N_ELEMENTS (values));
}
