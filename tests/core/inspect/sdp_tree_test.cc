#include "core/inspect/sdp_tree.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/core/inspect/tree_helpers.h"

namespace koeru::inspect {
namespace {

constexpr std::string_view kSession = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// Of all lines, in their order.
void CollectLines(const Node& tree, std::vector<const Node*>& lines) {
  for (const Node& section : tree.children) {
    for (const Node& line : section.children) lines.push_back(&line);
  }
}

TEST(SdpTree, RangesAreThoseOfTheText) {
  const std::string text = std::string(kSession) + "m=audio 9 RTP/AVP 0\r\na=mid:first\r\n";
  const Node tree = InspectSdp(text, 100);
  const Node* mid = Find(tree, "a=mid");
  ASSERT_NE(mid, nullptr);
  EXPECT_EQ(mid->offset, 100 + text.find("a=mid"));
  EXPECT_EQ(mid->size, 11u);
  EXPECT_EQ(mid->section, "RFC 5888 §4");
  ASSERT_EQ(mid->children.size(), 1u);
  EXPECT_EQ(text.substr(mid->children[0].offset - 100, mid->children[0].size), "first");
  EXPECT_EQ(ValueOf(tree, "media section 0"), "audio, mid first");
}

TEST(SdpTree, FindingsOfTheLintStandAtTheirLines) {
  const std::string text = std::string(kSession) + "a=mid:9\r\nm=audio 9 RTP/AVP x\r\n";
  const Node tree = InspectSdp(text);
  EXPECT_NE(RemarksOf(tree, "a=mid").find("[attribute-level]"), std::string::npos);
  EXPECT_EQ(Find(tree, "a=mid")->remarks[0].section, "RFC 5888 §4");
  EXPECT_NE(RemarksOf(tree, "m=").find("error: 'x' is no payload type"), std::string::npos);
}

TEST(SdpTree, ACandidateHasTheFieldsOfACandidate) {
  const std::string line = "a=candidate:1 1 udp 2130706431 192.0.2.1 5000 typ srflx";
  const Node tree = InspectSdp(std::string(kSession) + "m=audio 9 RTP/AVP 0\n" + line);
  EXPECT_EQ(ValueOf(tree, "type preference"), "126");
  EXPECT_NE(RemarksOf(tree, "type").find("raddr and rport are missing"), std::string::npos);
}

// Every description that browsers were seen to make: all bytes of all lines are in some node, and
// nothing is worse than a note.
TEST(SdpTree, BrowsersDescriptionsAreReadToTheLastByte) {
  size_t count = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(KOERU_SOURCE_DIR "/tests/vectors/sdp")) {
    if (entry.path().extension() != ".sdp") continue;
    ++count;
    const std::string text = ReadFile(entry.path());
    const Node tree = InspectSdp(text);
    ExpectSound(tree, 0, text.size());
    EXPECT_EQ(Find(tree, "not read"), nullptr) << entry.path();
    std::vector<const Node*> lines;
    CollectLines(tree, lines);
    size_t at = 0;
    for (const Node* line : lines) {
      EXPECT_EQ(line->offset, at) << entry.path() << line->label;
      at = text.find('\n', line->offset) + 1;
    }
    EXPECT_EQ(at, text.size()) << entry.path();
  }
  EXPECT_GT(count, 5u);
}

TEST(SdpTree, EveryTruncationGivesASoundTree) {
  const std::string text =
      std::string(kSession) +
      "a=group:BUNDLE 0 1\r\nm=video 9 UDP/TLS/RTP/SAVPF 96 97\r\na=mid:0\r\n"
      "a=fmtp:96 a=1;b=2\r\na=rid:h send max-width=1280\r\n"
      "a=simulcast:send h;~l\r\na=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n";
  for (size_t size = 0; size <= text.size(); ++size) {
    const std::string cut = text.substr(0, size);
    ExpectSound(InspectSdp(cut), 0, size);
  }
}

TEST(SdpTree, ALongTextIsShownInPartAndThatIsSaid) {
  std::string text(kSession);
  for (size_t i = 0; i < kMaxSdpLines; ++i) text += "a=x-own\r\n";
  const Node tree = InspectSdp(text);
  std::vector<const Node*> lines;
  CollectLines(tree, lines);
  EXPECT_EQ(lines.size(), kMaxSdpLines);
  ASSERT_FALSE(tree.remarks.empty());
  EXPECT_EQ(tree.remarks[0].text, "only the first 5000 of 5004 lines are shown");
}

TEST(SdpTree, ALineOfManyFieldsDoesNotFloodTheTree) {
  std::string text = std::string(kSession) + "a=group:BUNDLE";
  for (size_t i = 0; i < kMaxSdpFields + 10; ++i) text += " 1";
  const Node tree = InspectSdp(text);
  const Node* group = Find(tree, "a=group");
  ASSERT_NE(group, nullptr);
  EXPECT_LE(Find(*group, "mids")->children.size(), kMaxSdpFields);
  EXPECT_EQ(tree.remarks[0].text, "only the first 50000 fields of lines are shown");
}

TEST(SdpTree, NothingAtAllHasNoSections) {
  const Node tree = InspectSdp("");
  EXPECT_TRUE(tree.children.empty());
  EXPECT_TRUE(HasRemark(tree, Severity::kError)) << "no v= line";
}

}  // namespace
}  // namespace koeru::inspect
