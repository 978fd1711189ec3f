#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Dates that come by mail: what a program of mail hands to the recipient's calendar, read by libical and by Python's icalendar, and beside
it the calendar that a file has."""
import ctypes
import email
import email.policy
import os
import sys
import time
import unittest

import icalendar

sys.path.insert(0, os.path.join(os.environ["SOURCE_ROOT"], "tests/lib"))
from receivers import SmtpReceiver  # noqa: E402
from truced_case import TrucedCase, utc, wait_for  # noqa: E402

libical = ctypes.CDLL("libical.so.3")
libical.icalparser_parse_string.restype = ctypes.c_void_p
for function in (libical.icalrestriction_check, libical.icalcomponent_count_errors, libical.icalcomponent_free):
    function.argtypes = [ctypes.c_void_p]

CONFIG = """[truced]
timezone = America/New_York
alert-to = stdout post
[sink post]
kind = mail
tls = no
from = Wächter <truced@example.org>
to = me@example.org
server = localhost:{port}
[sink file]
kind = ics
path = {folder}/all.ics
"""


class MailCalendar(TrucedCase):
    def setUp(self):
        super().setUp()
        self.start_bus()
        self.server = SmtpReceiver()
        self.addCleanup(self.server.stop)

    def start(self, milestones):
        self.start_truced(CONFIG.format(port=self.server.port, folder=self.folder) + milestones)

    def mails(self, count):
        return [email.message_from_bytes(mail.content, policy=email.policy.default) for mail in self.server.wait(count)]

    def calendar(self, mail):
        """What is for a calendar in it: by what both libraries take, in the form that RFC 5546 has for PUBLISH."""
        text, part = mail.iter_parts()
        self.assertEqual((mail.get_content_type(), text.get_content_type(), part.get_content_type(), part.get_param("method")),
                         ("multipart/mixed", "text/plain", "text/calendar", "PUBLISH"))
        raw = part.get_payload(decode=True)
        component = libical.icalparser_parse_string(ctypes.c_char_p(raw))
        self.assertTrue(component)
        self.assertEqual((libical.icalrestriction_check(component), libical.icalcomponent_count_errors(component)), (1, 0), raw.decode())
        libical.icalcomponent_free(component)
        calendar = icalendar.Calendar.from_ical(raw)
        self.assertEqual(calendar["METHOD"], "PUBLISH")
        self.assertEqual(calendar.errors, [])
        return calendar

    def event(self, mail):
        [event] = self.calendar(mail).walk("VEVENT")
        return event

    def filed(self, uid, sequence):
        """The same event in the file, once it has that version."""
        def look():
            try:
                calendar = icalendar.Calendar.from_ical((self.folder / "all.ics").read_bytes())
            except OSError:
                return None
            return next((event for event in calendar.walk("VEVENT") if (event["UID"], event["SEQUENCE"]) == (uid, sequence)), None)

        return wait_for(look, f"{uid} {sequence} in the file")

    def assert_same(self, event, filed):
        lines = [{line for line in one.to_ical().decode().replace("\r\n ", "").splitlines() if not line.startswith(("DTSTAMP", "ORGANIZER"))}
                 for one in (event, filed)]
        self.assertEqual(*lines)

    def test_a_lead_and_a_move(self):
        first, second = 3 * 86400, 5 * 86400
        self.start(f"[milestone truce]\ntitle = Zölle; endgültig\ndue = {utc(first)}\nlead = 7d 6d\n")
        lead = self.event(self.mails(1)[0])
        self.assertEqual((lead["UID"], lead["SEQUENCE"], lead["SUMMARY"], lead["ORGANIZER"]),
                         ("truce@truced", 0, "Zölle; endgültig", "mailto:truced@example.org"))
        self.assertLess(abs(lead["DTSTART"].dt.timestamp() - time.time() - first), 30)
        self.assert_same(lead, self.filed("truce@truced", 0))
        self.ctl("due", "truce", utc(second), "--because", "it was extended")
        moved = self.event(self.mails(2)[1])
        self.assertEqual((moved["UID"], moved["SEQUENCE"]), ("truce@truced", 1))
        self.assertLess(abs(moved["DTSTART"].dt.timestamp() - time.time() - second), 30)
        self.assert_same(moved, self.filed("truce@truced", 1))
        self.ctl("undo", "truce")
        back = self.event(self.mails(3)[2])
        self.assertEqual((back["UID"], back["SEQUENCE"], back["DTSTART"].dt), ("truce@truced", 2, lead["DTSTART"].dt))
        one, two, three = self.mails(3)
        self.assertEqual({mail["References"] for mail in (one, two, three)}, {"<milestone.truce.truced@example.org>"})
        self.assertEqual(len({mail["Message-ID"] for mail in (one, two, three)}), 3)

    def test_what_repeats(self):
        self.start(f"[milestone rent]\ntitle = Rent\ndue = {utc(86400)}\nrepeat = FREQ=DAILY\nlead = 2d\n")
        calendar = self.calendar(self.mails(1)[0])
        [event] = calendar.walk("VEVENT")
        self.assertEqual((event["UID"], event["RRULE"]["FREQ"]), ("rent@truced", ["DAILY"]))
        self.assert_same(event, self.filed("rent@truced", 0))

    def test_one_date_of_what_repeats_moves(self):
        """It stands beside the rule, under the same UID, in mail, file and export; and is put back by an undo."""
        due, moved = time.time() + 86400, time.time() + 100000
        day = time.strftime("%Y-%m-%d", time.gmtime(due))
        self.start(f"[milestone rent]\ntitle = Rent\ndue = {utc(86400)}\nrepeat = FREQ=WEEKLY\nlead = 2d\n")
        self.mails(1)
        for sequence, begins, verb in ((1, moved, ("due", f"rent@{day}", utc(100000), "--because", "a holiday")), (2, due, ("undo", f"rent@{day}"))):
            self.ctl(*verb)
            rule, one = self.calendar(self.mails(sequence + 1)[-1]).walk("VEVENT")
            self.assertEqual((rule["UID"], one["UID"], one["SEQUENCE"]), ("rent@truced", "rent@truced", sequence))
            self.assertNotIn("RRULE", one)
            self.assertLess(abs(one["RECURRENCE-ID"].dt.timestamp() - due), 30)
            self.assertLess(abs(one["DTSTART"].dt.timestamp() - begins), 30)
            if sequence == 1:
                self.assert_same(one, self.filed("rent@truced", 1))
                exported = icalendar.Calendar.from_ical(self.ctl("export", "ics").stdout).walk("VEVENT")
                self.assertEqual([event["SEQUENCE"] for event in exported], [0, 1])
                self.assert_same(one, exported[1])

    def test_what_has_no_date(self):
        self.start(f"[milestone truce]\ndue = {utc(30 * 86400)}\nlead = 0\n")
        self.call("TestAlert", "(s)", "post")
        [test] = self.mails(1)
        self.assertEqual(test.get_content_type(), "text/plain")


if __name__ == "__main__":
    unittest.main(verbosity=2)
