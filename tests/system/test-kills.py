#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
"""kill -9 at any moment while dates fall due: none is lost, each has one id, and what is told twice is told under the same id.

The moments are chance ones and, with strace, named ones: as it enters its n-th fdatasync (before and while a cause is
written), sendto (written, and not delivered) or write. PROVE=long kills a thousand times."""

import collections
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest

TRUCED = os.environ["TRUCED"]
LONG = os.environ.get("PROVE") == "long"
KILLS = int(os.environ.get("KILLS", 1000)) if LONG else 12
EVERY = 0.06 if LONG else 0.08  # seconds between dates
SECONDS = int(os.environ.get("SECONDS", 300)) if LONG else 5    # over which they fall due; the kills go on until both are done
PATIENCE = 60
BEHIND = 20  # seconds: dates that are told a minute late come as one digest
STRACE = shutil.which("strace")
CALLS = ("fdatasync", "sendto", "write")


class Kills(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="truced-test-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.received = []
        self.receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.receiver.bind(str(self.folder / "syslog"))
        self.receiver.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        self.addCleanup(self.receiver.close)
        threading.Thread(target=self.receive, daemon=True).start()
        self.processes = []

    def receive(self):
        while True:
            try:
                message = self.receiver.recv(1 << 16).decode()
            except OSError:
                return
            fields = dict(re.findall(r' ([a-z_]+)="([^"]*)"', message))
            if "milestone" in fields:
                self.received.append((fields["id"], fields["milestone"]))
            self.assertIn("id", fields, message)

    def told(self):
        """Of each sink: the (id, milestone) of all that it was told, as often as it was. A line that a kill has cut short was not told."""
        lines = []
        for line in (self.folder / "stdout").read_text(errors="replace").splitlines():
            try:
                record = json.loads(line)
                lines.append((record["id"], record.get("milestone")))
            except ValueError:
                pass
        return {"stdout": [entry for entry in lines if entry[1]], "syslog": list(self.received)}

    def start(self, *under):
        with (self.folder / "stdout").open("ab") as out, (self.folder / "stderr").open("ab") as log:
            return subprocess.Popen([*under, TRUCED, "--config", self.folder / "truced.conf", "--state", self.folder / "state", "--bus", "none"],
                                    env=dict(os.environ, HOME=str(self.folder), TZ="UTC"), stdin=subprocess.DEVNULL, stdout=out, stderr=log)

    def kill_by_chance(self, chance):
        process = self.start()
        time.sleep(chance.uniform(0, 0.3 if LONG else 0.6))
        self.assertIsNone(process.poll(), "it ended by itself")
        process.kill()
        process.wait()
        return "chance"

    def kill_at_call(self, chance):
        call = chance.choice(CALLS)
        process = self.start(STRACE, "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e",
                             f"inject={call}:signal=KILL:when={chance.randrange(1, 12)}")
        try:
            process.wait(chance.uniform(0.2, 0.6))
            return call
        except subprocess.TimeoutExpired:  # it had less to do than that
            children = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
            for pid in children:
                os.kill(int(pid), signal.SIGKILL)
            process.wait()
            return "chance"

    def behind(self, dues):
        told = {milestone for _, milestone in list(self.received)}
        return time.time() - min((due for id, due in dues.items() if id not in told), default=time.time())

    def kill_once_abreast(self, dues):
        """On a busy machine lives that are short by chance come to nothing."""
        process = self.start()
        end = time.monotonic() + PATIENCE
        while self.behind(dues) > BEHIND / 4:
            self.assertLess(time.monotonic(), end, f"it stays behind: {self.describe_lost(dues)}")
            time.sleep(0.1)
        process.kill()
        process.wait()
        return "chance"

    def kill(self, chance, dues):
        if self.behind(dues) > BEHIND:
            return self.kill_once_abreast(dues)
        return self.kill_at_call(chance) if STRACE and chance.random() < 0.3 else self.kill_by_chance(chance)

    def test_kills(self):
        seed = int(os.environ.get("SEED", random.randrange(1 << 30)))
        print(f"SEED={seed}")
        chance = random.Random(seed)
        begin = time.time() + 1
        dues = {f"m{n}": begin + n * EVERY for n in range(int(SECONDS / EVERY))}
        (self.folder / "truced.conf").write_text(
            f"[truced]\nalert-to = stdout log\nlead = 0\n[sink log]\nkind = syslog\nformat = rfc5424\npath = {self.folder}/syslog\n"
            + "".join(f"[milestone {id}]\ntitle = {id}\ndue = {time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(due))}.{int(due % 1 * 1000000):06d}Z\n"
                      for id, due in dues.items()))
        first = self.start()  # that no date is there before truced has seen it
        time.sleep(0.8)
        first.kill()
        first.wait()
        points = collections.Counter()
        while sum(points.values()) < KILLS or time.time() < begin + SECONDS:
            points[self.kill(chance, dues)] += 1
        last = self.start()
        self.addCleanup(lambda: (last.kill(), last.wait()))
        end = time.monotonic() + PATIENCE
        while any({milestone for _, milestone in told} != set(dues) for told in self.told().values()):
            self.assertLess(time.monotonic(), end, self.describe_lost(dues))
            time.sleep(0.2)
        self.report(points, dues)

    def describe_lost(self, dues):
        return "; ".join(f"{sink} was not told of {sorted(set(dues) - {milestone for _, milestone in told})[:10]}"
                         for sink, told in self.told().items())

    def report(self, points, dues):
        kills = sum(points.values())
        print(f"{kills} kills ({', '.join(f'{count} at {point}' for point, count in points.items())}), {len(dues)} dates, none lost")
        ids = collections.defaultdict(set)
        for sink, told in self.told().items():
            for id, milestone in told:
                ids[milestone].add(id)
            repeats = len(told) - len(set(told))
            print(f"{sink}: {repeats} of {len(told)} told again ({100 * repeats / len(told):.2f} %), {repeats / kills:.3f} a kill")
            self.assertLessEqual(repeats, kills, "at most the one that was under way is repeated")
        self.assertEqual([milestone for milestone, known in ids.items() if len(known) > 1], [], "one id each, in all sinks")


if __name__ == "__main__":
    unittest.main(verbosity=2)
