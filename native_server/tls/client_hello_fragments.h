// A ClientHello that comes in several datagrams (RFC 6347 section 4.2.3), as one with a key share
// that quantum computers do not break does. mbedTLS puts all handshake messages together but this
// one: "fragmentation not supported".
//
//   ClientHelloFragments fragments;
//   Bytes input = fragments.Take(datagram);    // what the handshake is to see
//
// The view is into `datagram`, or into this until the next Take(). Nothing is allocated before a
// fragment comes, and kLargest bytes at most then.
#pragma once

#include <optional>
#include <vector>

#include "core/bytes/reader.h"

namespace koeru::server {

class ClientHelloFragments {
 public:
  // Of the message. Those with such a key share have about 1,800 bytes.
  static constexpr size_t kLargest = 8192;

  // The datagram itself when it does not begin with a fragment of a ClientHello; the whole message
  // as one record when nothing of it is missing any more; else empty.
  Bytes Take(Bytes datagram);
  void Clear();

 private:
  struct Fragment {
    Bytes record_header;
    uint16_t message_number = 0;
    size_t length = 0;  // of the whole message
    size_t offset = 0;
    Bytes content;
  };
  // Of the record that `reader` stands at, which it leaves behind; nothing when that is none.
  static std::optional<Fragment> Read(Reader& reader);
  void Add(const Fragment& fragment);

  uint16_t message_number_ = 0;
  size_t length_ = 0;            // 0: none has begun
  size_t missing_ = 0;           // bytes
  std::vector<uint8_t> record_;  // both headers, then the message
  std::vector<bool> has_;        // which bytes of the message are there
};

}  // namespace koeru::server
