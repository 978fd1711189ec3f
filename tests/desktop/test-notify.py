#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
"""truced-desktop against a stand-in truced and a stand-in notification server, whose calls are read back."""

import re
import signal
import subprocess
import unittest

import dbus

from desktop_case import Bus, DesktopCase, MOCK, PROGRAM, alert, wait_for

SERVER = "org.freedesktop.Notifications"
CALL = "org.freedesktop.DBus.Mock"


class NotifyCase(DesktopCase):
    def setUp(self):
        super().setUp()
        self.start_truced()

    def start_server(self, capabilities="body body-markup actions"):
        self.server_process = self.start_mock("notification_daemon", SERVER)
        self.server = self.bus.connection.get_object(SERVER, "/org/freedesktop/Notifications")
        self.server.AddMethod(SERVER, "GetCapabilities", "", "as", f"ret = {capabilities.split()!r}", dbus_interface=CALL)

    def calls(self, method="Notify"):
        return [arguments for _, name, arguments in self.server.GetCalls(dbus_interface=CALL) if name == method]

    def wait_notified(self, count):
        return wait_for(lambda: len(self.calls()) >= count and self.calls(), f"{count} notifications")

    def invoke(self, id, action):
        self.server.EmitSignal(SERVER, "ActionInvoked", "us", [dbus.UInt32(id), action], dbus_interface=CALL)
        self.server.EmitSignal(SERVER, "NotificationClosed", "uu", [dbus.UInt32(id), dbus.UInt32(2)], dbus_interface=CALL)

    def log_text(self):
        return self.log.read_text()


