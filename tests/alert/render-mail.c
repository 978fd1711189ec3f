/* SPDX-License-Identifier: MIT */
/* render-mail [NAME]: reads records of alerts, one a line, and writes each as a mail from NAME, ended by a line of one
 * form feed. With these addresses, at that time, and with the calendar that the record has beside it. */
#include <stdio.h>
#include <string.h>

#include "alert/mail.h"

#define NOW ((TruceTime) 1754395260 * TRUCE_SECOND) /* 2025-08-05T12:01:00Z */

int
main (int argc, char **argv)
{
  static const char *const to[] = { "one@example.org", "two@example.org", NULL };
  char *line = NULL;
  size_t size = 0;

  while (getline (&line, &size, stdin) > 0) {
    g_autoptr (json_t) record = json_loads (line, 0, NULL);
    g_autoptr (TruceAlert) alert = record ? truce_alert_from_json (record) : NULL;
    if (!alert)
      g_error ("no record: %s", line);
    const TruceMailPlace place = { "truced@example.org",
                                   argc > 1 ? argv[1] : "Wächter „truced“",
                                   to,
                                   alert->id,
                                   NOW,
                                   json_string_value (json_object_get (record, "calendar")) };
    g_autofree char *mail = truce_mail_render (&place, alert);
    printf ("%s\f\n", mail);
  }
  g_free (line);
  return 0;
}
