#pragma once

// Writer: the one way bytes are written in Koeru.
//
// It fills a buffer that the caller owns. Writing past the end writes nothing more and makes the
// writer fail; the failure is sticky, so an encoder writes everything and asks ok() once.
// Integers are written in network byte order. Pad() writes zeros: no stale byte of the buffer
// ever leaves (CVE-2020-4067).
//
//   Writer w(buffer);
//   w.U16(type);
//   {
//     LengthPrefix16 length(w);   // two bytes, patched when the scope ends
//     w.Put(value);
//   }
//   w.PadTo(4);

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/bytes/reader.h"

namespace koeru {

class Writer {
 public:
  explicit Writer(MutableBytes buffer) : buffer_(buffer) {}

  void U8(uint8_t v) { Unsigned<1>(v); }
  void U16(uint16_t v) { Unsigned<2>(v); }
  void U24(uint32_t v) { Unsigned<3>(v); }
  void U32(uint32_t v) { Unsigned<4>(v); }
  void U64(uint64_t v) { Unsigned<8>(v); }

  void Put(Bytes bytes) {
    if (!Has(bytes.size())) return;
    std::copy(bytes.begin(), bytes.end(), buffer_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += bytes.size();
  }
  void Put(std::string_view text) {
    Put(Bytes(reinterpret_cast<const uint8_t*>(text.data()), text.size()));
  }
  void Zeros(size_t count) {
    if (!Has(count)) return;
    std::fill_n(buffer_.begin() + static_cast<std::ptrdiff_t>(size_), count, uint8_t{0});
    size_ += count;
  }
  // Zeros up to the next multiple of `alignment` bytes from the buffer's start.
  void PadTo(size_t alignment) { Zeros((alignment - size_ % alignment) % alignment); }

  // Overwrites two bytes already written; `at` is an offset from the buffer's start.
  void PatchU16(size_t at, uint16_t v) {
    if (!ok_ || at + 2 > size_) {
      ok_ = false;
      return;
    }
    buffer_[at] = static_cast<uint8_t>(v >> 8);
    buffer_[at + 1] = static_cast<uint8_t>(v);
  }

  // Makes the writer fail: for an encoder that was given a value it cannot express.
  void Fail() { ok_ = false; }

  bool ok() const { return ok_; }
  size_t size() const { return size_; }
  // What has been written so far; empty when the writer failed.
  Bytes written() const { return ok_ ? Bytes(buffer_.first(size_)) : Bytes(); }

 private:
  bool Has(size_t size) {
    if (ok_ && size > buffer_.size() - size_) ok_ = false;
    return ok_;
  }
  template <size_t kSize>
  void Unsigned(uint64_t v) {
    if (!Has(kSize)) return;
    for (size_t i = 0; i < kSize; ++i) {
      buffer_[size_ + i] = static_cast<uint8_t>(v >> (8 * (kSize - 1 - i)));
    }
    size_ += kSize;
  }

  MutableBytes buffer_;
  size_t size_ = 0;
  bool ok_ = true;
};

// A 16-bit length in front of what the scope writes.
class LengthPrefix16 {
 public:
  explicit LengthPrefix16(Writer& writer) : writer_(writer), at_(writer.size()) { writer.U16(0); }
  LengthPrefix16(const LengthPrefix16&) = delete;
  LengthPrefix16& operator=(const LengthPrefix16&) = delete;
  ~LengthPrefix16() {
    if (!writer_.ok()) return;
    const size_t length = writer_.size() - at_ - 2;
    if (length > 0xFFFF) {
      writer_.Fail();
    } else {
      writer_.PatchU16(at_, static_cast<uint16_t>(length));
    }
  }

 private:
  Writer& writer_;
  size_t at_;
};

}  // namespace koeru
