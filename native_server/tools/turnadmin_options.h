#pragma once

// turnadmin's command line.

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "native_server/tools/command.h"
#include "native_server/users/database.h"
#include "native_server/users/user_store.h"

namespace koeru::tools {

enum class TurnadminCommand : uint8_t {
  kNone,
  kHelp,
  kHashPassword,
  kKey,
  kAddUser,
  kAddAdmin,
  kDeleteUser,
  kDeleteAdmin,
  kListUsers,
  kListAdmins,
  kSetSecret,
  kShowSecrets,
  kDeleteSecret,
  kDeleteAllSecrets,
  kAddOrigin,
  kDeleteOrigin,
  kListOrigins,
  kSetRealmOptions,
  kListRealmOptions,
};

struct TurnadminOptions {
  TurnadminCommand command = TurnadminCommand::kNone;
  server::Database database;
  std::string user, realm, password, origin, secret;
  std::vector<server::Record> realm_options;  // without their realm
};

absl::StatusOr<TurnadminOptions> ParseTurnadminOptions(Arguments arguments);

}  // namespace koeru::tools
