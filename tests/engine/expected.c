/* SPDX-License-Identifier: MIT */
#include "expected.h"

#include <string.h>

/* A date with all that is owed for it. */
typedef struct {
  gint64 earliest, latest;
  gboolean follows; /* it is what became of another date */
  GArray *owed;     /* OracleOwed */
} Due;

/* What was seen and told of a milestone. */
typedef struct {
  gboolean seen;
  gint64 earliest, latest; /* of the date last seen */
  guint revision;
  gint64 since;     /* when that date was first seen */
  gboolean unheard; /* it had passed by then, and nothing of it has been told */
  GHashTable *done; /* set of "revision key" */
} Told;

struct Expected {
  gint64 grace, horizon;
  ExpectedConfig configs[EXPECTED_MILESTONES];
  ExpectedSeries series;
  const Due *series_dues[EXPECTED_OCCURRENCES]; /* NULL: not reckoned yet, or no date */
  Told told[EXPECTED_MILESTONES + EXPECTED_OCCURRENCES];
  GArray *amendments[EXPECTED_MILESTONES];
  GPtrArray *alerts;
  GHashTable *dues; /* words for a date and its manner -> Due */
};

static void
due_free (gpointer data)
{
  Due *due = data;

  g_array_unref (due->owed);
  g_free (due);
}

static void
alert_free (gpointer data)
{
  ExpectedAlert *alert = data;

  g_free (alert->id);
  g_free (alert);
}

Expected *
expected_new (gint64 grace, gint64 horizon)
{
  Expected *expected = g_new0 (Expected, 1);

  expected->grace = grace;
  expected->horizon = horizon;
  for (int i = 0; i < EXPECTED_MILESTONES + EXPECTED_OCCURRENCES; i++)
    expected->told[i].done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (int i = 0; i < EXPECTED_MILESTONES; i++)
    expected->amendments[i] = g_array_new (FALSE, FALSE, sizeof (ExpectedAmendment));
  expected->alerts = g_ptr_array_new_with_free_func (alert_free);
  expected->dues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, due_free);
  return expected;
}

void
expected_free (Expected *expected)
{
  for (int i = 0; i < EXPECTED_MILESTONES + EXPECTED_OCCURRENCES; i++)
    g_hash_table_unref (expected->told[i].done);
  for (int i = 0; i < EXPECTED_MILESTONES; i++)
    g_array_unref (expected->amendments[i]);
  g_ptr_array_unref (expected->alerts);
  g_hash_table_unref (expected->dues);
  g_free (expected);
}

ExpectedConfig *
expected_config (Expected *expected, int milestone)
{
  return &expected->configs[milestone];
}

ExpectedSeries *
expected_series (Expected *expected)
{
  return &expected->series;
}

static OracleDate
date_of_series (const ExpectedSeries *series, int number)
{
  OracleDate date = series->first;

  date.first.day = oracle_add_months (date.first.day, series->months * number) + (gint64) series->days * number;
  date.last = date.first.day;
  return date;
}

/* Where its zone skipped a whole day, a date that is that day is none. */
static gboolean
is_date_of_series (const ExpectedSeries *series, int number)
{
  OracleDate date = date_of_series (series, number);

  oracle_use_zone (series->zone);
  return date.form == ORACLE_INSTANT || oracle_civil_at (oracle_earliest (&date)).day == date.first.day;
}

char *
expected_name (Expected *expected, int milestone)
{
  int year, month, day;

  if (milestone < EXPECTED_MILESTONES)
    return g_strdup_printf ("m%d", milestone);
  oracle_date_of (date_of_series (&expected->series, milestone - EXPECTED_MILESTONES).first.day, &year, &month, &day);
  return g_strdup_printf ("r@%04d-%02d-%02d", year, month, day);
}

GPtrArray *
expected_alerts (Expected *expected)
{
  return expected->alerts;
}

GArray *
expected_amendments (Expected *expected, int milestone)
{
  return expected->amendments[milestone];
}

/* --- which date is in force --- */

