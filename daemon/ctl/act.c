/* SPDX-License-Identifier: MIT */
/* The verbs that change something in a running truced. */
#include <stdio.h>

#include "ctl/client.h"
#include "ctl/print.h"
#include "ctl/verbs.h"

#define SNOOZE_DEFAULT TRUCE_DAY

/* One object an alert: its record. */
TruceExit
truce_verb_ack (TruceCtl *ctl)
{
  TruceExit worst = TRUCE_EXIT_DONE;

  for (guint i = 0; i < ctl->n_arguments; i++) {
    g_autoptr (json_t) record = NULL;
    TruceExit status = truce_client_say (ctl, "Acknowledge", g_variant_new ("(s)", ctl->arguments[i]), &record);

    if (status == TRUCE_EXIT_UNREACHABLE)
      return status;
    worst = MAX (worst, status);
    if (record && ctl->json)
      truce_print_record (record);
    else if (record)
      printf ("Acknowledged: %s\n", truce_json_get_text (record, "title"));
  }
  return worst;
}

TruceExit
truce_verb_snooze (TruceCtl *ctl)
{
  g_autoptr (json_t) record = NULL;
  TruceTime length = SNOOZE_DEFAULT;

  if (ctl->n_arguments > 1 && !truce_duration_from_text (ctl->arguments[1], &length))
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "snooze: %s: not a length such as 2h, 3d or 2w, 366d at most",
                           ctl->arguments[1]);
  TruceExit status =
      truce_client_say (ctl, "Snooze", g_variant_new ("(sx)", ctl->arguments[0], length / TRUCE_SECOND), &record);
  if (status != TRUCE_EXIT_DONE)
    return status;
  if (ctl->json) {
    truce_print_record (record);
    return TRUCE_EXIT_DONE;
  }
  g_autofree char *until = truce_zone_format (ctl->zone, truce_json_get_time (record, "snoozed"));
  printf ("Told again %s: %s\n", until, truce_json_get_text (record, "title"));
  return TRUCE_EXIT_DONE;
}

/* Why `feed` ("": any) is not polled now. */
static TruceExit
explain_no_poll (TruceCtl *ctl, const char *feed)
{
  g_autoptr (json_t) feeds = NULL;
  TruceExit status = truce_client_read (ctl, "ListFeeds", g_variant_new ("(s)", feed), &feeds);

  if (status != TRUCE_EXIT_DONE)
    return status;
  if (json_array_size (feeds) == 0)
    return truce_ctl_fail (TRUCE_EXIT_NO, "nothing to poll: no feed is configured");
  if (!*feed)
    return truce_ctl_fail (TRUCE_EXIT_NO, "nothing to poll: each feed is being polled, or was within the last minute");
  TruceTime tried = truce_json_get_time (json_array_get (feeds, 0), "last_try");
  if (tried == TRUCE_TIME_NONE || ctl->now - tried >= TRUCE_MINUTE || tried > ctl->now)
    return truce_ctl_fail (TRUCE_EXIT_NO, "%s is being polled already", feed);
  int ago = (int) ((ctl->now - tried) / TRUCE_SECOND);
  return truce_ctl_fail (TRUCE_EXIT_NO, "%s was polled %d s ago, and is once a minute at most: again in %d s", feed,
                         ago, 60 - ago);
}

TruceExit
truce_verb_refresh (TruceCtl *ctl)
{
  const char *feed = ctl->n_arguments == 1 ? ctl->arguments[0] : "";
  g_autoptr (GVariant) reply = NULL;
  guint32 count;
  TruceExit status = truce_client_call (ctl, "Refresh", g_variant_new ("(s)", feed), "(u)", &reply);

  if (status != TRUCE_EXIT_DONE)
    return status;
  g_variant_get (reply, "(u)", &count);
  if (ctl->json)
    printf ("{\"count\":%u}\n", count);
  else if (count > 0)
    printf ("Polling %u %s.\n", count, count == 1 ? "feed" : "feeds");
  return count > 0 ? TRUCE_EXIT_DONE : ctl->json ? TRUCE_EXIT_NO : explain_no_poll (ctl, feed);
}

TruceExit
truce_verb_reload (TruceCtl *ctl)
{
  g_autoptr (GVariant) reply = NULL;
  const char *findings;
  TruceExit status = truce_client_call (ctl, "Reload", NULL, "(s)", &reply);

  if (status == TRUCE_EXIT_NO)
    fputs ("The configuration stays as it was.\n", stderr);
  if (status != TRUCE_EXIT_DONE)
    return status;
  g_variant_get (reply, "(&s)", &findings);
  if (ctl->json) {
    g_autoptr (json_t) record = json_object ();

    truce_json_set_text (record, "findings", findings);
    truce_print_record (record);
  } else {
    printf ("%sThe configuration has been read anew.\n", findings);
  }
  return TRUCE_EXIT_DONE;
}
