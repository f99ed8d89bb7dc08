"""Calls with the media peer over loopback: many at once from one `koeru call`, echo, for some
seconds. Loss, round trip, and what the relay's process took of one core, as a table in Markdown.

  media_calls.py --relay=build/bin/koeru-relay --koeru=build/bin/koeru [--calls=200 --kbit=300]

Without numbers: 200 calls of 300 kbit/s, and one as a page sends it with 720p at 30 pictures a
second (2500 kbit/s).
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time

from servers import BenchError, free_port

ADDRESS = "127.0.0.1"
START_SECONDS = 20
ROWS = ((200, 300), (1, 2500))  # calls, kbit/s of video


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--relay", required=True)
    parser.add_argument("--koeru", required=True)
    parser.add_argument("--calls", type=int)
    parser.add_argument("--kbit", type=int, default=300)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    options.rows = ROWS if options.calls is None else ((options.calls, options.kbit),)
    if options.quick:
        options.rows, options.seconds = ((10, 300),), 1
    return options


def start_relay(options, directory, https_port):
    """The relay, once it is ready."""
    relay = subprocess.Popen(
        [options.relay, "--demo", f"--listening-ip={ADDRESS}",
         f"--listening-port={free_port(ADDRESS)}", f"--https-port={https_port}", "--http-port=0",
         "--no-tls", "--no-dtls",
         f"--state-dir={directory}", "--media-peer-calls=10000",
         "--media-peer-user-calls=10000"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    deadline = time.monotonic() + START_SECONDS
    for line in relay.stdout:
        if line.strip() == "ready":
            return relay
        if time.monotonic() > deadline:
            break
    relay.kill()
    relay.wait()
    raise BenchError("koeru-relay did not become ready")


def cpu_seconds(pid):
    """User and system time of a process: fields 14 and 15 of proc(5)'s stat."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(options, calls, kbit):
    with tempfile.TemporaryDirectory() as directory:
        https_port = free_port(ADDRESS)
        relay = start_relay(options, directory, https_port)
        try:
            before = cpu_seconds(relay.pid)
            call = subprocess.run(
                [options.koeru, "call", f"wss://{ADDRESS}:{https_port}/", "--insecure", "--json",
                 "--no-data", f"--calls={calls}", f"--bitrate={kbit}",
                 f"--seconds={options.seconds}"],
                stdout=subprocess.PIPE, text=True, timeout=options.seconds + 120, check=False)
            return json.loads(call.stdout), cpu_seconds(relay.pid) - before
        finally:
            relay.kill()
            relay.wait()


HEAD = """\
Calls that one `koeru call` makes at once, {seconds} s, echo, over loopback. The relay's time \
includes DTLS and signalling.

| calls | video of each | packets there and back | lost | damaged | round trip, median and 95 % \
| relay, of one core |
|---|---|---|---|---|---|---|"""


def row(options, kbit, report, cpu):
    sent = sum(report[kind]["sent"] for kind in ("audio", "video"))
    lost = sum(report[kind]["lost"] for kind in ("audio", "video"))
    damaged = sum(report[kind]["damaged"] for kind in ("audio", "video"))
    return (f"| {report['ready']} | {kbit} kbit/s | {sent} | {100 * lost / max(sent, 1):.2f} % "
            f"| {damaged} | {report['video']['median_ms']:.1f}, {report['video']['p95_ms']:.1f} ms "
            f"| {100 * cpu / options.seconds:.0f} % |")


def main():
    options = parse_options()
    print(HEAD.format(seconds=options.seconds))
    try:
        for calls, kbit in options.rows:
            report, cpu = measure(options, calls, kbit)
            if report["ready"] < calls:
                raise BenchError(f"{report['ready']} of {calls} calls: {report['findings']}")
            print(row(options, kbit, report, cpu))
    except (BenchError, OSError, subprocess.TimeoutExpired, json.JSONDecodeError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
