#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Receivers that reset, flood, drip, fall silent or close half a connection: no other sink waits for them, truced answers all the while, and
once they are good again all arrives, in order."""
import email
import json
import os
import sys
import threading
import time
import unittest

sys.path.insert(0, os.path.join(os.environ["SOURCE_ROOT"], "tests/lib"))
from faulty import HTTP_FAULTS, SMTP_FAULTS, FaultyServer, smtp, wait_for_its_end  # noqa: E402
from receivers import HttpReceiver, SmtpReceiver  # noqa: E402
from truced_case import TrucedCase, wait_for  # noqa: E402

SOON = 15  # seconds: a busy machine's share; waiting for who is silent takes 30


class FaultyReceivers(TrucedCase):
    def test_one_fault_after_another(self):
        faulty, faulty_mail, other = FaultyServer(), FaultyServer(), HttpReceiver()
        self.addCleanup(other.stop)
        stops = [faulty.stop, faulty_mail.stop]
        self.addCleanup(lambda: [stop() for stop in stops])
        self.start_bus()
        faults = list(zip(HTTP_FAULTS.items(), SMTP_FAULTS.items(), strict=True))
        faulty.fault, faulty_mail.fault = faults[0][0][1], faults[0][1][1]
        self.start_truced(f"""[truced]
alert-to = stdout hook post other
[sink hook]
kind = webhook
url = http://127.0.0.1:{faulty.port}/
timeout = 1s
[sink post]
kind = mail
tls = no
server = 127.0.0.1:{faulty_mail.port}
from = truced@example.org
to = me@example.org
timeout = 1s
[sink other]
kind = webhook
url = {other.url}
[milestone any]
due = 2036-01-01
""")
        alerts = []
        for count, ((http, http_fault), (smtp, smtp_fault)) in enumerate(faults, 1):
            with self.subTest(http=http, smtp=smtp):
                faulty.fault, faulty_mail.fault = http_fault, smtp_fault
                alerts.append(self.call("TestAlert", "(s)", ""))  # which tries what waits at once
                other.wait(count)
                self.call("Status")
                self.assertIn(alerts[-1], self.log_text())
                for sink in ("hook", "post"):
                    said = wait_for(lambda: self.failures(alerts[0], sink)[count - 1:], f"{sink} fails")
                    print(f"{sink}: {http if sink == 'hook' else smtp}: {said}")
                    self.assertEqual(len(said), 1)
        self.assertEqual([json.loads(request.body)["id"] for request in other.requests], alerts)
        for stop in (stops.pop(), stops.pop()):
            stop()
        good, mail = HttpReceiver(faulty.port), SmtpReceiver(faulty_mail.port)
        self.addCleanup(good.stop)
        self.addCleanup(mail.stop)
        self.call("Reload")
        good.wait(len(alerts))
        mail.wait(len(alerts))
        self.assertEqual([json.loads(request.body)["id"] for request in good.requests], alerts)
        self.assertEqual([email.message_from_bytes(one.content)["X-Truced-Id"] for one in mail.mails], alerts)
        self.assertEqual(len(other.requests), len(alerts))
        wait_for(lambda: not self.ctl_records("status")[0].get("sinks_failing"), "nothing fails any more")

    def test_no_other_waits_for_a_server_of_mail_that_has_it_all(self):
        """libcurl does nothing else then: whatever else goes over the network must not be in the same process."""
        faulty, other, has_it = FaultyServer(), HttpReceiver(), threading.Event()
        self.addCleanup(other.stop)
        self.addCleanup(faulty.stop)

        def keep_silent(connection):
            has_it.set()
            wait_for_its_end(connection)

        faulty.fault = smtp(END=keep_silent)
        self.start_bus()
        self.start_truced(f"""[truced]
alert-to = post other
[sink post]
kind = mail
tls = no
server = 127.0.0.1:{faulty.port}
from = truced@example.org
to = me@example.org
[sink other]
kind = webhook
url = {other.url}
[milestone any]
due = 2036-01-01
""")
        self.call("TestAlert", "(s)", "post")
        self.assertTrue(has_it.wait(20))
        time.sleep(0.1)  # until it waits
        self.call("TestAlert", "(s)", "other")
        other.wait(1, SOON)

    def failures(self, alert, sink):
        [record] = self.ctl_records("why", alert)
        return [one["error"] for one in record.get("deliveries", []) if one["sink"] == sink and not one["delivered"]]


if __name__ == "__main__":
    unittest.main(verbosity=2)
