#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Calendars out and in: what other programs show of an export, that an import brings it back, and what strangers' are
read as."""

import http.server
import os
import random
import re
import shutil
import subprocess
import sys
import threading
import time
import unittest

sys.path.insert(0, os.path.join(os.environ["SOURCE_ROOT"], "tests/lib"))
from truced_case import TrucedCase  # noqa: E402

CONFIG = """[truced]
timezone = America/New_York
alert-to = stdout

[milestone truce]
title = US-China tariff truce ends, again; \\ 희토류
starts = 2025-05-14 00:01
due = starts + 90d
lead = 30d 6h 0 +1d
remind-at = 08:30
nag = 12h
match = (truce | tariff*) (China | "rare, earth")
url = https://example.org/order?a=1;b=2
tags = trade china
revised = 2025-08-11: 2025-11-10 00:01: executive order, 90 days more; see the text
revised = 2025-10-30: 2036-11-10: one year more, agreed in Busan

[milestone mid]
title = ByteDance must sell
due = mid-June 2036

[milestone hearing]
title = Hearing
due = 2036-03-03 14:00 Europe/Berlin

[milestone jobs]
title = Jobs report
due = 2026-06-05 08:30
repeat = FREQ=MONTHLY;BYDAY=1FR
except = 2026-07-03
lead = 1d 0

