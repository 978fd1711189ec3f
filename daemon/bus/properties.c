/* SPDX-License-Identifier: MIT */
#include "bus/properties.h"

#include "engine/glance.h"
#include "truced-config.h"

#define TELL_DELAY 100 /* ms: a round of polls changes what is shown once a feed, and no eye follows */

enum {
  NEXT_DUE,
  NEXT_MILESTONE,
  NEXT_TITLE,
  UNACKNOWLEDGED,
  MOVES,
  FAILING,
  NETWORK_DOWN,
  CLOCK_DOUBTED,
  N_PROPERTIES
};

static const char *const names[N_PROPERTIES] = {
  [NEXT_DUE] = "NextDue",
  [NEXT_MILESTONE] = "NextMilestone",
  [NEXT_TITLE] = "NextTitle",
  [UNACKNOWLEDGED] = "Unacknowledged",
  [MOVES] = "Moves",
  [FAILING] = "Failing",
  [NETWORK_DOWN] = "NetworkDown",
  [CLOCK_DOUBTED] = "ClockDoubted",
};

struct _TruceProperties {
  TruceEngine *engine;
  TrucePropertiesTell tell;
  gpointer user_data;
  GVariant *now[N_PROPERTIES];
  GVariant *told[N_PROPERTIES];
  gboolean old;    /* `now` is to be read anew */
  GSource *source; /* to tell; NULL: nothing to look at */
};

static void
set (GVariant **slot, GVariant *value /* floating, or NULL */)
{
  g_clear_pointer (slot, g_variant_unref);
  *slot = value ? g_variant_ref_sink (value) : NULL;
}

static GVariant *
text (const char *value)
{
  return g_variant_new_string (value ? value : "");
}

/* Read anew only when something has changed: who asks again and again costs nothing. */
static void
refresh (TruceProperties *properties)
{
  GVariant **now = properties->now;
  g_auto (TruceGlance) glance = { 0 };
  char due[TRUCE_TIME_TEXT_SIZE];

  if (!properties->old)
    return;
  properties->old = FALSE;
  truce_glance_read (properties->engine, &glance);
  set (&now[NEXT_DUE], text (glance.due == TRUCE_TIME_NONE ? NULL : truce_time_to_text (glance.due, due)));
  set (&now[NEXT_MILESTONE], text (glance.milestone));
  set (&now[NEXT_TITLE], text (glance.title));
  set (&now[UNACKNOWLEDGED], g_variant_new_uint32 (glance.unacknowledged));
  set (&now[MOVES], g_variant_new_uint32 (glance.moves));
  set (&now[FAILING], g_variant_new_uint32 (glance.failing));
  set (&now[NETWORK_DOWN], g_variant_new_boolean (glance.network_down));
  set (&now[CLOCK_DOUBTED], g_variant_new_boolean (glance.clock_doubted));
}

static void
mark_told (TruceProperties *properties)
{
  for (guint i = 0; i < N_PROPERTIES; i++)
    set (&properties->told[i], properties->now[i]);
}

TruceProperties *
truce_properties_new (TruceEngine *engine, TrucePropertiesTell tell, gpointer user_data)
{
  TruceProperties *properties = g_new0 (TruceProperties, 1);

  properties->engine = engine;
  properties->tell = tell;
  properties->user_data = user_data;
  properties->old = TRUE;
  refresh (properties);
  mark_told (properties);
  return properties;
}

static void
stop (TruceProperties *properties)
{
  if (properties->source) {
    g_source_destroy (properties->source);
    g_clear_pointer (&properties->source, g_source_unref);
  }
}

void
truce_properties_free (TruceProperties *properties)
{
  if (!properties)
    return;
  stop (properties);
  for (guint i = 0; i < N_PROPERTIES; i++) {
    set (&properties->now[i], NULL);
    set (&properties->told[i], NULL);
  }
  g_free (properties);
}

void
truce_properties_flush (TruceProperties *properties)
{
  GVariantBuilder changed;
  gboolean any = FALSE;

  stop (properties);
  refresh (properties);
  g_variant_builder_init (&changed, G_VARIANT_TYPE_VARDICT);
  for (guint i = 0; i < N_PROPERTIES; i++) {
    if (g_variant_equal (properties->now[i], properties->told[i]))
      continue;
    g_variant_builder_add (&changed, "{sv}", names[i], properties->now[i]);
    any = TRUE;
  }
  g_autoptr (GVariant) values = g_variant_ref_sink (g_variant_builder_end (&changed));
  mark_told (properties);
  if (any)
    properties->tell (values, properties->user_data);
}

static gboolean
on_delay (gpointer user_data)
{
  truce_properties_flush (user_data);
  return G_SOURCE_REMOVE;
}

void
truce_properties_look (TruceProperties *properties)
{
  properties->old = TRUE;
  if (properties->source)
    return;
  properties->source = g_timeout_source_new (TELL_DELAY);
  g_source_set_callback (properties->source, on_delay, properties, NULL);
  g_source_attach (properties->source, g_main_context_get_thread_default ());
}

GVariant *
truce_properties_get (TruceProperties *properties, const char *name)
{
  if (g_strcmp0 (name, "Version") == 0)
    return g_variant_ref_sink (text (TRUCED_VERSION));
  refresh (properties);
  for (guint i = 0; i < N_PROPERTIES; i++)
    if (g_strcmp0 (name, names[i]) == 0)
      return g_variant_ref (properties->now[i]);
  return NULL;
}
