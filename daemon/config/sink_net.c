/* SPDX-License-Identifier: MIT */
/* The keys of sinks that are reached over the network, and where their secrets are. */
#include <string.h>

#include "config/sink_net_private.h"

#define CREDENTIAL "credential:"
#define FILE_PREFIX "file:"
#define HEADERS_MAX 16    /* of one request; a receiver asks for one or two */
#define RECIPIENTS_MAX 50 /* of one mail; a list of people has an address of its own */

void
truce_net_sink_free (TruceNetSink *net)
{
  if (!net)
    return;
  g_free (net->url);
  g_free (net->room);
  g_strfreev (net->headers);
  g_free (net->token);
  g_free (net->sign_with);
  g_free (net->user);
  g_free (net->password);
  g_free (net->from);
  g_free (net->from_name);
  g_strfreev (net->to);
  g_free (net);
}

gboolean
truce_is_secret_reference (const char *text)
{
  return g_str_has_prefix (text, CREDENTIAL) || g_str_has_prefix (text, FILE_PREFIX);
}

const char *
truce_header_value (const char *header)
{
  const char *value = strchr (header, ':') + 1;

  return value + strspn (value, " \t");
}

/* --- references --- */

/* Why `text`, which begins as a reference, is none. */
static const char *
reference_fault (const char *text)
{
  const char *name = strchr (text, ':') + 1;

  if (g_str_has_prefix (text, FILE_PREFIX))
    return *name == '/' ? NULL : "a file is named by its path from '/' on: file:/etc/truced/NAME";
  if (!*name || *name == '.' || strpbrk (name, "/ \t"))
    return "a credential's name is one word: credential:NAME";
  return NULL;
}

/* Findings are logged: none is to quote a secret. (transfer full), NULL having said so. */
static char *
read_secret (const TruceValue *value)
{
  TruceValue unsaid = *value;
  const char *text = value->place.value, *fault;

  unsaid.place.value = NULL;
  if (!truce_is_secret_reference (text)) {
    truce_value_error (&unsaid, "a secret does not belong into a configuration: write credential:NAME or file:/PATH");
    return NULL;
  }
  fault = reference_fault (text);
  if (!fault)
    return g_strdup (text);
  truce_value_error (value, "%s", fault);
  return NULL;
}

gboolean
truce_config_is_secret (const TruceConfigSection *section, const TruceConfigEntry *entry)
{
  static const char *const keys[] = { "token", "sign-with", "password", NULL };

  return strcmp (section->kind, "sink") == 0 && g_strv_contains (keys, entry->key) &&
         !truce_is_secret_reference (entry->value);
}

/* --- addresses --- */

static char *
read_url (TruceNetSink *net, const TruceValue *value)
{
  g_autofree char *url = NULL;
  const char *fault;

  net->url_line = value->place.line;
  if (truce_is_secret_reference (value->place.value))
    return read_secret (value);
  url = truce_value_url (value);
  fault = url ? truce_hook_url_fault (net->format, url) : NULL;
  if (!fault)
    return g_steal_pointer (&url);
  truce_value_error (value, "%s", fault);
  return NULL;
}

/* --- headers --- */

/* Ours, or one that says how the request itself is sent. */
static const char *const own_headers[] = {
  "content-type", "content-length", "transfer-encoding", "host",       "expect",
  "connection",   "user-agent",     "idempotency-key",   "webhook-id", NULL
};

static const char *
header_fault (const char *text)
{
  const char *colon = strchr (text, ':');

  if (!colon || colon == text || !*truce_header_value (text))
    return "a header is written \"Name: value\"";
  for (const char *c = text; c < colon; c++)
    if (!g_ascii_isalnum (*c) && !strchr ("!#$%&'*+-.^_`|~", *c))
      return "a header's name has no such character";
  for (const char *c = colon; *c; c++)
    if ((guchar) *c < ' ' || (guchar) *c > '~')
      return "a header's value has ASCII characters only";
  return NULL;
}

static void
read_header (GStrvBuilder *headers, const TruceValue *value)
{
  const char *text = value->place.value, *fault = header_fault (text);
  TruceValue unsaid = *value;

  unsaid.place.value = NULL; /* as for secrets: it may be one */
  if (fault) {
    truce_value_error (&unsaid, "%s", fault);
    return;
  }
  g_autofree char *name = g_ascii_strdown (text, (gssize) (strchr (text, ':') - text));
  const char *inner = truce_header_value (text);
  if (g_strv_contains (own_headers, name))
    truce_value_error (&unsaid, "truced itself says what \"%s\" is", name);
  else if (truce_is_secret_reference (inner) && reference_fault (inner))
    truce_value_error (value, "%s", reference_fault (inner));
  else if (strcmp (name, "authorization") == 0 && !truce_is_secret_reference (inner))
    truce_value_error (&unsaid, "a secret: write Authorization: file:/PATH, or use token, or user and password");
  else
    g_strv_builder_add (headers, text);
}

/* --- the section --- */

