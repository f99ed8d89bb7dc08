#include "native_server/tls/tls_context.h"

#include <gmock/gmock.h>

#include "tests/native_server/tls/tls_test_support.h"

namespace koeru::server {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string ErrorOf(const std::string& certificate, const std::string& key) {
  const auto context = TlsContext::ForServer(
      {.certificate_file = certificate, .key_file = key, .alpn = {"http/1.1"}});
  return context.ok() ? "no error" : std::string(context.status().message());
}

// That key with the passphrase "secret", in the file `to`.
std::string Locked(const std::string& key, const std::string& to) {
  const std::string command = "openssl ec -aes128 -passout pass:secret -in " + key + " -out " + to +
                              " 2>/dev/null && chmod 600 " + to;
  EXPECT_EQ(std::system(command.c_str()), 0);
  return to;
}

TEST(TlsContext, MissingCertificateIsNamedWithTheRemedy) {
  EXPECT_THAT(ErrorOf("/nowhere/cert.pem", "/nowhere/key.pem"),
              AllOf(HasSubstr("certificate \"/nowhere/cert.pem\""), HasSubstr("Check the path")));
}

TEST(TlsContext, KeyOpenToEverybodyIsRefused) {
  TemporaryDirectory directory;
  const SelfSignedCertificate made = MakeCertificate(directory.path());
  chmod(made.key_file.c_str(), 0644);
  EXPECT_THAT(ErrorOf(made.certificate_file, made.key_file), HasSubstr("chmod 600"));
}

TEST(TlsContext, KeyOfAnotherCertificateIsRefused) {
  TemporaryDirectory one;
  TemporaryDirectory two;
  const SelfSignedCertificate a = MakeCertificate(one.path());
  const SelfSignedCertificate b = MakeCertificate(two.path());
  EXPECT_THAT(ErrorOf(a.certificate_file, b.key_file), HasSubstr("does not belong to"));
}

TEST(TlsContext, FileThatIsNoCertificateIsNamed) {
  TemporaryDirectory directory;
  const SelfSignedCertificate made = MakeCertificate(directory.path());
  const std::string text = directory.Write("text.pem", "hello");
  EXPECT_THAT(ErrorOf(text, made.key_file), HasSubstr("is not a PEM certificate"));
  EXPECT_THAT(ErrorOf(made.certificate_file, text), HasSubstr("is not a PEM key"));
  EXPECT_THAT(ErrorOf(directory.path(), made.key_file), HasSubstr("is not a file"));
}

TEST(TlsContext, KeyWithAPassphraseSaysHowToRemoveIt) {
  TemporaryDirectory directory;
  const SelfSignedCertificate made = MakeCertificate(directory.path());
  const std::string locked = Locked(made.key_file, directory / "locked.pem");
  EXPECT_THAT(ErrorOf(made.certificate_file, locked), HasSubstr("openssl pkey -in"));
}

TEST(TlsContext, ReloadTakesTheNewCertificateAndKeepsTheOldOnAnError) {
  TemporaryDirectory directory;
  const SelfSignedCertificate made = MakeCertificate(directory.path());
  auto holder = ReloadableTlsContext::Load(
      {.certificate_file = made.certificate_file, .key_file = made.key_file, .alpn = {}});
  ASSERT_TRUE(holder.ok()) << holder.status();
  const auto first = (*holder)->Current();

  const std::string key = ReadAll(made.key_file);
  directory.Write("key.pem", "broken");
  EXPECT_FALSE((*holder)->Reload().ok());
  EXPECT_EQ((*holder)->Current(), first);

  directory.Write("key.pem", key);
  EXPECT_TRUE((*holder)->Reload().ok());
  EXPECT_NE((*holder)->Current(), first);
}

}  // namespace
TEST(TlsContext, KeyWithAPassphraseOpensWithThatOneOnly) {
  TemporaryDirectory directory;
  const SelfSignedCertificate made = MakeCertificate(directory.path());
  const std::string locked = Locked(made.key_file, directory / "locked.pem");
  TlsServerOptions options{
      .certificate_file = made.certificate_file, .key_file = locked, .key_password = "secret"};
  EXPECT_TRUE(TlsContext::ForServer(options).ok());
  options.key_password = "guessed";
  EXPECT_THAT(std::string(TlsContext::ForServer(options).status().message()),
              AllOf(HasSubstr("another passphrase"), testing::Not(HasSubstr("guessed"))));
}

TEST(TlsContext, AnUnreadableFileOfClientAuthoritiesIsNamed) {
  TemporaryDirectory directory;
  const SelfSignedCertificate made = MakeCertificate(directory.path());
  const auto context = TlsContext::ForServer({.certificate_file = made.certificate_file,
                                              .key_file = made.key_file,
                                              .client_ca_file = "/nowhere/ca.pem"});
  EXPECT_THAT(std::string(context.status().message()),
              HasSubstr("file of the clients' authorities \"/nowhere/ca.pem\""));
}

}  // namespace koeru::server
