#pragma once

// Payloads that tests recognise: 8 random bytes, a place, and a filling.

#include <algorithm>
#include <cstring>
#include <optional>
#include <vector>

#include "core/bytes/reader.h"
#include "core/bytes/writer.h"
#include "native_server/tls/crypto_init.h"

namespace koeru::tools {

// A row of packets of one size, at least 12 bytes. A packet is a view, valid until the next one.
class ProbeRow {
 public:
  explicit ProbeRow(size_t size) : bytes_(std::max(size, kHeader), uint8_t{0x6B}) {
    server::FillRandom(MutableBytes(bytes_).first(kTag));
  }

  Bytes Packet(uint32_t place) {
    Writer writer(MutableBytes(bytes_).subspan(kTag));
    writer.U32(place);
    return bytes_;
  }
  // Which one of the row it is; nothing for anything else, one with changed bytes for example.
  std::optional<uint32_t> PlaceOf(Bytes payload) const {
    if (payload.size() != bytes_.size()) return std::nullopt;
    if (std::memcmp(payload.data(), bytes_.data(), kTag) != 0) return std::nullopt;
    if (!std::equal(payload.begin() + kHeader, payload.end(), bytes_.begin() + kHeader)) {
      return std::nullopt;
    }
    Reader reader(payload.subspan(kTag));
    return reader.U32();
  }

 private:
  static constexpr size_t kTag = 8;
  static constexpr size_t kHeader = kTag + 4;
  std::vector<uint8_t> bytes_;
};

// One packet that is like no other.
class ProbePacket {
 public:
  explicit ProbePacket(size_t size) : row_(size), bytes_(row_.Packet(0)) {}
  Bytes bytes() const { return bytes_; }
  bool IsIn(Bytes payload) const { return row_.PlaceOf(payload).has_value(); }

 private:
  ProbeRow row_;
  Bytes bytes_;
};

}  // namespace koeru::tools
