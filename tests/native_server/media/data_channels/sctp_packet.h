// What a test needs of SCTP packets (RFC 9260 section 3) to change them.
#pragma once

#include <cstdint>
#include <vector>

namespace koeru::server {

// RFC 9260 appendix A: CRC32c over the packet with a checksum of zero, least significant byte
// first.
inline void SetChecksum(std::vector<uint8_t>& packet) {
  if (packet.size() < 12) return;
  for (size_t i = 8; i < 12; ++i) packet[i] = 0;
  uint32_t crc = 0xFFFFFFFF;
  for (const uint8_t byte : packet) {
    crc ^= byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0x82F63B78 : 0);
  }
  crc = ~crc;
  for (size_t i = 0; i < 4; ++i) packet[8 + i] = static_cast<uint8_t>(crc >> (8 * i));
}

}  // namespace koeru::server
