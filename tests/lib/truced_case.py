# SPDX-License-Identifier: MIT
"""What whole-program tests share: a private message bus, and the real truced and trucectl on it."""

import fcntl
import json
import os
import pathlib
import pty
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import termios
import time
import unittest

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

TRUCED = os.environ["TRUCED"]
TRUCECTL = os.environ["TRUCECTL"]
NAME = "org.truced.Truced1"
PATH = "/org/truced/Truced1"
PATIENCE = 20  # seconds: far more than anything here takes, even on a busy machine under sanitizers

# Without service files, so that nothing installed is started; at one address, so that it can come back there.
BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={path}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
"""


def wait_for(question, what, patience=PATIENCE):
    """Asks until the answer is true, and returns it."""
    end = time.monotonic() + patience
    while True:
        answer = question()
        if answer:
            return answer
        if time.monotonic() > end:
            raise AssertionError(f"{what}: not within {patience} s")
        time.sleep(0.02)


def utc(offset=0):
    """RFC 3339, so many seconds from now."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + offset))


class TrucedCase(unittest.TestCase):
    """Everything in a folder of its own; every process is ended by its own id, and must end well."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="truced-test-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.socket = self.folder / "bus"
        self.address = f"unix:path={self.socket}"
        self.config = self.folder / "truced.conf"
        self.log = self.folder / "log"
        self.environment = dict(os.environ, HOME=folder.name, XDG_RUNTIME_DIR=folder.name, TZ="UTC",
                                XDG_CONFIG_HOME=f"{folder.name}/config", XDG_STATE_HOME=f"{folder.name}/state",
                                DBUS_SESSION_BUS_ADDRESS=self.address,
                                DBUS_SYSTEM_BUS_ADDRESS=f"unix:path={folder.name}/no-system-bus")
        for name in ("NO_COLOR", "NOTIFY_SOCKET", "WATCHDOG_USEC", "STATE_DIRECTORY", "DISPLAY"):
            self.environment.pop(name, None)
        self.daemon = self.bus = self.connection = None
        self.under = []  # a command that runs truced

    # --- the bus ---

    def start_bus(self, policy=""):
        """`policy`: more of the bus's configuration."""
        config = self.folder / "bus.conf"
        config.write_text(BUS_CONFIG.format(path=self.socket).replace("</busconfig>", policy + "</busconfig>"))
        self.bus = subprocess.Popen(["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1"],
                                    stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.addCleanup(self.end, self.bus)
        self.bus.stdout.readline()
        self.bus.stdout.close()
        flags = Gio.DBusConnectionFlags
        self.connection = Gio.DBusConnection.new_for_address_sync(
            self.address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)
        self.connection.set_exit_on_close(False)

    def stop_bus(self):
        self.end(self.bus)

    def has_owner(self):
        reply = self.connection.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                          "NameHasOwner", GLib.Variant("(s)", (NAME,)), None, 0, -1, None)
        return reply.unpack()[0]

    def call(self, method, signature="()", *arguments):
        reply = self.connection.call_sync(NAME, PATH, NAME, method, GLib.Variant(signature, arguments), None,
                                          Gio.DBusCallFlags.NO_AUTO_START, 10000, None)
        values = reply.unpack()
        return values[0] if values else None

    def assert_refused(self, error, method, signature="()", *arguments):
        """The call fails by that name of org.truced.Error; returns the message."""
        with self.assertRaises(GLib.Error) as caught:
            self.call(method, signature, *arguments)
        self.assertEqual(Gio.dbus_error_get_remote_error(caught.exception), f"org.truced.Error.{error}")
        return caught.exception.message.split(": ", 1)[1]

    def watch(self, signal_name):
        """The arguments of a signal as they come; read with wait_for_signal()."""
        seen = []
        self.connection.signal_subscribe(NAME, NAME, signal_name, PATH, None, Gio.DBusSignalFlags.NONE,
                                         lambda *arguments: seen.append(arguments[5].unpack()[0]))
        self.has_owner()  # the bus has the match before it answers
        return seen

    def wait_for_signal(self, seen, fits, what):
        def look():
            while GLib.MainContext.default().iteration(False):
                pass
            return next((value for value in seen if fits(value)), None)

        return wait_for(look, what)

    # --- processes ---

    def end(self, process, signal_number=signal.SIGTERM):
        if process.poll() is None:
            process.send_signal(signal_number)
        try:
            return process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise

    def start_truced(self, config=None, *arguments, bus=None, wait=True):
        """Until it says that it is ready, as to systemd; with `wait`, until it has its name on the bus as well."""
        if config is not None:
            self.config.write_text(config)
        notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        path = self.folder / f"notify{time.monotonic_ns()}"
        notify.bind(str(path))
        notify.settimeout(PATIENCE)
        with self.log.open("ab") as log:
            self.daemon = subprocess.Popen([*self.under, TRUCED, "--config", str(self.config), "--state", str(self.folder / "state"),
                                            "--bus", bus or self.address, *arguments],
                                           env=dict(self.environment, NOTIFY_SOCKET=str(path)), stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.addCleanup(self.stop_truced, self.daemon)
        with notify:
            while b"READY=1" not in notify.recv(4096).split(b"\n"):
                pass
        if wait:
            wait_for(lambda: self.has_owner() or self.daemon.poll() is not None, "truced on its bus")
        return self.daemon

    def stop_truced(self, process=None):
        process = process or self.daemon
        status = self.end(process)
        if status != 0 or "CRITICAL" in self.log_text():
            sys.stderr.write(self.log_text())
        self.assertEqual(status, 0, "truced ends with status 0 when it is told to")
        self.assertNotIn("CRITICAL", self.log_text())

    def log_text(self):
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def ctl(self, *arguments, status=0, stdin="", **environment):
        """Runs trucectl; its exit status must be as said."""
        result = subprocess.run([TRUCECTL, *map(str, arguments)], env=dict(self.environment, **environment),
                                input=stdin, capture_output=True, text=True, timeout=60)
        self.assertEqual(result.returncode, status,
                         f"trucectl {' '.join(map(str, arguments))}\n{result.stdout}{result.stderr}")
        return result

    def on_terminal(self, *arguments, width=80, **environment):
        """What trucectl writes to a terminal of that width."""
        controller, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
        process = subprocess.Popen([TRUCECTL, *map(str, arguments)], stdout=terminal, stderr=subprocess.DEVNULL,
                                   stdin=subprocess.DEVNULL,
                                   env=dict(self.environment, TERM="xterm", **environment))
        os.close(terminal)
        text = b""
        while True:
            try:
                got = os.read(controller, 65536)
            except OSError:  # the terminal's other end is closed
                got = b""
            if not got:
                break
            text += got
        os.close(controller)
        process.wait(60)
        return text.decode().replace("\r\n", "\n")

    def ctl_records(self, *arguments, **options):
        return [json.loads(line) for line in self.ctl(*arguments, "--json", **options).stdout.splitlines()]
