#include "core/rtp/transport_feedback.h"

#include <algorithm>
#include <span>

namespace koeru::rtp {
namespace {

enum Symbol : uint8_t { kNotReceived = 0, kSmallDelta = 1, kLargeDelta = 2 };

constexpr size_t kLongestRun = 0x1FFF;
constexpr size_t kBitsPerVector = 14;

struct Statuses {
  std::vector<Symbol> symbols;
  std::vector<int64_t> deltas;  // of those that came
};

Statuses StatusesOf(const TransportFeedback& feedback) {
  Statuses statuses;
  int64_t before = feedback.reference_time * TransportFeedback::kTicksPerReference;
  for (const std::optional<int64_t>& arrival : feedback.arrivals) {
    if (!arrival) {
      statuses.symbols.push_back(kNotReceived);
      continue;
    }
    const int64_t delta = *arrival - before;
    before = *arrival;
    statuses.symbols.push_back(delta >= 0 && delta <= 0xFF ? kSmallDelta : kLargeDelta);
    statuses.deltas.push_back(delta);
  }
  return statuses;
}

// How many chunks of which form is not prescribed. A run where it is longer than a vector, else the
// vector that holds more.
size_t WriteChunk(std::span<const Symbol> symbols, Writer& writer) {
  const auto other = std::find_if(symbols.begin(), symbols.end(),
                                  [&](Symbol symbol) { return symbol != symbols[0]; });
  const size_t run = std::min(static_cast<size_t>(other - symbols.begin()), kLongestRun);
  if (run >= kBitsPerVector || run == symbols.size()) {
    writer.U16(static_cast<uint16_t>(static_cast<size_t>(symbols[0]) << 13 | run));
    return run;
  }
  const size_t most = std::min(symbols.size(), kBitsPerVector);
  const bool fits_in_bits = std::find(symbols.begin(), symbols.begin() + static_cast<long>(most),
                                      kLargeDelta) == symbols.begin() + static_cast<long>(most);
  const size_t width = fits_in_bits ? 1 : 2;
  const size_t count = std::min(most, kBitsPerVector / width);
  uint32_t chunk = fits_in_bits ? 0x8000 : 0xC000;
  for (size_t i = 0; i < count; ++i) {
    chunk |= static_cast<uint32_t>(symbols[i]) << (kBitsPerVector - width * (i + 1));
  }
  writer.U16(static_cast<uint16_t>(chunk));
  return count;
}

void ReadChunk(uint16_t chunk, size_t wanted, std::vector<uint8_t>& symbols) {
  const auto add = [&](uint32_t symbol) {
    if (symbols.size() < wanted) symbols.push_back(static_cast<uint8_t>(symbol & 3));
  };
  if ((chunk & 0x8000) == 0) {
    for (size_t i = chunk & kLongestRun; i > 0; --i) add(chunk >> 13);
    return;
  }
  const size_t width = (chunk & 0x4000) == 0 ? 1 : 2;
  for (size_t i = 1; i <= kBitsPerVector / width; ++i) {
    add(chunk >> (kBitsPerVector - width * i) & (width == 1 ? 1u : 3u));
  }
}

}  // namespace

Result<TransportFeedback> TransportFeedback::Decode(const RtcpPacket& packet) {
  Reader reader(packet.body);
  TransportFeedback feedback;
  feedback.sender_ssrc = reader.U32();
  feedback.media_ssrc = reader.U32();
  feedback.base_sequence_number = reader.U16();
  const size_t count = reader.U16();
  feedback.reference_time = static_cast<int32_t>(reader.U24() << 8) >> 8;
  feedback.feedback_count = reader.U8();
  std::vector<uint8_t> symbols;
  while (reader.ok() && symbols.size() < count) {
    const uint16_t chunk = reader.U16();
    // A run of nothing would never end.
    if ((chunk & 0xFFFF) <= 0x7FFF && (chunk & kLongestRun) == 0) {
      return ParseError{"a run of no packets", reader.offset()};
    }
    ReadChunk(chunk, count, symbols);
  }
  int64_t now = feedback.reference_time * kTicksPerReference;
  for (const uint8_t symbol : symbols) {
    if (symbol == kNotReceived) {
      feedback.arrivals.emplace_back();
      continue;
    }
    // The fourth symbol is reserved; without knowing its delta's size nothing behind it makes
    // sense.
    if (symbol > kLargeDelta)
      return ParseError{"a packet status that is reserved", reader.offset()};
    now +=
        symbol == kSmallDelta ? int64_t{reader.U8()} : int64_t{static_cast<int16_t>(reader.U16())};
    feedback.arrivals.emplace_back(now);
  }
  if (!reader.ok()) return ParseError{"the transport feedback is cut short", packet.body.size()};
  return feedback;
}

void TransportFeedback::Encode(Writer& writer) const {
  if (arrivals.empty() || arrivals.size() > kMostPackets) writer.Fail();
  writer.U32(sender_ssrc);
  writer.U32(media_ssrc);
  writer.U16(base_sequence_number);
  writer.U16(static_cast<uint16_t>(arrivals.size()));
  writer.U24(static_cast<uint32_t>(reference_time) & 0xFFFFFF);
  writer.U8(feedback_count);
  const Statuses statuses = StatusesOf(*this);
  for (std::span<const Symbol> left = statuses.symbols; !left.empty();) {
    left = left.subspan(WriteChunk(left, writer));
  }
  for (const int64_t delta : statuses.deltas) {
    if (delta >= 0 && delta <= 0xFF) {
      writer.U8(static_cast<uint8_t>(delta));
    } else if (delta >= INT16_MIN && delta <= INT16_MAX) {
      writer.U16(static_cast<uint16_t>(static_cast<int16_t>(delta)));
    } else {
      writer.Fail();
    }
  }
  writer.PadTo(4);
}

}  // namespace koeru::rtp