[milestone fair]
title = The fair
due = 2026-06-16/2026-06-17
repeat = FREQ=YEARLY;UNTIL=20400101
"""

# Every kind of statement that a date can be given in.
STATEMENTS = ("2036-08-12", "2036-08-12 00:01", "2036-08-12T04:01:30Z", "Aug 12, 2036 12:01 am ET", "mid-June 2036",
              "June 2036", "Q3 2036", "H2 2036", "2036", "summer 2036", "end of June 2036", "2036-06-11/2036-06-20",
              "2036-06~", "third friday of July 2036", "day before 2036-08-12", "starts + 130d", "starts + 1y6mo",
              "milestone:m0 + 2w", "2036-03-09 02:30", "2036-11-02 01:30", "2036-05-14 09:00 +05:30",
              "2036-06-11 10:00/2036-06-12 12:00", "milestone:m0 + 3d", "about June 2036")


def events(text):
    return [re.sub(r"\n ", "", event) for event in re.findall(r"BEGIN:VEVENT\n.*?END:VEVENT\n", text.replace("\r", ""), re.S)]


def sections(text):
    return {name: dict(line.split(" = ", 1) for line in body.splitlines() if " = " in line)
            for name, body in re.findall(r"^\[milestone (\S+)\]\n(.*?)(?=^\[|\Z)", text, re.M | re.S)}


class CalendarCase(TrucedCase):
    def write(self, name, text):
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def export(self, text):
        return self.ctl("export", "ics", "--config", self.write("c.conf", text)).stdout

    def read(self, text, *arguments, **options):
        return self.ctl("import", "ics", self.write("c.ics", text), *arguments, **options)


class Export(CalendarCase):
    def test_running(self):
        """The running truced's milestones make the calendar that its configuration makes."""
        def undated(text):
            return re.sub(r"DTSTAMP:\d+T\d+Z|X-TRUCED-STARTS:.*", "", text.replace("\r", ""))

        self.start_bus()
        self.start_truced(CONFIG)
        offline = {event.splitlines()[1]: event for event in events(undated(self.export(CONFIG)))}
        running = {event.splitlines()[1]: event for event in events(undated(self.ctl("export", "ics").stdout))}
        self.assertEqual(running, offline)
        self.assertEqual(len(running), 5)
        self.assertEqual(len(events(self.ctl("export", "ics", "mid", "truce").stdout)), 2)
        self.assertIn("no milestone", self.ctl("export", "ics", "nonesuch", status=1).stderr)

    def test_repeating(self):
        """The rule in the zone of the dates, which goes with it; what is left out; and the same again by an import."""
        text = self.export(CONFIG)
        self.assertEqual(text.count("BEGIN:VTIMEZONE"), 1)
        self.assertIn("TZID:America/New_York\n", text)
        self.assertIn("DTSTART:20261101T020000\nTZOFFSETFROM:-0400\nTZOFFSETTO:-0500\nTZNAME:EST\n", text)
        for line in ("DTSTART;TZID=America/New_York:20260605T083000", "RRULE:FREQ=MONTHLY;BYDAY=1FR",
                     "EXDATE;TZID=America/New_York:20260703T083000", "DTEND;VALUE=DATE:20260618"):
            self.assertIn(line + "\n", text)
        others = """[milestone fixed]
due = 2026-06-05 01:30 +08:00
repeat = FREQ=WEEKLY;BYDAY=FR
except = 2026-06-12
[milestone utc]
due = 2026-06-05 01:30 UTC
repeat = FREQ=WEEKLY;BYDAY=FR
except = 2026-06-12
"""
        found = sections(self.read(self.export(CONFIG + others)).stdout)
        for name, zone in (("fixed", "+08:00"), ("utc", "UTC")):
            self.assertEqual(found[name]["due"], "2026-06-05 01:30 " + zone)
            self.assertTrue(found[name]["except"].startswith("2026-06-12"))
        self.assertEqual((found["jobs"]["due"], found["jobs"]["repeat"], found["jobs"]["except"], found["jobs"]["lead"]),
                         ("2026-06-05 08:30", "FREQ=MONTHLY;BYDAY=1FR", "2026-07-03", "1d 0"))
        self.assertEqual((found["fair"]["due"], found["fair"]["repeat"]),
                         ("2026-06-16/2026-06-17", "FREQ=YEARLY;UNTIL=20400101"))

    def test_rules_that_libical_does_not_finish(self):
        """Nothing is asked of libical about them: a calendar of a thousand is read at once."""
        rules = ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30,31",
                 "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
                 "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6;BYDAY=MO", "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=5")
        text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + "".join(
            f"BEGIN:VEVENT\r\nUID:{i}\r\nSUMMARY:Never {i}\r\nDTSTART:20260105T120000Z\r\nRRULE:{rules[i % len(rules)]}\r\n"
            "END:VEVENT\r\n" for i in range(120)) + "END:VCALENDAR\r\n"
        began = time.monotonic()
        result = self.read(text)
        self.assertEqual(sections(result.stdout), {})
        self.assertEqual(result.stderr.count("never happens"), 120)
        self.assertLess(time.monotonic() - began, 20)

    def test_usage(self):
        self.assertIn("there are ics and opml", self.ctl("export", "xls", status=2).stderr)
        self.assertIn("there are ics and opml", self.ctl("import", "xls", "-", status=2).stderr)
        self.ctl("export", "ics", "--config", self.folder / "none.conf", status=1)
        self.ctl("export", "ics", status=3)
        self.ctl("import", "ics", self.folder / "none.ics", status=1)

    def test_calcurse(self):
        calendar, folder = self.write("c.ics", self.export(CONFIG)), self.folder / "calcurse"
        folder.mkdir()

        def calcurse(*arguments):
            return subprocess.run(["calcurse", "-D", folder, *arguments], env=dict(self.environment, TZ="America/New_York"),
                                  stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=True).stdout

        self.assertIn("2 apps / 3 events / 0 todos / 0 skipped", calcurse("-i", calendar))
        calcurse_day = "--input-datefmt=4"  # yyyy-mm-dd
        shown = calcurse("-Q", calcurse_day, "--from", "2036-11-10", "--to", "2036-11-10")
        self.assertIn("US-China tariff truce ends, again; \\ 희토류", shown)
        self.assertEqual(calcurse("-Q", calcurse_day, "--from", "2036-11-11", "--to", "2036-11-20"), "")
        shown = calcurse("-Q", calcurse_day, "--from", "2036-03-03", "--to", "2036-03-03")
        self.assertRegex(shown, r"08:00[^\n]*\n?\s*Hearing", "14:00 in Berlin")
        for day, count in (("10", 0), ("11", 1), ("20", 1), ("21", 0)):
            shown = calcurse("-Q", calcurse_day, "--from", f"2036-06-{day}", "--to", f"2036-06-{day}")
            self.assertEqual(shown.count("ByteDance must sell"), count, day)

    def test_khal(self):
        calendar, folder = self.write("c.ics", self.export(CONFIG)), self.folder / "khal"
        (folder / "events").mkdir(parents=True)
        config = folder / "config"
        config.write_text(f"[calendars]\n[[truced]]\npath = {folder}/events\n[sqlite]\npath = {folder}/db\n[locale]\n"
                          "local_timezone = America/New_York\ndefault_timezone = America/New_York\n"
                          "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
                          "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n")

        def khal(*arguments):
            return subprocess.run(["khal", "-c", config, *arguments], env=self.environment, stdin=subprocess.DEVNULL,
                                  capture_output=True, text=True, timeout=60, check=True).stdout

        def listed(day):
            return khal("list", "--day-format", "", "--format",
                        "{start-long}|{end-long}|{title}|{url}|{categories}|{alarm-symbol}|{description}", day, "1d").strip()

        khal("import", "--batch", "-a", "truced", calendar)
        start, end, title, url, categories, alarm, description = listed("2036-11-10").split("|", 6)
        self.assertEqual((start, end), ("2036-11-10", "2036-11-10"))
        self.assertEqual(title, "US-China tariff truce ends, again; \\ 희토류")
        self.assertEqual(url, "https://example.org/order?a=1;b=2")
        self.assertEqual(categories, "trade,china")
        self.assertNotEqual(alarm.strip(), "", "it has alarms")
        self.assertIn("Stated as: 2036-11-10\n", description)
        self.assertIn("executive order, 90 days more; see the text", description)
        self.assertTrue(listed("2036-03-03").startswith("2036-03-03 08:00|"), "14:00 in Berlin")
        for day, count in (("10", 0), ("11", 1), ("20", 1), ("21", 0)):
            self.assertEqual(listed(f"2036-06-{day}").count("ByteDance must sell"), count, day)
        # A moved date replaces the old one: the same UID, a higher SEQUENCE.
        moved = CONFIG.replace("due = 2036-03-03 14:00 Europe/Berlin",
                               "due = 2036-03-03 14:00 Europe/Berlin\nrevised = 2025-01-01: 2036-04-04")
        khal("import", "--batch", "-a", "truced", self.write("moved.ics", self.export(moved)))
        self.assertNotIn("Hearing", listed("2036-03-03"))
        self.assertIn("Hearing", listed("2036-04-04"))


