// Media peers for tests, each with a certificate of its own.
#pragma once

#include "native_server/tls/certificate_writer.h"
#include "tests/native_server/tls/dtls_test_support.h"

namespace koeru::server {

inline const std::vector<SrtpProfile> kAllProfiles = {
    SrtpProfile::kAeadAes256Gcm, SrtpProfile::kAeadAes128Gcm, SrtpProfile::kAes128CmSha1_80,
    SrtpProfile::kAes128CmSha1_32};

inline std::shared_ptr<const TlsContext> MediaContext(
    bool active, std::vector<SrtpProfile> profiles = kAllProfiles) {
  const std::time_t now = std::time(nullptr);
  auto pem = WriteSelfSigned({}, now - 86400, now + 86400);
  EXPECT_TRUE(pem.ok()) << pem.status();
  auto context = TlsContext::ForMediaPeer({.active = active,
                                           .certificate_pem = pem->certificate,
                                           .key_pem = pem->key.text(),
                                           .profiles = std::move(profiles)});
  EXPECT_TRUE(context.ok()) << context.status();
  return context.ok() ? *context : nullptr;
}

}  // namespace koeru::server
