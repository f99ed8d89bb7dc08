#include "core/sdp/edit/stream_id_extension.h"

#include "tests/core/sdp/edit/edit_checks.h"

namespace koeru::sdp {
namespace {

class Adder final : public SectionEditor {
 public:
  EditResult Edit(SectionEdit& edit) override {
    return extension_.AddTo(edit, edit.EndOfContent());
  }

 private:
  StreamIdExtension extension_;
};

std::string Added(std::string_view text) {
  return Edited(text, [](Document& document) {
    Adder adder;
    return EditSections(document, kEveryMediaSection, adder);
  });
}

const std::string kUri(kStreamIdExtension);

TEST(SdpStreamIdExtension, TakesANumberThatNoSectionHas) {
  EXPECT_EQ(Added("m=audio 9 x\na=extmap:1 urn:a\na=y\nm=video 9 x\na=extmap:3/recvonly urn:b\n"),
            "m=audio 9 x\na=extmap:1 urn:a\na=extmap:2 " + kUri +
                "\na=y\nm=video 9 x\na=extmap:3/recvonly urn:b\na=extmap:2 " + kUri + '\n');
}

TEST(SdpStreamIdExtension, TakesTheNumberOfAnotherSection) {
  EXPECT_EQ(Added("m=audio 9 x\na=y\nm=video 9 x\na=extmap:9 " + kUri + '\n'),
            "m=audio 9 x\na=y\na=extmap:9 " + kUri + "\nm=video 9 x\na=extmap:9 " + kUri + '\n');
}

TEST(SdpStreamIdExtension, SaysWhenNoNumberIsLeft) {
  std::string text = "m=video 9 x\n";
  for (int i = 1; i <= 14; ++i) text += "a=extmap:" + std::to_string(i) + " urn:x\n";
  EXPECT_EQ(Added(text).find("section: no number from 1 to 14 is left"), 0u);
}

}  // namespace
}  // namespace koeru::sdp
