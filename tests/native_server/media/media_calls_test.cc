// Calls with the media peer from a page's side: ICE, DTLS, SRTP and the signals between.
#include "native_server/media/media_calls.h"

#include <gmock/gmock.h>

#include "core/rtp/rtp_packet.h"
#include "tests/core/media/test_clip.h"
#include "tests/native_server/media/media_world.h"

namespace koeru::server {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

void Echoes(MediaWorld& world, Page& page) {
  const size_t before = page.received.size();
  for (uint16_t i = 0; i < 20; ++i) {
    page.SendRtp(MakeRtp(111, static_cast<uint16_t>(1000 + i), 5));
    world.Run(milliseconds(20));
  }
  world.Run(milliseconds(100));
  EXPECT_GE(page.received.size(), before + 20);
  ASSERT_FALSE(page.received.empty());
  const auto packet = rtp::RtpPacket::Parse(page.received.back());
  ASSERT_TRUE(packet.ok());
  EXPECT_NE(packet->ssrc(), 5u) << "under an SSRC of the media peer's own";
}

TEST(MediaCalls, APageHearsItsOwnPacketsOverIceAndDtls) {
  MediaWorld world;
  Page& page = world.Join("page");
  page.Offer();
  world.Run(seconds(3));
  EXPECT_THAT(page.states, ElementsAre("connected"));
  ASSERT_TRUE(page.has_keys());
  EXPECT_FALSE(page.is_dtls_client) << "the media peer is active where it may choose";
  Echoes(world, page);
  world.Run(seconds(5));
  EXPECT_GE(page.rtcp, 1u);
  EXPECT_GE(page.qualities, 4u);
  EXPECT_THAT(page.errors, IsEmpty());
}

TEST(MediaCalls, APageThatIsActiveItselfIsTheDtlsClient) {
  MediaWorld world;
  Page& page = world.Join("page");
  page.Offer({.setup = "active"});
  EXPECT_TRUE(page.is_dtls_client);
  EXPECT_THAT(page.answer, HasSubstr("a=setup:passive"));
}

TEST(MediaCalls, Rfc8445_2_5_ALitePeerAnswersChecksAndMakesNone) {
  MediaWorld world({}, nullptr, /*ice_lite=*/true);
  size_t requests = 0;
  world.loses = [&](size_t, bool to_server, Bytes datagram) {
    const bool is_request = datagram.size() > 1 && datagram[0] == 0 && datagram[1] == 1;
    if (is_request && !to_server) ++requests;
    return false;
  };
  Page& page = world.Join("page");
  page.Offer();
  world.Run(seconds(3));
  EXPECT_THAT(page.answer, HasSubstr("a=ice-lite\r\n"));
  Echoes(world, page);
  world.Run(seconds(60));
  EXPECT_EQ(world.calls.calls(), 1u) << "the page's own checks tell that it lives";
  EXPECT_EQ(requests, 0u);
  EXPECT_THAT(page.errors, IsEmpty());
}

TEST(MediaCalls, ALitePeerForgetsAPageThatHasGoneSilent) {
  MediaWorld world({}, nullptr, /*ice_lite=*/true);
  Page& page = world.Join("page");
  page.Offer();
  world.Run(seconds(3));
  page.is_silent = true;
  world.loses = [](size_t, bool to_server, Bytes) { return to_server; };
  world.Run(seconds(60));
  EXPECT_EQ(world.calls.calls(), 0u);
}

TEST(MediaCalls, EverySingleDatagramOfTheBeginningMayBeLost) {
  for (size_t lost = 0; lost < 24; ++lost) {
    SCOPED_TRACE(lost);
    MediaWorld world;
    world.loses = [&](size_t number, bool, Bytes) { return number == lost; };
    Page& page = world.Join("page");
    page.Offer();
    world.Run(seconds(8));
    ASSERT_THAT(page.states, ElementsAre("connected"));
    Echoes(world, page);
  }
}

// The page has its keys before the worker does: its first packets come right behind its Finished.
Page& CallerWhoSendsAtOnce(MediaWorld& world, uint16_t packets) {
  Page& page = world.Join("page");
  page.on_keys = [&page, packets] {
    for (uint16_t i = 0; i < packets; ++i) page.SendRtp(MakeRtp(111, i, 77));
  };
  page.Offer();
  world.Run(seconds(3));
  return page;
}

TEST(MediaCalls, WhatAPageSendsRightAfterItsFinishedIsNotLost) {
  MediaWorld world;
  const Page& page = CallerWhoSendsAtOnce(world, 10);
  ASSERT_THAT(page.received, SizeIs(10));
  for (uint16_t i = 0; i < 10; ++i) {
    const auto packet = rtp::RtpPacket::Parse(page.received[i]);
    ASSERT_TRUE(packet.ok());
    EXPECT_EQ(packet->payload()[0], i) << "in their order";
  }
}

TEST(MediaCalls, WhoSendsTooMuchBeforeTheKeysAreThereLosesTheRestAndHasACall) {
  MediaWorld world;
  Page& page = CallerWhoSendsAtOnce(world, 1000);
  EXPECT_THAT(page.received, SizeIs(EarlyPackets::kMost));
  Echoes(world, page);
}

TEST(MediaCalls, ACloseNotifyRightAfterTheFinishedEndsTheCall) {
  MediaWorld world;
  Page& page = world.Join("page");
  page.on_keys = [&] { page.SendClose(); };
  page.Offer();
  world.Run(seconds(3));
  EXPECT_THAT(page.errors, ElementsAre(HasSubstr("closed: ")));
  EXPECT_EQ(world.calls.calls(), 0u);
  EXPECT_TRUE(world.sessions.empty());
}

TEST(MediaCalls, AnotherCertificateThanTheOffersEndsTheCall) {
  MediaWorld world;
  Page& page = world.Join("page");
  std::string other = page.fingerprint;
  other[0] = other[0] == 'A' ? 'B' : 'A';
  page.Offer({.fingerprint = other});
  world.Run(seconds(3));
  EXPECT_THAT(page.errors, ElementsAre(HasSubstr("fingerprint: ")));
  EXPECT_EQ(world.calls.calls(), 0u);
  EXPECT_TRUE(world.sessions.empty());
}

TEST(MediaCalls, APageWhoseChecksNeverComeCostsASessionForHalfAMinute) {
  MediaWorld world;
  Page& page = world.Join("page");
  page.is_silent = true;
  page.Offer();
  world.Run(seconds(29));
  EXPECT_EQ(world.sessions.size(), 1u);
  world.Run(seconds(2));
  EXPECT_TRUE(world.sessions.empty());
  EXPECT_THAT(page.errors, SizeIs(1));
}

TEST(MediaCalls, AHandshakeThatDoesNotEndIsGivenUp) {
  MediaWorld world;
  Page& page = world.Join("page");
  world.loses = [](size_t, bool to_server, Bytes datagram) {
    return to_server && datagram[0] >= 20 && datagram[0] <= 63;
  };
  page.Offer();
  world.Run(seconds(31));
  EXPECT_THAT(page.errors, ElementsAre(HasSubstr("setup: the DTLS handshake")));
  EXPECT_TRUE(world.sessions.empty());
}

TEST(MediaCalls, APageThatFallsSilentIsSentNothingAfterConsentExpires) {
  MediaWorld world;
  Page& page = world.Join("page");
  page.Offer();
  world.Run(seconds(3));
  ASSERT_TRUE(page.has_keys());
  page.is_silent = true;
  world.Run(seconds(40));
  EXPECT_TRUE(world.sessions.empty());
  EXPECT_THAT(page.errors, ElementsAre(HasSubstr("ice: ")));
}

TEST(MediaCalls, ACallEndsAfterItsTime) {
  MediaWorld world({.time = seconds(20)});
  Page& page = world.Join("page");
  page.Offer();
  world.Run(seconds(19));
  EXPECT_EQ(world.calls.calls(), 1u);
  world.Run(seconds(2));
  EXPECT_EQ(world.calls.calls(), 0u);
  EXPECT_THAT(page.errors, ElementsAre(HasSubstr("time: ")));
}

TEST(MediaCalls, MoreCallsThanAllowedAreRefusedInWords) {
  MediaWorld world({.calls = 3, .calls_per_user = 2});
  const auto join = [&](std::string name, std::string_view user) -> Page& {
    return world.Join(name, "192.0.2.10:5000",
                      R"({"mode":"echo","username":")" + std::string(user) + "\"}");
  };
  EXPECT_THAT(join("a", "anna").errors, IsEmpty());
  EXPECT_THAT(join("b", "anna").errors, IsEmpty());
  EXPECT_THAT(join("c", "anna").errors, ElementsAre(HasSubstr("full: you have 2 calls")));
  EXPECT_THAT(join("d", "bert").errors, IsEmpty());
  EXPECT_THAT(join("e", "cora").errors, ElementsAre(HasSubstr("full: the media peer has its 3")));
  world.Leave("a");
  EXPECT_THAT(join("f", "anna").errors, IsEmpty());
}

