#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Alerts as mail, read back by Python's email package: whatever a title or a body has, it comes out as it went in, and nothing of it
becomes a header."""
import email
import email.policy
import email.utils
import json
import os
import random
import re
import subprocess
import unittest

HEADERS = {"Date", "From", "To", "Subject", "Message-ID", "In-Reply-To", "References", "Auto-Submitted", "X-Auto-Response-Suppress",
           "Importance", "X-Priority", "X-Truced-Id", "X-Truced-Kind", "X-Truced-Milestone", "MIME-Version", "Content-Type",
           "Content-Transfer-Encoding", "List-Id"}
SEED = int(os.environ.get("MAIL_SEED", "20250805"))
PIECES = ["a", "tariff truce", " ", "  ", "ends in 7 days", "=", "=?utf-8?B?WA==?=", "?=", "関税", "휴전", "Zölle", "🙂", "e\u0301", "\t", "\r\n",
          "\nBcc: x@example.org", "\r\n\r\nbody", "\x01", "\x1b[31m", "\u202e", ".", "\n.\n", "\nFrom here", "x" * 90, "ß" * 40, "\x7f", "\x85",
          "\u2028", "\ufeff", "<a@b>", "\"quoted\"", "--", "-- ", ",", ";", ":"]


def clean(text):
    """As truced cleans: no control or bidi character, and white space one space."""
    text = re.sub("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]", "", text)
    return re.sub(r"[\t\n\v\f\r \x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+", " ", text).strip(" ")


def record(**more):
    return {"id": "0123456789abcdef" * 2, "kind": "lead", "urgency": "normal", "title": "x", "body": "", "raised": "2025-08-05T12:00:00Z", **more}


def render(*records, name=None):
    """The mails as bytes."""
    lines = "".join(json.dumps(one) + "\n" for one in records)
    output = subprocess.run([os.environ["RENDER_MAIL"]] + ([name] if name else []), input=lines.encode(), capture_output=True, check=True).stdout
    mails = output.split(b"\f\n")
    assert mails.pop() == b"" and len(mails) == len(records)
    return mails


def parse(raw):
    return email.message_from_bytes(raw, policy=email.policy.default)


class Mail(unittest.TestCase):
    def test_a_plain_one(self):
        raw = render(record(title="Truce ends in 7 days", body="Tue 12 Aug 2025 00:01 EDT", milestone="truce", url="https://example.org/x"))[0]
        mail = parse(raw)
        self.assertEqual(set(mail.keys()) - HEADERS, set())
        self.assertEqual(mail["Subject"], "Truce ends in 7 days")
        self.assertEqual(str(mail["From"].addresses[0]), '"Wächter „truced“" <truced@example.org>'.replace('"W', "W").replace('“"', "“"))
        self.assertEqual([str(a) for a in mail["To"].addresses], ["one@example.org", "two@example.org"])
        self.assertEqual(email.utils.parsedate_to_datetime(mail["Date"]).isoformat(), "2025-08-05T12:01:00+00:00")
        self.assertEqual(mail["Message-ID"], f"<{'0123456789abcdef' * 2}.truced@example.org>")
        self.assertEqual((mail["In-Reply-To"], mail["References"]), ("<milestone.truce.truced@example.org>",) * 2)
        self.assertEqual((mail["Auto-Submitted"], mail.get_content_type()), ("auto-generated", "text/plain"))
        self.assertEqual(mail["List-Id"], "truced <truced.example.org>")
        self.assertEqual(mail.get_content().splitlines()[:4], ["Truce ends in 7 days", "", "Tue 12 Aug 2025 00:01 EDT", "https://example.org/x"])
        self.assertIn("trucectl ack 01234567 acknowledges it", mail.get_content())

    def test_from_whom(self):
        """A name is one, whatever it has, and quotes around it are no part of it."""
        for name in ("truced", "truced, the watch", "truced (deadlines)", "deadlines @ example.org", "A. B. Clerk", "<a@b> x", '"half',
                     "back\\slash", 'the "watch"', '"truced, the watch"', '"'):
            with self.subTest(name=name):
                mail = parse(render(record(), name=name)[0])
                quoted = len(name) > 2 and name[0] == name[-1] == '"'
                self.assertEqual([(a.display_name, a.addr_spec) for a in mail["From"].addresses],
                                 [(name[1:-1] if quoted else name, "truced@example.org")])

    def test_urgency_and_threads(self):
        low, critical, occurrence, test = map(parse, render(
            record(urgency="low", watch="chips"), record(urgency="critical"), record(milestone="tax@2026-04-15"), record(kind="test")))
        self.assertEqual((low["Importance"], low["In-Reply-To"]), ("low", "<watch.chips.truced@example.org>"))
        self.assertEqual((critical["Importance"], critical["In-Reply-To"]), ("high", None))
        self.assertEqual(occurrence["References"], "<milestone.tax%402026-04-15.truced@example.org>")
        self.assertEqual(test["X-Truced-Kind"], "test")

    def test_links(self):
        items = [{"title": "Elsewhere", "link": "https://example.org/2", "feed": "f", "tier": "press"},
                 {"title": "Bad", "link": "https://example.org/ x", "feed": "f", "tier": "press"}]
        text = parse(render(record(items=items, url="https://example.org/1"))[0]).get_content().replace("\r\n", "\n")
        self.assertIn("\nElsewhere\nhttps://example.org/2\n", text)
        self.assertNotIn("https://example.org/ x", text)

    def test_a_calendar_goes_with_it(self):
        """As a part of its own, as it was; the text is the first, and what it is without."""
        draw = random.Random(SEED)
        calendars = ["BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nEND:VCALENDAR\r\n"]
        calendars += ["".join(draw.choice(["x" * 75, "ü" * 30, "a=b", "--=_" + "0123456789abcdef" * 2, " \t", ".", "", "关税 "]) + "\r\n"
                              for _ in range(draw.randrange(1, 40))) for _ in range(200)]
        alone, *mails = map(parse, render(record(title="Truce ends", body="told"), *(
            record(title="Truce ends", body="told", calendar=calendar) for calendar in calendars)))
        for mail, calendar in zip(mails, calendars, strict=True):
            self.assertEqual((mail.get_content_type(), mail.defects), ("multipart/mixed", []))
            text, part = mail.iter_parts()
            self.assertEqual((text.get_content_type(), text.get_content().rstrip()), ("text/plain", alone.get_content().rstrip()))
            self.assertEqual((part.get_content_type(), part.get_param("method"), part.get_param("component")),
                             ("text/calendar", "PUBLISH", "VEVENT"))
            self.assertEqual((part.get_content_disposition(), part.get_filename(), part.defects), ("inline", "truced.ics", []))
            self.assertEqual(part.get_payload(decode=True).decode().rstrip("\r\n"), calendar.rstrip("\r\n"))

    def test_whatever_is_in_it(self):
        draw = random.Random(SEED)
        print(f"MAIL_SEED={SEED}")
        texts = [("".join(draw.choices(PIECES, k=draw.randrange(1, 12))), "".join(draw.choices(PIECES, k=draw.randrange(0, 30))))
                 for _ in range(1500)]
        for (title, body), raw in zip(texts, render(*(record(title=title, body=body) for title, body in texts))):
            with self.subTest(title=title, body=body):
                self.check(title, body, raw)

    def check(self, title, body, raw):
        self.assertTrue(raw.isascii())
        self.assertIsNone(re.search(b"(?<!\r)\n|\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", raw))
        head, _ = raw.split(b"\r\n\r\n", 1)
        for line in raw.split(b"\r\n"):
            self.assertLessEqual(len(line), 78)
        for line in head.split(b"\r\n"):
            self.assertTrue(line.strip(), "no line of a header is blank")
        mail = parse(raw)
        self.assertEqual(set(mail.keys()) - HEADERS, set())
        self.assertFalse(mail.defects, mail.defects)
        subject = clean(title)
        subject = subject if len(subject) <= 250 else subject[:249] + "…"
        self.assertEqual(re.sub(" +", " ", str(mail["Subject"])), subject)
        lines = [line for line in map(clean, body.split("\n")) if line]
        expected = "\n".join([clean(title), *([""] if lines else []), *lines, "", "-- ", ""])
        self.assertTrue(mail.get_content().replace("\r\n", "\n").startswith(expected), (mail.get_content(), expected))


if __name__ == "__main__":
    unittest.main(verbosity=2)
