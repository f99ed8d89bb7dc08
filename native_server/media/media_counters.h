// What became of the media peer's calls. The desk's thread counts, any thread reads.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/ice/agent/path.h"
#include "native_server/io/counter.h"
#include "native_server/io/histogram.h"

namespace koeru::server {

// Why a call ended. Those from kOffer on are what the page hears as "code" (SIGNALLING.md, "The
// media peer").
enum class MediaEnd : uint8_t {
  kLeft,         // the page left the room
  kReplaced,     // by a new connection of the page
  kTime,         // media-peer-time
  kOffer,        // an offer that cannot be answered
  kIce,          // no path, or its consent has expired
  kSetup,        // ICE and DTLS were not done in time
  kDtls,         // the handshake failed
  kFingerprint,  // with another certificate than the offer's
  kSrtp,         // its keys are of no use
  kClosed,       // close_notify of the page
  kChannels,     // the SCTP association ended
  kSource,       // its clip could not be made
  kOther,
};
inline constexpr size_t kMediaEnds = static_cast<size_t>(MediaEnd::kOther) + 1;
// "left", "ice" and the like.
std::string_view NameOf(MediaEnd end);
MediaEnd MediaEndOf(std::string_view code);

// Why a page got no call.
enum class MediaRefusal : uint8_t { kRequest, kCredential, kUnanswered, kFull };
inline constexpr size_t kMediaRefusals = static_cast<size_t>(MediaRefusal::kFull) + 1;
std::string_view NameOf(MediaRefusal refusal);

// For Histogram.
inline std::span<const net::Duration> MediaSetupBounds() {
  using namespace std::chrono_literals;
  static constexpr std::array<net::Duration, 10> kBounds{25ms, 50ms,   100ms, 250ms, 500ms,
                                                         1s,   2500ms, 5s,    10s,   30s};
  return kBounds;
}

struct MediaCounters {
  Counter started;
  std::array<Counter, kMediaEnds> ended;
  std::array<Counter, kMediaRefusals> refused;
  Histogram setup{MediaSetupBounds()};  // from the offer to the end of DTLS

  void Refuse(MediaRefusal why) { refused[static_cast<size_t>(why)].Add(1); }
};

// The same as plain numbers, with what else is known of the desk.
struct MediaCounts {
  uint64_t calls = 0;  // at the moment
  uint64_t started = 0;
  std::array<uint64_t, kMediaEnds> ended{};
  std::array<uint64_t, kMediaRefusals> refused{};
  HistogramCounts setup{};
  uint64_t letters_dropped = 0;  // because too many waited for the desk

  void Add(const MediaCounters& counters);
};

// A call, as far as it is known; packets and losses are those of the last second's report.
struct MediaCallEvent {
  std::string_view page{}, user{}, mode{};
  size_t worker = 0;
  std::optional<ice::Path> path{};  // empty: none was found
  net::Duration age{};
  uint64_t received_packets = 0, sent_packets = 0;
  int64_t received_lost = 0, sent_lost = 0;
};

// Hears of calls, on the desk's thread.
class MediaEvents {
 public:
  virtual ~MediaEvents() = default;
  virtual void OnMediaCallBegan(const MediaCallEvent& event) = 0;
  virtual void OnMediaPath(const MediaCallEvent& event) = 0;
  virtual void OnMediaCallEnded(const MediaCallEvent& event, MediaEnd reason) = 0;
  virtual void OnMediaRefused(std::string_view page, MediaRefusal reason) = 0;
};

// Who counts and who hears; both may be null.
struct MediaWatch {
  MediaCounters* counters = nullptr;
  MediaEvents* events = nullptr;
};

}  // namespace koeru::server
