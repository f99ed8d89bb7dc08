// How packets find their way, and how they are protected.

#include <gtest/gtest.h>

#include "core/sdp/attributes/candidate.h"
#include "core/sdp/attributes/crypto.h"
#include "core/sdp/attributes/data_channel.h"
#include "core/sdp/attributes/fingerprint.h"
#include "core/sdp/attributes/ice_credentials.h"
#include "core/sdp/attributes/ice_options.h"
#include "core/sdp/attributes/ice_pacing.h"
#include "core/sdp/attributes/identity.h"
#include "core/sdp/attributes/key_mgmt.h"
#include "core/sdp/attributes/remote_candidates.h"
#include "core/sdp/attributes/sctp.h"
#include "core/sdp/attributes/setup.h"
#include "core/sdp/attributes/tls_id.h"
#include "tests/core/sdp/rewrite.h"

namespace koeru::sdp {
namespace {

TEST(SdpTransportAttributes, Rfc8839_5_1_Candidate) {
  const auto line = Decode<Candidate>(
      "1 1 UDP 1694498815 192.0.2.3 45664 typ srflx raddr "
      "203.0.113.141 rport 8998",
      Mode::kStrict);
  EXPECT_EQ(line->candidate.port, 45664);
  EXPECT_EQ(line->candidate.type, ice::CandidateType::kServerReflexive);
  ExpectKept("a=candidate:1 1 udp 1 192.0.2.1 9 typ host x ");  // the value of x is empty
  ExpectLenient("a=candidate: 1 1 udp 1 192.0.2.1 9 typ host  ", "",
                "a=candidate:1 1 udp 1 192.0.2.1 9 typ host");
  ExpectLenient("a=candidate:candidate:1 1 udp 1 h.local 9 typ host", "12 foundation",
                "a=candidate:1 1 udp 1 h.local 9 typ host");
  ExpectRefused("a=candidate:", "12 ");
  ExpectRefused("a=candidate:end-of-candidates", "12 ");
  ExpectRefused("a=candidate:1 0 udp 1 192.0.2.1 9 typ host", "14 ");
  ExpectRefused("a=candidate:1 1  udp 1 192.0.2.1 9 typ host", "16 ");
}

TEST(SdpTransportAttributes, AnEndOfCandidatesIsNoCandidate) {
  Candidate end;
  end.candidate.end_of_candidates = true;
  EXPECT_EQ(Encode(end).error().field, "candidate");
}

TEST(SdpTransportAttributes, Rfc8839_5_2_RemoteCandidates) {
  const auto remote =
      Decode<RemoteCandidates>("1 203.0.113.1 54400 2 203.0.113.1 54401", Mode::kStrict);
  ASSERT_EQ(remote->candidates.size(), 2u);
  EXPECT_EQ(remote->candidates[1].port, 54401);
  ExpectRefused("a=remote-candidates:257 h 1", "20 [0].component");
  ExpectRefused("a=remote-candidates:1 h", "23 [0]: expected a space");
}

TEST(SdpTransportAttributes, Rfc8839_5_4_Credentials) {
  EXPECT_EQ(Decode<IceUfrag>("8hhY", Mode::kStrict)->ufrag, "8hhY");
  ExpectKept("a=ice-ufrag:" + std::string(256, '+'));
  ExpectKept("a=ice-pwd:asd88fgpdd777uzjYhagZg");
  ExpectRefused("a=ice-ufrag:abc", "12 expected letters");
  ExpectRefused("a=ice-ufrag:" + std::string(257, 'a'), "12 expected letters");
  ExpectRefused("a=ice-ufrag:ab-cd", "12 expected letters");
  ExpectRefused("a=ice-pwd:asd88fgpdd777uzjYhagZ", "10 expected letters");
  EXPECT_FALSE(Encode(IcePwd{"short"}).ok());
}

TEST(SdpTransportAttributes, Rfc8839_5_5_And_5_6_PacingAndOptions) {
  EXPECT_EQ(Decode<IcePacing>("50", Mode::kStrict)->milliseconds, 50u);
  ExpectRefused("a=ice-pacing:10000000000", "13 expected a number");
  EXPECT_EQ(Decode<IceOptions>("ice2 trickle", Mode::kStrict)->options.size(), 2u);
  ExpectLenient("a=ice-options:google-ice", "20 nothing more", "a=ice-options:google-ice");
}

TEST(SdpTransportAttributes, Rfc8122_5_FingerprintsArePairsInUpperCase) {
  const auto print = Decode<Fingerprint>(
      "SHA-1 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB", Mode::kStrict);
  EXPECT_EQ(print->hash_function, "SHA-1");
  EXPECT_EQ(print->hash.size(), 59u);
  ExpectLenient("a=fingerprint:md5 4a:AD", "18 hash", "a=fingerprint:md5 4a:AD");
  for (const std::string_view hash : {"4A:A", "4A:", "4AAD", "4A::AD", "4A:AD:G0"}) {
    EXPECT_FALSE(Decode<Fingerprint>("md5 " + std::string(hash)).ok()) << hash;
    EXPECT_FALSE(Encode(Fingerprint{"md5", hash}).ok()) << hash;
  }
  ExpectRefused("a=fingerprint:md5 :4A", "18 hash");
  EXPECT_EQ(Encode(Fingerprint{"md5", "4a"}, Mode::kStrict).error().field, "hash");
}

TEST(SdpTransportAttributes, Rfc4145_4_And_5_SetupAndConnection) {
  EXPECT_EQ(Decode<sdp::Setup>("actpass", Mode::kStrict)->role, sdp::Setup::Role::kActpass);
  EXPECT_EQ(Decode<Connection>("existing", Mode::kStrict)->wish, Connection::Wish::kExisting);
  ExpectKept("a=setup:holdconn");
  ExpectLenient("a=setup:Active", "8 expected one of", "a=setup:active");
  ExpectRefused("a=setup:activ", "8 expected one of active|passive|actpass|holdconn");
  ExpectRefused("a=connection:new,", "16 nothing more");
}

TEST(SdpTransportAttributes, Rfc8842_4_TlsId) {
  EXPECT_EQ(Decode<TlsId>("abc3de65cddef001be82", Mode::kStrict)->id.size(), 20u);
  ExpectRefused("a=tls-id:abc3de65cddef001be8", "9 expected letters");
  ExpectRefused("a=tls-id:" + std::string(256, 'a'), "9 expected letters");
}

TEST(SdpTransportAttributes, Rfc8827_5_Identity) {
  const auto identity = Decode<Identity>("eyJpZHAi a=1; b", Mode::kStrict);
  EXPECT_EQ(identity->assertion, "eyJpZHAi");
  EXPECT_EQ(identity->extensions[1].spacing, " ");
  ExpectRefused("a=identity:a x=\"1;2\"", "19 nothing more");
  ExpectKept("a=identity:a x=\"1; y=\"2");
  ExpectLenient("a=identity:a x;  y", "15 extensions[1].spacing", "a=identity:a x;  y");
  ExpectRefused("a=identity:?", "11 assertion");
}

TEST(SdpTransportAttributes, Rfc4568_9_1_Crypto) {
  const auto crypto = Decode<Crypto>(
      "1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:32 "
      "KDR=1 UNENCRYPTED_SRTCP",
      Mode::kStrict);
  EXPECT_EQ(crypto->suite, "AES_CM_128_HMAC_SHA1_80");
  EXPECT_EQ(crypto->session_parameters.size(), 2u);
  ExpectLenient("a=crypto:1 A-1 inline:a", "12 expected a space", "a=crypto:1 A-1 inline:a");
  ExpectLenient("a=crypto:1 A key", "13 keyParameters[0]", "a=crypto:1 A key");
  ExpectRefused("a=crypto:1000000000 A inline:a", "9 tag");
  ExpectRefused("a=crypto:1 A", "12 expected a space");
}

TEST(SdpTransportAttributes, Rfc4567_3_1_KeyMgmtMayHaveOneBlankInFront) {
  EXPECT_EQ(Decode<KeyMgmt>("mikey AQAF", Mode::kStrict)->data, "AQAF");
  ExpectKept("a=key-mgmt: mikey AQAF");
  ExpectLenient("a=key-mgmt:  mikey AQAF", "11 spacing", "a=key-mgmt:  mikey AQAF");
}

TEST(SdpTransportAttributes, Rfc8841_Sctp) {
  EXPECT_EQ(Decode<SctpPort>("5000", Mode::kStrict)->port, 5000);
  EXPECT_EQ(Decode<MaxMessageSize>("0", Mode::kStrict)->bytes, 0u);
  EXPECT_EQ(Decode<Sctpmap>("5000 webrtc-datachannel 1024", Mode::kStrict)->streams, 1024u);
  ExpectRefused("a=sctp-port:65536", "12 expected a number");
  ExpectRefused("a=max-message-size:-1", "19 expected a number");
}

TEST(SdpTransportAttributes, Rfc8864_5_1_Dcmap) {
  const auto map =
      Decode<Dcmap>("3 label=\"Label 1\";ordered=false;max-retr=5;priority=128", Mode::kStrict);
  EXPECT_EQ(map->stream_id, 3);
  EXPECT_EQ(map->options[0].value, "\"Label 1\"");
  ExpectKept("a=dcmap:4 label=\"foo%09bar;x\";max-time=15000");
  ExpectKept("a=dcmap:0 subprotocol=\"\"");
  ExpectLenient("a=dcmap:0 a=1; b=2", "14 options[1].name", "a=dcmap:0 a=1;b=2");
  ExpectLenient("a=dcmap:0 label=\"50%\"", "16 options[0].value", "a=dcmap:0 label=\"50%\"");
  ExpectLenient("a=dcmap:0 ordered", "10 options[0].name", "a=dcmap:0 ordered");
  ExpectRefused("a=dcmap:65536", "8 streamId");
}

TEST(SdpTransportAttributes, Rfc8864_5_2_Dcsa) {
  const auto dcsa = Decode<Dcsa>("2 accept-types:text/plain", Mode::kStrict);
  EXPECT_EQ(dcsa->attribute, "accept-types");
  EXPECT_EQ(dcsa->value, "text/plain");
  ExpectKept("a=dcsa:0 sendonly");
  ExpectRefused("a=dcsa:0", "8 expected a space");
}

}  // namespace
}  // namespace koeru::sdp
