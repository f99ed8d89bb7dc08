#!/usr/bin/env python3
"""What core's compiled code asks the outside world for: it must be neither time, randomness, threads,
files nor sockets, by whatever way the source says it.

    tests/tidy/core_symbols.py NM LIBRARY...    NM: the nm program; LIBRARY: core's static libraries

Prints one line per breach, `library(object): what; remedy`, and ends with status 1 when there is any.
"""

import re
import subprocess
import sys

# Undefined symbols as `nm --demangle` writes them.
FORBIDDEN = {
    "sockets": r"socket|bind|listen|accept4?|connect|send(to|msg|mmsg)?|recv(from|msg|mmsg)?|[gs]etsockopt"
    r"|getaddrinfo|poll|select|epoll_\w+",
    "files": r"f?open(at|64)?|fopen64|close|p?read|p?write|f(read|write|close|puts|printf)|__?v?f?printf(_chk)?"
    r"|puts|putchar|getenv|system|std::basic_[io]?f(ile)?(stream|buf)\b.*|std::(cout|cerr|clog|cin)|stdout|stderr",
    "clocks": r"time|clock|clock_gettime|gettimeofday|(nano|u)?sleep|std::chrono::.*::now\(\)",
    "randomness": r"s?rand(om)?(_r)?|[delmn]rand48|getrandom|getentropy|arc4random\w*|std::random_device\b.*",
    "threads": r"pthread_\w+|std::thread\b.*|std::condition_variable\b.*|fork",
}
PATTERN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in FORBIDDEN.items()))
REMEDY = "take it as a parameter, or do it in native_server/ or wasm/"


def breaches(listing):
    """(object, kind, symbol) of an output of `nm --undefined-only --demangle`."""
    member = "?"
    for line in listing.splitlines():
        if line.endswith(".o:"):
            member = line[:-1]
            continue
        words = line.strip().split(" ", 1)
        if len(words) == 2 and words[0] in ("U", "w"):
            match = PATTERN.fullmatch(re.sub(r"@.*", "", words[1]))
            if match and words[0] == "U":
                yield member, match.lastgroup, words[1]


def main(nm, libraries):
    status = 0
    for library in libraries:
        listing = subprocess.run(
            [nm, "--undefined-only", "--demangle", library], capture_output=True, text=True, timeout=60, check=True
        ).stdout
        if ".o:" not in listing:
            print(f"{library}: nm found no object in it; pass static libraries")
            status = 1
        for member, kind, symbol in breaches(listing):
            print(f"{library}({member}): core uses {kind}: {symbol}; {REMEDY}")
            status = 1
    return status


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2:]))