TEST(MediaCalls, AWrongCredentialIsRefusedBeforeAnythingIsSpent) {
  MediaWorld world;
  Page& page = world.Join("page", "192.0.2.10:5000", R"({"credential":"wrong"})");
  EXPECT_THAT(page.errors, ElementsAre("credential: wrong credential"));
  page.Offer();
  EXPECT_TRUE(page.answer.empty());
  EXPECT_TRUE(world.sessions.empty());
}

constexpr std::string_view kStored = R"({"mode":"echo","username":"stored","credential":"x"})";

TEST(MediaCalls, AUserOfADatabaseCallsWhenItHasAnsweredAndWhatSheSaidMeanwhileCounts) {
  MediaWorld world;
  Page& page = world.Join("page", "192.0.2.10:5000", kStored);
  ASSERT_THAT(world.asked, SizeIs(1));
  page.Offer();
  world.Run(seconds(2));
  EXPECT_TRUE(page.answer.empty());
  EXPECT_TRUE(world.sessions.empty()) << "nothing is spent before";
  world.Decide(world.asked[0], {.is_good = true, .user = "dora"});
  world.Run(seconds(3));
  EXPECT_THAT(page.states, ElementsAre("connected"));
  EXPECT_THAT(page.errors, IsEmpty());
  world.Decide(world.asked[0], {.reason = "late"});
  EXPECT_EQ(world.calls.calls(), 1u) << "one answer for each question";
}

