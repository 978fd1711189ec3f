#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Clients of org.truced.Truced1 that show what is there without asking again, and those that misbehave: nobody else is to notice."""

import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.environ["SOURCE_ROOT"], "tests/lib"))
from truced_case import NAME, PATH, TrucedCase, utc, wait_for  # noqa: E402

from gi.repository import Gio, GLib  # noqa: E402

PROPERTIES = "org.freedesktop.DBus.Properties"
ALERTS = 100  # on the store, so that a list of them costs something

FEED = """<rss version="2.0"><channel><title>Wire</title><item><title>Leaders extend tariff truce until {until}</title>
<guid>1</guid><pubDate>{date}</pubDate></item></channel></rss>"""
FLOOD = f"""
import sys
from gi.repository import Gio, GLib
flags = Gio.DBusConnectionFlags
connection = Gio.DBusConnection.new_for_address_sync(sys.argv[1], flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)
message = Gio.DBusMessage.new_method_call("{NAME}", "{PATH}", "{NAME}", "ListAlerts")
message.set_body(GLib.Variant("(a{{sv}})", ({{}},)))
message.set_flags(Gio.DBusMessageFlags(int(sys.argv[2])))
for _ in range(int(sys.argv[3])):
    for _ in range(500):
        connection.send_message(message.copy(), Gio.DBusSendMessageFlags.NONE)
    connection.flush_sync(None)
    print("flooding", flush=True)
sys.stdin.read()
"""


class ClientCase(TrucedCase):
    def setUp(self):
        super().setUp()
        self.start_bus()

    def config_text(self, due):
        return f"""[truced]
timezone = UTC
alert-to = desktop
[milestone soon]
title = Soon
due = {due}
lead = 400d
[milestone later]
title = Later
due = 2090-01-01T00:00Z
lead = 400d
"""

    def connect(self):
        flags = Gio.DBusConnectionFlags
        connection = Gio.DBusConnection.new_for_address_sync(
            self.address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)
        connection.set_exit_on_close(False)
        return connection

    def properties(self):
        return self.connection.call_sync(NAME, PATH, PROPERTIES, "GetAll", GLib.Variant("(s)", (NAME,)), None, 0, 10000,
                                         None).unpack()[0]


class Panel(ClientCase):
    def watch_properties(self):
        """Like a panel: asks once, and then listens."""
        self.shown, self.told, self.repeated = {}, [], []

        def on_signal(_connection, _sender, _path, _interface, _signal, arguments):
            _interface, changed, _invalidated = arguments.unpack()
            self.repeated += [name for name, value in changed.items() if self.shown.get(name) == value]
            self.shown.update(changed)
            self.told.append(changed)

        self.connection.signal_subscribe(NAME, PROPERTIES, "PropertiesChanged", PATH, None, Gio.DBusSignalFlags.NONE, on_signal)
        self.has_owner()  # the bus has the match before it answers
        time.sleep(0.3)  # what has changed since the start has been told
        self.turn_loop()
        self.shown = self.properties()
        self.told.clear()
        self.repeated.clear()

    def turn_loop(self):
        while GLib.MainContext.default().iteration(False):
            pass

    def wait_shown(self, what, **values):
        def look():
            self.turn_loop()
            return all(self.shown[name] == value for name, value in values.items())

        wait_for(look, what)
        self.assertEqual(self.shown, self.properties(), "what was told is what there is")
        self.assertEqual(self.repeated, [], "only what has changed is told")

    def test_what_a_panel_shows(self):
        """Dates, alerts and feeds come and go: a panel that only listens shows them."""
        soon = utc(3600)
        self.start_truced(self.config_text(soon))
        self.watch_properties()
        self.assertEqual({name: self.shown[name] for name in ("NextDue", "NextMilestone", "NextTitle", "Failing", "NetworkDown", "ClockDoubted")},
                         {"NextDue": soon, "NextMilestone": "soon", "NextTitle": "Soon", "Failing": 0, "NetworkDown": False, "ClockDoubted": False})
        before = self.shown["Unacknowledged"]
        alert = self.call("TestAlert", "(s)", "")
        self.wait_shown("another alert", Unacknowledged=before + 1)
        self.call("Acknowledge", "(s)", alert)
        self.wait_shown("one less", Unacknowledged=before)
        self.call("Met", "(ss)", "soon", "")
        self.wait_shown("the other date", NextDue="2090-01-01T00:00:00Z", NextMilestone="later", NextTitle="Later")
        self.config.write_text(self.config_text(soon) + f"[feed gone]\npath = {self.folder}/nothing.xml\n")
        self.call("Reload")
        self.wait_shown("a feed that fails", Failing=1)
        self.call("Cancel", "(ss)", "later", "")
        self.wait_shown("nothing ahead", NextDue="", NextMilestone="", NextTitle="")

    def test_moves(self):
        """What the news says of a date waits for an answer, until there is one."""
        (self.folder / "wire.xml").write_text(FEED.format(until=time.strftime("%B %d, %Y", time.gmtime(time.time() + 86400 * 50)),
                                                              date=time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() - 600))))
        self.start_truced(self.config_text(utc(86400 * 20)).replace("title = Soon\n", "title = US-China tariff truce ends\nmatch = tariff truce\n"))
        self.watch_properties()
        self.assertEqual(self.shown["Moves"], 0)
        self.config.write_text(self.config.read_text() + f"[feed wire]\npath = {self.folder}/wire.xml\n")
        self.call("Reload")
        self.wait_shown("a move", Moves=1)
        move, = self.call("ListMoves", "(sb)", "", False)
        self.call("RejectMove", "(ss)", move["id"], "")
        self.wait_shown("answered", Moves=0)

    def test_a_date_passes(self):
        """No lead falls due then, and nothing is raised; and yet something else is next."""
        self.start_truced(self.config_text(utc(3)))
        self.watch_properties()
        self.assertEqual(self.shown["NextMilestone"], "soon")
        self.wait_shown("the next", NextMilestone="later")

    def test_many_changes_are_told_together(self):
        self.start_truced(self.config_text(utc(3600)))
        self.watch_properties()
        before = self.shown["Unacknowledged"]
        begin = time.monotonic()
        for _ in range(50):
            self.call("TestAlert", "(s)", "")
        self.wait_shown("all of them", Unacknowledged=before + 50)
        self.assertLessEqual(len(self.told), (time.monotonic() - begin) * 10 + 2, "ten times a second at most")
        told = len(self.told)
        self.call("Refresh", "(s)", "")  # says that something may have changed, and nothing has
        self.config.write_text(self.config.read_text())
        self.call("Reload")
        time.sleep(0.5)
        self.wait_shown("the same", Unacknowledged=before + 50)
        self.assertEqual(len(self.told), told)


