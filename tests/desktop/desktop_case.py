# SPDX-License-Identifier: MIT
"""What the desktop tests share: a private session bus with a stand-in truced on it, and truced-desktop run against it."""

import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import dbus

HERE = pathlib.Path(__file__).resolve().parent
BOX = pathlib.Path(os.environ.get("BOX", "/nonexistent"))
PROGRAM = os.environ["TRUCED_DESKTOP"]
MOCK = "org.truced.Mock"
PATIENCE = 20  # seconds: far more than anything here takes, even on a busy machine

# A bus without service files: whatever notification server is installed must not be started by it.
BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir={folder}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
"""


def wait_for(question, what):
    """Asks until the answer is true, and returns it."""
    end = time.monotonic() + PATIENCE
    while True:
        answer = question()
        if answer:
            return answer
        if time.monotonic() > end:
            raise AssertionError(f"{what}: not within {PATIENCE} s")
        time.sleep(0.02)


def alert(id, **members):
    record = {"id": id * 32 if len(id) == 1 else id, "kind": "news", "urgency": "normal", "title": "A headline",
              "body": "Press", "raised": "2025-06-01T09:00:00Z"}
    record.update({key.rstrip("_"): value for key, value in members.items()})
    return dbus.Dictionary(record, signature="sv")


class Bus:
    """A private dbus-daemon."""

    def __init__(self, folder):
        config = pathlib.Path(folder) / "bus.conf"
        config.write_text(BUS_CONFIG.format(folder=folder))
        self.process = subprocess.Popen(["dbus-daemon", f"--config-file={config}", "--print-address=1", "--nofork"],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = self.process.stdout.readline().strip()
        self.connection = dbus.bus.BusConnection(self.address)

    def stop(self):
        self.connection.close()
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


class BoxBus:
    """The session bus of tests/lib/desktop-box.sh."""

    def __init__(self):
        self.address = os.environ["DBUS_SESSION_BUS_ADDRESS"]
        self.connection = dbus.bus.BusConnection(self.address)

    def stop(self):
        self.connection.close()


class DesktopCase(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="truced-desktop-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.bus = self.make_bus()
        self.addCleanup(self.bus.stop)
        self.environment = dict(os.environ, DBUS_SESSION_BUS_ADDRESS=self.bus.address, HOME=folder.name,
                                XDG_RUNTIME_DIR=folder.name,
                                DBUS_SYSTEM_BUS_ADDRESS=f"unix:path={folder.name}/no-system-bus")
        self.log = self.folder / "log"
        self.truced = None

    def make_bus(self):
        return Bus(self.folder)

    # --- processes; each is ended by its own id ---

    def spawn(self, *arguments, **options):
        process = subprocess.Popen(arguments, env=self.environment, **options)
        self.addCleanup(self.end, process)
        return process

    def end(self, process):
        if process.poll() is None:
            process.send_signal(signal.SIGCONT)
            process.terminate()
            process.wait(PATIENCE)

    def has_owner(self, name, bus=None):
        return (bus or self.bus).connection.name_has_owner(name)

    def start_mock(self, template, name, bus=None):
        bus = bus or self.bus
        environment = dict(self.environment, DBUS_SESSION_BUS_ADDRESS=bus.address)
        process = subprocess.Popen(["/usr/bin/python3", "-m", "dbusmock", "--session", "--template", template],
                                   env=environment, stdout=subprocess.DEVNULL)
        self.addCleanup(self.end, process)
        wait_for(lambda: self.has_owner(name, bus), f"{name} on its bus")
        return process

    def start_truced(self, bus=None):
        bus = bus or self.bus
        process = self.start_mock(str(HERE / "truced_mock.py"), "org.truced.Truced1", bus)
        self.truced = bus.connection.get_object("org.truced.Truced1", "/org/truced/Truced1")
        return process

    def start_desktop(self, *arguments):
        asked = self.truced.Asked(dbus_interface=MOCK) if self.truced else 0
        with self.log.open("ab") as log:
            process = self.spawn(PROGRAM, *arguments, stderr=log)
        self.desktop = process
        self.addCleanup(self.check_end, process)  # runs before the one that only ends it
        if self.truced:
            # What is raised from now on is news, and nothing that waited for a login.
            wait_for(lambda: self.truced.Asked(dbus_interface=MOCK) > asked, "attentive")
        return process

    def check_end(self, process):
        """However a test went, truced-desktop ends well when told to: sanitizers report at the end."""
        self.end(process)
        self.assertEqual(process.returncode, 0, self.log.read_text())

    # --- the stand-in truced ---

    def raise_alert(self, record, tell=True):
        self.truced.Raise(record, tell, dbus_interface=MOCK)

    def waiting(self):
        return [str(id) for id in self.truced.Waiting(dbus_interface=MOCK)]

    def acknowledged(self):
        return [str(id) for id in self.truced.Acknowledged(dbus_interface=MOCK)]

    def wait_shown(self):
        wait_for(lambda: not self.waiting(), "everything shown")


class BoxCase(DesktopCase):
    """Against the real notification server of tests/lib/desktop-box.sh."""

    def make_bus(self):
        return BoxBus()

    def raise_three(self):
        self.raise_alert(alert("a", kind="lead", urgency="low", milestone="tiktok", title="ByteDance must sell TikTok’s US operations in 21 days",
                               body="Thu 19 Jun 2025", url="https://example.org/tiktok"))
        self.raise_alert(alert("b", kind="due", urgency="critical", milestone="truce", title="US-China tariff truce ends in 15 hours",
                               body="Tue 12 Aug 2025 00:01 EDT"))
        item = dbus.Dictionary({"title": "x", "link": "https://example.org/x", "feed": "press", "tier": "press"}, signature="sv")
        self.raise_alert(alert("c", title="US & China agree <framework> on rare earths, 稀土 exports to resume",
                               body="Example Wire — Rare earths and critical minerals\nNegotiators in London said licences for AT&T-size "
                                    "buyers would be issued <soon> after both presidents approve the framework.",
                               items=dbus.Array([item], signature="a{sv}")))
        self.wait_shown()

    def raise_two_while_it_hangs(self):
        os.kill(int(os.environ["SERVER_PID"]), signal.SIGSTOP)
        for id in "ab":
            asked = self.truced.Asked(dbus_interface=MOCK)
            self.raise_alert(alert(id, title=f"alert {id}"))
            wait_for(lambda: self.truced.Asked(dbus_interface=MOCK) > asked, "attentive")
        os.kill(int(os.environ["SERVER_PID"]), signal.SIGCONT)
        self.wait_shown()


def main(server=None):
    """Runs the tests within a desktop-box, with that server (None: its own choice)."""
    if not BOX.is_dir():
        box = HERE.parent / "lib/desktop-box.sh"
        if server:
            os.environ["BOX_SERVER"] = server
        os.execv(box, [str(box), *sys.argv])
    unittest.main(verbosity=2)
