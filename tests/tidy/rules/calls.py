"""What core must not touch: time, randomness and bytes come in as parameters."""

import re

from rules.layout import cpp_files
from tree import Finding

FORBIDDEN_HEADERS = {
    "I/O": r"<(iostream|fstream|ostream|istream|sstream|cstdio|stdio\.h|filesystem|syncstream)>",
    "sockets": r"<(sys/|netinet/|arpa/|linux/|netdb\.h|unistd\.h|fcntl\.h|poll\.h|ifaddrs\.h|net/if)",
    "threads": r"<(thread|mutex|shared_mutex|condition_variable|future|semaphore|barrier|latch|stop_token"
    r"|pthread\.h)>",
    "clocks": r"<(ctime|time\.h)>",
    "randomness": r"<random>",
    "heavy Abseil": r'"absl/(status|log|strings/str_format|strings/cord|synchronization|time|flags|random|debugging)'
    r"[/.]",
    "the edges' libraries": r"[<\"]boost/",
}

# Calls by their bare, std:: or :: name. core_symbols.py looks at what the compiler made of the code
# and misses nothing; this rule knows the line, and leaves out names that methods and variables have.
FORBIDDEN_CALLS = {
    "sockets": "socket sendto sendmsg sendmmsg recvfrom recvmsg recvmmsg setsockopt getaddrinfo",
    "files": "fopen fclose fread fwrite openat printf fprintf puts getenv system",
    "clocks": "clock_gettime gettimeofday usleep nanosleep",
    "randomness": "rand srand drand48 getrandom getentropy arc4random",
    "threads": "pthread_create fork",
}
QUALIFIED_CALLS = {
    "sockets": "bind listen accept connect send recv",
    "files": "open close read write",
    "clocks": "time clock sleep",
    "randomness": "random",
}
FORBIDDEN_NAMES = {
    "clocks": r"\b(?:steady_clock|system_clock|high_resolution_clock)\b",
    "randomness": r"\bstd::(?:random_device|mt19937)\b",
    "threads": r"\b(?:thread_local|std::(?:thread|jthread|mutex|atomic)\b)",
    "I/O": r"\bstd::(?:cout|cerr|clog|cin|ofstream|ifstream)\b",
}
REMEDY = "core gets time, randomness and bytes as parameters and returns actions: do it in native_server/ or wasm/"


def _call_patterns():
    for kind, names in FORBIDDEN_CALLS.items():
        yield kind, re.compile(rf"(?<![\w.>:~])(?:std::|::)?({'|'.join(names.split())})\s*\(")
    for kind, names in QUALIFIED_CALLS.items():
        yield kind, re.compile(rf"(?<![\w>:])(?:std)?::({'|'.join(names.split())})\s*\(")


CALLS = list(_call_patterns())
NAMES = {kind: re.compile(pattern) for kind, pattern in FORBIDDEN_NAMES.items()}
HEADERS = {kind: re.compile(r"\s*#include\s+" + pattern) for kind, pattern in FORBIDDEN_HEADERS.items()}
# `Result<Message> read(Reader&)` declares a name, it does not call one.
DECLARATION = re.compile(r"^\s*(?:[\w:<>,*&\[\]\s]+[\w>*&\]]\s+)[*&]?$")
NOT_A_TYPE = re.compile(r"\b(?:return|co_return|else|throw|case|new)\s*$")


def core_includes_no_outside_world(tree):
    """core/ includes no header of sockets, files, clocks, threads, randomness or heavy Abseil."""
    for path in cpp_files(tree, "core/"):
        for number, line in tree.code_lines(path):
            for kind, pattern in HEADERS.items():
                if pattern.match(line):
                    yield Finding(path, number, f"core includes {kind}: {line.strip()}", REMEDY)


def core_calls_no_outside_world(tree):
    """core/ calls no socket, file, clock, thread or random function."""
    for path in cpp_files(tree, "core/"):
        for number, line in tree.code_lines(path):
            for kind, match in _uses(line):
                yield Finding(path, number, f"core uses {kind}: {match}", REMEDY)


def _uses(line):
    if line.lstrip().startswith("#"):
        return
    for kind, pattern in NAMES.items():
        for match in pattern.finditer(line):
            yield kind, match.group(0)
    for kind, pattern in CALLS:
        for match in pattern.finditer(line):
            before = line[: match.start()]
            if not DECLARATION.match(before) or NOT_A_TYPE.search(before):
                yield kind, match.group(1) + "()"


RULES = (core_includes_no_outside_world, core_calls_no_outside_world)
