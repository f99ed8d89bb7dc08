#include "native_server/tls/certificate_fingerprint.h"

#include <array>
#include <cstdio>

#include "absl/strings/ascii.h"

#include "tests/native_server/tls/media_test_support.h"

namespace koeru::server {
namespace {

// What openssl says of the certificate: "AB:CD:...".
std::string ByOpenssl(const std::string& certificate_file, const std::string& hash) {
  const std::string command =
      "openssl x509 -noout -fingerprint -" + hash + " -in " + certificate_file;
  std::FILE* pipe = popen(command.c_str(), "r");
  std::string text;
  std::array<char, 512> line{};
  while (pipe != nullptr && fgets(line.data(), line.size(), pipe) != nullptr) text += line.data();
  if (pipe == nullptr || pclose(pipe) != 0) return {};
  return text.substr(text.find('=') + 1, text.find('\n') - text.find('=') - 1);
}

class CertificateFingerprint : public testing::Test {
 protected:
  TemporaryDirectory directory_;
  SelfSignedCertificate files_ = MakeCertificate(directory_.path());
  std::shared_ptr<const TlsContext> context_ = *TlsContext::ForServer(
      {.certificate_file = files_.certificate_file, .key_file = files_.key_file});
};

TEST_F(CertificateFingerprint, IsWhatOpensslSays) {
  const Bytes der = context_->certificate_der();
  EXPECT_EQ(FingerprintOf(der), ByOpenssl(files_.certificate_file, "sha256"));
  for (const auto& [name, option] :
       {std::pair("sha-256", "sha256"), {"sha-384", "sha384"}, {"SHA-512", "sha512"}}) {
    const std::string text = ByOpenssl(files_.certificate_file, option);
    ASSERT_FALSE(text.empty());
    EXPECT_TRUE(HasFingerprint(der, name, text)) << name;
    EXPECT_TRUE(HasFingerprint(der, name, absl::AsciiStrToLower(text))) << "case does not matter";
  }
}

TEST_F(CertificateFingerprint, AnythingElseIsNotIt) {
  const Bytes der = context_->certificate_der();
  std::string text = FingerprintOf(der);
  EXPECT_FALSE(HasFingerprint(der, "sha-1", ByOpenssl(files_.certificate_file, "sha1")))
      << "it can be forged";
  EXPECT_FALSE(HasFingerprint(der, "sha-384", text));
  EXPECT_FALSE(HasFingerprint(der, "", text));
  EXPECT_FALSE(HasFingerprint(der, "sha-256", ""));
  EXPECT_FALSE(HasFingerprint(der, "sha-256", text.substr(0, text.size() - 3)));
  EXPECT_FALSE(HasFingerprint(der, "sha-256", text + ":00"));
  EXPECT_FALSE(HasFingerprint({}, "sha-256", text));
  text[0] = text[0] == '0' ? '1' : '0';
  EXPECT_FALSE(HasFingerprint(der, "sha-256", text));
}

}  // namespace
}  // namespace koeru::server
