/* SPDX-License-Identifier: MIT */
/* GLib reads the tz files; the arithmetic between instants and civil time is ours, since GDateTime moves a time in a
 * gap and picks a side of a fold without saying so, and costs ten times as much. */
#include "deadline/zone.h"

#include <string.h>

#include "deadline/names.h"
#include "deadline/zone_names.h"

/* How far in seconds an instant may lie from the same figures read as UTC: the widest offset ever was 15:56 (Manila
 * before 1844). */
#define OFFSET_REACH (17 * 3600)

/* The widest offsets in use: anything beyond is a typo. */
#define OFFSET_EAST_MAX (14 * 3600)
#define OFFSET_WEST_MAX (12 * 3600)

#define ZONE_NAME_MAX 64 /* bytes; the longest in the tz database has 38 */

/* GLib misreads the negative summer time of Europe/Dublin where the tz file ends and its rule takes over, in 2037: by
 * up to 2 h. Dublin has kept London's clock since 1971, so London's rule is taken from then on. */
#define DUBLIN_LATE_FROM ((gint64) 2114380800) /* 2037-01-01 */
#define DUBLIN_TWIN "Europe/London"

/* GLib looks for the interval of an instant from the first one on, 0.3 us for a date of today, and a schedule asks for
 * millions. So what it found is kept for stretches of 12 days from 1970 to 2106; no zone changes twice in one but by an
 * oddity, which is asked for each time. */
#define STRETCH_BITS 20
#define STRETCH_LENGTH (1 << STRETCH_BITS) /* seconds */
#define N_STRETCHES 4096
#define STRETCH_UNKNOWN (-1)
#define STRETCH_ODD (-2)

typedef struct {
  int interval; /* of the zone's rules, at its beginning; or one of the above */
  int change;   /* seconds until the next interval begins; STRETCH_LENGTH: not in it */
} Stretch;

/* Zones are shared by name while anybody holds one. Nothing here is locked: no program has threads of its own. */
struct _TruceZone {
  grefcount references;
  char *name;
  GTimeZone *rules; /* NULL: `offset` for ever */
  GTimeZone *late;  /* the rules from DUBLIN_LATE_FROM on; NULL: the same ones */
  int offset;
  Stretch *stretches; /* NULL with `rules` */
  gboolean shared;    /* in `zones` */
};

static GHashTable *zones; /* name -> TruceZone, not held */
static guint generation;  /* how often the zone database has changed */

GQuark
truce_zone_error_quark (void)
{
  return g_quark_from_static_string ("truce-zone-error-quark");
}

static TruceZone *
zone_take (const char *name, GTimeZone *rules, int offset)
{
  TruceZone *zone = g_new0 (TruceZone, 1);

  g_ref_count_init (&zone->references);
  zone->name = g_strdup (name);
  zone->rules = rules;
  zone->offset = offset;
  if (rules) {
    zone->stretches = g_new (Stretch, N_STRETCHES);
    for (int i = 0; i < N_STRETCHES; i++)
      zone->stretches[i].interval = STRETCH_UNKNOWN;
  }
  return zone;
}

static TruceZone *
share (TruceZone *zone)
{
  if (!zones)
    zones = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (zones, zone->name, zone);
  zone->shared = TRUE;
  return zone;
}

/* "+08:00", "-0500", "+08". FALSE for anything else. */
static gboolean
offset_from_text (const char *text, int *ret_offset)
{
  gsize length = strlen (text);
  int sign = text[0] == '-' ? -1 : 1;
  const char *minutes = NULL;

  if ((text[0] != '+' && text[0] != '-') || !g_ascii_isdigit (text[1]) || !g_ascii_isdigit (text[2]))
    return FALSE;
  if (length == 6 && text[3] == ':')
    minutes = text + 4;
  else if (length == 5)
    minutes = text + 3;
  else if (length != 3)
    return FALSE;
  if (minutes && (!g_ascii_isdigit (minutes[0]) || !g_ascii_isdigit (minutes[1]) || minutes[0] > '5'))
    return FALSE;

  int offset = ((text[1] - '0') * 10 + text[2] - '0') * 3600;
  if (minutes)
    offset += ((minutes[0] - '0') * 10 + minutes[1] - '0') * 60;
  if (offset > (sign < 0 ? OFFSET_WEST_MAX : OFFSET_EAST_MAX))
    return FALSE;
  *ret_offset = sign * offset;
  return TRUE;
}

