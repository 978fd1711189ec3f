/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "config/builder.h"

/* All of it, whatever kinds are added. */
#define ALL_KINDS ((1u << TRUCE_N_ALERT_KINDS) - 1)

enum {
  KIND,
  ALERTS,
  MIN_URGENCY,
  TAGS,
  QUIET,
  DIGEST,
  FORMAT,
  PATH,
  COMMAND,
  TIMEOUT,
  URL,
  ROOM,
  HEADER,
  TOKEN,
  SIGN_WITH,
  USER,
  PASSWORD,
  SERVER,
  TLS,
  FROM,
  TO
};

static const TruceKey keys[] = {
  [KIND] = { "kind", TRUCE_KEY_ONCE },
  [ALERTS] = { "alerts", TRUCE_KEY_ONCE },
  [MIN_URGENCY] = { "min-urgency", TRUCE_KEY_ONCE },
  [TAGS] = { "tags", TRUCE_KEY_ONCE },
  [QUIET] = { "quiet", TRUCE_KEY_ONCE },
  [DIGEST] = { "digest", TRUCE_KEY_ONCE },
  [FORMAT] = { "format", TRUCE_KEY_ONCE },
  [PATH] = { "path", TRUCE_KEY_ONCE },
  [COMMAND] = { "command", TRUCE_KEY_ONCE },
  [TIMEOUT] = { "timeout", TRUCE_KEY_ONCE },
  [URL] = { "url", TRUCE_KEY_ONCE },
  [ROOM] = { "room", TRUCE_KEY_ONCE },
  [HEADER] = { "header", TRUCE_KEY_REPEATABLE },
  [TOKEN] = { "token", TRUCE_KEY_SECRET },
  [SIGN_WITH] = { "sign-with", TRUCE_KEY_SECRET },
  [USER] = { "user", TRUCE_KEY_ONCE },
  [PASSWORD] = { "password", TRUCE_KEY_SECRET },
  [SERVER] = { "server", TRUCE_KEY_ONCE },
  [TLS] = { "tls", TRUCE_KEY_ONCE },
  [FROM] = { "from", TRUCE_KEY_ONCE },
  [TO] = { "to", TRUCE_KEY_REPEATABLE },
  { NULL, TRUCE_KEY_ONCE },
};

/* By TruceSinkKind. */
static const char *const kind_names[] = { "journal", "syslog", "stdout", "desktop",    "exec",
                                          "webhook", "mail",   "ics",    "prometheus", NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (kind_names) == TRUCE_N_SINK_KINDS + 1);

/* These can do without a section, and no section of their name can be of another kind. */
#define N_BUILTIN_KINDS (TRUCE_SINK_DESKTOP + 1)

/* Of which kinds of sink a key is; the others are of all. */
typedef struct {
  guint key;
  guint kinds;       /* bit per TruceSinkKind */
  const char *words; /* NULL: of most */
} OwnKey;

#define OF(kind) (1u << TRUCE_SINK_##kind)
#define FILES (OF (ICS) | OF (PROMETHEUS)) /* kept current, and told of nothing */
#define ALL ((1u << TRUCE_N_SINK_KINDS) - 1)

static const OwnKey own_keys[] = {
  { ALERTS, ALL & ~FILES, NULL },
  { MIN_URGENCY, ALL & ~FILES, NULL },
  { QUIET, ALL & ~FILES, NULL },
  { DIGEST, ALL & ~FILES, NULL },
  { TAGS, ALL & ~OF (PROMETHEUS), NULL },
  { FORMAT, OF (SYSLOG) | OF (WEBHOOK), "syslog or webhook" },
  { PATH, OF (SYSLOG) | FILES, "syslog, ics or prometheus" },
  { COMMAND, OF (EXEC), "exec" },
  { TIMEOUT, OF (EXEC) | OF (WEBHOOK) | OF (MAIL), "exec, webhook or mail" },
  { URL, OF (WEBHOOK), "webhook" },
  { ROOM, OF (WEBHOOK), "webhook" },
  { HEADER, OF (WEBHOOK), "webhook" },
  { TOKEN, OF (WEBHOOK), "webhook" },
  { SIGN_WITH, OF (WEBHOOK), "webhook" },
  { USER, OF (WEBHOOK) | OF (MAIL), "webhook or mail" },
  { PASSWORD, OF (WEBHOOK) | OF (MAIL), "webhook or mail" },
  { SERVER, OF (MAIL), "mail" },
  { TLS, OF (MAIL), "mail" },
  { FROM, OF (MAIL), "mail" },
  { TO, OF (MAIL), "mail" },
};

