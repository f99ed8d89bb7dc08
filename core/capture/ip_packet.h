#pragma once

// An IP packet down to its UDP datagram or TCP segment: RFC 791, RFC 8200, RFC 768, RFC 9293.
// Fragments are told, not put together.

#include <optional>

#include "core/bytes/result.h"
#include "core/net/address.h"

namespace koeru::capture {

enum class IpProtocol : uint8_t { kUdp = 17, kTcp = 6, kOther = 255 };

struct IpPacket {
  net::Endpoint source;
  net::Endpoint destination;
  IpProtocol protocol = IpProtocol::kOther;
  bool fragment = false;  // a part of a packet: ports and payload are not read
  bool cut = false;       // less is there than the headers announce
  Bytes payload;          // of UDP or TCP

  // TCP only.
  uint32_t sequence = 0;
  bool syn = false;
  bool fin = false;
  bool rst = false;
};

// `bytes` starts at the IP header; what follows the packet (Ethernet's padding) is left out.
Result<IpPacket> ParseIpPacket(Bytes bytes);

}  // namespace koeru::capture