class Hostile(ClientCase):
    def setUp(self):
        super().setUp()
        # The sanitizer is not to keep what was freed: memory is looked at.
        self.environment["ASAN_OPTIONS"] = self.environment.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=1"
        self.start_truced(self.config_text(utc(3600)))

    def raise_many(self):
        for _ in range(ALERTS):
            self.call("TestAlert", "(s)", "")

    def slowest(self, seconds=1.5):
        """How long truced takes at most to answer somebody who is patient, while others are not."""
        slowest, end = 0, time.monotonic() + seconds
        while time.monotonic() < end:
            begin = time.monotonic()
            self.call("Status")
            slowest = max(slowest, time.monotonic() - begin)
        return slowest

    def flood(self, flags, times):
        """A program that asks so many times, times 500, for a long list, and does not wait for it."""
        child = subprocess.Popen([sys.executable, "-c", FLOOD, self.address, str(int(flags)), str(times)], stdin=subprocess.PIPE,
                                 stdout=subprocess.PIPE)
        self.addCleanup(self.kill, child)
        child.stdout.readline()
        return child

    def kill(self, child):
        child.kill()
        child.wait()
        child.stdin.close()
        child.stdout.close()

    def memory(self):
        status = pathlib.Path(f"/proc/{self.daemon.pid}/status").read_text()
        return int(re.search(r"^VmRSS:\s+(\d+) kB", status, re.M)[1])

    def test_a_flood(self):
        """Another client is answered, by its turn, while one floods; what the flood had in flight goes with it."""
        self.raise_many()
        child = self.flood(Gio.DBusMessageFlags.NONE, 1000000)
        slowest = self.slowest()
        alert = self.call("TestAlert", "(s)", "")
        self.assertIn(alert, [record["id"] for record in self.call("ListPending")])
        self.kill(child)
        self.assertLess(slowest, 3)
        wait_for(lambda: self.slowest(0.1) < 1, "calm again")

    def test_a_flood_of_calls_without_replies(self):
        """No bus limits these. What it passes on truced throws away as it comes, and keeps nothing of it."""
        self.raise_many()
        before = self.memory()
        child = self.flood(Gio.DBusMessageFlags.NO_REPLY_EXPECTED, 40)
        self.slowest(0.5)  # the bus itself has them in a queue that others must wait in
        self.assertLess(self.memory() - before, 20000, "kB")
        self.kill(child)
        wait_for(lambda: self.slowest(0.1) < 1, "calm again")

    def test_too_many_at_once(self):
        """Of what one client sends without waiting, 64 are answered, and the rest refused by name; in order, and none is lost."""
        connection, answers = self.connect(), []

        def on_answer(source, result):
            try:
                source.call_finish(result)
                answers.append("")
            except GLib.Error as error:
                answers.append(Gio.dbus_error_get_remote_error(error))

        # While it cannot read, so that all are there when it can.
        self.daemon.send_signal(signal.SIGSTOP)
        for _ in range(200):
            connection.call(NAME, PATH, NAME, "ListAlerts", GLib.Variant("(a{sv})", ({},)), None, 0, 30000, None, on_answer)
        connection.flush_sync(None)
        self.daemon.send_signal(signal.SIGCONT)
        context = GLib.MainContext.default()
        wait_for(lambda: context.iteration(False) and False or len(answers) == 200, "all answers")
        self.assertEqual(set(answers), {"", "org.freedesktop.DBus.Error.LimitsExceeded"})
        self.assertGreaterEqual(answers.count(""), 64)
        self.call("Status")

    def test_a_client_that_dies_in_mid_call(self):
        """Neither its answer nor the question whose call it is finds anybody."""
        for method, signature, arguments in (("ListAlerts", "(a{sv})", ({},)), ("Acknowledge", "(s)", ("0" * 32,)),
                                             ("Shown", "(s)", ("0" * 32,)), ("Reload", "()", ())):
            self.daemon.send_signal(signal.SIGSTOP)
            connections = [self.connect() for _ in range(5)]
            for connection in connections:
                connection.call(NAME, PATH, NAME, method, GLib.Variant(signature, arguments), None, 0, -1, None, None)
                connection.flush_sync(None)
                connection.close_sync(None)
            self.daemon.send_signal(signal.SIGCONT)
            self.call("Status")
        self.assertIsNone(self.daemon.poll())

    def test_clients_that_come_and_go(self):
        """Subscriptions without end, and names that are hardly used."""
        before = self.memory()
        for _ in range(60):
            connection = self.connect()
            for _ in range(20):
                number = connection.signal_subscribe(NAME, NAME, None, PATH, None, Gio.DBusSignalFlags.NONE, lambda *_: None)
                connection.signal_unsubscribe(number)
            connection.call_sync(NAME, PATH, NAME, "Introduce", GLib.Variant("(s)", ("churn",)), None, 0, 10000, None)
            connection.close_sync(None)
        self.assertLess(self.slowest(0.2), 1)
        self.assertLess(self.memory() - before, 20000, "kB")

    def test_text_that_is_cut(self):
        """What callers send comes back in messages, cut: still as text."""
        for id in ("휴" * 42, "稀" * 30 + "x" * 20, "é" * 64):
            self.assert_refused("NotFound", "GetMilestone", "(s)", id)
            self.assert_refused("NotFound", "ListFeeds", "(s)", id)
            self.assert_refused("NotFound", "TestAlert", "(s)", id)
        for key in ("휴" * 42, "é" * 64, "x" * 100000):
            self.assertLess(len(self.assert_refused("Invalid", "ListAlerts", "(a{sv})", {key: GLib.Variant("s", "")})), 200)
        for id in ("", "x" * 129, "two words"):
            self.assert_refused("Invalid", "ListAlerts", "(a{sv})", {"milestone": GLib.Variant("s", id)})


