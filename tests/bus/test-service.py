#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""org.truced.Truced1 of the real truced on a real bus: every method, what it refuses, both signals, and the loss of the bus."""

import getpass
import os
import pathlib
import re
import signal
import socket
import sys
import time
import unittest
import xml.etree.ElementTree

sys.path.insert(0, os.path.join(os.environ["SOURCE_ROOT"], "tests/lib"))
from truced_case import NAME, PATH, TrucedCase, utc, wait_for  # noqa: E402

from gi.repository import Gio, GLib  # noqa: E402

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Trade wire</title>
<item><title>Rare earth licences resume</title><link>https://example.org/1</link><guid>1</guid>
<pubDate>{date}</pubDate></item></channel></rss>
"""


def rss_date():
    return time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() - 600))


class ServiceCase(TrucedCase):
    def config_text(self):
        return f"""[truced]
timezone = UTC
lead = 7d 1d 0
alert-to = desktop

[milestone truce]
title = US-China tariff truce ends
starts = {utc(-86400 * 80)}
due = {utc(86400 * 10)}

[milestone divestiture]
title = ByteDance must sell
due = 2031-06-19
revised = 2025-06-19: 2031-09-17: 90 days more

[watch rare-earths]
title = Rare earths
match = "rare earth"

[feed wire]
path = {self.folder}/wire.xml
tier = official
tags = trade
"""

    def setUp(self):
        super().setUp()
        self.start_bus()
        (self.folder / "wire.xml").write_text(FEED.format(date=rss_date()))

    def start_and_poll(self, config):
        self.start_truced(config)
        wait_for(lambda: self.call("ListFeeds", "(s)", "wire")[0].get("last_200"), "the first poll")


class Reading(ServiceCase):
    def setUp(self):
        super().setUp()
        self.start_and_poll(self.config_text())

    def test_interface(self):
        """What is introspected is what the XML in the tree says."""

        def members(text):
            interface = next(node for node in xml.etree.ElementTree.fromstring(text).iter("interface")
                             if node.get("name") == NAME)
            return sorted((member.tag, member.get("name"), argument.get("name"), argument.get("type"),
                           argument.get("direction", "")) for member in interface for argument in member)

        reply = self.connection.call_sync(NAME, PATH, "org.freedesktop.DBus.Introspectable", "Introspect", None, None,
                                          0, -1, None)
        stated = pathlib.Path(os.environ["SOURCE_ROOT"], "daemon/bus/org.truced.Truced1.xml").read_text()
        self.assertEqual(members(reply.unpack()[0]), members(stated))
        version = self.connection.call_sync(NAME, PATH, "org.freedesktop.DBus.Properties", "Get",
                                            GLib.Variant("(ss)", (NAME, "Version")), None, 0, -1, None)
        self.assertRegex(version.unpack()[0], r"^\d+\.\d+\.\d+$")

    def test_status(self):
        status = self.call("Status")
        self.assertEqual(status["milestones"], 2)
        self.assertEqual(status["feeds"], 1)
        self.assertEqual(status["next"]["milestone"], "truce")
        self.assertLess(status["next"]["seconds_left"], 86400 * 10)
        self.assertIn("2 milestones", status["status_line"])

    def test_milestones(self):
        records = self.call("ListMilestones")
        self.assertEqual([record["id"] for record in records], ["truce", "divestiture"], "soonest first")
        self.assertEqual(records[0]["state"], "ahead")
        self.assertEqual(records[0]["leads"], ["7d", "1d", "0"])
        self.assertLess(records[0]["began"], utc())
        one = self.call("GetMilestone", "(s)", "divestiture")
        self.assertEqual(one["history"], "extended once, +90 days")
        self.assertEqual([revision.get("delta_days", 0) for revision in one["revisions"]], [0, 90])
        self.assertIn("nowhere", self.assert_refused("NotFound", "GetMilestone", "(s)", "nowhere"))
        for id in ("", "a b", "a\n", "x" * 1000):
            self.assert_refused("Invalid", "GetMilestone", "(s)", id)

    def test_feeds(self):
        self.assertEqual([record["id"] for record in self.call("ListFeeds", "(s)", "")], ["wire"])
        record = self.call("ListFeeds", "(s)", "wire")[0]
        self.assertEqual((record["tier"], record["tags"]), ("official", ["trade"]))
        self.assert_refused("NotFound", "ListFeeds", "(s)", "wires")
        self.assert_refused("Invalid", "ListFeeds", "(s)", "w ire")

    def test_news(self):
        def news():
            return self.call("ListAlerts", "(a{sv})", {"kind": GLib.Variant("s", "news")})

        alert = wait_for(news, "the headline")[0]
        self.assertEqual(alert["items"][0]["title"], "Rare earth licences resume")
        self.assertEqual(alert["items"][0]["feed"], "wire")
        self.assertEqual(alert["watch"], "rare-earths")
        why = self.call("Why", "(s)", alert["id"][:8])
        self.assertEqual(why["alert"]["id"], alert["id"])
        self.assertEqual([word.lower() for word in why["matched"]], ["rare earth"])
        self.assert_refused("NotFound", "Why", "(s)", "0000")
        self.assert_refused("Invalid", "Why", "(s)", "why")

    def test_ambiguous(self):
        """A beginning that fits several alerts is refused. Ids come from the items, so the same ones collide each time."""
        items = "".join(f"<item><title>Rare earth licence {number}</title><guid>{number}</guid>"
                        f"<pubDate>{rss_date()}</pubDate></item>" for number in range(450))
        (self.folder / "many.xml").write_text(f"<rss version='2.0'><channel>{items}</channel></rss>")
        self.config.write_text(self.config_text() + f"\n[feed many]\npath = {self.folder}/many.xml\n")
        self.call("Reload")
        wait_for(lambda: self.call("ListFeeds", "(s)", "many")[0].get("last_200"), "the poll of the many")
        beginnings = [record["id"][:4] for record in self.call("ListAlerts", "(a{sv})", {})]
        self.assertGreater(len(beginnings), 450)
        shared = next(beginning for beginning in beginnings if beginnings.count(beginning) > 1)
        for method, signature, arguments in (("Why", "(s)", ()), ("Acknowledge", "(s)", ()), ("Snooze", "(sx)", (60,))):
            self.assertIn(shared, self.assert_refused("Ambiguous", method, signature, shared, *arguments))

    def test_alerts(self):
        for _ in range(3):
            self.call("TestAlert", "(s)", "")
        before = utc(-60)

        def alerts(**filter):
            return self.call("ListAlerts", "(a{sv})", filter)

        self.assertEqual(len(alerts(kind=GLib.Variant("s", "test"))), 3)
        self.assertEqual(len(alerts(kind=GLib.Variant("s", "test"), limit=GLib.Variant("x", 2))), 2)
        self.assertEqual(len(alerts(kind=GLib.Variant("s", "test"), since=GLib.Variant("s", before))), 3)
        self.assertEqual(alerts(since=GLib.Variant("s", utc(3600))), [])
        self.assertEqual(alerts(milestone=GLib.Variant("s", "divestiture"), kind=GLib.Variant("s", "due")), [])
        for filter in ({"since": GLib.Variant("s", "yesterday")}, {"since": GLib.Variant("x", 1)},
                       {"kind": GLib.Variant("s", "gossip")}, {"limit": GLib.Variant("x", -1)},
                       {"limit": GLib.Variant("i", 1)}, {"unacknowledged": GLib.Variant("s", "yes")},
                       {"colour": GLib.Variant("s", "red")}):
            message = self.assert_refused("Invalid", "ListAlerts", "(a{sv})", filter)
            self.assertTrue(message.startswith(next(iter(filter))), message)

    def test_what_is_no_call(self):
        """Calls that the interface does not have are refused, and truced goes on."""
        for method, signature, arguments, error in (
                ("Explode", "()", (), "org.freedesktop.DBus.Error.UnknownMethod"),
                ("Why", "(x)", (1,), "org.freedesktop.DBus.Error.InvalidArgs"),
                ("Snooze", "(s)", ("abcd",), "org.freedesktop.DBus.Error.InvalidArgs")):
            with self.assertRaises(GLib.Error) as caught:
                self.call(method, signature, *arguments)
            self.assertEqual(Gio.dbus_error_get_remote_error(caught.exception), error)
        self.assert_refused("Invalid", "Why", "(s)", "a" * (1 << 20))
        self.assertEqual(self.call("Status")["milestones"], 2)


class Changing(ServiceCase):
    def setUp(self):
        super().setUp()
        self.start_and_poll(self.config_text())

    def alert(self, id):
        return next(record for record in self.call("ListAlerts", "(a{sv})", {}) if record["id"] == id)

    def test_signals(self):
        raised, changed = self.watch("AlertRaised"), self.watch("Changed")
        id = self.call("TestAlert", "(s)", "")
        self.assertRegex(id, "^[0-9a-f]{32}$")
        record = self.wait_for_signal(raised, lambda value: value["id"] == id, "AlertRaised")
        self.wait_for_signal(changed, lambda what: what == "alerts", "Changed")
        self.assertEqual(record["kind"], "test")
        self.assertEqual(record, self.alert(id))
        self.assertEqual(len([value for value in raised if value["id"] == id]), 1)

    def test_acknowledge(self):
        id = self.call("TestAlert", "(s)", "")
        self.call("Acknowledge", "(s)", id[:12])
        record = self.alert(id)
        self.assertEqual(record["acknowledged_by"], getpass.getuser())
        self.assertLessEqual(record["acknowledged"], utc(1))
        unacknowledged = self.call("ListAlerts", "(a{sv})", {"unacknowledged": GLib.Variant("b", True)})
        self.assertNotIn(id, [other["id"] for other in unacknowledged])
        self.assert_refused("NotFound", "Acknowledge", "(s)", "0000")
        self.assert_refused("Invalid", "Acknowledge", "(s)", "")
        self.assert_refused("Invalid", "Acknowledge", "(s)", id[:2])

    def test_snooze(self):
        id = self.call("TestAlert", "(s)", "")
        self.call("Introduce", "(s)", "my-panel")
        snoozed = self.call("Snooze", "(sx)", id, 3600)
        self.assertEqual((snoozed["id"], snoozed["snoozed_by"], snoozed["via"]), (id, getpass.getuser(), "my-panel"))
        for name in ("", "x" * 33, "a b", "\x1b[1m"):
            self.assert_refused("Invalid", "Introduce", "(s)", name)
        self.assertLess(utc(3500), self.alert(id)["snoozed"])
        for seconds in (0, -1, 367 * 86400, 2**63 - 1, -2**63):
            self.assert_refused("Invalid", "Snooze", "(sx)", id, seconds)
        self.assert_refused("NotFound", "Snooze", "(sx)", "0000", 60)

    def test_amendments(self):
        """What is said of a milestone: previewed, said, told by a signal, listed with its origin, kept, and taken back."""
        raised = self.watch("AlertRaised")
        new = utc(86400 * 30)
        preview = self.call("PreviewDue", "(ss)", "truce", new)
        self.assertEqual([(change["milestone"], change["due"], change["delta_days"]) for change in preview], [("truce", new, 20)])
        self.assertEqual(self.call("ListAmendments", "(s)", ""), [])
        self.assertEqual(self.call("SetDue", "(sss)", "truce", new, "agreed"), preview)
        alert = self.wait_for_signal(raised, lambda value: value["kind"] == "changed", "AlertRaised")
        self.assertEqual((alert["by"], alert["why"], alert["due"]), (getpass.getuser(), "agreed", new))
        self.assertEqual(self.call("Silence", "(ss)", "divestiture", utc(3600))["kind"], "silenced")
        self.assertEqual(self.call("Met", "(ss)", "truce", "")["kind"], "met")
        self.assertEqual([said["kind"] for said in self.call("ListUndoable", "(s)", "")], ["met", "silenced", "due"])
        self.stop_truced()
        self.start_truced()
        record = self.call("GetMilestone", "(s)", "truce")
        self.assertEqual((record["state"], record["due"]), ("met", new))
        self.assertEqual([(entry["kind"], entry["by"]) for entry in record["amendments"]],
                         [("due", getpass.getuser()), ("met", getpass.getuser())])
        self.assertEqual(self.call("Undo", "(s)", "")["kind"], "met")
        self.assertEqual(self.call("Undo", "(s)", "truce")["statement"], new)
        self.assert_refused("NotFound", "Undo", "(s)", "truce")
        self.call("Cancel", "(ss)", "truce", "it is off")
        self.assertEqual(self.call("GetMilestone", "(s)", "truce")["why"], "it is off")
        self.assertEqual(len(self.call("ListAmendments", "(s)", "")), 4)

    def test_amendments_refused(self):
        for error, method, signature, *arguments in (
                ("NotFound", "SetDue", "(sss)", "truse", "2031-01-01", "x"), ("NotFound", "PreviewDue", "(ss)", "truse", "2031"),
                ("Invalid", "SetDue", "(sss)", "", "2031-01-01", "x"), ("Invalid", "SetDue", "(sss)", "truce", "2031-01-01", ""),
                ("Invalid", "SetDue", "(sss)", "truce", "soonish", "x"), ("Invalid", "SetDue", "(sss)", "truce", "1999-01-01", "x"),
                ("Invalid", "SetDue", "(sss)", "truce", "2031-01-01", "x" * 2000),
                ("Invalid", "SetDue", "(sss)", "truce", "2" * (1 << 16), "x"),
                ("NotFound", "Met", "(ss)", "truse", ""), ("Invalid", "Cancel", "(ss)", "truce", "x" * 2000),
                ("Invalid", "Silence", "(ss)", "truce", "tomorrow"), ("Invalid", "Silence", "(ss)", "truce", utc(-60)),
                ("NotFound", "Silence", "(ss)", "truse", utc(60)), ("NotFound", "Undo", "(s)", "")):
            self.assert_refused(error, method, signature, *arguments)
        self.assertEqual(self.call("ListAmendments", "(s)", ""), [])

    def test_refresh(self):
        self.assertEqual(self.call("Refresh", "(s)", "wire"), 0, "not twice a minute")
        self.assertEqual(self.call("Refresh", "(s)", ""), 0)
        self.assert_refused("NotFound", "Refresh", "(s)", "other")
        self.assert_refused("Invalid", "Refresh", "(s)", "\u202e")

    def test_poll(self):
        """A feed that a reload brings is polled at once, and the change is told."""
        changed = self.watch("Changed")
        (self.folder / "other.xml").write_text(FEED.format(date=rss_date()))
        self.config.write_text(self.config_text() + f"\n[feed other]\npath = {self.folder}/other.xml\n")
        self.call("Reload")
        wait_for(lambda: self.call("ListFeeds", "(s)", "other")[0].get("last_200"), "the poll of the new feed")
        self.wait_for_signal(changed, lambda what: what == "feeds", "Changed")

    def test_reload(self):
        changed = self.watch("Changed")
        self.config.write_text(self.config_text() + "\n[milestone summit]\ntitle = Summit\ndue = 2031-04-01\n")
        self.assertIsInstance(self.call("Reload"), str)
        self.wait_for_signal(changed, lambda what: what == "config", "Changed")
        self.assertEqual(len(self.call("ListMilestones")), 3)
        self.config.write_text(self.config_text() + "\n[milestone summit]\ntitle = Summit\ndue = soon\n")
        findings = self.assert_refused("Config", "Reload")
        self.assertRegex(findings, rf"{re.escape(str(self.config))}:\d+: \[milestone summit\]\.due: soon: ")
        self.assertEqual(len(self.call("ListMilestones")), 3, "the running configuration stays")

    def test_test_alert(self):
        self.call("TestAlert", "(s)", "desktop")
        self.assertIn("pager", self.assert_refused("NotFound", "TestAlert", "(s)", "pager"))

    def test_desktop(self):
        first, second = self.call("TestAlert", "(s)", ""), self.call("TestAlert", "(s)", "")

        def pending():
            return [record["id"] for record in self.call("ListPending") if record["kind"] == "test"]

        self.assertEqual(pending(), [first, second], "oldest first")
        self.call("Shown", "(s)", first)
        self.assertEqual(pending(), [second])
        self.call("Acknowledge", "(s)", second)
        self.assertEqual(pending(), [], "what is acknowledged need not be shown")
        self.assert_refused("NotFound", "Shown", "(s)", "0" * 32)
        deliveries = self.call("Why", "(s)", first)["deliveries"]
        self.assertEqual([(delivery["sink"], delivery["delivered"]) for delivery in deliveries], [("desktop", True)])

    def test_shown_without_desktop(self):
        self.stop_truced()
        self.start_and_poll(self.config_text().replace("alert-to = desktop", "alert-to = stdout"))
        id = self.call("TestAlert", "(s)", "")
        self.assertEqual(self.call("ListPending"), [])
        self.assert_refused("NotFound", "Shown", "(s)", id)


class Bus(ServiceCase):
    def test_restart(self):
        """The bus goes and comes back: truced is there again, and has said each once."""
        daemon = self.start_truced(self.config_text().split("[feed ")[0])
        self.stop_bus()
        wait_for(lambda: "cannot be reached" in self.log_text(), "word of the loss")
        self.start_bus()
        wait_for(self.has_owner, "truced on the new bus")
        self.assertIsNone(daemon.poll())
        self.assertEqual(self.call("Status")["milestones"], 2)
        raised = self.watch("AlertRaised")
        id = self.call("TestAlert", "(s)", "")
        self.wait_for_signal(raised, lambda value: value["id"] == id, "AlertRaised on the new bus")
        self.assertEqual(self.log_text().count("cannot be reached"), 1)

    def test_bus_comes_later(self):
        self.stop_bus()
        self.socket.unlink(missing_ok=True)
        self.start_truced(self.config_text().split("[feed ")[0], wait=False)
        wait_for(lambda: "cannot be reached" in self.log_text(), "word of the missing bus")
        time.sleep(3)  # it has tried in vain, more than once
        self.start_bus()
        wait_for(self.has_owner, "truced on the bus that came")
        self.assertEqual(self.log_text().count("cannot be reached"), 1)

    def test_silent_bus(self):
        """A bus that accepts and never greets holds nothing up, not even the end."""
        path = self.folder / "silent"
        with socket.socket(socket.AF_UNIX) as silent:
            silent.bind(str(path))
            silent.listen()
            self.start_truced(self.config_text().split("[feed ")[0], bus=f"unix:path={path}", wait=False)
            silent.settimeout(20)
            connection = silent.accept()[0]
            begin = time.monotonic()
            self.stop_truced()
            self.assertLess(time.monotonic() - begin, 10)
            connection.close()

    def test_stuck_bus(self):
        """A bus that stops in the middle does not hold up the end."""
        self.start_truced(self.config_text().split("[feed ")[0])
        self.bus.send_signal(signal.SIGSTOP)
        self.addCleanup(self.bus.send_signal, signal.SIGCONT)
        begin = time.monotonic()
        self.stop_truced()
        self.assertLess(time.monotonic() - begin, 10)

    def test_name_taken(self):
        """A second truced on the same bus says that it cannot be reached, and waits for the name."""
        self.connection.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                                  GLib.Variant("(su)", (NAME, 0)), None, 0, -1, None)
        self.start_truced(self.config_text().split("[feed ")[0], wait=False)
        wait_for(lambda: "another program has its name" in self.log_text(), "word of the taken name")
        self.connection.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "ReleaseName",
                                  GLib.Variant("(s)", (NAME,)), None, 0, -1, None)
        wait_for(self.has_owner, "truced under the name that became free")
        self.assertEqual(self.call("Status")["milestones"], 2)


if __name__ == "__main__":
    unittest.main(verbosity=2)
