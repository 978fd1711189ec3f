/* SPDX-License-Identifier: MIT */
#include "config/values.h"

#include <string.h>

#include "base/text.h"

#define SUGGESTIONS_MAX 100       /* findings; who has more looks for one cause, not for a hundred names */
#define LEAD_MONTHS_MAX (10 * 12) /* a decade: who is told longer ahead has mistaken a unit */
#define LEAD_DAYS_MAX (10 * 366)  /* likewise */
#define LEAD_SECONDS_MAX (10 * 366 * 86400ll)

static void add_finding (const TruceValue *value, TruceSeverity severity, const char *format, va_list arguments)
    G_GNUC_PRINTF (3, 0);

static void
add_finding (const TruceValue *value, TruceSeverity severity, const char *format, va_list arguments)
{
  g_autofree char *reason = g_strdup_vprintf (format, arguments);

  truce_diags_add (value->diags, severity, &value->place, "%s", reason);
}

void
truce_value_error (const TruceValue *value, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  add_finding (value, TRUCE_SEVERITY_ERROR, format, arguments);
  va_end (arguments);
}

void
truce_value_warn (const TruceValue *value, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  add_finding (value, TRUCE_SEVERITY_WARNING, format, arguments);
  va_end (arguments);
}

void
truce_value_note (const TruceValue *value, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  add_finding (value, TRUCE_SEVERITY_NOTE, format, arguments);
  va_end (arguments);
}

void
truce_value_unknown (const TruceValue *value, const char *what, const char *word, const char *const *known)
{
  /* Each look takes all names by edit distance: a broken file of a hundred thousand must not take minutes to refuse. */
  gboolean is_flood = truce_diags_count (value->diags) >= SUGGESTIONS_MAX;
  const char *near = is_flood ? NULL : truce_text_nearest (word, known);

  if (near)
    truce_value_error (value, "%s; did you mean \"%s\"?", what, near);
  else
    truce_value_error (value, "%s", what);
}

const char *
truce_config_id_fault (const char *id)
{
  if (!*id)
    return "it is empty";
  if (strlen (id) > TRUCE_CONFIG_NAME_MAX)
    return "it is longer than " G_STRINGIFY (TRUCE_CONFIG_NAME_MAX) " characters";
  if (!g_ascii_islower (*id) && !g_ascii_isdigit (*id))
    return "it must begin with a small letter a-z or a digit";
  for (const char *c = id; *c; c++)
    if (!g_ascii_islower (*c) && !g_ascii_isdigit (*c) && *c != '-')
      return "only small letters a-z, digits and '-' may be in it";
  return NULL;
}