/* What a sink of a kind cannot do without. */
static const struct {
  TruceSinkKind kind;
  guint key;
} needed_keys[] = {
  { TRUCE_SINK_EXEC, COMMAND },
  { TRUCE_SINK_ICS, PATH },
  { TRUCE_SINK_PROMETHEUS, PATH },
};

const char *
truce_sink_kind_to_text (TruceSinkKind kind)
{
  g_return_val_if_fail (kind < TRUCE_N_SINK_KINDS, NULL);
  return kind_names[kind];
}

static void
free_sink (TruceSink *sink)
{
  g_free (sink->id);
  g_free (sink->path);
  g_strfreev (sink->tags);
  g_strfreev (sink->command);
  truce_net_sink_free (sink->net);
  g_free (sink->file);
  g_free (sink);
}

static TruceSink *
new_sink (const TruceConfigBuilder *builder, const char *id)
{
  TruceSink *sink = g_new0 (TruceSink, 1);

  sink->id = g_strdup (id);
  sink->kinds = ALL_KINDS;
  sink->rfc3164 = TRUE; /* what the socket of the machine's own log is read as */
  sink->quiet = builder->quiet;
  sink->digest = -1;
  sink->timeout = TRUCE_EXEC_TIMEOUT_DEFAULT;
  return sink;
}

static gboolean
builtin_kind (const char *name, TruceSinkKind *ret_kind)
{
  for (guint i = 0; i < N_BUILTIN_KINDS; i++)
    if (strcmp (name, kind_names[i]) == 0) {
      *ret_kind = (TruceSinkKind) i;
      return TRUE;
    }
  return FALSE;
}

static void
read_alerts (TruceSink *sink, const TruceValue *value)
{
  g_auto (GStrv) words = truce_value_words (value);
  const char *names[TRUCE_N_ALERT_KINDS + 2];
  guint kinds = 0;

  for (guint i = 0; i < TRUCE_N_ALERT_KINDS; i++)
    names[i] = truce_alert_kind_to_text ((TruceAlertKind) i);
  names[TRUCE_N_ALERT_KINDS] = "deadline";
  names[TRUCE_N_ALERT_KINDS + 1] = NULL;
  for (char **word = words; word && *word; word++) {
    TruceAlertKind kind;
    if (strcmp (*word, "deadline") == 0) {
      kinds |=
          1u << TRUCE_ALERT_LEAD | 1u << TRUCE_ALERT_DUE | 1u << TRUCE_ALERT_WINDOW_OPEN | 1u << TRUCE_ALERT_PASSED;
    } else if (strcmp (*word, truce_alert_kind_to_text (TRUCE_ALERT_DIGEST)) == 0) {
      truce_value_error (value, "a digest goes wherever the alerts in it go: name their kinds");
      return;
    } else if (truce_alert_kind_from_text (*word, &kind)) {
      kinds |= 1u << kind;
    } else {
      g_autofree char *what = g_strdup_printf ("\"%s\" is no kind of alert", *word);
      truce_value_unknown (value, what, *word, names);
      return;
    }
  }
  if (kinds)
    sink->kinds = kinds;
}

/* kind, or the id where it is a built-in sink's name. FALSE, having said so, when neither tells. */
static gboolean
read_kind (TruceConfigBuilder *builder, const TruceConfigSection *section, const TruceConfigEntry *entry,
           TruceSink *sink)
{
  TruceSinkKind named = TRUCE_SINK_JOURNAL;
  gboolean is_named = builtin_kind (sink->id, &named);
  guint index;

  if (!entry) {
    TruceValue place = truce_config_section_place (builder, section);
    if (!is_named)
      truce_value_error (
          &place, "a sink needs kind = journal, syslog, stdout, desktop, exec, webhook, mail, ics or prometheus");
    sink->kind = is_named ? named : TRUCE_SINK_JOURNAL;
    return is_named;
  }
  TruceValue value = truce_config_value (builder, section, entry);
  if (!truce_value_choice (&value, kind_names, &index))
    return FALSE;
  sink->kind = (TruceSinkKind) index;
  if (is_named && sink->kind != named) {
    truce_value_error (&value, "\"%s\" is the name of the built-in sink of that kind; choose another id", sink->id);
    return FALSE;
  }
  return TRUE;
}

/* An argument that only a shell would not take for one. */
static const char *
shell_word (char **words)
{
  static const char *const shell[] = { "|", "||", "&", "&&", ">", ">>", "<", "2>&1", NULL };

  for (; *words; words++)
    if (g_strv_contains (shell, *words))
      return *words;
  return NULL;
}

