#include "native_server/media/srtp_session.h"

#include <gtest/gtest.h>

#include "core/bytes/hex.h"
#include "tests/native_server/media/srtp_by_hand.h"

namespace koeru::server {
namespace {

using Packet = std::vector<uint8_t>;

constexpr SrtpProfile kProfiles[] = {SrtpProfile::kAes128CmSha1_80, SrtpProfile::kAes128CmSha1_32,
                                     SrtpProfile::kAeadAes128Gcm, SrtpProfile::kAeadAes256Gcm};

// Keys that differ in every byte.
SrtpKeys KeysOf(SrtpProfile profile) {
  SrtpKeys keys{profile, {}, {}};
  const SrtpKeySizes sizes = *SrtpKeySizesOf(profile);
  for (size_t i = 0; i < sizes.key + sizes.salt; ++i) {
    keys.client.push_back(static_cast<uint8_t>(i));
    keys.server.push_back(static_cast<uint8_t>(200 - i));
  }
  return keys;
}

Packet Rtp(uint16_t sequence_number, uint32_t ssrc = 0xCAFEBABE, size_t payload = 50) {
  Packet packet = {0x80,
                   96,
                   static_cast<uint8_t>(sequence_number >> 8),
                   static_cast<uint8_t>(sequence_number),
                   1,
                   2,
                   3,
                   4};
  for (const int shift : {24, 16, 8, 0}) packet.push_back(static_cast<uint8_t>(ssrc >> shift));
  for (size_t i = 0; i < payload; ++i) packet.push_back(static_cast<uint8_t>(i));
  return packet;
}

// An empty receiver report.
Packet Rtcp(uint32_t ssrc = 0xCAFEBABE) {
  Packet packet = {0x80, 201, 0, 1};
  for (const int shift : {24, 16, 8, 0}) packet.push_back(static_cast<uint8_t>(ssrc >> shift));
  return packet;
}

class SrtpSessionTest : public testing::TestWithParam<SrtpProfile> {
 protected:
  Packet Protect(SrtpSession& session, const Packet& packet) {
    Packet buffer = packet;
    buffer.resize(packet.size() + SrtpSession::kMostOverhead);
    buffer.resize(session.ProtectRtp(buffer, packet.size()));
    return buffer;
  }
  Packet ProtectRtcp(SrtpSession& session, const Packet& packet) {
    Packet buffer = packet;
    buffer.resize(packet.size() + SrtpSession::kMostOverhead);
    buffer.resize(session.ProtectRtcp(buffer, packet.size()));
    return buffer;
  }
  // What came out, or the verdict.
  static Packet Open(SrtpSession& session, Packet packet,
                     SrtpVerdict expected = SrtpVerdict::kGood) {
    const Unprotected result = session.UnprotectRtp(packet);
    EXPECT_EQ(result.verdict, expected);
    packet.resize(result.size);
    return packet;
  }

