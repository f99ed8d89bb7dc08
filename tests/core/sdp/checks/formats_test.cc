#include "tests/core/sdp/checks/lint_of.h"

namespace koeru::sdp {
namespace {

TEST(LintFormats, PayloadTypesAreNumbersUpTo127) {
  EXPECT_EQ(LintOf(OfferWith("SAVPF 111 0", "SAVPF 111 0 opus 128")),
            "error 7:35 format-not-number\nerror 7:40 format-not-number\n");
}

TEST(LintFormats, EachPayloadTypeIsListedOnce) {
  const std::string text = OfferWith("SAVPF 111 0", "SAVPF 111 0 111");
  EXPECT_EQ(LintOf(text), "warning 7:35 format-twice\n");
  EXPECT_EQ(StrictLintOf(text), "error 7:35 format-twice\n");
}

TEST(LintFormats, DynamicPayloadTypesHaveAnRtpmap) {
  EXPECT_EQ(LintOf(OfferWith("SAVPF 111 0", "SAVPF 111 0 8 35 127")),
            "error 7:1 format-without-rtpmap\nerror 7:1 format-without-rtpmap\n");
}

TEST(LintFormats, WhatIsToldOfAPayloadTypeThatIsNotListed) {
  EXPECT_EQ(LintOf(OfferWith("SAVPF 111 0", "SAVPF 0")),
            "warning 16:10 rtpmap-not-listed\nerror 17:8 format-not-listed\n");
  EXPECT_EQ(LintOf(OfferWith("a=rtcp-fb:96", "a=rtcp-fb:99")), "error 27:11 format-not-listed\n");
  EXPECT_EQ(LintOf(OfferWith("a=rtcp-fb:96", "a=rtcp-fb:*")), "");
}

TEST(LintFormats, OnePayloadTypeIsOneCodec) {
  EXPECT_EQ(LintOf(OfferWith("a=sendrecv", "a=rtpmap:111 PCMU/8000")),
            "error 16:14 rtpmap-conflict\n");
  EXPECT_EQ(LintOf(OfferWith("a=sendrecv", "a=rtpmap:111 opus/48000/2")),
            "warning 16:10 rtpmap-twice\n");
  EXPECT_EQ(LintOf(OfferWith("a=sendrecv", "a=fmtp:111 stereo=1")), "warning 17:8 fmtp-twice\n");
}

TEST(LintFormats, OpusAndVp8HaveOneClockRate) {
  EXPECT_EQ(LintOf(OfferWith("opus/48000/2", "opus/48000")), "error 16:14 codec-clock\n");
  EXPECT_EQ(FirstMessage(OfferWith("VP8/90000", "VP8/48000")).substr(0, 29),
            "'VP8' is always 'VP8/90000': ");
}

TEST(LintFormats, RtxNamesWhatItRepeats) {
  EXPECT_EQ(LintOf(OfferWith("a=fmtp:97 apt=96\r\n", "")), "error 28:10 rtx-without-apt\n");
  for (const char* apt : {"apt=99", "apt=VP8", "apt=97", "apt="}) {
    EXPECT_EQ(LintOf(OfferWith("apt=96", apt)), "error 29:15 apt-unknown\n") << apt;
  }
}

TEST(LintFormats, ABundleAgreesOnPayloadTypes) {
  const std::string text = Replaced(OfferWith("SAVPF 96 97", "SAVPF 96 97 111"), "a=fmtp:97",
                                    "a=rtpmap:111 H264/90000\r\na=fmtp:97");
  EXPECT_EQ(LintOf(text), "warning 18:1 bundle-codec-conflict\n");
  EXPECT_EQ(StrictLintOf(text), "error 18:1 bundle-codec-conflict\n");
  EXPECT_EQ(LintOf(Replaced(text, "H264/90000", "OPUS/48000/2")), "");
  // Each has its own transport, and its own payload types.
  EXPECT_EQ(LintOf(Replaced(text, "a=group:BUNDLE 0 1 2\r\n", "")), "info 1:1 no-bundle\n");
}

}  // namespace
}  // namespace koeru::sdp
