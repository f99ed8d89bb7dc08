// Names of sections and streams, and what belongs together.

#include <gtest/gtest.h>

#include "core/sdp/attributes/group.h"
#include "core/sdp/attributes/labels.h"
#include "core/sdp/attributes/mid.h"
#include "core/sdp/attributes/msid.h"
#include "core/sdp/attributes/rid.h"
#include "core/sdp/attributes/simulcast.h"
#include "core/sdp/attributes/ssrc.h"
#include "core/sdp/attributes/ssrc_group.h"
#include "tests/core/sdp/rewrite.h"

namespace koeru::sdp {
namespace {

TEST(SdpGroupingAttributes, Rfc5888_4_MidIsAToken) {
  EXPECT_EQ(Decode<Mid>("foo", Mode::kStrict)->tag, "foo");
  ExpectKept("a=mid:{a-b}");
  ExpectLenient("a=mid: 0 ", "6 ", "a=mid:0");
  ExpectRefused("a=mid:a:b", "7 nothing more");
  ExpectRefused("a=mid:", "6 ");
  ExpectRefused("a=mid", "5 expected ':' and a value");
}

TEST(SdpGroupingAttributes, Rfc5888_5_Group) {
  const auto group = Decode<Group>("LS 1 2", Mode::kStrict);
  EXPECT_EQ(group->semantics, "LS");
  EXPECT_EQ(group->mids, (std::vector<std::string_view>{"1", "2"}));
  ExpectKept("a=group:BUNDLE");
  ExpectLenient("a=group:BUNDLE 0  1", "17 mids[1]", "a=group:BUNDLE 0 1");
  ExpectLenient("a=group:BUNDLE ", "15 mids[0]", "a=group:BUNDLE");
  ExpectRefused("a=group:BUNDLE 0,1", "16 nothing more");
}

TEST(SdpGroupingAttributes, Rfc8830_2_MsidHasIdsOf64TokenCharacters) {
  const auto msid = Decode<Msid>("examplefoo examplebar", Mode::kStrict);
  EXPECT_EQ(msid->stream, "examplefoo");
  EXPECT_EQ(msid->track, "examplebar");
  ExpectKept("a=msid:{61c3b5ab-5ef2-4d6b-a7d3-4c3a3a3a3a3a} -");
  ExpectKept("a=msid:" + std::string(64, 'x'));
  const std::string longer = "a=msid:" + std::string(65, 'x');
  ExpectLenient(longer, "7 stream", longer);
  ExpectLenient("a=msid:a \"", "9 track", "a=msid:a \"");
  ExpectRefused("a=msid:a b c", "");
}

TEST(SdpGroupingAttributes, MsidSemanticKeepsTheBlankOfBrowsers) {
  EXPECT_EQ(Decode<MsidSemantic>(" WMS *", Mode::kStrict)->streams[0], "*");
  ExpectKept("a=msid-semantic: WMS");
  ExpectKept("a=msid-semantic:WMS a b");
}

TEST(SdpGroupingAttributes, Rfc5576_4_1_Ssrc) {
  const auto ssrc = Decode<Ssrc>("314159 cname:user@example.com:x", Mode::kStrict);
  EXPECT_EQ(ssrc->id, 314159u);
  EXPECT_EQ(ssrc->attribute, "cname");
  EXPECT_EQ(ssrc->value, "user@example.com:x");
  ExpectKept("a=ssrc:4294967295 x");
  ExpectKept("a=ssrc:1 msid:a b");
  ExpectLenient("a=ssrc:1 cname:", "15 value", "a=ssrc:1 cname:");
  ExpectLenient("a=ssrc:1 a(b):c", "10 nothing more", "a=ssrc:1 a(b):c");
  ExpectRefused("a=ssrc:4294967296 x", "7 id");
  ExpectRefused("a=ssrc:1", "8 expected a space");
}

TEST(SdpGroupingAttributes, Rfc5576_4_2_SsrcGroup) {
  const auto group = Decode<SsrcGroup>("FID 1 2", Mode::kStrict);
  EXPECT_EQ(group->ssrcs, (std::vector<uint32_t>{1, 2}));
  ExpectKept("a=ssrc-group:SIM");
  ExpectRefused("a=ssrc-group:FID 1 x", "19 ssrcs[1]");
}

TEST(SdpGroupingAttributes, Rfc8851_10_Rid) {
  const auto rid = Decode<Rid>("1 send pt=97,98;max-width=1280;x-y", Mode::kStrict);
  EXPECT_EQ(rid->id, "1");
  EXPECT_EQ(rid->direction, StreamDirection::kSend);
  EXPECT_EQ(rid->parameters[0].value, "97,98");
  EXPECT_EQ(rid->parameters[2].value, std::nullopt);
  ExpectKept("a=rid:a-b_C recv");
  ExpectKept("a=rid:0 send max-br=;x=any printable, text");
  ExpectLenient("a=rid:0 send a=1; b=2", "17 parameters[1].name", "a=rid:0 send a=1;b=2");
  ExpectLenient("a=rid:0 Recv", "8 direction", "a=rid:0 recv");
  ExpectRefused("a=rid:a.b send", "7 expected a space");
  ExpectRefused("a=rid:0 both", "8 direction");
  ExpectRefused("a=rid:0 send a_b=1", "14 nothing more");
  ExpectRefused("a=rid:0 send a=\xC3\xA9", "15 nothing more");
}

TEST(SdpGroupingAttributes, Rfc8853_5_1_Simulcast) {
  const auto simulcast = Decode<Simulcast>("send 1,2,3;~4,~5 recv 6;~7,~8", Mode::kStrict);
  ASSERT_EQ(simulcast->directions.size(), 2u);
  EXPECT_EQ(simulcast->directions[0].streams[1][0].id, "4");
  EXPECT_TRUE(simulcast->directions[0].streams[1][0].paused);
  EXPECT_EQ(simulcast->directions[1].streams[0][0].id, "6");
  ExpectKept("a=simulcast:recv 1;4,5 send 6;7");
  ExpectRefused("a=simulcast:send 1 send 2", "");
  ExpectRefused("a=simulcast:send 1 recv 2 send 3", "25 nothing more");
  ExpectRefused("a=simulcast:send 1;", "19 directions[0].streams[1][0].id");
  ExpectRefused("a=simulcast:send a.b", "18 nothing more");
  ExpectRefused("a=simulcast:send ~~1", "18 directions[0].streams[0][0].id");
}

TEST(SdpGroupingAttributes, SimulcastOfDraft03IsLenientOnly) {
  for (const std::string_view line :
       {"a=simulcast: send rid=5;6;7 paused=6,7", "a=simulcast: recv pt=97;98 send pt=97"}) {
    ExpectLenient(line, "12 directions[0].direction", line);
  }
  ExpectLenient("a=simulcast:send rid=1", "20 nothing more", "a=simulcast:send rid=1");
  ExpectRefused("a=simulcast:send rid=pt=1", "");
  Simulcast old;
  old.directions.emplace_back();
  old.directions[0].names_rid = true;
  old.directions[0].streams = {{{false, "1"}}};
  EXPECT_EQ(*Encode(old), "send rid=1");
  EXPECT_EQ(Encode(old, Mode::kStrict).error().field, "directions[0].draft03Rid");
}

TEST(SdpGroupingAttributes, LabelsContentsAndLanguages) {
  EXPECT_EQ(Decode<Label>("1", Mode::kStrict)->label, "1");
  ExpectLenient("a=label:a b", "9 nothing more", "a=label:a b");
  EXPECT_EQ(Decode<Content>("slides,main", Mode::kStrict)->tags.size(), 2u);
  ExpectRefused("a=content:slides,", "17 [1]");
  EXPECT_EQ(Decode<Lang>("zh-Hant", Mode::kStrict)->tag, "zh-Hant");
  ExpectLenient("a=lang:en_US", "9 nothing more", "a=lang:en_US");
}

}  // namespace
}  // namespace koeru::sdp