TEST(MediaCalls, ANoOfTheDatabaseIsHeardAndSoIsItsSilence) {
  MediaWorld world;
  Page& wrong = world.Join("wrong", "192.0.2.10:5000", kStored);
  Page& unlucky = world.Join("unlucky", "192.0.2.11:5000", kStored);
  Page& waiting = world.Join("waiting", "192.0.2.12:5000", kStored);
  ASSERT_THAT(world.asked, SizeIs(3));
  world.Decide(world.asked[0], {.reason = "no"});
  world.Decide(world.asked[1], {.unanswered = true, .reason = "down"});
  EXPECT_THAT(wrong.errors, ElementsAre("credential: no"));
  EXPECT_THAT(unlucky.errors, ElementsAre("unanswered: down"));
  world.Run(MediaCalls::kLongestQuestion - milliseconds(1));
  EXPECT_THAT(waiting.errors, IsEmpty());
  world.Run(milliseconds(2));
  EXPECT_THAT(waiting.errors, ElementsAre(HasSubstr("unanswered: nobody could tell in time")));
  EXPECT_EQ(world.calls.questions(), 0u);
  world.Decide(world.asked[2], {.is_good = true});
  waiting.Offer();
  EXPECT_TRUE(waiting.answer.empty()) << "a late answer is none";
}

TEST(MediaCalls, AFloodOfJoinsIsNoFloodOfQuestions) {
  MediaWorld world;
  MediaCalls::Work work;
  const auto join_and_leave = [&](const std::string& name) {
    world.calls.OnBegin(name, kStored, world.now, work);
    world.calls.OnEnd(name, world.now, work);
  };
  for (int i = 0; i < 1000; ++i) join_and_leave("page" + std::to_string(i));
  EXPECT_THAT(world.asked, SizeIs(11)) << "a second's worth";
  Page& refused = world.Join("refused", "192.0.2.10:5000", kStored);
  EXPECT_THAT(refused.errors, ElementsAre(HasSubstr("full: too many ask")));
  for (int i = 0; i < 200; ++i) {
    world.Run(milliseconds(10));
    join_and_leave("later" + std::to_string(i));
  }
  EXPECT_THAT(world.asked, SizeIs(MediaCalls::kMostQuestions)) << "without an answer, no more";
  EXPECT_EQ(world.calls.questions(), MediaCalls::kMostQuestions)
      << "those of pages that have left are open still";
}