class Popups(NotifyCase):
    def test_what_the_server_is_told(self):
        self.start_server()
        self.start_desktop("--bus", "session")
        self.raise_alert(alert("a", kind="lead", urgency="low", title="Truce <ends> & in 30 days", body="Tue & <b>Wed</b>",
                               milestone="truce", url="https://example.org/truce"))
        self.wait_shown()
        (app, replaces, icon, summary, body, actions, hints, timeout), = self.calls()
        self.assertEqual((app, replaces, icon), ("truced", 0, "truced"))
        self.assertEqual(summary, "Truce <ends> & in 30 days", "summaries are plain")
        self.assertEqual(body, "Tue &amp; &lt;b&gt;Wed&lt;/b&gt;", "bodies are escaped for a server that reads markup")
        self.assertEqual(hints["urgency"], 0)
        self.assertEqual(hints["category"], "x-truced.deadline")
        self.assertEqual(hints["desktop-entry"], "truced")
        self.assertEqual(timeout, -1)
        buttons = dict(zip(actions[::2], actions[1::2]))
        self.assertEqual(buttons, {"default": "Open", "open": "Open", "acknowledge": "Acknowledge", "snooze": "Snooze 1 day"})

    def test_urgencies_and_categories(self):
        self.start_server()
        self.start_desktop("--bus", "session")
        cases = [("due", "critical", 2, "x-truced.deadline"), ("window-open", "normal", 1, "x-truced.deadline"),
                 ("passed", "low", 0, "x-truced.deadline"), ("news", "normal", 1, "x-truced.news"),
                 ("move", "critical", 2, "x-truced.move"),
                 ("changed", "critical", 2, "x-truced.changed"), ("feed", "normal", 1, "x-truced.feed"),
                 ("digest", "normal", 1, "x-truced.digest"),
                 ("silent", "normal", 1, "x-truced.silent"), ("problem", "normal", 1, "x-truced.problem"), ("test", "normal", 1, "x-truced.test")]
        for number, (kind, urgency, byte, category) in enumerate(cases):
            self.raise_alert(alert(f"{number:032x}", kind=kind, urgency=urgency, milestone=f"m{number}"))
            hints = self.wait_notified(number + 1)[number][6]
            self.assertEqual((hints["urgency"], hints["category"]), (byte, category), kind)
            self.assertEqual(self.calls()[number][7], 0 if urgency == "critical" else -1, "critical ones stay")

    def test_a_server_without_markup_or_buttons(self):
        self.start_server("body")
        self.start_desktop("--bus", "session")
        self.raise_alert(alert("a", body="AT&T <sells>", url="https://example.org/"))
        call = self.wait_notified(1)[0]
        self.assertEqual(call[4], "AT&T <sells>")
        self.assertEqual(list(call[5]), [])

    def test_a_server_that_makes_the_default_a_button(self):
        """There is one Open, and not two."""
        for name in ("Xfce Notify Daemon", "lxqt-notificationd"):
            with self.subTest(name):
                self.start_server()
                self.server.AddMethod(SERVER, "GetServerInformation", "", "ssss", f"ret = ('{name}', 'x', '1', '1.2')", dbus_interface=CALL)
                desktop = self.start_desktop("--bus", "session")
                self.raise_alert(alert("a", url="https://example.org/"))
                actions = self.wait_notified(1)[0][5]
                self.assertEqual(list(actions[::2]), ["default", "acknowledge", "snooze"])
                self.wait_shown()
                self.end(desktop)
                self.end(self.server_process)

    def test_only_the_web_is_opened(self):
        self.start_server()
        self.start_desktop("--bus", "session")
        self.raise_alert(alert("a", url="file:///etc/passwd"))
        self.assertNotIn("open", self.wait_notified(1)[0][5])
        item = dbus.Dictionary({"title": "x", "link": "https://example.org/x", "feed": "f", "tier": "press"}, signature="sv")
        self.raise_alert(alert("b", url="javascript:alert(1)", items=dbus.Array([item], signature="a{sv}")))
        self.assertIn("open", self.wait_notified(2)[1][5], "the item's link stands in")

    def test_the_same_cause_replaces(self):
        self.start_server()
        self.start_desktop("--bus", "session")
        self.raise_alert(alert("a", kind="lead", milestone="truce", title="in 7 days"))
        self.wait_notified(1)
        self.raise_alert(alert("b", kind="lead", milestone="truce", title="in 3 days"))
        self.raise_alert(alert("c", kind="lead", milestone="other", title="in 3 days"))
        self.raise_alert(alert("d", kind="news", milestone="truce"))
        self.raise_alert(alert("e", kind="news", milestone="truce"))
        self.wait_notified(5)
        self.wait_shown()
        self.raise_alert(alert("f", kind="news", milestone="truce", corrects="d" * 32))
        replaced = [int(call[1]) for call in self.wait_notified(6)]
        self.assertEqual(replaced, [0, 1, 0, 0, 0, 3],
                         "only the same milestone's deadline, and a correction, take the place of the older one")

    def test_a_story_that_grows_changes_in_place_and_silently(self):
        self.start_server()
        self.start_desktop("--bus", "session")
        self.raise_alert(alert("a", body="Press", count=dbus.Int64(1)))
        self.raise_alert(alert("b", body="Press", count=dbus.Int64(1)))
        self.wait_notified(2)
        self.wait_shown()
        grown = dict(body="Press and 1 more", count=dbus.Int64(2), grown="2025-06-01T10:00:00Z")
        self.truced.Grow(alert("a", **grown), dbus_interface=MOCK)
        call = self.wait_notified(3)[2]
        self.assertEqual((call[1], call[4], call[6]["suppress-sound"]), (1, "Press and 1 more", True))
        self.assertNotIn("suppress-sound", self.calls()[0][6])
        # As it is on the screen already; and one that is not there any more.
        self.truced.Grow(alert("a", **grown), dbus_interface=MOCK)
        self.server.EmitSignal(SERVER, "NotificationClosed", "uu", [dbus.UInt32(2), dbus.UInt32(2)], dbus_interface=CALL)
        self.truced.Grow(alert("b", **grown), dbus_interface=MOCK)
        self.raise_alert(alert("c"))
        self.assertEqual([int(call[1]) for call in self.wait_notified(4)], [0, 0, 1, 0])
        self.wait_shown()
        self.assertEqual(len(self.calls()), 4)

    def test_a_closed_popup_is_not_replaced_and_not_acknowledged(self):
        self.start_server()
        self.start_desktop("--bus", "session")
        self.raise_alert(alert("a", kind="lead", milestone="truce"))
        self.wait_notified(1)
        self.wait_shown()
        self.server.EmitSignal(SERVER, "NotificationClosed", "uu", [dbus.UInt32(1), dbus.UInt32(2)], dbus_interface=CALL)
        self.raise_alert(alert("b", kind="lead", milestone="truce"))
        self.assertEqual(self.wait_notified(2)[1][1], 0)
        self.wait_shown()
        self.assertEqual(self.acknowledged(), [])


