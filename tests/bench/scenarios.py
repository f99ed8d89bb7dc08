"""What is measured: one row of the table each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DataScenario:
    to_peer: bool
    size: int
    allocations: int
    burst: int = 1  # datagrams per send of the generator

    @property
    def title(self):
        direction = "client to peer" if self.to_peer else "peer to client"
        return f"{direction}, {self.size} B, {self.allocations} allocations"

    @property
    def window(self):
        # Enough under way to keep one core busy; little enough for coturn's socket buffers.
        return 256 if self.burst == 1 else 8 * self.burst

    def arguments(self, milliseconds):
        arguments = [
            "--mode=data", f"--direction={'to-peer' if self.to_peer else 'to-client'}",
            f"--size={self.size}", f"--allocations={self.allocations}", f"--burst={self.burst}",
            f"--window={self.window}", f"--milliseconds={milliseconds}",
        ]
        # Single packets arrive singly, as at a browser; bursts where the receiver can take them.
        return arguments + (["--sink-gro"] if self.burst > 1 else [])


def singles():
    return [DataScenario(to_peer, size, allocations)
            for to_peer in (True, False) for size in (160, 1200) for allocations in (10, 1000)]


def bursts():
    return [DataScenario(to_peer, size, allocations, burst)
            for to_peer in (True, False) for size, burst in ((160, 64), (1200, 40))
            for allocations in (10, 1000)]


@dataclass(frozen=True)
class TransportScenario:
    """Clients over TCP, TLS or DTLS, each on a connection of its own."""
    transport: str
    to_peer: bool
    size: int
    allocations: int = 10

    @property
    def title(self):
        direction = "client to peer" if self.to_peer else "peer to client"
        return f"{self.transport.upper()}, {direction}, {self.size} B"

    def arguments(self, milliseconds):
        # 128 packets of 1200 bytes are less than what either server keeps for a slow reader.
        return [
            "--mode=data", f"--transport={self.transport}",
            f"--direction={'to-peer' if self.to_peer else 'to-client'}", f"--size={self.size}",
            f"--allocations={self.allocations}", "--window=128", f"--milliseconds={milliseconds}",
        ]


def transports():
    return [TransportScenario(transport, to_peer, size) for transport in ("tcp", "tls", "dtls")
            for to_peer in (True, False) for size in (160, 1200)]


BINDING = ["--mode=binding", "--allocations=1000", "--window=256"]
ALLOCATE = ["--mode=allocate", "--window=32"]
MEMORY_ALLOCATIONS = 5000
