#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The journal sink and a real journald; run in tests/lib/journal-box.sh."""
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import unittest

from sink_case import KINDS, PRIORITIES, SinkCase, flatten, wait_for

JOURNALD = int(os.environ["BOX_JOURNALD"])
SOCKET = "/run/systemd/journal/socket"


def journal(*options):
    subprocess.run(["journalctl", "--sync"], check=True)
    return subprocess.run(["journalctl", "--no-pager", "SYSLOG_IDENTIFIER=truced", *options], check=True,
                          stdout=subprocess.PIPE).stdout.decode()


def text(value):
    """journalctl writes what is not printable as a list of bytes."""
    return bytes(value).decode() if isinstance(value, list) else value


class Journal(SinkCase):
    def test_1_fields(self):
        records = self.records()
        self.assert_all(self.send("journal"), "done")
        entries = [json.loads(line) for line in journal("-o", "json", "-a").splitlines()]
        for record, entry in zip(records, entries, strict=True):
            fields = {name[len("TRUCED_"):].lower(): text(value) for name, value in entry.items()
                      if name.startswith("TRUCED_")}
            self.assertEqual(fields, dict(flatten(record)))
            self.assertEqual(int(entry["PRIORITY"]), PRIORITIES[record["kind"]])
            self.assertEqual(entry["SYSLOG_IDENTIFIER"], "truced")
            self.assertNotIn("CODE_FILE", entry)
        self.assertEqual(len({entry["MESSAGE_ID"] for entry in entries}), len(KINDS))
        self.assertEqual(entries[0]["MESSAGE"],
                         "US-China tariff truce ends in 7 days: Tue 12 Aug 2025 00:01 EDT (America/New_York)")
        # The errors are the daemon's own, and no alert about a deadline is among them.
        self.assertEqual([json.loads(line)["TRUCED_KIND"] for line in journal("-o", "json", "-p", "err").splitlines()],
                         ["problem"])
        self.assertEqual(len(journal("-o", "cat", "TRUCED_MILESTONE=us-china-truce").splitlines()), 7)

    def test_2_catalog(self):
        """journalctl -x says what to do, in commands that can be typed as they stand."""
        explained = journal("-x", "TRUCED_KIND=lead")
        alert = json.loads(journal("-o", "json", "TRUCED_KIND=lead").splitlines()[0])["TRUCED_ID"]
        self.assertIn("Subject: A deadline is drawing near", explained)
        self.assertIn(f"trucectl ack {alert}", explained)
        self.assertIn("trucectl milestones us-china-truce", explained)
        for kind in KINDS:
            explained = journal("-x", f"TRUCED_KIND={kind}")
            self.assertIn("Defined-By: truced", explained)
            self.assertIn("What to do:", explained)
            self.assertIsNone(re.search(r"@[A-Z_]+@", explained), f"an unknown field in the explanation of {kind}")

    def test_3_dev_log(self):
        """Through /dev/log the journal gets the form that it reads, whatever is configured."""
        for form in ("rfc3164", "rfc5424"):
            self.configure("alert-to = ops", f"[sink ops]\nkind = syslog\nformat = {form}\n")
            self.assertEqual(self.send("ops", "test")[0][1], "done")
            entry = json.loads(journal("-o", "json", "-n", "1", "_TRANSPORT=syslog"))
            self.assertEqual(entry["MESSAGE"], "Test alert from truced: If you can read this, alerts reach you here.")
            self.assertEqual(entry["PRIORITY"], "5")

    def test_4_does_not_read(self):
        os.kill(JOURNALD, signal.SIGSTOP)
        flood = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        flood.setblocking(False)
        with self.assertRaises(BlockingIOError):
            while True:
                flood.sendto(b"MESSAGE=flood\n", SOCKET)
        deliveries = self.send("journal")
        flood.close()
        os.kill(JOURNALD, signal.SIGCONT)
        self.assert_all(deliveries, "retry")
        self.assertEqual(len(self.log), 1, "said once")
        wait_for(lambda: self.send("journal", "lead")[0][1] == "done", "the journal to take alerts again")

    def test_5_gone(self):
        os.kill(JOURNALD, signal.SIGKILL)

        def gone():
            status = pathlib.Path(f"/proc/{JOURNALD}/status")
            return not status.exists() or "\nState:\tZ" in status.read_text()

        wait_for(gone, "journald to end")
        deliveries = self.send("journal")  # nobody listens
        self.assert_all(deliveries, "retry")
        os.unlink(SOCKET)
        deliveries = self.send("journal")  # no journal at all
        self.assert_all(deliveries, "retry")
        self.assertIn(SOCKET, deliveries[0][3])
        self.assertEqual(len(self.log), 1, "said once")


if __name__ == "__main__":
    unittest.main()
