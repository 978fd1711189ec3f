#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Sinks with what stands at their other end: pipes, terminals, sockets, a real rsyslog and a real syslog-ng."""
import fcntl
import json
import os
import pathlib
import re
import socket
import subprocess
import unittest

from sink_case import KINDS, PRIORITIES, SinkCase, flatten, wait_for

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class StandardOutput(SinkCase):
    def test_json_lines(self):
        records = self.records()
        self.assertEqual([record["kind"] for record in records], KINDS)
        self.assertEqual(records[0]["title"], "US-China tariff truce ends in 7 days")
        self.assertEqual(records[4]["items"][0]["feed"], "ustr")

    def on_terminal(self, **environment):
        ours, theirs = os.openpty()
        environment = {**{k: v for k, v in os.environ.items() if k != "NO_COLOR"}, **environment}
        self.assertEqual(self.send("stdout", "due", stdout=theirs, env=environment)[0][1], "done")
        os.close(theirs)
        shown = os.read(ours, 65536).decode().replace("\r\n", "\n")
        os.close(ours)
        return shown

    def test_terminal(self):
        shown = self.on_terminal(TERM="xterm")
        self.assertIn("\033[31m●\033[0m \033[1mUS-China tariff truce ends: due now\033[0m\n", shown)
        plain = self.on_terminal(TERM="xterm", NO_COLOR="1")
        self.assertEqual(plain, re.sub("\033\\[[0-9]+m", "", shown))
        self.assertEqual(self.on_terminal(TERM="dumb"), plain)
        self.assertEqual(self.on_terminal(TERM="xterm", NO_COLOR=""), shown)
        self.assertTrue(plain.startswith("● US-China tariff truce ends: due now\n  Tue 12 Aug 2025 00:01 EDT"))

    def test_reader_gone(self):
        reader, writer = os.pipe()
        os.close(reader)
        deliveries = self.send("stdout", stdout=writer)  # and no SIGPIPE
        os.close(writer)
        self.assert_all(deliveries, "retry")
        self.assertIn("Broken pipe", deliveries[0][3])
        self.assertEqual(len(self.log), 1, "the waiting is said once, not once an alert")

    def test_reader_slow(self):
        """A full pipe is not waited for; what has begun is a whole line in the end."""
        reader, writer = os.pipe()
        fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 4096)
        os.set_blocking(writer, False)
        os.write(writer, b"x" * 4096)
        os.set_blocking(writer, True)
        self.assert_all(self.send("stdout", stdout=writer), "retry")
        os.close(writer)
        self.assertEqual(len(os.read(reader, 65536)), 4096)
        self.assertEqual(os.read(reader, 1), b"")
        os.close(reader)

    def test_disk_full(self):
        with open("/dev/full", "wb") as full:
            deliveries = self.send("stdout", stdout=full)
        self.assert_all(deliveries, "retry")
        self.assertIn("No space left", deliveries[0][3])


class Others(SinkCase):
    def test_desktop(self):
        self.assert_all(self.send("desktop"), "pulled")

    def test_gone_from_config(self):
        deliveries = self.send("pager")
        self.assert_all(deliveries, "refused")
        self.assertIn("pager", deliveries[0][3])


class SyslogSocket(SinkCase):
    def setUp(self):
        super().setUp()
        self.path = self.folder / "log"
        self.configure("alert-to = ops", f"[sink ops]\nkind = syslog\npath = {self.path}\n")

    def test_nobody(self):
        deliveries = self.send("ops")
        self.assert_all(deliveries, "retry")
        self.assertIn(str(self.path), deliveries[0][3])
        self.assertEqual(len(self.log), 1)

    def test_left_behind(self):
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        listener.bind(str(self.path))
        listener.close()
        self.assert_all(self.send("ops"), "retry")

    def test_does_not_read(self):
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(listener.close)
        listener.bind(str(self.path))
        flood = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(flood.close)
        flood.setblocking(False)
        with self.assertRaises(BlockingIOError):
            while True:
                flood.sendto(b"x", str(self.path))
        self.assert_all(self.send("ops"), "retry")

    def test_comes_back(self):
        self.assertEqual(self.send("ops", "lead")[0][1], "retry")
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(listener.close)
        listener.bind(str(self.path))
        self.assertEqual(self.send("ops", "lead")[0][1], "done")
        line = listener.recv(65536).decode()
        self.assertRegex(line, r"^<29>Aug  5 \d\d:00:00 truced\[\d+\]: US-China")


RSYSLOG = """
global(workDirectory="{folder}" maxMessageSize="8k")
module(load="imuxsock" SysSock.Use="off")
module(load="mmpstrucdata")
input(type="imuxsock" Socket="{folder}/old" CreatePath="on")
input(type="imuxsock" Socket="{folder}/new" CreatePath="on" UseSpecialParser="off" UseSysTimeStamp="off" IgnoreTimestamp="off")
template(name="json" type="list" option.jsonf="on") {{
  property(outname="priority" name="syslogseverity" format="jsonf")
  property(outname="facility" name="syslogfacility-text" format="jsonf")
  property(outname="time" name="timereported" dateFormat="rfc3339" format="jsonf")
  property(outname="app" name="app-name" format="jsonf")
  property(outname="msgid" name="msgid" format="jsonf")
  property(outname="message" name="msg" format="jsonf")
  property(outname="data" name="$!rfc5424-sd" format="jsonf")
}}
action(type="mmpstrucdata")
action(type="omfile" file="{folder}/out" template="json")
"""


