#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
"""truced-desktop against a second real notification server, which has windows of GTK and real buttons: xfce4-notifyd, in
tests/lib/desktop-box.sh. Skipped where it is not installed, since it brings all of GTK. SCREENSHOT=FILE.png keeps a picture, and
BOX_LOOK=light or dark says of what."""

import os
import pathlib
import re
import subprocess

from desktop_case import BoxCase, MOCK, alert, main, wait_for

# From the right and the bottom edge of a popup to the middles of its buttons.
BUTTON_UP, SNOOZE_LEFT, ACKNOWLEDGE_LEFT = 31, 67, 179
RED = "#C01C28"  # of the icon


def run(*arguments):
    return subprocess.run(arguments, capture_output=True, text=True, check=True, timeout=20).stdout


def popups():
    """(x, y, width, height) of each on the screen, from the top."""
    # One that closes in between makes xdotool fail: what it said before holds.
    text = subprocess.run(["xdotool", "search", "--onlyvisible", "--class", "^xfce4-notifyd$", "getwindowgeometry", "%@"],
                          capture_output=True, text=True, timeout=20).stdout
    found = re.findall(r"Position: (\d+),(\d+) .*\n.*Geometry: (\d+)x(\d+)", text)
    return sorted((tuple(map(int, numbers)) for numbers in found if int(numbers[2]) > 100), key=lambda popup: popup[1])


class XfceCase(BoxCase):
    def setUp(self):
        super().setUp()
        self.start_truced()
        self.start_desktop("--bus", "session")

    def tearDown(self):
        self.end(self.desktop)
        for number in range(1, 40):
            self.bus.connection.call_blocking("org.freedesktop.Notifications", "/org/freedesktop/Notifications",
                                              "org.freedesktop.Notifications", "CloseNotification", "u", (number,))
        wait_for(lambda: not popups(), "an empty screen")

    def press(self, left):
        """The button of the only popup that is so far from its right edge."""
        wait_for(lambda: len(popups()) == 1, "one popup")
        x, y, width, height = popups()[0]
        run("xdotool", "mousemove", str(x + width - left), str(y + height - BUTTON_UP), "sleep", "0.2", "click", "1")

    def test_three(self):
        self.raise_three()
        wait_for(lambda: len(popups()) == 3, "three popups")
        picture = pathlib.Path(os.environ.get("SCREENSHOT", self.folder / "screen.png"))
        wait_for(lambda: self.has_icon(picture), "the icon in them")

    def has_icon(self, picture):
        run("import", "-window", "root", str(picture))
        return RED in run("convert", str(picture), "-format", "%c", "histogram:info:-")

    def test_buttons(self):
        self.raise_alert(alert("a", kind="lead", milestone="truce"))
        self.wait_shown()
        self.press(ACKNOWLEDGE_LEFT)
        wait_for(lambda: self.acknowledged() == ["a" * 32], "acknowledged")
        wait_for(lambda: not popups(), "closed")
        self.raise_alert(alert("b", kind="lead", milestone="truce"))
        self.wait_shown()
        self.press(SNOOZE_LEFT)
        wait_for(lambda: tuple(self.truced.Snoozed(dbus_interface=MOCK)) == ("b" * 32, 86400), "snoozed")

    def test_summary(self):
        """What waited for a login is one popup, and can be answered as one."""
        self.end(self.desktop)
        for id, days in (("a", 7), ("b", 3)):
            self.raise_alert(alert(id, kind="lead", milestone="truce", title=f"US-China tariff truce ends in {days} days"), False)
        self.raise_alert(alert("c", title="US and China to resume talks in London & Paris"), False)
        self.raise_alert(alert("d", kind="changed", urgency="critical", milestone="tiktok", title="ByteDance must sell: 90 days later"), False)
        self.start_desktop("--bus", "session")
        self.wait_shown()
        if "SUMMARY" in os.environ:
            run("import", "-window", "root", os.environ["SUMMARY"])
        self.press(SNOOZE_LEFT)  # the only button stands where that does
        wait_for(lambda: len(self.acknowledged()) == 4, "all acknowledged")

    def test_in_place_and_away(self):
        for number, id in enumerate("abc"):
            self.raise_alert(alert(id, kind="lead", milestone="truce", title=f"in {9 - number} days"))
            self.wait_shown()
        wait_for(lambda: len(popups()) == 1, "one popup")
        self.truced.Acknowledge("c" * 32, dbus_interface="org.truced.Truced1")
        wait_for(lambda: not popups(), "withdrawn")

    def test_hung(self):
        self.raise_two_while_it_hangs()
        wait_for(lambda: len(popups()) == 2, "both")


if __name__ == "__main__":
    main("xfce4-notifyd")