class Clicks(NotifyCase):
    def setUp(self):
        super().setUp()
        self.start_server()
        self.start_desktop("--bus", "session")
        self.raise_alert(alert("a", kind="lead", milestone="truce"))
        self.wait_shown()

    def test_acknowledge(self):
        self.invoke(1, "acknowledge")
        wait_for(lambda: self.acknowledged() == ["a" * 32], "acknowledged")

    def test_snooze(self):
        self.invoke(1, "snooze")
        wait_for(lambda: self.truced.Snoozed(dbus_interface=MOCK)[0], "snoozed")
        self.assertEqual(tuple(self.truced.Snoozed(dbus_interface=MOCK)), ("a" * 32, 86400))

    def test_a_snoozed_alert_comes_back(self):
        self.invoke(1, "snooze")
        self.raise_alert(alert("a", kind="lead", milestone="truce"), False)
        self.truced.EmitSignal("org.truced.Truced1", "Changed", "s", ["alerts"], dbus_interface=CALL)
        self.wait_notified(2)
        self.wait_shown()

    def raise_move(self, id, status, **members):
        move = dbus.Dictionary({"id": "e" * 32, "label": "moved", "status": status, **members}, signature="sv")
        self.raise_alert(alert(id, kind="move", milestone="truce", urgency="critical", title=f"moved, {status}", move=move))
        self.wait_shown()

    def test_accept(self):
        """What is confirmed takes the place of what was reported; either can be accepted."""
        self.raise_move("b", "reported", new_due="2025-11-10T00:00:00Z")
        self.raise_move("c", "confirmed", new_due="2025-11-10T00:00:00Z")
        reported, confirmed = self.calls()[1], self.calls()[2]
        self.assertEqual([int(reported[1]), int(confirmed[1])], [0, 2], "in its place")
        for call in (reported, confirmed):
            self.assertEqual(dict(zip(call[5][::2], call[5][1::2])).get("accept"), "Accept")
        self.invoke(2, "accept")
        wait_for(lambda: tuple(self.truced.Accepted(dbus_interface=MOCK)) == ("e" * 32, ""), "accepted")

    def test_an_outdated_move_is_refused(self):
        self.raise_move("b", "reported", new_due="2025-11-10T00:00:00Z")
        self.truced.Refuse(True, dbus_interface=MOCK)
        self.invoke(2, "accept")
        summary, body = self.wait_notified(3)[2][3:5]
        self.assertEqual(summary, "Could not accept the move")
        self.assertIn("in force no more", body)

    def test_what_names_no_date_is_not_accepted(self):
        self.raise_move("b", "reported")
        self.assertNotIn("accept", self.calls()[1][5])

    def test_a_click_that_fails_is_said(self):
        self.truced.Refuse(True, dbus_interface=MOCK)
        self.invoke(1, "acknowledge")
        summary, body = self.wait_notified(2)[1][3:5]
        self.assertEqual(summary, "Could not acknowledge the alert")
        self.assertIn("only members of the group truced may", body)
        self.assertEqual(self.acknowledged(), [])

    def test_snoozed_elsewhere_closes_the_popup(self):
        self.truced.Snooze("a" * 32, 3600, dbus_interface="org.truced.Truced1")
        wait_for(lambda: self.calls("CloseNotification"), "closed")
        self.raise_alert(alert("a", kind="lead", milestone="truce"), False)
        self.truced.EmitSignal("org.truced.Truced1", "Changed", "s", ["alerts"], dbus_interface=CALL)
        self.wait_notified(2)
        self.wait_shown()
        self.assertEqual(len(self.calls("CloseNotification")), 1, "back, and not closed at once")

    def test_a_date_that_has_moved_closes_the_popup(self):
        self.raise_alert(alert("b", title="another"))
        self.wait_shown()
        self.truced.Supersede("a" * 32, dbus_interface=MOCK)
        closed = wait_for(lambda: self.calls("CloseNotification"), "closed")
        self.assertEqual([int(call[0]) for call in closed], [1])

    def test_a_digest_takes_the_place_of_what_is_in_it(self):
        """An older popup of the same milestone, and a headline's own: gone once the digest says it. Nothing is acknowledged."""
        self.raise_alert(alert("b", kind="news", title="a headline"))
        self.raise_alert(alert("c", kind="lead", milestone="other", title="another date"))
        self.wait_shown()
        members = [dbus.Dictionary(dict(id=id * 32, kind=kind, urgency="normal", title="in it", **more), signature="sv")
                   for id, kind, more in (("d", "due", {"milestone": "truce"}), ("b", "news", {}), ("e", "news", {}))]
        self.raise_alert(alert("f", kind="digest", title="3 alerts", alerts=dbus.Array(members, signature="a{sv}")))
        closed = wait_for(lambda: len(self.calls("CloseNotification")) == 2 and self.calls("CloseNotification"), "both closed")
        self.assertEqual(sorted(int(call[0]) for call in closed), [1, 2])
        self.assertEqual(self.acknowledged(), [])

    def test_acknowledged_elsewhere_closes_the_popup(self):
        self.raise_alert(alert("b", title="another"))
        self.wait_shown()
        self.truced.Acknowledge("a" * 32, dbus_interface="org.truced.Truced1")
        closed = wait_for(lambda: self.calls("CloseNotification"), "closed")
        self.assertEqual([int(call[0]) for call in closed], [1])


