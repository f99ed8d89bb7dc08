// DCEP, the Data Channel Establishment Protocol: RFC 8832. Two messages, on the channel's own
// stream.
//
//   DATA_CHANNEL_OPEN (section 5.1)                      DATA_CHANNEL_ACK (section 5.2): one byte
//    0               1               2              3
//   +---------------+---------------+------------------------------+
//   | type = 0x03   | channel type  |           priority           |
//   +---------------+---------------+------------------------------+
//   |                    reliability parameter                     |
//   +-------------------------------+------------------------------+
//   |         label length          |       protocol length        |
//   +-------------------------------+------------------------------+
//   |                     label, then protocol                     |
//
//   const auto message = ParseDcep(bytes);
//   if (message.ok() && message->open) Use(message->open->label);
//
// ParseDcep copies what it keeps.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/bytes/reader.h"
#include "core/bytes/result.h"

namespace koeru::server {

// How a channel treats its messages. At most one of the two limits is set; with neither, nothing is
// ever lost.
struct ChannelParameters {
  std::string label = {};
  std::string protocol = {};
  bool is_ordered = true;
  std::optional<uint32_t> max_retransmits = std::nullopt;
  std::optional<uint32_t> max_lifetime_ms = std::nullopt;
  uint16_t priority = 256;  // RFC 8831 section 6.4: "normal"

  friend bool operator==(const ChannelParameters&, const ChannelParameters&) = default;
};

// RFC 8831 section 8: what a message is, as its SCTP payload protocol identifier says.
enum class PayloadProtocol : uint32_t {
  kDcep = 50,
  kString = 51,
  kBinaryPartial = 52,  // deprecated
  kBinary = 53,
  kStringPartial = 54,  // deprecated
  kStringEmpty = 56,
  kBinaryEmpty = 57,
};

struct DcepMessage {
  std::optional<ChannelParameters> open;  // otherwise it is an ACK
};

Result<DcepMessage> ParseDcep(Bytes message);
std::vector<uint8_t> DcepOpen(const ChannelParameters& parameters);
std::vector<uint8_t> DcepAck();

}  // namespace koeru::server
