#include "native_server/users/postgres_connection.h"

#include <libpq-fe.h>
#include <poll.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/bytes/escape.h"
#include "native_server/users/user_store.h"

namespace koeru::server {
namespace {

struct OptionsDeleter {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};
using OptionsPointer = std::unique_ptr<PQconninfoOption, OptionsDeleter>;

struct ResultDeleter {
  void operator()(PGresult* result) const { PQclear(result); }
};
using ResultPointer = std::unique_ptr<PGresult, ResultDeleter>;

absl::StatusOr<OptionsPointer> Parse(const std::string& where) {
  char* raw_error = nullptr;
  OptionsPointer options(PQconninfoParse(where.c_str(), &raw_error));
  const std::unique_ptr<char, decltype(&PQfreemem)> error(raw_error, &PQfreemem);
  if (options != nullptr) return options;
  // libpq's message repeats a part of the string, which may be the password.
  return absl::InvalidArgumentError(
      "psql-userdb: not a connection string: write host=HOST dbname=NAME user=USER password=..., "
      "with quotes around values that have spaces in them, or "
      "postgresql://USER:PASSWORD@HOST:PORT/NAME");
}

// "koeru on db.example.org", for messages.
std::string NameOf(const PQconninfoOption* options) {
  std::string database, host;
  for (; options->keyword != nullptr; ++options) {
    const std::string_view keyword = options->keyword;
    const char* const value = options->val != nullptr ? options->val : "";
    if (keyword == "dbname") database = value;
    if (keyword == "host" || (keyword == "hostaddr" && host.empty())) host = value;
  }
  return absl::StrCat("psql-userdb ", database.empty() ? "(user's name)" : Escape(database),
                      host.empty() ? "" : " on ", Escape(host));
}

std::string OneLine(std::string_view text) {
  std::string line(absl::StripAsciiWhitespace(text));
  for (char& c : line) {
    if (c == '\n') c = ' ';
  }
  return Escape(line);
}

}  // namespace

absl::Status CheckPostgresTarget(const std::string& where) { return Parse(where).status(); }

absl::StatusOr<std::unique_ptr<SqlConnection>> PostgresConnection::Open(const std::string& where) {
  const auto options = Parse(where);
  if (!options.ok()) return options.status();
  const std::string name = NameOf(options->get());
  // As dbname, a whole connection string is expanded. What we set before counts where it says
  // nothing; UTF-8 is what names are in.
  const std::array<const char*, 6> keys = {"fallback_application_name", "keepalives_idle",
                                           "tcp_user_timeout", "client_encoding", "dbname",
                                           nullptr};
  const std::array<const char*, 6> values = {"koeru", "30", "10000", "UTF8", where.c_str(),
                                             nullptr};
  std::unique_ptr<PostgresConnection> connection(
      new PostgresConnection(PQconnectStartParams(keys.data(), values.data(), 1), name));
  const auto deadline = Clock::now() + UserStore::kCallTimeout;
  if (absl::Status status = connection->WaitUntilConnected(deadline); !status.ok()) return status;
  return connection;
}

PostgresConnection::~PostgresConnection() { PQfinish(connection_); }

absl::Status PostgresConnection::WaitUntilConnected(Clock::time_point deadline) {
  if (PQstatus(connection_) == CONNECTION_BAD) return Error(nullptr);
  PostgresPollingStatusType want = PGRES_POLLING_WRITING;
  while (want != PGRES_POLLING_OK) {
    if (want == PGRES_POLLING_FAILED) return Error(nullptr);
    const short events = want == PGRES_POLLING_READING ? POLLIN : POLLOUT;
    if (absl::Status status = WaitFor(events, deadline); !status.ok()) return status;
    want = PQconnectPoll(connection_);
  }
  PQsetnonblocking(connection_, 1);
  return absl::OkStatus();
}

absl::Status PostgresConnection::WaitFor(short events, Clock::time_point deadline) {
  while (true) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return absl::UnavailableError(absl::StrCat(name_, ": no answer in time"));
    pollfd poll{.fd = PQsocket(connection_), .events = events, .revents = 0};
    const int ready = ::poll(&poll, 1, static_cast<int>(left));
    if (ready > 0) return absl::OkStatus();
    if (ready < 0 && errno != EINTR) {
      return absl::UnavailableError(absl::StrCat(name_, ": ", std::strerror(errno)));
    }
  }
}

absl::Status PostgresConnection::Error(const PGresult* result) const {
  const char* const state = result != nullptr ? PQresultErrorField(result, PG_DIAG_SQLSTATE)
                                              : nullptr;
  const std::string text =
      absl::StrCat(name_, ": ",
                   OneLine(result != nullptr ? PQresultErrorMessage(result)
                                             : PQerrorMessage(connection_)));
  if (PQstatus(connection_) == CONNECTION_BAD || state == nullptr) {
    return absl::UnavailableError(text);
  }
  // Classes of SQLSTATE: 08 connection, 53 resources, 57 the administrator stops it, 58 system.
  const std::string_view kind = std::string_view(state).substr(0, 2);
  if (kind == "08" || kind == "53" || kind == "57" || kind == "58") {
    return absl::UnavailableError(text);
  }
  if (std::string_view(state) == "42P01") {
    return absl::FailedPreconditionError(
        absl::StrCat(text, "; load coturn's schema.sql into the database first"));
  }
  return absl::InternalError(text);
}

absl::StatusOr<PGresult*> PostgresConnection::TakeResult(Clock::time_point deadline) {
  while (PQflush(connection_) == 1) {
    if (absl::Status status = WaitFor(POLLOUT, deadline); !status.ok()) return status;
  }
  while (PQisBusy(connection_) != 0) {
    if (absl::Status status = WaitFor(POLLIN, deadline); !status.ok()) return status;
    if (PQconsumeInput(connection_) == 0) return Error(nullptr);
  }
  return PQgetResult(connection_);
}

absl::StatusOr<SqlResult> PostgresConnection::Execute(const std::string& statement,
                                                      std::span<const std::string> values) {
  std::vector<const char*> texts;
  for (const std::string& value : values) texts.push_back(value.c_str());
  const auto deadline = Clock::now() + UserStore::kCallTimeout;
  if (PQsendQueryParams(connection_, statement.c_str(), static_cast<int>(texts.size()), nullptr,
                        texts.data(), nullptr, nullptr, 0) == 0) {
    return Error(nullptr);
  }
  SqlResult result;
  absl::Status status = absl::OkStatus();
  // "PQgetResult must be called repeatedly until it returns a null pointer".
  while (true) {
    const auto taken = TakeResult(deadline);
    if (!taken.ok()) return taken.status();
    const ResultPointer part(*taken);
    if (part == nullptr) break;
    const ExecStatusType kind = PQresultStatus(part.get());
    if (kind != PGRES_TUPLES_OK && kind != PGRES_COMMAND_OK) {
      status = Error(part.get());
      continue;
    }
    for (int row = 0; row < PQntuples(part.get()); ++row) {
      std::vector<std::string>& columns = result.rows.emplace_back();
      for (int column = 0; column < PQnfields(part.get()); ++column) {
        columns.emplace_back(PQgetvalue(part.get(), row, column),
                             static_cast<size_t>(PQgetlength(part.get(), row, column)));
      }
    }
    size_t changed = 0;
    if (absl::SimpleAtoi(PQcmdTuples(part.get()), &changed) && kind == PGRES_COMMAND_OK) {
      result.changed += changed;
    }
  }
  if (!status.ok()) return status;
  return result;
}

}  // namespace koeru::server