static void
read_entry (TruceNetSink *net, const TruceValue *value)
{
  const char *key = value->place.key, *text = value->place.value;

  if (strcmp (key, "token") == 0)
    net->token = read_secret (value);
  else if (strcmp (key, "sign-with") == 0)
    net->sign_with = read_secret (value);
  else if (strcmp (key, "password") == 0)
    net->password = read_secret (value);
  else if (strcmp (key, "user") == 0)
    net->user = g_strdup (text);
  else if (strcmp (key, "url") == 0)
    net->url = read_url (net, value);
  else if (strcmp (key, "room") == 0 && net->format != TRUCE_HOOK_MATRIX)
    truce_value_error (value, "only format = matrix has rooms");
  else if (strcmp (key, "room") == 0 && (*text != '!' || strpbrk (text, " \t")))
    truce_value_error (value, "a room's id begins with '!'; its settings show it");
  else if (strcmp (key, "room") == 0)
    net->room = g_strdup (text);
  else if (strcmp (key, "from") == 0)
    truce_net_sink_read_from (net, value);
}

static gboolean
has (const TruceConfigSection *section, TruceConfigBuilder *builder, const char *key)
{
  for (guint i = 0; i < section->n_entries; i++)
    if (strcmp (truce_config_document_entry (builder->document, section, i)->key, key) == 0)
      return TRUE;
  return FALSE;
}

static void
check_common (TruceConfigBuilder *builder, const TruceConfigSection *section)
{
  TruceValue place = truce_config_section_place (builder, section);

  if (has (section, builder, "user") != has (section, builder, "password"))
    truce_value_error (&place, "user and password stand together");
}

static void
check_mail (TruceConfigBuilder *builder, const TruceConfigSection *section, const TruceNetSink *net)
{
  static const char *const needed[] = { "server", "from", "to" };
  TruceValue place = truce_config_section_place (builder, section);

  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    if (!has (section, builder, needed[i]))
      truce_value_error (&place, "a sink of kind mail needs server, from and to: %s is missing", needed[i]);
  if (net->plain && net->user)
    truce_value_error (&place, "a password is not sent without TLS");
}

static void
check_hook (TruceConfigBuilder *builder, const TruceConfigSection *section, const TruceNetSink *net)
{
  TruceValue place = truce_config_section_place (builder, section);

  if (!has (section, builder, "url"))
    truce_value_error (&place, "a webhook needs a url");
  if (net->format == TRUCE_HOOK_MATRIX && !has (section, builder, "room"))
    truce_value_error (&place, "format = matrix needs a room, such as !abc:example.org");
  if (net->format == TRUCE_HOOK_MATRIX && !has (section, builder, "token"))
    truce_value_error (&place, "format = matrix needs a token, the access token of its user");
  if (has (section, builder, "user") && has (section, builder, "token"))
    truce_value_error (&place, "there is one way to say who one is: token, or user and password");
}

/* The value of the first such key; FALSE: there is none. */
static gboolean
find_value (TruceConfigBuilder *builder, const TruceConfigSection *section, const char *key, TruceValue *ret_value)
{
  for (guint i = 0; i < section->n_entries; i++) {
    const TruceConfigEntry *entry = truce_config_document_entry (builder->document, section, i);
    if (strcmp (entry->key, key) != 0 || !*entry->value)
      continue;
    *ret_value = truce_config_value (builder, section, entry);
    return TRUE;
  }
  return FALSE;
}

/* What other keys lean on. */
static void
read_first (TruceConfigBuilder *builder, const TruceConfigSection *section, TruceSinkKind kind, TruceNetSink *net)
{
  TruceValue value, tls;
  guint format = TRUCE_HOOK_JSON;

  if (kind == TRUCE_SINK_WEBHOOK && find_value (builder, section, "format", &value))
    truce_value_choice (&value, truce_hook_formats, &format);
  net->format = (TruceHookFormat) format;
  if (kind == TRUCE_SINK_MAIL && find_value (builder, section, "server", &value))
    truce_net_sink_read_server (net, &value, find_value (builder, section, "tls", &tls) ? &tls : NULL);
}

static void
check_count (TruceConfigBuilder *builder, const TruceConfigSection *section, char **list, guint most, const char *what)
{
  TruceValue place = truce_config_section_place (builder, section);

  if (g_strv_length (list) > most)
    truce_value_error (&place, "more than %u %s", most, what);
}

void
truce_config_read_net_sink (TruceConfigBuilder *builder, const TruceConfigSection *section, TruceSink *sink)
{
  TruceNetSink *net = g_new0 (TruceNetSink, 1);
  g_autoptr (GStrvBuilder) headers = g_strv_builder_new (), to = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  sink->net = net;
  read_first (builder, section, sink->kind, net);
  for (guint i = 0; i < section->n_entries; i++) {
    const TruceConfigEntry *entry = truce_config_document_entry (builder->document, section, i);
    TruceValue value = truce_config_value (builder, section, entry);
    if (!truce_sink_has_key (sink->kind, entry->key) || !*entry->value)
      continue; /* that has been reported */
    if (strcmp (entry->key, "header") == 0)
      read_header (headers, &value);
    else if (strcmp (entry->key, "to") == 0)
      truce_net_sink_read_to (to, &value);
    else if (g_hash_table_add (seen, (gpointer) entry->key))
      read_entry (net, &value);
  }
  net->headers = g_strv_builder_end (headers);
  net->to = g_strv_builder_end (to);
  check_count (builder, section, net->headers, HEADERS_MAX, "headers");
  check_count (builder, section, net->to, RECIPIENTS_MAX, "recipients");
  check_common (builder, section);
  if (sink->kind == TRUCE_SINK_MAIL)
    check_mail (builder, section, net);
  else
    check_hook (builder, section, net);
}
