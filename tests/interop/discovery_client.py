"""RFC 5780 section 4.3 and 4.4 as they are written, from a client's side of a NAT.

  discovery_client.py LOCAL SERVER PORT        -> "mapping: address, filtering: port"

It takes OTHER-ADDRESS from the first answer, as the RFC does. turnutils_natdiscovery takes it from
the second one, which by Table 1 names the first address again, and so takes address-dependent
mapping for address and port-dependent mapping unless the server says the same in each answer.
"""

import os
import socket
import struct
import sys

COOKIE, CHANGE_REQUEST, XOR_MAPPED, ORIGIN, OTHER = 0x2112A442, 0x0003, 0x0020, 0x802B, 0x802C
CHANGE_IP, CHANGE_PORT = 4, 2
TRIES, WAIT_S = 3, 1


def endpoint(value, mask=0):
    port, address = struct.unpack("!HI", value[2:8])
    address ^= mask
    return socket.inet_ntoa(struct.pack("!I", address)), port ^ (mask >> 16)


def ask(client, server, flags=0):
    """The attributes of the answer; None when there is none."""
    change = struct.pack("!HHI", CHANGE_REQUEST, 4, flags) if flags else b""
    request = struct.pack("!HHI", 1, len(change), COOKIE) + os.urandom(12) + change
    client.settimeout(WAIT_S)
    for _ in range(TRIES):
        client.sendto(request, server)
        try:
            answer, source = client.recvfrom(2048)
        except socket.timeout:
            continue
        if answer[:2] != b"\x01\x01" or answer[4:20] != request[4:20]:
            sys.exit(f"not an answer: {answer.hex()}")
        values, at = {}, 20
        while at < len(answer):
            kind, size = struct.unpack_from("!HH", answer, at)
            values[kind] = answer[at + 4:at + 4 + size]
            at += 4 + (size + 3) // 4 * 4
        if endpoint(values[ORIGIN]) != source:
            sys.exit(f"RESPONSE-ORIGIN {endpoint(values[ORIGIN])} came from {source}")
        return {"mapped": endpoint(values[XOR_MAPPED], COOKIE), "other": endpoint(values[OTHER])}
    return None


def mapping(client, server):
    first = ask(client, server)
    if first["mapped"] == client.getsockname():
        return "none"
    second = ask(client, (first["other"][0], server[1]))
    if second["mapped"] == first["mapped"]:
        return "endpoint"
    third = ask(client, first["other"])
    return "address" if third["mapped"] == second["mapped"] else "port"


def filtering(client, server):
    ask(client, server)
    if ask(client, server, CHANGE_IP | CHANGE_PORT):
        return "endpoint"
    return "address" if ask(client, server, CHANGE_PORT) else "port"


def main():
    local, server = sys.argv[1], (sys.argv[2], int(sys.argv[3]))
    found = []
    for test in (mapping, filtering):  # each from a port that has sent nothing yet
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
            client.bind((local, 0))
            found.append(f"{test.__name__}: {test(client, server)}")
    print(", ".join(found))


if __name__ == "__main__":
    main()
