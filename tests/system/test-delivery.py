#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Alerts that go over the network, by the whole daemon: in order, at least once and under one id, whatever dies meanwhile; and no
secret of them anywhere."""
import email
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import threading
import time
import unittest

sys.path.insert(0, os.path.join(os.environ["SOURCE_ROOT"], "tests/lib"))
from receivers import HttpReceiver, SmtpReceiver, free_port  # noqa: E402
from truced_case import TRUCECTL, TRUCED, TrucedCase, utc, wait_for  # noqa: E402

SECRET = "s3cr3t-that-nobody-sees"


class Delivery(TrucedCase):
    def setUp(self):
        super().setUp()
        self.start_bus()
        self.secret = self.folder / "secret"
        self.secret.write_text(SECRET)
        self.secret.chmod(0o600)

    def receive(self, port=0):
        receiver = HttpReceiver(port)
        self.addCleanup(receiver.stop)
        return receiver

    def configuration(self, url, more=""):
        return (f"[truced]\nalert-to = stdout hook\n{more}\n[sink hook]\nkind = webhook\nurl = {url}\n"
                f"token = file:{self.secret}\nheader = X-Key: file:{self.secret}\n")

    def raise_test(self):
        return self.call("TestAlert", "(s)", "hook")

    def deliveries(self, alert):
        [record] = self.ctl_records("why", alert)
        return record.get("deliveries", [])

    def ids(self, receiver):
        return [json.loads(request.body)["id"] for request in receiver.requests]

    def deliverers(self):
        """Processes of truced that deliver."""
        found = []
        for task in pathlib.Path(f"/proc/{self.daemon.pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                try:
                    if b"--deliver" in pathlib.Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0"):
                        found.append(int(child))
                except OSError:
                    pass
        return found

    def hold(self, receiver):
        """The receiver gets the next request, and does not answer it until the event that this returns is set."""
        gate = threading.Event()
        self.addCleanup(gate.set)
        receiver.script.append(lambda request: gate.wait(20) and (200, {}, b"late"))
        return gate

    # --- order ---

    def test_a_receiver_that_was_down_gets_all_in_order_and_once(self):
        port = free_port()
        self.start_truced(self.configuration(f"http://127.0.0.1:{port}/"))
        alerts = [self.raise_test() for _ in range(3)]
        wait_for(lambda: self.deliveries(alerts[0]), "the first try")
        receiver = self.receive(port)
        self.call("Reload")  # who reloads has mended something: it is tried at once
        receiver.wait(3)
        wait_for(lambda: all(self.deliveries(alert)[-1]["delivered"] for alert in alerts if self.deliveries(alert)), "all delivered")
        self.assertEqual(self.ids(receiver), alerts)
        time.sleep(0.3)
        self.assertEqual(len(receiver.requests), 3)
        self.assertEqual([record["delivered"] for record in self.deliveries(alerts[0])][-1], True)
        self.assertIn("connection refused by 127.0.0.1", self.deliveries(alerts[0])[0]["error"])

    def test_a_slow_receiver_holds_up_no_other_sink(self):
        receiver = self.receive()
        gate = self.hold(receiver)
        self.start_truced(self.configuration(receiver.url))
        first = self.call("TestAlert", "(s)", "")
        receiver.wait(1)
        others = [self.call("TestAlert", "(s)", "") for _ in range(5)]
        wait_for(lambda: all(alert in self.log_text() for alert in [first, *others]), "all on standard output", 5)
        began = time.monotonic()
        self.call("Status")
        self.assertLess(time.monotonic() - began, 2)
        self.assertEqual(len(receiver.requests), 1, "one at a time")
        gate.set()
        receiver.wait(6)
        self.assertEqual(self.ids(receiver), [first, *others])

    def test_it_waits_as_long_as_it_is_asked_to(self):
        receiver = self.receive()
        receiver.script = [(429, {"Retry-After": "7200"}, b"not so fast"), (503, {}, b"")]
        self.start_truced(self.configuration(receiver.url))
        alert = self.raise_test()
        [failed] = wait_for(lambda: self.deliveries(alert), "the try")
        self.assertEqual(failed["error"], "HTTP 429: not so fast")
        [record] = self.ctl_records("why", alert)
        self.assertGreater(record["waiting"][0]["until"], utc(7100))
        self.call("Reload")
        receiver.wait(2)
        failed = wait_for(lambda: self.deliveries(alert)[1:], "the second try")[0]
        self.assertEqual(failed["error"], "HTTP 503")

    def test_what_it_will_not_take_is_set_aside_and_the_next_goes_on(self):
        """After the second try; it can be seen, outlives a restart, and is sent again by a reload until that is taken or it is answered."""
        receiver = self.receive()
        poison = set()

        def answer(request):
            return (400, {}, b"what is this?\nnever") if json.loads(request.body)["id"] in poison else (200, {}, b"")

        receiver.script = [lambda request: poison.add(json.loads(request.body)["id"]) or answer(request)] + [answer] * 20
        config = self.configuration(receiver.url)
        self.start_truced(config)
        first, second = self.raise_test(), self.raise_test()
        wait_for(lambda: len(self.deliveries(first)) == 1, "the first try")
        self.call("Reload")  # the pause of 30 s
        receiver.wait(3)
        self.assertEqual(self.ids(receiver), [first, first, second])
        wait_for(lambda: self.deliveries(second), "the second")
        why = "HTTP 400: what is this? never"
        self.assertIn(f"it will not take alert {first[:8]}, which is set aside: {why}", self.log_text())
        self.assertEqual(self.deliveries(first)[-1]["error"], f"set aside: {why}")

        def refused():
            [status] = self.ctl_records("status")
            return [(one["sink"], one["alert"], one["error"]) for one in status.get("refused", [])]

        self.assertEqual(refused(), [("hook", first, why)])
        self.assertRegex(self.ctl("status").stdout, rf"Refused by their sinks.*\n +{first[:8]} +hook +HTTP 400")
        self.assertIn(f"hook: the sink has refused 1 alert, last {first[:8]}: {why}", " ".join(self.ctl("doctor", status=1).stdout.split()))
        self.stop_truced()
        self.start_truced(config)
        self.assertEqual(refused(), [("hook", first, why)])
        self.call("Reload")
        receiver.wait(4)
        wait_for(lambda: len(self.deliveries(first)) == 3, "the third try")
        poison.clear()
        self.call("Reload")
        receiver.wait(5)
        self.assertEqual(self.ids(receiver)[3:], [first, first])
        wait_for(lambda: self.deliveries(first)[-1]["delivered"], "it is taken")
        self.assertEqual(refused(), [])

    def test_what_is_set_aside_and_answered_is_done_with(self):
        receiver = self.receive()
        receiver.script = [(422, {}, b"no")] * 2
        self.start_truced(self.configuration(receiver.url))
        alert = self.raise_test()
        wait_for(lambda: self.deliveries(alert), "the first try")
        self.call("Reload")
        wait_for(lambda: self.ctl_records("status")[0].get("refused"), "it is set aside")
        self.ctl("ack", alert)
        self.assertNotIn("refused", self.ctl_records("status")[0])
        self.call("Reload")
        self.raise_test()
        receiver.wait(3)
        self.assertNotIn(alert, self.ids(receiver)[2:])

    def test_what_is_set_aside_goes_with_its_sink(self):
        """One that the configuration names no more is nobody's trouble, nor when it is named again."""
        receiver = self.receive()
        receiver.script = [(422, {}, b"no")] * 2
        config = self.configuration(receiver.url)
        self.start_truced(config)
        alert = self.raise_test()
        wait_for(lambda: self.deliveries(alert), "the first try")
        self.call("Reload")
        wait_for(lambda: self.ctl_records("status")[0].get("refused"), "it is set aside")
        self.config.write_text("[truced]\nalert-to = journal\n")
        self.call("Reload")
        self.assertNotIn("refused", self.ctl_records("status")[0])
        self.assertIn("gave up 1 alert that the sink hook had not taken, which alert-to no longer names", self.log_text())
        self.assertEqual(self.deliveries(alert)[-1]["error"], "given up: no longer in alert-to")
        self.config.write_text(config)
        self.call("Reload")
        self.raise_test()
        receiver.wait(3)
        self.assertNotIn(alert, self.ids(receiver)[2:])

    def test_an_address_that_is_wrong_costs_no_alert(self):
        """What 401, 403, 404 and 410 say is true of all: they wait in their order."""
        receiver = self.receive()
        receiver.script = [(status, {}, b"") for status in (401, 403, 404, 410)]
        self.start_truced(self.configuration(receiver.url))
        alerts = [self.raise_test() for _ in range(2)]
        for count in range(1, 5):
            wait_for(lambda: len(self.deliveries(alerts[0])) == count, f"try {count}")
            self.call("Reload")
        receiver.wait(6)
        self.assertEqual(self.ids(receiver), [alerts[0]] * 5 + [alerts[1]])

    # --- what dies meanwhile ---

    def test_the_deliverer_is_killed_in_flight(self):
        receiver = self.receive()
        self.hold(receiver)
        self.start_truced(self.configuration(receiver.url))
        alert = self.raise_test()
        receiver.wait(1)
        [deliverer] = self.deliverers()
        os.kill(deliverer, signal.SIGKILL)
        receiver.wait(2)
        self.assertEqual(self.ids(receiver), [alert, alert])
        self.assertEqual({request.headers["Idempotency-Key"] for request in receiver.requests}, {alert})
        wait_for(lambda: self.deliveries(alert), "the delivery")

    def test_truced_is_killed_in_flight(self):
        receiver = self.receive()
        self.hold(receiver)
        config = self.configuration(receiver.url)
        self.start_truced(config)
        alert = self.raise_test()
        receiver.wait(1)
        self.daemon.kill()
        self.daemon.wait()
        self.daemon.returncode = 0  # that was us
        self.start_truced(config)
        receiver.wait(2)
        self.assertEqual(self.ids(receiver), [alert, alert])
        wait_for(lambda: self.deliveries(alert), "the delivery")

    # --- when it is stopped ---

    def use_program(self, body, *others):
        program = self.folder / "program"
        program.write_text(f"#!/bin/sh\n{body}\n")
        program.chmod(0o700)
        return f"[truced]\nalert-to = stdout pager {' '.join(others)}\n[sink pager]\nkind = exec\ncommand = {program}\n"

    def stop_in_time(self):
        began = time.monotonic()
        self.stop_truced()
        self.assertLess(time.monotonic() - began, 2 * int(os.environ["SLOWNESS"]))  # who hangs has 30

    def test_a_stop_lets_what_is_delivered_end_and_what_waits_behind_it(self):
        config = self.use_program(f"sleep 0.2; cat >>{self.folder}/out")
        self.start_truced(config)
        alerts = [self.call("TestAlert", "(s)", "pager") for _ in range(3)]
        self.stop_in_time()
        self.start_truced(config)
        wait_for(lambda: all(self.deliveries(alert) for alert in alerts), "all deliveries")
        told = [json.loads(line)["id"] for line in (self.folder / "out").read_text().splitlines()]
        self.assertEqual(told, alerts, "none was cut off and made again")

    def test_a_stop_waits_for_none_that_hangs_and_leaves_none_behind(self):
        receiver = self.receive()
        self.hold(receiver)
        hook = f"[sink hook]\nkind = webhook\nurl = {receiver.url}\n"
        stubborn = "trap '' TERM; echo $$ >>{}; while :; do sleep 0.1; done"
        pids = self.folder / "pids"
        self.start_truced(self.use_program(f"sh -c \"{stubborn.format(pids).replace('$', chr(92) + '$')}\" & {stubborn.format(pids)}", "hook") + hook)
        alert = self.call("TestAlert", "(s)", "")
        receiver.wait(1)
        wait_for(lambda: pids.exists() and len(pids.read_text().split()) == 2, "the program and its child")
        self.stop_in_time()
        for pid in pids.read_text().split():
            wait_for(lambda: not os.path.exists(f"/proc/{pid}") or "State:\tZ" in pathlib.Path(f"/proc/{pid}/status").read_text(),
                     "the end of what heeds no SIGTERM", 2)
        self.start_truced(self.use_program(f"cat >>{self.folder}/out", "hook") + hook)
        wait_for(lambda: len(self.deliveries(alert)) == 3, "it is delivered to all three")
        self.assertEqual(self.ids(receiver), [alert, alert])
        self.assertEqual([json.loads(line)["id"] for line in self.log_text().splitlines() if line.startswith("{")], [alert])

    def test_a_single_round_is_stopped_too(self):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            self.config.write_text("[truced]\nalert-to = stdout\n[watch w]\ntitle = W\nmatch = w\n[feed f]\nallow-private = yes\n"
                                   f"url = http://127.0.0.1:{silent.getsockname()[1]}/\n")
            once = subprocess.Popen([TRUCED, "--config", self.config, "--state", self.folder / "state", "--bus", "none", "--once"])
            self.addCleanup(self.end, once)
            with silent.accept()[0]:
                once.terminate()
                self.assertEqual(once.wait(5), 1, "something is left undone")

    def test_a_reload_in_flight(self):
        receiver, other = self.receive(), self.receive()
        gate = self.hold(receiver)
        self.start_truced(self.configuration(receiver.url))
        first, second = self.raise_test(), self.raise_test()
        receiver.wait(1)
        self.config.write_text(self.configuration(other.url))
        self.call("Reload")
        gate.set()
        other.wait(1)
        self.assertEqual((self.ids(receiver), self.ids(other)), ([first], [second]))
        gate = self.hold(other)
        self.raise_test()
        other.wait(2)
        self.config.write_text("[truced]\nalert-to = stdout\n")  # and the sink is gone
        self.call("Reload")
        gate.set()
        wait_for(lambda: self.call("Status"), "an answer")

    def test_it_is_let_go_when_it_is_idle_and_is_not_the_fetcher(self):
        receiver = self.receive()
        self.start_truced(self.configuration(receiver.url))
        self.assertEqual(self.deliverers(), [])
        self.raise_test()
        receiver.wait(1)
        self.assertEqual(len(self.deliverers()), 1)
        wait_for(lambda: not self.deliverers(), "its end", 15)

    # --- mail ---

    def test_mail_when_its_server_was_down(self):
        port = free_port()
        self.start_truced("[truced]\nalert-to = stdout post\n[sink post]\nkind = mail\ntls = no\nfrom = truced@example.org\n"
                          f"to = me@example.org\nserver = localhost:{port}\n"
                          "[milestone truce]\ntitle = Zölle\ndue = " + utc(3 * 86400) + "\nlead = 7d\n")
        [lead] = wait_for(lambda: self.ctl_records("alerts"), "the lead")
        wait_for(lambda: any(one["sink"] == "post" for one in self.deliveries(lead["id"])), "the first try")
        server = SmtpReceiver(port)
        self.addCleanup(server.stop)
        test = self.call("TestAlert", "(s)", "post")
        server.wait(2)
        mails = [email.message_from_bytes(mail.content) for mail in server.mails]
        self.assertEqual([mail["X-Truced-Id"] for mail in mails], [lead["id"], test])
        self.assertEqual(mails[0]["References"], "<milestone.truce.truced@example.org>")

    # --- trying it ---

    def test_the_outcome_of_a_test_is_said(self):
        receiver = self.receive()
        receiver.script = [lambda request: time.sleep(0.5) or (200, {}, b""), (404, {}, b"no_service"), (404, {}, b"")]
        self.start_truced(self.configuration(receiver.url))
        said = self.ctl("test-alert").stdout
        self.assertRegex(said, "(?m)^ *stdout +delivered$")
        self.assertRegex(said, "(?m)^ *hook +delivered$")
        said = " ".join(self.ctl("test-alert", "--sink", "hook", status=1).stdout.split())
        self.assertRegex(said, r"hook not delivered: HTTP 404: no_service\. It is tried again in less than a minute\.")
        completions = pathlib.Path(os.environ["SOURCE_ROOT"]) / "daemon/ctl/completion/trucectl.bash"
        offered = subprocess.run(["bash", "-c", f"source {completions}; PATH={pathlib.Path(TRUCECTL).parent}:$PATH; COMP_WORDS=(trucectl --bus "
                                                f"{self.address} --config {self.config} test-alert --sink h); COMP_CWORD=7; _trucectl; "
                                                "echo ${COMPREPLY[@]}"],
                                 env=self.environment, capture_output=True, text=True, timeout=20, check=True)
        self.assertEqual(offered.stdout.split(), ["hook"])
        [record] = self.ctl_records("test-alert", "--sink", "stdout")
        self.assertEqual([one["sink"] for one in record["deliveries"] if one["delivered"]], ["stdout"])
        self.config.write_text("[truced]\nalert-to = desktop\n")
        self.call("Reload")
        self.assertIn("It waits for truced-desktop to show it.", self.ctl("test-alert").stdout)

    # --- a snooze returns ---

    def test_what_returns_is_no_repeat(self):
        receiver = self.receive()
        self.start_truced(self.configuration(receiver.url))
        alert = self.raise_test()
        wait_for(lambda: self.deliveries(alert), "the delivery")
        self.ctl("snooze", alert, "1s")
        receiver.wait(2)
        keys = [request.headers["Idempotency-Key"] for request in receiver.requests]
        self.assertEqual((self.ids(receiver), keys[0]), ([alert, alert], alert))
        self.assertRegex(keys[1], f"^{alert}-[0-9]+$")

    # --- secrets ---

    def test_a_secret_is_nowhere(self):
        receiver = self.receive()
        receiver.script = [lambda request: (403, {}, f"no: {request.headers['Authorization']} {request.headers['X-Key']}".encode())]
        self.start_truced(self.configuration(receiver.url), "--verbose")
        alert = self.raise_test()
        wait_for(lambda: self.deliveries(alert), "the delivery")
        self.assertEqual(receiver.requests[0].headers["Authorization"], f"Bearer {SECRET}")
        said = [self.ctl(*verb).stdout for verb in (["why", alert], ["why", alert, "--json"], ["config", "show", "--config", self.config],
                                                    ["check", self.config], ["status"], ["alerts", "--json"])]
        [deliverer] = self.deliverers()
        said += [self.log_text()] + [pathlib.Path(f"/proc/{pid}/{name}").read_text() for pid in (deliverer, self.daemon.pid)
                                     for name in ("cmdline", "environ")]
        self.assertIn("HTTP 403: no: Bearer *** ***", said[0])
        self.stop_truced()
        said += [path.read_bytes().decode("latin-1") for path in (self.folder / "state").iterdir()]
        for text in said:
            self.assertNotIn(SECRET, text)


if __name__ == "__main__":
    unittest.main(verbosity=2)