class RoundTrip(CalendarCase):
    def random_config(self, chance):
        zones = ("America/New_York", "Asia/Seoul", "UTC", "Europe/Dublin", "America/Santiago", "Australia/Lord_Howe")
        leads = ("30d", "1mo", "7d", "24h", "6h", "0", "+1d", "+6h", "1d12h", "45m")
        text = ["[truced]", f"timezone = {chance.choice(zones)}", "alert-to = stdout"]
        for i in range(chance.randrange(2, 9)):
            text += [f"[milestone m{i}]", "title = " + chance.choice(("Tariff, ends; now", "a\\nb", "希土 — x", "plain"))]
            text += [f"starts = {chance.choice(('2035-10-31', '2035-12-01 10:00', '2035-12-31 00:00 Asia/Tokyo'))}"]
            if chance.random() < 0.5:
                text += [f"timezone = {chance.choice(zones)}"]
            due = chance.choice(STATEMENTS)
            text += [f"due = {'2036-08-12 10:30' if i == 0 and 'm0' in due else due}"]
            for year in range(2020, 2020 + chance.choice((0, 0, 1, 3))):
                due = chance.choice(STATEMENTS)
                why = chance.choice(("", ": a word; another", ": one, two: three"))
                text += [f"revised = {year}-05-01 10:00: {'2037-01-01' if i == 0 and 'm0' in due else due}{why}"]
            text += [f"lead = {' '.join(chance.sample(leads, chance.randrange(1, 6)))}"]
            text += [f"remind-at = {chance.choice(('00:00', '08:15', '23:59'))}"]
            text += chance.choice(([], ["match = (tariff | truc*) \"rare earth\" -old"], ["match = title:희토류 China"]))
            text += chance.choice(([], ["url = https://example.org/?a=b;c,d"]))
            text += chance.choice(([], ["nag = 1d"], ["nag = 1mo12h"]))
            text += chance.choice(([], ["tags = one two-three"]))
            text += chance.choice(([], [], [], ["met = 2026-01-02 03:04: done, at last; really"], ["cancelled = 2026-01-01"]))
        for i in range(chance.randrange(0, 3)):
            text += [f"[milestone r{i}]", f"timezone = {chance.choice(zones)}"]
            text += [f"due = {chance.choice(('2026-06-05', '2026-06-05 08:30', '2026-06-05/2026-06-06', '2026-06-05 23:30 Asia/Tokyo'))}"]
            text += [f"repeat = {chance.choice(('FREQ=MONTHLY;BYDAY=1FR', 'FREQ=WEEKLY;COUNT=9;INTERVAL=2', 'FREQ=DAILY;UNTIL=20360101'))}"]
            text += chance.choice(([], ["except = 2026-07-03, 2026-06-19"], ["cancelled = 2027-01-01"]))
        return "\n".join(text) + "\n"

    def test_by_chance(self):
        """A calendar's import exports to the same calendar: nothing that it says is lost on the way."""
        seed = int(os.environ.get("SEED", time.time_ns() % 1000000))
        chance = random.Random(seed)
        for round_number in range(25):
            with self.subTest(seed=seed, round=round_number):
                first = self.export(self.random_config(chance))
                imported = self.read(first, "--all")
                self.assertEqual(imported.stderr, "")
                second = self.export("[truced]\ntimezone = Pacific/Apia\nalert-to = stdout\n" + imported.stdout)
                # The statement for people may be another one for the same date.
                unstated = [[re.sub(r"DTSTAMP:.*|DESCRIPTION:.*", "", event) for event in events(text)]
                            for text in (first, second)]
                self.assertEqual(*unstated)
                self.assertGreater(len(unstated[0]), 1)

    def test_alerts(self):
        """And it raises the same alerts."""
        imported = "[truced]\ntimezone = America/New_York\nalert-to = stdout\n" + self.read(self.export(CONFIG)).stdout
        both = [self.ctl("simulate", "--config", self.write("s.conf", text), "--from", "2025-05-01", "--to", "2037-01-01",
                         "--json").stdout for text in (CONFIG, imported)]
        ids = [re.findall(r'"id":"(\w+)"', text) for text in both]
        self.assertEqual(*ids)
        self.assertGreater(len(ids[0]), 12)


