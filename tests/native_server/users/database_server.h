#pragma once

// Real databases for tests: a SQLite file, or a PostgreSQL or Redis of Debian's packages, started
// in a directory of its own under an unprivileged user, reachable on loopback and through a socket
// file, with a password.
//
//   TestDatabase database(Database::Kind::kPostgres);
//   auto store = database.Open();
//   database.Stop();           // it is down
//   database.Start();          // and up again, with what was in it

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "native_server/users/user_store.h"

namespace koeru::server {

class TestDatabase {
 public:
  static constexpr const char* kPassword = "hidden%s";

  explicit TestDatabase(Database::Kind kind);
  ~TestDatabase();
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  void Start();
  void Stop();
  // A server that hangs: it takes connections and answers nothing. For Redis, which is one process.
  void Pause() const;
  void Resume() const;

  // How a relay reaches it: over TCP, or the file.
  Database target() const;
  // The same through the socket file; for PostgreSQL as a URI.
  Database socket_target() const;
  std::unique_ptr<UserStore> Open() const;
  // "--userdb=PATH" and the like; also as turnadmin's short option.
  std::string Option() const;
  std::vector<std::string> TurnadminOption() const;
  const std::string& directory() const { return directory_; }

 private:
  void Spawn(const std::vector<std::string>& arguments);
  int Run(const std::vector<std::string>& arguments);
  void InitializePostgres();
  std::string Log() const;

  const Database::Kind kind_;
  std::string directory_;
  uint16_t port_ = 0;
  pid_t pid_ = -1;
};

std::string NameOf(Database::Kind kind);

}  // namespace koeru::server
