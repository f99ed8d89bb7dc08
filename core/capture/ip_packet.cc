#include "core/capture/ip_packet.h"

#include <algorithm>

namespace koeru::capture {
namespace {

// What stands between the IP header and UDP or TCP.
struct Inner {
  uint8_t protocol = 0;
  Bytes bytes;
};

// The header's idea of the size, or all of it where segmentation offload left a zero.
Bytes Announced(Bytes bytes, size_t size, bool& cut) {
  if (size == 0) return bytes;
  cut |= size > bytes.size();
  return bytes.first(std::min(size, bytes.size()));
}

Result<Inner> ParseIpv4(Bytes bytes, IpPacket& packet) {
  Reader r(bytes);
  const size_t header_size = size_t{4} * (r.U8() & 0x0F);
  r.U8();
  const size_t total = r.U16();
  r.U16();
  const uint16_t fragment = r.U16();
  r.U8();
  const uint8_t protocol = r.U8();
  r.U16();
  const Bytes source = r.Take(4);
  const Bytes destination = r.Take(4);
  if (header_size < 20) return ParseError{"an IPv4 header has at least 20 bytes", 0};
  r.Skip(header_size - 20);
  if (!r.ok()) return ParseError{"the IPv4 header is cut short", 0};
  if (total != 0 && total < header_size) return ParseError{"the IPv4 length is too small", 2};
  packet.source.address = net::Address::FromBytes(source);
  packet.destination.address = net::Address::FromBytes(destination);
  // RFC 791 section 3.1: "more fragments", or an offset.
  packet.fragment = (fragment & 0x3FFF) != 0;
  const Bytes all = Announced(bytes, total, packet.cut);
  if (all.size() < header_size) return ParseError{"the IPv4 packet is cut short", all.size()};
  return Inner{protocol, all.subspan(header_size)};
}

// RFC 8200 section 4: the headers between IPv6's own and the upper layer.
Result<Inner> SkipExtensionHeaders(uint8_t next, Bytes bytes, IpPacket& packet) {
  constexpr uint8_t kHopByHop = 0, kRouting = 43, kFragment = 44, kAuthentication = 51,
                    kDestination = 60;
  constexpr int kMaxHeaders = 16;
  Reader r(bytes);
  for (int i = 0; i < kMaxHeaders; ++i) {
    const bool known = next == kHopByHop || next == kRouting || next == kFragment ||
                       next == kAuthentication || next == kDestination;
    if (!known) return Inner{next, r.Rest()};
    const uint8_t following = r.U8();
    const size_t length = r.U8();
    if (next == kFragment) {
      // RFC 8200 section 4.5: offset and "more"; both zero is a whole packet.
      packet.fragment |= (r.U16() & 0xFFF9) != 0;
      r.Skip(4);
    } else if (next == kAuthentication) {
      r.Skip(4 * (length + 2) - 2);  // RFC 4302 section 2.2: in 4-byte units, minus 2
    } else {
      r.Skip(8 * (length + 1) - 2);
    }
    if (!r.ok()) return ParseError{"an IPv6 extension header is cut short", 40 + r.offset()};
    next = following;
  }
  return ParseError{"too many IPv6 extension headers", 40};
}

Result<Inner> ParseIpv6(Bytes bytes, IpPacket& packet) {
  Reader r(bytes);
  r.U32();
  const size_t size = r.U16();
  const uint8_t next = r.U8();
  r.U8();
  const Bytes source = r.Take(16);
  const Bytes destination = r.Take(16);
  if (!r.ok()) return ParseError{"the IPv6 header is cut short", 0};
  packet.source.address = net::Address::FromBytes(source);
  packet.destination.address = net::Address::FromBytes(destination);
  return SkipExtensionHeaders(next, Announced(r.Rest(), size, packet.cut), packet);
}

std::optional<ParseError> ParseUdp(Bytes bytes, IpPacket& packet) {
  Reader r(bytes);
  packet.source.port = r.U16();
  packet.destination.port = r.U16();
  const size_t length = r.U16();
  r.U16();
  if (!r.ok()) return ParseError{"the UDP header is cut short", 0};
  if (length != 0 && length < 8) return ParseError{"the UDP length is too small", 4};
  packet.payload = Announced(r.Rest(), length == 0 ? 0 : length - 8, packet.cut);
  // A length of exactly 8 announces no payload; what is there is the link layer's padding.
  if (length == 8) packet.payload = {};
  return std::nullopt;
}

std::optional<ParseError> ParseTcp(Bytes bytes, IpPacket& packet) {
  Reader r(bytes);
  packet.source.port = r.U16();
  packet.destination.port = r.U16();
  packet.sequence = r.U32();
  r.U32();
  const size_t header_size = size_t{4} * (r.U8() >> 4);
  const uint8_t flags = r.U8();
  r.Skip(6);
  if (!r.ok()) return ParseError{"the TCP header is cut short", 0};
  if (header_size < 20) return ParseError{"a TCP header has at least 20 bytes", 12};
  r.Skip(header_size - 20);
  if (!r.ok()) return ParseError{"the TCP options are cut short", 20};
  packet.fin = (flags & 0x01) != 0;
  packet.syn = (flags & 0x02) != 0;
  packet.rst = (flags & 0x04) != 0;
  packet.payload = r.Rest();
  return std::nullopt;
}

}  // namespace

Result<IpPacket> ParseIpPacket(Bytes bytes) {
  IpPacket packet;
  const int version = bytes.empty() ? 0 : bytes[0] >> 4;
  if (version != 4 && version != 6) return ParseError{"neither IPv4 nor IPv6", 0};
  const Result<Inner> inner = version == 4 ? ParseIpv4(bytes, packet) : ParseIpv6(bytes, packet);
  if (!inner.ok()) return inner.error();
  if (inner->protocol == static_cast<uint8_t>(IpProtocol::kUdp)) {
    packet.protocol = IpProtocol::kUdp;
  } else if (inner->protocol == static_cast<uint8_t>(IpProtocol::kTcp)) {
    packet.protocol = IpProtocol::kTcp;
  }
  if (packet.fragment || packet.protocol == IpProtocol::kOther) return packet;
  const size_t at = static_cast<size_t>(inner->bytes.data() - bytes.data());
  auto error = packet.protocol == IpProtocol::kUdp ? ParseUdp(inner->bytes, packet)
                                                   : ParseTcp(inner->bytes, packet);
  if (error) return ParseError{error->reason, error->offset + at};
  return packet;
}

}  // namespace koeru::capture