STRANGE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//strange//EN
X-WR-CALNAME:Filings
BEGIN:VTIMEZONE
TZID:Eastern Standard Time
BEGIN:STANDARD
DTSTART:16010101T020000
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:1@example.org
DTSTART;TZID=Eastern Standard Time:20360715T170000
DTEND;TZID=Eastern Standard Time:20360715T180000
SUMMARY:Q2 filing\\; form 10-Q\\, \\nsigned
URL:https://example.org/10q
CATEGORIES:Filings,U.S. Law
BEGIN:VALARM
ACTION:DISPLAY
TRIGGER:-PT90M
END:VALARM
BEGIN:VALARM
ACTION:DISPLAY
TRIGGER:-P1W
END:VALARM
BEGIN:VALARM
ACTION:AUDIO
TRIGGER;VALUE=DATE-TIME:20360714T210000Z
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:2@example.org
DTSTART;TZID=/vendor.example/20070227_1/America/Argentina/Buenos_Aires:20360301T090000
SUMMARY:Far
 \x20away
END:VEVENT
BEGIN:VEVENT
UID:3@example.org
DTSTART;VALUE=DATE:20360610
DTEND;VALUE=DATE:20360613
SUMMARY:Conference
BEGIN:VALARM
TRIGGER:-PT15H
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:4@example.org
DTSTART;VALUE=DATE:20360610
DURATION:P1D
SUMMARY:Conference
STATUS:CANCELLED
LAST-MODIFIED:20360101T000000Z
END:VEVENT
BEGIN:VTODO
UID:5@example.org
DUE:20360415T210000Z
SUMMARY:Tax return
END:VTODO
BEGIN:VEVENT
UID:6@example.org
DTSTART;VALUE=DATE:20200115
RRULE:FREQ=YEARLY
EXDATE;VALUE=DATE:20270115
SUMMARY:Annual report
END:VEVENT
BEGIN:VEVENT
UID:6@example.org
RECURRENCE-ID;VALUE=DATE:20280115
DTSTART;VALUE=DATE:20280120
SUMMARY:Annual report\\, late
END:VEVENT
BEGIN:VEVENT
UID:6b@example.org
DTSTART;TZID=Asia/Seoul:20360105T080000
RRULE:FREQ=WEEKLY
RDATE;TZID=Asia/Seoul:20360110T080000
SUMMARY:Call
END:VEVENT
BEGIN:VEVENT
UID:6b@example.org
RECURRENCE-ID;RANGE=THISANDFUTURE:20360111T230000Z
DTSTART;TZID=Asia/Seoul:20360113T080000
SUMMARY:Call\\, later
END:VEVENT
BEGIN:VEVENT
UID:7@example.org
DTSTART:20200101T000000Z
SUMMARY:Long gone
END:VEVENT
BEGIN:VEVENT
UID:8@example.org
DTSTART:20200101T000000Z
RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30
SUMMARY:Never ends
END:VEVENT
BEGIN:VEVENT
UID:8b@example.org
DTSTART:20200101T000000Z
RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30
SUMMARY:Never comes
END:VEVENT
BEGIN:VEVENT
UID:9@example.org
SUMMARY:Dateless
END:VEVENT
BEGIN:VEVENT
UID:10@example.org
DTSTART:20360102T100000
SUMMARY:희토류 [milestone evil]
X-TRUCED-MATCH:a\\n[milestone worse]\\ndue = 2037
URL:javascript:alert(1)
END:VEVENT
BEGIN:VEVENT
UID:broken@example.org
DTSTART:20361399T100000Z
SUMMARY:Broken
END:VEVENT
BEGIN:VEVENT
UID:cut@example.org
DTSTART:20360102T1000
"""


class Import(CalendarCase):
    def test_strange(self):
        result = self.read(STRANGE.replace("\n", "\r\n"))
        found = sections(result.stdout)
        filing = found["q2-filing-form-10-q-signed"]
        self.assertEqual(filing["title"], "Q2 filing; form 10-Q, signed")
        self.assertEqual(filing["due"], "2036-07-15T21:00:00Z", "by the calendar's own zone, daylight saving time")
        self.assertEqual(filing["lead"], "1h30m 7d 1d")
        self.assertEqual(filing["url"], "https://example.org/10q")
        self.assertEqual(filing["tags"], "filings u-s-law")
        self.assertEqual(found["far-away"]["due"], "2036-03-01 09:00 America/Argentina/Buenos_Aires")
        self.assertEqual(found["conference"]["due"], "2036-06-10/2036-06-12")
        self.assertEqual(found["conference"]["lead"], "15h")
        other = next(body for name, body in found.items() if re.fullmatch("conference-[0-9a-f]{6}", name))
        self.assertEqual(other["due"], "2036-06-10")
        self.assertEqual(other["cancelled"], "2036-01-01T00:00:00Z")
        self.assertEqual(found["tax-return"]["due"], "2036-04-15 21:00 UTC")
        self.assertEqual(found["annual-report"]["due"], "2020-01-15")
        self.assertEqual(found["annual-report"]["repeat"], "FREQ=YEARLY")
        self.assertEqual(found["annual-report"]["except"], "2027-01-15, 2028-01-15", "an exception, and one that moved")
        self.assertIn("never happens", result.stderr)
        self.assertEqual(set(found) & {"long-gone", "never-ends", "never-comes", "dateless", "broken", "evil", "worse"}, set())
        self.assertEqual(len(re.findall(r"^\[", result.stdout, re.M)), len(found))
        self.assertIn('"Never ends" repeats more often than daily', result.stderr)
        self.assertEqual(found["call"]["except"], "2036-01-11 23:00:00Z", "named in UTC, where it is the day before")
        self.assertIn('"Call" has more dates beside its rule: not read', result.stderr)
        self.assertIn('"Call, later" changes all later dates of it too: not read, only this one is', result.stderr)
        self.assertIn('"Dateless" has no date', result.stderr)
        self.assertIn("it breaks off before END:VCALENDAR", result.stderr)
        self.assertIn("1 that is broken or over 256 KiB is not read", result.stderr)
        self.assertRegex(result.stderr, r"[12] that ha(s|ve) passed")
        # All of it is a configuration.
        self.ctl("check", self.write("c.conf", "[truced]\ntimezone = UTC\nalert-to = stdout\n" + re.sub(
            r"(?m)^match = .*\n", "", result.stdout)))
        self.assertIn("long-gone", sections(self.read(STRANGE, "--all").stdout))
        again = self.read(STRANGE)
        self.assertEqual(again.stdout, result.stdout, "the same each time, whatever ends its lines")

    def test_unknown_zone(self):
        """A time in a zone of which nobody says what it is: read in ours, and said so once."""
        event = "BEGIN:VEVENT\r\nUID:{0}\r\nSUMMARY:Filing {0}\r\nDTSTART;TZID=Nowhere Time:2036071{0}T170000\r\nEND:VEVENT\r\n"
        result = self.read("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + event.format(1) + event.format(2) + "END:VCALENDAR\r\n")
        self.assertEqual(sections(result.stdout)["filing-1"]["due"], "2036-07-11 17:00")
        self.assertEqual(result.stderr.count("Nowhere Time"), 1, result.stderr)
        self.assertRegex(result.stderr, 'note: "Filing 1": .*"Nowhere Time".* read in [A-Z]')

    def test_encodings(self):
        text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20360101T000000Z\nSUMMARY:Zölle\nEND:VEVENT\nEND:VCALENDAR\n"
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "latin-1"):
            found = sections(self.read(text.encode(encoding)).stdout)
            self.assertEqual([body["title"] for body in found.values()], ["Zölle"], encoding)

    def test_no_calendar(self):
        for text in (b"", b"<html>", b"\0\xff", b"BEGIN:VCARD\nEND:VCARD\n"):
            self.assertIn("no calendar", self.read(text, status=1).stderr)
        self.assertEqual(self.read("BEGIN:VCALENDAR\nEND:VCALENDAR\n").stdout, "")

    def test_long(self):
        """What is beyond a limit is left out and said so; the rest is there."""
        event = "BEGIN:VEVENT\nUID:{0}\nDTSTART:20360101T000000Z\nSUMMARY:e{0}\nEND:VEVENT\n"
        text = "BEGIN:VCALENDAR\n" + "".join(event.format(i) for i in range(5100)) + "END:VCALENDAR\n"
        result = self.read(text)
        self.assertEqual(len(sections(result.stdout)), 5000)
        self.assertIn("100 more are not read", result.stderr)

    def test_address(self):
        text = self.export(CONFIG).encode()

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200 if self.path == "/c.ics" else 404)
                self.send_header("Content-Type", "text/calendar; charset=utf-8")
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *arguments):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}"
        found = sections(self.ctl("import", "ics", f"{base}/c.ics").stdout)
        self.assertEqual(set(found), {"truce", "mid", "hearing", "jobs", "fair"})
        self.assertIn("HTTP 404", self.ctl("import", "ics", f"{base}/none.ics", status=1).stderr)


if __name__ == "__main__":
    for program in ("calcurse", "khal"):
        if not shutil.which(program):
            print(f"{program} is not installed: its test fails (script/bootstrap test)", file=sys.stderr)
    unittest.main(verbosity=2)
