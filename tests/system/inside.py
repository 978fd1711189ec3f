# SPDX-License-Identifier: MIT
"""Runs inside the box, as root, with truced installed: what an administrator would try on a new machine."""

import email.utils
import json
import os
import pathlib
import pwd
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))
import origin  # noqa: E402
import receivers  # noqa: E402

PATIENCE = 30  # seconds
BUS = ["busctl", "--json=short", "call", "org.truced.Truced1", "/org/truced/Truced1", "org.truced.Truced1"]
CONFIG = """[truced]
timezone = America/New_York
alert-to = journal

[milestone truce]
title = US-China tariff truce ends
due   = 2099-08-12 00:01 America/New_York
"""
FEED = """<rss version="2.0"><channel><title>Wire</title><item><title>Truce extended by 90 days</title>
<guid>1</guid><pubDate>{published}</pubDate></item></channel></rss>
"""
# A sanitizer's leak check cannot run under the unit's system call filter; everything else that it checks can. And nobody here
# has to be spared a service that restarts too often.
DROP_IN = "[Service]\nEnvironment=ASAN_OPTIONS=detect_leaks=0\nRestartSec=100ms\n"


def run(*arguments, check=True, **options):
    result = subprocess.run(arguments, capture_output=True, text=True, timeout=PATIENCE, **options)
    if check and result.returncode != 0:
        raise AssertionError(f"{' '.join(arguments)}: status {result.returncode}\n{result.stdout}{result.stderr}\n{journal_text()}")
    return result


def systemctl(*arguments, **options):
    return run("systemctl", *arguments, **options).stdout.strip()


def show(name, unit="truced"):
    return systemctl("show", "-P", name, unit)


def journal_text():
    subprocess.run(["journalctl", "--sync"])
    return subprocess.run(["journalctl", "--no-pager", "-n", "40", "-u", "truced*"], capture_output=True, text=True).stdout


def journal(*matches):
    run("journalctl", "--sync")
    lines = run("journalctl", "-o", "json", "--no-pager", *matches).stdout.splitlines()
    return [json.loads(line) for line in lines]


def wait_for(question, what):
    end = time.monotonic() + PATIENCE
    while not (answer := question()):
        if time.monotonic() > end:
            raise AssertionError(f"{what}: not within {PATIENCE} s\n{journal_text()}")
        time.sleep(0.05)
    return answer


def is_on_bus():
    answer = run("busctl", "call", "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner", "s",
                 "org.truced.Truced1")
    return answer.stdout.strip() == "b true"


def call(*arguments, user="root", check=True):
    # runuser takes on the user's supplementary groups too.
    return run("runuser", "-u", user, "--", *BUS, *arguments, check=check)


def installed(name, below):
    found = [path for top in ("/usr", "/etc") for path in pathlib.Path(top).glob(f"**/{below}/{name}")]
    return found[0]


def config_path():
    unit = installed("truced.service", "systemd/system").read_text()
    return pathlib.Path(next(line for line in unit.splitlines() if line.startswith("ConditionPathExists=")).split("=")[1])


def write_config(text):
    path = config_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def setUpModule():
    run("systemd-sysusers")
    run("journalctl", "--update-catalog")
    for kind in ("system", "user"):
        drop_in = pathlib.Path(f"/etc/systemd/{kind}/truced.service.d/test.conf")
        drop_in.parent.mkdir(parents=True)
        drop_in.write_text(DROP_IN)
    systemctl("daemon-reload")
    systemctl("reload", "dbus")
    run("useradd", "--create-home", "reader")
    run("useradd", "--create-home", "--groups", "truced", "helper")


