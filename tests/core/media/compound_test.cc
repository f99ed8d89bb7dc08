#include "core/media/compound.h"

#include <gtest/gtest.h>

#include "core/bytes/hex.h"
#include "core/rtp/nack.h"
#include "core/rtp/picture_request.h"

namespace koeru::media {
namespace {

// "type/format type/format | ..." of each compound.
std::string Kinds(const Actions& actions) {
  std::string text;
  for (const Action& action : actions) {
    const Bytes bytes = actions.BytesOf(std::get<SendRtcp>(action));
    EXPECT_LE(bytes.size(), CompoundWriter::kMostSize);
    rtp::RtcpPackets packets(bytes);
    text += text.empty() ? "" : " |";
    while (const auto packet = packets.Next()) {
      text += (text.empty() ? "" : " ") + std::to_string(static_cast<int>(packet->type)) + "/" +
              std::to_string(packet->format);
    }
    EXPECT_TRUE(packets.ok());
  }
  return text;
}

TEST(CompoundWriter, Rfc3550_6_1_EachBeginsWithAReportAndACname) {
  Actions actions;
  {
    CompoundWriter out(7, "koeru", actions);
    out.Add(rtp::PictureLossIndication{7, 8});
    out.Begin(rtp::SenderReport{.ssrc = 9});
    out.Add(rtp::Bye{{9}});
  }
  EXPECT_EQ(Kinds(actions), "201/0 202/1 206/1 | 200/0 202/1 203/1");
  EXPECT_EQ(ToHex(actions.BytesOf(std::get<SendRtcp>(actions[0]))),
            "80c900010000000781ca00030000000701056b6f65727500"
            "81ce00020000000700000008");
}

TEST(CompoundWriter, NothingIsNoCompound) {
  Actions actions;
  { CompoundWriter out(7, "koeru", actions); }
  EXPECT_TRUE(actions.empty());
}

TEST(CompoundWriter, WhatDoesNotFitBeginsAnother) {
  Actions actions;
  std::vector<uint16_t> numbers;
  for (int i = 0; i < 200; ++i) numbers.push_back(static_cast<uint16_t>(100 * i));
  {
    CompoundWriter out(7, "koeru", actions);
    out.Add(rtp::Nack{7, 8, numbers});
    out.Add(rtp::Nack{7, 9, numbers});
  }
  EXPECT_EQ(Kinds(actions), "201/0 202/1 205/1 | 201/0 202/1 205/1");
}

TEST(CompoundWriter, TheLongestReportAndNameFit) {
  Actions actions;
  const std::string name(300, 'x');
  {
    CompoundWriter out(7, name, actions);
    rtp::SenderReport report{.ssrc = 7};
    report.blocks.resize(31);
    out.Begin(report);
  }
  EXPECT_EQ(Kinds(actions), "200/31 202/1");
}

}  // namespace
}  // namespace koeru::media
