/* SPDX-License-Identifier: MIT */
/* properties.h: the properties of org.truced.Truced1, which are told when they change. */
#pragma once

#include <gio/gio.h>

#include "engine/engine.h"

G_BEGIN_DECLS

typedef struct _TruceProperties TruceProperties;

/* (transfer none): what has changed since it was last told, and how it is now: a{sv}. */
typedef void (*TrucePropertiesTell) (GVariant *changed, gpointer user_data);

TruceProperties *truce_properties_new (TruceEngine *engine, TrucePropertiesTell tell, gpointer user_data);
void truce_properties_free (TruceProperties *properties); /* NULL is fine */
/* Something may have changed: `tell` follows in a moment if it has, once for all that changes until then. */
void truce_properties_look (TruceProperties *properties);
/* The same, at once. */
void truce_properties_flush (TruceProperties *properties);
/* As it is now (transfer full); NULL: there is no such property. */
GVariant *truce_properties_get (TruceProperties *properties, const char *name);

G_END_DECLS
