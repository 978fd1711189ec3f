#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""trucectl's verbs about a running truced: what people and scripts get, and what happens when there is none."""

import contextlib
import datetime
import getpass
import json
import os
import re
import sqlite3
import subprocess
import sys
import time
import unicodedata
import unittest
import zoneinfo

sys.path.insert(0, os.path.join(os.environ["SOURCE_ROOT"], "tests/lib"))
from truced_case import TRUCECTL, TrucedCase, utc, wait_for  # noqa: E402

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Trade wire</title>
<item><title>Tariff truce with China is put to the test by a headline that does not fit any line of eighty columns</title>
<link>https://example.org/1</link><guid>1</guid><pubDate>{date}</pubDate></item>
<item><title>희토류 수출 통제 유예, 미국과 중국이 다시 협상하기로 합의했다는 매우 긴 제목의 기사입니다</title>
<link>https://example.org/2</link><guid>2</guid><pubDate>{date}</pubDate></item></channel></rss>
"""

ONLINE = (["status"], ["milestones"], ["milestones", "truce"], ["news"], ["alerts"], ["feeds"], ["feeds", "wire"],
          ["why", "abcd"], ["ack", "abcd"], ["snooze", "abcd", "1d"], ["due", "truce", "2031", "-n"],
          ["met", "truce"], ["cancel", "truce"], ["silence", "truce", "--until", "1d"], ["undo"], ["config", "show"], ["refresh"], ["reload"], ["test-alert"],
          ["alerts", "--follow"])


def columns(line):
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


class DaemonCase(TrucedCase):
    def config_text(self):
        return f"""[truced]
timezone = America/New_York
lead = 30d 1d 0
alert-to = desktop

[milestone truce]
title = US-China tariff truce ends, said in a title that goes on and on until no line of eighty can hold it
starts = {utc(-86400 * 60)}
due = {utc(86400 * 20)}
match = (truce | tariff*) China
revised = {utc(-86400 * 30)}: {utc(86400 * 40)}: twenty days more
url = https://example.org/documents/{"long/" * 30}

[milestone summit]
title = Summit
due = 2031-04
[milestone settled]
title = Settled
due = 2025-01-01
met = 2024-12-31: signed

[watch rare-earths]
title = Rare earths
match = "rare earth" | 희토류

[feed wire]
path = {self.folder}/wire.xml
tier = official

