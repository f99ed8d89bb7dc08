"""Starts and stops the programs that are compared. Each has an address of its own in 127.0.0.0/8,
so that all can use the same range of relay ports at the same time."""

import atexit
import functools
import os
import random
import signal
import socket
import subprocess
import tempfile
import time

USER = "bench"
PASSWORD = "bench"
REALM = "koeru.bench"
# Below Linux's range of ephemeral ports: nobody else takes one. Servers listen below these.
MIN_PORT, MAX_PORT = 16384, 32767


class BenchError(Exception):
    """A sentence for the person who runs the benchmark."""


RESERVED = []  # Unix sockets with abstract names, held until this process ends


def free_port(address):
    """A port of the address that nobody uses for UDP or TCP (servers listen on both), with the
    next one free for UDP (turnutils_peer takes it for RTCP). Nobody else is given these two until
    this process ends: the same reservation as in tests/native_server/free_port.h."""
    for _ in range(1000):
        port = random.randrange(10000, MIN_PORT)
        reservations = [socket.socket(socket.AF_UNIX) for _ in range(2)]
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp, \
                socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tcp, \
                socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as next_udp:
            try:
                udp.bind((address, port))
                tcp.bind((address, port))
                next_udp.bind((address, port + 1))
                for i, reservation in enumerate(reservations):
                    reservation.bind(f"\0koeru-test-port-{port + i}")
            except OSError:
                for reservation in reservations:
                    reservation.close()
                continue
            RESERVED.extend(reservations)
            return port
    raise OSError(f"no port of {address} is free for both UDP and TCP")


def answers_stun(address, port):
    """Whether a Binding request (RFC 8489 section 5) is answered."""
    request = bytes.fromhex("000100002112a442") + os.urandom(12)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(0.2)
        try:
            client.connect((address, port))
            client.send(request)
            return client.recv(2048)[4:20] == request[4:20]
        except OSError:
            return False


class Server:
    """A running program. `speaks_turn` is false for the forwarder, which then needs peer_port."""

    def __init__(self, name, address, command, speaks_turn=True, peer_port=0, port=0):
        self.name, self.address, self.port = name, address, port
        self.shown_command = " ".join(shown_part(command))
        self.speaks_turn, self.peer_port = speaks_turn, peer_port
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            command, stdout=self.log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        try:
            self._wait_until_ready()
        except BenchError:
            self.stop()
            raise

    def _wait_until_ready(self):
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise BenchError(f"{self.name} did not start:\n{self.log_tail()}")
            if answers_stun(self.address, self.port) if self.speaks_turn else self.says_ready():
                return
            time.sleep(0.05)
        raise BenchError(f"{self.name} is not ready after 15 s:\n{self.log_tail()}")

    def says_ready(self):
        return "ready" in self.log_tail()

    def log_tail(self):
        self.log.seek(0)
        return self.log.read().decode(errors="replace")[-2000:]

    @property
    def pid(self):
        return self.process.pid

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()


def pinned(core, command, realtime=False):
    """On one core and, with `realtime` and the right to it, before all other programs: a process
    that is woken late finds more to do at once, and its numbers no longer say what it costs."""
    first = ["chrt", "--fifo", "1"] if realtime and os.geteuid() == 0 else []
    return first + ["taskset", "-c", str(core)] + command


def shown_part(command):
    """Without chrt, taskset and folders."""
    shown = command[command.index("taskset") + 3:] if "taskset" in command else command
    return [os.path.basename(shown[0])] + shown[1:]


@functools.cache
def certificate():
    """A self-signed certificate and its key, in a directory that goes away at the end."""
    folder = tempfile.TemporaryDirectory(prefix="koeru-bench-")
    atexit.register(folder.cleanup)
    cert, key = (os.path.join(folder.name, name) for name in ("cert.pem", "key.pem"))
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=localhost", "-days", "2",
                    "-keyout", key, "-out", cert], check=True, timeout=60,
                   stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.chmod(key, 0o600)
    return cert, key


def transport_options(address, all_transports):
    if not all_transports:
        return ["--no-tcp", "--no-tls", "--no-dtls"]
    cert, key = certificate()
    return [f"--cert={cert}", f"--pkey={key}", f"--tls-listening-port={free_port(address)}"]


def start_koeru(binary, core, realtime=False, all_transports=False):
    address = "127.0.0.2"
    port = free_port(address)
    command = [
        binary, f"--listening-ip={address}", f"--listening-port={port}", f"--relay-ip={address}",
        "--relay-threads=1", "--lt-cred-mech", f"--user={USER}:{PASSWORD}", f"--realm={REALM}",
        f"--min-port={MIN_PORT}", f"--max-port={MAX_PORT}", "--allow-loopback-peers",
        "--log-file=/dev/null",
    ] + transport_options(address, all_transports)
    return Server("koeru-relay", address, pinned(core, command, realtime), port=port)


def start_coturn(binary, core, realtime=False, all_transports=False):
    address = "127.0.0.3"
    port = free_port(address)
    command = [
        binary, "-n", f"--listening-ip={address}", f"--listening-port={port}",
        f"--relay-ip={address}", "--relay-threads=1", "--lt-cred-mech",
        f"--user={USER}:{PASSWORD}", f"--realm={REALM}", f"--min-port={MIN_PORT}",
        f"--max-port={MAX_PORT}", "--allow-loopback-peers",
        "--no-tcp-relay", "--no-cli", "--no-rfc5780", "--no-stun-backward-compatibility",
        "--no-software-attribute", "--no-dynamic-ip-list", "--no-dynamic-realms",
        "--log-file=/dev/null", "--no-stdout-log", "--simple-log", "--pidfile=/dev/null",
    ] + transport_options(address, all_transports)
    return Server("coturn", address, pinned(core, command, realtime), port=port)


def start_forwarder(binary, core, gso, realtime=False):
    address = "127.0.0.5" if gso else "127.0.0.4"
    port, peer_port = free_port(address), free_port("127.0.0.1")
    command = [binary, f"--listen={address}:{port}", f"--peer=127.0.0.1:{peer_port}"]
    command += ["--gso"] if gso else []
    return Server("forwarder", address, pinned(core, command, realtime), speaks_turn=False,
                  peer_port=peer_port, port=port)