/* A name as the tz database has them. GLib would also take POSIX rules ("XYZ3"), which a typo easily is, and the
 * folders beside the zones proper: those of right/ count leap seconds. */
static gboolean
is_zone_name (const char *name)
{
  static const char *const others[] = { "localtime", "posixrules", "Factory", NULL };
  /* Old names with figures in them, that are no POSIX rules. */
  static const char *const old_names[] = { "EST5EDT", "CST6CDT", "MST7MDT", "PST8PDT", "GMT0", "GMT+0", "GMT-0", NULL };
  gsize length = strlen (name);

  if (length == 0 || length > ZONE_NAME_MAX || !g_ascii_isalpha (name[0]) || g_strv_contains (others, name))
    return FALSE;
  if (g_str_has_prefix (name, "right/") || g_str_has_prefix (name, "posix/"))
    return FALSE;
  for (const char *p = name; *p; p++)
    if (!g_ascii_isalnum (*p) && !strchr ("/_+-", *p))
      return FALSE;
  return strchr (name, '/') || !strpbrk (name, "0123456789+") || g_strv_contains (old_names, name);
}

static void
set_unknown (GError **error, const char *name)
{
  const char *nearest = truce_zone_nearest (name);

  if (!nearest)
    g_set_error (error, TRUCE_ZONE_ERROR, TRUCE_ZONE_ERROR_UNKNOWN, "no time zone '%s' is known here", name);
  else if (strcmp (nearest, name) == 0)
    g_set_error (error, TRUCE_ZONE_ERROR, TRUCE_ZONE_ERROR_UNKNOWN, "the time zone '%s' is not installed here", name);
  else
    g_set_error (error, TRUCE_ZONE_ERROR, TRUCE_ZONE_ERROR_UNKNOWN, "no time zone '%s' is known here: is %s meant?",
                 name, nearest);
}

char *
truce_zone_folder (void)
{
  const char *folder = g_getenv ("TZDIR");

  return g_strdup (folder && *folder ? folder : "/usr/share/zoneinfo");
}

/* GLib keeps what it has read by the name that it was asked for, while anybody holds it; and here the zones of the
 * configuration that is to be replaced are held. So the same file is asked for by another name: one with more slashes
 * in it. */
static GTimeZone *
read_anew (const char *path)
{
  g_autofree char *slashes = g_strnfill (generation % 1000, '/');
  g_autofree char *name = g_strconcat (slashes, path, NULL);

  return g_time_zone_new_identifier (name);
}

/* Where GLib looks elsewhere than we do, what it has is better than nothing. */
static GTimeZone *
read_rules (const char *name)
{
  GTimeZone *rules = NULL;

  if (generation > 0) {
    g_autofree char *folder = truce_zone_folder ();
    g_autofree char *path = g_build_filename (folder, name, NULL);
    rules = read_anew (path);
  }
  return rules ? rules : g_time_zone_new_identifier (name);
}

void
truce_zone_forget (void)
{
  GHashTableIter iter;
  gpointer zone;

  generation++;
  if (!zones)
    return;
  g_hash_table_iter_init (&iter, zones);
  while (g_hash_table_iter_next (&iter, NULL, &zone))
    ((TruceZone *) zone)->shared = FALSE;
  g_hash_table_remove_all (zones);
}

