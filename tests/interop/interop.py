#!/usr/bin/env python3
"""coturn's client tools against koeru-relay, and our client against coturn's server.

  interop.py --list
  interop.py --relay=build/bin/koeru-relay --koeru=build/bin/koeru --load=.../turn_load [CASE ...]
  interop.py --relay=coturn ...            the same against coturn: is the case itself right?

A case passes when every message came back. All on loopback, every wait is bounded.
"""

import argparse
import concurrent.futures
import hashlib
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, os.pardir, "bench"))

import cases  # noqa: E402
import nat  # noqa: E402
import servers  # noqa: E402
from servers import BenchError, Server, free_port  # noqa: E402

COTURN_TOOLS = ("turnserver", "turnutils_uclient", "turnutils_peer", "turnutils_stunclient",
                "turnutils_natdiscovery")
LIMIT_S = 60
HOSTILE_S = 5


# A database with authorization servers' keys or with a second realm, in coturn's own tables.
def make_database(case):
    handle, path = tempfile.mkstemp(prefix="koeru-interop-", suffix=".db")
    os.close(handle)  # with mode 0600: keys are secrets
    database = sqlite3.connect(path)
    database.execute(
        "CREATE TABLE oauth_key (kid varchar(128), ikm_key varchar(256), timestamp bigint default "
        "0, lifetime integer default 0, as_rs_alg varchar(64) default '', realm varchar(127), "
        "primary key (kid))")
    database.executemany("INSERT INTO oauth_key (kid, ikm_key, as_rs_alg, realm) VALUES (?,?,?,'')",
                         case.oauth_keys or [])
    database.execute("CREATE TABLE turn_origin_to_realm (origin varchar(127), realm varchar(127), "
                     "primary key (origin))")
    database.execute("CREATE TABLE turnusers_lt (realm varchar(127) default '', name varchar(512), "
                     "hmackey char(128), primary key (realm,name))")
    if case.realms:
        key = hashlib.md5(b"whirrun:crinna.org:sword").hexdigest()
        database.execute("INSERT INTO turn_origin_to_realm VALUES ('http://crinna.org:80', "
                         "'crinna.org')")
        database.execute("INSERT INTO turnusers_lt VALUES ('crinna.org', 'whirrun', ?)", [key])
    database.commit()
    database.close()
    return path


def relay_command(relay, port, tls_port, cert, key, case, database):
    command = [relay, f"--listening-port={port}", "--listening-ip=127.0.0.1",
               "--listening-ip=::1", "--relay-ip=127.0.0.1", "--relay-ip=::1",
               "--realm=koeru.test", "--allow-loopback-peers",
               f"--tls-listening-port={tls_port}", f"--cert={cert}", f"--pkey={key}",
               "--min-port=16384", "--max-port=32767", "--relay-threads=2"]
    command += ["--mobility"] if case.mobility else []
    if case.relay_uses_jwt:
        command += [f"--jwt-secret={cases.JWT_SECRET}"]
    elif case.relay_uses_secret:
        command += ["--use-auth-secret", "--static-auth-secret=north star"]
    else:
        command += ["--lt-cred-mech", "--user=alice:secret"]
    if database:
        command += [f"--userdb={database}"]
    if case.oauth_keys:
        command += ["--oauth", "--server-name=blackdow.carleon.gov"]
    if os.path.basename(relay) == "turnserver":
        return [relay, "-n"] + command[1:] + ["--no-cli", "--log-file=stdout", "--simple-log",
                                              "--pidfile=/dev/null"]
    # Debian's turnutils_uclient picks channel numbers that RFC 8656 took back.
    return command + ["--rfc5766-channel-numbers", "--log-file=stdout"]


def start_relay(relay, case=cases.Case(), database=None):
    port = free_port("127.0.0.1")
    tls_port = free_port("127.0.0.1")
    cert, key = servers.certificate()
    command = relay_command(relay, port, tls_port, cert, key, case, database)
    server = Server("relay", "127.0.0.1", command, port=port)
    server.certificate = cert
    server.tls_port = tls_port
    for tcp_port in (port, tls_port):  # it answers over UDP a little earlier
        wait_for_tcp(tcp_port, server)
    return server


def wait_for_tcp(port, server):
    for _ in range(LIMIT_S * 10):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    server.stop()
    raise BenchError(f"nobody listens on TCP port {port}: {server.log_tail()}")


class EchoPeer:
    """turnutils_peer on one address."""

    def __init__(self, address):
        self.port = free_port("127.0.0.1")
        self.process = subprocess.Popen(
            ["turnutils_peer", "-L", address, "-p", str(self.port)], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def stop(self):
        self.process.kill()
        self.process.wait()


def run_tool(command):
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, errors="replace",
                              timeout=LIMIT_S, check=False)
    except subprocess.TimeoutExpired as late:
        raise BenchError(f"{command[0]} did not end within {LIMIT_S} s:\n{late.output}") from late
    return done.returncode, done.stdout


