// koeru-relay --check-config: errors, risks and whether it would start.

#include "native_server/main/check_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "native_server/tls/self_signed.h"

namespace koeru::server {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::time_t kNow = 1'800'000'000;
constexpr std::time_t kDay_s = 86400;

class CheckConfigTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = ::testing::TempDir() + "koeru-check-XXXXXX";
    directory_ = ::mkdtemp(pattern.data());
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  ConfigCheck Check(const std::string& config, mode_t mode = 0600, std::time_t now = kNow) const {
    const std::string path = directory_ + "/turn.conf";
    std::ofstream(path) << config;
    ::chmod(path.c_str(), mode);
    const Machine machine = {.addresses = {*net::Address::Parse("127.0.0.1")}, .host_name = "host"};
    return CheckConfig({.config_file = path}, machine, now);
  }
  SelfSignedCertificate Certificate(const std::string& name) const {
    SelfSignedOptions options;
    options.directory = directory_ + "/" + name;
    options.now = kNow;
    std::filesystem::create_directory(options.directory);
    return *EnsureSelfSigned(options);
  }
  std::string directory_;
};

TEST_F(CheckConfigTest, AGoodConfigurationWouldStart) {
  const ConfigCheck check = Check("realm=example.org\nuser=anna:secret\nuser-quota=4\n");
  EXPECT_TRUE(check.would_start) << check.text;
  EXPECT_THAT(check.text, HasSubstr("koeru-relay would start: 0 errors"));
  EXPECT_THAT(check.text, Not(HasSubstr("anna:secret")));
  EXPECT_THAT(check.text, Not(HasSubstr("Errors:")));
}

TEST_F(CheckConfigTest, NatBehaviourDiscoverySaysItsAddressesAndPorts) {
  EXPECT_THAT(Check("no-auth\nrfc5780\nlistening-ip=127.0.0.1\nlistening-ip=127.0.0.2\n").text,
              HasSubstr("NAT behaviour discovery (rfc5780):\n"
                        "  - 127.0.0.1 and 127.0.0.2, ports 3478 and 3479\n"));
  EXPECT_THAT(Check("no-auth\nrfc5780\n").text, HasSubstr("turn.conf line 2: rfc5780: it answers"));
  EXPECT_THAT(Check("no-auth\n").text, Not(HasSubstr("NAT behaviour discovery (rfc5780)")));
}

TEST_F(CheckConfigTest, OneErrorIsNotCalledErrors) {
  EXPECT_THAT(Check("no-auth\nmin-port=9\nmax-port=4\n").text,
              HasSubstr("koeru-relay would not start: 1 error, "));
}

TEST_F(CheckConfigTest, AllErrorsAreNamedAtOnce) {
  const ConfigCheck check = Check("denied-peer-iq=10.0.0.0/8\nmin-port=9\nmax-port=4\nmobility\n");
  EXPECT_FALSE(check.would_start);
  for (const char* part : {"did you mean \"denied-peer-ip\"?", "min-port 9 is above max-port 4",
                           "no credentials are given", "koeru-relay would not start"}) {
    EXPECT_THAT(check.text, HasSubstr(part));
  }
}

TEST_F(CheckConfigTest, SecretsThatEverybodyCanReadAreAnError) {
  const ConfigCheck check = Check("static-auth-secret=sesame-open", 0644);
  EXPECT_FALSE(check.would_start);
  EXPECT_THAT(check.text, HasSubstr("chmod o-r"));
  EXPECT_THAT(check.text, Not(HasSubstr("sesame-open")));
}

TEST_F(CheckConfigTest, RisksDoNotKeepItFromStarting) {
  const ConfigCheck check = Check("no-auth\nallow-loopback-peers\n");
  EXPECT_TRUE(check.would_start);
  EXPECT_THAT(check.text, HasSubstr("an open relay"));
  EXPECT_THAT(check.text, HasSubstr("every service of this machine"));
}

TEST_F(CheckConfigTest, ACertificateIsLookedAt) {
  const SelfSignedCertificate one = Certificate("one"), other = Certificate("other");
  const auto check = [&](const std::string& key_file, std::time_t now) {
    return Check("no-auth\ncert=" + one.certificate_file + "\npkey=" + key_file + "\n", 0600, now);
  };
  EXPECT_TRUE(check(one.key_file, kNow).would_start);
  EXPECT_THAT(check(one.key_file, kNow).text, HasSubstr("is self-signed"));
  EXPECT_THAT(check(one.key_file, kNow).text, Not(HasSubstr("expire")));
  EXPECT_THAT(check(one.key_file, kNow + 10'000 * kDay_s).text, HasSubstr("has expired"));
  EXPECT_FALSE(check(other.key_file, kNow).would_start) << "the key of another certificate";
  EXPECT_FALSE(check("/nowhere/key.pem", kNow).would_start);
  ::chmod(one.key_file.c_str(), 0644);
  EXPECT_FALSE(check(one.key_file, kNow).would_start) << "everybody can read the key";
}

}  // namespace
}  // namespace koeru::server
