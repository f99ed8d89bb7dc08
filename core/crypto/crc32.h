#pragma once

// CRC-32 as FINGERPRINT needs it (RFC 8489 section 14.7; ITU V.42, the one of Ethernet and zip).

#include "core/bytes/reader.h"

namespace koeru::crypto {

// `crc` chains calls: Crc32(b, Crc32(a)) is the CRC of a followed by b.
uint32_t Crc32(Bytes bytes, uint32_t crc = 0);

}  // namespace koeru::crypto
