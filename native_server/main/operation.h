#pragma once

// What happens between start and end: signals, renewed certificates, draining.
//
//   SIGTERM, SIGINT  end
//   SIGHUP           the log file is opened anew and, unless started as turnserver, the
//                    configuration is read again: all of it counts, or nothing of it
//   SIGUSR1          drain: no new allocations; ends with the last one, or after drain-timeout
//   SIGUSR2          certificates are read again; that happens by itself, too, when files change

#include <atomic>
#include <optional>

#include "native_server/config/load_options.h"
#include "native_server/door/dtls_door.h"
#include "native_server/log/log.h"
#include "native_server/main/admin_side.h"
#include "native_server/main/alternate_side.h"
#include "native_server/main/event_log.h"
#include "native_server/main/file_watch.h"
#include "native_server/main/metrics_side.h"
#include "native_server/main/reload_desk.h"
#include "native_server/main/settings.h"
#include "native_server/main/signals.h"
#include "native_server/main/tcp_side.h"
#include "native_server/users/user_directory.h"
#include "native_server/worker/relay_server.h"

namespace koeru::server {

// The severity and the debug lines that options ask for.
struct LogLevels {
  absl::LogSeverity min;
  bool debug;
};
LogLevels LogLevelsOf(const ServerOptions& options);

// The parts that run; they outlive the operation.
struct RunningParts {
  const Signals& signals;
  Log& log;
  EventLog& events;
  RelayServer& relay;
  TcpSide& tcp;
  DtlsDoor* dtls;  // null: not served
  const CertificateFiles& certificate;
  CurrentSettings& settings;
  std::atomic<bool>& ready;  // for /readyz: new clients are welcome
  UserDirectory* users;      // null: no database
  AdminSide& admin;
  MetricsSide& metrics;
  ReloadDesk& reloads;
  AlternateSide& alternates;
};

class Operation {
 public:
  // `stored`: what the database of users said at the start.
  Operation(CommandLine command_line, LoadedOptions loaded, const RunningParts& parts,
            StoredRules stored);

  // Returns when the server is to end.
  void Run();

 private:
  void OnHangUp();
  absl::StatusOr<ReloadReport> Reload();
  // What `options` and the tables of the database say counts from now on, or nothing changes.
  absl::Status Apply(const ServerOptions& options, const StoredRules& stored);
  void TakeStoredRules();
  void TakeAlternates();
  void ReloadCertificates();
  void BeginDraining();
  bool DrainingIsOver() const;

  const CommandLine command_line_;
  LoadedOptions loaded_;
  RunningParts parts_;
  FileWatch certificates_;
  StoredRules stored_;
  std::optional<net::Instant> draining_since_;
};

}  // namespace koeru::server