@unittest.skipUnless(os.getuid() == 0, "only root can be several users")
class Users(ClientCase):
    """Each user of a machine has a place of his own in what is shown, under the policy of the system bus."""

    def setUp(self):
        TrucedCase.setUp(self)
        self.folder.chmod(0o755)
        policy = pathlib.Path(os.environ["SOURCE_ROOT"], "systemd/org.truced.Truced1.conf").read_text()
        rules = re.search(r"<policy context=\"default\">.*?</policy>", policy, re.S)[0]
        self.start_bus(f"""<policy context="default"><allow user="*"/><deny send_destination="{NAME}"/></policy>{rules}
<policy user="root"><allow send_destination="{NAME}"/></policy>""")

    def call_as(self, user, method, *arguments):
        result = subprocess.run(["busctl", f"--address={self.address}", "--json=short", "call", NAME, PATH, NAME, method, *arguments],
                                user=user, group="nogroup", extra_groups=[], env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, timeout=20)
        return json.loads(result.stdout)["data"] if result.returncode == 0 and result.stdout.strip() else result.stderr

    def pending(self, user):
        return [record["id"]["data"] for record in self.call_as(user, "ListPending")[0]]

    def test_each_user_is_shown_it(self):
        self.start_truced(self.config_text(utc(3600)))
        waiting = [record["id"] for record in self.call("ListPending")]
        self.assertGreaterEqual(len(waiting), 1)
        self.assertEqual(self.pending("daemon"), waiting)
        for id in waiting:
            self.assertEqual(self.call_as("daemon", "Shown", "s", id), "", "anybody may say what he was shown")
        self.assertEqual(self.pending("daemon"), [])
        self.assertEqual(self.pending("nobody"), waiting)
        self.assertEqual([record["id"] for record in self.call("ListPending")], waiting)
        self.assertIn("denied", self.call_as("daemon", "Acknowledge", "s", waiting[0]))
        self.call("Acknowledge", "(s)", waiting[0])
        self.assertEqual(self.pending("nobody"), waiting[1:], "an answer is for all")
        self.stop_truced()
        self.start_truced()
        self.assertEqual((self.pending("daemon"), self.pending("nobody")), ([], waiting[1:]))


if __name__ == "__main__":
    unittest.main(verbosity=2)