const ExpectedStatement *
expected_line_at (Expected *expected, int milestone, gint64 now)
{
  const ExpectedConfig *config = &expected->configs[milestone];
  const ExpectedStatement *line = &config->lines[0];

  for (guint i = 1; i < config->n_lines; i++)
    if (config->lines[i].since <= now)
      line = &config->lines[i];
  return line;
}

static gboolean
same_words (const ExpectedStatement *a, const ExpectedStatement *b)
{
  g_autofree char *x = oracle_date_to_text (&a->date), *y = oracle_date_to_text (&b->date);

  if (a->base >= 0 || b->base >= 0)
    return a->base == b->base && a->days == b->days;
  return strcmp (x, y) == 0;
}

/* Does what was said still hold, or has the configuration come to say something else in its place? */
static gboolean
holds (Expected *expected, int milestone, const ExpectedAmendment *amendment)
{
  return amendment->kind == EXPECTED_DUE &&
         same_words (&amendment->over, expected_line_at (expected, milestone, amendment->at));
}

#define SAYINGS 1000 /* more than are ever said */

gint64
expected_moment (gint64 reading, guint number)
{
  return reading * SAYINGS + number;
}

static gint64
minute_of (gint64 moment)
{
  return moment == ORACLE_NEVER ? ORACLE_NEVER : (moment - moment % SAYINGS) / SAYINGS;
}

/* What was said by `heard` last counts, until a line of the configuration comes into force that was yet to come by
 * every clock that those who spoke had seen. */
static const ExpectedStatement *
statement_at (Expected *expected, int milestone, gint64 now, gint64 heard)
{
  const ExpectedStatement *line = expected_line_at (expected, milestone, now), *said = NULL;
  const GArray *amendments = expected->amendments[milestone];
  gint64 reading = G_MININT64;

  for (guint i = 0; i < amendments->len; i++) {
    const ExpectedAmendment *amendment = &g_array_index (amendments, ExpectedAmendment, i);
    if (amendment->moment > heard || !holds (expected, milestone, amendment))
      continue;
    said = &amendment->statement;
    reading = minute_of (amendment->moment);
  }
  return said && line->since <= reading ? said : line;
}

/* Has a person said that it has ended? */
static gboolean
is_said_to_have_ended (Expected *expected, int milestone)
{
  const GArray *amendments = expected->amendments[milestone];

  for (guint i = 0; i < amendments->len; i++)
    if (g_array_index (amendments, ExpectedAmendment, i).kind == EXPECTED_ENDED)
      return TRUE;
  return FALSE;
}

/* The moment of it; ORACLE_NEVER. */
static gint64
end_of (Expected *expected, int milestone)
{
  const ExpectedConfig *config = &expected->configs[milestone];
  const GArray *amendments = expected->amendments[milestone];
  gint64 minute = MIN (config->met_at, config->cancelled_at);
  gint64 end = minute == ORACLE_NEVER ? ORACLE_NEVER : expected_moment (minute, SAYINGS - 1);

  for (guint i = 0; i < amendments->len; i++) {
    const ExpectedAmendment *amendment = &g_array_index (amendments, ExpectedAmendment, i);
    if (amendment->kind == EXPECTED_ENDED)
      end = MIN (end, amendment->moment);
  }
  return end;
}

/* How that which hangs on `milestone` sees it: by what clock, and until which moment it heeds what is said. */
static void
look_at (Expected *expected, int milestone, gint64 *now, gint64 *heard)
{
  *heard = MIN (*heard, end_of (expected, milestone));
  *now = is_said_to_have_ended (expected, milestone) ? minute_of (*heard) : MIN (*now, minute_of (*heard));
}

/* Since when the date at `now` is what it is: its own statement, or one that it hangs on. */
static gint64
since_at (Expected *expected, int milestone, gint64 now, gint64 heard)
{
  const ExpectedStatement *statement = statement_at (expected, milestone, now, heard);

  if (statement->base < 0)
    return statement->since;
  look_at (expected, statement->base, &now, &heard);
  return MAX (statement->since, since_at (expected, statement->base, now, heard));
}

