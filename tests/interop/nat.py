"""A NAT of any behaviour of RFC 4787, between two network namespaces.

It reads IPv4 packets from one TUN device in each of them: the client's side has one private address
and a default route into the NAT, the server's side a route to the NAT's public address. What is not
UDP is dropped.

  with new_namespace() as client, new_namespace() as server:
      nat = Nat(client, server, ["198.51.100.1"], mapping="address", filtering="port")
      ...
      nat.stop()
"""

import contextlib
import ctypes
import fcntl
import os
import select
import stat
import struct
import subprocess
import tempfile
import threading

CLIENT, PUBLIC = "10.0.0.2", "203.0.113.1"
TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
CLONE_NEWNET = 0x40000000
MTU = 1500
UDP, MORE_FRAGMENTS, OFFSET = 17, 0x2000, 0x1FFF
LIBC = ctypes.CDLL(None, use_errno=True)


def packed(address):
    return bytes(int(part) for part in address.split("."))


def new_namespace():
    """A process that holds a network namespace of its own until it is stopped."""
    holder = subprocess.Popen(["unshare", "--net", "sh", "-c", "ip link set lo up; echo; exec cat"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    if not holder.stdout.readline():
        raise OSError("no network namespace: run as root")
    return holder


def run_in(holder, command):
    return ["nsenter", f"--net=/proc/{holder.pid}/ns/net", *command]


@contextlib.contextmanager
def inside(holder):
    """This thread is in that namespace; what it opens stays there."""
    here = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    there = os.open(f"/proc/{holder.pid}/ns/net", os.O_RDONLY)
    try:
        if LIBC.setns(there, CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "setns")
        yield
    finally:
        LIBC.setns(here, CLONE_NEWNET)
        os.close(here)
        os.close(there)


def open_tun_device():
    """/dev/net/tun; where a container has no such file, one of our own that stands for the same."""
    if os.path.exists("/dev/net/tun"):
        return os.open("/dev/net/tun", os.O_RDWR)
    with tempfile.TemporaryDirectory(prefix="koeru-tun-") as directory:
        path = os.path.join(directory, "tun")
        os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(10, 200))
        return os.open(path, os.O_RDWR)


def open_tun(holder, addresses, route):
    """A TUN device in that namespace, with these addresses and a way to `route` through it."""
    with inside(holder):
        device = open_tun_device()
        fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH22x", b"nat", IFF_TUN | IFF_NO_PI))
    steps = [["ip", "address", "add", f"{address}/32", "dev", "nat"] for address in addresses]
    steps += [["ip", "link", "set", "nat", "up", "mtu", str(MTU)],
              ["ip", "route", "add", route, "dev", "nat"]]
    for step in steps:
        subprocess.run(run_in(holder, step), check=True)
    return device


def checksum(header):
    total = sum(struct.unpack(f"!{len(header) // 2}H", header))
    total = (total & 0xFFFF) + (total >> 16)
    return ~(total + (total >> 16)) & 0xFFFF


class Nat:
    """`mapping` and `filtering`: "endpoint" (independent), "address" or "port" (dependent)."""

    def __init__(self, client, server, servers, mapping="endpoint", filtering="endpoint",
                 hairpins=False):
        self.mapping, self.filtering, self.hairpins = mapping, filtering, hairpins
        self.inside = open_tun(client, [CLIENT], "default")
        self.outside = open_tun(server, servers, f"{PUBLIC}/32")
        self.port_by_key, self.by_port = {}, {}
        self.fragments = {}  # what the first fragment of a packet told, for the others
        self.wake, self.stop_pipe = os.pipe()
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def stop(self):
        os.write(self.stop_pipe, b"x")
        self.thread.join()
        for fd in (self.inside, self.outside, self.wake, self.stop_pipe):
            os.close(fd)

    def run(self):
        while True:
            ready, _, _ = select.select([self.inside, self.outside, self.wake], [], [])
            if self.wake in ready:
                return
            for device in ready:
                packet = bytearray(os.read(device, 65536))
                if packet[0] >> 4 == 4 and packet[9] == UDP:
                    self.translate(device, packet)

    def translate(self, device, packet):
        size = (packet[0] & 15) * 4
        offset = struct.unpack_from("!H", packet, 6)[0]
        key = (bytes(packet[4:6]), bytes(packet[12:20]))
        if offset & OFFSET:
            way = self.fragments.get(key)
        else:
            source = (bytes(packet[12:16]), *struct.unpack_from("!H", packet, size))
            target = (bytes(packet[16:20]), *struct.unpack_from("!H", packet, size + 2))
            way = self.outward(source, target) if device == self.inside else \
                self.inward(source, target)
            if offset & MORE_FRAGMENTS:
                self.fragments[key] = way
        if way is None:
            return
        to, source, target = way
        packet[12:16], packet[16:20] = source[0], target[0]
        if not offset & OFFSET:
            struct.pack_into("!HH", packet, size, source[1], target[1])
            struct.pack_into("!H", packet, size + 6, 0)  # no checksum
        struct.pack_into("!H", packet, 10, 0)
        struct.pack_into("!H", packet, 10, checksum(bytes(packet[:size])))
        os.write(to, packet)

    def outward(self, source, target):
        """RFC 4787 section 4.1: which mapping a packet takes."""
        key = (source, *{"endpoint": (), "address": target[:1], "port": target}[self.mapping])
        if key not in self.port_by_key:
            # Never the client's own port, and not one behind the other.
            port = 20000 + 7 * len(self.port_by_key)
            self.port_by_key[key] = port
            self.by_port[port] = (source, set())
        port = self.port_by_key[key]
        self.by_port[port][1].add(target)
        public = (packed(PUBLIC), port)
        if target[0] != packed(PUBLIC):
            return self.outside, public, target
        return self.inward(public, target) if self.hairpins else None

    def inward(self, source, target):
        """RFC 4787 section 5: who may use it."""
        if target[1] not in self.by_port:
            return None
        owner, contacted = self.by_port[target[1]]
        passes = {"endpoint": True,
                  "address": any(source[0] == address for address, _ in contacted),
                  "port": source in contacted}[self.filtering]
        return (self.inside, source, owner) if passes else None
