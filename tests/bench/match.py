#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""match.py BUILD RUNS: 100, 1,000 and 10,000 phrases looked for in mixed news (English, Korean, Chinese; made up, the same on each run) by
truced, Hyperscan, ripgrep and grep, whichever there are: CPU, compile time and memory of each; and, on plain English, whether all
find the same lines.

truced and Hyperscan find every place of every phrase; grep and ripgrep are asked only which lines hold any, which is less.
Hyperscan is given folded text (folding is counted, it is truced's own) and the text as it is, where it knows the case of ASCII alone.
"""
import itertools
import os
import random
import re
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

SEED = 7
TEXT_BYTES = 16_000_000
SAMPLE_BYTES = 400_000  # for grep and ripgrep, which take minutes for all
CHECK_BYTES = 500_000
PATIENCE = 20  # seconds of CPU
FUNCTION_WORDS = """the to of a in and for on that is with it as by at from was be said has have will not are but its this an he which would
their they or been more had were after year new who than about could his one also up over last when other may if out two first there
into some before us while under million percent government trade state between market united against""".split()


class Vocabulary:
    """Words of three languages, the frequent ones first."""

    def __init__(self, rng):
        onsets = "b c d f g h j l m n p r s t v w br ch cl cr dr fl gr pl pr qu sh sp st str th tr".split()
        vowels = "a e i o u a e i o ai ea ee io ou".split()
        codas = ["", "", "", "n", "r", "s", "t", "l", "nd", "nt", "ck", "m", "ss", "st", "rt"]
        endings = ["", "", "", "s", "s", "ed", "ing", "er", "ion", "ment", "al", "ly"]
        syllable = lambda: rng.choice(onsets) + rng.choice(vowels) + rng.choice(codas)
        words = dict.fromkeys(FUNCTION_WORDS)
        while len(words) < 30000:
            words["".join(syllable() for _ in range(rng.choice((1, 2, 2, 3)))) + rng.choice(endings)] = None
        self.english = list(words)
        syllables = [chr(rng.randrange(0xAC00, 0xD7A4)) for _ in range(600)]
        self.korean = list(dict.fromkeys("".join(rng.choices(syllables, k=rng.choice((2, 2, 3, 4)))) for _ in range(12000)))
        hanzi = [chr(rng.randrange(0x4E00, 0x9FA0)) for _ in range(2500)]
        self.chinese = list(dict.fromkeys("".join(rng.choices(hanzi, k=rng.choice((1, 2, 2, 2, 3)))) for _ in range(12000)))
        self.weights = {}

    def draw(self, rng, words, n, skip=0):
        """Zipf's law."""
        weights = self.weights.get((id(words), skip))
        if not weights:
            weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(skip, len(words))))
            self.weights[id(words), skip] = weights
        return [words[skip + i] for i in rng.choices(range(len(words) - skip), cum_weights=weights, k=n)]


def english_line(rng, vocabulary):
    words = vocabulary.draw(rng, vocabulary.english, 65)
    for i in range(0, 65):
        chance = rng.random()
        if i == 0 or chance < 0.12:
            words[i] = words[i].upper() if chance < 0.01 else words[i].capitalize()
        if 0.12 < chance < 0.2:
            words[i] += rng.choice((",", ",", ".", " –", "’s", "-led", " 2026", ": “"))
    return " ".join(words) + "."


def korean_line(rng, vocabulary):
    words = vocabulary.draw(rng, vocabulary.korean, 45)
    particles = ("", "", "을", "를", "이", "가", "은", "는", "의", "에", "으로")
    latin = vocabulary.draw(rng, vocabulary.english, 4)
    return " ".join(word + rng.choice(particles) for word in words[:22] + latin[:2] + words[22:] + latin[2:]) + "."


def chinese_line(rng, vocabulary):
    words = vocabulary.draw(rng, vocabulary.chinese, 70)
    for i in range(6, 70, 9):
        words[i] += rng.choice("，，。、")
    words.insert(20, rng.choice(vocabulary.english).capitalize())
    words.insert(50, "2026")
    return "".join(words) + "。"


def mixed_lines(rng, vocabulary, n_bytes):
    lines, size = [], 0
    while size < n_bytes:
        kind = rng.random()
        make = english_line if kind < 0.7 else korean_line if kind < 0.85 else chinese_line
        lines.append(make(rng, vocabulary))
        size += len(lines[-1].encode()) + 1
    return lines


