#pragma once

// The packets of a capture file, one entry for each UDP datagram and for each TCP segment with
// data.
//
//   const CaptureList list = ListCapture(file);
//   list.packets[0].summary;                  // "Binding request  (username alice)"
//
// The tree of an entry is InspectPacket() of its bytes, which are [offset, offset + size) of the
// file. TCP is not put together here, because a byte range in the file could not tell it: a segment
// that holds whole messages is an entry for each of them, any other is one entry that says so. What
// `koeru decode` shows of a capture (sessions, TCP in order) is more.
//
// At most kMaxPackets entries; further ones are counted.

#include <optional>
#include <string>
#include <vector>

#include "core/bytes/reader.h"
#include "core/bytes/result.h"

namespace koeru::inspect {

struct CaptureEntry {
  size_t number = 0;  // of the packet in the file, from 1, as other tools count
  uint64_t time_ns = 0;
  std::string source;  // "192.0.2.1:5000"
  std::string destination;
  std::string_view transport;  // "UDP", "TCP"
  std::string_view kind;       // as KindOf() has them, and "TLS", "TCP" for other segments
  std::string summary;         // safe to show
  size_t offset = 0;           // of the datagram's or message's bytes in the file
  size_t size = 0;
  bool cut = false;   // the capture kept a part only
  std::string realm;  // that an earlier message named: answers have none, and the key needs it
};

struct CaptureList {
  static constexpr size_t kMaxPackets = 20'000;

  std::vector<CaptureEntry> packets;
  size_t total = 0;      // packets in the file
  size_t not_ip = 0;     // of other protocols below UDP and TCP, or of an unknown link type
  size_t malformed = 0;  // headers that make no sense or are cut short
  size_t fragments = 0;  // IP fragments: not put together
  size_t left_out = 0;   // beyond kMaxPackets
  int unknown_link_type = -1;
  std::optional<ParseError> error;  // the file is broken behind the last packet
};

CaptureList ListCapture(Bytes file);

}  // namespace koeru::inspect