[feed absent]
path = {self.folder}/absent.xml
"""

    def setUp(self):
        super().setUp()
        self.start_bus()
        date = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() - 7200))
        (self.folder / "wire.xml").write_text(FEED.format(date=date))

    def assert_fits(self, text):
        for line in text.splitlines():
            self.assertLessEqual(columns(line), 80, line)
            self.assertEqual(line, line.rstrip())


class WithDaemon(DaemonCase):
    def setUp(self):
        super().setUp()
        self.start_truced(self.config_text())
        wait_for(lambda: len(self.ctl_records("news")) == 2, "both headlines")

    def test_status(self):
        text = self.ctl("status").stdout
        self.assert_fits(text)
        self.assertEqual(text.splitlines()[1:], self.ctl().stdout.splitlines()[1:], "it is the verb of no verb")
        self.assertIn("3 milestones", text.splitlines()[0])
        truce = text.index("US-China tariff truce ends")
        self.assertLess(truce, text.index("Summit"))
        self.assertRegex(text, r"US-China.*…  +in 40 days\n")
        self.assertRegex(text, r"\n  \[#{15,20}-{10,15}\] \d\d %  \w{3} \d+ \w{3} 20\d\d \d\d:\d\d(:\d\d)? ")
        self.assertIn("extended once, +20 days", text)
        self.assertNotIn("Settled", text, "what is over is not what is next")
        self.assertRegex(text, r"\nNews\n  (2 h|120 min) +Trade wire +")
        self.assertIn("희토류 수출", text)
        wait_for(lambda: re.search(r"\nFeeds that fail\n  absent  ", self.ctl().stdout), "the feed that fails")
        record, = self.ctl_records("status")
        self.assertEqual(record["milestones"], 3)
        self.assertEqual(record["next"]["milestone"], "truce")

    def test_listings(self):
        """Every listing verb prints an object a line with --json, and lines that fit without."""
        for arguments, keys in ((["milestones"], {"id", "title", "state", "due", "words"}),
                                (["milestones", "truce"], {"id", "revisions", "history"}),
                                (["news"], {"id", "kind", "items", "matched"}),
                                (["news", "--milestone", "truce", "--since", "1d"], {"id", "milestone"}),
                                (["alerts"], {"id", "kind", "urgency", "title", "raised"}),
                                (["alerts", "--kind", "news", "-u"], {"id", "kind"}),
                                (["feeds"], {"id", "state", "tier"}), (["feeds", "wire"], {"id", "path"})):
            records = self.ctl_records(*arguments)
            self.assertTrue(records, arguments)
            for record in records:
                self.assertLessEqual(keys, set(record), arguments)
                self.assertEqual(next(iter(record)), "id", "completions go by it")
            text = self.ctl(*arguments).stdout
            self.assertTrue(text)
            self.assert_fits(text)
        self.assertEqual([record["id"] for record in self.ctl_records("milestones")], ["truce", "summit", "settled"])
        self.assertEqual(self.ctl_records("news", "--milestone", "summit"), [])
        self.assertEqual(self.ctl("news", "--milestone", "summit").stdout, "No headline has matched.\n")
        self.assertEqual(self.ctl_records("news", "--since", utc(3600)), [])
        self.ctl("milestones", "nowhere", status=1)
        self.ctl("feeds", "nowhere", status=1)

    def test_answering(self):
        id = self.ctl_records("test-alert")[0]["id"]
        self.assertIn(id[:8], self.ctl("alerts", "-u").stdout)
        self.assertIn("Other alerts, not acknowledged", self.ctl().stdout)
        self.assertIn("Told again", self.ctl("snooze", id[:8], "2h").stdout)
        self.assertRegex(self.ctl("alerts").stdout, f"{id[:8]} .*snoozed: ")
        self.ctl("ack", id[:8])
        self.assertNotIn(id, [record["id"] for record in self.ctl_records("alerts", "--unacknowledged")])
        self.assertRegex(self.ctl("alerts").stdout, f"{id[:8]} .*acknowledged: ")
        self.assertRegex(" ".join(self.ctl("why", id[:8]).stdout.split()), f"acknowledged .* by {getpass.getuser()} with trucectl")
        other = self.ctl_records("test-alert", "--sink", "desktop")[0]["id"]
        self.assertIn("0000", self.ctl("ack", "0000", other, status=1).stderr, "the others are still done")
        self.assertNotIn(other, [record["id"] for record in self.ctl_records("alerts", "-u")])
        self.ctl("test-alert", "--sink", "pager", status=1)
        self.ctl("snooze", "0000", status=1)
        self.ctl("snooze", other, "400d", status=1)

    def test_amending(self):
        """A date given, what moves along, what it looks like, and taking it back."""
        self.config.write_text(self.config.read_text() + "[milestone treaty]\ntitle = Treaty\ndue = milestone:summit + 1mo\n")
        self.ctl("reload")
        preview = self.ctl("due", "summit", "2031-06-10", "--dry-run").stdout
        self.assert_fits(preview)
        for words in ("April 2031", "Tue 10 Jun 2031", "+70 days", "would move along", "Treaty", "Thu 10 Jul 2031",
                      "Nothing has been changed"):
            self.assertIn(words, preview)
        self.assertNotIn("summit", [record.get("milestone") for record in self.ctl_records("alerts", "--kind", "changed")])
        self.assertNotIn("That has passed", preview)
        self.assertIn("That has passed", self.ctl("due", "summit", "2024-07", "--dry-run").stdout)
        records = self.ctl_records("due", "summit", "2031-06-10", "--because", "not before June")
        self.assertEqual([record["milestone"] for record in records], ["summit", "treaty"])
        changed = self.ctl_records("alerts", "--kind", "changed")
        self.assertEqual({record["milestone"] for record in changed}, {"summit", "treaty"})
        self.assertEqual({record["by"] for record in changed}, {getpass.getuser()})
        text = self.ctl("milestones", "summit").stdout
        self.assert_fits(text)
        self.assertIn(f"not before June ({getpass.getuser()})", text)
        self.assertIn("extended once, +70 days", text)
        self.assertIn("Taken back: summit due 2031-06-10", self.ctl("undo").stdout)
        self.assertIn("(taken back)", self.ctl("milestones", "summit").stdout)
        self.ctl("undo", "summit", status=1)

        self.assertIn("Nothing of it is told before", self.ctl("silence", "truce", "--until", "3d").stdout)
        self.assertIn(f"by {getpass.getuser()}", next(line for line in self.ctl().stdout.splitlines() if "silenced" in line))
        self.ctl("met", "summit", "--because", "they met")
        self.ctl("cancel", "summit", status=1)
        self.ctl("due", "summit", "2031-07", "--because", "x", status=1)
        self.ctl("due", "nowhere", "2031-07", "--because", "x", status=1)
        self.ctl("due", "truce", "milestone:truce + 1d", "--because", "x", status=1)
        self.assertEqual(self.ctl_records("milestones", "summit")[0]["state"], "met")
        self.assertEqual(self.ctl_records("undo", "summit")[0]["kind"], "met")
        self.assertEqual(self.ctl_records("milestones", "summit")[0]["state"], "ahead")

    def test_repeating(self):
        """One date of it is shown; what is said is said of that one, or of the one that is named."""
        first = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 86400))
        self.config.write_text(self.config.read_text() + "[milestone rent]\ntitle = Rent\ntimezone = UTC\n"
                               f"due = {first} 12:00\nrepeat = FREQ=WEEKLY\nlead = 8d 1h\n")
        self.ctl("reload")
        records = {record["id"]: record for record in self.ctl_records("milestones")}
        second = records["rent"]["occurrence"]
        self.assertEqual(records["rent"]["repeat"], "FREQ=WEEKLY")
        self.assertEqual(records["rent"]["due"], f"{second}T12:00:00Z")
        self.assertGreater(second, first)
        record, = self.ctl_records("milestones", "rent")
        self.assertEqual([date["state"] for date in record["series"]["dates"]], ["passed"] + ["ahead"] * 3)
        third = record["series"]["dates"][2]["occurrence"]
        self.assertEqual(record["then"], f"{third}T12:00:00Z")
        alert, = self.ctl_records("alerts", "--milestone", "rent")
        self.assertEqual((alert["milestone"], alert["occurrence"]), ("rent", second))
        self.assertEqual([alert], self.ctl_records("alerts", "--milestone", f"rent@{second}"))
        self.assertEqual([], self.ctl_records("alerts", "--milestone", f"rent@{third}"))

        self.assertIn(f"undo rent@{second}", self.ctl("met", "rent", "--because", "paid").stdout)
        page = self.ctl("milestones", "rent").stdout
        self.assert_fits(page)
        for words in ("repeats      FREQ=WEEKLY", f"this one     {third}", "met: paid"):
            self.assertIn(words, page)
        shown = self.ctl("config", "show", "--config", self.config).stdout
        self.assertIn(f"except = {second}", shown)
        self.assertNotIn("revised", shown[shown.index("[milestone rent]"):])
        (self.folder / "shown.conf").write_text(shown)
        self.ctl("check", self.folder / "shown.conf")
        self.ctl("undo", "rent")
        self.assertEqual(self.ctl_records("milestones", "rent")[0]["occurrence"], second)

        moved = self.ctl_records("due", f"rent@{third}", f"{third} 15:00", "--because", "a holiday")
        self.assertEqual([record["milestone"] for record in moved], [f"rent@{third}"])
        self.ctl("cancel", "rent@all", "--because", "moving out")
        self.assertEqual(self.ctl_records("milestones", "rent")[0]["state"], "cancelled")
        self.assertIn("cancelled", self.ctl("config", "show", "--config", self.config).stdout)
        self.assertIn("rent@2020-01-01", self.ctl("met", "rent@2020-01-01", status=1).stderr)

    def test_what_was_done(self):
        """With --json each verb that changes something prints it, with who and through what; and undo takes each back, the latest first."""
        id = self.ctl_records("test-alert")[0]["id"]
        me = {"by": getpass.getuser(), "via": "trucectl"}
        url = "https://example.org/order?id=1;v=2"

        def only(*arguments, **expected):
            record, = self.ctl_records(*arguments)
            self.assertLessEqual(expected.items(), record.items(), arguments)
            return record

        only("due", "summit", "2031-06-10", "--because", "not before June", "--evidence", url, milestone="summit", delta_days=70)
        self.assertGreater(only("snooze", id[:8], "2h", id=id, snoozed_by=me["by"], via="trucectl")["snoozed"], utc(3600))
        only("silence", "truce", "--until", "2031-01-01", kind="silenced", milestone="truce", until="2031-01-01T00:00:00Z", **me)
        only("cancel", "truce", "--because", "off", "--evidence", url, kind="cancelled", why="off", evidence=url, **me)
        only("met", "summit", kind="met", milestone="summit", **me)
        self.call("Acknowledge", "(s)", id)  # by another program
        only("ack", id, id=id, acknowledged_by=me["by"], via="D-Bus")

        listed = self.ctl_records("undo", "--list")
        self.assertEqual([record["kind"] for record in listed], ["acknowledged", "met", "cancelled", "silenced", "due"])
        self.assertLessEqual({"kind", "alert", "title", "at", "by", "via"}, set(listed[0]))
        text = self.ctl("undo", "-l").stdout.splitlines()
        self.assertRegex(text[0], rf"^{id[:8]} acknowledged: Test alert .* \({me['by']} with D-Bus, .*\)$")
        self.assertRegex(text[1], rf"^summit met \({me['by']} with trucectl, .*\)$")
        self.assertRegex(text[3], r"^truce silenced until Wed 1 Jan 2031 00:00 UTC \(")
        self.assertEqual(self.ctl_records("undo", "--list", "summit"), [listed[1], listed[4]])
        for record in listed:
            undone = only("undo", kind=record["kind"], undone_by=me["by"], undone_via="trucectl")
            self.assertLessEqual(record.items(), undone.items())
        self.assertEqual(self.ctl("undo", "--list").stdout, "There is nothing to take back.\n")
        self.assertIn("nothing to take back", self.ctl("undo", status=1).stderr)
        self.assertIn(id, [record["id"] for record in self.ctl_records("alerts", "-u")])
        self.assertEqual(self.ctl("undo", "nope", status=1).stderr,
                         'trucectl: "nope" is neither the id of a milestone nor that of an alert\n')
        history = self.ctl("milestones", "summit").stdout
        self.assertIn(url, history)
        self.assert_fits(history)
        for evidence in ("order.pdf", "file:///etc/passwd", "https://", "https://a b", "http://a>b"):
            self.ctl("met", "summit", "--evidence", evidence, status=2)

    def test_config_show(self):
        """What is shown is a configuration that says the same without the amendments."""
        drop_ins = self.folder / "truced.conf.d"
        drop_ins.mkdir()
        (drop_ins / "more.conf").write_text("[truced]\nlead = 7d 0\n[milestone treaty]\ndue = milestone:summit + 1mo\n")
        self.ctl("reload")
        self.ctl("due", "summit", "2031-06-10", "--because", "not before June: later", "--evidence", "https://example.org/a;b")
        self.ctl("due", "truce", "2031-02-03 10:00", "--because", "more")
        self.ctl("undo", "truce")
        self.ctl("silence", "truce", "--until", "3d")
        result = self.ctl("config", "show")
        shown = result.stdout
        self.assertEqual(result.stderr, "")
        self.assertEqual(self.ctl("config", "show", "--config", self.config).stdout, shown)
        self.assertEqual(shown.count("[truced]"), 1)
        self.assertEqual(shown.count("lead ="), 1)
        self.assertIn(f"; {drop_ins}/more.conf:3\n[milestone treaty]\ndue = milestone:summit + 1mo\n", shown)
        self.assertRegex(shown, rf"; given by {getpass.getuser()}, \S+\nrevised = \S+Z: 2031-06-10: not before June: later <https://example\.org/a;b>\n")
        self.assertNotIn("2031-02-03", shown)
        self.assertRegex(shown, rf"; said by {getpass.getuser()}\nsilenced = \S+Z\n")
        self.assertEqual(self.ctl_records("config", "show"), [{"path": str(self.config), "stale": False, "config": shown}])
        def said():
            return {record["id"]: (record["due"], record["statement"], record.get("silenced")) for record in self.ctl_records("milestones")}
        dates = said()
        self.assertTrue(dates["truce"][2])
        self.ctl("undo")
        self.ctl("undo")
        self.ctl("undo", status=1)
        (drop_ins / "more.conf").unlink()
        self.config.write_text(shown)
        self.ctl("check", self.config)
        self.ctl("reload")
        self.assertEqual(said(), dates)
        self.config.write_text(shown + "\n[milestone later]\ndue = 2032\n")
        result = self.ctl("config", "show")
        self.assertIn("[milestone later]", result.stdout)
        self.assertIn(f"{self.config} has been written since truced read it: trucectl reload", result.stderr)
        self.config.write_text("[milestone broken]\n")
        self.assertIn(":1: [milestone broken]", self.ctl("config", "show", status=1).stderr)
        self.config.unlink()
        missing = self.ctl("config", "show", status=1)
        self.assertIn(f"{self.config}: there is no such file", missing.stderr)
        self.assertIn(f"trucectl: {self.config} cannot be shown\n", missing.stderr)
        self.assertEqual(missing.stdout, "")

    def test_why(self):
        news = next(record for record in self.ctl_records("news") if record.get("watch") == "rare-earths")
        text = self.ctl("why", news["id"]).stdout
        self.assert_fits(text)
        for word in ("rule", "희토류", "Evidence", "wire", "Deliveries"):
            self.assertIn(word, text)
        self.assertRegex(text, r"\[rare.earth\w*\]|\[희토류\]", "the words in their sentence, in brackets where there are no colours")
        self.assertRegex(" ".join(text.split()), r"1 entry of 1 source, 1 of them official .* official, example\.org ")
        record, = self.ctl_records("why", news["id"][:10])
        self.assertEqual(record["alert"]["id"], news["id"])
        self.assertIn(record["context"][0]["words"][0], record["context"][0]["text"])
        self.assertEqual((record["story"]["count"], record["story"]["sources"]), (1, 1))
        self.assertIn("told since no alert", record["decision"])
        self.ctl("why", "0000", status=1)

    def test_times_of_why(self):
        """All in the reader's zone, and its own beside the date; wrapped, never cut."""
        self.ctl("due", "truce", "2031-06-01 09:00", "--because", "a reason that goes on " * 5)
        changed, = self.ctl_records("alerts", "--kind", "changed")
        for width in ("50", "80", "120"):
            text = self.ctl("why", changed["id"], TZ="Asia/Seoul", COLUMNS=width).stdout
            self.assertNotIn("…", text)
            self.assertTrue(all(columns(line) <= int(width) for line in text.splitlines()), text)
            words = " ".join(text.split())
            self.assertRegex(words, r" due \w{3} \d+ \w{3} 20\d\d \d\d:\d\d(:\d\d)? E[DS]T \(\w{3} \d+ \w{3} 20\d\d \d\d:\d\d(:\d\d)? KST here\)")
            self.assertRegex(words, r" decision raised [^;]* KST, for revision 2 of its date")
            self.assertEqual(len(re.findall(r"E[DS]T|UTC|\d\dZ", words.partition("kind changed")[2])), 1, words)
            rows = self.ctl("milestones", TZ="Asia/Seoul", COLUMNS=width).stdout
            self.assertRegex(" ".join(rows.split()), r" truce Sun 1 Jun 2031 09:00 EDT \(Sun 1 Jun 2031 22:00 KST here\) ")
            self.assertIn("\n  summit  April 2031\n", rows)
            text = self.ctl("milestones", "truce", TZ="Asia/Seoul", COLUMNS=width).stdout
            self.assertRegex(text, r" [+-]\d+ days\n")
            self.assertTrue(all(columns(line) <= int(width) for line in (rows + text).splitlines()), rows + text)

    def test_silence_in_the_zone_of_the_milestone(self):
        record, = self.ctl_records("silence", "summit", "--until", "2031-01-02 09:00")
        self.assertEqual(record["until"], "2031-01-02T14:00:00Z", "America/New_York's, the configuration's")

    def test_no_such_milestone(self):
        for verb in ("news", "alerts"):
            result = self.ctl(verb, "--milestone", "nope", status=1)
            self.assertIn("nope", result.stderr)
            self.assertEqual(result.stdout, "")
        self.assertIn("No headline", self.ctl("news", "--milestone", "summit").stdout)

    def test_narrow(self):
        text = self.ctl("status", COLUMNS="50").stdout
        self.assertNotIn("[#", text)
        self.assertRegex(text, r"\n  \w{3} \d+ \w{3} 20\d\d \d\d:\d\d")

    def test_refresh_and_reload(self):
        self.ctl("refresh", "nowhere", status=1)
        self.assertRegex(self.ctl("refresh", "wire", status=1).stderr, r"wire was polled \d+ s ago, .* once a minute at most: again in \d+ s")
        self.assertEqual(self.ctl_records("refresh", status=1), [{"count": 0}])
        self.assertIn("nothing to poll", self.ctl("refresh", status=1).stderr)
        self.assertIn("read anew", self.ctl("reload").stdout)
        self.assertEqual(self.ctl_records("reload"), [{"findings": ""}])
        self.config.write_text(self.config_text() + "\n[milestone late]\ndue = soon\n")
        result = self.ctl("reload", status=1)
        self.assertIn("[milestone late].due: soon: ", result.stderr)
        self.assertEqual(len(self.ctl_records("milestones")), 3)

    def test_said_of_a_date_that_is_gone(self):
        text = self.config_text() + "[milestone rent]\ntitle = Rent\ndue = 2031-12-01\n"
        self.config.write_text(text + "repeat = FREQ=MONTHLY\n")
        self.ctl("reload")
        self.ctl("met", "rent@2032-02-01")
        self.config.write_text(text)
        self.assertRegex(self.ctl("reload").stdout, r"(?m)^rent@2032-02-01: no such date .* \(met\) is kept, and holds again when it is back$")
        self.assertRegex(self.ctl("undo", "--list").stdout, r"^rent@2032-02-01 met \(.*\): kept, though its date is there no more\n$")
        self.assertEqual([record["idle"] for record in self.ctl_records("undo", "--list")], [True])

    def test_records(self):
        """Every key of every verb's JSON is in the manual, at that verb."""
        man = os.path.join(os.environ["SOURCE_ROOT"], "man")
        with open(f"{man}/trucectl.1.in", encoding="utf-8") as page, open(f"{man}/truced-alerts.7.in", encoding="utf-8") as alerts:
            entries = re.findall(r"((?:^\.It Cm [a-z-]+\n)+)((?:(?!\.It|\.El).*\n)*)", page.read().partition(".Sh RECORDS")[2].partition(".Sh ")[0], re.M)
            of_alerts = set(re.findall(r"[a-z_]+", alerts.read()))
            above = {"feed", "where", "text", "words", "count", "sources", "official", "grown", "confirmed", "follows", "sink", "until", "reason",
                     "told", "budget", "since",
                     "title", "link", "tier", "publisher", "published", "joined", "copy"}
        known = {verb: set(re.findall(r"[a-z_0-9]+", text)) for verbs, text in entries for verb in re.findall(r"[a-z-]+$", verbs, re.M)}
        for verb in ("alerts", "news", "why", "ack", "snooze"):
            known[verb] |= of_alerts
        known["why"] |= above
        for verb in ("moves", "accept", "reject"):
            known[verb] |= known["due"]
        for verb in ("milestones", "test-alert"):
            known[verb] |= known["undo"] | above

        def check(*arguments, **options):
            records = self.ctl_records(*arguments, **options)
            self.assertTrue(records, arguments)
            found = set()
            while records:
                record = records.pop()
                if isinstance(record, dict):
                    found |= set(record)
                    records += record.values()
                elif isinstance(record, list):
                    records += record
            self.assertEqual(found - known[arguments[0]], set(), arguments)

        (self.folder / "moved.xml").write_text(FEED.format(date=time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime())).replace(
            "Tariff truce with China is put to the test by a headline that does not fit any line of eighty columns",
            f"US and China extend tariff truce until June 10, {time.gmtime().tm_year + 3}"))
        self.config.write_text(self.config_text() + f"[feed moved]\npath = {self.folder}/moved.xml\n")
        self.ctl("reload")
        move = wait_for(lambda: self.ctl_records("moves"), "the move")[0]["id"]
        news = self.ctl_records("news")[0]["id"]
        for arguments in (["status"], ["milestones"], ["milestones", "truce"], ["news"], ["alerts"], ["feeds"], ["feeds", "wire"], ["feeds", "absent"],
                          ["why", news], ["moves"], ["due", "summit", "2031-06-10", "-n"], ["due", "summit", "2031-06-10", "--because", "x"],
                          ["milestones", "summit"], ["silence", "truce", "--until", "3d"], ["accept", move], ["moves", "--all"],
                          ["milestones", "truce"], ["undo", "-l"], ["undo"], ["met", "summit"], ["cancel", "truce"], ["snooze", news, "1d"],
                          ["why", news], ["ack", news], ["reload"], ["config", "show"], ["test-alert"], ["when", "mid-June 2031"]):
            check(*arguments)
        check("refresh", status=1)
        check("doctor", status=1)
        check("check", "-", stdin="[truced]\nquite = 1\n", status=1)
        check("feed", self.folder / "wire.xml")
        items = self.ctl("feed", self.folder / "wire.xml", "--json").stdout
        check("match", "China", "--explain", stdin=items)
        check("classify", stdin=items)

    def test_log_levels(self):
        """The configuration's holds from a reload on."""
        def said(level):
            before = len(self.log_text())
            self.config.write_text(self.config_text().replace("[truced]", f"[truced]\nlog-level = {level}" if level else "[truced]")
                                   .replace("alert-to = desktop", "alert-to = desktop ops") + "[sink ops]\nkind = exec\ncommand = /bin/true\n")
            self.ctl("reload")
            id = self.ctl_records("test-alert")[0]["id"]
            wait_for(lambda: any(record["sink"] == "ops" for record in self.ctl_records("why", id)[0]["deliveries"]), "the delivery")
            return id, self.log_text()[before:]

        id, text = said("info")
        self.assertIn("anew", text)
        self.assertIn(f"truced: alert {id[:8]} (test) is raised: ", text)
        self.assertIn(f"truced: sink ops: alert {id[:8]} is delivered", text)
        self.assertEqual(said("warning")[1], "")
        text = said("")[1]
        self.assertIn("anew", text)
        self.assertNotIn(" is delivered", text, "that is no notice")
        self.assertIn("not one of error, warning", subprocess.run([os.environ["TRUCED"], "--log-level", "loud"], env=self.environment,
                                                                 capture_output=True, text=True, check=False).stderr)

    def test_a_sink_that_is_no_more(self):
        """What waited for it is given up with one line, at a reload and at a start; nothing lingers, and why says so."""
        nowhere = f"[sink ops]\nkind = syslog\npath = {self.folder}/nobody\n"
        both = self.config_text().replace("alert-to = desktop", "alert-to = desktop ops") + nowhere
        for again in (lambda: self.ctl("reload"), lambda: (self.stop_truced(), self.start_truced())):
            self.config.write_text(both)
            self.ctl("reload")
            id = self.ctl_records("test-alert", status=1)[0]["id"]
            self.ctl("snooze", id, "2h")
            self.config.write_text(self.config_text())
            before = self.log_text()
            again()
            told = [line for line in self.log_text()[len(before):].splitlines() if "alert-to no longer names" in line]
            self.assertEqual(len(told), 1, self.log_text()[len(before):])
            self.assertRegex(told[0], r"gave up \d+ alerts? that the sink ops had not taken, which")
            self.assertIn("given up: no longer in alert-to",
                          [record.get("error") for record in self.ctl_records("why", id)[0]["deliveries"] if record["sink"] == "ops"])
            self.assertTrue(next(record for record in self.ctl_records("alerts") if record["id"] == id)["snoozed"], "it returns to the other")

    def test_what_is_overdue(self):
        """It is named first and shown first, and its alerts are one line."""
        self.config.write_text(self.config_text() + f"\n[milestone rent]\ntitle = Rent\ndue = {utc(3)}\nlead = 1d 0\nnag = 1h\n")
        self.ctl("reload")
        wait_for(lambda: self.ctl_records("status")[0]["overdue"] == 1, "it has passed")
        wait_for(lambda: len([one for one in self.ctl_records("alerts") if one.get("milestone") == "rent"]) == 2, "both alerts")
        lines = self.ctl("status").stdout.splitlines()
        self.assertRegex(lines[0], r"^1 overdue, 4 milestones, next in ")
        self.assertRegex(lines[2], r"^Rent +passed less than a minute ago$")
        [line] = [line for line in lines[3:] if "Rent" in line]
        self.assertRegex(line, r"^  [0-9a-f]{8}  .* \(2 alerts\)$")
        self.assertTrue(self.ctl_records("milestones", "rent")[0]["overdue"])
        self.ctl("ack", line.split()[0])
        self.assertRegex(self.ctl("status").stdout, r"^4 milestones, ")

    def test_a_calendar_that_is_cut_off(self):
        calendar = self.folder / "cut.ics"
        calendar.write_text("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Hearing\r\nDTSTART;VALUE=DATE:20990101\r\n"
                            "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:2\r\nSUMM")
        self.config.write_text(self.config_text() + f"\n[calendar court]\npath = {calendar}\n")
        self.ctl("reload")
        wait_for(lambda: re.search(r"\nFeeds to look at\n  court +was cut off ", self.ctl().stdout), "word of it")
        self.assertEqual(next(record for record in self.ctl_records("feeds") if record["id"] == "court")["state"], "partial")

    def test_feeds_that_lack_something(self):
        """One that could be read in part is no good feed, over polls that bring the same, and a restart."""
        names = {"cut": "cut off or broken", "bomb": "entities that are not expanded"}
        item = "<item><title>An old headline</title><guid>1</guid></item>"
        (self.folder / "cut.xml").write_text(f"<rss version='2.0'><channel><title>Cut</title>{item}<item><title>Half a")
        (self.folder / "bomb.xml").write_text("<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><rss version='2.0'><channel>"
                                              f"<title>Bomb</title>{item}<item><title>&b;</title><guid>2</guid></item></channel></rss>")
        (self.folder / "large.xml").write_bytes(b"<rss>" + b" " * (8 << 20) + b"</rss>")
        self.config.write_text(self.config_text() + "".join(f"\n[feed {name}]\npath = {self.folder}/{name}.xml\n" for name in (*names, "large")))
        self.ctl("reload")

        def feed(name):
            return next((record for record in self.ctl_records("feeds") if record["id"] == name), {})

        for name, lacks in names.items():
            wait_for(lambda: feed(name).get("state") == "partial", name)
            self.assertIn(lacks, feed(name)["lacks"])
            self.assertRegex(" ".join(self.ctl().stdout.split()), rf"Feeds to look at .*{name} [^.]*{lacks}")
            self.assertIn(lacks, " ".join(self.ctl("feeds", name).stdout.split()))
        wait_for(lambda: feed("large").get("state") == "failing", "one that is too large")
        self.assertEqual(feed("large")["due_reason"], "refused, waiting longer")
        self.assertIn("over 8 MiB", feed("large")["error"])
        rows = self.ctl("feeds", COLUMNS="60").stdout
        self.assertIn(feed("large")["error"].replace("\n", " "), " ".join(rows.split()), "what is wrong is not cut")
        self.assertTrue(all(columns(line) <= 60 for line in rows.splitlines()), rows)
        self.assertEqual(self.ctl_records("feeds", "large")[0]["polls"][0]["outcome"], "refused by truced")
        self.assertIn("Feed large fails", self.ctl("alerts").stdout, "a mistake is told at once")
        self.assertEqual(self.ctl_records("feeds", "absent")[0]["polls"][0]["outcome"], "no file")
        self.assertEqual(feed("absent")["due_reason"], "no file, waiting longer")
        self.stop_truced()
        with contextlib.closing(sqlite3.connect(self.folder / "state" / "truced.db")) as store, store:
            store.execute("UPDATE feed SET last_try = last_try - 600000000")
        self.start_truced()
        self.ctl("refresh", "cut")
        wait_for(lambda: len(self.ctl_records("feeds", "cut")[0]["polls"]) == 2, "the same body")
        self.assertEqual(feed("cut")["state"], "partial")
        self.assertEqual(self.ctl_records("feeds", "cut")[0]["polls"][-1]["items"], 1)

    def test_a_feed_that_has_gone_quiet(self):
        self.stop_truced()
        with contextlib.closing(sqlite3.connect(self.folder / "state" / "truced.db")) as store, store:
            store.execute("UPDATE feed SET stale = 1, last_new = last_new - ? WHERE id = 'wire'", (90 * 86400 * 1000000,))
        self.start_truced()
        self.assertRegex(self.ctl().stdout, r"\nFeeds to look at\n  wire +nothing new for 90 d, far longer than usual\n")

    def test_follow(self):
        """Alerts come as they are raised, over a restart of truced; the end of the bus is the end."""
        process = subprocess.Popen([TRUCECTL, "alerts", "--follow", "--json", "--kind", "test"], env=self.environment,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(self.end, process)
        os.set_blocking(process.stdout.fileno(), False)
        seen = []

        def follow():
            self.call("TestAlert", "(s)", "")  # until it listens
            time.sleep(0.1)
            line = process.stdout.readline()
            return line and seen.append(json.loads(line)) is None

        wait_for(follow, "an alert that is followed")
        self.assertEqual(seen[0]["kind"], "test")
        self.stop_truced()
        self.start_truced()
        wait_for(follow, "an alert after the restart")
        self.stop_bus()
        self.assertEqual(process.wait(20), 3)
        self.assertIn("has gone", process.stderr.read())
        process.stdout.close()
        process.stderr.close()

    def test_follow_a_milestone(self):
        """An alert that names the milestone beside another is one of its own, as in the list."""
        config = self.config_text().replace("due = 2031-04\n", "due = 2031-04\nmatch = China\n")
        self.config.write_text(config)
        self.ctl("reload")
        process = subprocess.Popen([TRUCECTL, "alerts", "--follow", "--json", "--milestone", "summit", "--since", "1s"],
                                   env=self.environment, stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.end, process)
        self.addCleanup(process.stdout.close)
        os.set_blocking(process.stdout.fileno(), False)
        seen = []

        def follow():
            name = f"more-{len(seen)}-{time.monotonic_ns()}"
            date = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime())
            more = FEED.format(date=date).replace("<guid>", f"<guid>{name}").replace("org/", f"org/{name}/")
            (self.folder / f"{name}.xml").write_text(more)
            self.config.write_text(f"{config}\n[feed {name}]\npath = {self.folder}/{name}.xml\n")
            self.ctl("reload")  # until it listens
            time.sleep(0.2)
            line = process.stdout.readline()
            return line and seen.append(json.loads(line)) is None

        wait_for(follow, "news that names the milestone too")
        self.assertEqual(seen[0]["milestone"], "truce")
        self.assertIn("milestone:summit", seen[0]["also"])

    def test_follow_ends_with_its_reader(self):
        """`trucectl alerts --follow | head -1` does not stay behind for ever."""
        process = subprocess.Popen([TRUCECTL, "alerts", "--follow", "--json"], env=self.environment,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(self.end, process)
        process.stdout.close()
        self.assertEqual(process.wait(10), 1, "though no alert comes")
        self.assertEqual(process.stderr.read(), "")
        process.stderr.close()

    def test_follow_no_such_milestone(self):
        """Nothing would ever come."""
        for more in ([], ["--since", "1d"]):
            result = subprocess.run([TRUCECTL, "alerts", "--follow", "--milestone", "nope", *more], env=self.environment,
                                    capture_output=True, text=True, timeout=10, check=False)
            self.assertEqual((result.returncode, result.stdout), (1, ""))
            self.assertIn("nope", result.stderr)


class Calm(DaemonCase):
    """Quiet hours that began an hour ago, and a milestone that is silenced."""

    def config_text(self):
        now = datetime.datetime.now(zoneinfo.ZoneInfo("America/New_York"))
        begin, end = (now + datetime.timedelta(hours=hours) for hours in (-1, 3))
        return (super().config_text().replace("alert-to = desktop", f"alert-to = stdout\nquiet = {begin:%H:%M}-{end:%H:%M}")
                .replace("match = (truce", "silenced = 2031-01-01T14:00:00Z\nmatch = (truce"))

    def test_why_nothing_was_delivered(self):
        self.start_truced(self.config_text())
        wait_for(lambda: len(self.ctl_records("news")) == 2, "both headlines")
        ids = {record.get("watch") or record["milestone"]: record["id"] for record in self.ctl_records("news")}
        record, = self.ctl_records("why", ids["rare-earths"])
        self.assertEqual([(entry["sink"], entry["reason"]) for entry in record["waiting"]], [("stdout", "quiet hours")])
        self.assertNotIn("silenced", record)
        text = self.ctl("why", ids["rare-earths"]).stdout
        self.assert_fits(text)
        self.assertIn("waits until then: quiet hours", text)
        self.assertNotIn("none yet", text)
        for line in record["alert"]["body"].splitlines():
            self.assertIn("".join(line.split()[:2]), re.sub(r"\s", "", text), "the alert's own words")
        record, = self.ctl_records("why", ids["truce"])
        self.assertEqual(record["silenced"], "2031-01-01T14:00:00Z")
        self.assertNotIn("waiting", record)
        self.assertIn("none: its milestone is silenced until Wed 1 Jan 2031 14:00 UTC", self.ctl("why", ids["truce"]).stdout)


TOLD_BY_TWO = """<?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title>
<item><title>{title}</title><link>https://{name}.example/1</link><guid>{name}</guid><pubDate>{date}</pubDate>
<description>{summary}</description></item></channel></rss>
"""
SUMMARIES = {"ledger": "Makers say that rare earth magnets are short. Nothing else is.",
             "courier": "Prices of rare earth magnets had doubled. Nothing else had.", "herald": "A permit is missing."}


class Stories(DaemonCase):
    """Two feeds that tell the same, and a third that tells what is new in it."""

    def config_text(self):
        feeds = {"ledger": "Rare earth mine at Lakeland opens in March", "courier": "Lakeland rare earth mine to open in March",
                 "herald": "Rare earth mine at Lakeland will not open in March"}
        date = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() - 3600))
        for name, title in feeds.items():
            (self.folder / f"{name}.xml").write_text(TOLD_BY_TWO.format(name=name, title=title, date=date, summary=SUMMARIES[name]))
        return super().config_text() + "".join(f"[feed {name}]\npath = {self.folder}/{name}.xml\n" for name in feeds)

    def test_one_line_a_story(self):
        self.start_truced(self.config_text())
        wait_for(lambda: any(record["count"] == 2 for record in self.ctl_records("news")) and len(self.ctl_records("news")) == 4, "all told")
        text = self.ctl("news").stdout
        self.assertEqual(text.count("Lakeland"), 2, text)
        self.assertIn("… and 1 more\n", text)
        self.assertIn("… and 1 more\n", self.ctl("alerts", "--kind", "news").stdout)
        self.assert_fits(text)
        story = next(record for record in self.ctl_records("news") if record["count"] == 2)
        self.assertEqual((story["sources"], len(story["items"]), story["title"] in [item["title"] for item in story["items"]]), (2, 2, True))
        why = self.ctl("why", story["id"]).stdout
        self.assert_fits(why)
        for words in ("[rare earth] magnets", "2 entries of 2 sources", "press, ledger.example", "press, courier.example", "joined"):
            self.assertIn(words.lower(), " ".join(why.lower().split()))
        self.assertNotIn("Nothing else", why.split("Words", 1)[1])
        coloured = self.on_terminal("why", story["id"])
        self.assertRegex(coloured, "(?i)\033\\[1;33mrare earth\033\\[0m magnets")
        self.assertNotIn("[rare", re.sub("\033\\[[0-9;]*m", "", coloured.lower()))