class Units(unittest.TestCase):
    def test_verify(self):
        system = installed("truced.service", "systemd/system")
        result = run("systemd-analyze", "verify", "--recursive-errors=no", str(system))
        self.assertEqual(result.stdout + result.stderr, "")
        user = [str(installed(name, "systemd/user")) for name in ("truced.service", "truced-desktop.service")]
        result = run("systemd-analyze", "--user", "verify", "--recursive-errors=no", *user, env=dict(os.environ, XDG_RUNTIME_DIR="/tmp"))
        self.assertEqual(result.stdout + result.stderr, "")

    def test_exposure(self):
        system = installed("truced.service", "systemd/system")
        run("systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=11", str(system))  # as truced(8) says

    def test_without_configuration_it_waits(self):
        config_path().unlink(missing_ok=True)
        systemctl("start", "truced")
        self.assertEqual(show("ActiveState"), "inactive")
        self.assertEqual(show("ConditionResult"), "no")

    def test_a_broken_configuration_is_said_and_not_tried_again(self):
        write_config(CONFIG.replace("due ", "dew "))
        self.assertNotEqual(run("systemctl", "start", "truced", check=False).returncode, 0)
        self.assertEqual((show("ActiveState"), show("ExecMainStatus"), show("NRestarts")), ("failed", "1", "0"))
        self.assertIn(f"{config_path()}:7: [milestone truce].dew:", journal_text())
        systemctl("reset-failed", "truced")

    def test_only_who_has_enabled_it_gets_it_by_the_bus(self):
        write_config(CONFIG)
        systemctl("stop", "truced")
        self.assertNotEqual(call("Status", user="reader", check=False).returncode, 0)
        self.assertEqual(show("ActiveState"), "inactive")
        systemctl("enable", "truced")
        call("Status", user="reader")
        self.assertEqual(show("ActiveState"), "active")
        systemctl("disable", "truced")
        systemctl("stop", "truced")


