/* SPDX-License-Identifier: MIT */
/* A calendar is read a component at a time: one that is broken costs only itself, and libical, which takes twenty times
 * the memory of the text, never has more than one of them. */
#include "worker/parse/calendar.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "worker/parse/calendar_private.h"
#include "worker/parse/encoding.h"
#include "worker/wire.h"

#define NAME_BYTES_MAX 200

typedef enum { BLOCK_ZONE, BLOCK_EVENT } BlockKind;

typedef struct {
  BlockKind kind;
  const char *start;
  gsize length;
} Block;

typedef struct {
  GArray *blocks; /* Block */
  gboolean is_calendar;
  gboolean is_whole; /* it ends as it begins */
  guint n_broken;    /* components that are none */
  char *name;        /* NULL */
} Calendar;

/* Does the line begin with `what`, case ignored? What follows, or NULL. */
static const char *
after (const char *line, gsize length, const char *what)
{
  gsize size = strlen (what);

  return length >= size && g_ascii_strncasecmp (line, what, size) == 0 ? line + size : NULL;
}

static gboolean
is_line (const char *line, gsize length, const char *what)
{
  const char *rest = after (line, length, what);

  while (rest && rest < line + length && g_ascii_isspace (*rest))
    rest++;
  return rest == line + length;
}

/* A line outside of all components. */
static void
take_property (Calendar *calendar, const char *line, gsize length)
{
  const char *name = after (line, length, "X-WR-CALNAME:");

  if (is_line (line, length, "BEGIN:VCALENDAR")) {
    calendar->is_calendar = TRUE;
    calendar->is_whole = FALSE;
  }
  if (is_line (line, length, "END:VCALENDAR"))
    calendar->is_whole = TRUE;
  if (name && !calendar->name)
    calendar->name = truce_text_clean (name, (gssize) MIN (NAME_BYTES_MAX, (gsize) (line + length - name)));
}

/* Finds the components. One that does not end before the next begins, or whose parts do not end as they begin, is none:
 * libical would write about that to standard error. */
static void
scan (Calendar *calendar, const char *text, gsize length)
{
  static const char *const begins[] = { "BEGIN:VTIMEZONE", "BEGIN:VEVENT", "BEGIN:VTODO" };
  static const char *const ends[] = { "END:VTIMEZONE", "END:VEVENT", "END:VTODO" };
  const char *start = NULL, *limit = text + length;
  guint open = 0, depth = 0;

  for (const char *line = text, *next; line < limit; line = next) {
    const char *newline = memchr (line, '\n', (gsize) (limit - line));
    gsize size = (gsize) ((newline ? newline : limit) - line);

    next = newline ? newline + 1 : limit;
    for (guint i = 0; i < G_N_ELEMENTS (begins); i++)
      if (is_line (line, size, begins[i])) {
        calendar->n_broken += start != NULL;
        start = line;
        open = i;
        depth = 0;
      }
    if (!start) {
      take_property (calendar, line, size);
    } else if (after (line, size, "BEGIN:")) {
      depth++;
    } else if (after (line, size, "END:") && --depth == 0) {
      Block block = { open == 0 ? BLOCK_ZONE : BLOCK_EVENT, start, (gsize) (next - start) };

      if (block.length <= TRUCE_CALENDAR_COMPONENT_MAX && is_line (line, size, ends[open]))
        g_array_append_val (calendar->blocks, block);
      else
        calendar->n_broken++;
      start = NULL;
    }
  }
  calendar->n_broken += start != NULL;
}

/* (transfer full) */
static icalcomponent *
read_block (const Block *block)
{
  g_autofree char *text = g_strndup (block->start, block->length);

  return icalparser_parse_string (text);
}

/* A zone changes by the year; libical may search for ever by a rule of another kind. */
static gboolean
is_sound_zone (icalcomponent *zone)
{
  for (icalcomponent *part = icalcomponent_get_first_component (zone, ICAL_ANY_COMPONENT); part;
       part = icalcomponent_get_next_component (zone, ICAL_ANY_COMPONENT))
    for (icalproperty *property = icalcomponent_get_first_property (part, ICAL_RRULE_PROPERTY); property;
         property = icalcomponent_get_next_property (part, ICAL_RRULE_PROPERTY))
      if (icalproperty_get_rrule (property).freq != ICAL_YEARLY_RECURRENCE)
        return FALSE;
  return icalcomponent_isa (zone) == ICAL_VTIMEZONE_COMPONENT;
}

static void
read_zones (TruceCalendarReading *reading, const GArray *blocks)
{
  guint n = 0;

  for (guint i = 0; i < blocks->len && n < TRUCE_CALENDAR_ZONES_MAX; i++) {
    const Block *block = &g_array_index (blocks, Block, i);
    icalcomponent *zone = block->kind == BLOCK_ZONE ? read_block (block) : NULL;

    if (zone && is_sound_zone (zone)) {
      icalcomponent_add_component (reading->zones, zone);
      n++;
    } else if (zone) {
      icalcomponent_free (zone);
    }
  }
}

static gboolean
is_event (icalcomponent *component)
{
  return component && (icalcomponent_isa (component) == ICAL_VEVENT_COMPONENT ||
                       icalcomponent_isa (component) == ICAL_VTODO_COMPONENT);
}

