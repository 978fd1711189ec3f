#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
"""truced-desktop against a real notification server: dunst, in tests/lib/desktop-box.sh. SCREENSHOT=FILE.png keeps a picture."""

import json
import os
import pathlib
import signal
import subprocess

from desktop_case import BOX, BoxCase, MOCK, alert, main, wait_for


def dunstctl(*arguments):
    return subprocess.run(["dunstctl", *arguments], capture_output=True, text=True, check=True, timeout=20).stdout


def displayed():
    counts = dict(line.strip().split(": ") for line in dunstctl("count").splitlines())
    return int(counts["Currently displayed"])


def history():
    """What was on the screen, newest first, now closed."""
    dunstctl("close-all")
    entries = json.loads(dunstctl("history"))["data"][0]
    return [{key: value["data"] for key, value in entry.items()} for entry in entries]


class DunstCase(BoxCase):
    def setUp(self):
        super().setUp()
        os.kill(int(os.environ["SERVER_PID"]), signal.SIGCONT)
        self.before = {entry["id"] for entry in history()}
        self.start_truced()
        self.start_desktop("--bus", "session")

    def history(self):
        """As above, of this test alone: dunst 1.9 cannot forget."""
        return [entry for entry in history() if entry["id"] not in self.before]

    def test_history(self):
        self.raise_three()
        self.assertEqual(displayed(), 3)
        shown = {entry["summary"]: entry for entry in self.history()}
        self.assertEqual(len(shown), 3)
        news = shown["US & China agree <framework> on rare earths, 稀土 exports to resume"]
        self.assertEqual((news["appname"], news["category"]), ("truced", "x-truced.news"))
        self.assertIn("AT&amp;T-size buyers would be issued &lt;soon&gt; after", news["body"])
        self.assertEqual(shown["US-China tariff truce ends in 15 hours"]["category"], "x-truced.deadline")
        self.assertEqual(self.acknowledged(), [], "closing is not acknowledging")

    def test_picture(self):
        self.raise_three()
        picture = pathlib.Path(os.environ.get("SCREENSHOT", self.folder / "screen.png"))
        wait_for(lambda: self.colours(picture) >= 3, "three kinds of popup on the screen")

    def colours(self, picture):
        """How many of the box's three backgrounds (low, normal, critical) are on the screen."""
        subprocess.run(["import", "-window", "root", str(picture)], check=True, timeout=20)
        text = subprocess.run(["convert", str(picture), "-format", "%c", "histogram:info:-"], capture_output=True, text=True,
                              check=True, timeout=20).stdout
        light = os.environ.get("BOX_LOOK") == "light"
        return sum(colour in text for colour in (("#F4F5F7", "#FFFFFF", "#FFD9D9") if light else ("#20242C", "#20304C", "#7A1020")))

    def test_actions(self):
        for id, choice, expected in (("a", "Acknowledge", lambda: self.acknowledged() == ["a" * 32]),
                                     ("b", "Snooze 1 day", lambda: tuple(self.truced.Snoozed(dbus_interface=MOCK)) == ("b" * 32, 86400))):
            (BOX / "choice").write_text(choice)
            self.raise_alert(alert(id, kind="lead", milestone="truce", url="https://example.org/"))
            self.wait_shown()
            dunstctl("context")
            wait_for(expected, choice)
            dunstctl("close-all")

    def test_replaced_in_place(self):
        for number, id in enumerate("abc"):
            self.raise_alert(alert(id, kind="lead", milestone="truce", title=f"in {9 - number} days"))
            self.wait_shown()
        self.assertEqual(displayed(), 1)
        self.assertEqual(self.history()[0]["summary"], "in 7 days")

    def test_acknowledged_elsewhere(self):
        self.raise_alert(alert("a"))
        self.wait_shown()
        self.assertEqual(displayed(), 1)
        self.truced.Acknowledge("a" * 32, dbus_interface="org.truced.Truced1")
        wait_for(lambda: displayed() == 0, "closed")

    def test_hung(self):
        self.raise_two_while_it_hangs()
        self.assertEqual(sorted(entry["summary"] for entry in self.history()), ["alert a", "alert b"])

    def test_it_leaves_the_popups_when_it_ends(self):
        self.raise_alert(alert("a"))
        self.wait_shown()
        self.end(self.desktop)
        self.assertEqual(displayed(), 1)


if __name__ == "__main__":
    main()
