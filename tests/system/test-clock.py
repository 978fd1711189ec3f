#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
"""The whole daemon on a clock that cannot be right, and on a zone database that changes under it."""

import pathlib
import sqlite3
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "lib"))
from truced_case import PATIENCE, TRUCED, TrucedCase, utc, wait_for  # noqa: E402

DUE_SOON = """[truced]
alert-to = stdout
[milestone a]
title = The truce ends
due = {due}
lead = 1d 0
"""


class Clock(TrucedCase):
    """No test sets the clock of its machine: the store says that truced has run in a year to come."""

    def set_reached(self, at):
        store = sqlite3.connect(self.folder / "state/truced.db")
        with store:
            store.execute("INSERT OR REPLACE INTO state VALUES ('reached', ?)", (at * 1000000,))
        store.close()

    def once(self):
        return subprocess.run([TRUCED, "--config", str(self.config), "--state", str(self.folder / "state"), "--once"],
                              env=self.environment, capture_output=True, text=True, timeout=PATIENCE)

    def test_deadlines_wait_and_go_on(self):
        self.config.write_text("[truced]\nalert-to = stdout\n")
        self.assertEqual(self.once().returncode, 0)
        self.set_reached(int(time.time()) + 400 * 86400)
        self.config.write_text(DUE_SOON.format(due=utc(3600)))
        result = self.once()
        self.assertEqual(result.returncode, 1)
        self.assertIn("deadlines wait: the clock cannot be right", result.stderr)
        self.assertIn("The clock cannot be right: deadlines wait", result.stdout)
        self.assertNotIn("The truce ends", result.stdout)

        self.start_bus()
        self.start_truced()
        status = self.ctl_records("status")[0]
        self.assertIn("but truced has run", status["clock_problem"])
        self.assertGreater(status["clock_expected"], utc(398 * 86400))
        self.assertRegex(self.ctl("status").stdout, r"Deadlines wait for the clock to be set\n"
                         r"  It reads        \w+ \d+ \w+ \d+ \d\d:\d\d.* UTC\n  It is at least  .*UTC\n")
        self.assertIn("set the clock first", self.ctl("due", "a", "2099-01-01", "--because", "later", status=1).stderr)
        problem = next(alert for alert in self.ctl_records("alerts") if alert["kind"] == "problem")
        self.assertEqual(problem["urgency"], "critical")
        self.ctl("ack", problem["id"])
        wait_for(lambda: "The truce ends in" in self.log_text(), "the lead that waited")
        self.assertNotIn("clock_problem", self.ctl_records("status")[0])


class Rules(TrucedCase):
    """A zone database of its own, which is changed under the running daemon as a package manager does it."""

    CONFIG = """[truced]
alert-to = stdout
timezone = UTC
[milestone a]
title = The truce ends
timezone = Asia/Beirut
due = 2090-07-01 17:00
"""

    def install(self, name, source):
        fresh = self.zones / (name + ".dpkg-new")
        fresh.write_bytes(pathlib.Path("/usr/share/zoneinfo", source).read_bytes())
        fresh.rename(self.zones / name)

    def due(self):
        return self.ctl_records("milestones", "a")[0]["due"]

    def test_a_country_changes_its_clocks(self):
        self.zones = self.folder / "zoneinfo"
        (self.zones / "Asia").mkdir(parents=True)
        self.environment["TZDIR"] = str(self.zones)
        self.install("Asia/Beirut", "Etc/GMT-2")
        self.start_bus()
        self.start_truced(self.CONFIG)
        self.assertEqual(self.due(), "2090-07-01T15:00:00Z")
        changed = self.watch("AlertRaised")
        self.install("Asia/Beirut", "Etc/GMT-3")
        alert = self.wait_for_signal(changed, lambda alert: alert["kind"] == "changed", "the change")
        self.assertEqual(alert["why"], "the time zone database has changed")
        self.assertEqual(self.due(), "2090-07-01T14:00:00Z")
        self.assertIn("the time zone database has changed", self.log_text())
        self.assertIn("the time zone database has changed", self.ctl("milestones", "a").stdout)

        # With an error in the file that is read anew, all stays as it was, and the log says so.
        self.config.write_text(self.CONFIG + "nonsense = 1\n")
        self.install("Asia/Beirut", "Etc/GMT-1")
        wait_for(lambda: "the configuration stays as it was" in self.log_text(), "the refusal")
        self.assertEqual(self.due(), "2090-07-01T14:00:00Z")
        self.config.write_text(self.CONFIG)
        self.ctl("reload")
        self.assertEqual(self.due(), "2090-07-01T16:00:00Z")


if __name__ == "__main__":
    unittest.main()