static void
date_at (Expected *expected, int milestone, gint64 now, gint64 heard, OracleDate *ret_date, const char **ret_zone)
{
  const ExpectedStatement *statement = statement_at (expected, milestone, now, heard);

  if (statement->base < 0) {
    *ret_date = statement->date;
    *ret_zone = expected->configs[milestone].zone;
    oracle_use_zone (*ret_zone);
    return;
  }
  look_at (expected, statement->base, &now, &heard);
  date_at (expected, statement->base, now, heard, ret_date, ret_zone);
  /* From where the other really is, and not from words that no clock there shows. */
  gint64 last = oracle_civil_at (oracle_latest (ret_date) - 1).day;
  int minute = ret_date->first.minute;
  ret_date->first = oracle_civil_at (oracle_earliest (ret_date));
  if (ret_date->form != ORACLE_INSTANT)
    ret_date->first.minute = minute;
  ret_date->first.day += statement->days;
  ret_date->last = ret_date->form == ORACLE_INSTANT ? ret_date->first.day : last + statement->days;
}

void
expected_date_at (Expected *expected, int milestone, gint64 now, OracleDate *ret_date, const char **ret_zone)
{
  date_at (expected, milestone, now, ORACLE_NEVER, ret_date, ret_zone);
}

static const Due *
due_of (Expected *expected, const OracleDate *date, const char *zone, const OracleManner *manner, gboolean follows)
{
  g_autoptr (GString) name = g_string_new (NULL);
  g_autofree char *text = oracle_date_to_text (date);
  Due *due;

  g_string_append_printf (name, "%s %d %d %s %d %p", zone, follows, (int) date->form, text, manner->remind_at,
                          (void *) manner->nag);
  for (guint i = 0; i < manner->n_leads; i++)
    g_string_append_printf (name, " %u", manner->leads[i]);
  due = g_hash_table_lookup (expected->dues, name->str);
  if (!due) {
    due = g_new0 (Due, 1);
    due->earliest = oracle_earliest (date);
    due->latest = oracle_latest (date);
    due->follows = follows;
    due->owed = oracle_owed (date, manner, expected->horizon);
    g_hash_table_insert (expected->dues, g_strdup (name->str), due);
  }
  return due;
}

static const Due *
due_at (Expected *expected, int milestone, gint64 now)
{
  const char *zone;
  OracleDate date;

  gboolean follows =
      since_at (expected, milestone, now, ORACLE_NEVER) > statement_at (expected, milestone, now, ORACLE_NEVER)->since;
  expected_date_at (expected, milestone, now, &date, &zone);
  return due_of (expected, &date, zone, &expected->configs[milestone].manner, follows);
}

/* NULL: that is no date. */
static const Due *
due_of_series (Expected *expected, int number)
{
  const ExpectedSeries *series = &expected->series;

  if (!expected->series_dues[number] && is_date_of_series (series, number)) {
    OracleDate date = date_of_series (series, number);
    oracle_use_zone (series->zone);
    expected->series_dues[number] = due_of (expected, &date, series->zone, &series->manner, FALSE);
  }
  return expected->series_dues[number];
}

gboolean
expected_has_ended (Expected *expected, int milestone, gint64 now)
{
  const ExpectedConfig *config = &expected->configs[milestone];

  return is_said_to_have_ended (expected, milestone) || now >= MIN (config->met_at, config->cancelled_at);
}

/* --- what was told --- */

static char *
name_of (const Told *told, const OracleOwed *owed)
{
  return g_strdup_printf ("%u %s", told->revision, owed->key);
}

static gboolean
is_done (const Told *told, const OracleOwed *owed)
{
  g_autofree char *name = name_of (told, owed);

  return g_hash_table_contains (told->done, name);
}

static void
set_done (Told *told, const OracleOwed *owed)
{
  g_hash_table_add (told->done, name_of (told, owed));
}

static void
tell (Expected *expected, int milestone, const char *kind, const OracleOwed *owed, const Due *due, gint64 now,
      gboolean late)
{
  ExpectedAlert *alert = g_new0 (ExpectedAlert, 1);

  alert->milestone = milestone;
  alert->kind = kind;
  if (owed && owed->kind == ORACLE_NAG)
    alert->nag = (guint) g_ascii_strtoull (owed->key + strlen ("nag"), NULL, 10);
  else if (owed && owed->kind != ORACLE_PASSED)
    g_strlcpy (alert->lead, owed->key, sizeof alert->lead);
  alert->revision = expected->told[milestone].revision;
  alert->earliest = due->earliest;
  alert->raised = now;
  alert->late = late;
  alert->snoozed = ORACLE_NEVER;
  g_ptr_array_add (expected->alerts, alert);
}

