#include "native_server/media/media_signal.h"

#include <gmock/gmock.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

namespace koeru::server {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string ProblemOf(std::string_view json) {
  std::string problem;
  EXPECT_FALSE(ParsePeerRequest(json, &problem)) << json;
  return problem;
}

TEST(PeerRequest, HasDefaults) {
  std::string problem;
  const auto request = ParsePeerRequest("{}", &problem);
  ASSERT_TRUE(request) << problem;
  EXPECT_EQ(request->mode, "echo");
  EXPECT_EQ(request->delay_s, 1);
  EXPECT_EQ(request->username, "");
}

TEST(PeerRequest, TakesEveryMember) {
  std::string problem;
  const auto request = ParsePeerRequest(
      R"({"mode":"delay","delay":2.5,"username":"1:anna","credential":"c"})", &problem);
  ASSERT_TRUE(request) << problem;
  EXPECT_EQ(request->mode, "delay");
  EXPECT_EQ(request->delay_s, 2.5);
  EXPECT_EQ(request->username, "1:anna");
  EXPECT_EQ(request->credential, "c");
}

TEST(PeerRequest, KnowsFourModes) {
  for (const std::string mode : {"echo", "delay", "sink", "source"}) {
    std::string problem;
    EXPECT_TRUE(ParsePeerRequest(R"({"mode":")" + mode + "\"}", &problem)) << problem;
  }
}

TEST(PeerRequest, SaysWhatIsWrong) {
  EXPECT_THAT(ProblemOf("[]"), HasSubstr("object"));
  EXPECT_THAT(ProblemOf("{"), HasSubstr("object"));
  EXPECT_THAT(ProblemOf(R"({"mode":"loud"})"), HasSubstr("\"mode\""));
  EXPECT_THAT(ProblemOf(R"({"mode":1})"), HasSubstr("\"mode\" of \"peer\" is a string"));
  EXPECT_THAT(ProblemOf(R"({"delay":"1"})"), HasSubstr("\"delay\""));
  for (const std::string_view delay : {"0.4", "5.1", "-1", "1e300"}) {
    EXPECT_THAT(ProblemOf("{\"delay\":" + std::string(delay) + "}"), HasSubstr("0.5 to 5"));
  }
  EXPECT_THAT(ProblemOf(R"({"colour":"red"})"), HasSubstr("takes"));
}

TEST(PeerSignal, ReadsOffersAndCandidates) {
  const auto signal = ParsePeerSignal(
      R"({"g":3,"fresh":true,"description":{"type":"offer","sdp":"v=0"},"streams":{},)"
      R"("candidates":[{"candidate":"candidate:1 1 udp 1 192.0.2.1 9 typ host","sdpMid":"0"},)"
      R"({"candidate":""},null,{"candidate":4}]})");
  ASSERT_TRUE(signal);
  EXPECT_EQ(signal->connection, 3u);
  EXPECT_EQ(signal->offer, "v=0");
  EXPECT_THAT(signal->candidates, ElementsAre("candidate:1 1 udp 1 192.0.2.1 9 typ host"));
}

TEST(PeerSignal, AnAnswerIsNoOffer) {
  const auto signal = ParsePeerSignal(R"({"g":1,"description":{"type":"answer","sdp":"v=0"}})");
  ASSERT_TRUE(signal);
  EXPECT_FALSE(signal->offer);
}

TEST(PeerSignal, NonsenseIsNone) {
  for (const std::string_view json : {"", "1", "[]", "{", R"({"description":1})"}) {
    EXPECT_FALSE(ParsePeerSignal(json)) << json;
  }
}

TEST(PeerSignal, TakesABoundedNumberOfCandidates) {
  std::string json = R"({"candidates":[)";
  for (int i = 0; i < 1000; ++i) json += R"({"candidate":"candidate:1"},)";
  json += "null]}";
  EXPECT_EQ(ParsePeerSignal(json)->candidates.size(), 64u);
}

TEST(PeerSignal, WhatThePeerSaysIsJson) {
  const auto parse = [](const std::string& json) { return boost::json::parse(json).as_object(); };
  EXPECT_EQ(parse(AnswerSignal(2, "v=0\r\n\"")).at("description").at("sdp").as_string(),
            "v=0\r\n\"");
  EXPECT_EQ(parse(StateSignal("connected")).at("peer").at("state").as_string(), "connected");
  EXPECT_EQ(
      parse(ErrorSignal("ice", "no \"path\"")).at("peer").at("error").at("message").as_string(),
      "no \"path\"");
  EXPECT_TRUE(parse(QualitySignal("{\"a\":1}")).at("peer").at("quality").is_object());
}

}  // namespace
}  // namespace koeru::server
