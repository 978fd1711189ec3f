#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""From news to schedule with the whole of truced: reported, confirmed, shown, accepted, taken back and rejected, and kept over kill -9."""

import datetime
import os
import signal
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.environ["SOURCE_ROOT"], "tests/lib"))
from truced_case import TrucedCase, utc, wait_for  # noqa: E402

DAY = 86400


def words(days):
    """A day so many days ahead as news has it."""
    day = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)
    return f"{day:%B} {day.day}, {day.year}"


class Moves(TrucedCase):
    def setUp(self):
        super().setUp()
        self.start_bus()
        self.feed("paper", [f"US and China extend tariff truce until {words(100)}"])
        self.start_truced(f"""[truced]
timezone = UTC
lead = 30d 0
alert-to = desktop
[milestone truce]
title = Tariff truce ends
due = {utc(DAY * 20)}
match = truce China
[milestone review]
title = Review of the truce
due = milestone:truce + 2w
[feed paper]
path = {self.folder}/paper.xml
""")
        wait_for(lambda: self.ctl_records("moves"), "the move")

    def feed(self, name, titles):
        date = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() - 3600))
        items = "".join(f"<item><title>{title}</title><link>https://{name}.example/{hash(title)}</link><guid>{hash(title)}</guid>"
                        f"<pubDate>{date}</pubDate></item>" for title in titles)
        (self.folder / f"{name}.xml").write_text(f'<?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title>{items}'
                                                 "</channel></rss>")

    def another_feed(self, name, title, tier="press"):
        """One that is new is asked at once."""
        self.feed(name, [title])
        with self.config.open("a") as config:
            config.write(f"[feed {name}]\npath = {self.folder}/{name}.xml\ntier = {tier}\n")
        self.ctl("reload")

    def stop_truced(self, process=None):
        if process is None or process.returncode != -signal.SIGKILL:
            super().stop_truced(process)

    def raised(self):
        return [(record["kind"], record["title"]) for record in reversed(self.ctl_records("alerts")) if record["kind"] in ("move", "changed", "news")]

    def test_from_news_to_schedule(self):
        move, = self.ctl_records("moves")
        self.assertEqual((move["status"], move["label"], move["milestone"], move["delta_days"]), ("reported", "moved", "truce", 80))
        self.assertEqual([change["milestone"] for change in move["changes"]], ["truce", "review"])
        shown = self.ctl("moves").stdout
        self.assertLessEqual(max(map(len, shown.splitlines())), 80, shown)
        self.assertIn("paper.example", shown)
        self.assertIn("+80 days", shown)
        self.assertIn("with it: Review of the truce", shown)
        self.assertRegex(shown, r"\n +would be due .* \d\d:\d\d(:\d\d)? UTC, at its own time of day\n")
        self.assertIn(f"trucectl accept {move['id'][:8]}", shown)
        self.assertRegex(self.ctl("status").stdout, r"\n  contested: reported moved to \d{4}-\d\d-\d\d \(1 source\)\n")
        self.assertIn("contested: reported", self.ctl("milestones").stdout)
        alert, = [record for record in self.ctl_records("alerts") if record["kind"] == "move"]
        self.assertEqual((alert["move"]["id"], alert["move"]["status"], alert["urgency"]), (move["id"], "reported", "critical"))
        self.assertEqual([record["kind"] for record in self.ctl_records("news")], ["move"], "the move stands for the item")
        self.assertRegex(self.ctl("news").stdout, r"paper +moved: US and China extend tariff truce")
        self.assertEqual((self.ctl_records("status")[0]["moves"], self.ctl_records("milestones", "truce")[0]["moves"]), (1, 1))
        self.assertIn("  1 move in the news waits for an answer: trucectl moves --milestone truce\n", self.ctl("status").stdout)
        self.assertIn("truced-moves(7)", self.ctl("why", alert["id"]).stdout)

        self.end(self.daemon, signal.SIGKILL)
        self.start_truced()
        self.assertEqual(self.ctl_records("moves")[0]["status"], "reported", "it was on the disk")
        self.another_feed("other", f"Truce between Washington and China is prolonged to {words(100)}")
        wait_for(lambda: self.ctl_records("moves")[0]["status"] == "confirmed", "the second source")
        self.assertEqual([kind for kind, title in self.raised()], ["move", "move"])
        told, = self.ctl_records("news")
        self.assertEqual(told["move"]["status"], "confirmed", "both tell one piece of news")
        self.assertTrue([record for record in self.ctl_records("alerts") if record["id"] == alert["id"]][0]["superseded"])

        changed = self.watch("Changed")
        accepted, = self.ctl_records("accept", move["id"][:6], "--because", "seen the order")
        self.wait_for_signal(changed, lambda what: what == "moves", "that moves have changed")
        self.assertEqual((accepted["status"], accepted["via"], accepted["why"]), ("accepted", "trucectl", "seen the order"))
        truce = self.ctl_records("milestones", "truce")[0]
        self.assertEqual((truce["why"], truce["history"]), ("seen the order", "extended once, +80 days"))
        self.assertEqual(self.ctl_records("moves"), [])
        self.assertIn("it has been accepted", self.ctl("accept", move["id"], status=1).stderr)
        self.assertIn(f"trucectl accept {move['id'][:8]}, or reject {move['id'][:8]}", self.ctl("undo").stdout)
        self.assertEqual(self.ctl_records("moves")[0]["status"], "confirmed", "it waits again")
        self.ctl("reject", move["id"])
        self.assertNotIn("contested", self.ctl("status").stdout)
        self.assertNotIn("in the news", self.ctl("status").stdout)
        self.assertEqual(self.ctl_records("status")[0]["moves"], 0)

    def test_undo_is_of_ones_own(self):
        self.config.write_text(self.config.read_text().replace("lead =", "on-move = official\nlead ="))
        self.ctl("silence", "review", "--until", "1d")
        self.another_feed("office", f"Ministry notice: truce with China extended until {words(100)}", "official")
        wait_for(lambda: not self.ctl_records("moves"), "that the date is taken")
        undone = self.ctl("undo").stdout
        self.assertRegex(undone, r"^Taken back: review silenced until .*\nSaid since, and left: truce due .*\(on-move with truced, .*\n"
                                 r"To take that back too: trucectl undo truce\n$")
        self.assertRegex(self.ctl("undo", status=1).stderr, r"was said by on-move: truce due .*; to take that back, name it: trucectl undo truce\n")
        self.assertIn("(on-move with truced", self.ctl("undo", "--list").stdout)
        self.assertIn("waits for an answer again", self.ctl("undo", "truce").stdout)

    def test_proposed(self):
        self.another_feed("other", f"China may agree to extend truce until {words(110)}")
        wait_for(lambda: len(self.ctl_records("moves")) == 2, "what is asked for")
        move, = [move for move in self.ctl_records("moves") if move["label"] == "proposed"]
        self.assertIn(f"trucectl accept {move['id'][:8]} --because '...', or reject {move['id'][:8]}", self.ctl("moves").stdout)
        self.assertIn("is only proposed, as other.example has it, and not decided", self.ctl("accept", move["id"], status=1).stderr)
        self.assertIn("proposed: China may agree", self.ctl("news").stdout)
        self.assertRegex(self.ctl("accept", move["id"], "--because", "signed today").stdout, r"now  .*\d\d:\d\d(:\d\d)? UTC\n")

    def test_conflict_and_reject(self):
        self.another_feed("office", f"Ministry notice: truce with China extended until {words(120)}", "official")
        wait_for(lambda: len(self.ctl_records("moves")) == 2, "the other date")
        shown = self.ctl("moves").stdout
        self.assertIn("2 that cannot all be so", shown)
        self.assertIn("office (official)", shown)
        first, second = self.ctl_records("moves")
        self.assertEqual((first["conflicts"], second["conflicts"]), ([second["id"]], [first["id"]]))
        paper = next(move for move in (first, second) if move["status"] == "reported")
        self.assertIn("Rejected: Tariff truce ends, moved to", self.ctl("reject", paper["id"][:8]).stdout)
        self.assertIn("waits for no answer", self.ctl("reject", paper["id"][:8], status=1).stderr)
        self.ctl("reject", "12", status=1)
        self.ctl("accept", "ffffffff", status=1)
        self.assertEqual([move["status"] for move in self.ctl_records("moves", "--milestone", "truce")], ["confirmed"])
        self.ctl("moves", "--milestone", "nowhere", status=1)
        self.assertEqual(self.ctl("moves", "--milestone", "review").stdout, "Nothing that the news says of dates waits for an answer.\n")


if __name__ == "__main__":
    unittest.main(verbosity=2)