static void
read_command (TruceSink *sink, const TruceValue *value)
{
  g_auto (GStrv) words = NULL;
  const char *of_shell;

  if (!g_shell_parse_argv (value->place.value, NULL, &words, NULL)) {
    truce_value_error (value, "a quote in it has no end, or a backslash nothing behind it");
    return;
  }
  if (**words == '~') {
    truce_value_error (value, "'~' is the shell's; write the path from '/' on");
    return;
  }
  if (!**words || (**words != '/' && strchr (*words, '/'))) {
    truce_value_error (value, "a program is named by its path from '/' on, or by a name that PATH has");
    return;
  }
  of_shell = shell_word (words);
  if (of_shell)
    truce_value_warn (value, "no shell reads it, and \"%s\" is an argument; sh -c '...' has one", of_shell);
  sink->command = g_steal_pointer (&words);
  sink->command_line = value->place.line;
}

/* NULL: `key` is of all kinds. */
static const OwnKey *
find_own_key (guint key)
{
  for (guint i = 0; i < G_N_ELEMENTS (own_keys); i++)
    if (own_keys[i].key == key)
      return &own_keys[i];
  return NULL;
}

static void
read_key (TruceSink *sink, guint key, const TruceValue *value)
{
  static const char *const formats[] = { "rfc5424", "rfc3164", NULL };
  guint index;

  switch (key) {
  case ALERTS:
    read_alerts (sink, value);
    break;
  case MIN_URGENCY:
    truce_value_urgency (value, &sink->min_urgency);
    break;
  case TAGS:
    sink->tags = truce_value_tags (value);
    sink->tags_line = value->place.line;
    break;
  case QUIET:
    truce_value_quiet (value, &sink->quiet);
    break;
  case DIGEST:
    truce_value_time_of_day (value, &sink->digest);
    break;
  case FORMAT:
    if (sink->kind == TRUCE_SINK_SYSLOG && truce_value_choice (value, formats, &index))
      sink->rfc3164 = index == 1;
    break;
  case PATH:
    sink->path = truce_value_absolute_path (value);
    break;
  case COMMAND:
    read_command (sink, value);
    break;
  case TIMEOUT:
    if (sink->kind == TRUCE_SINK_EXEC)
      truce_value_duration (value, TRUCE_EXEC_TIMEOUT_LEAST, TRUCE_EXEC_TIMEOUT_MOST, &sink->timeout);
    else
      truce_value_duration (value, TRUCE_NET_SINK_TIMEOUT_LEAST, TRUCE_NET_SINK_TIMEOUT_MOST, &sink->timeout);
    break;
  default:
    break;
  }
}

gboolean
truce_sink_has_key (TruceSinkKind kind, const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (own_keys); i++)
    if (strcmp (keys[own_keys[i].key].name, key) == 0)
      return (own_keys[i].kinds & 1u << kind) != 0;
  return FALSE;
}

/* A secret that stands where it must not is not quoted. */
static void
report_misplaced (const TruceValue *value, const OwnKey *own, TruceSinkKind kind)
{
  TruceValue unsaid = *value;

  if (keys[own->key].use == TRUCE_KEY_SECRET || own->key == HEADER)
    unsaid.place.value = NULL;
  if (own->words)
    truce_value_error (&unsaid, "only a sink of kind %s has one", own->words);
  else
    truce_value_error (&unsaid, "a sink of kind %s has none", kind_names[kind]);
}

static TruceSink *
build_sink (TruceConfigBuilder *builder, const TruceConfigSection *section)
{
  const TruceConfigEntry *slots[G_N_ELEMENTS (keys)] = { NULL };
  TruceSink *sink = new_sink (builder, section->id);

  sink->line = section->line;
  sink->file = g_strdup (section->path);
  truce_config_collect (builder, section, keys, slots);
  gboolean has_kind = read_kind (builder, section, slots[KIND], sink);
  for (guint key = 0; keys[key].name; key++)
    if (slots[key]) {
      TruceValue value = truce_config_value (builder, section, slots[key]);
      const OwnKey *own = find_own_key (key);
      if (!own || (has_kind ? own->kinds & 1u << sink->kind : !own->words))
        read_key (sink, key, &value);
      else if (has_kind)
        report_misplaced (&value, own, sink->kind);
    }
  for (guint i = 0; has_kind && i < G_N_ELEMENTS (needed_keys); i++)
    if (needed_keys[i].kind == sink->kind && !slots[needed_keys[i].key]) {
      TruceValue place = truce_config_section_place (builder, section);
      truce_value_error (&place, "a sink of kind %s needs a %s", kind_names[sink->kind], keys[needed_keys[i].key].name);
    }
  if (slots[QUIET] && slots[DIGEST]) {
    TruceValue value = truce_config_value (builder, section, slots[QUIET]);
    truce_value_error (&value, "with digest there are no quiet hours: what is not critical comes with that");
  }
  if (has_kind && (sink->kind == TRUCE_SINK_WEBHOOK || sink->kind == TRUCE_SINK_MAIL))
    truce_config_read_net_sink (builder, section, sink);
  return sink;
}