class WithoutDaemon(DaemonCase):
    def test_unreachable(self):
        for arguments in ONLINE:
            result = self.ctl(*arguments, status=3)
            self.assertEqual(result.stdout, "")
            self.assertIn("the session bus: no truced is running there; the system bus: ", result.stderr)
            self.assertIn("systemctl --user start truced", result.stderr)
        self.assertIn("truced --config 'my conf'", self.ctl("--config", "my conf", status=3).stderr)
        self.stop_bus()
        self.assertIn("session bus", self.ctl("--bus", "session", status=3).stderr)
        self.assertNotIn("system bus", self.ctl("--bus", "session", status=3).stderr)
        nowhere = f"unix:path={self.folder}/nowhere"
        self.assertIn(nowhere, self.ctl("--bus", nowhere, status=3).stderr)

    def test_which_bus(self):
        """Without --bus the session bus comes first, and the system bus when no truced is on it."""
        self.start_truced(self.config_text())
        self.ctl("status")
        environment = {"DBUS_SYSTEM_BUS_ADDRESS": self.address, "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self.folder}/x"}
        self.ctl("status", **environment)
        self.ctl("--bus", "system", "status", **environment)
        self.ctl("--bus", "session", "status", status=3, **environment)
        self.ctl("--bus", self.address, "status", DBUS_SESSION_BUS_ADDRESS="")


if __name__ == "__main__":
    unittest.main(verbosity=2)
