"""The table of `make bench`, as Markdown: ratios first."""

import datetime
import os
import platform
import statistics
import subprocess


def median(values):
    return statistics.median(values)


def rates(results, server):
    return [r["per_cpu_second"] for r in results.get(server, [])]


def ratio(results, one, other):
    """Median of the ratios of each round: both were measured within seconds of each other."""
    pairs = list(zip(rates(results, one), rates(results, other)))
    return median([a / b for a, b in pairs]) if pairs else None


def show(value, form="{:.2f}"):
    return form.format(value) if value is not None else "-"


def thousands(values):
    return f"{median(values) / 1000:,.0f}" if values else "-"


def loss(results):
    lost = sum(r["lost"] for rounds in results.values() for r in rounds)
    done = sum(r.get("delivered", r.get("answered", 0)) for rounds in results.values()
               for r in rounds)
    return f"{100 * lost / (done + lost):.2f} %" if done + lost else "-"


def data_table(rows):
    lines = ["| | koeru / coturn | koeru / forwarder | koeru-relay | coturn | forwarder | lost |",
             "|---|---:|---:|---:|---:|---:|---:|"]
    for title, results in rows:
        columns = [title, f"**{show(ratio(results, 'koeru-relay', 'coturn'))}**",
                   show(ratio(results, "koeru-relay", "forwarder"))]
        columns += [thousands(rates(results, s)) for s in ("koeru-relay", "coturn", "forwarder")]
        lines.append("| " + " | ".join(columns + [loss(results)]) + " |")
    return "\n".join(lines)


def transport_table(rows):
    lines = ["| | koeru / coturn | koeru-relay | coturn | lost |", "|---|---:|---:|---:|---:|"]
    for title, results in rows:
        columns = [title, f"**{show(ratio(results, 'koeru-relay', 'coturn'))}**"]
        columns += [thousands(rates(results, s)) for s in ("koeru-relay", "coturn")]
        lines.append("| " + " | ".join(columns + [loss(results)]) + " |")
    return "\n".join(lines)


def control_table(control):
    def pick(scenario, server, key):
        found = [r[key] for r in control.get(scenario, {}).get(server, [])]
        return median(found) if found else None

    def row(title, scenario, key, form, inverse):
        ours, theirs = (pick(scenario, s, key) for s in ("koeru-relay", "coturn"))
        rate = None if not ours or not theirs else (theirs / ours if inverse else ours / theirs)
        return f"| {title} | **{show(rate)}** | {show(ours, form)} | {show(theirs, form)} |"

    return "\n".join([
        "| | times better than coturn | koeru-relay | coturn |", "|---|---:|---:|---:|",
        row("Binding requests per CPU-second", "binding", "per_cpu_second", "{:,.0f}", False),
        row("allocations made and deleted per CPU-second", "allocate", "per_cpu_second", "{:,.0f}",
            False),
        row("CPU time per allocation, µs", "allocate", "cpu_us_each", "{:.1f}", True),
        row("private memory per allocation, bytes", "memory", "bytes_each", "{:,.0f}", True),
    ])


def first_line(command):
    try:
        out = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
        return (out.stdout or out.stderr).strip().splitlines()[0]
    except (OSError, IndexError, subprocess.TimeoutExpired):
        return "?"


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        names = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
    return f"{names[0] if names else '?'}, {os.cpu_count()} cores"


def machine(commands):
    coturn = first_line(["dpkg-query", "-W", "-f=${Version}", "coturn"])
    lines = [
        f"- {datetime.date.today().isoformat()}, Linux {platform.release()}, {processor()}",
        f"- coturn {coturn} (Debian's package)",
        f"- load while measuring: {' '.join(f'{x:.1f}' for x in os.getloadavg())}",
    ]
    return "\n".join(lines + [f"- `{command}`" for command in commands])


def markdown(singles, bursts, transports, control, commands, rounds, milliseconds):
    return f"""# What `make bench` measured

Written by `tests/bench/run.sh`; do not edit. koeru-relay, coturn and a forwarder that knows no
protocol (`udp_forwarder`: same sockets, nothing added or removed) run side by side on loopback, one
thread each, pinned to one core; the load generator has the other core. The numbers are thousands of
packets that arrived per second of CPU time of the server process (medians of {rounds} interleaved
rounds of {milliseconds} ms); a ratio is the median of the ratios of the rounds. On loopback a send
runs through the stack up to the receiver's queue in the sender's context, for all three alike.

## Single packets

Every packet is a send of its own, and so it is received. The forwarder uses recvmmsg and sendmmsg.

{data_table(singles)}

## Bursts

The generator sends 64 packets of 160 bytes or 40 of 1200 bytes at once (UDP_SEGMENT), as a media
server does for a key frame. The forwarder uses UDP_GRO and UDP_SEGMENT; the receiver can UDP_GRO.

{data_table(bursts)}

## TCP, TLS and DTLS

Ten clients, each on a connection of its own, and a peer over UDP. Both servers have the same
certificate (P-256); what they agree on is what they prefer. koeru-relay encrypts with mbedTLS,
coturn with OpenSSL.

{transport_table(transports)}

## Control plane

An allocation is Allocate (401), Allocate with credentials, and Refresh with lifetime 0. Memory is
the growth of Private_Dirty over the stated number of allocations with one channel each.

{control_table(control)}

## Where

{machine(commands)}
"""