def plain_lines(rng, vocabulary, n_bytes):
    """ASCII words and single spaces: here grep means by a word and by a phrase what truced does."""
    lines, size = [], 0
    while size < n_bytes:
        words = vocabulary.draw(rng, vocabulary.english, 65)
        lines.append(" ".join(word.upper() if rng.random() < 0.1 else word.capitalize() if rng.random() < 0.1 else word for word in words))
        size += len(lines[-1]) + 1
    return lines


def make_phrases(rng, vocabulary, n, plain):
    """As people watch: two or three words mostly, some that are rare alone; a third of them in use by the press."""
    phrases = {}
    while len(phrases) < n:
        kind = rng.random()
        if kind < 0.6 or plain and kind < 0.8:
            first = vocabulary.draw(rng, vocabulary.english, 1, 80 if kind < 0.3 else 1500)
            phrase = " ".join(first + vocabulary.draw(rng, vocabulary.english, 1 if kind < 0.5 else 2, 200))
        elif kind < 0.8 or plain:
            phrase = rng.choice(vocabulary.english[2000:])
        elif kind < 0.9:
            phrase = " ".join(rng.choice(vocabulary.korean[100:]) for _ in range(1 if kind < 0.86 else 2))
        else:
            phrase = "".join(rng.choice(vocabulary.chinese[100:]) for _ in range(2))
        phrases[phrase] = None
    return list(phrases)


class Cost:
    """The CPU and the largest memory of a program, and what it printed; `cpu` is None when it took longer than anybody waits."""

    def __init__(self, command):
        with tempfile.TemporaryFile("w+") as output:
            # Into a file: grep stops at the first find when nobody would see the rest.
            process = subprocess.Popen(command, stdout=output, env=dict(os.environ, LC_ALL="C.UTF-8"),
                                       preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE + 1)))
            self.memory_kb = 0  # not ru_maxrss, which is this program's own, that was copied
            usage = None
            while usage is None:
                with open("/proc/%d/status" % process.pid) as status_file:
                    peak = re.search(r"VmHWM:\s+(\d+)", status_file.read())
                self.memory_kb = int(peak.group(1)) if peak else self.memory_kb
                pid, status, usage = os.wait4(process.pid, os.WNOHANG)
                if pid == 0:
                    usage = None
                    time.sleep(0.002)
            process.returncode = os.waitstatus_to_exitcode(status)
            output.seek(0)
            self.output = output.read()
        if process.returncode not in (0, 1, -signal.SIGXCPU):
            sys.exit("%s: exit status %d" % (command[0], process.returncode))
        self.cpu = usage.ru_utime + usage.ru_stime if process.returncode >= 0 else None
        self.figures = dict(line.split(" ", 1) for line in self.output.splitlines() if " " in line)

    def __getitem__(self, name):
        return float(self.figures[name])


def row(name, figure, ratio=""):
    print("%-44s %18s   %s" % (name, figure, ratio), flush=True)


