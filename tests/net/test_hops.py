#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""A public origin that leads to private addresses. There is none on loopback, so a network of our own has one: run by
test-hops.sh, which gives this network's loopback device a public address."""
import os
import signal
import unittest

from test_net import ANSWERED, REFUSED, Net, log, requests_of

HTTP = os.environ["ORIGIN_HTTP"]


class TestHops(unittest.TestCase):
    def test_public_is_fetched(self):
        with Net() as net:
            answer = net.fetch(f"{HTTP}/feed.xml", allow_private=False)
            self.assertEqual((answer["result"], answer["status"], answer["error"]), (ANSWERED, 200, ""))

    def test_public_leads_to_private(self):
        with Net() as net:
            for path, error in (("toprivate", "address 10.255.255.1 is private; say allow-private = yes"),
                                ("toloopback", "address 127.0.0.1 is loopback; say allow-private = yes")):
                answer = net.fetch(f"{HTTP}/{path}", allow_private=False)
                self.assertEqual((answer["result"], answer["error"], answer["body"]), (REFUSED, error, b""))
                requests_of(f"/{path}", 1)
            self.assertEqual([r for r in log() if r["host"].startswith("127.")], [])

    def test_public_leads_to_private_where_that_is_allowed(self):
        with Net() as net:
            answer = net.fetch(f"{HTTP}/toloopback", allow_private=True)
            self.assertEqual((answer["result"], answer["status"]), (ANSWERED, 200))
            # Nor does the connection that is kept from it serve one that is not allowed to.
            answer = net.fetch(f"{HTTP}/toloopback", allow_private=False)
            self.assertEqual(answer["result"], REFUSED)


if __name__ == "__main__":
    signal.alarm(60)
    # Only these: the others have had their turn.
    unittest.main(defaultTest="TestHops", verbosity=2)
