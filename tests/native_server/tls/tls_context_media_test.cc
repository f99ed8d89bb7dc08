#include <gmock/gmock.h>

#include "native_server/tls/certificate_fingerprint.h"
#include "tests/native_server/tls/media_test_support.h"

namespace koeru::server {
namespace {

using testing::HasSubstr;

TEST(MediaPeer, Rfc5764_BothSidesHaveTheSameKeys) {
  for (const SrtpProfile profile : kAllProfiles) {
    DtlsPair pair(MediaContext(false, {profile}), MediaContext(true));
    ASSERT_TRUE(pair.Handshake()) << SrtpProfileName(profile);
    const auto client = pair.client.srtp_keys();
    const auto server = pair.server.srtp_keys();
    ASSERT_TRUE(client && server) << SrtpProfileName(profile);
    EXPECT_EQ(client->profile, profile);
    EXPECT_EQ(server->profile, profile);
    EXPECT_EQ(client->client, server->client);
    EXPECT_EQ(client->server, server->server);
    EXPECT_NE(client->client, client->server);
  }
}

TEST(MediaPeer, Rfc5764_4_1_1_TheServersPreferenceCounts) {
  DtlsPair pair(MediaContext(false, {SrtpProfile::kAes128CmSha1_80, SrtpProfile::kAeadAes128Gcm}),
                MediaContext(true, {SrtpProfile::kAeadAes128Gcm, SrtpProfile::kAes128CmSha1_80}));
  ASSERT_TRUE(pair.Handshake());
  EXPECT_EQ(pair.client.srtp_keys()->profile, pair.server.srtp_keys()->profile);
}

TEST(MediaPeer, EachHandshakeHasKeysOfItsOwn) {
  const auto server = MediaContext(false);
  const auto client = MediaContext(true);
  DtlsPair first(server, client);
  DtlsPair second(server, client);
  ASSERT_TRUE(first.Handshake() && second.Handshake());
  EXPECT_NE(first.client.srtp_keys()->client, second.client.srtp_keys()->client);
}

TEST(MediaPeer, WithoutACommonProfileThereAreNoKeys) {
  DtlsPair pair(MediaContext(false, {SrtpProfile::kAeadAes128Gcm}),
                MediaContext(true, {SrtpProfile::kAes128CmSha1_80}));
  pair.Handshake();
  EXPECT_FALSE(pair.client.srtp_keys().has_value());
  EXPECT_FALSE(pair.server.srtp_keys().has_value());
}

TEST(MediaPeer, APeerThatWantsNoSrtpGetsNoKeys) {
  DtlsPair pair(MediaContext(false), DtlsClientContext());
  pair.Handshake();
  EXPECT_FALSE(pair.server.srtp_keys().has_value());
}

TEST(MediaPeer, BothShowTheirCertificate) {
  const auto server = MediaContext(false);
  const auto client = MediaContext(true);
  DtlsPair pair(server, client);
  EXPECT_TRUE(pair.client.peer_certificate_der().empty()) << "before the handshake";
  ASSERT_TRUE(pair.Handshake());
  EXPECT_TRUE(HasFingerprint(pair.client.peer_certificate_der(), "sha-256",
                             FingerprintOf(server->certificate_der())));
  EXPECT_TRUE(HasFingerprint(pair.server.peer_certificate_der(), "sha-256",
                             FingerprintOf(client->certificate_der())));
  EXPECT_FALSE(HasFingerprint(pair.server.peer_certificate_der(), "sha-256",
                              FingerprintOf(server->certificate_der())));
}

TEST(MediaPeer, TheHandshakeSurvivesTheLossOfAnyOneDatagram) {
  const auto server = MediaContext(false);
  const auto client = MediaContext(true);
  DtlsPair whole(server, client);
  ASSERT_TRUE(whole.Handshake());
  ASSERT_GT(whole.sent, 3u);
  for (size_t lost = 0; lost < whole.sent; ++lost) {
    DtlsPair pair(server, client);
    EXPECT_TRUE(pair.Handshake([lost](size_t index) { return index != lost; })) << lost;
    ASSERT_TRUE(pair.client.srtp_keys() && pair.server.srtp_keys()) << lost;
    EXPECT_EQ(pair.client.srtp_keys()->client, pair.server.srtp_keys()->client) << lost;
  }
}

TEST(MediaPeer, SaysWhatIsWrongWithItsOptions) {
  const auto none = TlsContext::ForMediaPeer({});
  EXPECT_THAT(none.status().message(), HasSubstr("one to 4 SRTP profiles, not 0"));
  const auto bad =
      TlsContext::ForMediaPeer({.certificate_pem = "nothing", .profiles = kAllProfiles});
  EXPECT_THAT(bad.status().message(), HasSubstr("certificate or key is of no use"));
  const auto odd = MediaContext(true);
  EXPECT_TRUE(odd->is_media());
  EXPECT_FALSE(DtlsClientContext()->is_media());
}

}  // namespace
}  // namespace koeru::server