def run_for(seconds, command):
    """Its end, with whatever status, or the end of the time."""
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as process:
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()


def check_uclient(status, output):
    """The last totals: as many messages received as sent, and none lost."""
    totals = re.findall(r"tot_send_msgs=(\d+), tot_recv_msgs=(\d+)", output)
    if status != 0 or not totals:
        raise BenchError(f"turnutils_uclient failed with status {status}:\n{output[-3000:]}")
    sent, received = (int(n) for n in totals[-1])
    if sent == 0 or received != sent or "Total lost packets 0 (" not in output:
        raise BenchError(f"{sent} sent, {received} received:\n{output[-3000:]}")
    return f"{sent} sent, {received} received"


def run_uclient(case, relay_path):
    database = make_database(case) if case.oauth_keys or case.realms else None
    relay = start_relay(relay_path, case, database)
    peer = EchoPeer(case.peer) if case.peer else None
    port = relay.tls_port if "-S" in case.flags and case.tls_port else relay.port
    command = ["turnutils_uclient", "-p", str(port), "-n", "20", "-z", "10"]
    command += case.flags + case.credentials
    if peer:
        command += ["-e", case.peer, "-r", str(peer.port)]
    try:
        if case.is_hostile:
            run_for(HOSTILE_S, command + [case.server])
            command = ["turnutils_uclient", "-p", str(relay.port), "-n", "20", "-z", "10", "-X",
                       "-g", "-e", case.peer, "-r", str(peer.port)] + case.credentials
        status, output = run_tool(command + [case.server])
        # Its channel numbers are drawn, and two of one allocation may be the same, which a server must
        # refuse (RFC 8656 section 12.2). That is seldom; twice in a row would be our fault.
        if "channel bind: error 400" in output:
            status, output = run_tool(command + [case.server])
        if "read_mobility_ticket: ERROR" in output:
            raise BenchError(f"it does not take our MOBILITY-TICKET:\n{output[-3000:]}")
        if not case.must_fail:
            return check_uclient(status, output)
        if status == 0:
            raise BenchError(f"this must not work, but it did:\n{output[-3000:]}")
        return "refused, as it must be"
    except BenchError as error:
        raise BenchError(f"{' '.join(command)}\n{error}\nrelay: {relay.log_tail()}") from error
    finally:
        if peer:
            peer.stop()
        relay.stop()
        if database:
            os.unlink(database)


def run_stunclient(address, relay_path):
    relay = start_relay(relay_path)
    try:
        status, output = run_tool(["turnutils_stunclient", "-p", str(relay.port), address])
    finally:
        relay.stop()
    if status != 0 or f"UDP reflexive addr: {address}:" not in output:
        raise BenchError(f"turnutils_stunclient failed with status {status}:\n{output}")
    return next(line for line in output.splitlines() if 'reflexive' in line)


def discovery_command(relay, port, alt_port, addresses):
    command = [relay, *(f"--listening-ip={address}" for address in addresses),
               f"--listening-port={port}", f"--alt-listening-port={alt_port}", "--no-auth",
               "--allow-loopback-peers", "--relay-threads=2", "--log-file=stdout"]
    if os.path.basename(relay) == "turnserver":  # RFC 5780 is on in Debian's
        return [relay, "-n"] + command[1:] + ["--no-cli", "--simple-log", "--pidfile=/dev/null"]
    return command + ["--rfc5780"]


class NamespaceServer(Server):
    """A relay in another network namespace."""

    def __init__(self, holder, address, command, port):
        self.holder = holder
        super().__init__("relay", address, nat.run_in(holder, command), speaks_turn=False,
                         port=port)

    def says_ready(self):
        with nat.inside(self.holder):
            return servers.answers_stun(self.address, self.port)


def check_discovery(case, output):
    for text in case.says:
        if text not in output:
            raise BenchError(f"it did not say \"{text}\":\n{output}")
    for text in case.never_says:
        if text in output:
            raise BenchError(f"it said \"{text}\":\n{output}")
    return case.says[-1]


def run_discovery(case, relay_path):
    """Over loopback."""
    port = free_port("127.0.0.1")
    addresses = ["127.0.0.1", "127.0.0.2"]
    relay = Server("relay", addresses[0],
                   discovery_command(relay_path, port, free_port("127.0.0.2"), addresses),
                   port=port)
    try:
        _, output = run_tool([case.tool, *case.flags, "-p", str(port), addresses[0]])
        return check_discovery(case, output)
    except BenchError as error:
        raise BenchError(f"{error}\nrelay: {relay.log_tail()}") from error
    finally:
        relay.stop()


