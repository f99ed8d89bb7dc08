#include "native_server/media/data_channels/dcep.h"

#include "core/bytes/writer.h"

namespace koeru::server {
namespace {

constexpr uint8_t kAck = 0x02;
constexpr uint8_t kOpen = 0x03;
constexpr size_t kOpenHeader = 12;

// RFC 8832 section 8.2.2. The highest bit says "unordered".
constexpr uint8_t kReliable = 0x00;
constexpr uint8_t kPartialReliableRexmit = 0x01;
constexpr uint8_t kPartialReliableTimed = 0x02;
constexpr uint8_t kUnordered = 0x80;

std::string TextOf(Bytes bytes) {
  return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

Result<DcepMessage> ParseOpen(Reader& reader) {
  ChannelParameters open;
  const uint8_t type = reader.U8();
  open.priority = reader.U16();
  const uint32_t reliability = reader.U32();
  const uint16_t label_size = reader.U16();
  const uint16_t protocol_size = reader.U16();
  open.is_ordered = (type & kUnordered) == 0;
  switch (type & ~kUnordered) {
    case kReliable:
      break;  // "the reliability parameter MUST be ignored"
    case kPartialReliableRexmit:
      open.max_retransmits = reliability;
      break;
    case kPartialReliableTimed:
      open.max_lifetime_ms = reliability;
      break;
    default:
      return ParseError{"the channel type is unknown", 1};
  }
  open.label = TextOf(reader.Take(label_size));
  open.protocol = TextOf(reader.Take(protocol_size));
  if (!reader.ok()) return ParseError{"DATA_CHANNEL_OPEN is cut short", reader.offset()};
  if (!reader.AtEnd()) return ParseError{"DATA_CHANNEL_OPEN is too long", reader.offset()};
  return DcepMessage{std::move(open)};
}

}  // namespace

Result<DcepMessage> ParseDcep(Bytes message) {
  Reader reader(message);
  const uint8_t type = reader.U8();
  if (type == kOpen) return ParseOpen(reader);
  if (type != kAck) return ParseError{"the DCEP message type is unknown", 0};
  if (!reader.AtEnd()) return ParseError{"DATA_CHANNEL_ACK is one byte", 1};
  return DcepMessage{};
}

std::vector<uint8_t> DcepOpen(const ChannelParameters& parameters) {
  uint8_t type = kReliable;
  uint32_t reliability = 0;
  if (parameters.max_retransmits) {
    type = kPartialReliableRexmit;
    reliability = *parameters.max_retransmits;
  } else if (parameters.max_lifetime_ms) {
    type = kPartialReliableTimed;
    reliability = *parameters.max_lifetime_ms;
  }
  std::vector<uint8_t> message(kOpenHeader + parameters.label.size() + parameters.protocol.size());
  Writer writer(message);
  writer.U8(kOpen);
  writer.U8(parameters.is_ordered ? type : static_cast<uint8_t>(type | kUnordered));
  writer.U16(parameters.priority);
  writer.U32(reliability);
  writer.U16(static_cast<uint16_t>(parameters.label.size()));
  writer.U16(static_cast<uint16_t>(parameters.protocol.size()));
  writer.Put(parameters.label);
  writer.Put(parameters.protocol);
  return message;
}

std::vector<uint8_t> DcepAck() { return {kAck}; }

}  // namespace koeru::server
