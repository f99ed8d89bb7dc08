#include "core/sdp/answer/answer.h"

#include <gtest/gtest.h>

#include "tests/core/sdp/answer/answer_checks.h"

namespace koeru::sdp {
namespace {

std::vector<std::string> Offers() {
  std::vector<std::string> offers;
  for (const std::string& name : VectorNames()) {
    if (name.find("_offer") != std::string::npos && name.find("rfc") == std::string::npos) {
      offers.push_back(name);
    }
  }
  return offers;
}

TEST(Answer, BrowsersOffersAreAnsweredWithoutAFinding) {
  ASSERT_GE(Offers().size(), 14u);
  for (const std::string& name : Offers()) {
    const std::string offer = Vector(name);
    const Answer answer = Answered(offer);
    const Document document = Document::Parse(answer.text);
    EXPECT_EQ(document.sections().size(), Document::Parse(offer).sections().size()) << name;
    for (const Finding& finding : Lint(document, Mode::kStrict, DescriptionType::kAnswer)) {
      EXPECT_EQ(finding.severity, Severity::kInfo)
          << name << ": " << finding.line << " " << finding.message;
    }
    for (const AnsweredMedia& media : answer.media) EXPECT_TRUE(media.accepted) << name;
    EXPECT_TRUE(answer.is_dtls_client) << name;
    EXPECT_GE(answer.ufrag.size(), 4u) << name;
    EXPECT_GE(answer.password.size(), 22u) << name;
    EXPECT_EQ(answer.fingerprint_hash, "sha-256") << name;
    EXPECT_EQ(answer.fingerprint.size(), 95u) << name;
  }
}

TEST(Answer, Rfc9143_SectionsOutsideOfTheGroupAreRefused) {
  const std::string offer =
      Replaced(Vector("chromium_video_offer"), "a=group:BUNDLE 0 1", "a=group:BUNDLE 1");
  const Answer answer = Answered(offer);
  EXPECT_FALSE(answer.media[0].accepted);
  EXPECT_TRUE(answer.media[1].accepted);
  EXPECT_TRUE(HasLine(answer, "m=audio 0 UDP/TLS/RTP/SAVPF 111"));
  EXPECT_TRUE(HasLine(answer, "a=group:BUNDLE 1"));
}

TEST(Answer, WithoutAGroupTheFirstSectionIsTaken) {
  const std::string offer = Replaced(Vector("chromium_video_offer"), "a=group:BUNDLE 0 1\r\n", "");
  const Answer answer = Answered(offer);
  EXPECT_TRUE(answer.media[0].accepted);
  EXPECT_FALSE(answer.media[1].accepted);
  EXPECT_EQ(answer.text.find("BUNDLE"), std::string::npos);
}

TEST(Answer, Rfc5761_RtpWithoutRtcpMuxIsRefused) {
  const std::string offer = Replaced(Vector("chromium_audio_offer"), "a=rtcp-mux\r\n", "");
  EXPECT_NE(WhyNot(offer).find("a=rtcp-mux"), std::string::npos);
}

TEST(Answer, Rfc8842_5_3_TheOffersSetupDecidesWhoBegins) {
  const auto answer_to = [](const std::string& setup) {
    return Answered(Replaced(Vector("chromium_audio_offer"), "a=setup:actpass\r\n", setup));
  };
  EXPECT_TRUE(HasLine(answer_to("a=setup:actpass\r\n"), "a=setup:active"));
  EXPECT_TRUE(HasLine(answer_to("a=setup:active\r\n"), "a=setup:passive"));
  EXPECT_FALSE(answer_to("a=setup:active\r\n").is_dtls_client);
  EXPECT_TRUE(HasLine(answer_to("a=setup:passive\r\n"), "a=setup:active"));
  EXPECT_TRUE(HasLine(answer_to(""), "a=setup:active"));
  EXPECT_NE(WhyNot(Replaced(Vector("chromium_audio_offer"), "a=setup:actpass", "a=setup:holdconn"))
                .find("holdconn"),
            std::string::npos);
}

TEST(Answer, WhatIsMissingIsSaid) {
  EXPECT_NE(WhyNot("").find("no media section"), std::string::npos);
  EXPECT_NE(WhyNot("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n").find("no media section"),
            std::string::npos);
  const std::string offer = Vector("chromium_audio_offer");
  const auto without = [&](const std::string& name) {
    Document changed = Document::Parse(offer);
    while (const auto at = changed.FindAttribute(1, name)) EXPECT_TRUE(changed.Erase(*at));
    return changed.ToString();
  };
  EXPECT_NE(WhyNot(without("ice-ufrag")).find("a=ice-ufrag"), std::string::npos);
  EXPECT_NE(WhyNot(without("ice-pwd")).find("a=ice-pwd"), std::string::npos);
  EXPECT_NE(WhyNot(without("fingerprint")).find("a=fingerprint"), std::string::npos);
}

TEST(Answer, Rfc3551_6_PayloadTypesOfItsTableNeedNoRtpmap) {
  const Answer answer = Answered(
      "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0 96\r\n"
      "c=IN IP4 0.0.0.0\r\na=rtcp-mux\r\na=ice-ufrag:abcd\r\na=ice-pwd:passwordpasswordpasswo\r\n"
      "a=fingerprint:sha-256 AA:BB\r\n");
  ASSERT_EQ(answer.media[0].codecs.size(), 1u);
  EXPECT_EQ(answer.media[0].codecs[0].encoding_name, "PCMU");
  EXPECT_EQ(answer.media[0].codecs[0].clock_rate, 8000u);
}

TEST(Answer, Rfc8122_5_WeakFingerprintsDoNotCount) {
  const std::string offer =
      Replaced(Vector("chromium_audio_offer"), "a=fingerprint:sha-256", "a=fingerprint:sha-1");
  EXPECT_NE(WhyNot(offer).find("sha-256"), std::string::npos);
}

TEST(Answer, DataChannelsAreTakenOnTheirPort) {
  for (const std::string name : {"chromium_data_offer", "firefox_data_offer"}) {
    const Answer answer = Answered(Vector(name));
    EXPECT_EQ(answer.remote_sctp_port, 5000) << name;
    EXPECT_GE(answer.remote_max_message_size, 65536u) << name;
    EXPECT_TRUE(HasLine(answer, "a=sctp-port:5000")) << name;
    EXPECT_EQ(answer.media[0].ssrc, 0u) << name;
  }
}

TEST(Answer, CandidatesStandInTheFirstSectionThatIsTaken) {
  const Answer answer = Answered(Vector("firefox_video_offer"));
  const size_t at = answer.text.find("a=candidate:1 1 udp 2130706431 192.0.2.1 3478 typ host\r\n");
  ASSERT_NE(at, std::string::npos);
  EXPECT_LT(at, answer.text.find("m=video"));
  EXPECT_EQ(answer.text.find("a=candidate", at + 1), std::string::npos);
}

TEST(Answer, WithoutSsrcsNothingIsSent) {
  AnswerOptions options = Answerer();
  options.ssrcs = {1, 2, 3};
  const Answer answer = Answered(Vector("chromium_video_offer"), options);
  EXPECT_TRUE(answer.media[0].sends);
  EXPECT_FALSE(answer.media[1].sends);
  EXPECT_TRUE(answer.media[1].receives);
}

}  // namespace
}  // namespace koeru::sdp
