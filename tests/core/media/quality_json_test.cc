#include "core/media/quality_json.h"

#include <gtest/gtest.h>

#include <limits>

namespace koeru::media {
namespace {

TEST(QualityJson, HasEachField) {
  Quality quality;
  SectionQuality section{.mid = "0", .media = "audio", .received = {}, .sent = {}};
  section.received = {.packets = 1,
                      .bytes = 2,
                      .bits_per_second = 3,
                      .lost = -4,
                      .fraction_lost = 0.25,
                      .jitter_ms = 1.0625,
                      .frames = 5,
                      .retransmissions = 6,
                      .nacked_packets = 7,
                      .plis = 8,
                      .firs = 9};
  section.problem = "it has \"one\"";
  quality.sections.push_back(section);
  quality.round_trip_ms = 20.5;
  quality.probes = 10;
  quality.transport_feedbacks = 11;
  quality.drops = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  EXPECT_EQ(
      ToJson(quality),
      R"({"sections":[{"mid":"0","media":"audio",)"
      R"("received":{"packets":1,"bytes":2,"bitsPerSecond":3,"lost":-4,"fractionLost":0.250,)"
      R"("jitterMs":1.063,"frames":5,"retransmissions":6,"nackedPackets":7,"plis":8,"firs":9},)"
      R"("sent":{"packets":0,"bytes":0,"bitsPerSecond":0,"lost":0,"fractionLost":0,)"
      R"("jitterMs":null,"frames":0,"retransmissions":0,"nackedPackets":0,"plis":0,"firs":0},)"
      R"("problem":"it has \u0022one\u0022"}],)"
      R"("roundTripMs":20.500,"rembBitsPerSecond":null,"probes":10,"transportFeedbacks":11,)"
      R"("drops":{"malformed":1,"unknownPayloadType":2,"unknownSection":3,"ownSsrc":4,)"
      R"("tooManySources":5,"overLimit":6,"duplicate":7,"late":8,"otherSource":9,)"
      R"("delayFull":10}})");
}

TEST(QualityJson, NothingIsAnEmptyList) {
  EXPECT_EQ(ToJson({}).substr(0, 15), R"({"sections":[],)");
}

TEST(QualityJson, APeersTextCannotBreakOut) {
  Quality quality;
  quality.sections.push_back(
      {.mid = "a\"\\\n\xC3\x28", .media = "video", .received = {}, .sent = {}});
  EXPECT_NE(ToJson(quality).find(R"("mid":"a\u0022\u005c\u000a\u00c3(")"), std::string::npos);
}

TEST(QualityJson, WhatIsNoNumberIsNull) {
  Quality quality;
  quality.round_trip_ms = std::numeric_limits<double>::quiet_NaN();
  EXPECT_NE(ToJson(quality).find(R"("roundTripMs":null)"), std::string::npos);
  quality.round_trip_ms = std::numeric_limits<double>::infinity();
  EXPECT_NE(ToJson(quality).find(R"("roundTripMs":null)"), std::string::npos);
  quality.round_trip_ms = -0.0001;
  EXPECT_NE(ToJson(quality).find(R"("roundTripMs":0,)"), std::string::npos);
}

}  // namespace
}  // namespace koeru::media
