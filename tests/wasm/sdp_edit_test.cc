#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/wasm/abi_call.h"

namespace koeru::wasm {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::string_view kOffer =
    "v=0\n"
    "m=audio 9 RTP/AVP 111 0\n"
    "a=rtpmap:111 opus/48000/2\n"
    "m=video 9 RTP/AVP 96 98\n"
    "a=rtpmap:96 VP8/90000\n"
    "a=rtpmap:98 VP9/90000\n";

TEST(KoeruSdpEdit, GivesTheNewDescription) {
  const Output edited = Call(koeru_sdp_edit, JoinFields({"reorder-codecs", "1", "VP9", kOffer}));
  EXPECT_TRUE(edited.ok);
  EXPECT_EQ(edited.bytes,
            "v=0\n"
            "m=audio 9 RTP/AVP 111 0\n"
            "a=rtpmap:111 opus/48000/2\n"
            "m=video 9 RTP/AVP 98 96\n"
            "a=rtpmap:96 VP8/90000\n"
            "a=rtpmap:98 VP9/90000\n");
}

TEST(KoeruSdpEdit, HasEachOperation) {
  const auto edit = [](std::initializer_list<std::string_view> fields) {
    const Output output = Call(koeru_sdp_edit, JoinFields(fields));
    EXPECT_TRUE(output.ok) << output.bytes;
    return output.bytes;
  };
  EXPECT_THAT(edit({"remove-codecs", "1", "VP8", kOffer}), HasSubstr("RTP/AVP 98\n"));
  EXPECT_THAT(edit({"keep-codecs", "", "0", "VP8", kOffer}), HasSubstr("RTP/AVP 0\nm="));
  EXPECT_THAT(edit({"set-bandwidth", "session", "AS", "9", kOffer}), StartsWith("v=0\nb=AS:9\n"));
  EXPECT_THAT(edit({"set-direction", "", "inactive", kOffer}), HasSubstr("a=inactive\nm=video"));
  EXPECT_THAT(edit({"set-fmtp", "", "VP9", "profile-id", "2", kOffer}),
              HasSubstr("a=fmtp:98 profile-id=2\n"));
  EXPECT_EQ(edit({"remove-fmtp", "", "VP9", "profile-id", kOffer}), kOffer);
  EXPECT_THAT(edit({"add-candidate", "0", "1 1 udp 1 192.0.2.1 9 typ host", kOffer}),
              HasSubstr("a=candidate:1 1 udp 1 192.0.2.1 9 typ host\n"));
  EXPECT_EQ(edit({"remove-candidates", "", kOffer}), kOffer);
  EXPECT_THAT(edit({"set-opus", "", "stereo", "1", "ptime", "20", kOffer}),
              HasSubstr("a=fmtp:111 stereo=1\na=ptime:20\n"));
  EXPECT_THAT(edit({"set-simulcast", "1", "send", "h", "", "l", "max-fps=15", kOffer}),
              HasSubstr("a=rid:h send\na=rid:l send max-fps=15\na=simulcast:send h;l\n"));
}

TEST(KoeruSdpEdit, AnErrorNamesTheFieldAndTheRemedy) {
  const auto error = [](std::initializer_list<std::string_view> fields) {
    const Output output = Call(koeru_sdp_edit, JoinFields(fields));
    EXPECT_FALSE(output.ok);
    return output.bytes;
  };
  EXPECT_EQ(error({"remove-codecs", "1", "VP8", "VP9", kOffer}),
            R"({"reason":"no codec would be left in the section: to reject it, set the port in )"
            R"(its m= line to 0","field":"codec"})");
  EXPECT_THAT(error({"set-direction", "2", "inactive", kOffer}), HasSubstr(R"("field":"section")"));
  EXPECT_THAT(error({"set-direction", "x", "inactive", kOffer}), HasSubstr(R"("field":"section")"));
  EXPECT_THAT(error({"shuffle", "", kOffer}), HasSubstr("those are reorder-codecs remove-codecs"));
  EXPECT_THAT(error({"set-bandwidth", "", "AS", kOffer}), HasSubstr("wrong number of arguments"));
  EXPECT_THAT(error({"set-bandwidth", "", "AS", "1", "2", kOffer}), HasSubstr("wrong number"));
  EXPECT_THAT(error({"set-fmtp", "", "VP8", "a", kOffer}), HasSubstr("wrong number"));
  EXPECT_THAT(error({"set-direction", ""}), HasSubstr("needs an operation"));
}

TEST(KoeruSdpDiff, GivesAnArrayOfDifferences) {
  const Output same = Call(koeru_sdp_diff, JoinFields({kOffer, kOffer}));
  EXPECT_EQ(same.bytes, "[]");
  const Output output = Call(
      koeru_sdp_diff, JoinFields({"v=0\nm=audio 9 RTP/AVP 0\na=mid:a\nm=video 9 RTP/AVP 96\na=x\n",
                                  "v=0\ns=-\nm=audio 9 RTP/AVP 0\na=mid:a\na=inactive\n"
                                  "m=video 9 RTP/AVP 96\na=y\n"}));
  EXPECT_TRUE(output.ok);
  EXPECT_EQ(
      output.bytes,
      R"([{"kind":"line-added","message":"The line \"s=\" was added.",)"
      R"("after":"s=-","lineAfter":2},)"
      R"({"kind":"direction-changed","section":"a","message":"The direction is inactive )"
      R"(instead of sendrecv.","after":"a=inactive","lineAfter":5},)"
      R"({"kind":"attribute-removed","section":1,"message":"The attribute \"x\" was removed.",)"
      R"("before":"a=x","lineBefore":5},)"
      R"({"kind":"attribute-added","section":1,"message":"The attribute \"y\" was added.",)"
      R"("after":"a=y","lineAfter":7}])");
  EXPECT_FALSE(Call(koeru_sdp_diff, JoinFields({"v=0\n"})).ok);
}

TEST(KoeruSdpDiff, ThousandsOfDifferencesInOneLongLineStayShort) {
  std::string before = "m=audio 9 RTP/AVP";
  for (int i = 0; i < 1000; ++i) before += " x" + std::to_string(i);
  before += std::string(100'000, ' ');
  const Output output = Call(koeru_sdp_diff, JoinFields({before, "m=audio 9 RTP/AVP 0"}));
  EXPECT_TRUE(output.ok);
  EXPECT_LT(output.bytes.size(), 2u << 20);
}

}  // namespace
}  // namespace koeru::wasm
