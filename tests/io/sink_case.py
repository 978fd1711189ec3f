# SPDX-License-Identifier: MIT
"""What the tests of sinks share: the sender, and the flat fields of a record."""
import json
import os
import pathlib
import subprocess
import tempfile
import time
import unittest

SEND_ALERTS = os.environ["SEND_ALERTS"]
KINDS = ["lead", "due", "window-open", "passed", "news", "move", "changed", "feed", "silent", "digest", "problem", "test"]
PRIORITIES = dict(zip(KINDS, [5, 4, 5, 6, 5, 4, 4, 5, 5, 4, 3, 5]))
PATIENCE = 20  # seconds: a busy machine, not a broken one
AT_ONCE = 5    # seconds that a delivery may take, the program's start included


def wait_for(look, what):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        value = look()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError(f"waited in vain for {what}")


def flatten(value, name="", number=1):
    """The fields of a record by the rule of truced-alerts(7): nested keys joined, lists numbered from the second on."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flatten(inner, f"{name}_{key}" if name else key, number)
    elif isinstance(value, list):
        one = name[:-1] if value and isinstance(value[0], dict) and name.endswith("s") else name
        for index, inner in enumerate(value):
            yield from flatten(inner, one, index + 1)
    else:
        text = value if isinstance(value, str) else json.dumps(value)
        yield (f"{name}_{number}" if number > 1 else name), text


class SinkCase(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="truced-sinks-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.config = self.folder / "truced.conf"
        self.configure("alert-to = journal stdout desktop")

    def configure(self, general, sections=""):
        """With a milestone, which all of these need not watch."""
        self.config.write_text(f"[truced]\ntimezone = UTC\n{general}\n{sections}\n[milestone any]\ndue = 2036-01-01\n")

    def send(self, sink, kind=None, **options):
        """[(kind, delivery, id, reason)] of each alert; what went to standard output in self.output."""
        command = [SEND_ALERTS, str(self.config), sink] + ([kind] if kind else [])
        options.setdefault("stdout", subprocess.PIPE)
        began = time.monotonic()
        process = subprocess.run(command, stderr=subprocess.PIPE, timeout=PATIENCE, check=False, **options)
        self.assertLess(time.monotonic() - began, AT_ONCE)
        self.assertEqual(process.returncode, 0, process.stderr)
        self.output = process.stdout
        lines = process.stderr.decode().splitlines()
        self.log = [line for line in lines if line.split(" ")[0] not in KINDS]
        return [tuple((line.split(" ", 3) + [""])[:4]) for line in lines if line.split(" ")[0] in KINDS]

    def assert_all(self, deliveries, expected):
        self.assertEqual([(kind, delivery) for kind, delivery, _, _ in deliveries], [(kind, expected) for kind in KINDS])

    def records(self):
        """The record of each kind, by the JSON that standard output gets."""
        self.assert_all(self.send("stdout"), "done")
        return [json.loads(line) for line in self.output.decode().splitlines()]
