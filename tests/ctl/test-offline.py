#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""trucectl's verbs that need no truced: what they print, that it fits, and their exit status."""

import http.server
import json
import os
import re
import subprocess
import sys
import threading
import unicodedata
import unittest

sys.path.insert(0, os.path.join(os.environ["SOURCE_ROOT"], "tests/lib"))
from truced_case import TRUCECTL, TrucedCase  # noqa: E402

VERBS = ("status milestones news alerts feeds why ack snooze due met cancel silence undo refresh reload config test-alert check when match classify "
         "feed export import simulate").split()

CONFIG = """[truced]
timezone = America/New_York
lead = 30d 7d 1d 0
alert-to = stdout

[milestone truce]
title = US-China tariff truce ends
starts = 2025-05-14 00:01
due = starts + 90d
match = (truce | tariff*) China
revised = 2025-08-11: 2025-11-10 00:01 America/New_York: executive order, 90 days more

[watch rare-earths]
title = Rare earths
match = "rare earth" | 희토류

[feed wire]
url = https://example.org/feed.xml
"""

ITEMS = """{"id":"1","title":"China tariff truce holds","lede":"So far.","url":"https://example.org/1","published":"2025-07-01T12:00:00Z","outlet":"Wire"}
{"id":"2","title":"Local news","summary":"Nothing of note","published":"2025-07-02"}

{"id":"3","title":"정부, 희토류 수출 허가","published":"2025-07-03T00:00:00+09:00","categories":["trade"],"extra":{"kept":[1,2]}}
"""

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Trade wire</title><link>https://example.org/</link>
<item><title>Truce &amp;amp; tariffs</title><link>/1</link><guid isPermaLink="false">g1</guid>
<pubDate>Mon, 11 Aug 2025 20:00:00 GMT</pubDate><description>&lt;p&gt;Ninety &lt;b&gt;days&lt;/b&gt;&lt;/p&gt;</description>
<category>trade</category><enclosure url="https://example.org/1.mp3" type="audio/mpeg" length="1"/></item>
<item><title>Second</title></item></channel></rss>
"""


def columns(line):
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 0 if unicodedata.combining(character) else 1
               for character in line)


class OfflineCase(TrucedCase):
    def write(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path

    def assert_fits(self, text, width=80):
        for line in text.splitlines():
            self.assertLessEqual(columns(line), width, line)


class Usage(OfflineCase):
    def test_help(self):
        text = self.ctl("--help").stdout
        self.assert_fits(text)
        for verb in VERBS:
            self.assertRegex(text, rf"(?m)^  {verb} ")
            own = self.ctl(verb, "--help").stdout
            self.assertTrue(own.startswith(f"Usage: trucectl {verb}"))
            self.assert_fits(own)
            self.assertLess(len(own.splitlines()), 30)
        self.assertRegex(self.ctl("--version").stdout, r"^trucectl \d")

    def test_mistakes(self):
        self.assertIn("did you mean milestones?", self.ctl("milestone", status=2).stderr)
        self.assertIn("did you mean snooze?", self.ctl("snoze", "a", status=2).stderr)
        self.assertNotIn("did you mean", self.ctl("xyzzy", status=2).stderr)
        self.assertNotIn("\033", self.ctl("\033[31mx", status=2).stderr)
        self.assertIn("--follow", self.ctl("alerts", "--help").stdout)
        for arguments in (["--frob"], ["alerts", "--frob"], ["ack"], ["why"], ["why", "a", "b"], ["when"], ["match"],
                          ["feed"], ["reload", "now"], ["simulate"], ["simulate", "--from", "2025-01-01"],
                          ["simulate", "--from", "2025-01-02", "--to", "2024-12-31"], ["alerts", "--kind", "gossip"],
                          ["alerts", "--since", "whenever"], ["snooze", "abcd", "soon"], ["due", "a"], ["due", "a", "2030"],
                          ["silence", "a"], ["silence", "a", "--until", "soonish"], ["met"], ["undo", "a", "b"],
                          ["--bus", "sytem", "status"], ["config"], ["config", "edit"], ["when", "2025", "--zone", "X"],
                          ["when", "2025", "--now", "later"], ["classify", "a", "b"], ["classify", "--zone", "X"]):
            config = ["--config", self.write("c.conf", CONFIG)]
            result = self.ctl(*arguments, *(config if arguments[0] == "simulate" else []), status=2)
            self.assertTrue(result.stderr.startswith("trucectl: "), arguments)
            self.assertEqual(result.stdout, "")
        self.assertEqual(subprocess.run([os.environ["TRUCED"], "--bus", "sytem"], stderr=subprocess.DEVNULL, timeout=20).returncode, 2)

    def test_lengths_of_no_fixed_length(self):
        for arguments in (["alerts", "--since", "99y"], ["news", "--since", "3mo"], ["silence", "a", "--until", "99999999999w"]):
            self.assertIn("a length is counted in w, d, h, m and s, such as 52w or 1d12h, up to 418985w",
                          self.ctl(*arguments, status=2).stderr)

    def test_output_that_cannot_be_written(self):
        with open("/dev/full", "w") as full:
            result = subprocess.run([TRUCECTL, "when", "2025", "--json"], stdout=full, stderr=subprocess.PIPE,
                                    env=self.environment, text=True)
        self.assertEqual(result.returncode, 1)
        self.assertIn("standard output", result.stderr)


class When(OfflineCase):
    def test_json(self):
        for text, earliest, latest, precision, zone in (
                ("Aug 12, 2025 12:01 am ET", "2025-08-12T04:01:00Z", "2025-08-12T04:01:00Z", "instant",
                 "America/New_York"),
                ("mid-June 2025", "2025-06-11T00:00:00Z", "2025-06-21T00:00:00Z", "part-of-month", None),
                ("2025-05-14 00:01 America/New_York + 90d", "2025-08-12T04:01:00Z", "2025-08-12T04:01:00Z", "instant",
                 "America/New_York"),
                ("2025-06-19", "2025-06-19T00:00:00Z", "2025-06-20T00:00:00Z", "day", None)):
            record, = self.ctl_records("when", text)
            self.assertEqual(list(record), ["text", "earliest", "latest", "precision", "zone", "approximate"])
            self.assertEqual((record["text"], record["earliest"], record["latest"], record["precision"]),
                             (text, earliest, latest, precision))
            self.assertEqual(record["approximate"], False)
            if zone:
                self.assertEqual(record["zone"], zone)
        record, = self.ctl_records("when", "2025-06-19", "--zone", "Asia/Seoul")
        self.assertEqual((record["earliest"], record["zone"]), ("2025-06-18T15:00:00Z", "Asia/Seoul"))
        record, = self.ctl_records("when", "19", "June", "2025")
        self.assertEqual(record["precision"], "day")

    def test_words(self):
        text = self.ctl("when", "2025-08-12 00:01 America/New_York", "--now", "2025-08-01T00:00:00Z",
                        TZ="Asia/Seoul").stdout
        self.assert_fits(text)
        self.assertIn("in 11 days", text)
        self.assertIn("Tue 12 Aug 2025 00:01 EDT (Tue 12 Aug 2025 13:01 KST here)", text)
        self.assertIn("2025-08-12T04:01:00Z", text)
        leads = re.findall(r"(?m)^  (\S+) +(\w{3} \d+ Aug 2025 \S+ EDT) +in ", text)
        self.assertEqual(leads, [("7d", "Tue 5 Aug 2025 09:00 EDT"), ("3d", "Sat 9 Aug 2025 09:00 EDT"),
                                 ("1d", "Mon 11 Aug 2025 09:00 EDT"), ("due", "Tue 12 Aug 2025 00:01 EDT")])
        self.assertIn("does not exist", self.ctl("when", "2026-03-08 02:30 America/New_York").stdout)
        self.assertIn("does not exist", self.ctl("when", "2026-03-08 02:30 America/New_York", "--json").stderr)

    def test_refused(self):
        for text in ("whenever", "2025-02-30", "2025-06-19 Amercia/New_York", "starts + 90d", "milestone:none + 1d",
                     "01/02/2025", ""):
            result = self.ctl("when", text, status=1)
            self.assertEqual(result.stdout, "")
            self.assertTrue(result.stderr.startswith("trucectl: "))
        self.assertIn("whenever", self.ctl("when", "whenever", status=1).stderr)
        lines = self.ctl("when", "12 Augst 2027", "--now", "2026-11-24", status=1).stderr.splitlines()
        self.assertEqual(lines[1:3], ["  12 Augst 2027", "     ^"], "where it stops being understood")
        self.assertEqual(lines[3], "Such forms are read: 2027-08-12 17:00 ET, mid-June 2027, 2027-05-14 + 90d; "
                         "truced-dates(7) has them all.")
        lines = self.ctl("when", "third Friday 2027-02-30", "--now", "2026-11-24", status=1).stderr.splitlines()
        self.assertIn("third friday of July 2027", lines[3])
        self.assertEqual(self.ctl("when", "2027-02-30", status=1).stderr.splitlines()[2], "  ~~~~~~~~~~")
        self.assertNotIn("\x1b", self.ctl("when", "12 \x1b[1mAugust", status=1).stderr)

    def test_days_off(self):
        """A date on a day off is noted with the name of the day, on each of the calendars that are shipped."""
        folder = os.path.join(os.environ["SOURCE_ROOT"], "config/holidays")
        for calendar, date, day in (("us-federal", "2035-07-04", "Independence Day"), ("uk", "2035-05-07", "Early May bank holiday"),
                                    ("eu-target", "2035-05-01", "Labour Day"), ("weekends", "2035-05-05", "Saturday"),
                                    ("china", "2026-10-01", "National Day"), ("korea", "2026-07-17", "Constitution Day")):
            found = self.ctl("when", date, "--holidays", f"{folder}/{calendar}", "--zone", "UTC").stdout
            self.assertIn(f": {day}", " ".join(found.split()), calendar)
            if date < "2030":
                continue  # dated lists end, and check is about what is to come
            text = f"[truced]\nholidays = {folder}/{calendar}\n[milestone m]\ndue = {date}\n"
            self.assertRegex(self.ctl("check", self.write("off.conf", text)).stdout, rf"\.due: .* is a day off in .*{calendar}: {day}")

    def test_asked_now(self):
        """Words that depend on today are read when somebody asks, with what was assumed, and in no configuration."""
        result = self.ctl("when", "next Friday 17:00 ET", "--now", "2026-11-24T12:00:00Z")
        self.assertIn("Fri 4 Dec 2026 17:00 EST", result.stdout)
        self.assertIn("'next Friday' is taken as that of the week after this", result.stdout)
        record, = self.ctl_records("when", "tomorrow", "--now", "2026-11-25T01:00:00Z", "--zone", "America/New_York")
        self.assertEqual(record["earliest"], "2026-11-25T05:00:00Z")
        for statement in ("tomorrow", "Thursday", "in 3 days", "next week"):
            config = self.write("relative.conf", f"[milestone soon]\ndue = {statement}\n")
            self.assertIn("means another day whenever it is read, and would drift", self.ctl("check", config, status=1).stdout)
        config = self.write("part.conf", "[milestone soon]\ndue = early 2037\n")
        self.assertIn("'early' is taken as January 2037 to April 2037", self.ctl("check", config).stdout)

    def test_milestone(self):
        record, = self.ctl_records("when", "milestone:truce + 1d", "--config", self.write("c.conf", CONFIG),
                                   "--now", "2025-06-01")
        self.assertEqual(record["earliest"], "2025-08-13T04:01:00Z")

    def test_repeat(self):
        rule = "FREQ=MONTHLY;BYDAY=1FR"
        first, *dates = self.ctl_records("when", "2026-06-05 08:30 ET", "--repeat", rule, "--now", "2026-07-04",
                                         "--except", "2026-08-07, 2026-09-01/2026-10-01")
        self.assertEqual(first["earliest"], "2026-06-05T12:30:00Z")
        self.assertEqual(len(dates), 10)
        self.assertEqual([d["occurrence"] for d in dates[:3]], ["2026-10-02", "2026-11-06", "2026-12-04"])
        self.assertEqual([d["earliest"] for d in dates[:2]], ["2026-10-02T12:30:00Z", "2026-11-06T13:30:00Z"])
        text = self.ctl("when", "2026-06-04", "--repeat", "FREQ=WEEKLY;BYDAY=FR;COUNT=3", "--now", "2026-06-04")
        self.assertIn("2026-06-12   Fri 12 Jun 2026", text.stdout)
        self.assertNotIn("2026-06-19", text.stdout)
        self.assertIn("none that the rule makes", text.stderr)
        self.assertIn("it has ended", self.ctl("when", "2026-06-04", "--repeat", "FREQ=DAILY;COUNT=2", "--now",
                                               "2026-07-01").stdout)
        self.assertIn("never happens", self.ctl("when", "2026-06-04", "--repeat", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
                                                status=1).stderr)
        self.assertIn("someday", self.ctl("when", "2026-06-04", "--repeat", rule, "--except", "someday",
                                          status=1).stderr)
        self.ctl("when", "2026-06-04", "--except", "2026-06-05", status=2)

    def test_holidays(self):
        config = os.path.join(os.environ["SOURCE_ROOT"], "config/truced.conf")
        record, = self.ctl_records("when", "2025-07-03 17:00 ET + 1bd", "--holidays", "us-federal", "--config", config)
        self.assertEqual(record["earliest"], "2025-07-07T21:00:00Z")
        self.assertIn("Fri 4 Jul 2025 is a day off in us-federal: Independence Day",
                      self.ctl("when", "2025-07-04", "--holidays", "us-federal", "--config", config).stdout)
        both = self.ctl("when", "2026-12-24 + 9bd", "--holidays", "us-federal, china", "--config", config, "--json")
        self.assertIn("known for 2024 to 2026 only", both.stderr)
        self.assertIn('did you mean "china"?', self.ctl("when", "2025", "--holidays", "chian", "--config", config,
                                                        status=2).stderr)
        own = self.write("own.conf", "[truced]\nholidays = %s\n" % self.write("own", "holiday = July 2: own\n"))
        record, = self.ctl_records("when", "2025-07-01 + 1bd", "--config", own)
        self.assertEqual(record["earliest"][:10], "2025-07-03")
        self.assertIn("holiday calendar", self.ctl("when", "2025-07-01 + 1bd", status=1).stderr)

    def test_zone_of_the_configuration(self):
        """A statement stands for what it would in the configuration."""
        config = self.write("zone.conf", CONFIG)
        record, = self.ctl_records("when", "2027-01-02 09:00", "--config", config)
        self.assertEqual((record["zone"], record["earliest"]), ("America/New_York", "2027-01-02T14:00:00Z"))
        record, = self.ctl_records("when", "2027-01-02 09:00", "--config", config, "--zone", "Asia/Seoul")
        self.assertEqual(record["zone"], "Asia/Seoul")
        broken = self.ctl("when", "2027-01-02", "--config", self.write("broken.conf", "[truced]\ntimezone = Nowhere\n"))
        self.assertIn("broken.conf has errors", broken.stderr)

    def test_what_is_expected(self):
        """The error names the form that is read."""
        for text, said in (("15.03.2027", "write 15 March, or the year first as in 2025-03-15"),
                           ("03/15/2027", "write 15 March"), ("03.04.2027", "may be day first or month first"),
                           ("2H 2027", "halves of a year are written as H2 2027"),
                           ("3Q 2027", "quarters are written as Q3 2027"),
                           ("2027-02-29", "there is no 29 February 2027: the month has 28 days")):
            self.assertIn(said, self.ctl("when", text, status=1).stderr)
        self.ctl("when", "2h before 2027-01-02 09:00")

    def test_locale(self):
        """What is given is taken as UTF-8 whatever the locale."""
        self.assertIn("언제", self.ctl("when", "언제", status=1, LC_ALL="C").stderr)


class Check(OfflineCase):
    def test_clean(self):
        path = self.write("c.conf", CONFIG.replace("2025", "2031"))
        self.assertEqual(self.ctl("check", path).stdout, "1 milestone, 1 watch, 1 feed: no findings\n")
        self.assertEqual(self.ctl("--config", path, "check").stdout, "1 milestone, 1 watch, 1 feed: no findings\n")
        self.assertEqual(self.ctl("check", path, "--json").stdout, "")
        own = self.folder / "xdg" / "truced" / "truced.conf"
        own.parent.mkdir(parents=True)
        own.write_text("[truced]\nalert-to = stdout\n[milestone a]\ndue = 2031-01-01\n")
        self.assertIn(f"{own}: 1 milestone: no findings", self.ctl("check", XDG_CONFIG_HOME=str(own.parent.parent)).stdout,
                      "which file it was, when nobody named one")

    def test_errors(self):
        path = self.write("c.conf", CONFIG.replace("due = starts", "deu = starts").replace("match = \"rare", "match = ((\"rare"))
        lines = self.ctl("check", path, status=1).stdout.splitlines()
        self.assertTrue(any(line.startswith(f"{path}:9: [milestone truce].deu: ") for line in lines), lines)
        self.assertRegex(lines[-1], rf"^{re.escape(str(path))}: \d+ errors")
        records = self.ctl_records("check", path, status=1)
        self.assertEqual(len(records), len(lines) - 1)
        for record in records:
            self.assertLessEqual({"severity", "path", "reason"}, set(record))
        deu = next(record for record in records if record.get("key") == "deu")
        self.assertEqual((deu["severity"], deu["line"], deu["section"]), ("error", 9, "milestone truce"))

    def test_standard_input(self):
        text = CONFIG.replace("2025", "2031")
        self.assertEqual(self.ctl("check", "-", stdin=text).stdout, "1 milestone, 1 watch, 1 feed: no findings\n")
        result = self.ctl("check", "-", stdin=text.replace("due = starts", "deu = starts"), status=1)
        self.assertIn("(standard input):9: [milestone truce].deu: ", result.stdout)

    def test_nothing_to_watch(self):
        """Likely the wrong file, or one that is still to be written; no error."""
        for text in ("", "# nothing yet\n", "[truced]\nalert-to = stdout\n[feed wire]\npath = /wire.xml\n"):
            record = self.ctl_records("check", "-", stdin=text)[-1]
            self.assertEqual((record["severity"], record["reason"][:18]), ("warning", "nothing is watched"))
        self.assertRegex(self.ctl("check", "-", stdin="").stdout, "(?m)^.*warning: nothing is watched.*\n.*: 1 warning$")

    def test_missing(self):
        self.assertIn("nowhere.conf", self.ctl("check", self.folder / "nowhere.conf", status=1).stdout)


class Match(OfflineCase):
    def matching(self, query, *arguments, items=ITEMS, status=0):
        result = self.ctl("match", query, *arguments, stdin=items, status=status)
        return [json.loads(line) for line in result.stdout.splitlines()]

    def test_items(self):
        record, = self.matching("truce | embargo")
        self.assertEqual(record["id"], "1")
        self.assertEqual(record["matched"], ["truce"])
        record, = self.matching("희토류", "-")
        self.assertEqual((record["id"], record["extra"]), ("3", {"kept": [1, 2]}))
        path = self.write("items", ITEMS)
        self.assertEqual([record["id"] for record in self.matching("news | \"so far\"", path)], ["1", "2"])
        self.assertEqual(self.matching("submarine", status=1), [])

    def test_explain(self):
        records = self.matching("truce | (news -far)", "--explain")
        self.assertEqual([record["id"] for record in records], ["1", "2", "3"], "every item")
        self.assertEqual([("matched" in record, "why_not" in record) for record in records],
                         [(True, False), (True, False), (False, True)])
        self.assertEqual(records[2]["why_not"], "lacks truce OR (news AND NOT far)")
        records = self.matching("china -tariff NEAR/2 truce (beijing | seoul)", "--explain", status=1)
        self.assertEqual(records[0]["why_not"], "has tariff NEAR/2 truce, which is excluded; lacks beijing OR seoul")

    def test_near_and_expressions(self):
        items = "".join(json.dumps({"id": name, "title": title}) + "\n" for name, title in (
            ("near", "Truce: 90 days more"), ("far", "Truce holds, and there are a great many more days to come: 90"),
            ("none", "Ninety days")))
        self.assertEqual([record["id"] for record in self.matching("truce NEAR/3 days", items=items)], ["near"])
        self.assertEqual([record["id"] for record in self.matching(r"/\b90 (days)?/i", items=items)], ["near"])
        long = json.dumps({"summary": "a" * 3000 + "c"}) + "\n"
        self.assertIn("/a.*b.*c/", self.ctl("match", "/a.*b.*c/", stdin=long, status=1).stderr)

    def test_refused(self):
        self.assertIn("character", self.ctl("match", "(truce", stdin=ITEMS, status=1).stderr)
        self.ctl("match", "truce", self.folder / "nowhere", status=1)
        result = self.ctl("match", "truce", stdin=ITEMS + "{]\n[1]\n{\"title\":7}\n{\"title\":\"a truce\",\"published\":\"soon\"}\n",
                          status=1)
        self.assertEqual(len(result.stdout.splitlines()), 1, "good lines still count")
        for number in (5, 6, 7, 8):
            self.assertIn(f"-:{number}: ", result.stderr)


class Classify(OfflineCase):
    ITEMS = ('{"id": "a", "title": "Ministry extends grant deadline until Friday", "published": "2026-03-03T23:30:00Z"}\n'
             '{"id": "b", "title": "Truce extended by another 90 days", "lede": null, "published": "2025-08-11", '
             '"due": "2025-08-12 00:01 America/New_York"}\n'
             '{"title": "Rule put off until mid-June", "summary": "", "published": "2026-03-03"}\n'
             '{"id": "d", "title": "Rivals extend lead at top of table"}\n')

    def test_records(self):
        path = self.write("items", self.ITEMS)
        first, second, third, last = self.ctl_records("classify", path)
        self.assertRegex(self.ctl("classify", path, "--json").stdout.splitlines()[0], r'"confidence":0\.\d{1,2},')
        self.assertEqual(list(first), ["id", "label", "new_date", "new_date_latest", "delta_days", "confidence", "quote"])
        self.assertEqual((first["id"], first["label"], first["new_date"], first["new_date_latest"], first["delta_days"]),
                         ("a", "moved", "2026-03-06", None, None))
        self.assertIn("extends grant deadline until Friday", first["quote"])
        self.assertEqual((second["new_date"], second["delta_days"]), ("2025-11-10", 90), "from the current due")
        self.assertEqual((third["id"], third["new_date"], third["new_date_latest"]), (None, "2026-06-11", "2026-06-20"))
        self.assertEqual((last["label"], last["new_date"], last["quote"]), ("unrelated", None, None))
        # Where it is Wednesday already, the same Friday.
        self.assertEqual(self.ctl_records("classify", path, "--zone", "Asia/Seoul")[0]["new_date"], "2026-03-06")

    def test_for_people(self):
        text = self.on_terminal("classify", self.write("items", self.ITEMS), NO_COLOR="1")
        self.assertRegex(text, r"(?m)^  moved +to 2025-11-10, by 90 days")
        self.assertRegex(text, r"(?m)^  moved +to 2026-06-11/2026-06-20")

    def test_refused(self):
        self.ctl("classify", self.folder / "nowhere", status=1)
        result = self.ctl("classify", stdin=self.ITEMS + '{"id": "e", "title": "x", "due": "soonish"}\n[]\n', status=1)
        self.assertEqual(len(result.stdout.splitlines()), 4, "good lines still count")
        self.assertIn("soonish", result.stderr)
        self.assertIn("-:6: ", result.stderr)


class Feed(OfflineCase):
    def test_rss(self):
        first, second = self.ctl_records("feed", self.write("feed.xml", RSS), "--base", "https://example.org/rss")
        self.assertEqual(first, {"title": "Truce & tariffs", "link": "https://example.org/1", "id": "g1",
                                 "published": "2025-08-11T20:00:00Z", "summary": "Ninety days", "categories": ["trade"],
                                 "enclosures": ["https://example.org/1.mp3"]})
        self.assertEqual(second["title"], "Second")

    def test_stdin_and_json_feed(self):
        text = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "J",
                           "items": [{"id": "1", "title": "One", "content_text": "Text"}]})
        result = self.ctl("feed", "-", "--content-type", "application/feed+json", stdin=text)
        self.assertEqual(json.loads(result.stdout)["title"], "One", "JSON lines where no terminal is")

    def test_terminal(self):
        path = self.write("feed.xml", RSS.replace("Second", "A headline that is much longer than a line " * 3))
        text = self.on_terminal("feed", path)
        self.assertIn("Trade wire", text)
        self.assertIn("2 items", text)
        self.assertRegex(text, r"To follow it\S*\r?\n\[feed trade-wire\]\r?\npath = /\S+/feed.xml\r?\ntitle = Trade wire")
        self.assert_fits(re.sub("\033\\[[0-9;]*m", "", text))

    def test_refused(self):
        html = self.write("page.html", "<!DOCTYPE html><html><body>Not found</body></html>")
        for source in (html, self.write("empty", ""), self.folder, self.folder / "nowhere"):
            result = self.ctl("feed", source, "--json", status=1)
            self.assertEqual(result.stdout, "")
            self.assertIn(str(source), result.stderr)
        big = self.write("big", "x" * (9 << 20))
        self.assertIn("8 MiB", self.ctl("feed", big, status=1).stderr)

    def test_address(self):
        class Origin(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200 if self.path == "/feed" else 404)
                self.end_headers()
                self.wfile.write(RSS.encode())

            def log_message(self, *arguments):
                pass

        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Origin) as origin:
            threading.Thread(target=origin.serve_forever, daemon=True).start()
            address = f"http://127.0.0.1:{origin.server_port}"
            first = self.ctl_records("feed", f"{address}/feed")[0]
            self.assertEqual(first["title"], "Truce & tariffs")
            self.assertIn("404", self.ctl("feed", f"{address}/other", status=1).stderr)
            origin.shutdown()
        self.ctl("feed", f"{address}/feed", status=1)

    def test_without_workers(self):
        told = self.ctl("feed", self.write("feed.xml", RSS), status=1, TRUCED_LIBEXEC="/nowhere").stderr
        self.assertIn("there is no /nowhere/truced-parse: install truced, or name the folder that has it in TRUCED_LIBEXEC", told)


class Simulate(OfflineCase):
    def setUp(self):
        super().setUp()
        self.path = self.write("c.conf", CONFIG)

    def test_deadlines(self):
        records = self.ctl_records("simulate", "--config", self.path, "--from", "2025-05-14", "--to", "2025-11-10")
        told = [(record["kind"], record.get("lead"), record["raised"]) for record in records
                if record.get("milestone") == "truce"]
        self.assertEqual(told, [("lead", "30d", "2025-07-13T13:00:00Z"), ("lead", "7d", "2025-08-05T13:00:00Z"),
                                ("changed", None, "2025-08-11T04:00:00Z"), ("lead", "30d", "2025-10-11T13:00:00Z"),
                                ("lead", "7d", "2025-11-03T14:00:00Z"), ("lead", "1d", "2025-11-09T14:00:00Z"),
                                ("due", "0", "2025-11-10T05:01:00Z")])
        changed = records[2]
        self.assertEqual(changed["move"]["old_due"], "2025-08-12T04:01:00Z")
        self.assertEqual(changed["move"]["delta_days"], 90)

    def test_items_and_totals(self):
        items = self.write("items", ITEMS)
        result = self.ctl("simulate", "--config", self.path, "--from", "2025-06-01", "--to", "2025-07-31", "--items",
                          items)
        self.assert_fits(result.stdout)
        self.assertIn("Tue 1 Jul 2025", result.stdout)
        self.assertIn("China tariff truce holds", result.stdout)
        self.assertIn("희토류", result.stdout)
        self.assertRegex(result.stderr, r"^3 alerts: 1 lead, 2 news\n$")
        arguments = ("simulate", "--config", self.path, "--from", "2025-06-01", "--to", "2025-07-31", "--items", items)
        self.assertEqual(self.ctl_records(*arguments), self.ctl_records(*arguments), "the same, ids and all")

    def test_refused(self):
        self.ctl("simulate", "--config", self.write("bad.conf", "[milestone]\n"), "--from", "2025", "--to", "2026",
                 status=1)
        bad = self.write("items", "{]\n")
        result = self.ctl("simulate", "--config", self.path, "--from", "2025", "--to", "2026", "--items", bad, status=1)
        self.assertIn(f"{bad}:1: ", result.stderr)


class History(OfflineCase):
    """The history that comes with truced, replayed: each change of a date is told when it was made."""

    def test_changes(self):
        path = os.path.join(os.environ["SOURCE_ROOT"], "config/history-2025.conf")
        records = self.ctl_records("simulate", "--config", path, "--from", "2025-05-12", "--to", "2026-01-31")
        self.assertEqual(records, sorted(records, key=lambda record: record["raised"]))
        self.assertEqual(len({record["id"] for record in records}), len(records), "none twice")

        def days(kind, word):
            return [record["raised"][:10] for record in records
                    if record["kind"] == kind and word in record.get("milestone", "")]

        self.assertEqual(days("changed", "truce"), ["2025-08-11", "2025-10-30"])
        self.assertEqual(days("changed", "tiktok"), ["2025-06-19", "2025-09-16", "2025-09-25"])
        leads = [(record["lead"], record["raised"][:10]) for record in records
                 if record["kind"] == "lead" and "truce" in record.get("milestone", "")]
        for lead in (("30d", "2025-07-13"), ("7d", "2025-08-05"), ("30d", "2025-10-11")):
            self.assertIn(lead, leads)


    def test_backtest(self):
        """Nobody tells truced of the changes, and the news tells each on its day, to its very date."""
        root = os.environ["SOURCE_ROOT"]
        arguments = ("simulate", "--config", os.path.join(root, "config/history-2025.conf"), "--from", "2025-05-12", "--to", "2026-01-31",
                     "--items", os.path.join(root, "config/items-2025.jsonl"))
        records = [record for record in self.ctl_records(*arguments) if record["kind"] == "backtest"]
        queries = {record.get("milestone") or record["watch"]: record for record in records}
        self.assertEqual(len(records), 8)
        for name in ("us-china-truce", "tiktok-divestiture", "rare-earths", "politburo"):
            self.assertGreater(queries[name]["items"], 2, name)
            self.assertLessEqual(queries[name]["stories"], queries[name]["items"], name)
        changes = {name: [(change["since"][:10], change.get("days"), change.get("exact")) for change in queries[name]["changes"]]
                   for name in ("us-china-truce", "tiktok-divestiture")}
        self.assertEqual(changes, {"us-china-truce": [("2025-08-11", 0, True), ("2025-10-30", 0, True)],
                                   "tiktok-divestiture": [("2025-06-19", 0, True), ("2025-09-16", 0, True), ("2025-09-25", 0, True),
                                                          ("2026-01-22", 0, True)]})
        self.assertEqual([record["says"] for record in queries["us-china-truce"].get("false", []) if "moved" in record["says"]], [])
        text = self.ctl(*arguments).stdout
        report = text[text.index("What the news would have told by itself"):]
        self.assert_fits(report)
        self.assertEqual(report.count("seen the same day"), 6)
        self.assertNotIn("missed", report)

    def test_backtest_tells_what_is_wrong(self):
        config = self.write("wrong.conf", """[truced]