static void
add_sink (TruceConfig *config, TruceSink *sink)
{
  g_ptr_array_add (config->sinks, sink);
  g_hash_table_insert (config->sinks_by_id, sink->id, sink);
}

/* Adds the sink that alert-to names: the configured one of that id, which it takes out of `configured`, or a built-in.
 */
static void
add_named_sink (TruceConfigBuilder *builder, GHashTable *configured, const char *name)
{
  TruceSink *sink = g_hash_table_lookup (configured, name);
  TruceSinkKind kind;

  if (sink && (FILES & 1u << sink->kind)) {
    truce_value_error (&builder->alert_to, "[sink %s] receives no alerts: it is a file that is kept current", name);
  } else if (sink) {
    g_hash_table_steal (configured, name);
    add_sink (builder->config, sink);
  } else if (builtin_kind (name, &kind)) {
    sink = new_sink (builder, name);
    sink->kind = kind;
    add_sink (builder->config, sink);
  } else {
    g_autoptr (GPtrArray) names = g_ptr_array_new ();
    g_autofree char *what = g_strdup_printf ("there is no [sink %s] and no built-in sink of that name", name);
    GHashTableIter iter;
    gpointer id;
    for (guint i = 0; i < N_BUILTIN_KINDS; i++)
      g_ptr_array_add (names, (gpointer) kind_names[i]);
    g_hash_table_iter_init (&iter, configured);
    while (g_hash_table_iter_next (&iter, &id, NULL))
      g_ptr_array_add (names, id);
    g_ptr_array_add (names, NULL);
    truce_value_unknown (&builder->alert_to, what, name, (const char *const *) names->pdata);
  }
}

/* In the order of the configuration. */
static void
add_files (TruceConfigBuilder *builder, GHashTable *configured)
{
  g_autoptr (GHashTable) paths = g_hash_table_new (g_str_hash, g_str_equal);

  g_ptr_array_set_free_func (builder->config->files, (GDestroyNotify) free_sink);
  for (guint i = 0; i < builder->document->sections->len; i++) {
    const TruceConfigSection *section = truce_config_document_section (builder->document, i);
    TruceSink *sink =
        truce_config_section_is (section, TRUCE_SECTION_SINK) ? g_hash_table_lookup (configured, section->id) : NULL;
    if (!sink || !(FILES & 1u << sink->kind))
      continue;
    TruceValue place = truce_config_section_place (builder, section);
    if (sink->path && !g_hash_table_add (paths, sink->path))
      truce_value_error (&place, "another sink writes %s too", sink->path);
    g_hash_table_steal (configured, section->id);
    g_ptr_array_add (builder->config->files, sink);
  }
}

void
truce_config_build_sinks (TruceConfigBuilder *builder)
{
  static const char *const default_names[] = { "journal", "desktop", NULL };
  g_autoptr (GHashTable) configured = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) free_sink);
  g_auto (GStrv) names =
      builder->alert_to.place.value ? truce_value_words (&builder->alert_to) : g_strdupv ((char **) default_names);

  g_ptr_array_set_free_func (builder->config->sinks, (GDestroyNotify) free_sink);
  for (guint i = 0; i < builder->document->sections->len; i++) {
    const TruceConfigSection *section = truce_config_document_section (builder->document, i);
    if (!truce_config_section_is (section, TRUCE_SECTION_SINK))
      continue;
    TruceSink *sink = build_sink (builder, section);
    TruceValue place = truce_config_section_place (builder, section);
    g_hash_table_insert (configured, sink->id, sink);
    if (!(FILES & 1u << sink->kind) &&
        !g_strv_contains ((const char *const *) (names ? names : (char **) default_names), sink->id))
      truce_value_warn (&place, "no alert goes to it; name it in alert-to of [truced]");
  }
  for (char **name = names; name && *name; name++)
    add_named_sink (builder, configured, *name);
  add_files (builder, configured);
}