class Service(unittest.TestCase):
    def setUp(self):
        write_config(CONFIG)
        systemctl("reset-failed", "truced", check=False)
        systemctl("restart", "truced")
        self.addCleanup(systemctl, "stop", "truced")
        wait_for(is_on_bus, "truced on the bus")

    def test_ready_status_and_stop(self):
        self.assertEqual((show("Type"), show("ActiveState"), show("SubState")), ("notify", "active", "running"))
        self.assertRegex(show("StatusText"), r"^1 milestone, next in .+; 0 feeds")
        pid = show("MainPID")
        self.assertEqual(pwd.getpwuid(os.stat(f"/proc/{pid}").st_uid).pw_name, "truced")
        systemctl("stop", "truced")
        self.assertEqual((show("ActiveState"), show("Result")), ("inactive", "success"))

    def test_sandbox_and_state(self):
        state = os.stat("/var/lib/truced")
        self.assertEqual((pwd.getpwuid(state.st_uid).pw_name, state.st_mode & 0o777), ("truced", 0o700))
        self.assertTrue(any(pathlib.Path("/var/lib/truced").iterdir()), "the store is there")
        status = pathlib.Path(f"/proc/{show('MainPID')}/status").read_text()
        self.assertRegex(status, r"Seccomp:\t2\n")
        self.assertRegex(status, r"NoNewPrivs:\t1\n")
        self.assertRegex(status, r"CapBnd:\t0+\n")

    def test_alert_in_the_journal(self):
        id = json.loads(call("TestAlert", "s", "journal").stdout)["data"][0]
        entry = wait_for(lambda: journal(f"TRUCED_ID={id}"), "the alert in the journal")[0]
        self.assertEqual(entry["_SYSTEMD_UNIT"], "truced.service")
        self.assertEqual(entry["TRUCED_KIND"], "test")
        self.assertEqual(entry["SYSLOG_IDENTIFIER"], "truced")
        self.assertIn(entry["PRIORITY"], "56")
        self.assertRegex(entry["MESSAGE_ID"], "^[0-9a-f]{32}$")
        explained = run("journalctl", "-x", "--no-pager", f"TRUCED_ID={id}").stdout
        self.assertIn("Subject: A test alert", explained, "the catalog explains it")

    def test_news_through_the_confined_workers(self):
        """The parser sets up its own sandbox within the unit's."""
        folder = pathlib.Path("/srv/feeds")
        folder.mkdir(exist_ok=True)
        published = email.utils.formatdate()
        (folder / "wire.xml").write_text(FEED.format(published=published))
        write_config(CONFIG + "match = truce extended\n[feed wire]\npath = /srv/feeds/wire.xml\n")
        systemctl("reload", "truced")
        entry = wait_for(lambda: journal("TRUCED_KIND=news"), "the news in the journal")[0]
        self.assertEqual((entry["TRUCED_TITLE"], entry["TRUCED_MILESTONE"]), ("Truce extended by 90 days", "truce"))
        self.assertNotIn("warning", run("journalctl", "--no-pager", f"_SYSTEMD_INVOCATION_ID={show('InvocationID')}").stdout)

    def restart_with(self, config, *drop_in):
        """Lines of [Service], until the test ends."""
        path = pathlib.Path("/run/systemd/system/truced.service.d/more.conf")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("[Service]\n" + "\n".join(drop_in) + "\n")
        self.addCleanup(systemctl, "daemon-reload")
        self.addCleanup(path.unlink)
        systemctl("daemon-reload")
        write_config(config)
        systemctl("restart", "truced")
        wait_for(is_on_bus, "truced on the bus")

    def raise_test(self, sink):
        return json.loads(call("TestAlert", "s", sink).stdout)["data"][0]

    def deliveries(self, id):
        return json.loads(run("trucectl", "--bus", "system", "--json", "why", id).stdout).get("deliveries", [])

    def wait_delivered(self, id, *sinks):
        wait_for(lambda: {entry["sink"] for entry in self.deliveries(id) if entry["delivered"]} >= set(sinks), f"{id} at {sinks}")

    def secret(self, text):
        """Only root can read it."""
        path = pathlib.Path(tempfile.mkstemp(prefix="secret-", dir="/etc")[1])
        path.write_text(text + "\n")
        return path

    def receive(self, receiver):
        self.addCleanup(receiver.stop)
        return receiver

    def test_a_webhook_with_a_credential(self):
        """By the deliverer in its sandbox within the unit's; the token is the service manager's to give."""
        receiver = self.receive(receivers.HttpReceiver())
        self.restart_with(CONFIG.replace("journal", "journal hook") + f"[sink hook]\nkind = webhook\nurl = {receiver.url}\ntoken = credential:hook\n",
                          f"LoadCredential=hook:{self.secret('s3cr3t-of-root')}")
        id = self.raise_test("hook")
        request = receiver.wait(1)[0]
        self.assertEqual((json.loads(request.body)["id"], request.headers["Authorization"]), (id, "Bearer s3cr3t-of-root"))
        self.wait_delivered(id, "hook")
        self.assertNotIn("s3cr3t", run("journalctl", "--no-pager").stdout)

    def test_mail_with_a_credential(self):
        folder = tempfile.mkdtemp(dir="/srv")
        os.chmod(folder, 0o755)
        origin.make_certificates(folder)
        server = self.receive(receivers.SmtpReceiver(certificate=f"{folder}/good", login=("me", "s3cr3t-of-mail")))
        self.restart_with(CONFIG.replace("journal", "journal post") + f"[sink post]\nkind = mail\nserver = localhost:{server.port}\n"
                          "from = truced@example.org\nto = me@example.org\nuser = me\npassword = credential:mail\n",
                          f"LoadCredential=mail:{self.secret('s3cr3t-of-mail')}", f"Environment=SSL_CERT_FILE={folder}/ca.pem")
        id = self.raise_test("post")
        mail = server.wait(1)[0]
        self.assertTrue(mail.by_tls)
        self.assertEqual(email.message_from_bytes(mail.content)["X-Truced-Id"], id)
        self.wait_delivered(id, "post")
        self.assertNotIn("s3cr3t", run("journalctl", "--no-pager").stdout)

    # --- programs ---

    def use_programs(self, **bodies):
        """Sinks of kind exec, which run Python programs."""
        config = CONFIG.replace("journal", " ".join(["journal", *bodies]))
        for name, body in bodies.items():
            path = pathlib.Path("/usr/local/bin") / name
            path.write_text(f"#!/usr/bin/python3\nimport json, os, pathlib, signal, socket, subprocess, sys, time\n{body}\n")
            path.chmod(0o755)
            config += f"[sink {name}]\nkind = exec\ncommand = {path}\n"
        return config

    def test_a_program_in_the_sandbox(self):
        """What truced.conf(5) says that it may do, it can; what it may not is the reason that people are told."""
        receiver = self.receive(receivers.HttpReceiver())
        self.restart_with(self.use_programs(
            pager=f"""record = json.load(sys.stdin)
with socket.create_connection(("127.0.0.1", {receiver.port})) as link:
    link.sendall(b"GET /paged HTTP/1.0\\r\\n\\r\\n")
    link.recv(100)
pathlib.Path("/tmp/of-its-own").write_text("x")
subprocess.run(["logger", "-t", "paged", record["id"]], check=True)
pathlib.Path("/var/lib/truced/paged").write_text(record["id"])""",
            writer='open("/srv/paged", "w")'))
        id = self.raise_test("pager")
        self.wait_delivered(id, "pager")
        self.assertEqual(pathlib.Path("/var/lib/truced/paged").read_text(), id)
        self.assertEqual(receiver.requests[0].path, "/paged")
        self.assertFalse(pathlib.Path("/tmp/of-its-own").exists(), "it is not our /tmp")
        self.assertTrue(journal("SYSLOG_IDENTIFIER=paged"))
        refused = run("trucectl", "--bus", "system", "test-alert", "--sink", "writer", check=False)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("Read-only file system", " ".join(refused.stdout.split()))
        self.assertIn("Read-only file system", self.doctor()["writer"])

    def doctor(self):
        """What it finds to be wrong, with its advice."""
        said = run("trucectl", "--bus", "system", "--json", "doctor", check=False).stdout
        records = [json.loads(line) for line in said.splitlines()]
        return {record["check"]: f'{record["text"]} {record.get("advice")}' for record in records if record["verdict"] == "bad"}

    def test_a_program_that_the_sandbox_hides(self):
        self.restart_with(self.use_programs(pager="").replace("pager", "pager mine mount none", 1) + "[sink mine]\nkind = exec\n"
                          "command = /home/helper/mine\n[sink mount]\nkind = exec\ncommand = mount\n[sink none]\nkind = exec\n"
                          "command = /usr/local/bin/none\n")
        program = pathlib.Path("/home/helper/mine")
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
        found = self.doctor()
        self.assertIn("ProtectHome=read-only", found["mine"])
        self.assertIn("NoNewPrivileges=no", found["mount"])
        self.assertIn("there is no program /usr/local/bin/none", found["none"])
        self.assertNotIn("pager", found)
        self.assertEqual(run("trucectl", "--bus", "system", "test-alert", "--sink", "mine", check=False).returncode, 1)

    # --- stopping ---

    def test_a_stop_is_quick_though_sinks_hang(self):
        receiver = self.receive(receivers.HttpReceiver())
        gate = threading.Event()
        self.addCleanup(gate.set)
        receiver.script.append(lambda request: gate.wait(PATIENCE) and (200, {}, b""))
        config = self.use_programs(stubborn="""signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path("/var/lib/truced/stubborn").write_text(str(os.getpid()))
time.sleep(60)""").replace("journal", "journal hook", 1) + f"[sink hook]\nkind = webhook\nurl = {receiver.url}\n"
        self.restart_with(config)
        id = self.raise_test("")
        receiver.wait(1)
        pid = wait_for(lambda: pathlib.Path("/var/lib/truced/stubborn").exists()
                       and pathlib.Path("/var/lib/truced/stubborn").read_text(), "the program")
        began = time.monotonic()
        systemctl("stop", "truced")
        self.assertLess(time.monotonic() - began, 3)  # two, and what sanitizers and systemctl take
        self.assertEqual((show("ActiveState"), show("Result")), ("inactive", "success"))
        self.assertFalse(pathlib.Path(f"/proc/{pid}").exists())
        gate.set()
        write_config(config.replace("bin/stubborn\n", "bin/pager\n"))  # the same sink, by a program that ends
        self.use_programs(pager="")
        systemctl("start", "truced")
        wait_for(is_on_bus, "truced on the bus")
        self.wait_delivered(id, "journal", "hook", "stubborn")
        self.assertEqual(len(journal(f"TRUCED_ID={id}")), 1, "what had it is not told again")

    def test_who_may_do_what(self):
        call("Status", user="reader")
        call("ListPending", user="reader")
        for change in (["TestAlert", "s", ""], ["Acknowledge", "s", "0000"], ["Reload"], ["AcceptMove", "ss", "0000", ""]):
            refused = call(*change, user="reader", check=False)
            self.assertNotEqual(refused.returncode, 0, change)
            self.assertIn("Access denied", refused.stderr)
        call("TestAlert", "s", "journal", user="helper")
        shown = call("Shown", "s", "0000", user="reader", check=False)  # to that user: it is nobody else's business
        self.assertNotIn("Access denied", shown.stderr)

    def test_reload(self):
        pid = show("MainPID")
        write_config(CONFIG.replace("tariff truce", "truce"))
        systemctl("reload", "truced")
        wait_for(lambda: "US-China truce ends" in call("ListMilestones").stdout, "the new configuration")
        write_config("[nonsense]\n")
        systemctl("reload", "truced")
        wait_for(lambda: "[nonsense]" in journal_text(), "the finding")
        self.assertIn("US-China truce ends", call("ListMilestones").stdout, "the old one stays")
        self.assertEqual((show("MainPID"), show("ActiveState")), (pid, "active"))

    def test_reload_while_a_feed_is_asked(self):
        receiver = self.receive(receivers.HttpReceiver())
        gate = threading.Event()
        self.addCleanup(gate.set)
        feed = FEED.format(published=email.utils.formatdate()).replace("Truce extended", "Slow: truce extended")
        receiver.script.append(lambda request: gate.wait(PATIENCE) and (200, {"Content-Type": "application/rss+xml"}, feed.encode()))
        write_config(CONFIG + f"match = truce extended\n[feed slow]\nurl = {receiver.url}/\nallow-private = yes\n")
        systemctl("reload", "truced")
        receiver.wait(1)
        for _ in range(2):
            systemctl("reload", "truced")
        gate.set()
        news = wait_for(lambda: [entry for entry in journal("TRUCED_KIND=news") if "Slow" in entry["TRUCED_TITLE"]], "its news")
        self.assertEqual((len(news), len(receiver.requests)), (1, 1))

    def test_kill_restart_and_state(self):
        id = json.loads(call("TestAlert", "s", "journal").stdout)["data"][0]
        systemctl("kill", "--signal=KILL", "truced")
        wait_for(lambda: (show("NRestarts"), show("ActiveState")) == ("1", "active"), "restarted")
        wait_for(is_on_bus, "truced on the bus")
        self.assertIn(id, call("ListAlerts", "a{sv}", "0").stdout, "the alert is still known")

    def test_watchdog(self):
        """Fed by a loop that turns and by nothing else; what fell due while it stood still is told by the next one, and once."""
        self.assertEqual(show("WatchdogUSec"), "5min")
        due = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 4))
        self.restart_with(CONFIG + f"[milestone meanwhile]\ntitle = Meanwhile\ndue = {due}\nlead = 0\n", "WatchdogSec=2s")
        first = show("WatchdogTimestampMonotonic")
        wait_for(lambda: show("WatchdogTimestampMonotonic") != first, "a sign of life")
        id = self.raise_test("journal")
        systemctl("kill", "--kill-whom=main", "--signal=STOP", "truced")
        wait_for(lambda: (show("NRestarts"), show("ActiveState")) == ("1", "active"), "killed by the watchdog and restarted")
        self.assertIn("Watchdog timeout", journal_text())
        wait_for(lambda: journal("TRUCED_MILESTONE=meanwhile"), "what fell due")
        time.sleep(0.2)
        self.assertEqual(len(journal("TRUCED_MILESTONE=meanwhile")), 1)
        self.assertEqual(len(journal(f"TRUCED_ID={id}")), 1)


