#!/usr/bin/env python3
"""Style that a machine can check: each rule is a test.

    tests/tidy/tidy.py               checks this repository by every rule
    tests/tidy/tidy.py RULE...       by some
    tests/tidy/tidy.py --list        the rules, and what each demands
    tests/tidy/tidy.py --root DIR    checks another tree (the tests of the rules do)

Prints one line per breach, `file:line: [rule] what; remedy`, and ends with status 1 when there is any.
Exceptions, each with its reason, stand in allow.txt beside this file.
"""

import argparse
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from rules import ALL  # noqa: E402
from tree import Finding, Tree  # noqa: E402

ALLOW = "tests/tidy/allow.txt"


def read_allowed(tree):
    """{(rule, path): line number} and findings about lines that cannot be understood."""
    allowed, bad = {}, []
    if ALLOW not in tree.paths:
        return allowed, bad
    for number, line in tree.lines(ALLOW):
        entry, _, reason = line.partition("#")
        words = entry.split()
        if not words:
            continue
        if len(words) != 2 or words[0] not in ALL or not reason.strip():
            bad.append(Finding(ALLOW, number, f"not an exception: {line}", "write: <rule> <path> # <reason>"))
        else:
            allowed[words[0], words[1]] = number
    return allowed, bad


def check(tree, names):
    """{rule: findings} after exceptions; an unused exception of a checked rule is a finding."""
    allowed, bad = read_allowed(tree)
    results = {}
    for name in names:
        found = list(ALL[name](tree))
        kept = [f for f in found if (name, f.path) not in allowed]
        paths = {f.path for f in found}
        for (rule, path), number in allowed.items():
            if rule == name and path not in paths:
                kept.append(Finding(ALLOW, number, f"{path} keeps the rule by now", "delete the exception"))
        results[name] = kept
    if bad:
        results.setdefault(names[0], []).extend(bad)
    return results


def main():
    parser = argparse.ArgumentParser(description="Checks the style that a machine can check.")
    parser.add_argument("rules", nargs="*", metavar="RULE")
    parser.add_argument("--root", default=Path(__file__).resolve().parents[2])
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    if options.list:
        for name, rule in ALL.items():
            print(f"{name}: {rule.__doc__.splitlines()[0]}")
        return 0
    unknown = [name for name in options.rules if name not in ALL]
    if unknown:
        parser.error(f"there is no rule {unknown[0]}; --list names them")
    results = check(Tree(options.root), options.rules or list(ALL))
    for name, findings in results.items():
        for f in findings:
            print(f"{f.path}:{f.line}: [{name}] {f.what}; {f.remedy}")
    return 1 if any(results.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
