/* SPDX-License-Identifier: MIT */
/* The keys of sinks of kind mail: which server, from whom, to whom. */
#include <string.h>

#include "config/sink_net_private.h"

#define SUBMISSION_PORT 587 /* with STARTTLS */
#define TLS_PORT 465        /* TLS from the beginning */
#define RELAY_PORT 25       /* of this machine's own mail server */
#define ADDRESS_MAX 254     /* bytes (RFC 5321) */

/* --- the server --- */

static gboolean
is_this_machine (const char *host)
{
  return strcmp (host, "localhost") == 0 || g_str_has_prefix (host, "127.") || strcmp (host, "::1") == 0;
}

/* Why `uri` is no mail server, or NULL. */
static const char *
server_fault (GUri *uri)
{
  const char *host = g_uri_get_host (uri);

  if (strcmp (g_uri_get_scheme (uri), "smtp") != 0 && strcmp (g_uri_get_scheme (uri), "smtps") != 0)
    return "a mail server is named as mail.example.org, smtp://mail.example.org:587 or smtps://mail.example.org";
  if (!host || !*host ||
      strspn (host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._:") != strlen (host))
    return "the server's name is none";
  if (*g_uri_get_path (uri) || g_uri_get_query (uri) || g_uri_get_fragment (uri))
    return "a mail server has a name and a port, and nothing behind them";
  return NULL;
}

static GUri *
parse_server (const TruceValue *value)
{
  g_autoptr (GError) error = NULL;
  const char *text = value->place.value;
  g_autofree char *whole = strstr (text, "://") ? g_strdup (text) : g_strconcat ("smtp://", text, NULL);
  g_autoptr (GUri) uri = g_uri_parse (whole, G_URI_FLAGS_NONE, &error);
  const char *fault;

  if (uri && g_uri_get_userinfo (uri)) {
    TruceValue unsaid = *value;
    unsaid.place.value = NULL; /* findings are logged */
    truce_value_error (&unsaid, "a user name or password does not belong into an address");
    return NULL;
  }
  fault = uri ? server_fault (uri) : error->message;
  if (!fault)
    return g_steal_pointer (&uri);
  truce_value_error (value, "%s", fault);
  return NULL;
}

/* `tls` NULL: it is not said. */
void
truce_net_sink_read_server (TruceNetSink *net, const TruceValue *value, const TruceValue *tls)
{
  gboolean with_tls = TRUE;
  g_autoptr (GUri) uri = parse_server (value);
  gboolean at_once = uri && strcmp (g_uri_get_scheme (uri), "smtps") == 0;
  int port;

  if ((tls && !truce_value_boolean (tls, &with_tls)) || !uri)
    return;
  if (!with_tls && at_once) {
    truce_value_error (tls, "smtps is TLS");
    return;
  }
  if (!with_tls && !is_this_machine (g_uri_get_host (uri))) {
    truce_value_error (tls,
                       "only a server of this machine is spoken to without TLS: all that is between could read it");
    return;
  }
  port = g_uri_get_port (uri) > 0 ? g_uri_get_port (uri) : at_once ? TLS_PORT : with_tls ? SUBMISSION_PORT : RELAY_PORT;
  net->plain = !with_tls;
  net->url = g_strdup_printf (strchr (g_uri_get_host (uri), ':') ? "%s://[%s]:%d" : "%s://%s:%d",
                              g_uri_get_scheme (uri), g_uri_get_host (uri), port);
}

/* --- addresses --- */

/* What is common of all that is delivered today; quoted names and what is not ASCII are not. */
static gboolean
is_address (const char *text)
{
  const char *at = strrchr (text, '@');

  if (!at || at == text || !at[1] || strlen (text) > ADDRESS_MAX)
    return FALSE;
  for (const char *c = text; *c; c++)
    if (!g_ascii_isalnum (*c) && !strchr (c < at ? "!#$%&'*+-/=?^_`{|}~." : "-.", *c) && c != at)
      return FALSE;
  return TRUE;
}

/* "ADDRESS" or "NAME <ADDRESS>" */
void
truce_net_sink_read_from (TruceNetSink *net, const TruceValue *value)
{
  const char *text = value->place.value, *open = strrchr (text, '<');
  g_autofree char *address = g_strdup (open ? open + 1 : text);
  g_autofree char *name = open ? g_strstrip (g_strndup (text, (gsize) (open - text))) : NULL;

  if (open && g_str_has_suffix (address, ">"))
    address[strlen (address) - 1] = '\0';
  if (!is_address (address)) {
    truce_value_error (value, "no mail address: write truced@example.org, or NAME <truced@example.org>");
    return;
  }
  net->from = g_steal_pointer (&address);
  net->from_name = name && *name ? truce_text_clean (name, -1) : NULL;
}

void
truce_net_sink_read_to (GStrvBuilder *to, const TruceValue *value)
{
  g_auto (GStrv) words = truce_value_words (value);

  for (char **word = words; word && *word; word++) {
    if (is_address (*word))
      g_strv_builder_add (to, *word);
    else
      truce_value_error (value, "\"%s\" is no mail address", *word);
  }
}
