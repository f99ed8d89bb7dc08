#include "native_server/tools/client_credentials.h"

#include "core/relay/shared_secret.h"
#include "native_server/io/clock.h"
#include "native_server/tools/secret_input.h"

namespace koeru::tools {

constexpr int64_t kHour = 3600;

absl::StatusOr<ClientCredentials> ReadClientCredentials(
    const std::string& user, const std::optional<std::string>& password_file,
    const std::optional<std::string>& secret_file, const CommandIo& io) {
  if (secret_file) {
    auto secret = ReadSecret(secret_file, "secret", io, "--secret-file");
    if (!secret.ok()) return secret.status();
    const auto minted = relay::MintCredential(*secret, user.empty() ? "koeru" : user,
                                              {server::WallNow().seconds + kHour});
    return ClientCredentials{minted.username, minted.password, *secret};
  }
  if (user.empty()) return ClientCredentials{};
  auto password = ReadSecret(password_file, "password", io);
  if (!password.ok()) return password.status();
  return ClientCredentials{user, *std::move(password), {}};
}

}  // namespace koeru::tools
