#pragma once

// A capture in memory, pcap or pcapng, packet by packet. The page has no libpcap: nothing but bytes
// goes into its WebAssembly, and these two formats are short. `koeru decode` reads files by
// libpcap, and a test compares the two.
//
//   CaptureReader reader(file);
//   while (auto packet = reader.Next()) ...
//   if (reader.error()) ...                     // the file is broken behind the last packet
//
// pcap: draft-ietf-opsawg-pcap, in either byte order, with microseconds or nanoseconds. pcapng:
// draft-ietf-opsawg-pcapng, any number of sections and interfaces; blocks that carry no packets are
// passed over. Packets are views of the file.

#include <cstdint>
#include <optional>
#include <vector>

#include "core/bytes/reader.h"
#include "core/bytes/result.h"

namespace koeru::capture {

// True when a file that starts with these bytes is a capture of either format, in either byte
// order.
bool LooksLikeCapture(Bytes head);

struct CapturedPacket {
  uint64_t time_ns = 0;  // since 1970
  int link_type = 0;     // see link_layer.h
  size_t offset = 0;     // of `bytes` in the file
  Bytes bytes;
  bool cut = false;  // the capture kept only a part of it (snap length)
};

class CaptureReader {
 public:
  explicit CaptureReader(Bytes file);

  std::optional<CapturedPacket> Next();
  const std::optional<ParseError>& error() const { return error_; }

 private:
  // pcapng: an interface of the section.
  struct Interface {
    int link_type = 0;
    uint64_t units = 1'000'000;  // of time, in a second
    uint64_t offset_s = 0;
  };

  uint16_t U16(Reader& r) const;
  uint32_t U32(Reader& r) const;
  std::optional<CapturedPacket> Fail(const char* reason, size_t offset);
  std::optional<CapturedPacket> NextOfPcap();
  std::optional<CapturedPacket> NextOfPcapng();
  // `block`: with its frame. False without a byte-order magic.
  bool BeginSection(Bytes block);
  // `body`: of a block, without its frame.
  void AddInterface(Bytes body);
  // Block types 6 (enhanced), 2 (its obsolete form) and 3 (simple).
  std::optional<CapturedPacket> PacketOf(uint32_t type, Bytes body);

  Bytes file_;
  size_t at_ = 0;
  bool is_pcapng_ = false;
  bool little_ = false;
  uint64_t units_ = 1'000'000;  // pcap
  int link_type_ = 0;           // pcap
  std::vector<Interface> interfaces_;
  std::optional<ParseError> error_;
};

}  // namespace koeru::capture
