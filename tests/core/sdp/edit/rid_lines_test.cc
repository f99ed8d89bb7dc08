#include "core/sdp/edit/rid_lines.h"

#include <gmock/gmock.h>

#include "tests/core/sdp/edit/edit_checks.h"

namespace koeru::sdp {
namespace {

class Mender final : public SectionEditor {
 public:
  explicit Mender(std::vector<bool> removed) : removed_(std::move(removed)) {}

  EditResult Edit(SectionEdit& edit) override {
    MendRids(edit, *CodecList::Of(edit.document(), edit.section()), removed_);
    return std::nullopt;
  }

 private:
  std::vector<bool> removed_;
};

// Without 97 of the formats 96 and 97.
std::string Mended(const std::string& lines) {
  const std::string media = "m=video 9 RTP/AVP 96 97\n";
  return Edited(media + lines,
                [](Document& document) {
                  Mender mender({false, true});
                  return EditSections(document, 1, mender);
                })
      .substr(media.size());
}

TEST(SdpRidLines, LoseAFormatAndNoOtherByte) {
  EXPECT_EQ(Mended("a=rid:1 send  pt=97,96;max-fps=30;x\n"), "a=rid:1 send  pt=96;max-fps=30;x\n");
  EXPECT_EQ(Mended("a=rid:1 send max-fps=30\n"), "a=rid:1 send max-fps=30\n");
}

TEST(SdpRidLines, GoWithTheirLastFormatAndSimulcastForgetsThem) {
  EXPECT_EQ(Mended("a=rid:1 send pt=97\na=rid:2 send pt=96\na=simulcast:send 1,2;1\n"),
            "a=rid:2 send pt=96\na=simulcast:send 2\n");
  EXPECT_EQ(Mended("a=rid:1 send pt=97\na=simulcast:send 1\n"), "");
}

TEST(SdpRidLines, ThatDependOnWhatIsGoneGoToo) {
  EXPECT_EQ(Mended("a=rid:3 send depend=2\na=rid:2 send depend=1\na=rid:1 send pt=97\n"
                   "a=rid:4 send\na=simulcast:send 1;2;3;4\n"),
            "a=rid:4 send\na=simulcast:send 4\n");
}

TEST(SdpRidLines, DependenceInACircleEnds) {
  EXPECT_EQ(Mended("a=rid:1 send pt=97;depend=2\na=rid:2 send depend=1\n"), "");
}

TEST(SdpRidLines, SimulcastOfDraft03NamesPayloadTypes) {
  EXPECT_EQ(Mended("a=simulcast: send pt=96;97 recv pt=97\n"), "a=simulcast: send pt=96\n");
}

TEST(SdpRidLines, AListIsSplitAtCommas) {
  std::vector<std::string> parts;
  ForEachListed("96,,97", [&](std::string_view part) { parts.emplace_back(part); });
  EXPECT_THAT(parts, ::testing::ElementsAre("96", "", "97"));
}

}  // namespace
}  // namespace koeru::sdp
