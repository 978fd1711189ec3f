#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""trucectl doctor: what is there and what is not is told apart, with something to do about it, and nothing is started by asking."""

import os
import socket
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.environ["SOURCE_ROOT"], "tests/lib"))
from truced_case import TrucedCase, utc, wait_for  # noqa: E402


class Doctor(TrucedCase):
    def setUp(self):
        super().setUp()
        self.syslog = self.folder / "log-socket"
        self.feed = self.folder / "feed.xml"

    def write(self, more=""):
        self.config.write_text(f"""[truced]
timezone = UTC
alert-to = log desktop
[sink log]
kind = syslog
path = {self.syslog}
[milestone truce]
title = Truce ends
due = {utc(86400 * 40)}
match = truce
[feed wire]
path = {self.feed}
{more}""")

    def verdicts(self, status):
        """By check; the worst of each."""
        records = self.ctl_records("doctor", "--config", self.config, status=status)
        for record in records:
            self.assertEqual("advice" in record, record["verdict"] != "good", record)
        order = ["good", "unknown", "bad"]
        found = {}
        for record in records:
            worst = max(order.index(record["verdict"]), order.index(found.get(record["check"], "good")))
            found[record["check"]] = order[worst]
        return found

    def mock(self, *arguments):
        process = subprocess.Popen(["/usr/bin/python3", "-m", "dbusmock", "--session", *arguments], env=self.environment,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(self.end, process)

    def test_nothing_is_there(self):
        self.config.write_text("[milestone x]\ntitle = X\ndue = some day\n")
        found = self.verdicts(1)
        self.assertEqual(found["config"], "bad")
        self.assertEqual(found["truced"], "bad")
        self.assertEqual(found["clock"], "unknown")
        self.config.unlink()
        self.assertEqual(self.verdicts(1)["config"], "bad")

    def test_all_is_well(self):
        self.write()
        self.feed.write_text('<rss version="2.0"><channel><title>Wire</title></channel></rss>')
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        listener.bind(str(self.syslog))
        self.start_bus()
        self.mock("--template", "notification_daemon")
        self.start_truced()
        wait_for(lambda: self.ctl_records("feeds")[0].get("last_200"), "the first poll")
        names = lambda: self.connection.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "ListNames",
                                                  None, None, 0, -1, None).unpack()[0]
        wait_for(lambda: "org.freedesktop.Notifications" in names(), "the notification server")
        found = self.verdicts(0)
        with listener:
            self.assertEqual({check: found[check] for check in ("config", "truced", "problems", "feeds", "log", "desktop")},
                             dict.fromkeys(("config", "truced", "problems", "feeds", "log", "desktop"), "good"))
        self.assertNotIn("org.truced.Desktop1", names())
        self.assertIn(f"config: {self.config}: no findings", " ".join(self.ctl("doctor").stdout.replace("\n    ", "").split()), "that of the running truced")
        text = self.ctl("doctor", "--config", self.config).stdout
        self.assertIn("trucectl test-alert", text)
        self.assertLessEqual(max(map(len, text.splitlines())), 80)

    def test_what_is_wrong_is_said(self):
        self.write("[feed dead]\npath = /nowhere/feed.xml\n")
        self.start_bus()
        self.start_truced()
        wait_for(lambda: self.ctl_records("status")[0]["failing"] == 2, "the first polls")
        found = self.verdicts(1)
        self.assertEqual((found["feeds"], found["log"], found["desktop"]), ("bad", "bad", "bad"))
        text = self.ctl("doctor", "--config", self.config, status=1).stdout
        self.assertIn("trucectl feeds", text)
        self.ctl("test-alert", "--sink", "log", status=1)
        self.assertIn("Sinks that fail", self.ctl("status").stdout)
        self.assertEqual([sink["sink"] for sink in self.ctl_records("status")[0]["sinks_failing"]], ["log"])
        text = self.ctl("doctor", "--config", self.config, status=1).stdout
        self.assertIn("the sink fails since", text)
        self.assertIn("no notification server answers", text)

    def test_hosts(self):
        """Connected to, and told nothing; a secret address is read as truced would, and not said."""
        with socket.create_server(("127.0.0.1", 0)) as open_one, socket.create_server(("127.0.0.1", 0)) as closed:
            port, gone = open_one.getsockname()[1], closed.getsockname()[1]
            closed.close()
            secret = self.folder / "secret"
            secret.write_text(f"http://127.0.0.1:{port}/services/T0/B0/s3cr3t")
            secret.chmod(0o600)
            sinks = {"open": f"kind = webhook\nurl = http://127.0.0.1:{port}/x", "hidden": f"kind = webhook\nformat = slack\nurl = file:{secret}",
                     "gone": f"kind = webhook\nurl = http://127.0.0.1:{gone}/x", "unread": f"kind = webhook\nurl = file:{self.folder}/none",
                     "nowhere": "kind = webhook\nurl = http://nowhere.invalid/x",
                     "post": f"kind = mail\nserver = localhost:{port}\ntls = no\nfrom = a@example.org\nto = a@example.org"}
            self.config.write_text("[truced]\nalert-to = stdout " + " ".join(sinks) + "\n[milestone m]\ndue = 2036-01-01\n" +
                                   "".join(f"[sink {name}]\n{lines}\n" for name, lines in sinks.items()))
            self.start_bus()
            found = self.verdicts(1)
            self.assertEqual({name: found[name] for name in sinks},
                             {"open": "good", "hidden": "good", "gone": "bad", "unread": "unknown", "nowhere": "bad", "post": "good"})
            text = self.ctl("doctor", "--config", self.config, status=1).stdout
            self.assertNotIn("s3cr3t", text)
            self.assertIn(f"gone: 127.0.0.1, port {gone}: ", " ".join(text.split()))
            open_one.settimeout(5)
            for _ in range(6):
                connection, _ = open_one.accept()
                with connection:
                    connection.settimeout(5)
                    self.assertEqual(connection.recv(10), b"")

    def test_files(self):
        """That a file can be put in its place, without trying it."""
        (self.folder / "shut").mkdir()
        (self.folder / "taken.prom").mkdir()
        paths = {"good": "a.ics", "missing": "none/a.ics", "taken": "taken.prom", "within": "truced.conf/a.ics", "shut": "shut/a.prom"}
        self.config.write_text("[truced]\nalert-to = stdout\n[milestone m]\ndue = 2036-01-01\n" +
                               "".join(f"[sink {name}]\nkind = {'ics' if path.endswith('ics') else 'prometheus'}\npath = {self.folder}/{path}\n"
                                       for name, path in paths.items()))
        self.start_bus()
        (self.folder / "shut").chmod(0o500)
        before = sorted(self.folder.iterdir())
        found = self.verdicts(1)
        self.assertEqual(sorted(self.folder.iterdir()), before)
        shut = "good" if os.geteuid() == 0 else "bad"  # nothing is shut to root
        self.assertEqual({name: found[name] for name in paths}, {"good": "good", "missing": "bad", "taken": "bad", "within": "bad", "shut": shut})


if __name__ == "__main__":
    unittest.main(verbosity=2)
