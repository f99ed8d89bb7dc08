#include "native_server/tools/call/judge_call.h"

#include <gmock/gmock.h>

namespace koeru::tools {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// A call that is over, with a stream of video that came back whole.
CallFacts WholeCall(int64_t packets = 1000) {
  CallFacts facts;
  facts.stage = CallStage::kReady;
  facts.seconds = 10;
  facts.video.is_asked_for = true;
  facts.video.sent = facts.video.received = packets;
  return facts;
}
Finding OfTopic(const Findings& findings, std::string_view topic) {
  for (const Finding& finding : findings) {
    if (finding.topic == topic) return finding;
  }
  ADD_FAILURE() << "nothing about " << topic;
  return {};
}
Finding JudgeVideo(const CallFacts& facts) {
  return OfTopic(JudgeCalls(std::array{facts}), "video");
}

TEST(JudgeCall, LessThanFivePercentMayBeLost) {
  CallFacts facts = WholeCall();
  facts.video.lost = 49;
  EXPECT_EQ(JudgeVideo(facts).level, Level::kOk);
  facts.video.lost = 50;
  EXPECT_EQ(JudgeVideo(facts).level, Level::kFail);
  EXPECT_THAT(JudgeVideo(facts).text, HasSubstr("lost 50 (5.0 %)"));
  EXPECT_THAT(JudgeVideo(facts).remedy, HasSubstr("--bitrate"));
}

TEST(JudgeCall, OneDamagedPacketIsAFailure) {
  CallFacts facts = WholeCall();
  facts.video.damaged = 1;
  EXPECT_EQ(JudgeVideo(facts).level, Level::kFail);
  EXPECT_THAT(JudgeVideo(facts).text, HasSubstr("1 damaged"));
}

TEST(JudgeCall, NothingBackIsAFailureOfAnEchoButNotOfASink) {
  CallFacts facts = WholeCall();
  facts.video.received = 0;
  EXPECT_EQ(JudgeVideo(facts).level, Level::kFail);
  facts.mode = CallMode::kSink;
  EXPECT_THAT(JudgeVideo(facts).text, HasSubstr("no report of the peer came"));
  facts.video.lost_on_the_way_there = 10;
  EXPECT_EQ(JudgeVideo(facts).level, Level::kOk);
  EXPECT_THAT(JudgeVideo(facts).text, HasSubstr("the peer reports 10 lost (1.0 %)"));
}

TEST(JudgeCall, ASourceIsJudgedByWhatCame) {
  CallFacts facts = WholeCall();
  facts.mode = CallMode::kSource;
  facts.video.sent = 0;
  facts.video.frames = 150;
  EXPECT_THAT(JudgeVideo(facts).text, HasSubstr("1000 packets came"));
  EXPECT_THAT(JudgeVideo(facts).text, HasSubstr("150 frames"));
  facts.video.lost = 100;  // of 1100
  EXPECT_EQ(JudgeVideo(facts).level, Level::kFail);
}

TEST(JudgeCall, ManyCallsAreOneVerdictWhichSaysHowManyFailed) {
  CallFacts failed;
  failed.Fail("full", "the media peer has its 1 calls");
  const std::array calls{WholeCall(), WholeCall(), failed};
  const Findings findings = JudgeCalls(calls);
  EXPECT_THAT(OfTopic(findings, "path").text, HasSubstr("2 calls straight"));
  EXPECT_THAT(OfTopic(findings, "video").text, HasSubstr("2000 sent"));
  EXPECT_THAT(OfTopic(findings, "media peer").text, HasSubstr("1 of 3 calls: "));
  EXPECT_FALSE(IsGood(findings));
  EXPECT_TRUE(IsGood(JudgeCalls(std::span(calls).first(2))));
  EXPECT_FALSE(IsGood({})) << "no call is no good call";
}

// SIGNALLING.md, "The media peer", and CallFacts::Fail.
TEST(JudgeCall, EachCodeHasARemedyOfItsOwn) {
  for (const char* code :
       {"name",     "connect", "silent",     "tls",        "signalling",  "no-peer",  "request",
        "offer",    "answer",  "credential", "unanswered", "full",        "too-fast", "no-turn",
        "turn",     "ice",     "setup",      "dtls",       "fingerprint", "srtp",     "data",
        "channels", "time",    "source",     "closed"}) {
    CallFacts facts;
    facts.Fail(code, "why");
    const Findings findings = JudgeCalls(std::array{facts});
    ASSERT_EQ(findings.size(), 1u) << code;
    EXPECT_NE(findings[0].topic, "call") << code;
    EXPECT_FALSE(findings[0].remedy.empty()) << code;
  }
}

TEST(JudgeCall, WordsOfStrangersAreEscaped) {
  CallFacts facts;
  facts.Fail("new code", "red\x1b[31m");
  const Findings findings = JudgeCalls(std::array{facts});
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_THAT(findings[0].text, Not(HasSubstr("\x1b")));
  EXPECT_EQ(findings[0].topic, "call");
}

}  // namespace
}  // namespace koeru::tools