char **
truce_value_words (const TruceValue *value)
{
  g_auto (GStrv) parts = g_strsplit_set (value->place.value, " \t,", -1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (char **part = parts; *part; part++) {
    if (!**part)
      continue;
    if (!g_hash_table_add (seen, *part)) {
      truce_value_error (value, "\"%s\" stands there twice", *part);
      return NULL;
    }
    if (g_hash_table_size (seen) > TRUCE_CONFIG_WORDS_MAX) {
      truce_value_error (value, "more than %d words", TRUCE_CONFIG_WORDS_MAX);
      return NULL;
    }
    g_strv_builder_add (words, *part);
  }
  if (g_hash_table_size (seen) == 0) {
    truce_value_error (value, "nothing is named");
    return NULL;
  }
  return g_strv_builder_end (words);
}

char **
truce_value_tags (const TruceValue *value)
{
  g_auto (GStrv) tags = truce_value_words (value);

  for (char **tag = tags; tag && *tag; tag++) {
    const char *fault = truce_config_id_fault (*tag);
    if (fault) {
      truce_value_error (value, "\"%s\" cannot be a tag: %s", *tag, fault);
      return NULL;
    }
  }
  return g_steal_pointer (&tags);
}

gboolean
truce_value_choice (const TruceValue *value, const char *const *names, guint *ret_index)
{
  for (guint i = 0; names[i]; i++)
    if (strcmp (value->place.value, names[i]) == 0) {
      *ret_index = i;
      return TRUE;
    }
  g_autofree char *list = g_strjoinv (", ", (char **) names);
  g_autofree char *reason = g_strdup_printf ("not one of %s", list);
  truce_value_unknown (value, reason, value->place.value, names);
  return FALSE;
}

gboolean
truce_value_boolean (const TruceValue *value, gboolean *ret_boolean)
{
  static const char *const names[] = { "no", "yes", NULL };
  guint index;

  if (!truce_value_choice (value, names, &index))
    return FALSE;
  *ret_boolean = index == 1;
  return TRUE;
}

gboolean
truce_value_urgency (const TruceValue *value, TruceUrgency *ret_urgency)
{
  const char *names[TRUCE_N_URGENCIES + 1] = { NULL };
  guint index;

  for (guint i = 0; i < TRUCE_N_URGENCIES; i++)
    names[i] = truce_urgency_to_text ((TruceUrgency) i);
  if (!truce_value_choice (value, names, &index))
    return FALSE;
  *ret_urgency = (TruceUrgency) index;
  return TRUE;
}

gboolean
truce_value_time_of_day (const TruceValue *value, int *ret_minutes)
{
  const char *text = value->place.value;

  if (strlen (text) != 5 || !g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]) || text[2] != ':' ||
      !g_ascii_isdigit (text[3]) || !g_ascii_isdigit (text[4])) {
    truce_value_error (value, "not a time of day such as 09:00 or 17:30");
    return FALSE;
  }
  int hour = (text[0] - '0') * 10 + text[1] - '0', minute = (text[3] - '0') * 10 + text[4] - '0';
  if (hour > 23 || minute > 59) {
    truce_value_error (value, "no such time of day; it goes from 00:00 to 23:59");
    return FALSE;
  }
  *ret_minutes = hour * 60 + minute;
  return TRUE;
}

/* (transfer full) */
static char *
limit_to_words (TruceTime limit)
{
  gint64 seconds = limit / TRUCE_SECOND;

  if (limit < TRUCE_MINUTE)
    return g_strdup_printf ("%" G_GINT64_FORMAT " %s", seconds, seconds == 1 ? "second" : "seconds");
  return truce_duration_to_words (limit);
}

gboolean
truce_value_duration (const TruceValue *value, TruceTime least, TruceTime most, TruceTime *ret_length)
{
  TruceTime length;

  if (!truce_duration_from_text (value->place.value, &length)) {
    truce_value_error (value, "not a length of time such as 90s, 15m, 1h, 7d or 2w");
    return FALSE;
  }
  if (length < least) {
    g_autofree char *words = limit_to_words (least);
    truce_value_error (value, "too short; %s is the least", words);
    return FALSE;
  }
  if (length > most) {
    g_autofree char *words = limit_to_words (most);
    truce_value_error (value, "too long; %s is the most", words);
    return FALSE;
  }
  *ret_length = length;
  return TRUE;
}

GArray *
truce_value_leads (const TruceValue *value)
{
  g_auto (GStrv) words = truce_value_words (value);
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (TruceLead));

  if (!words)
    return NULL;
  for (char **word = words; *word; word++) {
    TruceLead lead;
    if (!truce_lead_parse (*word, &lead)) {
      truce_value_error (value, "\"%s\" is no lead time such as 30d, 6h, 1mo, 0 (at it) or +1d (after it)", *word);
      return NULL;
    }
    if (lead.months > LEAD_MONTHS_MAX || lead.days > LEAD_DAYS_MAX || lead.seconds > LEAD_SECONDS_MAX) {
      truce_value_error (value, "\"%s\" is longer than ten years", *word);
      return NULL;
    }
    g_array_append_val (leads, lead);
  }
  if (leads->len > TRUCE_LEADS_MAX) {
    truce_value_error (value, "%u lead times; at most %d", leads->len, TRUCE_LEADS_MAX);
    return NULL;
  }
  return g_steal_pointer (&leads);
}