# It conflicts with rsyslog, so script/bootstrap only unpacks it.
SYSLOG_NG = pathlib.Path(os.environ["SOURCE_ROOT"]) / ".cache/syslog-ng/usr"

SYSLOG_NG_CONFIG = """
@version: {version}
source old {{ unix-dgram("{folder}/old"); }};
source new {{ unix-dgram("{folder}/new" flags(syslog-protocol)); }};
destination out {{ file("{folder}/out" template("$(format-json app=$PROGRAM msgid=$MSGID facility=$FACILITY priority=$LEVEL_NUM
  time=$ISODATE message=$MSG --key .SDATA.truced@32473.* --rekey .SDATA.* --shift 7)\\n")); }};
log {{ source(old); source(new); destination(out); }};
"""


class Daemon:
    """What a daemon of syslog makes of both forms: received() gives its records."""

    def setUp(self):
        super().setUp()
        sections = (f"[sink old]\nkind = syslog\npath = {self.folder}/old\n"  # an input as it makes of /dev/log
                    f"[sink new]\nkind = syslog\nformat = rfc5424\npath = {self.folder}/new\n")
        self.configure("alert-to = old new stdout", sections)
        self.daemon = subprocess.Popen(self.command(), env=self.environment(), cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(self.stop)
        wait_for(lambda: (self.folder / "old").exists() and (self.folder / "new").exists(), "its sockets")

    def environment(self):
        return os.environ

    def stop(self):
        self.daemon.terminate()
        self.daemon.wait(20)

    def received(self):
        def look():
            out = self.folder / "out"
            lines = out.read_text().splitlines() if out.exists() else []
            return lines if len(lines) >= len(KINDS) else None

        return [json.loads(line) for line in wait_for(look, "all alerts in its output")]

    def test_new_form(self):
        records = self.records()
        self.assert_all(self.send("new"), "done")
        for record, got in zip(records, self.received(), strict=True):
            kind = record["kind"]
            self.assertEqual((got["app"], got["msgid"], got["facility"]), ("truced", kind, "daemon"))
            self.assertEqual(int(got["priority"]), PRIORITIES[kind])
            self.assertEqual(got["time"].replace("+00:00", "Z"), "2025-08-05T13:00:00Z")
            self.assertEqual(got["message"].split(" — ")[0].split(": ")[0],
                             " ".join(CONTROL.sub("", record["title"]).split(" — ")[0].split(": ")[0].split()))
            # Every field of the record, as it was but for control characters.
            data = self.data(got)
            expected = {name: " ".join(CONTROL.sub(" ", value.replace("\x1b", "").replace("\x07", "")).split())
                        for name, value in flatten(record)}
            self.assertEqual(data, expected)

    def test_old_form(self):
        """Unless a form is configured, and read as it comes."""
        self.assert_all(self.send("old"), "done")
        messages = self.received()
        self.assertEqual([int(got["priority"]) for got in messages], [PRIORITIES[kind] for kind in KINDS])
        for got in messages:
            self.assertEqual((got["app"], got["facility"]), ("truced", "daemon"))
            self.assertIsNone(CONTROL.search(got["message"]))
        self.assertEqual(messages[0]["message"].strip(), "US-China tariff truce ends in 7 days: "
                         "Tue 12 Aug 2025 00:01 EDT (America/New_York)")
        self.assertIn("稀土 희토류", messages[4]["message"])



class Rsyslog(Daemon, SinkCase):
    def command(self):
        config = self.folder / "rsyslog.conf"
        config.write_text(RSYSLOG.format(folder=self.folder))
        return ["/usr/sbin/rsyslogd", "-n", "-f", config, "-i", self.folder / "pid"]

    def data(self, got):
        return json.loads(got["data"])["truced@32473"]


@unittest.skipUnless(SYSLOG_NG.exists(), "script/bootstrap test unpacks it")
class SyslogNg(Daemon, SinkCase):
    def command(self):
        self.modules = next(folder for folder in (SYSLOG_NG / "lib/syslog-ng").iterdir() if folder.name[0].isdigit())
        config = self.folder / "syslog-ng.conf"
        config.write_text(SYSLOG_NG_CONFIG.format(folder=self.folder, version=self.modules.name))
        return [SYSLOG_NG / "sbin/syslog-ng", "-F", "--no-caps", "--module-path", self.modules, "-f", config,
                "-R", self.folder / "persist", "-c", self.folder / "ctl", "-p", self.folder / "pid"]

    def environment(self):
        folders = [SYSLOG_NG / "lib/syslog-ng", *(SYSLOG_NG / "lib").glob("*-linux-gnu*"), *(SYSLOG_NG.parent / "lib").glob("*-linux-gnu*")]
        return dict(os.environ, LD_LIBRARY_PATH=":".join(map(str, folders)))

    def data(self, got):
        return got["truced@32473"]


if __name__ == "__main__":
    unittest.main()