static void
tell_owed (Expected *expected, int milestone, const OracleOwed *owed, const Due *due, gint64 now, gboolean late)
{
  static const char *const kinds[] = {
    [ORACLE_LEAD] = "lead",     [ORACLE_DUE] = "due",    [ORACLE_WINDOW_OPEN] = "window-open",
    [ORACLE_PASSED] = "passed", [ORACLE_NAG] = "passed",
  };

  tell (expected, milestone, kinds[owed->kind], owed, due, now, late);
}

/* Everything of the date that has come by `now` counts as told. Returns the last of it. */
static const OracleOwed *
pass_over (Told *told, const Due *due, gint64 now)
{
  const OracleOwed *last = NULL;

  for (guint i = 0; i < due->owed->len; i++) {
    const OracleOwed *owed = &g_array_index (due->owed, OracleOwed, i);
    if (owed->at > now || owed->kind == ORACLE_NAG)
      continue;
    set_done (told, owed);
    last = owed;
  }
  return last;
}

static void
see_date (Expected *expected, int milestone, const Due *due, gint64 now)
{
  Told *told = &expected->told[milestone];

  if (told->seen)
    told->revision++;
  told->seen = TRUE;
  told->earliest = due->earliest;
  told->latest = due->latest;
  told->since = now;
  told->unheard = FALSE;
}

/* What was answered before the date came was about another, which it follows from. */
static gboolean
nags_rest (Expected *expected, int milestone, const Due *due, gint64 now)
{
  const Told *told = &expected->told[milestone];

  for (guint i = 0; i < expected->alerts->len; i++) {
    const ExpectedAlert *alert = g_ptr_array_index (expected->alerts, i);
    gboolean says_so = strcmp (alert->kind, "due") == 0 || strcmp (alert->kind, "passed") == 0 || *alert->lead == '+';
    if (alert->milestone != milestone || alert->revision != told->revision || !says_so ||
        alert->raised < due->earliest)
      continue;
    if (alert->acknowledged || (alert->snoozed != ORACLE_NEVER && alert->snoozed > now))
      return TRUE;
  }
  return FALSE;
}

static void
tell_what_has_come (Expected *expected, int milestone, const Due *due, gint64 now)
{
  Told *told = &expected->told[milestone];
  const OracleOwed *speaker = NULL;
  gboolean rest = nags_rest (expected, milestone, due, now);

  for (guint i = 0; i < due->owed->len; i++) {
    const OracleOwed *owed = &g_array_index (due->owed, OracleOwed, i);
    if (owed->at > now || is_done (told, owed))
      continue;
    if (owed->kind == ORACLE_NAG && told->since >= due->latest)
      continue; /* it had passed when it was first seen */
    if (now - owed->at <= expected->grace && !(rest && owed->kind == ORACLE_NAG))
      speaker = owed;
    set_done (told, owed);
  }
  if (speaker) {
    tell_owed (expected, milestone, speaker, due, now, now - speaker->at > 1);
    told->unheard = FALSE;
  }
}

/* Is it as good as new? */
static gboolean
is_unheard (const Told *told, const Due *due, gint64 now)
{
  return told->unheard && told->since > now && told->earliest == due->earliest && told->latest == due->latest;
}

/* What of it has passed is told at once, by the last, unless all has. */
static void
greet (Expected *expected, int milestone, const Due *due, gint64 now, gboolean ended)
{
  Told *told = &expected->told[milestone];
  const OracleOwed *last;

  see_date (expected, milestone, due, now);
  if (ended)
    return;
  last = pass_over (told, due, now);
  if (last && due->latest > now)
    tell_owed (expected, milestone, last, due, now, FALSE);
  told->unheard = last && due->latest <= now;
}

