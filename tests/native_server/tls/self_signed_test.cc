#include "native_server/tls/self_signed.h"

#include <gmock/gmock.h>
#include <mbedtls/x509_crt.h>

#include "native_server/tls/subject_names.h"
#include "tests/native_server/tls/tls_test_support.h"

namespace koeru::server {
namespace {

using testing::HasSubstr;

constexpr std::time_t kDay = 24 * 3600;
constexpr std::time_t kNow = 1'790'000'000;

SelfSignedOptions Options(const std::string& directory) {
  return {.directory = directory,
          .host_name = "relay",
          .addresses = {"192.0.2.7", "2001:db8::7"},
          .now = kNow};
}

std::vector<std::string> NamesIn(const std::string& file) {
  const std::string pem = ReadAll(file);
  mbedtls_x509_crt certificate;
  mbedtls_x509_crt_init(&certificate);
  EXPECT_EQ(mbedtls_x509_crt_parse(
                &certificate, reinterpret_cast<const unsigned char*>(pem.c_str()), pem.size() + 1),
            0);
  std::vector<std::string> names;
  for (const SubjectName& name : NamesOfCertificate(certificate)) names.push_back(ToString(name));
  mbedtls_x509_crt_free(&certificate);
  return names;
}

TEST(SelfSigned, NamesLocalhostTheHostAndItsAddresses) {
  TemporaryDirectory directory;
  const auto made = EnsureSelfSigned(Options(directory / "state"));
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_TRUE(made->made);
  EXPECT_THAT(NamesIn(made->certificate_file),
              testing::UnorderedElementsAre("localhost", "relay", "relay.local", "127.0.0.1", "::1",
                                            "192.0.2.7", "2001:db8::7"));
}

TEST(SelfSigned, IsValidForAtMost397Days) {
  TemporaryDirectory directory;
  const auto made = EnsureSelfSigned(Options(directory.path()));
  ASSERT_TRUE(made.ok()) << made.status();
  const auto context = TlsContext::ForServer(
      {.certificate_file = made->certificate_file, .key_file = made->key_file, .alpn = {}});
  ASSERT_TRUE(context.ok()) << context.status();
  EXPECT_LE((*context)->expires_at(), kNow + 397 * kDay);
  EXPECT_GE((*context)->expires_at(), kNow + 396 * kDay);
  EXPECT_TRUE((*context)->is_self_signed());
}

TEST(SelfSigned, KeepsBothFilesPrivate) {
  TemporaryDirectory directory;
  const auto made = EnsureSelfSigned(Options(directory / "state"));
  ASSERT_TRUE(made.ok()) << made.status();
  for (const std::string& file : {made->certificate_file, made->key_file}) {
    struct stat info {};
    ASSERT_EQ(stat(file.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u) << file;
  }
  struct stat info {};
  ASSERT_EQ(stat((directory / "state").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0700u);
}

TEST(SelfSigned, IsKeptForTheNextStart) {
  TemporaryDirectory directory;
  const auto first = EnsureSelfSigned(Options(directory.path()));
  ASSERT_TRUE(first.ok()) << first.status();
  const std::string pem = ReadAll(first->certificate_file);
  SelfSignedOptions later = Options(directory.path());
  later.now += 300 * kDay;
  later.addresses.pop_back();  // one name less still fits
  const auto second = EnsureSelfSigned(later);
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_FALSE(second->made);
  EXPECT_EQ(ReadAll(second->certificate_file), pem);
}

TEST(SelfSigned, IsMadeAnewOnceItExpires) {
  TemporaryDirectory directory;
  ASSERT_TRUE(EnsureSelfSigned(Options(directory.path())).ok());
  SelfSignedOptions later = Options(directory.path());
  later.now += 397 * kDay;
  const auto second = EnsureSelfSigned(later);
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_TRUE(second->made);
  EXPECT_THAT(second->report, HasSubstr("expired"));
}

TEST(SelfSigned, IsMadeAnewWhenAnAddressIsMissing) {
  TemporaryDirectory directory;
  ASSERT_TRUE(EnsureSelfSigned(Options(directory.path())).ok());
  SelfSignedOptions moved = Options(directory.path());
  moved.addresses = {"198.51.100.9"};
  const auto second = EnsureSelfSigned(moved);
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_TRUE(second->made);
  EXPECT_THAT(second->report, HasSubstr("198.51.100.9"));
}

TEST(SelfSigned, IsMadeAnewWhenTheKeyIsBroken) {
  TemporaryDirectory directory;
  const auto first = EnsureSelfSigned(Options(directory.path()));
  ASSERT_TRUE(first.ok());
  directory.Write("key.pem", "not a key");
  const auto second = EnsureSelfSigned(Options(directory.path()));
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_TRUE(second->made);
  EXPECT_THAT(second->report, HasSubstr("unusable"));
}

TEST(SelfSigned, AddressesThatAreNoneAreLeftOut) {
  const SubjectNames names =
      NamesOfThisHost("bad name!", {"fe80::1%eth0", "fe80::1", "0.0.0.0", "999.1.1.1", "", "x"});
  EXPECT_EQ(names, NamesOfThisHost("bad name!", {}));
  EXPECT_EQ(names.size(), 3u);  // localhost, 127.0.0.1, ::1
}

TEST(SelfSigned, DirectoryThatCannotBeMadeIsAClearError) {
  TemporaryDirectory directory;
  directory.Write("file", "");
  const auto made = EnsureSelfSigned(Options(directory / "file"));
  ASSERT_FALSE(made.ok());
  EXPECT_THAT(made.status().message(), HasSubstr(directory / "file"));
  EXPECT_THAT(made.status().message(), HasSubstr("Choose a directory"));
}

TEST(SelfSigned, LinkInPlaceOfTheKeyIsNotFollowed) {
  TemporaryDirectory directory;
  const std::string victim = directory.Write("victim", "precious");
  std::filesystem::create_symlink(victim, directory / "key.pem");
  ASSERT_TRUE(EnsureSelfSigned(Options(directory.path())).ok());
  EXPECT_EQ(ReadAll(victim), "precious");
}

}  // namespace
}  // namespace koeru::server
