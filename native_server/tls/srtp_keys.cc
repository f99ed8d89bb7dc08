#include "native_server/tls/srtp_keys.h"

namespace koeru::server {

std::string_view SrtpProfileName(SrtpProfile profile) {
  switch (profile) {
    case SrtpProfile::kAes128CmSha1_80:
      return "SRTP_AES128_CM_HMAC_SHA1_80";
    case SrtpProfile::kAes128CmSha1_32:
      return "SRTP_AES128_CM_HMAC_SHA1_32";
    case SrtpProfile::kAeadAes128Gcm:
      return "SRTP_AEAD_AES_128_GCM";
    case SrtpProfile::kAeadAes256Gcm:
      return "SRTP_AEAD_AES_256_GCM";
  }
  return {};
}

std::optional<SrtpKeySizes> SrtpKeySizesOf(SrtpProfile profile) {
  switch (profile) {
    case SrtpProfile::kAes128CmSha1_80:
    case SrtpProfile::kAes128CmSha1_32:
      return SrtpKeySizes{16, 14};
    case SrtpProfile::kAeadAes128Gcm:
      return SrtpKeySizes{16, 12};
    case SrtpProfile::kAeadAes256Gcm:
      return SrtpKeySizes{32, 12};
  }
  return std::nullopt;
}

std::optional<SrtpKeys> PartSrtpKeys(SrtpProfile profile, Bytes exported) {
  const std::optional<SrtpKeySizes> sizes = SrtpKeySizesOf(profile);
  if (!sizes || exported.size() != 2 * (sizes->key + sizes->salt)) return std::nullopt;
  Reader reader(exported);
  const Bytes client_key = reader.Take(sizes->key);
  const Bytes server_key = reader.Take(sizes->key);
  const Bytes client_salt = reader.Take(sizes->salt);
  const Bytes server_salt = reader.Take(sizes->salt);
  SrtpKeys keys{
      profile, {client_key.begin(), client_key.end()}, {server_key.begin(), server_key.end()}};
  keys.client.insert(keys.client.end(), client_salt.begin(), client_salt.end());
  keys.server.insert(keys.server.end(), server_salt.begin(), server_salt.end());
  return keys;
}

}  // namespace koeru::server
