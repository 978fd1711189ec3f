#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Files that are kept current: what other programs read in them, when they are written, and when they cannot be."""
import os
import pathlib
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(os.environ["SOURCE_ROOT"]) / "tests/lib"))
from truced_case import TRUCED, TrucedCase, wait_for  # noqa: E402

try:
    from prometheus_client.parser import text_string_to_metric_families
except ImportError:
    text_string_to_metric_families = None


class Files(TrucedCase):
    def setUp(self):
        super().setUp()
        self.calendar, self.tagged, self.metrics = (self.folder / name for name in ("all.ics", "tax.ics", "truced.prom"))
        self.text = f"""[truced]
timezone = America/New_York
alert-to = stdout
lead = 1d

[milestone truce]
title = "US-China" \\ truce ends
due = 2036-11-10 00:01
revised = 2026-01-01: 2036-12-10 00:01: a month more

[milestone tax]
title = Tax return
due = 2036-04-15
tags = tax

[milestone met]
due = 2036-05-05
met = 2026-01-01: done

[feed wire]
path = {self.folder}/wire.xml

[watch none]
match = nothing

[sink all]
kind = ics
path = {self.calendar}

[sink tax]
kind = ics
path = {self.tagged}
tags = tax

[sink metrics]
kind = prometheus
path = {self.metrics}
"""
        (self.folder / "wire.xml").write_text("<rss version='2.0'><channel><title>w</title></channel></rss>")

    def once(self, status=0):
        self.config.write_text(self.text)
        result = subprocess.run([TRUCED, "--once", "--config", self.config, "--state", self.folder / "state"],
                                env=self.environment, capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(result.returncode, status, result.stderr)
        return result

    def families(self):
        """{name: {label values: value}} by Prometheus' own reader, and the raw text otherwise held to its rules."""
        if text_string_to_metric_families is None:
            self.skipTest("no python3-prometheus-client")
        families = {}
        for family in text_string_to_metric_families(self.metrics.read_text()):
            self.assertTrue(family.documentation and family.type in ("gauge", "counter"), family.name)
            for sample in family.samples:
                families.setdefault(sample.name, {})[tuple(sample.labels.values())] = sample.value
        return families

    # --- what is in them ---

    def test_calendar(self):
        self.once()
        self.assertEqual(self.calendar.stat().st_mode & 0o777, 0o644)
        exported = subprocess.run([os.environ["TRUCECTL"], "export", "ics", "--config", self.config], capture_output=True,
                                  text=True, check=True, env=self.environment).stdout

        def lines(text):
            return [line for line in text.splitlines() if not line.startswith(("DTSTAMP", "LAST-MODIFIED", "SEQUENCE"))]

        self.assertEqual(lines(self.calendar.read_text()), lines(exported))
        self.assertEqual(self.tagged.read_text().count("BEGIN:VEVENT"), 1)
        self.assertIn("SUMMARY:Tax return", self.tagged.read_text())

    def test_khal_and_calcurse(self):
        self.once()
        for program in ("khal", "calcurse"):
            if subprocess.run(["which", program], capture_output=True, check=False).returncode != 0:
                self.skipTest(f"no {program}")
        imported = subprocess.run(["calcurse", "-D", self.folder / "calcurse", "-i", self.calendar], capture_output=True, text=True,
                                  env=self.environment, check=True).stdout
        self.assertIn("1 app / 2 events / 0 todos / 0 skipped", imported)
        home = self.folder / "khal"
        home.mkdir()
        (home / "config").write_text(f"[calendars]\n[[c]]\npath = {home}/c\n[locale]\nlocal_timezone = America/New_York\n"
                                     "default_timezone = America/New_York\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
                                     "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\ntimeformat = %H:%M\n")
        khal = ["khal", "-c", home / "config"]
        environment = dict(self.environment, XDG_CACHE_HOME=str(home), XDG_DATA_HOME=str(home), LC_ALL="C.UTF-8")
        subprocess.run([*khal, "import", "--batch", self.calendar], env=environment, check=True, capture_output=True)
        shown = subprocess.run([*khal, "list", "2036-12-10", "1d"], env=environment, check=True, capture_output=True, text=True).stdout
        self.assertIn('00:01', shown)
        self.assertIn('"US-China" \\ truce ends', shown)

    def test_metrics(self):
        self.once()
        self.assertEqual(self.metrics.stat().st_mode & 0o777, 0o644)
        families = self.families()
        self.assertEqual(families["truced_milestone_due_timestamp_seconds"],
                         {("truce",): 2112498060.0, ("tax",): 2091844800.0})
        self.assertEqual(families["truced_milestone_due_latest_timestamp_seconds"][("tax",)], 2091931200.0)
        self.assertEqual(families["truced_milestone_revisions_total"], {("truce",): 1.0, ("tax",): 0.0})
        self.assertEqual(families["truced_milestone_info"], {("truce", '"US-China" \\ truce ends'): 1.0, ("tax", "Tax return"): 1.0})
        self.assertEqual(list(families["truced_build_info"].values()), [1.0])
        self.assertLess(abs(families["truced_feed_last_success_timestamp_seconds"][("wire",)] - time.time()), 60)
        self.assertEqual(families["truced_feed_failures"], {("wire",): 0.0})
        self.assertEqual(families["truced_feeds_failing"], {(): 0.0})
        self.assertEqual(families["truced_outbox_pending"], {("stdout",): 0.0})
        self.assertEqual(families["truced_alerts_raised_total"][("news",)], 0.0)
        self.assertEqual(families["truced_alerts_unacknowledged"], {(): 0.0})

    # --- when they are written ---

    def test_kept_current(self):
        self.start_bus()
        self.start_truced(self.text)
        wait_for(lambda: self.calendar.exists() and self.metrics.exists(), "the files")
        before, tagged = self.calendar.stat(), self.tagged.stat()
        metrics = self.metrics.read_text()
        self.ctl("test-alert")
        wait_for(lambda: self.metrics.read_text() != metrics, "the metrics, with the alert")
        self.assertEqual(self.families()["truced_alerts_raised_total"][("test",)], 1.0)
        self.assertEqual(self.calendar.stat().st_mtime_ns, before.st_mtime_ns, "no alert changes a date")
        self.calendar.chmod(0o640)
        self.ctl("due", "truce", "2037-01-10 00:01", "--because", "a test")
        wait_for(lambda: self.calendar.stat().st_ino != before.st_ino, "the calendar, with the date")
        self.assertIn("20370110T050100Z", self.calendar.read_text())
        self.assertEqual(self.calendar.stat().st_mode & 0o777, 0o640, "as somebody wants it")
        self.assertEqual(self.tagged.stat().st_mtime_ns, tagged.st_mtime_ns, "nothing in it has changed")
        wait_for(lambda: self.families()["truced_milestone_revisions_total"][("truce",)] == 2.0, "the metrics, with the date")
        self.assertEqual(sorted(path.name for path in self.folder.iterdir() if path.name.endswith(".new")), [])
        before = self.calendar.stat()
        self.stop_truced()
        self.start_truced()
        wait_for(lambda: self.metrics.read_text().count('kind="test"} 0'), "the metrics of the next truced")
        self.assertEqual(self.calendar.stat().st_mtime_ns, before.st_mtime_ns, "a restart changes no date")

    def test_cannot_be_written(self):
        """Once told, and written when it can be."""
        folder = self.folder / "later"
        self.text = self.text.replace(str(self.calendar), str(folder / "all.ics"))
        for _ in range(2):
            self.once()
        self.start_bus()
        self.start_truced()
        wait_for(lambda: len(self.ctl_records("alerts", "--kind", "problem")) > 0, "the problem")
        problem = self.ctl_records("alerts", "--kind", "problem")[0]
        self.assertEqual((problem["title"], problem["body"]),
                         ("The file of the sink all cannot be written", f"{folder}/all.ics: No such file or directory"))
        folder.mkdir()
        self.ctl("reload")
        wait_for((folder / "all.ics").exists, "the file")


if __name__ == "__main__":
    unittest.main()