static void
wake_milestone (Expected *expected, int milestone, gint64 now)
{
  const Due *due = due_at (expected, milestone, now);
  Told *told = &expected->told[milestone];
  gboolean ended = expected_has_ended (expected, milestone, now);

  if (!told->seen || (!ended && is_unheard (told, due, now))) {
    greet (expected, milestone, due, now, ended);
  } else if ((told->earliest != due->earliest || told->latest != due->latest) && !ended &&
             !(due->follows && told->latest <= now && due->latest <= now)) {
    see_date (expected, milestone, due, now);
    tell (expected, milestone, "changed", NULL, due, now, FALSE);
    pass_over (told, due, now);
  }
  if (!ended)
    tell_what_has_come (expected, milestone, due, now);
}

/* FALSE: nothing of it has, or all so long ago that it is no news however the clock is set. */
static gboolean
may_have_come (Expected *expected, const Due *due, gint64 now)
{
  return due->owed->len > 0 && g_array_index (due->owed, OracleOwed, 0).at <= now &&
         now - g_array_index (due->owed, OracleOwed, due->owed->len - 1).at <= 3 * expected->grace;
}

static void
wake_series (Expected *expected, gint64 now)
{
  for (int i = 0; i < EXPECTED_OCCURRENCES; i++) {
    int milestone = EXPECTED_MILESTONES + i;
    const Due *due = due_of_series (expected, i);
    Told *told = &expected->told[milestone];
    if (!due)
      continue;
    if (!told->seen || is_unheard (told, due, now))
      greet (expected, milestone, due, now, FALSE);
    if (may_have_come (expected, due, now))
      tell_what_has_come (expected, milestone, due, now);
  }
}

/* What was raised of a date that holds no more may be withdrawn before somebody hears of it. */
static void
mark_outdated (Expected *expected, gint64 now)
{
  for (guint i = 0; i < expected->alerts->len; i++) {
    ExpectedAlert *alert = g_ptr_array_index (expected->alerts, i);
    int milestone = alert->milestone;
    gboolean over = milestone < EXPECTED_MILESTONES &&
                    (!expected->configs[milestone].present || expected_has_ended (expected, milestone, now));
    if (over || alert->revision != expected->told[milestone].revision)
      alert->outdated = TRUE;
  }
}

void
expected_wake (Expected *expected, gint64 now)
{
  for (int i = 0; i < EXPECTED_MILESTONES; i++)
    if (expected->configs[i].present)
      wake_milestone (expected, i, now);
  if (expected->series.present)
    wake_series (expected, now);
  mark_outdated (expected, now);
}

static gint64
next_line_after (const ExpectedConfig *config, gint64 now)
{
  gint64 next = ORACLE_NEVER;

  for (guint i = 1; i < config->n_lines; i++)
    if (config->lines[i].since > now)
      next = MIN (next, config->lines[i].since);
  if (config->met_at > now)
    next = MIN (next, config->met_at);
  if (config->cancelled_at > now)
    next = MIN (next, config->cancelled_at);
  return next;
}

static gint64
next_owed_after (const Due *due, gint64 now)
{
  for (guint i = 0; i < due->owed->len; i++) {
    const OracleOwed *owed = &g_array_index (due->owed, OracleOwed, i);
    if (owed->at > now)
      return owed->at;
  }
  return ORACLE_NEVER;
}

gint64
expected_next (Expected *expected, gint64 now)
{
  gint64 next = ORACLE_NEVER;

  for (int i = 0; i < EXPECTED_MILESTONES; i++) {
    if (!expected->configs[i].present)
      continue;
    next = MIN (next, next_owed_after (due_at (expected, i, now), now));
    next = MIN (next, next_line_after (&expected->configs[i], now));
  }
  for (int i = 0; i < EXPECTED_OCCURRENCES && expected->series.present; i++) {
    const Due *due = due_of_series (expected, i);
    if (due)
      next = MIN (next, next_owed_after (due, now));
  }
  return next;
}

void
expected_run (Expected *expected, gint64 from, gint64 upto)
{
  expected_wake (expected, from);
  for (gint64 at = expected_next (expected, from); at <= upto; at = expected_next (expected, at))
    expected_wake (expected, at);
}
