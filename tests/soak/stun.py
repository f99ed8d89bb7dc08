"""Just enough of STUN and TURN (RFC 8489, RFC 8656) for clients without credentials, and one UDP
socket that plays thousands of them: each client is an address of 127.0.0.0/8."""

import ipaddress
import os
import socket
import struct

MAGIC = 0x2112A442
IP_PKTINFO = 8
ALLOCATE, REFRESH, CREATE_PERMISSION = 3, 4, 8
LIFETIME, XOR_PEER_ADDRESS, ERROR_CODE, REQUESTED_TRANSPORT = 0x000D, 0x0012, 0x0009, 0x0019


def attribute(kind, value):
    return struct.pack("!HH", kind, len(value)) + value + bytes(-len(value) % 4)


def request(method, *attributes):
    body = b"".join(attributes)
    return struct.pack("!HHI", method, len(body), MAGIC) + os.urandom(12) + body


def allocate():
    return request(ALLOCATE, attribute(REQUESTED_TRANSPORT, b"\x11\0\0\0"))


def refresh(lifetime_s):
    return request(REFRESH, attribute(LIFETIME, struct.pack("!I", lifetime_s)))


def create_permission(addresses):
    return request(CREATE_PERMISSION, *(
        attribute(XOR_PEER_ADDRESS, struct.pack(
            "!BBHI", 0, 1, 9 ^ (MAGIC >> 16), int(ipaddress.IPv4Address(address)) ^ MAGIC))
        for address in addresses))


def code_of(response):
    """0 for success, otherwise the error code; -1 when it is no response."""
    kind = struct.unpack_from("!H", response)[0] & 0x0110
    if kind == 0x0100:
        return 0
    if kind != 0x0110:
        return -1
    at = 20
    while at + 4 <= len(response):
        attribute_kind, size = struct.unpack_from("!HH", response, at)
        if attribute_kind == ERROR_CODE:
            return response[at + 6] * 100 + response[at + 7]
        at += 4 + (size + 3) // 4 * 4
    return -1


def address_of(client):
    return f"127.{1 + client // 62500}.{client // 250 % 250}.{1 + client % 250}"


class Clients:
    """Client number n has address_of(n)."""

    def __init__(self, server):
        self.server = server
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.IPPROTO_IP, IP_PKTINFO, 1)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
        self.socket.bind(("0.0.0.0", 0))
        self.socket.settimeout(0.5)

    def ask(self, clients, make, window=64, tries=6):
        """Sends make(n) for each client until it is answered. Returns {client: code}; who never got
        an answer is not in it."""
        codes = {}
        waiting = list(clients)
        by_address = {}
        for _ in range(tries):
            waiting = [n for n in waiting if n not in codes]
            for begin in range(0, len(waiting), window):
                part = waiting[begin:begin + window]
                for n in part:
                    address = address_of(n)
                    by_address[address] = n
                    info = struct.pack("=I4s4s", 0, socket.inet_aton(address), bytes(4))
                    self.socket.sendmsg([make(n)], [(socket.IPPROTO_IP, IP_PKTINFO, info)], 0,
                                        self.server)
                self._receive(len(part), by_address, codes)
        return codes

    def _receive(self, count, by_address, codes):
        for _ in range(count):
            try:
                data, ancillary, _, _ = self.socket.recvmsg(2048, 256)
            except socket.timeout:
                return
            for level, kind, value in ancillary:
                if level == socket.IPPROTO_IP and kind == IP_PKTINFO:
                    to = socket.inet_ntoa(value[8:12])
                    if to in by_address:
                        codes[by_address[to]] = code_of(data)
