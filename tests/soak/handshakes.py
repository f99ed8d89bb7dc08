#!/usr/bin/env python3
"""handshakes.py RELAY KOERU: relayed media while 1,000 TLS handshakes arrive at once, from 50 sources.

`koeru load` sends 2,000 packets a second through UDP allocations for 12 seconds; in the middle of it
1,000 clients connect over TLS. Prints how many handshakes succeeded, how long all took, what was
lost, and the round trip of media with and without them. Fails when a packet or a handshake is lost;
times are for a person to read, because they are the machine's as well: the clients' half of each
handshake is worked out on the same cores, at a lower priority."""

import asyncio
import json
import os
import ssl
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../bench"))
from servers import certificate, free_port  # noqa: E402

HANDSHAKES, SOURCES = 1000, 50


def start_relay(program, folder):
    port, tls_port = free_port("127.0.0.1"), free_port("127.0.0.1")
    cert, key = certificate()
    relay = subprocess.Popen(
        [program, "--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", f"--listening-port={port}",
         f"--tls-listening-port={tls_port}", f"--cert={cert}", f"--pkey={key}", "--realm=r",
         "--user=soak:soak", "--allow-loopback-peers", "--no-stdout-log",
         f"--log-file={folder}/log"], stdout=subprocess.PIPE)
    while relay.stdout.readline().strip() != b"ready":
        if relay.poll() is not None:
            raise SystemExit("the relay did not start")
    return relay, port, tls_port


def start_load(koeru, port, folder):
    with open(f"{folder}/password", "w", encoding="ascii") as file:
        file.write("soak\n")
    return subprocess.Popen(
        [koeru, "load", f"turn:127.0.0.1:{port}?transport=udp", "--user", "soak",
         "--password-file", f"{folder}/password", "--allocations", "20", "--rate", "2000",
         "--duration", "12", "--json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


async def handshake(port, source, context):
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", port, ssl=context, local_addr=(f"127.3.0.{1 + source}", 0),
        ssl_handshake_timeout=60)
    writer.close()
    del reader


async def all_at_once(port):
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    results = await asyncio.gather(
        *(handshake(port, i % SOURCES, context) for i in range(HANDSHAKES)),
        return_exceptions=True)
    return [result for result in results if isinstance(result, Exception)]


def run(relay_program, koeru, with_handshakes):
    with tempfile.TemporaryDirectory(prefix="koeru-soak-") as folder:
        relay, port, tls_port = start_relay(relay_program, folder)
        load = start_load(koeru, port, folder)
        failures, took = [], 0
        if with_handshakes:
            time.sleep(4)
            os.nice(10)
            began = time.monotonic()
            failures = asyncio.run(all_at_once(tls_port))
            took = time.monotonic() - began
        report = json.loads(load.communicate(timeout=120)[0])
        relay.terminate()
        relay.wait(60)
        return report, failures, took


def main():
    relay, koeru = sys.argv[1:]
    quiet, _, _ = run(relay, koeru, False)
    busy, failures, took = run(relay, koeru, True)
    for name, report in (("without", quiet), ("with", busy)):
        print(f"{name} handshakes: {report['sent']} packets sent, {report['lost']} lost, round trip "
              f"{report['median_ms']} ms median, {report['p99_ms']} ms at the 99th percentile")
    for failure in failures[:5]:
        print(f"a handshake failed: {failure!r}")
    print(f"{HANDSHAKES - len(failures)} of {HANDSHAKES} handshakes in {took:.1f} s")
    return 1 if failures or busy["lost"] > 0 or busy["received"] == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
