#include "native_server/tools/ladder.h"

#include <cstdio>
#include <ctime>

#include "core/bytes/number.h"
#include "core/inspect/print_text.h"
#include "native_server/tools/problems.h"

namespace koeru::tools {
namespace {

template <typename... Values>
std::string Format(const char* format, Values... values) {
  char text[96];
  const int size = std::snprintf(text, sizeof(text), format, values...);
  return std::string(text, static_cast<size_t>(size));
}

std::string Seconds(int64_t ns) {
  const bool negative = ns < 0;
  const int64_t us = (negative ? -ns : ns) / 1000;
  return Format("%c%lld.%06lld s", negative ? '-' : '+', static_cast<long long>(us / 1'000'000),
                static_cast<long long>(us % 1'000'000));
}

std::string Plural(uint64_t count, std::string_view word) {
  return std::to_string(count) + " " + std::string(word) + (count == 1 ? "" : "s");
}

void AppendIndented(std::string& out, const std::string& block) {
  size_t at = 0;
  while (at < block.size()) {
    const size_t end = block.find('\n', at);
    out += "      " + block.substr(at, end - at) + "\n";
    at = end + 1;
  }
}

void AppendLine(std::string& out, const Session& session, const LadderLine& line,
                int64_t start_ns) {
  std::string time = Seconds(line.time_ns - start_ns);
  if (time.size() < 13) time.insert(0, 13 - time.size(), ' ');
  out += line.suspicious ? "!" : " ";
  out += time + "  " + session.client().ToString();
  out += line.direction == kToServer ? " -> " : " <- ";
  out += session.server().ToString() + "  " + line.summary;
  if (line.repeats > 0) {
    out +=
        line.answered_ns ? "  answered again" : "  retransmission " + std::to_string(line.repeats);
  } else if (line.answered_ns) {
    out += "  after " + PrintMilliseconds(*line.answered_ns);
  }
  if (!line.integrity.empty()) out += "  integrity " + line.integrity;
  out += '\n';
  if (line.tree) AppendIndented(out, inspect::PrintText(*line.tree));
}

void AppendData(std::string& out, const Session& session) {
  for (const auto& [channel, counts] : session.channels()) {
    out += "  channel " + ToHexNumber(channel, 4);
    const auto peer = session.channel_peers().find(channel);
    if (peer != session.channel_peers().end()) out += " (peer " + peer->second.ToString() + ")";
    out += ": " + PrintCounts(counts) + "\n";
  }
  for (const auto& [peer, counts] : session.indications()) {
    out +=
        "  Send and Data indications, peer " + peer.ToString() + ": " + PrintCounts(counts) + "\n";
  }
  for (const auto& [kind, counts] : session.others()) {
    out += "  " + kind + ": " + PrintCounts(counts) + "\n";
  }
}

}  // namespace

std::string PrintMilliseconds(int64_t ns) {
  return Format("%.3f ms", static_cast<double>(ns) / 1e6);
}

std::string PrintUtc(int64_t ns) {
  // Rounded down also before 1970.
  int64_t seconds = ns / 1'000'000'000;
  int64_t rest = ns % 1'000'000'000;
  if (rest < 0) {
    rest += 1'000'000'000;
    --seconds;
  }
  const auto time = static_cast<std::time_t>(seconds);
  std::tm parts{};
  if (gmtime_r(&time, &parts) == nullptr) return std::to_string(ns) + " ns since 1970";
  char text[64];
  const size_t size = std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &parts);
  return std::string(text, size) + Format(".%06lldZ", static_cast<long long>(rest / 1000));
}

std::string PrintCounts(const DataCounts& counts) {
  std::string text;
  for (const Direction direction : {kToServer, kToClient}) {
    if (direction == kToClient) text += "; ";
    text += direction == kToServer ? "-> " : "<- ";
    text += Plural(counts[direction].packets, "message") + ", " +
            Plural(counts[direction].bytes, "byte");
  }
  return text;
}

std::string PrintLadder(const Session& session, int64_t start_ns) {
  std::string out(session.transport());
  out += "  " + session.client().ToString() + " -> " + session.server().ToString() + "\n";
  for (const LadderLine& line : session.lines()) AppendLine(out, session, line, start_ns);
  if (session.lines_left_out() > 0) {
    out += "  and " + Plural(session.lines_left_out(), "more message") + " that are not shown\n";
  }
  AppendData(out, session);
  for (const std::string& note : session.notes) out += "  note: " + note + "\n";
  for (const std::string& problem : FindProblems(session)) out += "  problem: " + problem + "\n";
  return out;
}

std::string PrintCaptureHead(const SessionTable& table, std::string_view name) {
  const CaptureCounts& counts = table.counts();
  std::string out(name);
  out += ": " + Plural(counts.packets, "packet");
  if (counts.packets > 0) out += " from " + PrintUtc(table.first_time_ns());
  out += ", " + Plural(table.Found().size(), "session") + " with STUN or TURN";
  if (table.other_flows() > 0) out += ", " + Plural(table.other_flows(), "flow") + " without";
  out += '\n';
  const auto note = [&out](uint64_t count, std::string_view word, std::string_view text) {
    if (count > 0) out += "note: " + Plural(count, word) + " " + std::string(text) + "\n";
  };
  note(table.tls_flows(), "TCP connection", "with TLS: encrypted, so not shown");
  note(counts.not_ip, "packet", "without IP left out");
  note(counts.malformed, "packet", "with headers that are cut short or make no sense left out");
  note(counts.fragments, "IP fragment", "left out: fragments are not put together");
  note(counts.cut, "packet", "cut by the capture: record whole packets (tcpdump -s 0)");
  note(counts.left_out, "packet", "of further flows left out: filter the capture first");
  return out;
}

}  // namespace koeru::tools
