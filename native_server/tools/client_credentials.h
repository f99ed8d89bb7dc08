#pragma once

// The credentials that `koeru check` and `koeru load` log in with.

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "native_server/tools/command.h"

namespace koeru::tools {

struct ClientCredentials {
  std::string user;  // empty: none
  std::string password;
  std::string secret;  // that the password was made from, if it was
};

// With a secret: a time-limited credential, good for an hour. With a user alone, the password is
// asked for.
absl::StatusOr<ClientCredentials> ReadClientCredentials(
    const std::string& user, const std::optional<std::string>& password_file,
    const std::optional<std::string>& secret_file, const CommandIo& io);

}  // namespace koeru::tools
