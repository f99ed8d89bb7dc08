#include "core/relay/mobility_ticket.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/bytes/hex.h"
#include "core/crypto/base64.h"

namespace koeru::relay {
namespace {

class MobilityTicket : public ::testing::Test {
 protected:
  static RelayConfig Config() {
    RelayConfig config;
    config.nonce_key = std::vector<uint8_t>(32, 7);
    return config;
  }

  RelayConfig config_ = Config();
  TicketSeal seal_{config_};
  const TicketClaim claim_{{5, 9}, {6, 2}, 0xFFFE, 3};
};

TEST_F(MobilityTicket, OpensToWhatWasSealed) {
  EXPECT_EQ(seal_.Open(seal_.Seal(claim_)), claim_);
  EXPECT_EQ(seal_.Open(seal_.Seal({})), TicketClaim());
}

TEST_F(MobilityTicket, IsTheSameForTheSameContentAndDiffersForAnyOther) {
  EXPECT_EQ(seal_.Seal(claim_), seal_.Seal(claim_));
  std::set<Ticket> tickets;
  for (uint32_t slot = 0; slot < 8; ++slot) {
    for (uint16_t serial = 0; serial < 8; ++serial) {
      tickets.insert(seal_.Seal({{slot, 1}, {}, serial, 0}));
    }
  }
  EXPECT_EQ(tickets.size(), 64u);
}

TEST_F(MobilityTicket, DoesNotOpenWhenAnyBitIsChanged) {
  for (size_t bit = 0; bit < kTicketSize * 8; ++bit) {
    Ticket ticket = seal_.Seal(claim_);
    ticket[bit / 8] ^= static_cast<uint8_t>(1 << (bit % 8));
    EXPECT_FALSE(seal_.Open(ticket)) << bit;
  }
}

TEST_F(MobilityTicket, DoesNotOpenWhenTruncatedOrLonger) {
  const Ticket ticket = seal_.Seal(claim_);
  for (size_t size = 0; size < kTicketSize; ++size) {
    EXPECT_FALSE(seal_.Open(Bytes(ticket).first(size))) << size;
  }
  std::vector<uint8_t> longer(ticket.begin(), ticket.end());
  longer.push_back(0);
  EXPECT_FALSE(seal_.Open(longer));
}

TEST_F(MobilityTicket, OpensForEachWorkerOfItsServerAndForNoOther) {
  EXPECT_EQ(TicketSeal(config_).Open(seal_.Seal(claim_)), claim_);
  config_.nonce_key[0] = 8;
  EXPECT_FALSE(TicketSeal(config_).Open(seal_.Seal(claim_)));
}

// Its buffer is of 33 bytes, and a zero byte ends it.
TEST_F(MobilityTicket, IsAStringThatCoturnsClientTakes) {
  EXPECT_LE(kTicketSize, 32u);
  for (const uint8_t byte : seal_.Seal(claim_)) EXPECT_GT(byte, 0x20);
}

TEST_F(MobilityTicket, KeepsTheLowerBitsOfLargeNumbers) {
  const TicketClaim large{{0xFFFFFF, 0xABFFFFFE}, {0x012345, 0xCD678901}, 1, 127};
  const TicketClaim kept{{0xFFFFFF, 0xFFFFFE}, {0x012345, 0x678901}, 1, 127};
  EXPECT_EQ(seal_.Open(seal_.Seal(large)), kept);
}

// Numbers of allocations and serials are nobody's business.
TEST_F(MobilityTicket, ShowsNothingOfItsContent) {
  const Ticket ticket = seal_.Seal({{0, 1}, {}, 0, 0});
  const auto sealed = crypto::FromBase64(AsText(ticket));
  ASSERT_TRUE(sealed.ok());
  const Bytes content = Bytes(*sealed).subspan(8);
  EXPECT_LT(std::count(content.begin(), content.end(), 0), 6);
}

}  // namespace
}  // namespace koeru::relay
