/* SPDX-License-Identifier: MIT */
#include "bus/callers.h"

#include <string.h>

/* Clients say it right before they call, so that few need be remembered; names on a bus are not given twice. */
#define CALLERS_MAX 64
#define PROGRAM_MAX 32 /* bytes */

typedef struct {
  char *sender;
  char *program;
} Caller;

struct _TruceCallers {
  GQueue known; /* Caller *, the latest first */
};

static void
caller_free (gpointer data)
{
  Caller *caller = data;

  g_free (caller->sender);
  g_free (caller->program);
  g_free (caller);
}

TruceCallers *
truce_callers_new (void)
{
  return g_new0 (TruceCallers, 1);
}

void
truce_callers_free (TruceCallers *callers)
{
  if (!callers)
    return;
  g_queue_clear_full (&callers->known, caller_free);
  g_free (callers);
}

static Caller *
find (const TruceCallers *callers, const char *sender)
{
  for (const GList *link = callers->known.head; link; link = link->next)
    if (strcmp (((const Caller *) link->data)->sender, sender) == 0)
      return link->data;
  return NULL;
}

gboolean
truce_callers_introduce (TruceCallers *callers, const char *sender, const char *program)
{
  gsize length = strlen (program);
  Caller *caller;

  if (length == 0 || length > PROGRAM_MAX ||
      strspn (program, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") != length)
    return FALSE;
  caller = find (callers, sender);
  if (caller) {
    g_queue_remove (&callers->known, caller);
    caller_free (caller);
  }
  caller = g_new0 (Caller, 1);
  caller->sender = g_strdup (sender);
  caller->program = g_strdup (program);
  g_queue_push_head (&callers->known, caller);
  if (callers->known.length > CALLERS_MAX)
    caller_free (g_queue_pop_tail (&callers->known));
  return TRUE;
}

const char *
truce_callers_program (const TruceCallers *callers, const char *sender)
{
  const Caller *caller = find (callers, sender);

  return caller ? caller->program : "D-Bus";
}