class Bench:
    def __init__(self, build, folder, runs):
        self.scan = os.path.join(build, "tests/bench/bench-scan")
        hyperscan = os.path.join(build, "tests/bench/bench-hyperscan")
        self.hyperscan = hyperscan if os.path.exists(hyperscan) else None
        self.greps = {name: command for name, command in (("ripgrep -iwF -f", ["rg", "--no-config", "-iwF"]), ("grep -iwF -f", ["grep", "-iwF"]))
                      if shutil.which(command[0])}
        self.folder, self.runs = folder, runs
        self.rng = random.Random(SEED)
        self.vocabulary = Vocabulary(self.rng)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, lines):
        with open(self.path(name), "w") as file:
            file.write("\n".join(lines) + "\n")
        return self.path(name)

    def run_greps(self, phrases, sample, short, ours_s_per_byte, label):
        for name, command in self.greps.items():
            start = Cost(command + ["-c", "-f", phrases, short])
            cost = Cost(command + ["-c", "-f", phrases, sample]) if start.cpu else start
            if cost.cpu is None:
                row("%s: %s" % (label, name), "over %d s CPU" % PATIENCE, "on %.1f MB" % (SAMPLE_BYTES / 1e6))
                continue
            seconds = max(cost.cpu - start.cpu, 0.001)
            row("%s: %s" % (label, name), "%.1f MB/s" % (SAMPLE_BYTES / 1e6 / seconds),
                "truced takes %.4f of that CPU; compile %.0f ms, %.0f kB in all"
                % (ours_s_per_byte * SAMPLE_BYTES / seconds, 1e3 * start.cpu, cost.memory_kb))

    def run_hyperscan(self, ours, theirs, n_bytes, label):
        fold = statistics.median(cost["fold_s"] for cost in ours)
        scan = statistics.median(cost["scan_s"] for cost in ours)
        for name, figure, extra in (("Hyperscan, folded text", "scan_s", fold), ("Hyperscan, as it is", "raw_scan_s", 0)):
            seconds = statistics.median(cost[figure] for cost in theirs) + extra
            row("%s: %s" % (label, name), "%.0f MB/s" % (n_bytes / 1e6 / seconds), "truced takes %.2f of that CPU; compile %.1f ms, %.0f kB"
                % (scan / seconds, theirs[0]["compile_ms"], theirs[0]["memory_kb"]))
        if ours[0].figures["found"] != theirs[0].figures["found"]:
            sys.exit("bench: truced found %s, Hyperscan %s" % (ours[0].figures["found"], theirs[0].figures["found"]))

    def compare(self, count, text, sample, short):
        phrases = self.write("phrases", make_phrases(self.rng, self.vocabulary, count, False))
        n_bytes = os.path.getsize(text)
        ours, theirs = [], []
        for _ in range(self.runs):
            ours.append(Cost([self.scan, phrases, text]))
            if self.hyperscan:
                theirs.append(Cost([self.hyperscan, phrases, text]))
        median = lambda name: statistics.median(cost[name] for cost in ours)
        label = "match: %d phrases" % count
        row("%s: truced" % label, "%.0f MB/s" % (n_bytes / 1e6 / median("scan_s")), "compile %.1f ms, %.0f kB"
            % (median("compile_ms"), median("memory_kb")))
        row("%s: as many queries" % label, "%.0f MB/s" % (n_bytes / 1e6 / median("match_s")), "compile %.1f ms, %.0f kB; %s hits with words"
            % (median("queries_compile_ms"), median("queries_memory_kb"), ours[0].figures["hits"]))
        if self.hyperscan:
            self.run_hyperscan(ours, theirs, n_bytes, label)
        self.run_greps(phrases, sample, short, median("scan_s") / n_bytes, label)

    def check(self):
        """All must find the same lines where they mean the same."""
        text = self.write("plain", plain_lines(self.rng, self.vocabulary, CHECK_BYTES))
        phrases = self.write("phrases", make_phrases(self.rng, self.vocabulary, 1000, True))
        numbers = self.path("numbers")
        Cost([self.scan, phrases, text, numbers])
        with open(numbers) as file:
            ours = file.read().split()
        found = {name: re.findall(r"^(\d+):", Cost(command + ["-n", "-f", phrases, text]).output, re.M)
                 for name, command in self.greps.items()}
        if self.hyperscan:
            Cost([self.hyperscan, phrases, text, numbers])
            with open(numbers) as file:
                found["Hyperscan"] = file.read().split()
        for name, lines in found.items():
            if lines != ours:
                sys.exit("bench: %s finds other lines: %s" % (name, " ".join(sorted(set(lines) ^ set(ours))[:10])))
        row("match: lines of plain English found", "%d" % len(ours), "the same by " + ", ".join(found) if found else "no peer to ask")


def main():
    build, runs = sys.argv[1], int(sys.argv[2])
    with tempfile.TemporaryDirectory(prefix="truced-bench-") as folder:
        bench = Bench(build, folder, runs)
        for name, there, package in (("Hyperscan", bench.hyperscan, "libhyperscan-dev or libvectorscan-dev"),
                                     ("ripgrep", shutil.which("rg"), "ripgrep")):
            if not there:
                print("match: without %s, which is not here (Debian: %s)" % (name, package))
        lines = mixed_lines(bench.rng, bench.vocabulary, TEXT_BYTES)
        text = bench.write("text", lines)
        sample = bench.write("sample", lines[:len(lines) * SAMPLE_BYTES // TEXT_BYTES])
        short = bench.write("short", lines[:1])
        bench.check()
        for count in (100, 1000, 10000):
            bench.compare(count, text, sample, short)
        queries = Cost([os.path.join(build, "tests/news/bench-match"), "1000", "10000"])
        row("match: 10,000 items, 1,000 mixed queries", "%.3f s CPU" % queries["match_s"])


main()