/* In two passes: what repeats has to know which of its occurrences have events of their own. */
static void
read_events (TruceCalendarReading *reading, const GArray *blocks, gboolean repeating, GVariantBuilder *events,
             guint *n_events)
{
  for (guint i = 0; i < blocks->len; i++) {
    const Block *block = &g_array_index (blocks, Block, i);
    icalcomponent *event = block->kind == BLOCK_EVENT ? read_block (block) : NULL;

    if (is_event (event) && repeating == !!icalcomponent_get_first_property (event, ICAL_RRULE_PROPERTY)) {
      g_autofree char *replaces = truce_calendar_replaces (event);
      GVariant *variant = *n_events < TRUCE_CALENDAR_EVENTS_MAX ? truce_calendar_event (reading, event) : NULL;

      if (replaces)
        g_hash_table_add (reading->replaced, g_steal_pointer (&replaces));
      if (variant) {
        g_variant_builder_add_value (events, variant);
        (*n_events)++;
      } else if (*n_events == TRUCE_CALENDAR_EVENTS_MAX) {
        reading->n_left_out++;
      }
    }
    if (event)
      icalcomponent_free (event);
  }
}

static void
note_the_rest (TruceCalendarReading *reading, const Calendar *calendar)
{
  gboolean one = calendar->n_broken == 1;

  if (reading->n_left_out > reading->left_out->len)
    g_ptr_array_add (reading->left_out,
                     g_strdup_printf ("%u more are not read", reading->n_left_out - reading->left_out->len));
  if (calendar->n_broken > 0)
    g_ptr_array_add (reading->left_out,
                     g_strdup_printf ("%u that %s broken or over %u KiB %s not read", calendar->n_broken,
                                      one ? "is" : "are", TRUCE_CALENDAR_COMPONENT_MAX >> 10, one ? "is" : "are"));
  if (!calendar->is_whole)
    g_ptr_array_add (reading->left_out, g_strdup ("it breaks off before END:VCALENDAR"));
  for (guint i = 0; i < reading->left_out->len; i++) {
    char *text = g_ptr_array_index (reading->left_out, i);

    reading->left_out->pdata[i] = truce_text_clean (text, -1);
    g_free (text);
  }
}

static int
compare_numbers (const void *a, const void *b)
{
  return *(const int *) a - *(const int *) b;
}

void
truce_calendar_preload (void)
{
  int numbers[1024] = { 0 };

  /* Zones come from the calendar alone. Even UTC, though, makes libical look for the list of all zones: once, here, and
   * where there is none. */
  icaltimezone_set_builtin_tzdata (TRUE);
  set_zone_directory ("/dev/null");
  icaltimezone_get_utc_timezone ();
  /* It asks what year it is by local time, for which the C library would read the machine's zone. */
  g_setenv ("TZ", "UTC0", TRUE);
  tzset ();
  /* And it sorts, for which the GNU C library, the first time that there is much, asks how much memory there is. */
  qsort (numbers, G_N_ELEMENTS (numbers), sizeof *numbers, compare_numbers);
}

static GVariant *
answer (guint64 request, const char *error, const Calendar *calendar, const TruceCalendarReading *reading,
        GVariantBuilder *events)
{
  const GPtrArray *left_out = reading->left_out, *unread = reading->unread;
  gboolean whole = calendar->is_whole && calendar->n_broken == 0 && reading->n_left_out == unread->len;

  return g_variant_new ("(ts(sb@as@asa" TRUCE_CALENDAR_EVENT_TYPE "))", request, error,
                        calendar->name ? calendar->name : "", whole,
                        g_variant_new_strv ((const char *const *) left_out->pdata, left_out->len),
                        g_variant_new_strv ((const char *const *) unread->pdata, unread->len), events);
}

GVariant *
truce_calendar_answer (guint64 request, GBytes *body, const char *content_type)
{
  g_autoptr (GBytes) decoded = truce_encoding_decode (body, content_type);
  g_autoptr (GArray) blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  g_autoptr (GHashTable) replaced = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) left_out = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) unread = g_ptr_array_new_with_free_func (g_free);
  TruceCalendarReading reading = { icalcomponent_new_vcalendar (), replaced, left_out, unread, 0 };
  Calendar calendar = { .blocks = blocks };
  GVariantBuilder events;
  guint n_events = 0;
  gsize length;
  const char *text = g_bytes_get_data (decoded, &length);
  GVariant *variant;

  g_variant_builder_init (&events, G_VARIANT_TYPE ("a" TRUCE_CALENDAR_EVENT_TYPE));
  if (length > 0 && length <= TRUCE_CALENDAR_MAX)
    scan (&calendar, text, length);
  if (calendar.is_calendar) {
    read_zones (&reading, blocks);
    read_events (&reading, blocks, FALSE, &events, &n_events);
    read_events (&reading, blocks, TRUE, &events, &n_events);
    note_the_rest (&reading, &calendar);
  }
  variant = answer (request, calendar.is_calendar ? "" : "no calendar: it does not begin with BEGIN:VCALENDAR",
                    &calendar, &reading, &events);
  icalcomponent_free (reading.zones);
  g_free (calendar.name);
  return variant;
}
