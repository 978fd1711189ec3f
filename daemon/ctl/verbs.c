/* SPDX-License-Identifier: MIT */
#include "ctl/verbs.h"

#define ANY_NUMBER 1024 /* of arguments; a command line has no more by hand */

const TruceVerb truce_verbs[] = {
  { "status", "", "what is next, what is new, and what is wrong", "", NULL, 0, 0, truce_verb_status },
  { "milestones", "[ID]", "all deadlines, soonest first; or one with its history", "", NULL, 0, 1,
    truce_verb_milestones },
  { "news", "[--milestone ID] [--since 7d]", "headlines that matched, newest first",
    "  --milestone ID  only news of this milestone\n"
    "  --since T       from then on: a length back (7d, the default), or a date\n",
    truce_news_options, 0, 0, truce_verb_news },
  { "alerts", "[--follow] [--unacknowledged] [--since T]", "what has been told, newest first",
    "  -f, --follow          print alerts as they are raised, until interrupted; with\n"
    "                        --since, those before as well\n"
    "  -u, --unacknowledged  only those that wait for an answer\n"
    "  --kind KIND           only lead, due, window-open, passed, news, move,\n"
    "                        changed, feed, silent, digest, problem or test\n"
    "  --milestone ID        only those of this milestone\n"
    "  --since T             from then on: a length back (7d), or a date\n",
    truce_alerts_options, 0, 0, truce_verb_alerts },
  { "feeds", "[ID]", "the feeds, how each fares and when it is polled next", "", NULL, 0, 1, truce_verb_feeds },
  { "why", "ALERT", "why an alert was raised, and how it was delivered",
    "An alert's id may be shortened to a beginning that fits no other.\n", NULL, 1, 1, truce_verb_why },
  { "ack", "ALERT...", "acknowledge alerts: they are not told again",
    "An alert's id may be shortened to a beginning that fits no other.\n", NULL, 1, ANY_NUMBER, truce_verb_ack },
  { "snooze", "ALERT [1d]", "have an alert told again after a while",
    "The while is a length such as 2h or 3d; without one, a day.\n", NULL, 1, 2, truce_verb_snooze },
  { "due", "MILESTONE 'DATE' --because TEXT", "give a milestone another date",
    "  --because TEXT  why: it is told with the date, and kept\n"
    "  --evidence URL  the document that says so: kept with it, and opened from it\n"
    "  -n, --dry-run   only show what would move: it, and what is based on it\n"
    "\n"
    "  trucectl due us-china-truce '2026-11-10 00:01 ET' --because 'agreed in Busan'\n",
    truce_due_options, 2, ANY_NUMBER, truce_verb_due },
  { "met", "MILESTONE [--because TEXT]", "a milestone has been met: no more of it is told",
    "  --because TEXT  how; it is kept\n"
    "  --evidence URL  the document that says so\n",
    truce_ending_options, 1, 1, truce_verb_met },
  { "cancel", "MILESTONE [--because TEXT]", "a milestone is off: no more of it is told",
    "  --because TEXT  why; it is kept\n"
    "  --evidence URL  the document that says so\n",
    truce_ending_options, 1, 1, truce_verb_cancel },
  { "moves", "[--milestone ID] [--all]", "what the news says of dates, and waits for an answer",
    "  --milestone ID  only of this milestone\n"
    "  --all           also those that were answered, or came to nothing\n",
    truce_moves_options, 0, 0, truce_verb_moves },
  { "accept", "MOVE [--because TEXT]", "what the news says holds: the date moves, or has ended",
    "  --because TEXT  why; without it the news is the reason. What is only\n"
    "                  proposed needs one\n"
    "\n"
    "A move's id may be shortened to a beginning that fits no other. A new day is\n"
    "taken at the milestone's time of day, where it has one. What was accepted is\n"
    "taken back by undo.\n",
    truce_answer_options, 1, 1, truce_verb_accept },
  { "reject", "MOVE [--because TEXT]", "what the news says does not hold: it is not told again",
    "  --because TEXT  why; it is kept\n"
    "\n"
    "Only if it is confirmed after that does it come up once more.\n",
    truce_answer_options, 1, 1, truce_verb_reject },
  { "silence", "MILESTONE --until T", "tell nothing of a milestone for a while",
    "  --until T  a length such as 3d, or a date\n"
    "\n"
    "What falls due meanwhile is recorded; a change of the date is told all the same.\n",
    truce_silence_options, 1, 1, truce_verb_silence },
  { "undo", "[MILESTONE|ALERT] [--list]", "take back the last due, met, cancel, accept, silence, ack, snooze",
    "Of that milestone or of that alert, whoever said it; without one, the last that\n"
    "you said yourself. What was taken back before is passed over.\n"
    "\n"
    "  -l, --list  only show what can be taken back, the latest first, and by whom\n",
    truce_undo_options, 0, 1, truce_verb_undo },
  { "refresh", "[FEED]", "poll one feed, or all, now",
    "A feed is polled once a minute at most. Exits 1 when there was nothing to poll.\n", NULL, 0, 1,
    truce_verb_refresh },
  { "reload", "", "have truced read its configuration anew",
    "With errors in it the running configuration stays; they are printed.\n", NULL, 0, 0, truce_verb_reload },
  { "config", "show", "the configuration with what has been said since",
    "What was said with due, met, cancel, accept and silence stands in it, each with\n"
    "its origin. It can be read in the place of the file itself.\n",
    NULL, 1, 1, truce_verb_config },
  { "test-alert", "[--sink NAME]", "raise an alert to see that it arrives",
    "  --sink NAME  to this sink only\n"
    "\n"
    "Says what became of it, and exits 1 when a sink did not take it.\n",
    truce_test_alert_options, 0, 0, truce_verb_test_alert },
  { "report", "--html FILE [--since 90d]", "one page of all deadlines, their moves and their news",
    "  --html FILE  where to write it; - is standard output\n"
    "  --since T    news and alerts from then on: a length back (90d, the default),\n"
    "               or a date\n"
    "\n"
    "The page stands alone: no script, and nothing from elsewhere.\n",
    truce_report_options, 0, 0, truce_verb_report },
  { "doctor", "", "whether all that truced needs is there, and what to do",
    "Looks at the configuration, truced, its problems and feeds, the clock, the\n"
    "journal, syslog, the notification server and truced-desktop. Exits 1 when any of\n"
    "them is bad.\n",
    NULL, 0, 0, truce_verb_doctor },
  { "check", "[FILE|-]", "all findings about a configuration; needs no truced",
    "With - it reads standard input. Exits 1 when there is any error.\n", NULL, 0, 1, truce_verb_check },
  { "when", "'DATE' [--now T] [--zone Z] [--repeat RULE] [OPTION...]",
    "what a date statement stands for; needs no truced",
    "  --now T          as if it were then\n"
    "  --zone Z         the zone of statements that name none (default: the\n"
    "                   configuration's timezone, else the system's)\n"
    "  --holidays NAME  what business days are counted on\n"
    "  --repeat RULE    what follows it by a rule of RFC 5545, days or slower\n"
    "  --except DATES   dates that are left out of that, parted by commas\n"
    "\n"
    "  trucectl when 'mid-June 2025'\n"
    "  trucectl when 'Aug 12, 2025 12:01 am ET'\n"
    "  trucectl when '2025-05-14 00:01 America/New_York + 90d'\n"
    "  trucectl when --holidays us-federal 'last business day of June 2025'\n"
    "  trucectl when '2026-06-05 08:30 ET' --repeat 'FREQ=MONTHLY;BYDAY=1FR'\n",
    truce_when_options, 1, ANY_NUMBER, truce_verb_when },
  { "match", "'QUERY' [FILE|-] [--explain]", "which items a query matches; needs no truced",
    "Reads items as JSON lines with any of the keys id, title, summary or lede, link\n"
    "or url, author, published, categories and feed; prints those that match, with\n"
    "\"matched\" added. Exits 1 when none does. A query that begins with '-' goes\n"
    "after \"--\".\n"
    "\n"
    "  --explain  print every item, and why it matches or not\n",
    truce_match_options, 1, 2, truce_verb_match },
  { "classify", "[FILE|-] [--zone Z]", "whether news says that a deadline moves; needs no truced",
    "Reads items as JSON lines, as match does, with the current \"due\" where it is\n"
    "known; prints what each says, to when and why: see truced-moves(7).\n"
    "\n"
    "  --zone Z  whose civil days the dates are (default: UTC)\n",
    truce_classify_options, 0, 1, truce_verb_classify },
  { "feed", "FILE|URL|- [--base URL] [--content-type T]", "the items of a feed; needs no truced",
    "Of a web page, the feeds that it names, as sections to configure.\n"
    "\n"
    "  --base URL        what relative links resolve against\n"
    "  --content-type T  as if it were sent with this type\n",
    truce_feed_options, 1, 1, truce_verb_feed },
  { "export", "ics [ID...] | opml", "milestones as a calendar, or feeds as a list, for others",
    "Prints an iCalendar of all milestones, or of some; or an OPML of all feeds: from\n"
    "truced, or with --config from that configuration, without truced.\n",
    NULL, 1, ANY_NUMBER, truce_verb_export },
  { "import", "ics|opml FILE|URL|- [--all]", "a calendar or a list of feeds, to configure; needs no truced",
    "Prints a section for each event and to-do of a calendar that is still ahead, or\n"
    "for each feed of an OPML, to be added to the configuration.\n"
    "\n"
    "  --all  events that have passed too\n"
    "\n"
    "  trucectl import ics https://example.org/dates.ics >> truced.conf\n"
    "  trucectl import opml subscriptions.opml >> truced.conf\n",
    truce_import_options, 2, 2, truce_verb_import },
  { "simulate", "--from T --to T [--items FILE]", "every alert that would be raised in a time; needs no truced",
    "  --from T      begin then; a day begins at its first instant\n"
    "  --to T        end then; a day ends with its last instant\n"
    "  --items FILE  news to bring at their time: JSON lines as for match;\n"
    "                then it ends with what each query found, and which changes of\n"
    "                dates the news would have told\n",
    truce_simulate_options, 0, 0, truce_verb_simulate },
  { NULL, NULL, NULL, NULL, NULL, 0, 0, NULL },
};
