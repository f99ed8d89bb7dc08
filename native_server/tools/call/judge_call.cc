#include "native_server/tools/call/judge_call.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "core/bytes/escape.h"

namespace koeru::tools {
namespace {

// More than that, and a call is not whole.
constexpr double kMostLost = 0.05;

struct ErrorRemedy {
  std::string_view code, topic, remedy;
};

// By the codes of CallFacts: ours, and those of SIGNALLING.md.
constexpr ErrorRemedy kErrorRemedies[] = {
    {"name", "reachable", "correct the name in the address, or write it into DNS"},
    {"connect", "reachable",
     "see that koeru-relay runs there, that HOST:PORT are those of its page (https-port), and that "
     "a firewall lets TCP through"},
    {"silent", "reachable",
     "see that it is a koeru-relay that listens there; raise --timeout on a slow path"},
    {"tls", "certificate",
     "name the authority that signed it with --ca-file, use the host's name that stands in it, or "
     "take any with --insecure"},
    {"signalling", "signalling",
     "see that a koeru-relay answers there and that its signalling is not switched off "
     "(no-signalling)"},
    {"no-peer", "media peer", "start the server with --media-peer"},
    {"request", "media peer", "the server is of another version: update it, or koeru"},
    {"offer", "media peer", "the server is of another version: update it, or koeru"},
    {"answer", "media peer", "the server is of another version: update it, or koeru"},
    {"source", "media peer", "look into the server's log: its test picture was not made"},
    {"closed", "media peer", "look into the server's log: it was stopped, or ended the call"},
    {"credential", "credential",
     "name a user that the server knows (--user with --password-file, or --secret-file); without "
     "them those of /ice-servers are taken"},
    {"unanswered", "credential", "see that the server's database or endpoint of users answers"},
    {"full", "media peer", "raise media-peer-calls or media-peer-user-calls, or make fewer calls"},
    {"too-fast", "signalling", "make fewer calls, or wait between them"},
    {"server-full", "signalling", "make fewer calls: the server has all the rooms it may have"},
    {"no-turn", "turn", "see that the server listens for TURN over that transport"},
    {"turn", "turn", "`koeru check` says more of TURN at this server"},
    {"ice", "path",
     "let UDP through to the port of TURN (3478) in both directions, and see external-ip of a "
     "server behind a NAT; --via tcp or tls shows whether TURN gets through"},
    {"setup", "path", "let UDP through to the port of TURN (3478) in both directions"},
    {"dtls", "dtls", "something on the path drops or changes UDP packets: try --via tls"},
    {"fingerprint", "dtls", "somebody stands between: look for a proxy that changes packets"},
    {"srtp", "dtls", "the server is of another version: update it, or koeru"},
    {"data", "data", "packets of SCTP do not get through: look for a path with a small MTU"},
    {"channels", "data", "look into the server's log"},
    {"time", "media peer", "raise media-peer-time, or make shorter calls"},
};

ErrorRemedy RemedyForCode(std::string_view code) {
  for (const ErrorRemedy& one : kErrorRemedies) {
    if (one.code == code) return one;
  }
  return {code, "call", "look into the server's log"};
}

void JudgeErrors(std::span<const CallFacts> calls, Findings& findings) {
  std::map<std::string, std::pair<size_t, std::string>> by_code;
  for (const CallFacts& call : calls) {
    if (call.error_code.empty()) continue;
    auto& [count, text] = by_code[call.error_code];
    if (count++ == 0) text = call.error;
  }
  for (const auto& [code, what] : by_code) {
    const ErrorRemedy remedy = RemedyForCode(code);
    const std::string many =
        calls.size() == 1 ? "" : absl::StrCat(what.first, " of ", calls.size(), " calls: ");
    findings.push_back({Level::kFail, remedy.topic, absl::StrCat(many, Escape(what.second)),
                        std::string(remedy.remedy)});
  }
}

std::string_view WayText(CallVia via) {
  switch (via) {
    case CallVia::kDirect:
      return "straight, over UDP";
    case CallVia::kUdp:
      return "through TURN over UDP";
    case CallVia::kTcp:
      return "through TURN over TCP";
    case CallVia::kTls:
      return "through TURN over TLS";
    case CallVia::kDtls:
      break;
  }
  return "through TURN over DTLS";
}

void JudgeSetUp(std::span<const CallFacts> calls, Findings& findings) {
  size_t ready = 0;
  double ice_ms = 0, dtls_ms = 0;
  const CallFacts* first = nullptr;
  for (const CallFacts& call : calls) {
    if (call.stage != CallStage::kReady) continue;
    if (first == nullptr) first = &call;
    ++ready;
    ice_ms = std::max(ice_ms, call.ice_ms);
    dtls_ms = std::max(dtls_ms, call.dtls_ms);
  }
  if (first == nullptr) return;
  // The socket is bound to no address, so its own end says nothing.
  std::string path;
  if (calls.size() == 1 && first->path) {
    if (first->via != CallVia::kDirect) {
      absl::StrAppend(&path, ", relayed at ", first->path->local.ToString());
    }
    absl::StrAppend(&path, ", to ", first->path->remote.ToString());
  }
  const std::string many = calls.size() == 1 ? "" : absl::StrCat(ready, " calls ");
  const std::string_view at_most = calls.size() == 1 ? "" : "at most ";
  findings.push_back({Level::kOk, "path",
                      absl::StrFormat("%s%s%s; ICE took %s%.0f ms, DTLS %s%.0f ms", many,
                                      WayText(first->via), path, at_most, ice_ms, at_most, dtls_ms),
                      ""});
}

double Percent(int64_t part, int64_t all) {
  return all <= 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(all);
}

double Kbps(int64_t bytes, double seconds) {
  return seconds <= 0 ? 0 : static_cast<double>(bytes) * 8 / 1000 / seconds;
}

// Histograms know delays to 5 % only.
double MedianMs(const StreamFacts& stream) {
  return std::min(stream.round_trips.PercentileMs(0.5), stream.worst_ms);
}

// What is said of one that is lost.
std::string_view RemedyForLoss(std::string_view topic) {
  if (topic == "data")
    return "look into the server's log: data channels lose nothing by themselves";
  return "look for a full line, bad Wi-Fi or a rate limit (max-bps, media-peer-max-bps); --bitrate "
         "asks for less";
}

Finding JudgeReturned(std::string_view topic, const StreamFacts& stream, double seconds) {
  std::string text = absl::StrFormat("%d sent (%.0f kbit/s), %d back, lost %d (%.1f %%)",
                                     stream.sent, Kbps(stream.sent_bytes, seconds), stream.received,
                                     stream.lost, Percent(stream.lost, stream.sent));
  if (stream.lost_on_the_way_there.value_or(0) > 0) {
    absl::StrAppend(&text, ", before repairs ", *stream.lost_on_the_way_there, " on the way there");
  }
  if (stream.repaired > 0) absl::StrAppend(&text, ", ", stream.repaired, " repaired");
  if (stream.out_of_order > 0) absl::StrAppend(&text, ", ", stream.out_of_order, " out of order");
  if (stream.repeated > 0) absl::StrAppend(&text, ", ", stream.repeated, " twice");
  absl::StrAppend(&text, absl::StrFormat("; round trip median %.1f, worst %.1f ms",
                                         MedianMs(stream), stream.worst_ms));
  if (stream.damaged > 0) {
    return {Level::kFail, topic, absl::StrCat(stream.damaged, " damaged; ", text),
            "something changes packets that it could decrypt: the server is broken, update it"};
  }
  if (stream.received == 0) {
    return {Level::kFail, topic, std::move(text), "look into the server's log"};
  }
  if (static_cast<double>(stream.lost) >= kMostLost * static_cast<double>(stream.sent)) {
    return {Level::kFail, topic, std::move(text), std::string(RemedyForLoss(topic))};
  }
  return {Level::kOk, topic, std::move(text), ""};
}

Finding JudgeReported(std::string_view topic, const StreamFacts& stream, double seconds) {
  std::string text =
      absl::StrFormat("%d sent (%.0f kbit/s)", stream.sent, Kbps(stream.sent_bytes, seconds));
  if (!stream.lost_on_the_way_there) {
    return {Level::kFail, topic, absl::StrCat(text, ", and no report of the peer came"),
            "look into the server's log"};
  }
  const int64_t lost = std::max<int64_t>(0, *stream.lost_on_the_way_there);
  absl::StrAppend(&text, absl::StrFormat(", the peer reports %d lost (%.1f %%)", lost,
                                         Percent(lost, stream.sent)));
  if (static_cast<double>(lost) < kMostLost * static_cast<double>(stream.sent)) {
    return {Level::kOk, topic, std::move(text), ""};
  }
  return {Level::kFail, topic, std::move(text), std::string(RemedyForLoss(topic))};
}

Finding JudgeReceived(std::string_view topic, const StreamFacts& stream, double seconds) {
  const int64_t all = stream.received + stream.lost;
  std::string text =
      absl::StrFormat("%d packets came (%.0f kbit/s), lost %d (%.1f %%)", stream.received,
                      Kbps(stream.received_bytes, seconds), stream.lost, Percent(stream.lost, all));
  if (topic == "video") absl::StrAppend(&text, "; ", stream.frames, " frames");
  if (stream.received == 0) {
    return {Level::kFail, topic, std::move(text), "look into the server's log"};
  }
  if (static_cast<double>(stream.lost) < kMostLost * static_cast<double>(all)) {
    return {Level::kOk, topic, std::move(text), ""};
  }
  return {Level::kFail, topic, std::move(text), std::string(RemedyForLoss(topic))};
}

}  // namespace

Findings JudgeCalls(std::span<const CallFacts> calls) {
  Findings findings;
  JudgeSetUp(calls, findings);
  StreamFacts audio, video, data;
  double seconds = 0;
  CallMode mode = CallMode::kEcho;
  for (const CallFacts& call : calls) {
    if (call.stage != CallStage::kReady || call.seconds <= 0) continue;
    audio.Add(call.audio);
    video.Add(call.video);
    data.Add(call.data);
    seconds = call.seconds;
    mode = call.mode;
  }
  for (const auto& [topic, stream] :
       {std::pair<std::string_view, const StreamFacts&>{"audio", audio}, {"video", video}}) {
    if (!stream.is_asked_for || seconds <= 0) continue;
    findings.push_back(mode == CallMode::kSink     ? JudgeReported(topic, stream, seconds)
                       : mode == CallMode::kSource ? JudgeReceived(topic, stream, seconds)
                                                   : JudgeReturned(topic, stream, seconds));
  }
  if (data.is_asked_for && seconds > 0) findings.push_back(JudgeReturned("data", data, seconds));
  JudgeErrors(calls, findings);
  return findings;
}

bool IsGood(const Findings& findings) {
  return !findings.empty() && std::none_of(findings.begin(), findings.end(), [](const auto& one) {
    return one.level == Level::kFail;
  });
}

}  // namespace koeru::tools
