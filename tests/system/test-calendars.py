#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
"""A calendar at a real origin that changes between polls: what is told of it, what `trucectl` shows, and that no answer of the server's,
nor a restart without it, loses a date. Run in network-box.sh."""

import os
import re
import subprocess
import sys
import time
import unittest
from calendar import timegm

sys.path.insert(0, os.path.join(os.environ["SOURCE_ROOT"], "tests/lib"))
from truced_case import utc, wait_for  # noqa: E402
from whole_case import WholeCase  # noqa: E402

DAY = 86400


def day(days):
    return time.strftime("%Y%m%d", time.gmtime(time.time() + days * DAY))


def dashed(days):
    return time.strftime("%Y-%m-%d", time.gmtime(time.time() + days * DAY))


def words(days):
    """As truced says a date."""
    return time.strftime("%a %-d %b %Y", time.gmtime(time.time() + days * DAY))


def event(uid, title, days, *lines):
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", f"DTSTART;VALUE=DATE:{day(days)}", f"SUMMARY:{title}", *lines, "END:VEVENT", ""])


def calendar(*events):
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n" + "".join(events) + "END:VCALENDAR\r\n"


HEARING = event("h@court", "Hearing", 60, "SEQUENCE:2", "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P3D", "END:VALARM")
FILING = event("f@court", "Filing", 3)
RULING = event("r@court", "Ruling", 90, "CATEGORIES:Rulings")
# libical would look for that day for ever.
BOMB = event("b@court", "Never", 1, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")
RENT = event("rent@court", "Rent", 40, "RRULE:FREQ=WEEKLY")
OLD = event("o@court", "Long ago", -30)


class Calendars(WholeCase):
    def write(self, text):
        (self.www / "court.ics").write_text(text)

    def config_text(self):
        self.site = self.url("/court.ics")
        return f"""[truced]
timezone = UTC
alert-to = stdout
lead = 7d 0
[calendar court]
title = The court
url = {self.site}
[calendar big]
url = {self.url("/big")}
[milestone appeal]
title = Appeal
due = milestone:court.hearing + 30d
"""

    def poll(self, hours=25):
        """A restart after so long, and the poll that is due then."""
        self.stop_truced()
        self.let_pass(hours * 3600)
        self.start_truced()
        wait_for(lambda: self.feeds()["court"]["due"] > time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 60)), "a poll")

    def fresh(self):
        """What has been told on standard output since the last call, as (kind, title)."""
        told = self.told()
        new = told[self.seen:]
        self.seen = len(told)
        return [(alert["kind"], alert["title"]) for alert in new if alert.get("feed") != "big"]

    def milestone(self, id):
        return self.ctl_records("milestones", id)[0]

    def test_hostile(self):
        """A calendar over whose zone libical thinks for ever costs its parser, and nobody else."""
        rule = ("BEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\nTZOFFSETFROM:+0100\r\n"
                "TZOFFSETTO:+0200\r\nEND:STANDARD\r\n")
        zone = "BEGIN:VTIMEZONE\r\nTZID:Z\r\n" + rule * 500 + "END:VTIMEZONE\r\n"
        (self.folder / "bomb.ics").write_text(calendar(zone, FILING.replace("DTSTART;VALUE=DATE:", "DTSTART;TZID=Z:").replace(
            f"{day(3)}\r", f"{day(3)}T120000\r")))
        (self.folder / "fine.ics").write_text(calendar(HEARING))
        self.start_truced(f"[truced]\ntimezone = UTC\nalert-to = stdout\n[calendar bomb]\npath = {self.folder}/bomb.ics\n"
                          f"[calendar fine]\npath = {self.folder}/fine.ics\n[milestone soon]\ntitle = Soon\ndue = {utc(2)}\nlead = 0\n")
        times = self.measure_status(lambda: self.feeds()["bomb"]["state"] == "failing" and "last_200" in self.feeds()["fine"])
        self.assert_quick(times, "while a calendar is thought over")
        self.assertEqual(self.feeds()["bomb"]["error"], "the parser had to be stopped on this calendar")
        titles = [alert["title"] for alert in self.told()]
        self.assertIn("Soon: due now", titles)
        self.assertIn("Calendar bomb fails", titles)
        self.assertEqual(self.milestone("fine.hearing")["state"], "ahead")

    def test_rounds(self):
        self.seen = 0
        self.start_origin()
        self.write(calendar(HEARING, FILING, RULING, OLD, BOMB, RENT))
        self.start_truced(self.config_text())
        self.wait_for_polls()
        wait_for(lambda: len(self.told()) >= 3, "the first alerts")
        self.first_round()
        self.unchanged()
        self.changed()
        self.unreadable()
        self.told_once()

    def first_round(self):
        self.assertEqual(sorted(self.fresh()), [("feed", "Calendar The court has what is not counted down to"),
                                                ("lead", "Filing in 3 days")])
        milestones = {record["id"]: record for record in self.ctl_records("milestones")}
        self.assertEqual(set(milestones), {"court.hearing", "court.filing", "court.ruling", "court.rent", "appeal"})
        hearing = milestones["court.hearing"]
        self.assertEqual((hearing["uid"], hearing["sequence"], hearing["calendar"]), ("h@court", 2, "court"))
        self.assertEqual(hearing["leads"], ["3d"], "its alarm")
        self.assertEqual(milestones["court.ruling"]["leads"], ["7d", "0"], "those of [truced]")
        self.assertEqual(milestones["court.ruling"]["tags"], ["rulings"])
        feed, = self.ctl_records("feeds", "court")
        self.assertEqual((feed["state"], feed["calendar"], feed["events"]), ("ok", True, 4))
        self.assertEqual(len(feed["left_out"]), 1, "what repeats is read")
        self.assertIn("repeats, but by no rule that is read: FREQ=DAILY;BYMONTHDAY=30;BYMONTH=2", feed["left_out"][0])
        rent = milestones["court.rent"]
        self.assertEqual((rent["repeat"], rent["uid"], rent["due"][:10]), ("FREQ=WEEKLY", "rent@court", dashed(40)))
        big = self.feeds()["big"]
        self.assertEqual(big["state"], "failing")
        self.assertIn("8 MiB", big["error"])
        shown = self.ctl("feeds", "court").stdout
        self.assertRegex(shown, r"milestones +4\n +left out +\"Never\" repeats")
        self.assertRegex(self.ctl("milestones", "court.hearing").stdout, r"calendar +court")
        self.assertIn("2 calendars", self.ctl_records("status")[0]["status_line"])

    def unchanged(self):
        """The server has nothing new: nothing is parsed, and all is known."""
        self.poll()
        last = self.requests("/court.ics", 2)[-1]
        self.assertEqual(last["status"], 304)
        self.assertNotEqual(last["if_none_match"], "")
        self.assertEqual(self.fresh(), [])
        self.assertEqual(len(self.ctl_records("milestones")), 5)

    def changed(self):
        moved = event("h@court", "Hearing (moved)", 61, "SEQUENCE:3", "LAST-MODIFIED:20260101T120000Z")
        occurrence = event("rent@court", "Rent (late)", 56, f"RECURRENCE-ID;VALUE=DATE:{day(54)}", "SEQUENCE:1")
        self.write(calendar(moved, occurrence, event("f@court", "Filing", 3, "STATUS:CANCELLED"), BOMB, RENT))
        self.poll()
        wait_for(lambda: len(self.told()) >= self.seen + 5, "the changes")
        self.assertEqual(sorted(self.fresh()), sorted([
            ("changed", f"Hearing (moved): moved to {words(61)}"), ("changed", f"Rent (late): moved to {words(56)}"),
            ("changed", f"Appeal: moved to {words(91)}"),
            ("changed", "Filing: cancelled"), ("changed", "Ruling: no longer in the calendar The court")]))
        alert = next(alert for alert in self.told() if alert.get("milestone") == "court.hearing")
        self.assertEqual((alert["by"], alert["why"], alert["evidence"]),
                         ("the calendar court", "SEQUENCE 3, LAST-MODIFIED 2026-01-01T12:00:00Z", self.site))
        self.assertEqual((alert["move"]["label"], alert["move"]["delta_days"]), ("moved", 1))
        gone = next(alert for alert in self.told() if alert.get("milestone") == "court.ruling")
        self.assertEqual((gone["move"], gone["why"]), ({"label": "cancelled", "status": "accepted"}, "no longer in the calendar"))
        self.assertEqual(self.milestone("court.hearing")["history"], "extended once, +1 day")
        self.assertEqual(self.milestone("court.filing")["state"], "cancelled")
        late = self.milestone(f"court.rent@{dashed(54)}")
        self.assertEqual((late["due"][:10], late["title"]), (dashed(56), "Rent (late)"))
        self.assertEqual(self.milestone(f"court.rent@{dashed(61)}")["due"][:10], dashed(61))
        # What is exported is the same event.
        ics = re.sub(r"\r?\n ", "", self.ctl("export", "ics", "court.hearing").stdout).replace("\r", "")
        self.assertIn("\nUID:h@court\n", ics)
        self.assertIn("\nSEQUENCE:3\n", ics)
        self.assertIn(f"\nDTSTART;VALUE=DATE:{day(61)}\n", ics)
        self.ctl("due", "court.hearing", time.strftime("%Y-%m-%d", time.gmtime(time.time() + 62 * DAY)), "--because", "heard so")
        self.assertIn("SEQUENCE:4", self.ctl("export", "ics", "court.hearing").stdout, "a move of the user's own")
        self.ctl("due", "appeal", dashed(95), "--because", "heard so")
        self.assertIn("SEQUENCE:3", self.ctl("export", "ics", "appeal").stdout, "the third date of its own")
        self.ctl("undo", "appeal")
        undone = self.ctl("export", "ics", "appeal").stdout
        self.assertIn("SEQUENCE:4", undone, "one more, though it is the second again")
        modified = timegm(time.strptime(undone.split("LAST-MODIFIED:")[1][:16], "%Y%m%dT%H%M%SZ"))
        self.assertLess(abs(time.time() - modified), 60, "when it was taken back")
        self.ctl("undo", "court.hearing")
        self.assertIn("SEQUENCE:5", self.ctl("export", "ics", "court.hearing").stdout, "a move taken back is one more")
        wait_for(lambda: len(self.told()) >= self.seen + 6, "both ways, with the appeal")
        self.fresh()
        imported = subprocess.run([os.environ["TRUCECTL"], "import", "ics", "-"], input=self.ctl("export", "ics").stdout, text=True,
                                  capture_output=True, env=self.environment, check=True).stdout
        self.assertEqual(set(re.findall(r"^\[milestone (\S+)\]", imported, re.M)), {"hearing-moved", "filing", "ruling", "rent", "appeal"})

    def unreadable(self):
        """Neither a page that is none, nor half a calendar, nor an error, nor no answer at all cancels anything."""
        half = calendar(event("x@court", "Other", 70))[:-20]
        for text in ("<html>maintenance</html>", half, None):
            if text is None:
                (self.www / "court.ics").unlink()
            else:
                self.write(text)
            self.poll()
            self.assertEqual(self.milestone("court.hearing")["state"], "ahead", text)
            self.assertNotIn("changed", [kind for kind, title in self.fresh()])
        self.assertEqual(self.feeds()["court"]["state"], "failing")
        self.stop_truced()
        self.origin.stop()
        self.start_truced()
        self.assertEqual(self.milestone("court.hearing")["due"][:10], time.strftime("%Y-%m-%d", time.gmtime(time.time() + 61 * DAY)))
        self.assertEqual(self.milestone("appeal")["state"], "ahead")

    def told_once(self):
        ids = [alert["id"] for alert in self.told()]
        self.assertEqual(len(ids), len(set(ids)), "each told once, over all restarts")


if __name__ == "__main__":
    unittest.main(verbosity=2)
