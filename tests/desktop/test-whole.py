#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
"""truced, truced-desktop and dunst together: a date that comes and a headline that matches, as a user sees them.
SCREENSHOT=FILE.png keeps a picture."""

import datetime
import email.utils
import json
import os
import pathlib
import signal
import subprocess
import sys
import unittest

from desktop_case import wait_for

BOX = pathlib.Path(os.environ.get("BOX", "/nonexistent"))
CONFIG = """[truced]
timezone = UTC
alert-to = desktop
lead = 30d 20d 1d 0
[milestone truce]
title = US-China tariff truce ends
due = {due}
match = truce
[milestone sale]
title = ByteDance must sell TikTok’s US operations
due = {later}
lead = 504h
[feed wire]
path = {feed}
title = Example Wire
"""
FEED = """<rss version="2.0"><channel><title>Wire</title><item>
<title>US &amp;amp; China extend &amp;lt;truce&amp;gt; by 90 days, 휴전 연장</title><link>https://example.org/x</link><guid>1</guid>
<description>Negotiators for AT&amp;amp;T-size buyers said on Tuesday that the truce would hold until both presidents have met.</description>
<pubDate>{published}</pubDate></item></channel></rss>
"""


def moment(**ahead):
    at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(**ahead)
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def dunstctl(*arguments):
    return subprocess.run(["dunstctl", *arguments], capture_output=True, text=True, check=True, timeout=20).stdout


def displayed():
    return int(dunstctl("count", "displayed"))


class Whole(unittest.TestCase):
    def setUp(self):
        self.folder = BOX / self.id()
        self.folder.mkdir()
        self.environment = dict(os.environ)

    def spawn(self, *arguments):
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(arguments, stdout=log, stderr=log)
        self.addCleanup(self.end, process)
        return process

    def end(self, process):
        if process.poll() is None:
            process.terminate()
            self.assertEqual(process.wait(30), 0, (self.folder / "log").read_text())

    def start_truced(self):
        return self.spawn(os.environ["TRUCED"], "--config", str(self.folder / "truced.conf"), "--state",
                          str(self.folder / "state"), "--bus", "session")

    def alerts(self, *arguments):
        result = subprocess.run([os.environ["TRUCECTL"], "alerts", "--json", "--bus", "session", *arguments], capture_output=True,
                                text=True, timeout=30)
        return [json.loads(line) for line in result.stdout.splitlines()]

    def write(self, **ahead):
        (self.folder / "wire.xml").write_text(FEED.format(published=email.utils.formatdate()))
        (self.folder / "truced.conf").write_text(CONFIG.format(due=moment(**ahead), later=moment(days=21, seconds=3),
                                                               feed=self.folder / "wire.xml"))

    def test_a_day_in_the_life(self):
        self.write(seconds=4)
        self.spawn(os.environ["TRUCED_DESKTOP"], "--bus", "session")
        truced = self.start_truced()
        # The headline, the date itself, and three weeks' notice of another.
        wait_for(lambda: {"news", "due", "lead"} <= {alert["kind"] for alert in self.alerts()}, "all alerts")
        wait_for(lambda: displayed() == 3, "all popups")
        if "SCREENSHOT" in os.environ:
            subprocess.run(["import", "-window", "root", os.environ["SCREENSHOT"]], check=True, timeout=20)
        # A click reaches the store, and outlives a kill.
        (BOX / "choice").write_text("Acknowledge")
        before = displayed()
        dunstctl("context")
        acknowledged = wait_for(lambda: [alert for alert in self.alerts() if "acknowledged" in alert], "acknowledged")
        wait_for(lambda: displayed() < before, "the popup gone")
        truced.send_signal(signal.SIGKILL)
        truced.wait()
        self.start_truced()
        again = wait_for(lambda: [alert for alert in self.alerts() if "acknowledged" in alert], "truced back")
        self.assertEqual([alert["id"] for alert in again], [alert["id"] for alert in acknowledged])
        self.assertEqual(again[0]["via"], "truced-desktop", "it is kept where the answer came from")
        # A slip of the hand: taken back, it is on the screen again.
        wait_for(lambda: displayed() == 2, "the two that are open")
        subprocess.run([os.environ["TRUCECTL"], "undo", "--bus", "session", again[0]["id"]], check=True, timeout=30,
                       stdout=subprocess.DEVNULL)
        wait_for(lambda: displayed() == 3, "the popup back")

    def test_told_while_nobody_looked(self):
        self.write(seconds=5)
        truced = self.start_truced()
        wait_for(lambda: {"news", "due"} <= {alert["kind"] for alert in self.alerts()}, "both alerts")
        truced.send_signal(signal.SIGKILL)
        truced.wait()
        dunstctl("close-all")
        self.start_truced()
        self.spawn(os.environ["TRUCED_DESKTOP"], "--bus", "session")
        wait_for(lambda: displayed() == 1, "what waited, as one")
        # Acknowledged by somebody else, it goes from the screen.
        for alert in self.alerts():
            subprocess.run([os.environ["TRUCECTL"], "ack", "--bus", "session", alert["id"]], check=True, timeout=30,
                           stdout=subprocess.DEVNULL)
        wait_for(lambda: displayed() == 0, "a clean screen")


if __name__ == "__main__":
    if not BOX.is_dir():
        box = pathlib.Path(__file__).resolve().parent.parent / "lib/desktop-box.sh"
        os.execv(box, [str(box), *sys.argv])
    unittest.main(verbosity=2)
