# SPDX-License-Identifier: MIT
"""Runs inside the box, as root: the packages from their installation to their purge, as an administrator goes through it."""

import glob
import os
import pathlib
import pwd
import sqlite3
import subprocess
import time
import unittest

from inside import run, show, systemctl, journal, wait_for

PACKAGES = sorted(glob.glob("/mnt/*.deb"))
CONFIG = pathlib.Path("/etc/truced/truced.conf")
STORE = pathlib.Path("/var/lib/truced/truced.db")
OLD_STORE = pathlib.Path(__file__).parent.parent / "io/store-version-1.sql"


def utc(offset):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + offset))


def config(*milestones):
    return "[truced]\ntimezone = UTC\nalert-to = journal\nlead = 0\n" + "".join(
        f"[milestone {name}]\ntitle = {name}\ndue = {due}\n" for name, due in milestones)


def told(name):
    return journal(f"TRUCED_MILESTONE={name}", "TRUCED_KIND=due")


class Package(unittest.TestCase):
    """In this order."""

    def test_1_install(self):
        pathlib.Path("/usr/sbin/policy-rc.d").unlink(missing_ok=True)  # with which container images forbid what follows
        run("dpkg", "-i", *PACKAGES)
        self.assertEqual(pwd.getpwnam("truced").pw_dir, "/var/lib/truced")
        self.assertEqual(systemctl("is-enabled", "truced", check=False), "disabled")
        self.assertEqual(systemctl("is-active", "truced", check=False), "inactive")  # the example polls what nobody has asked for
        for unit in ("truced.service", "truced-desktop.service"):
            self.assertTrue(os.path.exists(f"/usr/lib/systemd/user/{unit}"), unit)
        run("truced", "--check")
        self.assertIn("/etc/truced/truced.conf", run("dpkg-query", "-W", "-f", "${Conffiles}", "truced").stdout)
        exposure = run("systemd-analyze", "security", "--no-pager", "truced.service").stdout
        self.assertRegex(exposure, r"exposure level for truced.service: [01]\.\d")

    def test_2_start_and_alert(self):
        CONFIG.write_text(config(("soon", utc(4)), ("later", "2099-01-01")))
        systemctl("enable", "--now", "truced")
        self.assertEqual(show("ActiveState"), "active")
        wait_for(lambda: told("soon"), "the alert in the journal")
        entry = told("soon")[0]
        self.assertEqual((entry["SYSLOG_IDENTIFIER"], entry["TRUCED_KIND"]), ("truced", "due"))
        self.assertIn("MESSAGE_ID", entry)
        explained = run("journalctl", "-x", "--no-pager", "TRUCED_MILESTONE=soon").stdout
        self.assertIn("trucectl", explained)

    def test_3_killed(self):
        before = show("MainPID")
        os.kill(int(before), 9)
        wait_for(lambda: show("ActiveState") == "active" and show("MainPID") not in ("0", before), "truced to be started again")
        CONFIG.write_text(config(("soon", utc(-60)), ("next", utc(3)), ("later", "2099-01-01")))
        systemctl("reload", "truced")
        wait_for(lambda: told("next"), "the next alert")
        self.assertEqual(len(told("soon")), 1)  # once

    def test_4_upgrade(self):
        systemctl("stop", "truced")
        for name in STORE.parent.glob("truced.db*"):
            name.unlink()
        with sqlite3.connect(STORE) as store:
            store.executescript(OLD_STORE.read_text())
        os.chown(STORE, pwd.getpwnam("truced").pw_uid, pwd.getpwnam("truced").pw_gid)
        systemctl("start", "truced")
        with sqlite3.connect(STORE) as store:
            version = store.execute("PRAGMA user_version").fetchone()[0]
        self.assertGreater(version, 1)
        self.assertTrue([name for name in os.listdir(STORE.parent) if name not in ("truced.db", "truced.db-wal", "truced.db-shm")],
                        "no backup of the old store is kept")
        before = show("MainPID")
        alerts = run("trucectl", "alerts", "--json", "--since", "2000-01-01").stdout
        self.assertTrue(alerts)
        run("dpkg", "-i", *PACKAGES)  # over itself
        self.assertNotEqual(show("MainPID"), before)  # the new one runs
        self.assertEqual(show("ActiveState"), "active")
        self.assertEqual(run("trucectl", "alerts", "--json", "--since", "2000-01-01").stdout, alerts)
        self.assertIn("[milestone next]", CONFIG.read_text())  # the administrator's own

    def test_5_remove_and_purge(self):
        run("dpkg", "-r", "truced-desktop", "truced")
        self.assertEqual(systemctl("is-active", "truced", check=False), "inactive")
        self.assertTrue(CONFIG.exists() and STORE.exists())
        run("dpkg", "-P", "truced-desktop", "truced")
        self.assertFalse(CONFIG.exists() or STORE.exists())


if __name__ == "__main__":
    unittest.main(verbosity=2, failfast=True)
