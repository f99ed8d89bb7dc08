// `koeru decode` as users run it: arguments in, text and exit code out.

#include "native_server/tools/decode.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "core/bytes/escape.h"
#include "native_server/tools/input.h"
#include "tests/core/capture/packets.h"

namespace koeru::tools {
namespace {

using namespace capture;

const std::string kVectors = KOERU_SOURCE_DIR "/tests/vectors/";
const std::string kCapture = kVectors + "turn-coturn-4.6.1.pcap";
constexpr std::string_view kBinding = "000100002112a442000102030405060708090a0b";

struct Outcome {
  int code = -1;
  std::string out;
  std::string err;
};

std::string Contents(std::FILE* file) {
  std::rewind(file);
  std::string text;
  char buffer[4096];
  for (size_t got = 0; (got = std::fread(buffer, 1, sizeof(buffer), file)) > 0;) {
    text.append(buffer, got);
  }
  return text;
}

Outcome RunCommand(int (*run)(Arguments, const CommandIo&),
                   const std::vector<std::string>& arguments,
                   std::string_view standard_input = {}) {
  const FilePointer in(std::tmpfile());
  const FilePointer out(std::tmpfile());
  const FilePointer err(std::tmpfile());
  Put(in.get(), standard_input);
  std::rewind(in.get());
  const std::vector<std::string_view> views(arguments.begin(), arguments.end());
  Outcome outcome;
  outcome.code = run(views, {in.get(), out.get(), err.get()});
  outcome.out = Contents(out.get());
  outcome.err = Contents(err.get());
  return outcome;
}
Outcome Decode(const std::vector<std::string>& arguments, std::string_view standard_input = {}) {
  return RunCommand(&RunDecode, arguments, standard_input);
}

std::string FileText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// Without the first line, which has the input's name.
std::string Body(const std::string& text) { return text.substr(text.find('\n') + 1); }

TEST(Decode, TheSessionsOfARealCaptureAreAsInTheGoldenFile) {
  const Outcome outcome = Decode({"--user", "alice", "--password", "secret"}, FileText(kCapture));
  EXPECT_EQ(outcome.code, kExitOk);
  EXPECT_EQ(outcome.err, "");
  const std::string path =
      KOERU_SOURCE_DIR "/tests/native_server/tools/golden/turn-coturn-4.6.1.txt";
  // Read the diff after `KOERU_UPDATE_GOLDEN=1`.
  if (std::getenv("KOERU_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << outcome.out;
  EXPECT_EQ(outcome.out, FileText(path));
}

TEST(Decode, PcapAndPcapngAndPipesSayTheSame) {
  const std::string pcapng = kVectors + "turn-coturn-4.6.1.pcapng";
  const std::string expected = Body(Decode({kCapture}).out);
  EXPECT_GT(expected.size(), 1000u);
  EXPECT_EQ(Body(Decode({pcapng}).out), expected);
  EXPECT_EQ(Body(Decode({"-"}, FileText(kCapture)).out), expected);
  EXPECT_EQ(Body(Decode({}, FileText(pcapng)).out), expected);
}

TEST(Decode, ACaptureCutAnywhereIsSaidAndTheRestIsShown) {
  const std::string whole = FileText(kCapture);
  for (size_t size : {4u, 20u, 24u, 30u, 1000u, 20000u}) {
    const Outcome outcome = Decode({}, whole.substr(0, size));
    EXPECT_NE(outcome.code, kExitOk) << size;
    EXPECT_NE(outcome.err, "") << size;
    if (size >= 1000) {
      EXPECT_NE(outcome.out.find("Allocate request"), std::string::npos) << size;
    }
  }
  EXPECT_NE(Decode({}, whole.substr(0, 1000)).err.find("broken behind packet"), std::string::npos);
}

TEST(Decode, CapturesAsJsonWithTrees) {
  const Outcome outcome = Decode({"--json", "--tree", kCapture});
  EXPECT_EQ(outcome.code, kExitOk);
  EXPECT_NE(outcome.out.find(R"("sessions":[{"transport":"UDP")"), std::string::npos);
  EXPECT_NE(outcome.out.find(R"("tree":{"label":"STUN message")"), std::string::npos);
}

TEST(Decode, HexComesFromArgumentsFilesAndStandardInput) {
  const std::string expected = Decode({std::string(kBinding)}).out;
  EXPECT_NE(expected.find("STUN message: Binding request"), std::string::npos);
  EXPECT_EQ(Decode({"0001", "0000", "2112a442", "000102030405060708090a0b"}).out, expected);
  EXPECT_EQ(Decode({}, kBinding).out, expected);
  EXPECT_EQ(Decode({"--format=hex"}, kBinding).out, expected);
  const Octets bytes = Hex(kBinding);
  EXPECT_EQ(Decode({}, AsText(bytes)).out, expected);
  EXPECT_EQ(Decode({"--format", "binary"}, AsText(bytes)).out, expected);
}

TEST(Decode, SeveralMessagesOfAStreamAreTakenApart) {
  const Octets stream = Hex(kBinding) + Hex("4000 0001 41 000000") + Hex(kBinding);
  const Outcome outcome = Decode({ToHex(stream)});
  EXPECT_EQ(outcome.code, kExitOk);
  EXPECT_NE(outcome.out.find("    20     5  ChannelData"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("    28    20  STUN message"), std::string::npos) << outcome.out;
}

// RFC 5769 section 2.1.
TEST(Decode, Rfc5769_2_1_IsValidWithItsPassword) {
  const std::string hex =
      "000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74"
      "002400046e0001ff80290008932ff9b151263b36000600096576746a3a68367659202020"
      "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf";
  const Outcome right = Decode({hex, "--password", "VOkJxbRl1RmTxUk/WvJxBt"});
  EXPECT_NE(right.out.find("valid with the short-term key"), std::string::npos) << right.out;
  const Outcome wrong = Decode({hex, "--password", "wrong"});
  EXPECT_NE(wrong.out.find("warning: invalid"), std::string::npos);
  EXPECT_NE(Decode({hex}).out.find("not checked"), std::string::npos);
}

TEST(Decode, CandidatesAndUris) {
  const Outcome candidate = Decode({"candidate:1 1 udp 2130706431 192.0.2.1 5000 typ host"});
  EXPECT_EQ(candidate.code, kExitOk);
  EXPECT_NE(candidate.out.find("host 192.0.2.1 port 5000 over udp"), std::string::npos);
  const Outcome words = Decode({"1", "1", "udp", "5", "192.0.2.1", "9", "typ", "host"});
  EXPECT_EQ(words.code, kExitOk) << words.err;
  const Outcome uri = Decode({"stun://example.org"});
  EXPECT_EQ(uri.code, kExitBadInput);
  EXPECT_NE(uri.out.find("drop the slashes"), std::string::npos);
}

TEST(Decode, SessionDescriptionsAreTreesWithTheLintsFindings) {
  const Outcome outcome =
      Decode({}, "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=mid:9\r\n");
  EXPECT_EQ(outcome.code, kExitOk) << outcome.err;
  EXPECT_NE(outcome.out.find("    43     7      a=mid: 9  [RFC 5888 §4]"), std::string::npos)
      << outcome.out;
  EXPECT_NE(outcome.out.find("[attribute-level]"), std::string::npos);
  EXPECT_EQ(Decode({}, "v=0\nm=audio\n").code, kExitBadInput) << "a line that cannot be read";
}

TEST(Decode, BadInputNamesPlaceAndRemedy) {
  EXPECT_NE(Decode({}, "0001\nxyz\n").err.find("standard input: line 2, column 1"),
            std::string::npos);
  EXPECT_EQ(Decode({}, "0001\nxyz\n").code, kExitBadInput);
  const Outcome no_file = Decode({"no-such-file.pcap"});
  EXPECT_EQ(no_file.code, kExitBadInput);
  EXPECT_NE(no_file.err.find("no-such-file.pcap: cannot be opened"), std::string::npos);
  EXPECT_NE(Decode({kVectors}).err.find("is a directory"), std::string::npos);
  EXPECT_EQ(Decode({"--nonsense"}).code, kExitBadInput);
  EXPECT_EQ(Decode({"--format=pcap"}, "0001").code, kExitBadInput);
  EXPECT_EQ(Decode({"--format=pcap", "0001"}).code, kExitBadInput);
  EXPECT_EQ(Decode({"--format=pcap"}, "").code, kExitBadInput);
  EXPECT_EQ(Decode({}, "\xFF\xFE").code, kExitBadInput);
}

TEST(Decode, NothingFoundIsSaid) {
  EXPECT_EQ(Decode({}, "").code, kExitNothingFound);
  EXPECT_NE(Decode({}, "\n\n").err.find("nothing found"), std::string::npos);
  // The capture's header alone.
  const Outcome empty = Decode({}, FileText(kCapture).substr(0, 24));
  EXPECT_EQ(empty.code, kExitNothingFound);
  EXPECT_NE(empty.err.find("nothing found"), std::string::npos);
}

TEST(Decode, TerminalEscapesOfStrangersNeverGetThrough) {
  const Outcome message = Decode({"000100082112a442000000000000000000000001 80220004 1b5b324a"});
  EXPECT_EQ(message.out.find('\x1b'), std::string::npos);
  EXPECT_EQ(Decode({"\x1b[2J.pcap"}).err.find('\x1b'), std::string::npos);
  EXPECT_EQ(Decode({}, "candidate:\x1b[2J").err.find('\x1b'), std::string::npos);
}

TEST(Koeru, HelpVersionAndMistypedCommands) {
  EXPECT_EQ(RunCommand(&RunKoeru, {"--help"}).code, kExitOk);
  EXPECT_NE(RunCommand(&RunKoeru, {"--help"}).out.find("decode"), std::string::npos);
  EXPECT_EQ(RunCommand(&RunKoeru, {"--version"}).out.substr(0, 6), "koeru ");
  EXPECT_EQ(RunCommand(&RunKoeru, {}).code, kExitBadInput);
  const Outcome mistyped = RunCommand(&RunKoeru, {"decoed"});
  EXPECT_EQ(mistyped.code, kExitBadInput);
  EXPECT_NE(mistyped.err.find("did you mean 'decode'?"), std::string::npos);
  EXPECT_EQ(RunCommand(&RunKoeru, {"decode", "--help"}).code, kExitOk);
  EXPECT_EQ(RunCommand(&RunKoeru, {"\x1b[2J"}).err.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace koeru::tools