timezone = UTC
[milestone a]
due = 2025-08-12
match = truce
revised = 2025-08-01: 2025-11-10: the order
revised = 2025-10-01: 2026-02-08: that nobody wrote of
[feed x]
url = https://x.example/feed
""")
        items = self.write("items", "".join(json.dumps({"id": title, "feed": "x", "title": title, "published": at}) + "\n" for title, at in (
            ("Leaders extend truce until November 9", "2025-08-02T10:00:00Z"), ("Leaders extend truce until December 24", "2025-07-20T10:00:00Z"))))
        record, = [record for record in self.ctl_records("simulate", "--config", config, "--from", "2025-07-01", "--to", "2025-11-30", "--items", items)
                   if record["kind"] == "backtest"]
        near, missed = record["changes"]
        self.assertEqual((near["days"], near["exact"], near["says"]), (1, False, "moved to Sun 9 Nov 2025"))
        self.assertNotIn("seen", missed)
        self.assertEqual([wrong["says"] for wrong in record["false"]], ["moved to Wed 24 Dec 2025"])
        text = self.ctl("simulate", "--config", config, "--from", "2025-07-01", "--to", "2025-11-30", "--items", items).stdout
        self.assertRegex(text, r"\na {50,}2 items, 2 stories\n")
        for words in ("missed", "but as moved to Sun 9 Nov", "false: moved to Wed 24 Dec 2025"):
            self.assertIn(words, text)

    def test_backtest_by_what_is_known(self):
        """Another date than the known one is false; where none is known nothing is; and one entry is one story, whomever it moves."""
        head = "[truced]\ntimezone = UTC\n"
        truce = "[milestone {}]\ndue = 2025-08-12\nmatch = truce\n{}"
        known = "revised = 2025-08-01: 2025-11-10: the order\n"
        items = self.write("items", "".join(json.dumps({"id": title, "feed": feed, "title": title, "published": at}) + "\n" for feed, title, at in (
            ("x", "Leaders extend truce until November 10", "2025-08-01T10:00:00Z"),
            ("y", "Both sides extend truce to October 8", "2025-08-01T11:00:00Z"), ("y", "Truce in the news", None))))

        def backtest(config):
            arguments = ("simulate", "--config", self.write("known.conf", head + config), "--from", "2025-07-01", "--to", "2025-11-30", "--items", items)
            done = self.ctl(*arguments)
            self.assertIn(f'{items}: 1 of 3 items has no "published": left out', done.stderr)
            return [record for record in self.ctl_records(*arguments) if record["kind"] == "backtest"], done.stdout

        (record,), text = backtest(truce.format("a", known))
        self.assertTrue(record["changes"][0]["exact"])
        self.assertEqual([wrong["says"] for wrong in record["false"]], ["moved to Wed 8 Oct 2025"])
        self.assertIn("false: moved to Wed 8 Oct 2025", text)
        records, text = backtest("".join(truce.format(name, "") for name in "abc"))
        for record in records:
            self.assertNotIn("false", record)
            self.assertEqual([said["says"] for said in record["unjudged"]], ["moved to Mon 10 Nov 2025", "moved to Wed 8 Oct 2025"])
            self.assertEqual((record["items"], record["stories"]), (2, 2))
        self.assertIn("said: moved to Mon 10 Nov 2025", text)
        self.assertNotIn("false", text)

    def test_silence(self):
        """A gap near a date is told as the daemon would; news, or no feed that its milestone asks, leave nothing to tell."""
        config = self.write("silent.conf", """[truced]