TruceZone *
truce_zone_new (const char *name, GError **error)
{
  char offset_name[16];
  int offset = 0;
  gboolean fixed = strcmp (name, "UTC") == 0 || strcmp (name, "Z") == 0 || offset_from_text (name, &offset);

  if (fixed) {
    int minutes = ABS (offset) / 60;
    g_snprintf (offset_name, sizeof offset_name, "%c%02d:%02d", offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
    name = offset ? offset_name : "UTC";
  }
  TruceZone *known = zones ? g_hash_table_lookup (zones, name) : NULL;
  if (known)
    return truce_zone_ref (known);
  if (fixed)
    return share (zone_take (name, NULL, offset));

  GTimeZone *rules = is_zone_name (name) ? read_rules (name) : NULL;
  if (!rules) {
    set_unknown (error, name);
    return NULL;
  }
  TruceZone *zone = share (zone_take (name, rules, 0));
  if (strcmp (name, "Europe/Dublin") == 0 || strcmp (name, "Eire") == 0)
    zone->late = read_rules (DUBLIN_TWIN);
  return zone;
}

TruceZone *
truce_zone_new_local (void)
{
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  const char *name = g_time_zone_get_identifier (local);
  TruceZone *zone = truce_zone_new (name, NULL);

  /* TZ may also hold a rule of its own, and /etc/localtime be a file that was copied there. */
  if (zone)
    return zone;
  return zone_take (name, g_path_is_absolute (name) ? read_anew (name) : g_time_zone_ref (local), 0);
}

TruceZone *
truce_zone_ref (TruceZone *zone)
{
  g_ref_count_inc (&zone->references);
  return zone;
}

void
truce_zone_unref (TruceZone *zone)
{
  if (!zone || !g_ref_count_dec (&zone->references))
    return;
  if (zone->shared)
    g_hash_table_remove (zones, zone->name);
  g_clear_pointer (&zone->rules, g_time_zone_unref);
  g_clear_pointer (&zone->late, g_time_zone_unref);
  g_free (zone->stretches);
  g_free (zone->name);
  g_free (zone);
}

const char *
truce_zone_name (const TruceZone *zone)
{
  return zone->name;
}

static gint64
floor_div (gint64 value, gint64 by)
{
  gint64 quotient = value / by;

  return value % by < 0 ? quotient - 1 : quotient;
}

/* `seconds` UTC, or civil: in the first days of 2037 both rules of Dublin agree. */
static GTimeZone *
rules_at (const TruceZone *zone, gint64 seconds)
{
  return zone->late && seconds >= DUBLIN_LATE_FROM ? zone->late : zone->rules;
}

static int
find_interval (GTimeZone *rules, gint64 seconds)
{
  return g_time_zone_find_interval (rules, G_TIME_TYPE_UNIVERSAL, seconds);
}

static Stretch
learn_stretch (GTimeZone *rules, gint64 begin)
{
  int first = find_interval (rules, begin), last = find_interval (rules, begin + STRETCH_LENGTH - 1);
  int before = 0, after = STRETCH_LENGTH; /* of the change; it is found by bisection */

  if (last > first + 1)
    return (Stretch){ .interval = STRETCH_ODD };
  while (last > first && after - before > 1) {
    int middle = before + (after - before) / 2;
    if (find_interval (rules, begin + middle) == first)
      before = middle;
    else
      after = middle;
  }
  return (Stretch){ first, after };
}

/* The interval of the zone's rules, early ones, that `seconds` lies in. */
static int
interval_at (const TruceZone *zone, GTimeZone *rules, gint64 seconds)
{
  gint64 number = seconds >> STRETCH_BITS;

  if (number < 0 || number >= N_STRETCHES || rules != zone->rules)
    return find_interval (rules, seconds);
  Stretch *stretch = &zone->stretches[number];
  if (stretch->interval == STRETCH_UNKNOWN)
    *stretch = learn_stretch (rules, number * STRETCH_LENGTH);
  if (stretch->interval == STRETCH_ODD)
    return find_interval (rules, seconds);
  return stretch->interval + (seconds - number * STRETCH_LENGTH >= stretch->change ? 1 : 0);
}

static int
offset_seconds_at (const TruceZone *zone, GTimeZone *rules, gint64 seconds)
{
  return g_time_zone_get_offset (rules, interval_at (zone, rules, seconds));
}

/* The first instant after the gap that the civil second `local` lies in, by bisection: before it civil time is earlier
 * than `local`, from it on later. */
static gint64
end_of_gap (const TruceZone *zone, GTimeZone *rules, gint64 local)
{
  gint64 before = local - OFFSET_REACH, after = local + OFFSET_REACH;

  while (after - before > 1) {
    gint64 middle = before + (after - before) / 2;
    if (middle + offset_seconds_at (zone, rules, middle) >= local)
      after = middle;
    else
      before = middle;
  }
  return after;
}

/* The instant, in seconds, of the civil second `local` (counted as if it were UTC). */
static gint64
resolve_local (const TruceZone *zone, gint64 local, TruceCivilFit *ret_fit)
{
  *ret_fit = TRUCE_CIVIL_EXACT;
  if (!zone->rules)
    return local - zone->offset;

  GTimeZone *rules = rules_at (zone, local);
  int first = interval_at (zone, rules, local - OFFSET_REACH), last = interval_at (zone, rules, local + OFFSET_REACH);
  if (first == last)
    return local - g_time_zone_get_offset (rules, first);

  gint64 earliest = G_MAXINT64;
  int n_found = 0;
  for (int i = first; i <= last; i++) {
    gint64 candidate = local - g_time_zone_get_offset (rules, i);
    if (interval_at (zone, rules, candidate) != i)
      continue;
    earliest = MIN (earliest, candidate);
    n_found++;
  }
  if (n_found == 1)
    return earliest;
  *ret_fit = n_found ? TRUCE_CIVIL_FOLD : TRUCE_CIVIL_GAP;
  return n_found ? earliest : end_of_gap (zone, rules, local);
}

TruceTime
truce_zone_to_time (const TruceZone *zone, const TruceCivil *civil, TruceCivilFit *ret_fit)
{
  gint64 days = truce_days_from_date (civil->year, civil->month, civil->day);
  gint64 local = days * TRUCE_SECONDS_A_DAY + civil->hour * 3600 + civil->minute * 60 + civil->second;
  TruceCivilFit fit;
  gint64 seconds = resolve_local (zone, local, &fit);

  if (ret_fit)
    *ret_fit = fit;
  return seconds * TRUCE_SECOND;
}

static gint64
local_seconds (const TruceZone *zone, TruceTime at)
{
  gint64 seconds = floor_div (at, TRUCE_SECOND);

  if (!zone->rules)
    return seconds + zone->offset;
  return seconds + offset_seconds_at (zone, rules_at (zone, seconds), seconds);
}

void
truce_zone_to_civil (const TruceZone *zone, TruceTime at, TruceCivil *ret_civil)
{
  gint64 local = local_seconds (zone, at);
  gint64 days = floor_div (local, TRUCE_SECONDS_A_DAY);
  int of_day = (int) (local - days * TRUCE_SECONDS_A_DAY);

  truce_date_from_days (days, &ret_civil->year, &ret_civil->month, &ret_civil->day);
  ret_civil->hour = of_day / 3600;
  ret_civil->minute = of_day / 60 % 60;
  ret_civil->second = of_day % 60;
}

TruceTime
truce_zone_time_on (const TruceZone *zone, gint64 days, int second)
{
  TruceCivilFit fit;

  return resolve_local (zone, days * TRUCE_SECONDS_A_DAY + second, &fit) * TRUCE_SECOND;
}

TruceTime
truce_zone_day_start (const TruceZone *zone, gint64 days)
{
  return truce_zone_time_on (zone, days, 0);
}

gint64
truce_zone_day_of (const TruceZone *zone, TruceTime at)
{
  return floor_div (local_seconds (zone, at), TRUCE_SECONDS_A_DAY);
}

int
truce_zone_offset_at (const TruceZone *zone, TruceTime at, const char **ret_abbreviation)
{
  if (!zone->rules) {
    if (ret_abbreviation)
      *ret_abbreviation = zone->name;
    return zone->offset;
  }

  gint64 seconds = floor_div (at, TRUCE_SECOND);
  GTimeZone *rules = rules_at (zone, seconds);
  int interval = interval_at (zone, rules, seconds);
  if (ret_abbreviation) {
    gboolean twin = rules == zone->late && g_time_zone_is_dst (rules, interval);
    *ret_abbreviation = twin ? "IST" : g_time_zone_get_abbreviation (rules, interval);
  }
  return g_time_zone_get_offset (rules, interval);
}

char *
truce_zone_format (const TruceZone *zone, TruceTime at)
{
  TruceCivil civil;
  const char *abbreviation;
  char seconds[8] = "";

  truce_zone_to_civil (zone, at, &civil);
  truce_zone_offset_at (zone, at, &abbreviation);
  if (civil.second)
    g_snprintf (seconds, sizeof seconds, ":%02d", civil.second);
  int weekday = truce_weekday_of (truce_days_from_date (civil.year, civil.month, civil.day));
  return g_strdup_printf ("%.3s %d %.3s %d %02d:%02d%s %s", truce_weekday_names[weekday], civil.day,
                          truce_month_names[civil.month - 1], civil.year, civil.hour, civil.minute, seconds,
                          abbreviation);
}

char *
truce_zone_words_until (const TruceZone *zone, TruceTime at, TruceTime now)
{
  gint64 days = truce_zone_day_of (zone, at) - truce_zone_day_of (zone, now);

  if (ABS (days) >= 2)
    return g_strdup_printf (days > 0 ? "in %" G_GINT64_FORMAT " days" : "%" G_GINT64_FORMAT " days ago", ABS (days));
  if (now - at >= TRUCE_DAY)
    return g_strdup ("1 day ago");
  g_autofree char *words = truce_duration_to_words (at - now);
  return g_strdup_printf (at >= now ? "in %s" : "%s ago", words);
}
