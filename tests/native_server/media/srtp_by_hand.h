// SRTP written down from the RFCs with mbedTLS's AES, to judge what libsrtp makes: key derivation
// (RFC 3711 section 4.3), AES-CM with HMAC-SHA1 (section 4.1.1, 4.2) and AES-GCM (RFC 7714 section
// 8) for RTP packets without extension, of rollover counter `roc`.
#pragma once

#include <gtest/gtest.h>
#include <mbedtls/aes.h>
#include <mbedtls/gcm.h>
#include <mbedtls/md.h>

#include <array>
#include <vector>

#include "core/bytes/reader.h"

namespace koeru::server {

inline std::vector<uint8_t> AesCounterMode(Bytes key, std::array<uint8_t, 16> iv, Bytes input) {
  mbedtls_aes_context aes;
  mbedtls_aes_init(&aes);
  mbedtls_aes_setkey_enc(&aes, key.data(), static_cast<unsigned>(8 * key.size()));
  std::vector<uint8_t> output(input.size());
  std::array<uint8_t, 16> block{};
  size_t offset = 0;
  mbedtls_aes_crypt_ctr(&aes, input.size(), &offset, iv.data(), block.data(), input.data(),
                        output.data());
  mbedtls_aes_free(&aes);
  return output;
}

// RFC 3711 section 4.3.1: x = label * 2^48 XOR salt (14 bytes), as the upper part of the counter. A
// salt of 12 bytes stands in front of two zeros (RFC 7714 section 11).
inline std::vector<uint8_t> Derive(Bytes master_key, Bytes master_salt, uint8_t label,
                                   size_t size) {
  std::array<uint8_t, 16> iv{};
  for (size_t i = 0; i < master_salt.size(); ++i) iv[i] = master_salt[i];
  iv[7] = static_cast<uint8_t>(iv[7] ^ label);
  return AesCounterMode(master_key, iv, std::vector<uint8_t>(size));
}

inline constexpr size_t kHeader = 12;

// SSRC and packet index of the initialisation vector.
inline void MixIn(std::array<uint8_t, 16>& iv, size_t ssrc_at, size_t index_at, Bytes packet,
                  uint32_t roc) {
  for (size_t i = 0; i < 4; ++i)
    iv[ssrc_at + i] = static_cast<uint8_t>(iv[ssrc_at + i] ^ packet[8 + i]);
  const std::array<uint8_t, 6> index = {static_cast<uint8_t>(roc >> 24),
                                        static_cast<uint8_t>(roc >> 16),
                                        static_cast<uint8_t>(roc >> 8),
                                        static_cast<uint8_t>(roc),
                                        packet[2],
                                        packet[3]};
  for (size_t i = 0; i < index.size(); ++i)
    iv[index_at + i] = static_cast<uint8_t>(iv[index_at + i] ^ index[i]);
}

inline std::vector<uint8_t> ProtectAesCm(Bytes key_and_salt, Bytes packet, uint32_t roc) {
  const Bytes key = key_and_salt.first(16), salt = key_and_salt.subspan(16);
  const std::vector<uint8_t> session_key = Derive(key, salt, 0, 16);
  const std::vector<uint8_t> auth_key = Derive(key, salt, 1, 20);
  const std::vector<uint8_t> session_salt = Derive(key, salt, 2, 14);
  std::array<uint8_t, 16> iv{};
  for (size_t i = 0; i < 14; ++i) iv[i] = session_salt[i];
  MixIn(iv, 4, 8, packet, roc);
  std::vector<uint8_t> out(packet.begin(), packet.begin() + kHeader);
  const std::vector<uint8_t> body = AesCounterMode(session_key, iv, packet.subspan(kHeader));
  out.insert(out.end(), body.begin(), body.end());
  std::vector<uint8_t> covered = out;
  for (const int shift : {24, 16, 8, 0}) covered.push_back(static_cast<uint8_t>(roc >> shift));
  std::array<uint8_t, 20> mac{};
  mbedtls_md_hmac(mbedtls_md_info_from_type(MBEDTLS_MD_SHA1), auth_key.data(), auth_key.size(),
                  covered.data(), covered.size(), mac.data());
  out.insert(out.end(), mac.begin(), mac.begin() + 10);
  return out;
}

// With session keys.
inline std::vector<uint8_t> SealAesGcm(Bytes session_key, Bytes session_salt, Bytes packet,
                                       uint32_t roc) {
  // RFC 7714 section 8.1: two zeros, SSRC, rollover counter, sequence number; XOR salt.
  std::array<uint8_t, 16> iv{};
  for (size_t i = 0; i < 12; ++i) iv[i] = session_salt[i];
  MixIn(iv, 2, 6, packet, roc);
  mbedtls_gcm_context gcm;
  mbedtls_gcm_init(&gcm);
  mbedtls_gcm_setkey(&gcm, MBEDTLS_CIPHER_ID_AES, session_key.data(),
                     static_cast<unsigned>(8 * session_key.size()));
  std::vector<uint8_t> out(packet.size() + 16);
  std::copy_n(packet.begin(), kHeader, out.begin());
  EXPECT_EQ(mbedtls_gcm_crypt_and_tag(&gcm, MBEDTLS_GCM_ENCRYPT, packet.size() - kHeader, iv.data(),
                                      12, packet.data(), kHeader, packet.data() + kHeader,
                                      out.data() + kHeader, 16, out.data() + packet.size()),
            0);
  mbedtls_gcm_free(&gcm);
  return out;
}

inline std::vector<uint8_t> ProtectAesGcm(Bytes key_and_salt, Bytes packet, uint32_t roc) {
  const size_t key_size = key_and_salt.size() - 12;
  const Bytes key = key_and_salt.first(key_size), salt = key_and_salt.subspan(key_size);
  return SealAesGcm(Derive(key, salt, 0, key_size), Derive(key, salt, 2, 12), packet, roc);
}

}  // namespace koeru::server
