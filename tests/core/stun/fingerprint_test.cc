#include "core/stun/fingerprint.h"

#include <gtest/gtest.h>

#include <array>

#include "core/stun/attributes.h"
#include "core/stun/message_builder.h"

namespace koeru::stun {
namespace {

class Fingerprints : public testing::Test {
 protected:
  MessageView View() { return *MessageView::Parse(b_.Finish()); }

  std::array<uint8_t, 512> buffer_;
  MessageBuilder b_{buffer_, {Method::kBinding, Class::kRequest}, {}};
};

TEST_F(Fingerprints, CoverEveryBitInFrontOfThem) {
  b_.Add(Software{"abc"});
  b_.AddFingerprint();
  const std::vector<uint8_t> message(b_.Finish().begin(), b_.Finish().end());
  for (size_t bit = 0; bit < message.size() * 8; ++bit) {
    std::vector<uint8_t> changed = message;
    changed[bit / 8] = static_cast<uint8_t>(changed[bit / 8] ^ (0x80 >> (bit % 8)));
    const auto view = MessageView::Parse(changed);
    if (!view.ok()) continue;
    EXPECT_NE(CheckFingerprint(*view), FingerprintVerdict::kValid) << bit;
  }
}

TEST_F(Fingerprints, AreAbsentWithoutTheAttribute) {
  EXPECT_EQ(CheckFingerprint(View()), FingerprintVerdict::kAbsent);
}

TEST_F(Fingerprints, Rfc8489_14_7_MustBeTheLastAttribute) {
  b_.Add(Software{"abc"});
  b_.AddFingerprint();
  EXPECT_EQ(CheckFingerprint(View()), FingerprintVerdict::kValid);
  b_.Add(Software{"abc"});
  EXPECT_EQ(CheckFingerprint(View()), FingerprintVerdict::kInvalid);
}

TEST_F(Fingerprints, OfAnotherSizeAreInvalid) {
  b_.AddRaw(attribute_type::kFingerprint, std::array<uint8_t, 3>{});
  EXPECT_EQ(CheckFingerprint(View()), FingerprintVerdict::kInvalid);
}

}  // namespace
}  // namespace koeru::stun
