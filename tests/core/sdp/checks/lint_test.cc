#include "core/sdp/checks/lint.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "tests/core/sdp/checks/lint_of.h"

namespace koeru::sdp {
namespace {

TEST(Lint, OffersAndAnswersOfBrowsersAreGoodInBothModes) {
  size_t files = 0;
  for (const auto& file :
       std::filesystem::directory_iterator(KOERU_SOURCE_DIR "/tests/vectors/sdp")) {
    // The RFCs' examples are older than some rules.
    const std::string name = file.path().filename().string();
    if (!name.ends_with(".sdp") || name.starts_with("rfc")) continue;
    std::ifstream stream(file.path(), std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(stream), {});
    const bool is_offer = file.path().stem().string().ends_with("offer");
    const auto type = is_offer ? DescriptionType::kOffer : DescriptionType::kAnswer;
    for (const Mode mode : {Mode::kStrict, Mode::kLenient}) {
      EXPECT_EQ(LintOf(text, type, mode), "") << file.path();
    }
    ++files;
  }
  EXPECT_GE(files, 20u);
}

TEST(Lint, Rfc8866_5_ExampleIsGood) {
  EXPECT_EQ(StrictLintOf("v=0\r\n"
                         "o=jdoe 3724394400 3724394405 IN IP4 198.51.100.1\r\n"
                         "s=Call to John Smith\r\n"
                         "i=SDP Offer #1\r\n"
                         "u=http://www.jdoe.example.com/home.html\r\n"
                         "e=Jane Doe <jane@jdoe.example.com>\r\n"
                         "p=+1 617 555-6011\r\n"
                         "c=IN IP4 198.51.100.1\r\n"
                         "t=0 0\r\n"
                         "m=audio 49170 RTP/AVP 0\r\n"
                         "m=audio 49180 RTP/AVP 0\r\n"
                         "m=video 51372 RTP/AVP 99\r\n"
                         "c=IN IP6 2001:db8::2\r\n"
                         "a=rtpmap:99 h263-1998/90000\r\n"),
            "");
}

std::string VectorText(const std::string& name) {
  std::ifstream stream(KOERU_SOURCE_DIR "/tests/vectors/sdp/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

TEST(Lint, Rfc8829_7_ItsDescriptionsAreGoodWithoutTheirType) {
  for (const std::string name : {"7_1_offer", "7_1_answer", "7_2_offer_b1", "7_2_answer_b1",
                                 "7_2_offer_b2", "7_2_answer_b2"}) {
    const std::string text = VectorText("rfc8829_" + name + ".sdp");
    const std::string found = LintOf(text, DescriptionType::kUnknown);
    EXPECT_EQ(found.find("error"), std::string::npos) << name << ": " << found;
    EXPECT_EQ(found.find("warning"), std::string::npos) << name << ": " << found;
  }
}

// These RFCs show sections without their session.
std::string LintOfSection(const std::string& name) {
  const std::string section = VectorText(name + ".sdp");
  EXPECT_TRUE(section.starts_with("m=")) << name;
  return LintOf(
      "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n" + section,
      DescriptionType::kUnknown);
}

TEST(Lint, ExampleSectionsOfRfc5576Rfc6236AndRfc8853AreGood) {
  for (const std::string name :
       {"rfc5576_10_sources", "rfc5576_10_retransmission", "rfc6236_4_2_3_offer",
        "rfc6236_4_2_3_answer", "rfc8853_4_offer", "rfc8853_4_answer"}) {
    EXPECT_EQ(LintOfSection(name), "") << name;
  }
}

TEST(Lint, Rfc8851_8_3_HasOpusWithOneChannelWhichRfc7587Forbids) {
  EXPECT_EQ(LintOfSection("rfc8851_8_3"), "error 10:13 codec-clock\n");
}

TEST(Lint, Rfc9143_18_OnlyTheEmptySessionNameIsOdd) {
  for (const std::string name : {"18_1_offer", "18_1_answer", "18_2_answer", "18_3_offer"}) {
    EXPECT_EQ(LintOf(VectorText("rfc9143_" + name + ".sdp"), DescriptionType::kUnknown),
              "warning 3:3 value-form\n")
        << name;
  }
}

TEST(Lint, FindingsComeInTheOrderOfLines) {
  std::string text = OfferWith("a=mid:1", "a=mid:0");
  text = Replaced(text, "t=0 0\r\n", "");
  EXPECT_EQ(LintOf(text),
            "error 1:1 missing-line\nerror 4:18 group-mid-unknown\nerror 22:7 mid-duplicate\n");
}

// At the end of a line the rest may be good: a session without media is.
TEST(Lint, EveryTruncationInsideOfALineIsFoundOut) {
  const std::string text = GoodOffer();
  for (size_t size = 1; size < text.size(); ++size) {
    const std::string cut = text.substr(0, size);
    const std::string found = LintOf(cut);
    if (!cut.ends_with('\n')) {
      EXPECT_NE(found, "") << size;
    }
  }
}

// Any bytes give findings at places that exist.
TEST(Lint, RandomDamageIsFoundAtPlacesThatExist) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 500; ++round) {
    std::string text = GoodOffer();
    for (size_t n = random() % 8; n <= 8; ++n)
      text[random() % text.size()] = static_cast<char>(random());
    const Document document = Document::Parse(text);
    for (const Finding& finding : Lint(document, Mode::kLenient)) {
      ASSERT_LE(finding.line, document.lines().size());
      ASSERT_LE(finding.column, document.lines()[finding.line - 1].text().size() + 1);
    }
  }
}

std::chrono::nanoseconds TimeOfLint(std::string_view unit, size_t size) {
  std::string text = "v=0\no=- 1 1 IN IP4 0.0.0.0\ns=-\nt=0 0\nm=video 9 UDP/TLS/RTP/SAVPF 96\n";
  while (text.size() < size) text += unit;
  const auto start = std::chrono::steady_clock::now();
  EXPECT_LE(Lint(Document::Parse(text), Mode::kStrict).size(), Report::kMaxFindings + 1);
  return std::chrono::steady_clock::now() - start;
}

// The worst of each kind: eight times the text may take six times as long again as it should.
TEST(Lint, TimeGrowsWithTheTextOnly) {
  for (const std::string_view unit :
       {"\n", "m=\n", "m=a 9 RTP/AVP 0\n", "a=mid:1\n", "m=a 9 RTP/AVP 0\na=mid:1\n",
        "a=group:BUNDLE 0\n", "a=rtpmap:1 a/1\n", "a=extmap:1 a\n", "a=ssrc:1 a\n",
        "a=rid:1 send\n", "a=simulcast:send 1;2;3;4\n", "b=AS:1\n", "m=a 9 RTP/AVP 1 2 3\n",
        "a=ssrc-group:FID 1 2\n", "a=sendrecv\n", "\xFF", "a=x\r"}) {
    const auto once = TimeOfLint(unit, size_t{1} << 16);
    EXPECT_LT(TimeOfLint(unit, size_t{1} << 19), 48 * once + std::chrono::seconds(2)) << unit;
  }
}

}  // namespace
}  // namespace koeru::sdp
