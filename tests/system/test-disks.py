#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
"""Disks that are full, read-only or forbidden, and files that are spoilt: alerts are raised and delivered all the same, people are told what
is wrong and what to do, and once it is mended all is kept and nothing is told twice. Run in network-box.sh, which lets it mount: the
state is on a small disk of its own."""

import collections
import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.environ["SOURCE_ROOT"], "tests/lib"))
from truced_case import utc, wait_for  # noqa: E402
from whole_case import WholeCase, rss  # noqa: E402

DISK = "1500k"  # room for a store, its log, and little else
FULL, READ_ONLY = "no space is left for it", "Read-only file system"
UNABLE = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]  # so that root is bound by a folder's mode, too


class Disks(WholeCase):
    def setUp(self):
        super().setUp()
        self.state = self.folder / "state"
        self.state.mkdir()
        self.mount("-t", "tmpfs", "-o", f"size={DISK},mode=700", "tmpfs")
        self.addCleanup(subprocess.run, ["umount", self.state], check=True)
        self.feeds = []

    def mount(self, *options):
        subprocess.run(["mount", *options, self.state], check=True)

    def fill(self):
        with (self.state / "rubbish").open("wb", buffering=0) as file, self.assertRaises(OSError):
            while True:
                file.write(bytes(4096))

    def make_room(self):
        (self.state / "rubbish").unlink()

    # --- what is told ---

    def configure(self, *fresh, more=""):
        """With a headline of each of those names, too, which is told at once."""
        for name in fresh:
            (self.folder / name).write_text(rss(name, (name, f"Truce, {name}", 60)))
        self.feeds += fresh
        self.config.write_text("[truced]\ntimezone = UTC\nalert-to = stdout\nlead = 0\n[milestone truce]\ntitle = Truce\ndue = 2099-01-01\n"
                               "[watch truce]\ntitle = Truce\nmatch = truce\n" + more
                               + "".join(f"[feed {name}]\npath = {self.folder}/{name}\n" for name in self.feeds))

    def titles(self):
        """How often each headline, by its name, and all else was told."""
        return collections.Counter(alert["title"].removeprefix("Truce, ") for alert in self.told())

    def wait_told(self, *names):
        wait_for(lambda: set(names) <= set(self.titles()), f"{names} on standard output")

    def run_with(self, *fresh):
        self.configure(*fresh)
        self.start_truced()
        self.wait_told(*fresh)

    def kill(self):
        self.daemon.kill()
        self.daemon.wait()
        self.daemon.returncode = 0  # that was us

    def assert_kept(self, *names):
        """In the state, and told once by all that have run so far."""
        titles, listed = self.titles(), {alert["title"].removeprefix("Truce, ") for alert in self.alerts()}
        self.assertEqual({name: titles[name] for name in names}, dict.fromkeys(names, 1))
        self.assertEqual(set(names) - listed, set())

    def assert_all_is_well(self):
        status = self.ctl_records("status")[0]
        self.assertEqual({"state_error", "unsaved"} & status.keys(), set())

    def assert_test_alert(self):
        """What is said of it is so."""
        said = self.ctl("test-alert").stdout
        self.assertRegex(said, r"(?m)^ *stdout +delivered$")
        id = said.split()[2]
        self.assertIn(id, {alert["id"] for alert in self.told()})
        return id

    def doctor(self):
        return [f'{record["text"]} {record.get("advice")}' for record in self.ctl_records("doctor", "--config", self.config, status=1)
                if record["check"] in ("state", "problem")]

    def assert_trouble(self, title):
        """As an alert, in the log, in the status, and from doctor with what is to be done."""
        self.wait_told(title)
        self.assertIn(f"warning: {title}: {self.state}/", self.log_text())
        self.assertIn("The state cannot be written: see trucectl doctor", self.ctl("status").stdout)
        self.assertIn("Make room on its disk, or have that mounted writable", "".join(self.doctor()))

    # --- not to be written while it runs ---

    def test_full_while_it_runs(self):
        self.endure_while_it_runs(self.fill, self.make_room, FULL)

    def test_read_only_while_it_runs(self):
        switch = self.folder / "switch"
        self.environment.update(LD_PRELOAD=os.environ["READONLY"], READONLY_WHILE=str(switch),
                                ASAN_OPTIONS=os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0")
        self.endure_while_it_runs(switch.touch, switch.unlink, READ_ONLY)

    def endure_while_it_runs(self, spoil, mend, reason):
        self.run_with("before")
        spoil()
        self.configure("during", more=f"[milestone date]\ntitle = A date\ndue = {utc(2)}\n")
        self.call("Reload")
        self.wait_told("during", "A date: due now")
        self.assert_trouble("truced cannot write its state")
        self.assertIn(reason, self.log_text())
        test = self.assert_test_alert()
        self.assertIn("it is kept in memory", " ".join(self.ctl("why", test).stdout.split()))
        self.assertIn("no answer to this alert", self.ctl("ack", test, status=1).stderr)
        mend()
        self.call("Reload")  # else within a minute
        self.assert_all_is_well()
        [record] = self.ctl_records("why", test)
        self.assertEqual([(one["sink"], one["delivered"]) for one in record["deliveries"]], [("stdout", True)])
        spoil()
        self.configure("again")
        self.call("Reload")
        self.wait_told("again")
        mend()
        self.stop_truced()  # and it is written as it ends
        self.run_with("after")
        self.assert_kept("before", "during", "A date: due now", "again", "after")
        self.assertEqual(self.titles()["truced cannot write its state"], 1, "one trouble, told once")
        self.ctl("ack", test)

    # --- not to be written when it starts ---

    def endure(self, spoil, mend, reason, restart=False):
        """`restart`: it is mended just before the end, and nobody says so."""
        spoil()
        self.run_with("during")
        self.assertIn(reason, self.ctl_records("status")[0]["state_error"])
        self.assertEqual(self.titles()["before"], len(self.feeds) - 1, "what was told before is known")
        self.assert_trouble("truced cannot open its state and keeps it in memory")
        self.ctl("ack", self.assert_test_alert())
        mend()
        if not restart:
            self.call("Reload")
            self.assert_all_is_well()
            self.kill()
        else:
            self.stop_truced()
        self.under = []
        self.run_with("after")
        self.assert_all_is_well()
        self.assert_kept("during", "after")
        [test] = self.alerts("test")
        self.assertIn("acknowledged", test, "what was answered in memory stays answered")

    def test_full_at_first(self):
        self.endure(self.fill, self.make_room, FULL)

    def test_full_when_it_starts(self):
        self.run_with("before")
        self.stop_truced()
        self.endure(self.fill, self.make_room, FULL, restart=True)
        self.assert_kept("before")

    def test_read_only_when_it_starts(self):
        self.run_with("before")
        self.ctl("due", "truce", "2098-01-01", "--because", "signed")
        self.kill()  # what is in the log beside the file is read, too
        self.endure(lambda: self.mount("-o", "remount,bind,ro"), lambda: self.mount("-o", "remount,bind,rw"), READ_ONLY)
        self.assert_kept("before")
        self.assertEqual(self.ctl_records("milestones", "truce")[0]["due"][:10], "2098-01-01")

    def test_forbidden_when_it_starts(self):
        self.under = UNABLE
        self.run_with("before")
        self.stop_truced()
        self.endure(lambda: self.state.chmod(0o500), lambda: self.state.chmod(0o700), "it is read-only")
        self.assert_kept("before")

    # --- spoilt ---

    def set_aside(self):
        return {file for file in self.state.glob("*.set-aside-*") if not file.name.endswith(("-wal", "-shm", ".suspect"))}

    def test_spoilt(self):
        """By each of these: it is set aside as it is, that is told once with its name, and all goes on."""
        path = self.state / "truced.db"

        def overwrite(at, length):
            with path.open("r+b") as file:
                file.seek(at)
                file.write(b"\xa5" * length)

        spoilers = {"header": lambda: overwrite(0, 100), "page": lambda: overwrite(4096 * 5, 4096),
                    "cut": lambda: os.truncate(path, 4096 * 3 + 17), "empty": lambda: os.truncate(path, 0)}
        title = "truced began a new state: the old one could not be used"
        self.run_with("before")
        for number, (name, spoil) in enumerate(spoilers.items(), start=1):
            with self.subTest(name):
                self.stop_truced()
                spoil()
                spoilt, earlier = path.read_bytes(), self.set_aside()
                self.feeds = []
                self.run_with(f"after-{name}")
                wait_for(lambda: self.titles()[title] == number, "the word of it")
                [aside] = self.set_aside() - earlier
                self.assertEqual(aside.read_bytes(), spoilt)
                [alert] = self.alerts("problem")
                self.assertIn(f"it was set aside as {aside}", alert["body"])
                self.assertIn(f"warning: {title}: {path} is ", self.log_text())
                self.assertIn(title[:40], self.ctl("status").stdout)
                [said] = self.doctor()
                self.assertIn(str(aside), said)
                self.assertIn("put a backup in its place", said)
                self.assert_test_alert()
        self.stop_truced()
        self.start_truced()
        self.assert_kept("after-empty")
        self.assertEqual(self.titles()[title], len(spoilers))
        self.assertEqual(len(self.set_aside()), len(spoilers))

    def test_spoilt_where_nobody_looked(self):
        """A large file that was closed in good order is not read whole at the start: what cannot be read when it is needed spoils it, too."""
        path = self.state / "truced.db"
        self.mount("-o", "remount,size=8m")
        self.run_with("before")
        self.stop_truced()
        with contextlib.closing(sqlite3.connect(path)) as database:
            database.execute("CREATE TABLE padding AS SELECT zeroblob (2 << 20) AS zeros")
            database.commit()
            [[page]] = database.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'amendment'")
            database.execute("PRAGMA wal_checkpoint (TRUNCATE)")
        with path.open("r+b") as file:
            file.seek(4096 * (page - 1))
            file.write(b"\xa5" * 4096)
        spoilt = path.read_bytes()
        self.run_with("after")
        title = "truced began a new state: the old one could not be used"
        self.wait_told(title)
        [aside] = self.set_aside()
        self.assertEqual(aside.read_bytes(), spoilt)
        self.assertIn(f"it was set aside as {aside}", self.alerts("problem")[0]["body"])
        self.assert_all_is_well()
        self.ctl("due", "truce", "2098-01-01", "--because", "signed")
        self.kill()
        self.start_truced()
        self.assert_kept("after", title)
        self.assertEqual(self.ctl_records("milestones", "truce")[0]["due"][:10], "2098-01-01")


if __name__ == "__main__":
    unittest.main(verbosity=2)
