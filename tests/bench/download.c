/* SPDX-License-Identifier: MIT */
/* bench-download ADDRESSES VALIDATORS CONCURRENCY [tuned]: what fetching costs at the least: libcurl's multi interface,
 * so many at a time, conditional when VALIDATORS (a line an address: ETag, tab, Last-Modified) has what the last run
 * wrote there, bodies thrown away. "tuned": without the caches of connections and names, which cost more than they save
 * when every address is on a host of its own. Prints what was answered and seconds of CPU. */
#include <curl/curl.h>
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

typedef struct {
  char *url;
  char *etag, *last_modified; /* "" for none */
} Address;

typedef struct {
  CURL *easy;
  struct curl_slist *headers;
  Address *address;
} Slot;

typedef struct {
  CURLM *multi;
  Address *addresses;
  guint n_addresses, next, running;
  guint whole, unchanged, failed;
  guint64 bytes;
} Download;

static size_t
throw_away (char *bytes, size_t size, size_t count, void *data)
{
  ((Download *) data)->bytes += size * count;
  return size * count;
}

static struct curl_slist *
add_header (struct curl_slist *headers, const char *name, const char *value)
{
  g_autofree char *line = g_strdup_printf ("%s: %s", name, value);

  return *value ? curl_slist_append (headers, line) : headers;
}

static void
start_next (Download *download, Slot *slot)
{
  if (download->next == download->n_addresses)
    return;
  slot->address = &download->addresses[download->next++];
  curl_slist_free_all (slot->headers);
  slot->headers = add_header (NULL, "If-None-Match", slot->address->etag);
  slot->headers = add_header (slot->headers, "If-Modified-Since", slot->address->last_modified);
  curl_easy_setopt (slot->easy, CURLOPT_URL, slot->address->url);
  curl_easy_setopt (slot->easy, CURLOPT_HTTPHEADER, slot->headers);
  curl_multi_add_handle (download->multi, slot->easy);
  download->running++;
}

static void
keep_header (CURL *easy, const char *name, char **text)
{
  struct curl_header *found;

  g_free (*text);
  *text = g_strdup (curl_easy_header (easy, name, 0, CURLH_HEADER, -1, &found) == CURLHE_OK ? found->value : "");
}

static void
end_one (Download *download, const CURLMsg *message)
{
  CURLcode result = message->data.result;
  Slot *slot = NULL;
  long status = 0;

  curl_easy_getinfo (message->easy_handle, CURLINFO_PRIVATE, (char **) &slot);
  curl_easy_getinfo (slot->easy, CURLINFO_RESPONSE_CODE, &status);
  if (result == CURLE_OK && status == 200) {
    keep_header (slot->easy, "ETag", &slot->address->etag);
    keep_header (slot->easy, "Last-Modified", &slot->address->last_modified);
    download->whole++;
  } else if (result == CURLE_OK && status == 304)
    download->unchanged++;
  else
    download->failed++;
  curl_multi_remove_handle (download->multi, slot->easy);
  download->running--;
  start_next (download, slot);
}

static CURL *
new_handle (Download *download, gboolean tuned)
{
  CURL *easy = curl_easy_init ();

  curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, throw_away);
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, download);
  curl_easy_setopt (easy, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt (easy, CURLOPT_NOSIGNAL, 1L);
  if (tuned)
    curl_easy_setopt (easy, CURLOPT_DNS_CACHE_TIMEOUT, 0L);
  return easy;
}

static void
download_all (Download *download, guint concurrency, gboolean tuned)
{
  g_autofree Slot *slots = g_new0 (Slot, concurrency);

  curl_multi_setopt (download->multi, CURLMOPT_MAXCONNECTS, tuned ? 8L : (long) concurrency);
  for (guint i = 0; i < concurrency; i++) {
    slots[i].easy = new_handle (download, tuned);
    curl_easy_setopt (slots[i].easy, CURLOPT_PRIVATE, &slots[i]);
    start_next (download, &slots[i]);
  }
  while (download->running > 0) {
    CURLMsg *message;
    int running, waiting;

    curl_multi_perform (download->multi, &running);
    while ((message = curl_multi_info_read (download->multi, &waiting)))
      end_one (download, message);
    if (download->running > 0)
      curl_multi_poll (download->multi, NULL, 0, 1000, NULL);
  }
  for (guint i = 0; i < concurrency; i++) {
    curl_easy_cleanup (slots[i].easy);
    curl_slist_free_all (slots[i].headers);
  }
}

static void
read_addresses (Download *download, const char *path, const char *validators)
{
  g_autofree char *text = NULL, *known = NULL;
  g_auto (GStrv) lines = NULL, pairs = NULL;
  guint n_pairs;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    g_error ("%s cannot be read", path);
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  if (g_file_get_contents (validators, &known, NULL, NULL))
    pairs = g_strsplit (known, "\n", -1);
  n_pairs = pairs ? g_strv_length (pairs) : 0;
  download->n_addresses = g_strv_length (lines);
  download->addresses = g_new0 (Address, download->n_addresses);
  for (guint i = 0; i < download->n_addresses; i++) {
    g_auto (GStrv) pair = g_strsplit (i < n_pairs ? pairs[i] : "\t", "\t", 2);

    download->addresses[i] = (Address){ g_strdup (lines[i]), g_strdup (pair[0]), g_strdup (pair[1] ? pair[1] : "") };
  }
}

static void
write_validators (const Download *download, const char *path)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < download->n_addresses; i++)
    g_string_append_printf (text, "%s\t%s\n", download->addresses[i].etag, download->addresses[i].last_modified);
  g_file_set_contents (path, text->str, (gssize) text->len, NULL);
}

int
main (int argc, char **argv)
{
  Download download = { 0 };
  struct rusage before, after;
  double seconds;

  if (argc < 4)
    return 2;
  curl_global_init (CURL_GLOBAL_DEFAULT);
  download.multi = curl_multi_init ();
  read_addresses (&download, argv[1], argv[2]);
  getrusage (RUSAGE_SELF, &before);
  download_all (&download, (guint) g_ascii_strtoull (argv[3], NULL, 10), argc > 4);
  getrusage (RUSAGE_SELF, &after);
  if (download.whole > 0)
    write_validators (&download, argv[2]);
  curl_multi_cleanup (download.multi);
  seconds =
      (double) (after.ru_utime.tv_sec - before.ru_utime.tv_sec + after.ru_stime.tv_sec - before.ru_stime.tv_sec) +
      (double) (after.ru_utime.tv_usec - before.ru_utime.tv_usec + after.ru_stime.tv_usec - before.ru_stime.tv_usec) /
          1e6;
  printf ("whole %u\nunchanged %u\nfailed %u\nbytes %" G_GUINT64_FORMAT "\nseconds %.4f\nrss_kb %ld\n", download.whole,
          download.unchanged, download.failed, download.bytes, seconds, after.ru_maxrss);
  return download.failed > 0;
}