def run_nat(case, options):
    """The client in one network namespace, the relay in another, a NAT between them."""
    addresses = ["198.51.100.1", "198.51.100.2"]
    with nat.new_namespace() as client, nat.new_namespace() as server:
        world = nat.Nat(client, server, addresses, **case.nat)
        relay = None
        try:
            relay = NamespaceServer(server, addresses[0],
                                    discovery_command(options.relay, 3478, 3479, addresses), 3478)
            command = [case.tool, *case.flags, "-L", nat.CLIENT, addresses[0]]
            if case.tool == cases.BY_THE_RFC:
                command = [sys.executable, os.path.join(HERE, case.tool), nat.CLIENT,
                           addresses[0], "3478"]
            if case.tool == cases.KOERU_CHECK:
                command = [options.koeru, "check", f"stun:{addresses[0]}"]
            _, output = run_tool(nat.run_in(client, command))
            return check_discovery(case, output)
        except BenchError as error:
            tail = relay.log_tail() if relay else ""
            raise BenchError(f"{error}\nrelay: {tail}") from error
        finally:
            if relay:
                relay.stop()
            world.stop()


def run_check(case, options):
    uri, verdict = case
    relay = start_relay(options.relay)
    password = tempfile.NamedTemporaryFile("w", prefix="koeru-interop-")
    try:
        password.write("secret\n")
        password.flush()
        status, output = run_tool(
            [options.koeru, "check", "--user=alice", f"--password-file={password.name}",
             f"--ca-file={relay.certificate}", "--rate=200",
             uri.format(port=relay.port, tls_port=relay.tls_port)])
    finally:
        password.close()
        relay.stop()
    if status != 0 or f"Verdict: {verdict}" not in output:
        raise BenchError(f"koeru check {uri} ended with status {status}:\n{output}")
    return verdict


def run_foreign(arguments, load):
    core = sorted(os.sched_getaffinity(0))[0]
    coturn = servers.start_coturn(shutil.which("turnserver"), core)
    command = [load, f"--server={coturn.address}:{coturn.port}", f"--server-pid={coturn.pid}",
               f"--user={servers.USER}", f"--password={servers.PASSWORD}", "--milliseconds=500",
               "--window=16"] + arguments
    try:
        status, output = run_tool(command)
    finally:
        coturn.stop()
    if status != 0 or '"lost":0' not in output:
        raise BenchError(f"{' '.join(command)}\nstatus {status}:\n{output}")
    return output.strip()


def run(name, options):
    if name in cases.UCLIENT:
        return run_uclient(cases.UCLIENT[name], options.relay)
    if name in cases.STUNCLIENT:
        return run_stunclient(cases.STUNCLIENT[name], options.relay)
    if name in cases.NATDISCOVERY:
        return run_discovery(cases.NATDISCOVERY[name], options.relay)
    if name in cases.NAT:
        return run_nat(cases.NAT[name], options)
    if name in cases.CHECK:
        return run_check(cases.CHECK[name], options)
    if name in cases.FOREIGN_SERVER:
        return run_foreign(cases.FOREIGN_SERVER[name], options.load)
    raise BenchError(f"there is no case or group '{name}'; --list shows all")


def attempt(name, options):
    """One line, or the whole story of a failure."""
    try:
        return True, f"{name}: {run(name, options)}"
    except (BenchError, OSError) as error:
        return False, f"{name}: FAILED\n{error}"


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--relay")
    parser.add_argument("--load")
    parser.add_argument("--koeru")
    parser.add_argument("--list", action="store_true", help="the groups and their cases")
    parser.add_argument("--jobs", type=int, default=8, help="cases at a time; they mostly wait")
    parser.add_argument("case", nargs="*", help="names of groups or cases; all without any")
    options = parser.parse_args()
    if options.list:
        for group, members in cases.GROUPS.items():
            print("\n  ".join([group, *members]))
        return 0
    missing = [tool for tool in COTURN_TOOLS if shutil.which(tool) is None]
    if missing:
        print(f"interop: {missing[0]} is missing; install it: apt-get install coturn",
              file=sys.stderr)
        return 1
    if options.relay == "coturn":
        options.relay = shutil.which("turnserver")
    names = [name for given in options.case or cases.GROUPS
             for name in cases.GROUPS.get(given, [given])]
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        results = list(pool.map(lambda name: attempt(name, options), names))
    for _, text in results:
        print(text)
    bad = sum(1 for good, _ in results if not good)
    print(f"{len(results) - bad} of {len(results)} cases passed")
    return 1 if bad or not results else 0


if __name__ == "__main__":
    sys.exit(main())
