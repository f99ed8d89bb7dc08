#pragma once

// Reader: the one way bytes are read in Koeru.
//
// It walks over a span that it does not own. Reading past the end yields zeros (or an empty
// span) and makes the reader fail; the failure is sticky, so a decoder reads all its fields and
// asks ok() once. Integers are in network byte order (RFC 8489 section 5: "all integer fields are
// carried in network byte order").
//
//   Reader r(value);
//   uint8_t reserved = r.U8();
//   uint8_t family = r.U8();
//   uint16_t port = r.U16();
//   if (!r.ok()) return ParseError{"address is cut short", r.offset()};

#include <cstddef>
#include <cstdint>
#include <span>

namespace koeru {

using Bytes = std::span<const uint8_t>;
using MutableBytes = std::span<uint8_t>;

class Reader {
 public:
  explicit Reader(Bytes bytes) : bytes_(bytes) {}

  uint8_t U8() { return static_cast<uint8_t>(Unsigned<1>()); }
  uint16_t U16() { return static_cast<uint16_t>(Unsigned<2>()); }
  uint32_t U24() { return static_cast<uint32_t>(Unsigned<3>()); }
  uint32_t U32() { return static_cast<uint32_t>(Unsigned<4>()); }
  uint64_t U64() { return Unsigned<8>(); }

  // The next `size` bytes, as a view into the reader's input.
  Bytes Take(size_t size) {
    if (!Has(size)) return {};
    Bytes taken = bytes_.subspan(offset_, size);
    offset_ += size;
    return taken;
  }
  // All that is left.
  Bytes Rest() { return Take(remaining()); }
  void Skip(size_t size) { Take(size); }

  bool ok() const { return ok_; }
  size_t offset() const { return offset_; }
  size_t remaining() const { return bytes_.size() - offset_; }
  // True when everything was read and nothing was missing.
  bool AtEnd() const { return ok_ && remaining() == 0; }

 private:
  bool Has(size_t size) {
    if (ok_ && size > remaining()) ok_ = false;
    return ok_;
  }
  template <size_t kSize>
  uint64_t Unsigned() {
    if (!Has(kSize)) return 0;
    uint64_t value = 0;
    for (size_t i = 0; i < kSize; ++i) value = (value << 8) | bytes_[offset_ + i];
    offset_ += kSize;
    return value;
  }

  Bytes bytes_;
  size_t offset_ = 0;
  bool ok_ = true;
};

}  // namespace koeru
