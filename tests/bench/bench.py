#!/usr/bin/env python3
"""Compares koeru-relay with coturn and a bare UDP forwarder. See run.sh, which builds and calls it.

  bench.py --koeru=PATH --load=PATH --forwarder=PATH [--coturn=/usr/bin/turnserver]
           [--out=RESULTS.md] [--rounds=5] [--milliseconds=1000] [--quick]

It runs with real-time priority when it may (root), so nothing else gets much done meanwhile.
--quick: every row once and briefly, to see that each can be measured. It judges no number.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys

import report
import scenarios
import servers
from servers import BenchError


class Bench:
    def __init__(self, options):
        self.options = options
        cores = sorted(os.sched_getaffinity(0))
        self.server_core, self.load_core = cores[0], cores[-1]
        core, realtime = self.server_core, not options.quick
        self.factories = {
            "koeru-relay": lambda gso: servers.start_koeru(options.koeru, core, realtime),
            "coturn": lambda gso: servers.start_coturn(options.coturn, core, realtime),
            "forwarder": lambda gso: servers.start_forwarder(options.forwarder, core, gso,
                                                             realtime),
            # Under the same names, with a certificate and all transports.
            "koeru-relay, all": lambda gso: servers.start_koeru(options.koeru, core, realtime,
                                                                all_transports=True),
            "coturn, all": lambda gso: servers.start_coturn(options.coturn, core, realtime,
                                                            all_transports=True),
        }
        self.commands = {}

    def start(self, names, gso=False):
        running = []
        try:
            for name in names:
                running.append(self.factories[name](gso))
                self.commands[name] = running[-1].shown_command
        except BenchError:
            self.stop(running)
            raise
        return running

    @staticmethod
    def stop(running):
        for server in running:
            server.stop()

    def measure(self, server, arguments):
        command = servers.pinned(self.load_core, [
            self.options.load, f"--server={server.address}:{server.port}",
            f"--server-pid={server.pid}"] + arguments, realtime=not self.options.quick)
        if server.speaks_turn:
            command += [f"--user={servers.USER}", f"--password={servers.PASSWORD}"]
        else:
            command += ["--protocol=none", f"--peer-port={server.peer_port}"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode != 0:
            raise BenchError(f"{server.name}, {' '.join(arguments)}:\n{done.stderr}")
        return json.loads(done.stdout)

    def rounds(self, running, arguments):
        """Interleaved: A B C A B C ..., so that a slow minute of the machine hits all alike."""
        results = {server.name: [] for server in running}
        for _ in range(self.options.rounds):
            for server in running:
                results[server.name].append(self.measure(server, arguments))
        return results

    def data(self, plan, gso, names=("koeru-relay", "coturn", "forwarder")):
        """New processes for each row: the forwarder keeps a socket for each client it ever saw."""
        rows = []
        for scenario in plan:
            self.progress(scenario.title + (", bursts" if gso else ""))
            running = self.start(names, gso)
            try:
                rows.append((scenario.title, self.rounds(
                    running, scenario.arguments(self.options.milliseconds))))
            finally:
                self.stop(running)
        return rows

    def control(self, title, arguments, fresh=False):
        """With `fresh`, each round has a new process: memory that was used once stays with it."""
        self.progress(title)
        names = ["koeru-relay", "coturn"]
        if not fresh:
            running = self.start(names)
            try:
                return self.rounds(running, arguments)
            finally:
                self.stop(running)
        results = {name: [] for name in names}
        for _ in range(min(3, self.options.rounds)):
            for name in names:
                running = self.start([name])
                try:
                    results[name].append(self.measure(running[0], arguments))
                finally:
                    self.stop(running)
        return results

    @staticmethod
    def progress(title):
        print(f"  {title}", file=sys.stderr, flush=True)

    def run(self):
        duration = [f"--milliseconds={self.options.milliseconds}"]
        singles = self.data(scenarios.singles(), gso=False)
        bursts = self.data(scenarios.bursts(), gso=True)
        transports = self.data(scenarios.transports(), gso=False,
                               names=("koeru-relay, all", "coturn, all"))
        control = {
            "binding": self.control("Binding requests", scenarios.BINDING + duration),
            "allocate": self.control("allocations", scenarios.ALLOCATE + duration),
            "memory": self.control(
                "memory", ["--mode=memory", f"--allocations={self.options.memory_allocations}"],
                fresh=True),
        }
        return singles, bursts, transports, control


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--koeru", required=True)
    parser.add_argument("--load", required=True)
    parser.add_argument("--forwarder", required=True)
    parser.add_argument("--coturn", default="/usr/bin/turnserver")
    parser.add_argument("--out")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--milliseconds", type=int, default=500)
    parser.add_argument("--memory-allocations", type=int, default=scenarios.MEMORY_ALLOCATIONS)
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    if options.quick:
        options.rounds, options.milliseconds, options.memory_allocations = 1, 150, 100
    return options


def check(options):
    for what in ("koeru", "load", "forwarder"):
        path = getattr(options, what)
        if not os.access(path, os.X_OK):
            raise BenchError(f"{path} is not there: build it first (tests/bench/run.sh does)")
    if not os.access(options.coturn, os.X_OK):
        raise BenchError("coturn is not installed: apt-get install coturn")
    if shutil.which("openssl") is None:
        raise BenchError("openssl is not installed: apt-get install openssl")
    if shutil.which("taskset") is None:
        raise BenchError("taskset is not installed: apt-get install util-linux")


def check_rows(singles, bursts, transports, control):
    """Every row has a number for every server, or the run is no result."""
    for _, results in singles + bursts + transports + list(control.items()):
        for name, rounds in results.items():
            if not rounds:
                raise BenchError(f"no measurement of {name}")


def main():
    options = parse_options()
    try:
        check(options)
        bench = Bench(options)
        singles, bursts, transports, control = bench.run()
        check_rows(singles, bursts, transports, control)
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    text = report.markdown(singles, bursts, transports, control, bench.commands.values(),
                           options.rounds, options.milliseconds)
    print(text)
    if options.out:
        with open(options.out, "w", encoding="utf-8") as file:
            file.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