class UserService(unittest.TestCase):
    def user(self, *arguments, check=True):
        uid = pwd.getpwnam("reader").pw_uid
        return run("runuser", "-u", "reader", "--", "env", f"XDG_RUNTIME_DIR=/run/user/{uid}", *arguments, check=check)

    def test_user_units(self):
        uid = pwd.getpwnam("reader").pw_uid
        systemctl("start", f"user@{uid}")
        self.addCleanup(systemctl, "stop", f"user@{uid}")
        folder = pathlib.Path("/home/reader/.config/truced")
        self.user("mkdir", "-p", str(folder))
        (folder / "truced.conf").write_text(CONFIG)
        self.user("systemctl", "--user", "start", "truced")
        properties = self.user("systemctl", "--user", "show", "-P", "ActiveState", "-P", "StatusText", "truced").stdout
        self.assertRegex(properties, r"1 milestone, next in")
        self.assertTrue(any(pathlib.Path("/home/reader/.local/state/truced").iterdir()), "the state is where XDG says")
        self.user("busctl", "--user", *BUS[1:], "Status")
        self.user("systemctl", "--user", "start", "truced-desktop")
        self.assertEqual(self.user("systemctl", "--user", "is-active", "truced-desktop").stdout.strip(), "active")
        self.user("systemctl", "--user", "stop", "truced-desktop", "truced")
        self.assertEqual(self.user("systemctl", "--user", "show", "-P", "Result", "truced-desktop").stdout.strip(), "success")
        self.assertEqual(self.user("systemctl", "--user", "--failed", "--no-legend").stdout, "")


if __name__ == "__main__":
    unittest.main(verbosity=2)
