#pragma once

// ChannelData: RFC 8656 section 12.4. Four bytes in front of the application's data, instead of a
// whole Send or Data indication.
//
//    0                   1                   2                   3
//    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |         Channel Number        |            Length             |
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   /                       Application Data                        /
//   |                               +-------------------------------+
//   |                               |
//   +-------------------------------+
//
// Section 12.5: "Over TCP and TLS-over-TCP, the ChannelData message MUST be padded to a multiple
// of four bytes ... The padding is not reflected in the length field ... Over UDP, the padding is
// not required but MAY be included."
//
//   auto message = ChannelDataView::Parse(datagram);           // UDP: with or without padding
//   if (message.ok()) Forward(message->channel, message->data);
//
//   WriteChannelDataHeader(headroom, channel, payload.size()); // 4 bytes in front of the payload

#include "core/bytes/result.h"
#include "core/bytes/writer.h"

namespace koeru::turn {

inline constexpr size_t kChannelDataHeaderSize = 4;
inline constexpr size_t kMaxChannelDataSize = 0xFFFF;

// RFC 8656 section 12: "0x4000 through 0x4FFF: These values are the allowed channel numbers".
inline constexpr uint16_t kMinChannel = 0x4000;
inline constexpr uint16_t kMaxChannel = 0x4FFF;
// RFC 5766 section 11 allowed numbers up to this one; older clients still pick them.
inline constexpr uint16_t kMaxChannelRfc5766 = 0x7FFE;

constexpr bool IsChannelNumber(uint16_t number, uint16_t max = kMaxChannel) {
  return number >= kMinChannel && number <= max;
}

constexpr size_t PaddingOf(size_t size) { return (4 - size % 4) % 4; }

struct ChannelDataView {
  uint16_t channel = 0;
  Bytes data;  // a view into the bytes given

  // One datagram. Whether the channel number is allowed and bound is the caller's question, but
  // its first two bits are 01 (that is what tells ChannelData from STUN). Bytes behind the data
  // are padding: RFC 8656 section 12.6: the length field says "how much of the datagram is
  // application data".
  static Result<ChannelDataView> Parse(Bytes datagram);
};

// Writes the header into `header`: the 4 bytes in front of a payload that is already in place.
// `size` is at most kMaxChannelDataSize.
void WriteChannelDataHeader(std::span<uint8_t, kChannelDataHeaderSize> header, uint16_t channel,
                            size_t size);

enum class Padding : bool { kNone, kToFourBytes };

// Header, data and padding; the writer fails on a number that is no channel or data too long.
void WriteChannelData(Writer& w, uint16_t channel, Bytes data, Padding padding);

}  // namespace koeru::turn
