#include "native_server/tools/check/verdict.h"

#include <gmock/gmock.h>

#include "native_server/tools/check/report.h"

namespace koeru::tools {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

JudgedTarget TargetOver(net::Transport transport, Findings findings) {
  JudgedTarget target;
  target.facts.target.uri = "turn:h";
  target.facts.target.at.transport = transport;
  target.facts.target.at.endpoint = {net::Address::V4(192, 0, 2, 1), 3478};
  target.facts.reach.binding.asked = target.facts.reach.binding.ok = true;
  target.findings = std::move(findings);
  return target;
}

const Finding kFine{Level::kOk, "reachable", "answer in 1.0 ms"};
const Finding kBad{Level::kFail, "auth", "401", "see user="};
const Finding kDoubtful{Level::kWarn, "delay", "slow", "move"};

TEST(VerdictTest, WarningsDoNotMakeAServerBad) {
  const Verdict verdict =
      Conclude({{"turn:h", {}, {TargetOver(net::Transport::kUdp, {kFine, kDoubtful})}}});
  EXPECT_TRUE(verdict.good);
  EXPECT_EQ(verdict.summary, "it works over UDP");
  ASSERT_EQ(verdict.problems.size(), 1u);
  EXPECT_EQ(verdict.problems[0].remedy, "move");
}

TEST(VerdictTest, OneProblemOverSeveralTransportsIsSaidOnceAndFailuresComeFirst) {
  const Verdict verdict = Conclude({{"turn:h",
                                     {},
                                     {TargetOver(net::Transport::kUdp, {kFine, kDoubtful, kBad}),
                                      TargetOver(net::Transport::kTcp, {kFine, kBad}),
                                      TargetOver(net::Transport::kTls, {kFine})}}});
  EXPECT_FALSE(verdict.good);
  EXPECT_EQ(verdict.summary, "it works over TLS, not as it should over UDP and TCP");
  ASSERT_EQ(verdict.problems.size(), 2u);
  EXPECT_EQ(verdict.problems[0].where, "turn:h over UDP and TCP");
  EXPECT_EQ(verdict.problems[0].remedy, "see user=");
  EXPECT_EQ(verdict.problems[1].where, "turn:h over UDP");
}

TEST(VerdictTest, ANameWithoutAddressesIsAFailureThatSaysWhoIsToBlame) {
  const Verdict nowhere = Conclude({{"turn:h", {{"h", "A and AAAA", {}, ""}}, {}}});
  EXPECT_FALSE(nowhere.good);
  EXPECT_EQ(nowhere.problems.at(0).text, "the name has no address");
  const Verdict silent = Conclude({{"turn:h", {{"h", "A and AAAA", {}, "Timeout"}}, {}}});
  EXPECT_THAT(silent.problems.at(0).text, HasSubstr("h: Timeout"));
  EXPECT_THAT(silent.problems.at(0).remedy, HasSubstr("--dns"));
}

TEST(ReportTest, TextAndJsonSayTheSame) {
  const std::vector<CheckedUri> uris = {{"turn:h",
                                         {{"h", "A and AAAA", {"192.0.2.1"}, ""}},
                                         {TargetOver(net::Transport::kUdp, {kFine, kBad})}}};
  const Verdict verdict = Conclude(uris);
  const std::string text = LookupLines(uris[0].lookups) + TargetLines(uris[0].targets[0], false) +
                           VerdictLines(verdict, false);
  EXPECT_EQ(text,
            "  dns   h A and AAAA: 192.0.2.1\n"
            "\n"
            "turn:h over UDP: 192.0.2.1:3478\n"
            "  ok    reachable    answer in 1.0 ms\n"
            "  FAIL  auth         401\n"
            "                     -> see user=\n"
            "\n"
            "Verdict: it does not work as it should over UDP\n"
            "  1. FAIL  turn:h over UDP: auth: 401\n"
            "           -> see user=\n");
  const std::string json = ReportJson(uris, verdict);
  EXPECT_THAT(json,
              HasSubstr(R"("good":false,"summary":"it does not work as it should over UDP")"));
  EXPECT_THAT(json,
              HasSubstr(R"({"level":"FAIL","topic":"auth","text":"401","remedy":"see user="})"));
  EXPECT_THAT(json,
              HasSubstr(R"("lookups":[{"name":"h","type":"A and AAAA","answers":["192.0.2.1"]}])"));
}

TEST(ReportTest, OnlyATerminalGetsColours) {
  const JudgedTarget target = TargetOver(net::Transport::kUdp, {kBad});
  EXPECT_THAT(TargetLines(target, true), HasSubstr("\x1b["));
  EXPECT_THAT(TargetLines(target, false), Not(HasSubstr("\x1b[")));
}

}  // namespace
}  // namespace koeru::tools
