#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
"""No bus, no network: each is said once and waited for, and truced goes on when it comes. And with nothing to do, truced does
nothing. Run in network-box.sh."""

import os
import pathlib
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.environ["SOURCE_ROOT"], "tests/lib"))
from truced_case import utc, wait_for  # noqa: E402
from whole_case import WholeCase, children, rss  # noqa: E402

HEAD = "[truced]\ntimezone = UTC\nalert-to = stdout\nlead = 0\n[watch truce]\ntitle = Truce\nmatch = truce\n"
IDLE_SECONDS, ATTEMPTS = 5, 3


def switches(pid):
    """Voluntary ones of all its threads: how often it has gone to sleep, and so how often it woke."""
    total = 0
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        status = (task / "status").read_text()
        total += int(status.split("\nvoluntary_ctxt_switches:")[1].split()[0])
    return total


class Absence(WholeCase):
    def feed_sections(self, count):
        for n in range(count):
            (self.www / f"f{n}.xml").write_text(rss(f"f{n}", (f"f{n}", f"Truce in feed {n}", 60)))
        return "".join(f"[feed f{n}]\nurl = {self.url(f'/f{n}.xml')}\n" for n in range(count))

    def test_network(self):
        self.start_origin()
        subprocess.run(["ip", "link", "set", "lo", "down"], check=True)
        try:
            self.start_truced(HEAD + self.feed_sections(5))
            alert, = wait_for(lambda: self.alerts(), "word of the network")
            self.assertEqual((alert["kind"], alert["title"]), ("problem", "The network cannot be reached: no news until it can"))
            for n in range(5):
                self.assertIn(f"\nf{n}: ", alert["body"])
        finally:
            subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
        self.stop_truced()
        self.let_pass(600)
        self.start_truced()
        wait_for(lambda: len(self.alerts("news")) == 5, "news once there is a network")
        self.assertEqual(len(self.alerts()), 6, "and nothing else was told")

    def test_idle(self):
        self.start_origin()
        (self.folder / "wire.xml").write_text(rss("Wire", ("w", "Truce on the wire", 60)))
        self.start_truced(HEAD + self.feed_sections(10) + f"[feed wire]\npath = {self.folder}/wire.xml\n"
                          + "".join(f"[milestone m{n}]\ntitle = m{n}\ndue = {utc(86400 * (n + 2))}\n" for n in range(20)))
        self.wait_for_polls()
        wait_for(lambda: len(self.alerts("news")) == 11, "all news")
        self.assertEqual(set(children(self.daemon.pid)), {"truced-net", "truced-parse"})
        wait_for(lambda: self.are_still(0.5), "the end of deliveries, and of what they still say")
        # Once more where the machine has woken one, or a worker was let go: what a timer does, it does again.
        self.assertTrue(any(self.are_still(IDLE_SECONDS) for _ in range(ATTEMPTS)))

    def are_still(self, seconds):
        """Has none of truced's processes woken meanwhile?"""
        def count():
            return {name: switches(pid) for name, pid in {"truced": self.daemon.pid, **children(self.daemon.pid)}.items()}

        begin = count()
        time.sleep(seconds)
        woken = {name: number - begin.get(name, 0) for name, number in count().items()}
        print(f"over {seconds} s: {woken}")
        return not any(woken.values())


if __name__ == "__main__":
    unittest.main(verbosity=2)
