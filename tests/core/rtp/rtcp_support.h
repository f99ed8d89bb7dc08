#pragma once

// One RTCP packet to bytes and back.

#include <gtest/gtest.h>

#include <array>

#include "core/bytes/hex.h"
#include "core/rtp/rtcp_packet.h"

namespace koeru::rtp {

template <typename P>
std::string Encoded(const P& packet) {
  std::array<uint8_t, 4096> buffer{};
  Writer writer(buffer);
  AppendRtcp(writer, packet);
  return ToHex(writer.written());
}

// The first packet of a datagram in hexadecimal; it must be a P.
template <typename P>
Result<P> Decoded(const std::string& hex) {
  static std::vector<uint8_t> bytes;  // what is decoded may be a view
  bytes = *FromHex(hex);
  RtcpPackets packets(bytes);
  const auto packet = packets.Next();
  if (!packet || !packet->Is<P>()) return ParseError{"another kind of packet", 0};
  return P::Decode(*packet);
}

// `hex` without its last words, each time with the right length in its header. What is left may be
// legal where the packet has a list; it must never be read beyond its end.
template <typename P>
void DecodeEveryTruncation(const std::string& hex) {
  const std::vector<uint8_t> whole = *FromHex(hex);
  for (size_t words = 0; 4 * (words + 1) <= whole.size(); ++words) {
    // A copy of its own, so that ASan sees where it ends.
    std::vector<uint8_t> cut(whole.begin(), whole.begin() + static_cast<long>(4 * (words + 1)));
    cut[2] = static_cast<uint8_t>(words >> 8);
    cut[3] = static_cast<uint8_t>(words);
    RtcpPackets packets(cut);
    if (const auto packet = packets.Next()) (void)P::Decode(*packet).ok();
  }
}

}  // namespace koeru::rtp
