#include "tests/core/sdp/checks/lint_of.h"

namespace koeru::sdp {
namespace {

// The offer has one fingerprint, in its session.
constexpr std::string_view kHash =
    "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:"
    "FF";

TEST(LintDtls, AFingerprintIsThere) {
  const std::string text = OfferWith("a=fingerprint:sha-256 " + std::string(kHash) + "\r\n", "");
  EXPECT_EQ(LintOf(text),
            "error 6:1 fingerprint-missing\nerror 17:1 fingerprint-missing\n"
            "error 29:1 fingerprint-missing\n");
}

TEST(LintDtls, AFingerprintIsWrittenAsRfc8122WantsIt) {
  EXPECT_EQ(LintOf(OfferWith("AA:BB", "aa:BB")),
            "error 6:23 fingerprint-form\nwarning 6:52 value-form\n");
  EXPECT_EQ(LintOf(OfferWith("00:11:", "00:")), "error 6:23 fingerprint-form\n");
  EXPECT_EQ(LintOf(OfferWith("00:11:", "0011:")), "error 6:25 value\n");
  EXPECT_EQ(LintOf(OfferWith("sha-256", "sha-9")), "error 6:15 fingerprint-hash\n");
  EXPECT_EQ(LintOf(OfferWith("sha-256", "SHA-256")), "");
  EXPECT_EQ(
      FirstMessage(OfferWith("sha-256", "sha-384")),
      "a fingerprint by sha-384 is 48 pairs of digits and capitals A to F, with colons between "
      "(browsers reject this)");
}

TEST(LintDtls, Rfc8122_5_AHashIsStrong) {
  const std::string sha_256 = "a=fingerprint:sha-256 " + std::string(kHash);
  const auto with = [&](std::string_view fingerprint) { return OfferWith(sha_256, fingerprint); };
  const std::string md5 = "a=fingerprint:MD5 " + std::string(kHash.substr(0, 16 * 3 - 1));
  const std::string sha_1 = "a=fingerprint:sha-1 " + std::string(kHash.substr(0, 20 * 3 - 1));
  EXPECT_EQ(LintOf(with(md5)), "error 6:15 fingerprint-forbidden\n");
  EXPECT_EQ(LintOf(with("a=fingerprint:md2" + md5.substr(17))),
            "error 6:15 fingerprint-forbidden\n");
  EXPECT_EQ(LintOf(with(sha_1)), "warning 6:15 fingerprint-weak\n");
  EXPECT_EQ(FirstMessage(with(sha_1)), "'sha-1' is a weak hash function: use sha-256");
  // Section 5.1: beside a stronger one it helps old peers.
  EXPECT_EQ(LintOf(with(sha_1 + "\r\n" + sha_256)), "");
}

TEST(LintDtls, SetupIsThereAndFitsTheType) {
  EXPECT_EQ(LintOf(OfferWith("a=setup:actpass\r\n", "")), "error 7:1 setup-missing\n");
  EXPECT_EQ(LintOf(OfferWith("actpass", "holdconn")), "error 11:1 setup-holdconn\n");
  EXPECT_EQ(LintOf(OfferWith("actpass", "active")), "warning 11:1 setup-offer\n");
  EXPECT_EQ(LintOf(OfferWith("actpass", "active"), DescriptionType::kUnknown), "");
  EXPECT_EQ(LintOf(GoodOffer(), DescriptionType::kAnswer),
            "error 11:1 setup-answer\nerror 22:1 setup-answer\nerror 34:1 setup-answer\n");
}

TEST(LintDtls, RtpSharesItsPortWithRtcp) {
  EXPECT_EQ(LintOf(OfferWith("a=rtcp-mux\r\n", "")), "error 7:1 rtcp-mux-missing\n");
}

TEST(LintDtls, KeysDoNotStandInTheDescription) {
  EXPECT_EQ(LintOf(OfferWith("a=sendrecv", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:abcd")),
            "warning 14:1 crypto-with-dtls\n");
}

}  // namespace
}  // namespace koeru::sdp
