#include "core/sdp/answer/answered_media.h"

#include <gtest/gtest.h>

#include "tests/core/sdp/answer/answer_checks.h"

namespace koeru::sdp {
namespace {

std::vector<std::string> NamesOf(const AnsweredMedia& media) {
  std::vector<std::string> names;
  for (const AnsweredCodec& codec : media.codecs) {
    if (names.empty() || names.back() != codec.encoding_name) names.push_back(codec.encoding_name);
  }
  return names;
}

TEST(AnsweredMedia, KeepsWhatCarriesMediaInTheOrderOfTheOffer) {
  const Answer answer = Answered(Vector("chromium_video_offer"));
  EXPECT_EQ(NamesOf(answer.media[0]), (std::vector<std::string>{"opus", "G722", "PCMU", "PCMA"}));
  EXPECT_TRUE(HasLine(answer, "m=audio 9 UDP/TLS/RTP/SAVPF 111 9 0 8"));
  for (const AnsweredCodec& codec : answer.media[1].codecs) {
    EXPECT_NE(codec.encoding_name, "red");
    EXPECT_NE(codec.encoding_name, "ulpfec");
    EXPECT_NE(codec.encoding_name, "flexfec-03");
  }
}

TEST(AnsweredMedia, Rfc4588_8_6_RtxStandsForACodecThatIsKept) {
  const Answer answer = Answered(Vector("chromium_video_offer"));
  size_t rtx = 0;
  for (const AnsweredCodec& codec : answer.media[1].codecs) {
    if (!codec.apt) continue;
    ++rtx;
    EXPECT_EQ(codec.encoding_name, "rtx");
    EXPECT_TRUE(HasLine(answer, "a=fmtp:" + std::to_string(codec.payload_type) +
                                    " apt=" + std::to_string(*codec.apt)));
  }
  EXPECT_GT(rtx, 2u);
  EXPECT_NE(answer.media[1].rtx_ssrc, 0u);
  EXPECT_TRUE(HasLine(answer, "a=ssrc-group:FID 13 14"));
  EXPECT_EQ(answer.media[0].rtx_ssrc, 0u) << "audio has none";
}

TEST(AnsweredMedia, FeedbackIsWhatTheAnswererCanDo) {
  const Answer answer = Answered(
      Replaced(Vector("chromium_video_offer"), "a=rtcp-fb:111 transport-cc\r\n",
               "a=rtcp-fb:111 transport-cc\r\na=rtcp-fb:111 ccm tmmbr\r\na=rtcp-fb:* nack\r\n"));
  EXPECT_TRUE(HasLine(answer, "a=rtcp-fb:111 transport-cc"));
  EXPECT_TRUE(HasLine(answer, "a=rtcp-fb:111 nack")) << "* stands for all";
  EXPECT_FALSE(HasLine(answer, "a=rtcp-fb:111 ccm tmmbr"));
  EXPECT_TRUE(answer.media[0].codecs[0].transport_cc);
  EXPECT_TRUE(answer.media[0].codecs[0].nack);
  const AnsweredCodec& video = answer.media[1].codecs[0];
  EXPECT_TRUE(video.nack && video.pli && video.fir && video.transport_cc);
}

TEST(AnsweredMedia, ExtensionsAreThoseThatAreSupported) {
  const Answer answer = Answered(Vector("chromium_video_offer"));
  for (const AnsweredMedia& media : answer.media) {
    ASSERT_FALSE(media.extensions.empty());
    for (const auto& [uri, id] : media.extensions) {
      EXPECT_NE(std::find(SupportedExtensions().begin(), SupportedExtensions().end(), uri),
                SupportedExtensions().end());
      EXPECT_TRUE(HasLine(answer, "a=extmap:" + std::to_string(id) + " " + uri));
    }
  }
  EXPECT_EQ(answer.text.find("playout-delay"), std::string::npos);
  EXPECT_EQ(answer.text.find("toffset"), std::string::npos);
}

TEST(AnsweredMedia, Rfc3264_6_1_DirectionsMirrorTheOffer) {
  const auto direction = [](const std::string& offered, MediaFlow flow) {
    AnswerOptions options = Answerer();
    options.flow = flow;
    const AnsweredMedia media =
        Answered(Replaced(Vector("chromium_audio_offer"), "a=sendrecv", "a=" + offered), options)
            .media[0];
    return std::string(media.sends ? "send" : "") + (media.receives ? "recv" : "");
  };
  using enum MediaFlow;
  EXPECT_EQ(direction("sendrecv", kSendAndReceive), "sendrecv");
  EXPECT_EQ(direction("sendonly", kSendAndReceive), "recv");
  EXPECT_EQ(direction("recvonly", kSendAndReceive), "send");
  EXPECT_EQ(direction("inactive", kSendAndReceive), "");
  EXPECT_EQ(direction("sendrecv", kReceive), "recv");
  EXPECT_EQ(direction("sendrecv", kSend), "send");
  EXPECT_EQ(direction("sendonly", kSend), "");
}

TEST(AnsweredMedia, Rfc8853_5_3_2_SimulcastIsDeclinedBySilence) {
  for (const std::string name : {"chromium_simulcast_offer", "firefox_simulcast_offer"}) {
    const Answer answer = Answered(Vector(name));
    EXPECT_EQ(answer.text.find("a=simulcast"), std::string::npos) << name;
    EXPECT_EQ(answer.text.find("a=rid:"), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace koeru::sdp
