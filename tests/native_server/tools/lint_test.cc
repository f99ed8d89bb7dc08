// `koeru lint` as users run it: files in, lines and exit code out.

#include "native_server/tools/lint.h"

#include <gtest/gtest.h>

#include <vector>

#include "native_server/tools/input.h"

namespace koeru::tools {
namespace {

const std::string kOffer = KOERU_SOURCE_DIR "/tests/vectors/sdp/chromium_video_offer.sdp";

struct Outcome {
  int code = -1;
  std::string out;
  std::string err;
};

std::string Contents(std::FILE* file) {
  std::rewind(file);
  std::string text;
  for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file)) text += static_cast<char>(c);
  return text;
}

Outcome RunWith(std::vector<std::string_view> arguments, std::string_view standard_input = {}) {
  const FilePointer in(std::tmpfile());
  const FilePointer out(std::tmpfile());
  const FilePointer err(std::tmpfile());
  Put(in.get(), standard_input);
  std::rewind(in.get());
  const int code = RunKoeru(arguments, {in.get(), out.get(), err.get()});
  return {code, Contents(out.get()), Contents(err.get())};
}

TEST(LintCommand, SaysNothingOfAGoodOffer) {
  const Outcome outcome = RunWith({"lint", "--strict", "--type", "offer", kOffer});
  EXPECT_EQ(outcome.code, kExitOk);
  EXPECT_EQ(outcome.out + outcome.err, "");
}

TEST(LintCommand, PrintsOneLineForEachFindingAndEndsWithOneOnErrors) {
  const Outcome outcome = RunWith({"lint", "-"}, "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n");
  EXPECT_EQ(outcome.code, kExitErrorsFound);
  EXPECT_EQ(outcome.out,
            "standard input:1:1: error: there is no t= line: add t=0 0 (browsers reject this) "
            "[missing-line]\n");
}

TEST(LintCommand, WarningsAreNoErrors) {
  const std::string_view text = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=rtcp-mux\r\n";
  EXPECT_EQ(RunWith({"lint", "-"}, text).code, kExitOk);
  EXPECT_NE(RunWith({"lint", "-"}, text).out.find(":5:3: warning: "), std::string::npos);
  EXPECT_EQ(RunWith({"lint", "--strict", "-"}, text).code, kExitErrorsFound);
}

TEST(LintCommand, TheTypeMatters) {
  EXPECT_EQ(RunWith({"lint", "--type=answer", kOffer}).code, kExitErrorsFound);
  EXPECT_NE(RunWith({"lint", "--type=answer", kOffer}).out.find("[setup-answer]"),
            std::string::npos);
}

TEST(LintCommand, PrintsItsRules) {
  const Outcome outcome = RunWith({"lint", "--rules"});
  EXPECT_EQ(outcome.code, kExitOk);
  EXPECT_NE(outcome.out.find("| mid-duplicate | error | error | both | RFC 5888 §4 | "),
            std::string::npos);
}

TEST(LintCommand, BadUsageIsSaidWithTheRemedy) {
  EXPECT_EQ(RunWith({"lint"}).code, kExitBadInput);
  EXPECT_EQ(RunWith({"lint"}).err,
            "koeru lint: name a file with a session description, or '-' for standard input\n");
  EXPECT_EQ(RunWith({"lint", "--type", "query", "-"}).code, kExitBadInput);
  EXPECT_EQ(RunWith({"lint", "--type"}).err, "koeru lint: --type needs a value: --type offer\n");
  EXPECT_EQ(RunWith({"lint", "--fix", "-"}).code, kExitBadInput);
  const Outcome missing = RunWith({"lint", "no-such-file.sdp"});
  EXPECT_EQ(missing.code, kExitBadInput);
  EXPECT_EQ(missing.err.find("koeru lint: no-such-file.sdp: cannot be opened: "), 0u);
  EXPECT_EQ(RunWith({"lint", "--help"}).code, kExitOk);
}

}  // namespace
}  // namespace koeru::tools