timezone = UTC
lead = 0
[milestone gap]
due = 2025-08-12
match = truce
[milestone heard]
due = 2025-08-12
match = chips
[milestone elsewhere]
due = 2025-08-12
match = truce
feeds = y
[milestone unasked]
due = 2025-08-12
match = truce
silent-after = no
[feed y]
url = https://y.example/feed
""")
        items = self.write("gap", "".join(json.dumps({"feed": "x", "title": title, "published": at}) + "\n" for title, at in (
            ("Truce talks go on", "2025-08-06T10:00:00Z"), ("Chips are up", "2025-08-06T12:00:00Z"), ("Chips are down", "2025-08-09T09:00:00Z"),
            ("Chips again", "2025-08-12T00:00:00Z"))))
        arguments = ("simulate", "--config", config, "--from", "2025-08-04", "--to", "2025-08-20")
        silent = [record for record in self.ctl_records(*arguments, "--items", items) if record["kind"] == "silent"]
        self.assertEqual([(record["milestone"], record["why"], record["raised"]) for record in silent], [("gap", "no-news", "2025-08-09T10:00:00Z")])
        self.assertEqual([record for record in self.ctl_records(*arguments) if record["kind"] == "silent"], [])


class Terminal(OfflineCase):
    def test_colours(self):
        """Colours on a terminal only, and not for those who do not want them."""
        arguments = ("when", "2031-06-19")
        self.assertIn("\033[", self.on_terminal(*arguments))
        self.assertNotIn("\033", self.on_terminal(*arguments, NO_COLOR="1"))
        self.assertNotIn("\033", self.ctl(*arguments).stdout)
        self.assertNotIn("\033", self.on_terminal(*arguments, "--json"))

    def test_width(self):
        for width in (40, 60, 100):
            text = self.on_terminal("when", "2031-06-19 12:00 America/New_York", width=width, NO_COLOR="1")
            self.assert_fits(text, width)
            self.assertEqual(max(columns(line) for line in text.splitlines()[:1]), width)


if __name__ == "__main__":
    unittest.main(verbosity=2)
