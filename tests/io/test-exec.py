#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Sinks of kind exec: what a program is given, what it may, and how its end is understood."""
import json
import os
import pathlib
import stat
import subprocess
import sys
import time
import unittest

from sink_case import SinkCase, wait_for

TRUCED = os.environ["TRUCED"]

# Says all about itself into the file that is its first argument.
LOOK = f"""#!{sys.executable}
import json, os, resource, sys
state = {{
    "stdin": sys.stdin.read(), "arguments": sys.argv[2:], "cwd": os.getcwd(),
    "environment": {{name: value for name, value in os.environ.items()}},
    "descriptors": sorted(int(name) for name in os.listdir("/proc/self/fd") if os.path.exists("/proc/self/fd/" + name)),
    "stdout": os.readlink("/proc/self/fd/1"),
    "leads its session": os.getsid(0) == os.getpid(),
    "limits": [resource.getrlimit(limit)[1] for limit in (resource.RLIMIT_CORE, resource.RLIMIT_CPU, resource.RLIMIT_NOFILE)],
}}
print("nobody hears this")
with open(sys.argv[1], "w") as out:
    json.dump(state, out)
"""


class Exec(SinkCase):
    def program(self, text, name="program"):
        path = self.folder / name
        path.write_text(text)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    def use(self, command, more=""):
        self.configure("alert-to = stdout pager", f"[sink pager]\nkind = exec\ncommand = {command}\n{more}")

    def script(self, body, more=""):
        self.use(self.program("#!/bin/sh\n" + body), more)

    def one(self, body, more=""):
        """How the delivery of one alert to such a script ends, and why."""
        self.script(body, more)
        return self.send("pager", "lead")[0][1::2]

    def test_what_it_is_given(self):
        out = self.folder / "out"
        self.use(f"{self.program(LOOK)} {out} 'two words' \"$HOME\" $(id) a\\ b '' *")
        os.environ["NOTIFY_SOCKET"] = "/ours"
        self.addCleanup(os.environ.pop, "NOTIFY_SOCKET")
        inherited = os.open("/dev/null", os.O_RDONLY)
        os.set_inheritable(inherited, True)
        self.addCleanup(os.close, inherited)
        self.assertEqual(self.send("pager", "lead", pass_fds=[inherited])[0][1], "done")
        self.assertEqual(self.output, b"")
        seen = json.loads(out.read_text())
        record = self.records()[0]
        self.assertTrue(seen["stdin"].endswith("}\n"))
        self.assertEqual(json.loads(seen["stdin"]), record)
        self.assertEqual(seen["arguments"], ["two words", "$HOME", "$(id)", "a b", "", "*"], "no shell has read it")
        self.assertEqual(seen["cwd"], "/")
        self.assertEqual(seen["descriptors"], [0, 1, 2])
        self.assertEqual(seen["stdout"], "/dev/null")
        self.assertTrue(seen["leads its session"])
        self.assertEqual(seen["limits"], [0, 31, 256])
        self.assertEqual({name: value for name, value in seen["environment"].items() if name.startswith("TRUCED_")
                          and name not in os.environ},
                         {"TRUCED_SINK": "pager", "TRUCED_ID": record["id"], "TRUCED_KIND": "lead",
                          "TRUCED_URGENCY": record["urgency"], "TRUCED_TITLE": record["title"],
                          "TRUCED_MILESTONE": record["milestone"]})
        self.assertNotIn("NOTIFY_SOCKET", seen["environment"])

    def test_every_kind(self):
        self.script(f"cat >>{self.folder}/out")
        self.assert_all(self.send("pager"), "done")
        got = [json.loads(line) for line in (self.folder / "out").read_text().splitlines()]
        self.assertEqual(got, self.records())

    def test_by_name(self):
        self.use("true --with arguments")
        self.assertEqual(self.send("pager", "lead")[0][1], "done")

    def test_how_it_ends(self):
        self.assertEqual(self.one("echo first >&2; echo 'no such room' >&2; exit 65"),
                         ("refused", "program exited with status 65: no such room"))
        self.assertEqual(self.one("exit 75"), ("retry", "program exited with status 75"))
        self.assertEqual(self.one("printf 'the server\\033 is down\\n\\n' >&2; exit 1"),
                         ("retry", "program exited with status 1: the server is down"))
        self.assertEqual(self.one("kill -9 $$"), ("retry", "program was ended by signal 9 (Killed)"))
        outcome, why = self.one("yes 'much to say' | head -c 1000000 >&2; printf x%.0s $(seq 1000) >&2; exit 1")
        self.assertEqual(outcome, "retry")
        self.assertLess(len(why), 400)
        self.assertIn("xxx", why)

    def test_no_such_program(self):
        self.use(self.folder / "none")
        outcome, why = self.send("pager", "lead")[0][1::2]
        self.assertEqual(outcome, "retry")
        self.assertIn("No such file", why)
        checked = subprocess.run([TRUCED, "--check", "--config", self.config], capture_output=True, text=True, check=True)
        self.assertIn(f"{self.config}:6: [sink pager].command: warning: {self.folder}/none: "
                      "there is no such program that may be run\n", checked.stderr)
        self.program("#!/no/such/interpreter\n", "none")
        self.assertEqual(self.send("pager", "lead")[0][1], "retry")
        (self.folder / "none").chmod(0o600)
        self.assertEqual(self.send("pager", "lead")[0][1], "retry")

    def test_what_it_leaves_running_is_not_waited_for(self):
        self.assertEqual(self.one(f"sleep 60 & echo $! >{self.folder}/pid; exit 0")[0], "done")
        os.kill(int((self.folder / "pid").read_text()), 9)

    def test_what_it_leaves_talking_is_not_listened_to(self):
        self.assertEqual(self.one(f"for i in 1 2 3 4; do yes >&2 & done; echo $! >{self.folder}/talker; sleep 0.2; exit 0")[0], "done")
        self.gone("talker")

    def gone(self, name):
        pid = int(wait_for(lambda: (self.folder / name).exists() and (self.folder / name).read_text().strip(), name))
        wait_for(lambda: not os.path.exists(f"/proc/{pid}") or "State:\tZ" in pathlib.Path(f"/proc/{pid}/status").read_text(),
                 f"the end of {name}")

    def test_timeout(self):
        """It ends with its children, those that heed no SIGTERM too."""
        began = time.monotonic()
        self.assertEqual(self.one(f"sleep 60 & echo $! >{self.folder}/child; sleep 60", "timeout = 1s\n"),
                         ("retry", "program took longer than 1 s"))
        self.assertGreater(time.monotonic() - began, 0.9)
        self.gone("child")
        self.assertEqual(self.one(f"trap '' TERM; sh -c 'trap \"\" TERM; echo $$ >{self.folder}/stubborn; while :; do sleep 1; done'",
                                  "timeout = 1s\n")[0], "retry")
        self.gone("stubborn")
        self.assertEqual(self.one(f"sh -c 'trap \"\" TERM; echo $$ >{self.folder}/left; while :; do sleep 1; done' & sleep 60",
                                  "timeout = 1s\n")[0], "retry")
        self.gone("left")

    def test_the_whole(self):
        """truced --once waits for it; no other sink does; what failed is tried again by the next."""
        self.script(f"test -e {self.folder}/ready || exit 1\nsleep 0.5\ncat >>{self.folder}/out")
        def once():
            return subprocess.run([TRUCED, "--config", self.config, "--state", self.folder / "state", "--once"],
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=30, check=False, text=True)

        stamp = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() - 60))
        feed = self.folder / "feed.xml"
        feed.write_text("<rss version='2.0'><channel><title>t</title>"
                        f"<item><title>x one</title><guid>1</guid><pubDate>{stamp}</pubDate></item></channel></rss>")
        self.config.write_text(f"{self.config.read_text()}[feed f]\npath = {feed}\n[watch w]\ntitle = W\nmatch = x\n")
        first = once()
        self.assertEqual(first.returncode, 1, first.stderr)
        told = [json.loads(line) for line in first.stdout.splitlines()]
        self.assertEqual([alert["title"] for alert in told], ["x one"])
        self.assertIn("alerts wait for it: program exited with status 1", first.stderr)
        (self.folder / "ready").touch()
        second = once()
        self.assertEqual((second.returncode, second.stdout), (0, ""), second.stderr)
        self.assertEqual([json.loads(line) for line in (self.folder / "out").read_text().splitlines()], told)


if __name__ == "__main__":
    unittest.main()