class Floods(NotifyCase):
    def test_many_at_start_are_one(self):
        for number in range(12):
            self.raise_alert(alert(f"{number:032x}", title=f"Headline {number:02}", raised=f"2025-06-01T09:00:{number:02}Z",
                                   urgency="critical" if number == 3 else "normal"), False)
        self.start_server()
        self.start_desktop("--bus", "session")
        self.wait_shown()
        call, = self.calls()
        self.assertEqual(call[3], "12 alerts while you were away")
        titles = re.findall(r"Headline (\d\d)", call[4])
        self.assertEqual(titles, ["03", "11", "10", "09", "08"], "the critical one first, then the newest")
        self.assertIn("and 7 more: trucectl alerts", call[4])
        self.assertEqual(list(call[5]), [], "nobody answers what he has not read")
        self.assertEqual(call[6]["urgency"], 2, "as urgent as the most urgent of them")
        self.raise_alert(alert("f", title="later"))
        self.assertEqual(self.wait_notified(2)[1][3], "later")

    def test_few_at_start_are_one_that_can_be_answered(self):
        for number in range(5):
            self.raise_alert(alert(f"{number:032x}", title=f"Headline {number}"), False)
        self.start_server()
        self.start_desktop("--bus", "session")
        self.wait_shown()
        call, = self.calls()
        self.assertEqual((call[3], call[6]["category"]), ("5 alerts while you were away", "x-truced.digest"))
        self.assertEqual(sorted(re.findall(r"Headline (\d)", call[4])), list("01234"))
        self.assertEqual(dict(zip(call[5][::2], call[5][1::2])), {"acknowledge": "Acknowledge all"})
        self.invoke(1, "acknowledge")
        wait_for(lambda: len(self.acknowledged()) == 5, "all acknowledged")

    def test_one_at_start_is_itself(self):
        self.raise_alert(alert("a", title="Headline"), False)
        self.start_server()
        self.start_desktop("--bus", "session")
        self.wait_shown()
        call, = self.calls()
        self.assertEqual(call[3], "Headline")
        self.assertIn("snooze", call[5])

    def test_a_date_that_drew_near_is_one_line(self):
        """What would have taken one another's place on the screen: the last stands for all, and all count as shown."""
        for id, days in (("a", 7), ("b", 3), ("c", 1)):
            self.raise_alert(alert(id, kind="lead", milestone="truce", title=f"Truce ends in {days} days"), False)
        self.start_server()
        self.start_desktop("--bus", "session")
        self.wait_shown()
        call, = self.calls()
        self.assertEqual(call[3], "Truce ends in 1 days")
        self.invoke(1, "acknowledge")
        wait_for(lambda: len(self.acknowledged()) == 3, "all acknowledged")

    def test_a_summary_that_is_half_answered(self):
        """It tells what is left in the same place and without a sound: the last as it would have been alone; then it goes."""
        for number in range(7):
            self.raise_alert(alert(f"{number:032x}", title=f"Headline {number}", raised=f"2025-06-01T09:00:{number:02}Z",
                                   url=f"https://example.org/{number}"), False)
        self.start_server()
        self.start_desktop("--bus", "session")
        self.wait_shown()
        self.assertEqual(list(self.wait_notified(1)[0][5]), [])

        def answer(*numbers):
            for number in numbers:
                self.truced.Acknowledge(f"{number:032x}", dbus_interface="org.truced.Truced1")

        answer(0, 6)
        call = wait_for(lambda: self.calls()[-1] if self.calls()[-1][3].startswith("5 ") else None, "what is left")
        self.assertEqual((call[1], call[3], call[6]["suppress-sound"]), (1, "5 alerts while you were away", True))
        self.assertEqual(re.findall(r"Headline (\d)", call[4]), list("54321"))
        self.assertEqual(dict(zip(call[5][::2], call[5][1::2])), {"acknowledge": "Acknowledge all"}, "all of them can be read now")
        answer(5, 4, 3, 1)
        call = wait_for(lambda: self.calls()[-1] if self.calls()[-1][3] == "Headline 2" else None, "the last")
        self.assertEqual((call[1], "snooze" in call[5], "open" in call[5]), (1, True, True))
        self.assertEqual(self.calls("CloseNotification"), [])
        self.invoke(1, "acknowledge")
        wait_for(lambda: len(self.acknowledged()) == 7, "all of them")

    def test_what_is_left_of_a_date_that_drew_near(self):
        for id, days in (("a", 7), ("b", 3), ("c", 1)):
            self.raise_alert(alert(id, kind="lead", milestone="truce", title=f"Truce ends in {days} days"), False)
        self.start_server()
        self.start_desktop("--bus", "session")
        self.wait_shown()
        self.truced.Acknowledge("c" * 32, dbus_interface="org.truced.Truced1")
        call = self.wait_notified(2)[1]
        self.assertEqual((call[1], call[3]), (1, "Truce ends in 3 days"))

    def test_answered_before_it_was_on_the_screen(self):
        """Between truced's word of what waits and the popup somebody answers one, and another's date moves: no signal comes any more."""
        for id in "abc":
            self.raise_alert(alert(id, title=f"Headline {id}", raised=f"2025-06-01T09:00:0{'abc'.index(id)}Z"), False)
        self.start_desktop("--bus", "session")
        self.truced.AnswerUnheard("a" * 32, dbus_interface=MOCK)
        self.truced.SupersedeUnheard("b" * 32, dbus_interface=MOCK)
        self.start_server()
        wait_for(lambda: self.calls() and self.calls()[-1][3] == "Headline c", "what is left")
        self.assertEqual(self.calls()[-1][1], 1)
        self.assertEqual(self.calls("CloseNotification"), [])

    def test_one_that_was_answered_before_it_was_on_the_screen(self):
        self.start_desktop("--bus", "session")
        self.raise_alert(alert("a"))
        wait_for(lambda: self.truced.Asked(dbus_interface=MOCK) > 1, "asked")
        self.truced.AnswerUnheard("a" * 32, dbus_interface=MOCK)
        self.start_server()
        wait_for(lambda: len(self.calls("CloseNotification")) == len(self.calls()) == 1, "shown, and taken back")

    def test_a_summary_goes_when_all_of_it_is_answered(self):
        for id in "ab":
            self.raise_alert(alert(id), False)
        self.start_server()
        self.start_desktop("--bus", "session")
        self.wait_shown()
        for id in "ab":
            self.assertEqual(self.calls("CloseNotification"), [])
            self.truced.Acknowledge(id * 32, dbus_interface="org.truced.Truced1")
        wait_for(lambda: self.calls("CloseNotification"), "closed")


