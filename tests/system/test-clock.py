#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
"""The whole daemon on a clock that cannot be right, and on a zone database that changes under it."""

import os
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
        self.assertIn("Deadlines wait for the clock to be set", self.ctl("status").stdout)
        self.assertIn("set the clock first", self.ctl("due", "a", "2099-01-01", "--because", "later", status=1).stderr)
        problem = next(alert for alert in self.ctl_records("alerts") if alert["kind"] == "problem")
        self.assertEqual(problem["urgency"], "critical")
        self.ctl("ack", problem["id"])
        wait_for(lambda: "The truce ends in" in self.log_text(), "the lead that waited")
        self.assertNotIn("clock_problem", self.ctl_records("status")[0])


if __name__ == "__main__":
    unittest.main()
