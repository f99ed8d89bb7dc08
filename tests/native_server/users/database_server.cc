#include "tests/native_server/users/database_server.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "native_server/io/unique_fd.h"
#include "tests/native_server/free_port.h"

namespace koeru::server {
namespace {

constexpr std::chrono::seconds kPatience{60};

// PostgreSQL refuses to run as root.
const passwd* Unprivileged() {
  if (::geteuid() != 0) return nullptr;
  const passwd* const postgres = ::getpwnam("postgres");
  return postgres != nullptr ? postgres : ::getpwnam("nobody");
}

std::string PostgresProgram(const std::string& name) {
  for (const auto& version : std::filesystem::directory_iterator("/usr/lib/postgresql")) {
    const std::string path = version.path() / "bin" / name;
    if (std::filesystem::exists(path)) return path;
  }
  return name;
}

// In the child: no way back to here, and nothing of ours is open there.
[[noreturn]] void Become(const std::vector<std::string>& arguments, const std::string& log) {
  const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
  ::dup2(file, STDOUT_FILENO);
  ::dup2(file, STDERR_FILENO);
  if (const passwd* const user = Unprivileged()) {
    if (::setgid(user->pw_gid) != 0 || ::setuid(user->pw_uid) != 0) ::_exit(126);
  }
  ::setenv("LC_ALL", "C.UTF-8", 1);
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  ::execvp(argv[0], argv.data());
  ::_exit(127);
}

}  // namespace

std::string NameOf(Database::Kind kind) {
  switch (kind) {
    case Database::Kind::kSqlite:
      return "Sqlite";
    case Database::Kind::kPostgres:
      return "Postgres";
    case Database::Kind::kRedis:
      return "Redis";
    case Database::Kind::kNone:
      break;
  }
  return "None";
}

TestDatabase::TestDatabase(Database::Kind kind) : kind_(kind) {
  std::string pattern = ::testing::TempDir() + "koeru-db-XXXXXX";
  directory_ = ::mkdtemp(pattern.data());
  const passwd* const user = Unprivileged();
  if (user != nullptr && kind != Database::Kind::kSqlite) {
    EXPECT_EQ(::chown(directory_.c_str(), user->pw_uid, user->pw_gid), 0);
  }
  port_ = FreePort();
  if (kind == Database::Kind::kPostgres) InitializePostgres();
  Start();
  if (kind == Database::Kind::kPostgres) {
    EXPECT_EQ(Run({PostgresProgram("psql"), "-q", "-v", "ON_ERROR_STOP=1", "-d", target().where,
                   "-f", "/usr/share/coturn/schema.sql"}),
              0)
        << Log();
  }
}

TestDatabase::~TestDatabase() {
  if (kind_ != Database::Kind::kSqlite) Stop();
  std::filesystem::remove_all(directory_);
}

void TestDatabase::InitializePostgres() {
  std::ofstream(directory_ + "/password") << kPassword << "\n";
  EXPECT_EQ(Run({PostgresProgram("initdb"), "-D", directory_ + "/data", "-U", "koeru", "-E", "UTF8",
                 "--no-locale", "--no-sync", "--auth=scram-sha-256",
                 "--pwfile=" + directory_ + "/password"}),
            0)
      << Log();
}

void TestDatabase::Start() {
  switch (kind_) {
    case Database::Kind::kSqlite:
      if (std::filesystem::exists(target().where + ".away")) {
        std::filesystem::rename(target().where + ".away", target().where);
      }
      return;
    case Database::Kind::kPostgres:
      Spawn({PostgresProgram("postgres"), "-D", directory_ + "/data", "-c",
             "listen_addresses=127.0.0.1", "-c", "fsync=off", "-p", std::to_string(port_), "-k",
             directory_});
      break;
    case Database::Kind::kRedis:
      Spawn({"redis-server", "--port", std::to_string(port_), "--bind", "127.0.0.1", "--unixsocket",
             directory_ + "/redis", "--unixsocketperm", "777", "--dir", directory_, "--appendonly",
             "yes", "--appendfsync", "always", "--save", "", "--requirepass", kPassword});
      break;
    case Database::Kind::kNone:
      return;
  }
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (!OpenUserStore(target()).ok()) {
    if (std::chrono::steady_clock::now() > end) {
      ADD_FAILURE() << "does not start: " << Log();
      return;
    }
    ::poll(nullptr, 0, 50);
  }
}

void TestDatabase::Stop() {
  if (kind_ == Database::Kind::kSqlite) {
    return std::filesystem::rename(target().where, target().where + ".away");
  }
  if (pid_ <= 0) return;
  Resume();  // or it would not hear
  ::kill(pid_, kind_ == Database::Kind::kPostgres ? SIGINT : SIGTERM);
  int status = 0;
  ::waitpid(std::exchange(pid_, -1), &status, 0);
}

void TestDatabase::Pause() const { ::kill(pid_, SIGSTOP); }
void TestDatabase::Resume() const { ::kill(pid_, SIGCONT); }

Database TestDatabase::target() const {
  switch (kind_) {
    case Database::Kind::kSqlite:
      return {kind_, directory_ + "/turndb"};
    case Database::Kind::kPostgres:
      return {kind_, absl::StrCat("host=127.0.0.1 port=", port_,
                                  " dbname=postgres user=koeru password=", kPassword)};
    case Database::Kind::kRedis:
      return {kind_, absl::StrCat("ip=127.0.0.1 port=", port_, " dbname=3 password=", kPassword)};
    case Database::Kind::kNone:
      break;
  }
  return {};
}

Database TestDatabase::socket_target() const {
  switch (kind_) {
    case Database::Kind::kPostgres:
      return {kind_, absl::StrCat("postgresql://koeru:hidden%25s@/postgres?host=", directory_,
                                  "&port=", port_)};
    case Database::Kind::kRedis:
      return {kind_, absl::StrCat("unix=", directory_, "/redis, dbname=3, password=", kPassword)};
    default:
      return target();
  }
}

std::unique_ptr<UserStore> TestDatabase::Open() const {
  auto store = OpenUserStore(target());
  EXPECT_TRUE(store.ok()) << store.status();
  return store.ok() ? *std::move(store) : nullptr;
}

std::string TestDatabase::Option() const {
  switch (kind_) {
    case Database::Kind::kPostgres:
      return "psql-userdb=" + target().where;
    case Database::Kind::kRedis:
      return "redis-userdb=" + target().where;
    default:
      return "userdb=" + target().where;
  }
}

std::vector<std::string> TestDatabase::TurnadminOption() const {
  switch (kind_) {
    case Database::Kind::kPostgres:
      return {"-e", target().where};
    case Database::Kind::kRedis:
      return {"-N", target().where};
    default:
      return {"-b", target().where};
  }
}

void TestDatabase::Spawn(const std::vector<std::string>& arguments) {
  const std::string log = directory_ + "/log";
  pid_ = ::fork();
  if (pid_ == 0) Become(arguments, log);
}

int TestDatabase::Run(const std::vector<std::string>& arguments) {
  const std::string log = directory_ + "/log";
  const pid_t pid = ::fork();
  if (pid == 0) Become(arguments, log);
  int status = -1;
  ::waitpid(pid, &status, 0);
  return status;
}

std::string TestDatabase::Log() const {
  std::stringstream text;
  text << std::ifstream(directory_ + "/log").rdbuf();
  return text.str();
}

}  // namespace koeru::server
