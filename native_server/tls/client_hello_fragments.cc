#include "native_server/tls/client_hello_fragments.h"

#include <algorithm>

#include "core/bytes/writer.h"

namespace koeru::server {
namespace {

// RFC 6347 section 4.1 and 4.2.2.
constexpr size_t kRecordHeader = 13, kHandshakeHeader = 12;
constexpr uint8_t kHandshake = 22, kClientHello = 1;

}  // namespace

// 0                   1                   2                   3
// |type (22)|   version   | epoch (0) |     sequence number (6)     | length (2) |
// |type (1) | length (3)  | message number (2) | fragment offset (3) | fragment length (3) | ...
std::optional<ClientHelloFragments::Fragment> ClientHelloFragments::Read(Reader& reader) {
  if (reader.remaining() < kRecordHeader + kHandshakeHeader) return std::nullopt;
  Fragment fragment;
  fragment.record_header = reader.Take(kRecordHeader);
  Reader header(fragment.record_header);
  const uint8_t content_type = header.U8();
  header.Skip(2);
  const uint16_t epoch = header.U16();
  header.Skip(6);
  const size_t size = header.U16();
  if (content_type != kHandshake || epoch != 0) return std::nullopt;
  if (size < kHandshakeHeader || size > reader.remaining()) return std::nullopt;
  const uint8_t message_type = reader.U8();
  fragment.length = reader.U24();
  fragment.message_number = reader.U16();
  fragment.offset = reader.U24();
  const size_t content = reader.U24();
  const bool is_fragment = message_type == kClientHello && content > 0 &&
                           content < fragment.length && fragment.length <= kLargest &&
                           content == size - kHandshakeHeader &&
                           fragment.offset + content <= fragment.length;
  if (!is_fragment) return std::nullopt;
  fragment.content = reader.Take(content);
  return fragment;
}

Bytes ClientHelloFragments::Take(Bytes datagram) {
  Reader reader(datagram);
  auto fragment = Read(reader);
  if (!fragment) return datagram;
  for (; fragment; fragment = Read(reader)) {
    Add(*fragment);
    if (missing_ > 0) continue;
    length_ = 0;  // the next one begins anew
    return record_;
  }
  return {};
}

void ClientHelloFragments::Clear() { *this = {}; }

void ClientHelloFragments::Add(const Fragment& fragment) {
  if (length_ != fragment.length || message_number_ != fragment.message_number) {
    length_ = missing_ = fragment.length;
    message_number_ = fragment.message_number;
    record_.assign(kRecordHeader + kHandshakeHeader + length_, 0);
    has_.assign(length_, false);
  }
  // The number of the record that came last, which was not seen before.
  std::copy(fragment.record_header.begin(), fragment.record_header.end(), record_.begin());
  Writer size(MutableBytes(record_).subspan(kRecordHeader - 2, 2));
  size.U16(static_cast<uint16_t>(kHandshakeHeader + length_));
  Writer header(MutableBytes(record_).subspan(kRecordHeader, kHandshakeHeader));
  header.U8(kClientHello);
  header.U24(static_cast<uint32_t>(length_));
  header.U16(message_number_);
  header.U24(0);
  header.U24(static_cast<uint32_t>(length_));
  for (size_t i = 0; i < fragment.content.size(); ++i) {
    const size_t at = fragment.offset + i;
    // RFC 6347 allows overlaps; what came first counts.
    if (has_[at]) continue;
    has_[at] = true;
    record_[kRecordHeader + kHandshakeHeader + at] = fragment.content[i];
    --missing_;
  }
}

}  // namespace koeru::server