TEST(MediaCalls, WhatAPageSaysWhileItWaitsIsBounded) {
  MediaWorld world;
  Page& page = world.Join("page", "192.0.2.10:5000", kStored);
  for (int i = 0; i < 10'000; ++i) world.Signal("page", std::string(1000, ' ') + "{}");
  page.Offer();
  world.Decide(world.asked[0], {.is_good = true});
  EXPECT_TRUE(page.answer.empty()) << "there was no room for it";
}

TEST(MediaCalls, AnOfferThatCannotBeAnsweredSaysWhatIsMissing) {
  MediaWorld world;
  Page& page = world.Join("page");
  world.Signal("page", R"({"g":1,"description":{"type":"offer","sdp":"v=0\r\n"}})");
  EXPECT_THAT(page.errors, ElementsAre(HasSubstr("offer: ")));
}

constexpr std::string_view kSource = R"({"mode":"source"})";

TEST(MediaCalls, ASourceSendsItsClipToAPageThatSendsNothing) {
  MediaWorld world;
  Page& page = world.Join("page", "192.0.2.10:5000", kSource);
  EXPECT_EQ(world.clip_wishes, 1u);
  world.Give(media::TestClip());
  page.Offer();
  world.Run(seconds(3));
  EXPECT_THAT(page.states, ElementsAre("connected"));
  EXPECT_GT(page.received.size(), 200u) << "80 packets a second";
  EXPECT_THAT(page.errors, IsEmpty());
}

TEST(MediaCalls, AClipThatIsMadeDuringTheCallIsSentFromThenOn) {
  MediaWorld world;
  Page& page = world.Join("page", "192.0.2.10:5000", kSource);
  Page& other = world.Join("other", "192.0.2.11:5000");
  page.Offer();
  other.Offer();
  world.Run(seconds(3));
  ASSERT_TRUE(page.has_keys());
  EXPECT_THAT(page.received, IsEmpty());
  world.Give(media::TestClip());
  world.Run(seconds(2));
  EXPECT_GT(page.received.size(), 100u);
  EXPECT_THAT(other.received, IsEmpty()) << "an echo has nothing to do with it";
}

TEST(MediaCalls, TheClipIsAskedForOnceItIsThereNoMore) {
  MediaWorld world;
  world.Join("page", "192.0.2.10:5000", kSource);
  world.Give(media::TestClip());
  world.Leave("page");
  Page& again = world.Join("again", "192.0.2.11:5000", kSource);
  EXPECT_EQ(world.clip_wishes, 1u);
  again.Offer();
  world.Run(seconds(3));
  EXPECT_GT(again.received.size(), 200u);
}

TEST(MediaCalls, WithoutAClipASourceEndsInWordsAndTheNextOneAsksAgain) {
  MediaWorld world;
  Page& page = world.Join("page", "192.0.2.10:5000", kSource);
  Page& early = world.Join("early", "192.0.2.11:5000", kSource);
  Page& echo = world.Join("echo", "192.0.2.12:5000");
  page.Offer();
  echo.Offer();
  world.Run(seconds(3));
  world.Give(nullptr);
  EXPECT_THAT(page.errors, ElementsAre("source: the server could not make its test picture"));
  EXPECT_THAT(early.errors, SizeIs(1));
  EXPECT_THAT(echo.errors, IsEmpty());
  EXPECT_EQ(world.calls.calls(), 1u);
  const size_t before = world.clip_wishes;
  world.Join("next", "192.0.2.13:5000", kSource);
  EXPECT_EQ(world.clip_wishes, before + 1);
}

TEST(MediaCalls, LeavingEndsTheSessionOnTheWorker) {
  MediaWorld world;
  Page& page = world.Join("page");
  page.Offer();
  world.Run(seconds(3));
  EXPECT_EQ(world.sessions.size(), 1u);
  world.Leave("page");
  EXPECT_TRUE(world.sessions.empty());
  EXPECT_EQ(world.calls.calls(), 0u);
}

TEST(MediaCalls, ANewConnectionOfAPageReplacesTheOld) {
  MediaWorld world;
  Page& page = world.Join("page");
  page.Offer();
  world.Run(seconds(3));
  const std::string before = page.answer;
  page.Offer({}, 2);
  EXPECT_NE(page.answer, before);
  EXPECT_EQ(world.sessions.size(), 1u);
  page.Offer({}, 1);
  EXPECT_EQ(world.sessions.size(), 1u) << "an old one is ignored";
}

TEST(MediaCalls, ALaterOfferAddsDataChannelsAndKeepsTheMedia) {
  MediaWorld world;
  Page& page = world.Join("page");
  page.Offer();
  world.Run(seconds(3));
  page.Offer({.data = true});
  EXPECT_THAT(page.answer, HasSubstr("a=sctp-port:5000"));
  Echoes(world, page);
  EXPECT_THAT(page.errors, IsEmpty());
}

TEST(MediaCalls, StrangersChangeNothing) {
  MediaWorld world;
  Page& page = world.Join("page");
  page.Offer();
  world.Run(seconds(3));
  ASSERT_TRUE(page.has_keys());
  Page& stranger = world.Add("stranger", "203.0.113.9:9");
  const ice::Path path{stranger.endpoint, kServerEndpoint, net::Transport::kUdp};
  for (const int first : {0, 1, 20, 22, 63, 128, 144, 191, 200, 255}) {
    std::vector<uint8_t> bytes(200, static_cast<uint8_t>(first));
    EXPECT_FALSE(
        world.sessions.OnDatagram({path.remote, path.local, path.transport}, bytes, world.now));
    // The same from where the page is: nothing of it is authentic.
    world.SendFromPage({page.endpoint, kServerEndpoint, net::Transport::kUdp}, bytes);
  }
  world.Run(seconds(1));
  Echoes(world, page);
  EXPECT_THAT(page.errors, IsEmpty());
}

}  // namespace
}  // namespace koeru::server
