#include "core/sdp/edit/candidates.h"

#include <gmock/gmock.h>

#include "tests/core/sdp/edit/edit_checks.h"

namespace koeru::sdp {
namespace {

using ::testing::StartsWith;

DocumentEdit Add(std::string_view candidate, size_t section = 1) {
  return [=](Document& document) { return AddCandidate(document, section, candidate); };
}
DocumentEdit Remove(std::vector<std::string_view> filters, size_t section = 1) {
  return [=](Document& document) { return RemoveCandidates(document, section, filters); };
}

constexpr std::string_view kHost = "candidate:1 1 udp 2130706431 192.0.2.1 5000 typ host";
constexpr std::string_view kRelay =
    "candidate:2 1 tcp 9 198.51.100.1 443 typ relay raddr 0.0.0.0 rport 0 tcptype passive";

TEST(SdpAddCandidate, StandsBehindTheLastOne) {
  EXPECT_EQ(Edited("m=audio 9 RTP/AVP 0\r\n"
                   "a=candidate:1 1 udp 2130706431 192.0.2.1 5000 typ host\r\n"
                   "a=ice-ufrag:abcd\r\n",
                   Add(kRelay)),
            "m=audio 9 RTP/AVP 0\r\n"
            "a=candidate:1 1 udp 2130706431 192.0.2.1 5000 typ host\r\n"
            "a=" +
                std::string(kRelay) +
                "\r\n"
                "a=ice-ufrag:abcd\r\n");
}

TEST(SdpAddCandidate, StandsInFrontOfTheEndOfCandidatesOrOfIceLinesOrAtTheEnd) {
  const std::string line = "a=" + std::string(kHost) + '\n';
  EXPECT_EQ(Edited("m=audio 9 RTP/AVP 0\na=ice-pwd:x\na=end-of-candidates\n", Add(kHost)),
            "m=audio 9 RTP/AVP 0\na=ice-pwd:x\n" + line + "a=end-of-candidates\n");
  EXPECT_EQ(Edited("m=audio 9 RTP/AVP 0\na=y\na=ice-ufrag:x\n", Add("a=" + std::string(kHost))),
            "m=audio 9 RTP/AVP 0\na=y\n" + line + "a=ice-ufrag:x\n");
  EXPECT_EQ(Edited("m=audio 9 RTP/AVP 0\na=y\n", Add(kHost.substr(10))),
            "m=audio 9 RTP/AVP 0\na=y\n" + line);
}

TEST(SdpAddCandidate, TheEndOfCandidatesIsALineOfItsOwn) {
  const std::string done =
      Edited("m=audio 9 RTP/AVP 0\nm=video 9 RTP/AVP 96\n", Add("", kEveryMediaSection));
  EXPECT_EQ(
      done,
      "m=audio 9 RTP/AVP 0\na=end-of-candidates\nm=video 9 RTP/AVP 96\na=end-of-candidates\n");
  EXPECT_EQ(Edited(done, Add("a=end-of-candidates")), done);
}

TEST(SdpAddCandidate, RefusesOneThatIsThereAlready) {
  const std::string text = "m=audio 9 RTP/AVP 0\na=" + std::string(kHost) + '\n';
  EXPECT_THAT(Edited(text, Add(kHost)), StartsWith("candidate: the section has this candidate"));
  EXPECT_THAT(Edited(text, Add("candidate:9 1 UDP 1 192.0.2.1 5000 typ host generation 0")),
              StartsWith("candidate: the section has this candidate"));
  EXPECT_THAT(Edited(text, Add("candidate:9 2 udp 1 192.0.2.1 5000 typ host")), StartsWith("m="));
}

TEST(SdpAddCandidate, RefusesOneOfNoSectionAndOfAnotherGeneration) {
  const std::string text = "v=0\na=ice-ufrag:abcd\nm=audio 9 RTP/AVP 0\n";
  EXPECT_THAT(Edited(text, Add(kHost, kEveryMediaSection)),
              StartsWith("section: a candidate belongs"));
  EXPECT_THAT(Edited(text, Add(kHost, 0)),
              StartsWith("section: candidates stand in media sections"));
  EXPECT_THAT(Edited(text, Add(std::string(kHost) + " ufrag efgh")),
              StartsWith("candidate: is of another ICE generation: its ufrag is \"efgh\""));
  EXPECT_THAT(Edited(text, Add(std::string(kHost) + " ufrag abcd")), StartsWith("v=0"));
}

TEST(SdpAddCandidate, SaysWhatIsWrongWithTheLine) {
  EXPECT_THAT(Edited("m=audio 9 RTP/AVP 0\n", Add("candidate:1 1 udp 1 192.0.2.1 70000 typ host")),
              StartsWith("candidate: "));
  EXPECT_THAT(Edited("m=audio 9 RTP/AVP 0\n", Add(std::string(kHost) + "\r\na=x")),
              StartsWith("candidate: "));
}

const std::string kSeveral = "m=audio 9 RTP/AVP 0\na=" + std::string(kHost) +
                             "\na=candidate:broken\na=" + std::string(kRelay) +
                             "\na=end-of-candidates\na=x\n";

TEST(SdpRemoveCandidates, WithoutAFilterTakesAllAndTheirEnd) {
  EXPECT_EQ(Edited(kSeveral, Remove({})), "m=audio 9 RTP/AVP 0\na=x\n");
  EXPECT_EQ(Edited("m=audio 9 RTP/AVP 0\na=x\n", Remove({})), "m=audio 9 RTP/AVP 0\na=x\n");
}

TEST(SdpRemoveCandidates, TakesThoseToWhichAllFiltersApply) {
  EXPECT_THAT(Changes(kSeveral, Edited(kSeveral, Remove({"type=RELAY", "transport=tcp"}))),
              ::testing::ElementsAre("-a=" + std::string(kRelay)));
  for (const std::string_view filter : {"type=host", "address=192.0.2.1", "port=5000",
                                        "foundation=1", "transport=UDP", "tcptype="}) {
    EXPECT_THAT(Changes(kSeveral, Edited(kSeveral, Remove({filter}))),
                ::testing::ElementsAre("-a=" + std::string(kHost)))
        << filter;
  }
  EXPECT_EQ(Edited(kSeveral, Remove({"type=host", "transport=tcp"})), kSeveral);
  EXPECT_EQ(Edited(kSeveral, Remove({"component=2"})), kSeveral);
}

TEST(SdpRemoveCandidates, RefusesFiltersThatItDoesNotKnow) {
  EXPECT_THAT(Edited(kSeveral, Remove({"typ=relay"})),
              StartsWith("filter: \"typ=relay\" is no filter"));
  EXPECT_THAT(Edited(kSeveral, Remove({"relay"})), StartsWith("filter: "));
}

TEST(SdpRemoveCandidates, LeavesNoTcpCandidateInABrowsersOffer) {
  for (const std::string browser : {"chromium", "firefox"}) {
    const std::string offer = Vector(browser + "_audio_offer");
    const auto changes =
        Changes(offer, Edited(offer, Remove({"transport=tcp"}, kEveryMediaSection)));
    EXPECT_FALSE(changes.empty());
    for (const std::string& change : changes) {
      EXPECT_THAT(change,
                  ::testing::MatchesRegex("-a=candidate:.* [Tt][Cc][Pp] .*tcptype active.*"));
    }
  }
}

}  // namespace
}  // namespace koeru::sdp
