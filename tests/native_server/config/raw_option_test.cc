// How turnserver.conf and the command line are written.

#include "native_server/config/raw_option.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace koeru::server {
namespace {

struct Line {
  std::string_view text;
  std::string_view name;
  std::optional<std::string> value;
};

TEST(ConfigFile, EveryFormOfALine) {
  const Line lines[] = {
      {"realm=example.org", "realm", "example.org"},
      {"realm example.org", "realm", "example.org"},
      {"realm = example.org", "realm", "example.org"},
      {"  realm\t=\texample.org  ", "realm", "example.org"},
      {"realm=example.org\r", "realm", "example.org"},
      {"realm=\"example.org\"", "realm", "example.org"},
      {"realm=\" spaces stay \"", "realm", " spaces stay "},
      {"realm=\"", "realm", "\""},
      {"user=anna:a=b c", "user", "anna:a=b c"},
      {"fingerprint", "fingerprint", std::nullopt},
      {"realm=x # no comment", "realm", "x # no comment"},
  };
  for (const Line& line : lines) {
    const auto parsed = ParseConfigText(line.text, "t.conf");
    ASSERT_TRUE(parsed.ok()) << line.text;
    ASSERT_EQ(parsed->size(), 1u) << line.text;
    EXPECT_EQ((*parsed)[0].name, line.name) << line.text;
    EXPECT_EQ((*parsed)[0].value, line.value) << line.text;
  }
}

TEST(ConfigFile, CommentsAndBlankLinesAreSkippedAndPlacesCountThem) {
  const auto parsed = ParseConfigText("# one\n\n   # three\r\nrealm=x\nno-tls", "t.conf");
  ASSERT_TRUE(parsed.ok());
  ASSERT_EQ(parsed->size(), 2u);
  EXPECT_EQ((*parsed)[0].origin, "t.conf line 4");
  EXPECT_EQ((*parsed)[1].origin, "t.conf line 5");
}

TEST(ConfigFile, RefusesWhatIsNoText) {
  EXPECT_FALSE(ParseConfigText(std::string_view("realm=\0x", 8), "t.conf").ok());
  const auto parsed = ParseConfigText("\n=value", "t.conf");
  ASSERT_FALSE(parsed.ok());
  EXPECT_EQ(parsed.status().message(), "t.conf line 2: the line starts with '=': write name=value");
}

class ConfigFileOnDisk : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = ::testing::TempDir() + "koeru-config-XXXXXX";
    directory_ = ::mkdtemp(pattern.data());
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }
  std::string Write(std::string_view text, mode_t mode) {
    const std::string path = directory_ + "/turnserver.conf";
    std::ofstream(path) << text;
    ::chmod(path.c_str(), mode);
    return path;
  }
  std::string directory_;
};

TEST_F(ConfigFileOnDisk, WithASecretMustNotBeReadableForEverybody) {
  for (const std::string_view secret : {"static-auth-secret=s", "user=a:b"}) {
    const std::string path = Write(std::string("realm=x\n") + std::string(secret), 0644);
    const auto options = ReadConfigFile(path);
    ASSERT_FALSE(options.ok());
    EXPECT_NE(options.status().message().find("turnserver.conf line 2"), std::string::npos);
    EXPECT_NE(options.status().message().find("chmod o-r " + path), std::string::npos);
  }
  EXPECT_TRUE(ReadConfigFile(Write("static-auth-secret=s", 0640)).ok());
  EXPECT_TRUE(ReadConfigFile(Write("realm=x", 0644)).ok());
}

TEST_F(ConfigFileOnDisk, ThatEverybodyCanChangeIsAnError) {
  const std::string path = Write("realm=x", 0666);
  EXPECT_EQ(ReadConfigFile(path).status().message(),
            path + ": every user of this machine can change the file: run  chmod o-w " + path);
}

TEST_F(ConfigFileOnDisk, ThatIsMissingOrNoFileIsAnError) {
  const auto missing = ReadConfigFile(directory_ + "/nothing.conf");
  ASSERT_FALSE(missing.ok());
  EXPECT_NE(missing.status().message().find("check the path after -c"), std::string::npos);
  EXPECT_FALSE(ReadConfigFile(directory_).ok());
}

TEST_F(ConfigFileOnDisk, ThatIsHugeIsAnError) {
  const auto huge = ReadConfigFile(Write(std::string(2 << 20, '#'), 0644));
  ASSERT_FALSE(huge.ok());
  EXPECT_NE(huge.status().message().find("larger than 1 MB"), std::string::npos);
}

std::string Show(const CommandLine& line) {
  std::string text;
  for (const RawOption& raw : line.options) {
    text += raw.name + (raw.value ? "=" + *raw.value : std::string()) + ";";
  }
  return text;
}

TEST(CommandLineForms, LongAndShortAndJoined) {
  const std::pair<std::vector<std::string>, std::string> cases[] = {
      {{"--listening-port=3479"}, "listening-port=3479;"},
      {{"--listening-port", "3479"}, "listening-port=3479;"},
      {{"-p", "3479"}, "listening-port=3479;"},
      {{"-p3479"}, "listening-port=3479;"},
      {{"-p=3479"}, "listening-port=3479;"},
      {{"-avz", "-r", "x"}, "lt-cred-mech;verbose;no-auth;realm=x;"},
      {{"-vp3479"}, "verbose;listening-port=3479;"},
      {{"--no-auth", "--fingerprint=no"}, "no-auth;fingerprint=no;"},
      {{"-n", "--realm="}, "realm=;"},
  };
  for (const auto& [arguments, expected] : cases) {
    const auto line = ParseCommandLine(arguments);
    ASSERT_TRUE(line.ok()) << line.status();
    EXPECT_EQ(Show(*line), expected);
  }
  EXPECT_EQ(*ParseCommandLine({"-c", "f.conf"})->config_file, "f.conf");
  EXPECT_TRUE(ParseCommandLine({"--help"})->help);
  EXPECT_TRUE(ParseCommandLine({"-h"})->help);
  EXPECT_TRUE(ParseCommandLine({"--help=man"})->manual);
  EXPECT_TRUE(ParseCommandLine({"--version"})->version);
  EXPECT_TRUE(ParseCommandLine({"--check-config"})->check);
  EXPECT_TRUE(ParseCommandLine({"-n"})->no_config_file);
}

TEST(CommandLineForms, ErrorsNameWhatWasMeant) {
  const std::pair<std::vector<std::string>, std::string> cases[] = {
      {{"--lisening-port=1"},
       "the command line: there is no option \"lisening-port\"; did you mean \"listening-port\"?"},
      {{"--qqqqqqqq"}, "the command line: there is no option \"qqqqqqqq\"; see koeru-relay --help"},
      {{"--realm"}, "the command line: --realm needs a value behind it"},
      {{"-p"}, "the command line: -p needs a value behind it"},
      {{"3478"},
       "the command line: \"3478\" is no option: options start with --; see koeru-relay --help"},
      {{"--help=x"},
       "the command line: --help=x is not known: write --help, --help=man, --help=markdown or "
       "--help=completion"},
  };
  for (const auto& [arguments, expected] : cases) {
    const auto line = ParseCommandLine(arguments);
    ASSERT_FALSE(line.ok()) << expected;
    EXPECT_EQ(line.status().message(), expected);
  }
  EXPECT_FALSE(ParseCommandLine({"-W"}).ok());
  EXPECT_FALSE(ParseCommandLine({"--\x1b[31m"}).ok());
}

}  // namespace
}  // namespace koeru::server