  const SrtpKeys keys_ = KeysOf(GetParam());
  std::unique_ptr<SrtpSession> client_ = *SrtpSession::Make(keys_, true);
  std::unique_ptr<SrtpSession> server_ = *SrtpSession::Make(keys_, false);
};

INSTANTIATE_TEST_SUITE_P(Profiles, SrtpSessionTest, testing::ValuesIn(kProfiles),
                         [](const auto& one) { return std::string(SrtpProfileName(one.param)); });

TEST_P(SrtpSessionTest, PacketsTravelBothWays) {
  for (uint16_t i = 1; i < 200; ++i) {
    EXPECT_EQ(Open(*server_, Protect(*client_, Rtp(i))), Rtp(i));
    EXPECT_EQ(Open(*client_, Protect(*server_, Rtp(i, 7))), Rtp(i, 7));
  }
}

TEST_P(SrtpSessionTest, ReportsTravelBothWays) {
  for (int i = 0; i < 20; ++i) {
    Packet packet = ProtectRtcp(*client_, Rtcp());
    EXPECT_GT(packet.size(), Rtcp().size() + 4);
    const Unprotected result = server_->UnprotectRtcp(packet);
    ASSERT_EQ(result.verdict, SrtpVerdict::kGood);
    packet.resize(result.size);
    EXPECT_EQ(packet, Rtcp());
  }
}

TEST_P(SrtpSessionTest, TheOtherDirectionHasOtherKeys) {
  Open(*client_, Protect(*client_, Rtp(1)), SrtpVerdict::kForged);
}

TEST_P(SrtpSessionTest, Rfc3711_3_3_2_APacketCountsOnce) {
  const Packet packet = Protect(*client_, Rtp(5));
  Open(*server_, packet);
  Open(*server_, packet, SrtpVerdict::kReplayed);
  Packet report = ProtectRtcp(*client_, Rtcp());
  Packet again = report;
  EXPECT_EQ(server_->UnprotectRtcp(report).verdict, SrtpVerdict::kGood);
  EXPECT_EQ(server_->UnprotectRtcp(again).verdict, SrtpVerdict::kReplayed);
}

TEST_P(SrtpSessionTest, PacketsMayComeInAnyOrderWithinTheWindow) {
  std::vector<Packet> packets;
  for (uint16_t i = 0; i < SrtpSession::kReplayWindow + 10; ++i) {
    packets.push_back(Protect(*client_, Rtp(static_cast<uint16_t>(100 + i))));
  }
  Open(*server_, packets[0]);
  Open(*server_, packets.back());
  for (size_t i = packets.size() - 2; i > 20; --i) Open(*server_, packets[i]);
  Open(*server_, packets[1], SrtpVerdict::kReplayed);
}

TEST_P(SrtpSessionTest, EveryBitIsProtected) {
  const Packet packet = Protect(*client_, Rtp(5, 0xCAFEBABE, 4));
  for (size_t bit = 0; bit < 8 * packet.size(); ++bit) {
    Packet forged = packet;
    forged[bit / 8] = static_cast<uint8_t>(forged[bit / 8] ^ (1u << (bit % 8)));
    EXPECT_NE(server_->UnprotectRtp(forged).verdict, SrtpVerdict::kGood) << bit;
  }
  Open(*server_, packet);
}

TEST_P(SrtpSessionTest, EveryTruncationIsRefused) {
  const Packet packet = Protect(*client_, Rtp(5));
  const Packet report = ProtectRtcp(*client_, Rtcp());
  for (size_t size = 0; size < packet.size(); ++size) {
    Packet cut(packet.begin(), packet.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_NE(server_->UnprotectRtp(cut).verdict, SrtpVerdict::kGood) << size;
  }
  for (size_t size = 0; size < report.size(); ++size) {
    Packet cut(report.begin(), report.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_NE(server_->UnprotectRtcp(cut).verdict, SrtpVerdict::kGood) << size;
  }
}

TEST_P(SrtpSessionTest, Rfc3711_3_3_1_TheRolloverCounterLastsThroughLongCalls) {
  // Twice over its end, with one packet in 97 lost and pairs that change places.
  uint32_t index = 0xFF00;
  for (int i = 0; i < 0x10200; i += 2, index += 2) {
    const Packet first = Protect(*client_, Rtp(static_cast<uint16_t>(index), 1, 4));
    const Packet second = Protect(*client_, Rtp(static_cast<uint16_t>(index + 1), 1, 4));
    if (i % 97 != 0) {
      ASSERT_EQ(Open(*server_, second), Rtp(static_cast<uint16_t>(index + 1), 1, 4)) << index;
    }
    ASSERT_EQ(Open(*server_, first), Rtp(static_cast<uint16_t>(index), 1, 4)) << index;
  }
}

TEST_P(SrtpSessionTest, APacketMayBeSentAgain) {
  // An answer to a NACK without RTX: the same bytes.
  const Packet first = Protect(*client_, Rtp(5));
  for (uint16_t i = 6; i < 60; ++i) Open(*server_, Protect(*client_, Rtp(i)));
  EXPECT_EQ(Protect(*client_, Rtp(5)), first);
  Open(*server_, Protect(*client_, Rtp(5)));
}

TEST_P(SrtpSessionTest, APeerHasSoManySourcesAndNoMore) {
  for (uint32_t ssrc = 1; ssrc <= SrtpSession::kMaxSources; ++ssrc) {
    Open(*server_, Protect(*client_, Rtp(1, ssrc)));
  }
  Open(*server_, Protect(*client_, Rtp(1, 0xFFFF)), SrtpVerdict::kTooMany);
  Open(*server_, Protect(*client_, Rtp(2, 1)));
}

TEST_P(SrtpSessionTest, ForgedSourcesTakeNoPlace) {
  for (uint32_t ssrc = 1; ssrc <= 10 * SrtpSession::kMaxSources; ++ssrc) {
    Packet forged = Rtp(1, ssrc);
    forged.resize(forged.size() + 16);
    EXPECT_EQ(server_->UnprotectRtp(forged).verdict, SrtpVerdict::kForged);
  }
  Open(*server_, Protect(*client_, Rtp(1, 1)));
}

TEST_P(SrtpSessionTest, ABufferWithoutRoomIsRefused) {
  Packet packet = Rtp(1);
  EXPECT_EQ(client_->ProtectRtp(packet, packet.size()), 0u);
  packet.resize(packet.size() + SrtpSession::kMostOverhead - 1);
  EXPECT_EQ(client_->ProtectRtp(packet, packet.size() + 1 - SrtpSession::kMostOverhead), 0u);
  EXPECT_EQ(client_->ProtectRtp(packet, 11), 0u);
  EXPECT_EQ(client_->ProtectRtcp(packet, 7), 0u);
}

TEST_P(SrtpSessionTest, IsWhatTheRfcsSay) {
  // One packet with every rollover counter that there is a chance to get wrong.
  std::unique_ptr<SrtpSession> sender = *SrtpSession::Make(keys_, true);
  uint32_t roc = 0;
  for (uint32_t index = 0xFFF0; index < 0x2FFFF; index += 0x4001) {
    const Packet plain = Rtp(static_cast<uint16_t>(index), 0xDEADBEEF);
    Packet expected;
    roc = index >> 16;
    switch (GetParam()) {
      case SrtpProfile::kAes128CmSha1_80:
        expected = ProtectAesCm(keys_.client, plain, roc);
        break;
      case SrtpProfile::kAes128CmSha1_32:
        expected = ProtectAesCm(keys_.client, plain, roc);
        expected.resize(expected.size() - 6);
        break;
      case SrtpProfile::kAeadAes128Gcm:
      case SrtpProfile::kAeadAes256Gcm:
        expected = ProtectAesGcm(keys_.client, plain, roc);
        break;
    }
    EXPECT_EQ(ToHex(Protect(*sender, plain)), ToHex(expected)) << index;
  }
}

TEST(SrtpByHand, Rfc3711_B_3_DerivesItsKeys) {
  const auto key = *FromHex("e1f97a0d3e018be0d64fa32c06de4139");
  const auto salt = *FromHex("0ec675ad498afeebb6960b3aabe6");
  EXPECT_EQ(ToHex(Derive(key, salt, 0, 16)), "c61e7a93744f39ee10734afe3ff7a087");
  EXPECT_EQ(ToHex(Derive(key, salt, 2, 14)), "30cbbc08863d8c85d49db34a9ae1");
  EXPECT_EQ(ToHex(Derive(key, salt, 1, 20)), "cebe321f6ff7716b6fd4ab49af256a156d38baa4");
}

TEST(SrtpByHand, Rfc7714_16_1_1_SealsItsPacket) {
  const auto key = *FromHex("000102030405060708090a0b0c0d0e0f");
  const auto salt = *FromHex("517569642070726f2071756f");
  const auto packet = *FromHex(
      "8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e697320646976697361"
      "20696e207061727465732074726573");
  EXPECT_EQ(
      ToHex(SealAesGcm(key, salt, packet, 0)),
      "8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b"
      "36de3adf8833899d7f27beb16a9152cf765ee4390cce");
}

TEST(SrtpSession, KeysOfAnotherLengthAreRefused) {
  SrtpKeys keys = KeysOf(SrtpProfile::kAeadAes128Gcm);
  keys.server.pop_back();
  const auto session = SrtpSession::Make(keys, true);
  ASSERT_FALSE(session.ok());
  EXPECT_EQ(session.status().message(),
            "these keys are not as long as SRTP_AEAD_AES_128_GCM has them");
}

}  // namespace
}  // namespace koeru::server
