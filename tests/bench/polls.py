#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""polls.py BUILD [RUNS [FEEDS...]]: what polling costs, against a bare libcurl downloader with as many requests at a time, in the same run: CPU of
truced with its workers, memory of all of them, and the time that a slow network takes. Feeds of 30 items on a host each, all of them
loopback addresses of one nginx; 100 milestones whose queries look for words. Run in network-box.sh.
"""
import asyncio
import email.utils
import multiprocessing
import os
import re
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time

SIZES = [int(size) for size in sys.argv[3:]] or [100, 1000, 5000]
IN_FLIGHT = 64  # as many as truced-net has
N_MILESTONES = 100
N_ITEMS = 30
SLOW_FEEDS = 1000
LATENCY = 0.1
SAMPLE_SECONDS = 0.05
DAY = 86400
NEVER = 10**17


def row(name, figure, ratio=""):
    print("%-44s %18s   %s" % (name, figure, ratio), flush=True)


def address(number, port):
    return "http://127.%d.%d.%d:%d/%d.xml" % (1 + (number >> 16), number >> 8 & 255, number & 255, port, number)


def feed_text(number):
    items = "".join("<item><title>Feed %d says %d about word%d</title><guid>http://example.org/%d/%d</guid>"
                    "<link>http://example.org/%d/%d</link><pubDate>%s</pubDate><description>%s</description></item>"
                    % (number, i, number + i, number, i, number, i, email.utils.formatdate(time.time() - (2 + i) * DAY),
                       "words and more words " * 10) for i in range(N_ITEMS))
    return '<?xml version="1.0"?><rss version="2.0"><channel><title>Feed %d</title>%s</channel></rss>' % (number, items)


class Origin:
    def __init__(self, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.www = os.path.join(folder, "www")
        os.mkdir(self.www)
        for number in range(max(SIZES)):
            with open(os.path.join(self.www, "%d.xml" % number), "w") as file:
                file.write(feed_text(number))
        temporary = "".join("%s_temp_path %s/tmp; " % (kind, folder) for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        with open(os.path.join(folder, "nginx.conf"), "w") as file:
            file.write("%s worker_processes 1; daemon off; pid %s/nginx.pid; error_log %s/error.log;\nevents { worker_connections 1024; }\n"
                       "http { %s access_log off; types { text/xml xml; } server { listen 0.0.0.0:%d backlog=1024; root %s; } }\n"
                       % ("user root;" if os.geteuid() == 0 else "", folder, folder, temporary, self.port, self.www))
        self.nginx = subprocess.Popen(["nginx", "-e", os.path.join(folder, "error.log"), "-c", os.path.join(folder, "nginx.conf")])
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.02)
        sys.exit("polls.py: nginx does not start")

    def stop(self):
        self.nginx.terminate()
        self.nginx.wait()


# --- truced ---

def write_config(folder, n_feeds, port):
    path = os.path.join(folder, "truced.conf")
    lines = ["[truced]", "alert-to = stdout", "timezone = America/New_York"]
    for i in range(N_MILESTONES):
        lines += ["[milestone m%d]" % i, "title = Milestone %d" % i, "due = 2031-%02d-%02d 12:00" % (i % 12 + 1, i % 28 + 1),
                  "match = (word%d | tariff*) \"rare earth%d\"" % (i, i)]
    for i in range(n_feeds):
        lines += ["[feed f%d]" % i, "url = %s" % address(i, port), "allow-private = yes"]
    with open(path, "w") as file:
        file.write("\n".join(lines) + "\n")
    return path


def proportional_kb(pid):
    with open("/proc/%d/smaps_rollup" % pid) as rollup:
        return int(re.search(r"\nPss:\s+(\d+)", rollup.read()).group(1))


def children(pid):
    with open("/proc/%d/task/%d/children" % (pid, pid)) as text:
        return [int(child) for child in text.read().split()]


def watch_memory(pid, peaks):
    """Of truced and its workers together, until it has ended."""
    try:
        while True:
            total = proportional_kb(pid)
            for child in children(pid):
                try:
                    total += proportional_kb(child)
                except (OSError, AttributeError):
                    pass  # it has just begun or ended
            peaks.append(total)
            time.sleep(SAMPLE_SECONDS)
    except (OSError, AttributeError):
        pass


def run_truced(build, folder, config):
    """(seconds of CPU, of the clock, kB at the most) of one round of polls."""
    peaks = []
    begun = time.monotonic()
    truced = subprocess.Popen([os.path.join(build, "daemon/truced"), "--config", config, "--state", os.path.join(folder, "state"), "--once"],
                              env=dict(os.environ, TRUCED_LIBEXEC=os.path.join(build, "daemon/worker")), stdout=subprocess.DEVNULL)
    watcher = threading.Thread(target=watch_memory, args=(truced.pid, peaks))
    watcher.start()
    _, status, used = os.wait4(truced.pid, 0)
    taken = time.monotonic() - begun
    watcher.join()
    truced.returncode = os.waitstatus_to_exitcode(status)
    if truced.returncode != 0:
        sys.exit("polls.py: truced failed")
    return used.ru_utime + used.ru_stime, taken, max(peaks)


def store(folder):
    return sqlite3.connect(os.path.join(folder, "state", "truced.db"))


def make_due(folder):
    with store(folder) as database:
        database.execute("UPDATE feed SET due = ? WHERE due < ?", (int((time.time() - 5) * 1000000), NEVER))
    database.close()


def count(folder, what):
    with store(folder) as database:
        result = database.execute("SELECT count (*) FROM %s" % what).fetchone()[0]
    database.close()
    return result


# --- the floor ---

def write_addresses(folder, n_feeds, port):
    path = os.path.join(folder, "addresses")
    with open(path, "w") as file:
        file.write("".join(address(i, port) + "\n" for i in range(n_feeds)))
    return path


def run_floor(build, addresses, validators, *options):
    begun = time.monotonic()
    output = subprocess.run([os.path.join(build, "tests/bench/bench-download"), addresses, validators, str(IN_FLIGHT), *options],
                            check=True, capture_output=True, text=True).stdout
    return float(re.search(r"seconds ([\d.]+)", output).group(1)), time.monotonic() - begun


def run_parser(build, files):
    """Of the floor, for these files once."""
    output = subprocess.run([os.path.join(build, "tests/bench/bench-parse"), "floor"] + files, check=True, capture_output=True, text=True).stdout
    parsed = int(re.search(r"bytes (\d+)", output).group(1))
    return float(re.search(r"seconds ([\d.]+)", output).group(1)) * sum(os.path.getsize(file) for file in files) / parsed


# --- what is measured ---

def ratio(ours, floors):
    return "%.2f of bare libcurl's %.3f s, %.2f without its caches" % (
        statistics.median(ours) / statistics.median(floors["plain"]), statistics.median(floors["plain"]),
        statistics.median(ours) / statistics.median(floors["tuned"]))


def measure(build, folder, origin, n_feeds, runs):
    config, addresses = write_config(folder, n_feeds, origin.port), write_addresses(folder, n_feeds, origin.port)
    validators = os.path.join(folder, "validators-%d" % n_feeds)
    files = [os.path.join(origin.www, "%d.xml" % i) for i in range(n_feeds)]
    new, unchanged, memory = [], [], []
    floors = {which: {"plain": [], "tuned": []} for which in ("new", "unchanged")}
    parser = []
    for _ in range(runs):
        shutil.rmtree(os.path.join(folder, "state"), ignore_errors=True)
        cpu, _, peak = run_truced(build, folder, config)
        new.append(cpu)
        memory.append(peak)
        assert count(folder, "feed WHERE last_200 IS NOT NULL") == n_feeds and count(folder, "alert") == 0
        make_due(folder)
        cpu, _, peak = run_truced(build, folder, config)
        unchanged.append(cpu)
        memory.append(peak)
        assert count(folder, "feed WHERE last_304 IS NOT NULL") == n_feeds
        parser.append(run_parser(build, files))
        for tuning in floors["new"]:
            if os.path.exists(validators):
                os.unlink(validators)
            floors["new"][tuning].append(run_floor(build, addresses, validators, *([tuning] if tuning == "tuned" else []))[0])
            floors["unchanged"][tuning].append(run_floor(build, addresses, validators, *([tuning] if tuning == "tuned" else []))[0])
    row("feeds: %d, all unchanged" % n_feeds, "%.3f s CPU" % statistics.median(unchanged), ratio(unchanged, floors["unchanged"]))
    both = {tuning: [a + b for a, b in zip(seconds, parser)] for tuning, seconds in floors["new"].items()}
    row("feeds: %d, all new" % n_feeds, "%.3f s CPU" % statistics.median(new), ratio(new, both).replace("libcurl's", "libcurl's and libxml2's"))
    row("feeds: %d, memory of all at the most" % n_feeds, "%.1f MB" % (max(memory) / 1024))


# --- a slow network ---

async def answer_slowly(reader, writer):
    try:
        while await reader.readuntil(b"\r\n\r\n"):
            await asyncio.sleep(LATENCY)
            writer.write(b'HTTP/1.1 304 Not Modified\r\nETag: "x"\r\n\r\n')
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


def serve_slowly(listener):
    async def serve():
        async with await asyncio.start_server(answer_slowly, sock=listener, backlog=1024) as server:
            await server.serve_forever()

    asyncio.run(serve())


def measure_slow(build, folder, runs):
    listener = socket.socket()
    listener.bind(("0.0.0.0", 0))
    listener.listen(1024)
    port = listener.getsockname()[1]
    server = multiprocessing.Process(target=serve_slowly, args=(listener,), daemon=True)
    server.start()
    config, addresses = write_config(folder, SLOW_FEEDS, port), write_addresses(folder, SLOW_FEEDS, port)
    ours, floor = [], []
    for _ in range(runs):
        shutil.rmtree(os.path.join(folder, "state"), ignore_errors=True)
        ours.append(run_truced(build, folder, config)[1])
        floor.append(run_floor(build, addresses, os.path.join(folder, "none"))[1])
    server.terminate()
    row("feeds: %d, each after %d ms" % (SLOW_FEEDS, LATENCY * 1000), "%.2f s" % statistics.median(ours), "%.2f of bare libcurl's %.2f s; "
        "%d at a time need %.2f s" % (statistics.median(ours) / statistics.median(floor), statistics.median(floor), IN_FLIGHT,
                                      SLOW_FEEDS / IN_FLIGHT * LATENCY))


def main():
    build, runs = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory(prefix="truced-polls-") as folder:
        origin = Origin(folder)
        try:
            for n_feeds in SIZES:
                measure(build, folder, origin, n_feeds, runs)
            measure_slow(build, folder, runs)
        finally:
            origin.stop()


main()
