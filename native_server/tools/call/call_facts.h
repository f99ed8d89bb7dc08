#pragma once

// What `koeru call` was to do and what it saw: facts, without judgement. call_machine.h collects
// them, judge_call.h says what they mean, call_report.h prints them.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/ice/agent/path.h"
#include "native_server/tools/call/arrivals.h"
#include "native_server/tools/load/load_stats.h"

namespace koeru::tools {

// What the media peer does with media: SIGNALLING.md, "The media peer".
enum class CallMode : uint8_t { kEcho, kDelay, kSink, kSource };
// Which way packets go: straight to the server, or only through a TURN allocation there.
enum class CallVia : uint8_t { kDirect, kUdp, kTcp, kTls, kDtls };

// "echo", "direct": as the options name them.
std::string_view NameOf(CallMode mode);
std::string_view NameOf(CallVia via);

// How far a call has come.
enum class CallStage : uint8_t {
  kSignalling,  // no answer yet
  kIce,         // no path yet
  kDtls,        // no keys yet
  kReady,       // media may flow
};

// Of one kind of media, or of messages on the data channel.
struct StreamFacts {
  bool is_asked_for = false;
  int64_t sent = 0, sent_bytes = 0;  // of payload
  int64_t received = 0, received_bytes = 0;
  int64_t lost = 0;
  int64_t out_of_order = 0, repeated = 0, damaged = 0;
  int64_t repaired = 0;  // came when asked for again
  int64_t frames = 0;    // that came whole, or not: RTP's marker bits
  // By the last report of the peer about what it got from us.
  std::optional<int64_t> lost_on_the_way_there;
  DelayHistogram round_trips;
  double worst_ms = 0;

  // What came back of so many payloads.
  void Take(const Arrivals& arrivals, uint32_t sent_payloads);
  // Of two calls, as if they were one.
  void Add(const StreamFacts& other);
};

struct CallFacts {
  CallMode mode = CallMode::kEcho;
  CallVia via = CallVia::kDirect;
  CallStage stage = CallStage::kSignalling;
  // Why it ended before its time: a stable word ("credential", "ice", "tls") and a sentence.
  std::string error_code = {}, error = {};
  std::optional<ice::Path> path = {};
  double ice_ms = 0, dtls_ms = 0;
  double seconds = 0;  // of media
  StreamFacts audio = {}, video = {}, data = {};

  void Fail(std::string_view code, std::string_view text) {
    if (!error_code.empty()) return;
    error_code = code;
    error = text;
  }
};

}  // namespace koeru::tools
