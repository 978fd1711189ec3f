# SPDX-License-Identifier: MIT
"""What tests of the whole daemon share: truced with its workers and a private bus, and beside them a real origin whose feeds
have a host each. Run in network-box.sh."""

import email.utils
import json
import os
import pathlib
import sqlite3
import statistics
import threading
import time

import origin
from truced_case import TrucedCase, wait_for

from gi.repository import GLib

NEVER = 10**17  # microseconds: an instant of the store that is later than this says that there will be none


def rss(title, *items):
    """Items are (guid, headline, age in seconds)."""
    entries = "".join(f"<item><title>{headline}</title><guid isPermaLink='false'>{guid}</guid><link>https://example.org/{guid}</link>"
                      f"<pubDate>{email.utils.formatdate(time.time() - age)}</pubDate></item>" for guid, headline, age in items)
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>{title}</title>{entries}</channel></rss>"


class WholeCase(TrucedCase):
    locations = ""  # for nginx, beside those of the origin

    def setUp(self):
        super().setUp()
        self.start_bus()

    def start_origin(self):
        folder = self.folder / "origin"
        folder.mkdir()
        (folder / "whole.location").write_text(self.locations)
        self.origin = origin.Origin(str(folder), "0.0.0.0")
        self.addCleanup(self.origin.stop)
        self.www = pathlib.Path(self.origin.variables()["ORIGIN_WWW"])
        faults = origin.listen("0.0.0.0")
        threading.Thread(target=origin.serve_faults, args=(faults,), daemon=True).start()
        self.faults = faults.getsockname()[1]
        self.environment["SSL_CERT_FILE"] = self.origin.variables()["ORIGIN_CA"]
        self.hosts = iter(range(10, 250))

    def url(self, path, port=None):
        """On a host of its own: truced asks no host twice within 2 s."""
        return f"http://198.41.0.{next(self.hosts)}:{port or self.origin.http}{path}"

    def requests(self, path, at_least=0):
        """Those that nginx has logged, oldest first, once they are so many."""
        log = pathlib.Path(self.origin.variables()["ORIGIN_LOG"])

        def look():
            records = [json.loads(line) for line in log.read_text().splitlines()]
            found = [record for record in records if record["uri"] == path]
            return found if len(found) >= at_least else None

        return wait_for(lambda: [look()], path)[0] if not at_least else wait_for(look, f"{at_least} requests of {path}")

    # --- what truced tells ---

    def feeds(self):
        return {record["id"]: record for record in self.ctl_records("feeds")}

    def alerts(self, *kinds):
        """Newest first."""
        records = self.call("ListAlerts", "(a{sv})", {})
        return [record for record in records if not kinds or record["kind"] in kinds]

    def told(self):
        """Lines of the stdout sink."""
        return [json.loads(line) for line in self.log_text().splitlines() if line.startswith("{") and line.endswith("}")]

    def is_polled(self, feed):
        """Its last poll has ended, well or not."""
        return feed["state"] in ("failing", "gone") or "last_200" in feed

    def wait_for_polls(self, since=None, patience=40):
        """Until each feed has been polled, after that instant; every 0.1 s, so as not to be what truced does most."""
        def ended():
            feeds = self.call("ListFeeds", "(s)", "")
            return all(self.is_polled(feed) and (not since or feed.get("last_try", "") >= since or feed["state"] == "gone"
                                                 or feed["due"] > since) for feed in feeds)

        end = time.monotonic() + patience
        while not ended():
            self.assertLess(time.monotonic(), end, f"polls not within {patience} s: {self.call('ListFeeds', '(s)', '')}")
            time.sleep(0.1)

    def let_pass(self, seconds):
        """What is remembered of polls and deliveries is made so much older, as if truced had been stopped for so long: the polls that
        are due by then are due at its next start."""
        with sqlite3.connect(self.folder / "state" / "truced.db") as store:
            for column in ("due", "last_try", "last_200", "last_304", "last_new", "newest", "moved_since"):
                store.execute(f"UPDATE feed SET {column} = {column} - ? WHERE {column} BETWEEN 1 AND {NEVER}",
                              (seconds * 1000000,))
            # Due just now rather than long ago: what a pause made late is spread over minutes.
            store.execute("UPDATE feed SET due = max (due, ?) WHERE due BETWEEN 1 AND ?", (int((time.time() - 5) * 1000000), NEVER))
            store.execute("UPDATE outbox SET next_try = next_try - ?", (seconds * 1000000,))
        store.close()

    # --- how it behaves ---

    def measure_status(self, until, patience=60):
        """Asks for the status every 20 ms until it is so; the answers' times in milliseconds."""
        times = []
        end = time.monotonic() + patience
        while not until():
            for _ in range(10):
                begin = time.monotonic()
                self.call("Status")
                times.append((time.monotonic() - begin) * 1000)
                time.sleep(0.02)
            self.assertLess(time.monotonic(), end, "it takes too long")
        return times

    def watch_turns(self):
        """From the next start on: how long each turn of truced's main loop takes (turns.c)."""
        self.turns = self.folder / "turns"
        self.environment.update(LD_PRELOAD=os.environ["TURNS"], TRUCED_TURNS=str(self.turns),
                                ASAN_OPTIONS=os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0")

    def assert_turns(self, what, limit=50):
        """None took the milliseconds within which truced is to answer: of its own CPU time, which a busy machine hardly makes more."""
        turns = [tuple(map(int, line.split())) for line in self.turns.read_text().splitlines()]
        cpu, wall, syncs = (max(column) / unit for column, unit in zip(zip(*turns), (1000, 1000, 1)))
        print(f"{what}: the longest turn of the loop took {cpu:.1f} ms of CPU, {wall:.1f} ms in all, {syncs:.0f} waits for the disk")
        self.assertLess(cpu, limit * int(os.environ.get("SLOWNESS", 1)))

    def assert_quick(self, times, what):
        print(f"{what}: Status answered {len(times)} times, median {statistics.median(times):.1f} ms, worst {max(times):.1f} ms")
        self.assertLess(statistics.median(times), 50)


def children(pid):
    """{name: pid}"""
    found = {}
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            try:
                found[pathlib.Path(f"/proc/{child}/comm").read_text().strip()] = int(child)
            except OSError:
                pass  # it has just ended
    return found
