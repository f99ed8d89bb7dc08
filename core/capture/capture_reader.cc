#include "core/capture/capture_reader.h"

#include <algorithm>

namespace koeru::capture {
namespace {

constexpr uint32_t kMicroseconds = 0xA1B2C3D4;
constexpr uint32_t kNanoseconds = 0xA1B23C4D;
constexpr uint32_t kSectionHeader = 0x0A0D0D0A;  // the same in either byte order
constexpr uint32_t kByteOrderMagic = 0x1A2B3C4D;
constexpr uint64_t kNsPerSecond = 1'000'000'000;
constexpr size_t kMaxInterfaces = 65536;

uint32_t Swapped(uint32_t value) { return __builtin_bswap32(value); }

// The rest of a second in nanoseconds, for units of any size without overflow.
uint64_t FractionNs(uint64_t fraction, uint64_t units) {
  if (units <= kNsPerSecond) return fraction * kNsPerSecond / units;
  return fraction / (units / kNsPerSecond);
}

// if_tsresol: 10 to the power of -n, or with the first bit 2 to the power of -n.
std::optional<uint64_t> UnitsOf(uint8_t resolution) {
  const int power = resolution & 0x7F;
  const bool binary = (resolution & 0x80) != 0;
  if (power > (binary ? 63 : 19)) return std::nullopt;
  if (binary) return uint64_t{1} << power;
  uint64_t units = 1;
  for (int i = 0; i < power; ++i) units *= 10;
  return units;
}

}  // namespace

bool LooksLikeCapture(Bytes head) {
  Reader r(head);
  const uint32_t magic = r.U32();
  return magic == kSectionHeader || magic == kMicroseconds || magic == Swapped(kMicroseconds) ||
         magic == kNanoseconds || magic == Swapped(kNanoseconds);
}

CaptureReader::CaptureReader(Bytes file) : file_(file) {
  Reader r(file);
  const uint32_t magic = r.U32();
  is_pcapng_ = magic == kSectionHeader;
  if (is_pcapng_) return;
  little_ = magic == Swapped(kMicroseconds) || magic == Swapped(kNanoseconds);
  const uint32_t plain = little_ ? Swapped(magic) : magic;
  if (plain == kNanoseconds) units_ = kNsPerSecond;
  r.Skip(16);  // version, time zone, accuracy, snap length
  // The upper bits tell of a frame check sequence.
  link_type_ = static_cast<int>(U32(r) & 0xFFFF);
  at_ = r.offset();
  if (plain != kMicroseconds && plain != kNanoseconds) {
    Fail("no capture: it begins with the magic number of neither pcap nor pcapng", 0);
  } else if (!r.ok()) {
    Fail("the header of the capture is cut short", file.size());
  }
}

std::optional<CapturedPacket> CaptureReader::Next() {
  if (error_) return std::nullopt;
  return is_pcapng_ ? NextOfPcapng() : NextOfPcap();
}

uint16_t CaptureReader::U16(Reader& r) const {
  const uint16_t value = r.U16();
  return little_ ? __builtin_bswap16(value) : value;
}

uint32_t CaptureReader::U32(Reader& r) const {
  const uint32_t value = r.U32();
  return little_ ? Swapped(value) : value;
}

std::optional<CapturedPacket> CaptureReader::Fail(const char* reason, size_t offset) {
  error_ = ParseError{reason, offset};
  return std::nullopt;
}

//    0                   1                   2                   3
//   |                      Timestamp (Seconds)                      |
//   |            Timestamp (Microseconds or nanoseconds)            |
//   |                    Captured Packet Length                     |
//   |                    Original Packet Length                     |
std::optional<CapturedPacket> CaptureReader::NextOfPcap() {
  if (at_ == file_.size()) return std::nullopt;
  Reader r(file_.subspan(at_));
  const uint64_t seconds = U32(r);
  const uint64_t fraction = U32(r);
  const size_t size = U32(r);
  const size_t original = U32(r);
  CapturedPacket packet;
  packet.offset = at_ + r.offset();
  packet.bytes = r.Take(size);
  if (!r.ok()) return Fail("the last packet of the capture is cut short", at_);
  packet.time_ns = seconds * kNsPerSecond + FractionNs(fraction, units_);
  packet.link_type = link_type_;
  packet.cut = size < original;
  at_ += r.offset();
  return packet;
}

//   |                          Block Type                           |
//   |                      Block Total Length                       |
//   |                         Block Body ...                        |
//   |                      Block Total Length                       |
std::optional<CapturedPacket> CaptureReader::NextOfPcapng() {
  while (at_ < file_.size()) {
    const Bytes rest = file_.subspan(at_);
    Reader r(rest);
    const bool is_section = r.U32() == kSectionHeader;
    if (is_section && !BeginSection(rest)) {
      return Fail("a section without a byte-order magic", at_);
    }
    r = Reader(rest);
    const uint32_t type = U32(r);
    const size_t total = U32(r);
    if (!r.ok() || total > rest.size()) return Fail("the last block is cut short", at_);
    if (total < 12 || total % 4 != 0) return Fail("a block of an impossible length", at_ + 4);
    const Bytes body = rest.subspan(8, total - 12);
    if (!is_section && type == 1) AddInterface(body);
    if (!is_section && (type == 2 || type == 3 || type == 6)) {
      const auto packet = PacketOf(type, body);
      if (!packet) return Fail("a packet block that makes no sense", at_);
      at_ += total;
      return packet;
    }
    at_ += total;
  }
  return std::nullopt;
}

// A section has a byte order and interfaces of its own.
bool CaptureReader::BeginSection(Bytes block) {
  Reader r(block);
  r.Skip(8);
  const uint32_t magic = r.U32();
  little_ = magic == Swapped(kByteOrderMagic);
  interfaces_.clear();
  return little_ || magic == kByteOrderMagic;
}

void CaptureReader::AddInterface(Bytes body) {
  if (interfaces_.size() >= kMaxInterfaces) return;
  Reader r(body);
  Interface interface;
  interface.link_type = U16(r);
  r.Skip(6);  // reserved, snap length
  while (r.remaining() >= 4) {
    const uint16_t code = U16(r);
    const size_t size = U16(r);
    const Bytes value = r.Take(size);
    if (!r.ok() || code == 0) break;
    if (code == 9 && size == 1) interface.units = UnitsOf(value[0]).value_or(interface.units);
    Reader of_value(value);
    if (code == 14 && size == 8) {
      const uint64_t first = U32(of_value);
      const uint64_t second = U32(of_value);
      interface.offset_s = little_ ? second << 32 | first : first << 32 | second;
    }
    r.Skip(std::min((4 - size % 4) % 4, r.remaining()));
  }
  interfaces_.push_back(interface);
}

std::optional<CapturedPacket> CaptureReader::PacketOf(uint32_t type, Bytes body) {
  Reader r(body);
  const bool simple = type == 3;
  size_t index = 0;
  uint64_t time = 0;
  size_t size = 0;
  if (!simple) {
    index = type == 6 ? U32(r) : U16(r);
    if (type == 2) r.Skip(2);  // drops
    time = uint64_t{U32(r)} << 32;
    time |= U32(r);
    size = U32(r);
  }
  const size_t original = U32(r);
  // A simple packet block has no length of its own: the interface's snap length cuts it, and what
  // there is ends with the block.
  if (simple) size = std::min(original, r.remaining());
  if (index >= interfaces_.size()) return std::nullopt;
  CapturedPacket packet;
  const size_t at = r.offset();
  packet.bytes = r.Take(size);
  if (!r.ok()) return std::nullopt;
  const Interface& interface = interfaces_[index];
  packet.offset = static_cast<size_t>(body.data() - file_.data()) + at;
  packet.link_type = interface.link_type;
  packet.cut = size < original;
  // A simple packet block has no time either.
  if (!simple) {
    packet.time_ns = (time / interface.units + interface.offset_s) * kNsPerSecond +
                     FractionNs(time % interface.units, interface.units);
  }
  return packet;
}

}  // namespace koeru::capture
