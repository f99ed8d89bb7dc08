#pragma once

// How a call's media fare, for a page's graph and for logs: a plain value, made by
// MediaPeer::GetQuality(). Counts are since the beginning; what is not known yet is empty.
// Received: what the peer sends. Sent: what is sent back to it, as far as its reports tell.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace koeru::media {

struct DirectionQuality {
  uint64_t packets = 0;
  uint64_t bytes = 0;            // of RTP packets, headers included
  uint64_t bits_per_second = 0;  // over the last second
  int64_t lost = 0;              // on the way, whether or not they were sent again
  double fraction_lost = 0;      // 0 to 1, of the last report
  std::optional<double> jitter_ms = {};
  uint64_t frames = 0;           // packets with a marker
  uint64_t retransmissions = 0;  // received: those that filled a gap
  // About this direction's media: received: what we asked the peer for; sent: what it asked us for.
  uint64_t nacked_packets = 0;
  uint64_t plis = 0;
  uint64_t firs = 0;
};

// Packets that came and were not taken, or not sent on.
struct Drops {
  uint64_t malformed = 0;
  uint64_t unknown_payload_type = 0;
  uint64_t unknown_section = 0;   // neither SSRC, mid nor payload type tells which
  uint64_t own_ssrc = 0;          // as if it came from ourselves (RFC 3550 section 8.2)
  uint64_t too_many_sources = 0;  // no room for another SSRC
  uint64_t over_limit = 0;        // max_bits_per_second
  uint64_t duplicate = 0;         // came before; so do RTX packets as probes
  uint64_t late = 0;              // so old that nobody waits for it
  uint64_t other_source = 0;      // another source of the section is what is sent back
  uint64_t delay_full = 0;        // more than the delayed echo keeps
};

struct SectionQuality {
  std::string mid;
  std::string media;
  DirectionQuality received;
  DirectionQuality sent;
  std::string problem = {};  // why nothing is sent, as a sentence; empty: none
};

struct Quality {
  std::vector<SectionQuality> sections = {};
  std::optional<double> round_trip_ms = {};
  std::optional<uint64_t> remb_bits_per_second = {};  // what the peer believes its path carries
  uint64_t probes = 0;                                // packets of padding alone
  uint64_t transport_feedbacks = 0;                   // that were sent
  Drops drops = {};
};

}  // namespace koeru::media