class Troubles(NotifyCase):
    def test_no_server_is_said_once_and_waited_for(self):
        self.start_desktop("--bus", "session")
        self.raise_alert(alert("a"))
        wait_for(lambda: "no notification server" in self.log_text(), "said")
        self.raise_alert(alert("b"))
        self.start_server()
        self.wait_shown()
        self.assertEqual(len(self.calls()), 2)
        self.assertEqual(self.log_text().count("no notification server"), 1)

    def test_a_hung_server_loses_nothing_and_repeats_nothing(self):
        self.start_server()
        desktop = self.start_desktop("--bus", "session")
        self.raise_alert(alert("a"))
        self.wait_shown()
        self.server_process.send_signal(signal.SIGSTOP)
        for id in "bc":
            asked = self.truced.Asked(dbus_interface=MOCK)
            self.raise_alert(alert(id))
            wait_for(lambda: self.truced.Asked(dbus_interface=MOCK) > asked, "still attentive")
        # It does not block: it ends at once, and another takes its place.
        desktop.terminate()
        self.assertEqual(desktop.wait(5), 0)
        self.assertEqual(self.waiting(), ["b" * 32, "c" * 32])
        self.start_desktop("--bus", "session")
        asked = self.truced.Asked(dbus_interface=MOCK)
        self.raise_alert(alert("d"))
        wait_for(lambda: self.truced.Asked(dbus_interface=MOCK) > asked, "still attentive")
        self.server_process.send_signal(signal.SIGCONT)
        self.wait_shown()
        self.assertEqual([call[3] for call in self.calls()], ["A headline", "3 alerts while you were away"])

    def test_a_server_that_comes_back(self):
        self.start_server()
        self.start_desktop("--bus", "session")
        self.raise_alert(alert("a", kind="lead", milestone="truce"))
        self.wait_shown()
        self.end(self.server_process)
        wait_for(lambda: not self.has_owner(SERVER), "the server gone")
        self.raise_alert(alert("b", kind="lead", milestone="truce"))
        self.start_server()
        self.wait_shown()
        self.assertEqual([int(call[1]) for call in self.calls()], [0], "ids of the old server are not used with the new one")

    def test_truced_comes_and_goes(self):
        self.start_server()
        desktop = self.start_desktop("--bus", "session")
        self.raise_alert(alert("a"))
        self.wait_shown()
        self.end(self.truced_process)
        wait_for(lambda: not self.has_owner("org.truced.Truced1"), "truced gone")
        self.start_truced()
        self.raise_alert(alert("b"))
        self.wait_shown()
        self.assertEqual(len(self.calls()), 2)
        self.assertIsNone(desktop.poll())

    def start_truced(self, bus=None):
        self.truced_process = super().start_truced(bus)
        return self.truced_process

    def test_who_may_not_confirm_sees_each_alert_once(self):
        self.start_server()
        self.start_desktop("--bus", "session")
        self.truced.Refuse(True, dbus_interface=MOCK)
        self.raise_alert(alert("a"))
        self.wait_notified(1)
        self.raise_alert(alert("b"))
        self.wait_notified(2)
        wait_for(lambda: "may not tell truced" in self.log_text(), "said")
        self.raise_alert(alert("c"))
        self.assertEqual(len(self.wait_notified(3)), 3)
        self.assertEqual(self.log_text().count("may not tell truced"), 1)


