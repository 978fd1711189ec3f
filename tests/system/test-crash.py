#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
"""kill -9 of truced and of its workers, at any moment: what was announced is in the store, what is due is told, and what is repeated
has the same id. Run in network-box.sh."""

import collections
import os
import random
import signal
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.environ["SOURCE_ROOT"], "tests/lib"))
from truced_case import TRUCED, utc, wait_for  # noqa: E402
from whole_case import WholeCase, children, rss  # noqa: E402

from gi.repository import GLib  # noqa: E402

ROUNDS = 26
ITEMS = 12  # new ones a round
MILESTONES = 80
SECONDS = 24  # over which they fall due


class Crash(WholeCase):
    def start_and_forget(self):
        """Without waiting for anything."""
        with self.log.open("ab") as log:
            process = subprocess.Popen([TRUCED, "--config", self.config, "--state", self.folder / "state", "--bus", self.address],
                                       env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.addCleanup(self.end, process, signal.SIGKILL)
        return process

    def write_round(self, number):
        """A feed of its own each round: it is polled at once."""
        name = f"wire{number}"
        (self.folder / name).write_text(rss(name, *((f"{name}-{n}", f"The truce, item {number * ITEMS + n}", 60) for n in range(ITEMS))))
        self.text += f"[feed {name}]\npath = {self.folder}/{name}\n"
        self.config.write_text(self.text)

    def cause(self, alert):
        if alert["kind"] == "news":
            return alert["items"][0]["link"]
        return alert["kind"], alert["milestone"], alert.get("lead")

    def test_truced(self):
        seed = int(os.environ.get("SEED", random.randrange(1 << 30)))
        print(f"SEED={seed}")
        chance = random.Random(seed)
        begin = time.time()
        dues = {f"m{n}": utc(3 + n * SECONDS / MILESTONES) for n in range(MILESTONES)}
        self.text = ("[truced]\ntimezone = UTC\nalert-to = stdout desktop\nlead = 0\nbudget = 1000\n[watch truce]\ntitle = Truce\nmatch = truce\n"
                     + "".join(f"[milestone {id}]\ntitle = {id}\ndue = {due}\n" for id, due in dues.items()))
        raised = self.watch("AlertRaised")
        announced = {}
        kills = 0
        for number in range(ROUNDS):
            self.write_round(number)
            process = self.start_and_forget()
            if number % 2:  # else it may be killed before it is ready
                wait_for(self.has_owner, "truced on its bus")
                stored = {alert["id"] for alert in self.alerts()}
                self.assertEqual(announced.keys() - stored, set(), "announced, and not in the store")
            time.sleep(chance.uniform(0, 0.9))
            self.assertIsNone(process.poll(), "it ended by itself")
            process.kill()
            process.wait()
            kills += 1
            while GLib.MainContext.default().iteration(False):
                pass
            announced.update({alert["id"]: alert for alert in [*self.told(), *raised]})
        self.start_truced()
        wait_for(lambda: time.time() > begin + 3 + SECONDS + 1, "the last date", patience=SECONDS + 10)
        wait_for(lambda: {alert["id"] for alert in self.alerts()} <= {alert["id"] for alert in self.told()}, "all on stdout")
        alerts = self.alerts()
        self.check_end(alerts, announced, dues)
        lines = collections.Counter(alert["id"] for alert in self.told())
        repeats = sum(lines.values()) - len(lines)
        print(f"{kills} kills; {len(lines)} alerts, {repeats} repeated lines ({100 * repeats / len(lines):.1f} %), "
              f"{sum(count > 1 for count in lines.values())} alerts more than once")
        self.assertLessEqual(repeats, kills, "at most the one that was under way is repeated")
        self.assertEqual({alert["id"] for alert in self.call("ListPending")}, set(lines), "all wait for the desktop")

    def check_end(self, alerts, announced, dues):
        stored = {alert["id"] for alert in alerts}
        self.assertEqual(announced.keys() - stored, set())
        self.assertEqual({alert["id"] for alert in self.told()} - stored, set())
        causes = collections.Counter(map(self.cause, alerts))
        self.assertEqual([cause for cause, count in causes.items() if count > 1], [], "one id a cause")
        told = {alert["milestone"] for alert in alerts if alert["kind"] in ("due", "passed")}
        self.assertEqual(set(dues) - told, set(), "due, and not told")
        links = {f"https://example.org/wire{number}-{n}" for number in range(ROUNDS) for n in range(ITEMS)}
        self.assertEqual(links - set(causes), set(), "news that were lost")
        self.assertEqual({alert["kind"] for alert in alerts} - {"due", "passed", "news"}, set())

    # --- the workers ---

    def stop_child(self, name):
        """Holds a running worker, so that what it is given next is in flight when it is killed."""
        pid = wait_for(lambda: children(self.daemon.pid).get(name), name)
        os.kill(pid, signal.SIGSTOP)
        return pid

    def add_feeds(self, *sections):
        self.text += "".join(sections)
        self.config.write_text(self.text)
        self.call("Reload")
        for _ in range(3):  # turns of truced's loop, in which it gives its workers what there is to do
            self.call("Status")

    def headlines(self):
        return sorted(alert["items"][0]["title"] for alert in self.alerts("news"))

    def test_workers(self):
        self.start_origin()
        for name in ("first", "held1", "held2", "next", "parsed", "behind"):
            (self.www / f"{name}.xml").write_text(rss(name, (name, f"Truce, says {name}", 60)))

        def section(name):
            return f"[feed {name}]\nurl = {self.url(f'/{name}.xml')}\n"

        self.text = "[truced]\ntimezone = UTC\nalert-to = stdout\n[watch truce]\ntitle = Truce\nmatch = truce\n" + section("first")
        self.start_truced(self.text)
        wait_for(lambda: self.headlines() == ["Truce, says first"], "the first feed")

        net = self.stop_child("truced-net")
        self.add_feeds(section("held1"), section("held2"))
        os.kill(net, signal.SIGKILL)
        wait_for(lambda: len(self.headlines()) == 3, "both feeds, by the next fetcher")
        self.add_feeds(section("next"))
        wait_for(lambda: "Truce, says next" in self.headlines(), "a new fetcher")
        self.assertNotEqual(children(self.daemon.pid)["truced-net"], net)

        parse = self.stop_child("truced-parse")
        self.add_feeds(section("parsed"), section("behind"))
        self.requests("/parsed.xml", 1)
        self.requests("/behind.xml", 1)
        time.sleep(0.2)  # the bodies are on their way to the parser: nothing shows when they are there
        os.kill(parse, signal.SIGKILL)
        wait_for(lambda: len(self.headlines()) == 6, "both feeds, by the next parser")
        self.assertEqual(len(set(self.headlines())), 6)
        self.assertEqual([alert["kind"] for alert in self.alerts() if alert["kind"] != "news"], [], "nobody hears of it")


if __name__ == "__main__":
    unittest.main(verbosity=2)