/* What RFC 3986 does not allow in a path or a query, yet people paste. '%' stays: it begins an escape. */
static void
append_escaped (GString *address, const char *text)
{
  for (const char *c = text; *c; c++)
    if ((guchar) *c > 126 || strchr ("\"<>[]\\^`{|}", *c))
      g_string_append_printf (address, "%%%02X", (guint) (guchar) *c);
    else
      g_string_append_c (address, *c);
}

static char *
url_from_uri (GUri *uri)
{
  g_autofree char *host = g_ascii_strdown (g_uri_get_host (uri), -1);
  GString *address = g_string_new (NULL);
  gboolean is_https = strcmp (g_uri_get_scheme (uri), "https") == 0;
  int port = g_uri_get_port (uri);

  g_string_printf (address, strchr (host, ':') ? "%s://[%s]" : "%s://%s", g_uri_get_scheme (uri), host);
  if (port > 0 && port != (is_https ? 443 : 80))
    g_string_append_printf (address, ":%d", port);
  append_escaped (address, *g_uri_get_path (uri) ? g_uri_get_path (uri) : "/");
  if (g_uri_get_query (uri)) {
    g_string_append_c (address, '?');
    append_escaped (address, g_uri_get_query (uri));
  }
  return g_string_free (address, FALSE);
}

/* Why `uri` may not be fetched, or NULL. */
static const char *
uri_fault (GUri *uri)
{
  const char *host = g_uri_get_host (uri);

  if (strcmp (g_uri_get_scheme (uri), "http") != 0 && strcmp (g_uri_get_scheme (uri), "https") != 0)
    return "only http and https addresses are fetched";
  if (!host || !*host)
    return "the address names no host";
  for (const char *c = host; *c; c++)
    if (!g_ascii_isalnum (*c) && !strchr ("-._:", *c))
      return "the host's name has a character that no host's name has";
  return NULL;
}

char *
truce_value_url (const TruceValue *value)
{
  g_autoptr (GError) error = NULL;
  const char *text = value->place.value;

  if (strpbrk (text, " \t")) {
    truce_value_error (value, "a space in the address; write %%20 for it");
    return NULL;
  }
  if (!strstr (text, "://")) {
    truce_value_error (value, "an address begins with http:// or https://");
    return NULL;
  }
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, &error);
  if (!uri) {
    truce_value_error (value, "%s", error->message);
    return NULL;
  }
  if (g_uri_get_userinfo (uri)) {
    TruceValue unsaid = *value;
    unsaid.place.value = NULL; /* findings are logged */
    truce_value_error (&unsaid, "a user name or password does not belong into an address");
    return NULL;
  }
  const char *fault = uri_fault (uri);
  if (fault) {
    truce_value_error (value, "%s", fault);
    return NULL;
  }
  return url_from_uri (uri);
}

char *
truce_value_absolute_path (const TruceValue *value)
{
  const char *path = value->place.value;

  if (*path != '/') {
    truce_value_error (value, *path == '~' ? "'~' is the shell's; write the path from '/' on"
                                           : "a path must begin with '/', since a service has no folder of its own");
    return NULL;
  }
  return g_strdup (path);
}

void
truce_config_split (const char *text, char **ret_first, char **ret_rest)
{
  const char *colon = text;

  while ((colon = strchr (colon, ':')) && colon[1] && colon[1] != ' ' && colon[1] != '\t')
    colon++;
  *ret_first = g_strstrip (colon ? g_strndup (text, (gsize) (colon - text)) : g_strdup (text));
  *ret_rest = colon ? g_strstrip (g_strdup (colon + 1)) : NULL;
  if (*ret_rest && !**ret_rest)
    g_clear_pointer (ret_rest, g_free);
}