class Buses(NotifyCase):
    def test_both_buses_by_default(self):
        folder = self.folder / "system"
        folder.mkdir()
        system = Bus(folder)
        self.addCleanup(system.stop)
        self.environment["DBUS_SYSTEM_BUS_ADDRESS"] = system.address
        self.start_server()
        self.start_desktop()
        self.raise_alert(alert("a", kind="lead", milestone="truce", title="of the user"))
        self.wait_shown()
        self.start_truced(system)
        self.raise_alert(alert("a", kind="lead", milestone="truce", title="of the system"))
        self.wait_shown()
        calls = self.wait_notified(2)
        self.assertEqual([(call[3], int(call[1])) for call in calls], [("of the user", 0), ("of the system", 0)])
        self.invoke(2, "acknowledge")
        wait_for(lambda: self.acknowledged() == ["a" * 32], "acknowledged where it came from")

    def test_an_address(self):
        folder = self.folder / "other"
        folder.mkdir()
        other = Bus(folder)
        self.addCleanup(other.stop)
        self.start_truced(other)
        self.start_server()
        self.start_desktop("--bus", other.address)
        self.raise_alert(alert("a"))
        self.wait_shown()


class Options(DesktopCase):
    def run_program(self, *arguments, **environment):
        return subprocess.run([PROGRAM, *arguments], env=dict(self.environment, **environment), capture_output=True,
                              text=True, timeout=20)

    def test_help_and_version(self):
        self.assertIn("--bus=BUS", self.run_program("--help").stdout)
        self.assertRegex(self.run_program("--version").stdout, r"^truced-desktop \d+\.\d+\.\d+\n$")

    def test_bad_usage(self):
        for arguments in (["--nonsense"], ["word"]):
            result = self.run_program(*arguments)
            self.assertEqual((result.returncode, result.stdout), (2, ""))
            self.assertIn(arguments[0], result.stderr)

    def test_no_session_bus(self):
        result = self.run_program(DBUS_SESSION_BUS_ADDRESS=f"unix:path={self.folder}/none")
        self.assertEqual(result.returncode, 3)
        self.assertIn("no session bus", result.stderr)

    def test_it_ends_with_its_session(self):
        desktop = self.start_desktop("--bus", "session", "--verbose")
        wait_for(lambda: "waiting for it" in self.log.read_text(), "all that it watches for watched for")
        self.bus.process.terminate()
        self.assertEqual(desktop.wait(10), 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
