#pragma once

// The database of users in the server: opened at the start, asked by workers, and what its tables
// say about secrets, peers and limits added to the configuration.

#include <memory>

#include "absl/status/statusor.h"
#include "native_server/config/server_options.h"
#include "native_server/users/http_hook.h"
#include "native_server/users/user_directory.h"

namespace koeru::server {

// What can be told without asking: a connection string that is none, a file that everybody can
// read.
absl::Status CheckUserDatabase(const ServerOptions& options);

DirectorySettings DirectorySettingsOf(const ServerOptions& options, const std::string& realm);

struct StartedUsers {
  std::unique_ptr<UserDirectory> directory;  // null: no database is given
  std::unique_ptr<HttpHook> hook;            // null: no auth-hook is given
  StoredRules stored;                        // what its tables say
  ServerOptions effective;                   // the options, with limits of the database

  // Whom workers ask; null: nobody.
  UserSource* source() const {
    return hook != nullptr ? static_cast<UserSource*>(hook.get()) : directory.get();
  }
};

// Waits a moment for the first answer, and adds what the tables say to `config`.
absl::StatusOr<StartedUsers> StartUsers(const ServerOptions& options, relay::RelayConfig& config);

}  // namespace koeru::server
