// What a DTLS handshake with use_srtp agrees on (RFC 5764): a protection profile, and a master key
// with its salt for each direction.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/bytes/reader.h"

namespace koeru::server {

// IANA's "DTLS-SRTP Protection Profiles": RFC 5764 section 4.1.2, RFC 7714 section 14.2.
enum class SrtpProfile : uint16_t {
  kAes128CmSha1_80 = 0x0001,
  kAes128CmSha1_32 = 0x0002,
  kAeadAes128Gcm = 0x0007,
  kAeadAes256Gcm = 0x0008,
};

// As IANA writes them: "SRTP_AEAD_AES_128_GCM".
std::string_view SrtpProfileName(SrtpProfile profile);

// Bytes of a master key and of its salt.
struct SrtpKeySizes {
  size_t key = 0;
  size_t salt = 0;
};
// Nothing for a number that is none of the above.
std::optional<SrtpKeySizes> SrtpKeySizesOf(SrtpProfile profile);

struct SrtpKeys {
  SrtpProfile profile = SrtpProfile::kAes128CmSha1_80;
  // The master key, followed by its salt: of what the DTLS client sends, and of what the server
  // sends.
  std::vector<uint8_t> client;
  std::vector<uint8_t> server;
};

// Parts what TLS exported: RFC 5764 section 4.2, "client_write_SRTP_master_key,
// server_write_SRTP_master_key, client_write_SRTP_master_salt, server_write_SRTP_master_salt".
// Nothing when `exported` has another size than the profile's.
std::optional<SrtpKeys> PartSrtpKeys(SrtpProfile profile, Bytes exported);

}  // namespace koeru::server
