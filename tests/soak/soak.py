#!/usr/bin/env python3
"""soak.py RELAY [--short]: what takes minutes to see.

1. A relay that may open 1,000 files: a clean 508 beyond, a line in the log, and the first clients
   go on; when some have gone, others get their place.
2. 15,000 allocations with 105,000 permissions on one relay address, refreshed for two minutes:
   nobody is lost, memory stays where it is, each ends within a second of its lifetime.
   --short: 2,000 of them for some seconds, as a part of `make test`.

Prints a line for each, and ends with "N passed, N failed"."""

import collections
import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../bench"))
from servers import free_port  # noqa: E402
from stun import Clients, allocate, create_permission, refresh  # noqa: E402

SHORT = "--short" in sys.argv[2:]
ALLOCATIONS = 2_000 if SHORT else 15_000
SECONDS = 5 if SHORT else 120
LIFETIME_S = 8 if SHORT else 60
REFRESH_S = 3 if SHORT else 20
PERMISSIONS = 7
PEERS = [f"127.200.0.{i + 1}" for i in range(PERMISSIONS)]


class Relay:
    def __init__(self, program, *options, files=20_000):
        self.folder = tempfile.TemporaryDirectory(prefix="koeru-soak-")
        self.log_file = os.path.join(self.folder.name, "log")
        self.admin = os.path.join(self.folder.name, "admin.sock")
        self.port = free_port("127.0.0.1")
        # RFC 6056's range from 49152 on has room for 16,384 relayed ports.
        self.process = subprocess.Popen(
            [program, "--no-auth", "--listening-ip=127.0.0.1", "--relay-ip=127.0.99.1",
             f"--listening-port={self.port}", "--allow-loopback-peers", "--no-tcp",
             "--no-stdout-log", f"--log-file={self.log_file}", "--simple-log",
             f"--admin-socket={self.admin}", *options],
            stdout=subprocess.PIPE,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (files, files)))
        while self.process.stdout.readline().strip() != b"ready":
            if self.process.poll() is not None:
                raise SystemExit(f"the relay did not start:\n{self.log()}")
        self.clients = Clients(("127.0.0.1", self.port))

    def log(self):
        with open(self.log_file, encoding="utf-8") as file:
            return file.read()

    def memory_kb(self):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))

    def counters(self):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(30)
            connection.connect(self.admin)
            connection.sendall(b"GET /api/status HTTP/1.1\r\nHost: relay\r\n\r\n")
            text = b""
            while chunk := connection.recv(65536):
                text += chunk
        return json.loads(text.split(b"\r\n\r\n", 1)[1])["counters"]

    def stop(self):
        self.process.terminate()
        status = self.process.wait(60)
        self.folder.cleanup()
        return status


class Report:
    def __init__(self):
        self.passed = self.failed = 0

    def check(self, is_good, text):
        self.passed, self.failed = self.passed + bool(is_good), self.failed + (not is_good)
        print(("ok      " if is_good else "FAILED  ") + text, flush=True)


def hold(program, report):
    relay = Relay(program, f"--max-allocate-lifetime={LIFETIME_S}")
    everybody = range(ALLOCATIONS)
    empty_kb = relay.memory_kb()
    codes = collections.Counter(relay.clients.ask(everybody, lambda n: allocate()).values())
    report.check(codes == {0: ALLOCATIONS}, f"{ALLOCATIONS} allocations: answers {dict(codes)}")
    codes = collections.Counter(
        relay.clients.ask(everybody, lambda n: create_permission(PEERS)).values())
    report.check(codes == {0: ALLOCATIONS},
                 f"{ALLOCATIONS * PERMISSIONS} permissions: answers {dict(codes)}")

    full_kb = relay.memory_kb()
    highest_kb = full_kb
    rounds = 0
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        began = time.monotonic()
        codes = collections.Counter(
            relay.clients.ask(everybody, lambda n: refresh(LIFETIME_S)).values())
        if codes != {0: ALLOCATIONS}:
            report.check(False, f"refreshing all, round {rounds}: answers {dict(codes)}")
        rounds += 1
        highest_kb = max(highest_kb, relay.memory_kb())
        time.sleep(max(0, min(REFRESH_S - (time.monotonic() - began), end - time.monotonic())))
    live = relay.counters()["allocations"]
    report.check(live == ALLOCATIONS, f"after {SECONDS} s and {rounds} refreshes of all: {live} live")
    report.check(highest_kb < full_kb * (1.1 if SHORT else 1.02),
                 f"memory: {empty_kb} kB empty, {full_kb} kB full, {highest_kb} kB at most: "
                 f"{(full_kb - empty_kb) * 1024 // ALLOCATIONS} bytes an allocation")

    expire(relay, report)
    report.check(relay.stop() == 0, "the relay ended well")


def expire(relay, report):
    """Nobody refreshes any more: the first may go a lifetime after the last round began, the last
    one must be gone a lifetime and a second after it ended."""
    everybody = range(ALLOCATIONS)
    began = time.monotonic()
    codes = collections.Counter(
        relay.clients.ask(everybody, lambda n: refresh(LIFETIME_S)).values())
    ended = time.monotonic()
    report.check(codes == {0: ALLOCATIONS}, f"the last refresh: answers {dict(codes)}")
    time.sleep(max(0, began + LIFETIME_S - 0.2 - time.monotonic()))
    live = relay.counters()["allocations"]
    if time.monotonic() < began + LIFETIME_S:  # a machine that stood still cannot tell
        report.check(live == ALLOCATIONS, f"just before the lifetime is over: {live} live")
    while (live := relay.counters()["allocations"]) > 0 and time.monotonic() - ended < LIFETIME_S + 10:
        time.sleep(0.05)
    late = time.monotonic() - ended - LIFETIME_S
    # Beside other tests the machine may stand still for a moment.
    report.check(live == 0 and (SHORT or late < 1), f"{late:.2f} s after it: {live} live")


def few_files(program, report):
    relay = Relay(program, files=1000)
    everybody = range(1500)
    by_client = relay.clients.ask(everybody, lambda n: allocate())
    codes = collections.Counter(by_client.values())
    report.check(set(codes) == {0, 508} and codes[0] > 900 and len(by_client) == 1500,
                 f"1,500 allocations with 1,000 files: answers {dict(codes)}")
    report.check("raise the limit of open files" in relay.log(), "the log says what to do")
    lucky = [n for n, code in by_client.items() if code == 0]
    codes = collections.Counter(
        relay.clients.ask(lucky, lambda n: create_permission(PEERS)).values())
    report.check(codes == {0: len(lucky)}, f"those who have one go on: answers {dict(codes)}")
    relay.clients.ask(lucky[:100], lambda n: refresh(0))
    others = [n for n in everybody if by_client[n] == 508][:100]
    codes = collections.Counter(relay.clients.ask(others, lambda n: allocate()).values())
    report.check(codes == {0: 100}, f"100 go and 100 others come: answers {dict(codes)}")
    report.check(relay.stop() == 0, "the relay ended well")


def main():
    program = sys.argv[1]
    report = Report()
    few_files(program, report)
    hold(program, report)
    print(f"{report.passed} passed, {report.failed} failed")
    return 0 if report.failed == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
