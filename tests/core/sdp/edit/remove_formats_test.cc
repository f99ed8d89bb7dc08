#include "core/sdp/edit/remove_formats.h"

#include "tests/core/sdp/edit/edit_checks.h"

namespace koeru::sdp {
namespace {

class Removal final : public SectionEditor {
 public:
  explicit Removal(std::vector<bool> removed) : removed_(std::move(removed)) {}

  EditResult Edit(SectionEdit& edit) override {
    return RemoveFormats(edit, *CodecList::Of(edit.document(), edit.section()), removed_);
  }

 private:
  std::vector<bool> removed_;
};

std::string Without(std::string_view text, std::vector<bool> removed) {
  return Edited(text, [&](Document& document) {
    Removal removal(removed);
    return EditSections(document, 1, removal);
  });
}

TEST(SdpRemoveFormats, RemovesLinesOfTheFormatAndNoOthers) {
  EXPECT_EQ(Without("m=video 9 RTP/AVP 96 97\n"
                    "a=rtpmap:96 VP8/90000\n"
                    "a=rtpmap:97 H263/90000\n"
                    "a=framesize:97 352-288\n"
                    "a=rtcp-fb: 97 nack\n"
                    "a=fmtp:970 x\n"
                    "A=rtpmap:97 no line\n"
                    "b=AS:97\n",
                    {false, true}),
            "m=video 9 RTP/AVP 96\n"
            "a=rtpmap:96 VP8/90000\n"
            "a=fmtp:970 x\n"
            "A=rtpmap:97 no line\n"
            "b=AS:97\n");
}

TEST(SdpRemoveFormats, ChangesNothingWhenNothingIsRemoved) {
  EXPECT_EQ(Without("m=audio 9 RTP/AVP  0\n", {false}), "m=audio 9 RTP/AVP  0\n");
}

TEST(SdpRemoveFormats, RefusesToLeaveOnlyTelephoneEvents) {
  EXPECT_NE(Without("m=audio 9 RTP/AVP 0 101\na=rtpmap:101 telephone-event/8000\n", {true, false})
                .find("no codec would be left"),
            std::string::npos);
  // Where there was nothing else before, one of two may go.
  EXPECT_EQ(Without("m=audio 9 RTP/AVP 13 101\na=rtpmap:101 telephone-event/8000\n", {true, false}),
            "m=audio 9 RTP/AVP 101\na=rtpmap:101 telephone-event/8000\n");
}

}  // namespace
}  // namespace koeru::sdp
