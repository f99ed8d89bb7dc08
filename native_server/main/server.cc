#include "native_server/main/server.h"

#include <atomic>
#include <cstdio>

#include "native_server/config/relay_config.h"
#include "native_server/config/syslog_facility.h"
#include "native_server/io/clock.h"
#include "native_server/io/random.h"
#include "native_server/log/log.h"
#include "native_server/main/admin_side.h"
#include "native_server/main/alternate_side.h"
#include "native_server/main/certificate.h"
#include "native_server/main/demo.h"
#include "native_server/main/event_log.h"
#include "native_server/main/metrics_side.h"
#include "native_server/main/notify.h"
#include "native_server/main/operation.h"
#include "native_server/main/pid_file.h"
#include "native_server/main/privileges.h"
#include "native_server/main/relay_side.h"
#include "native_server/main/reload_desk.h"
#include "native_server/main/settings.h"
#include "native_server/main/signals.h"
#include "native_server/main/tcp_side.h"
#include "native_server/main/user_database.h"

namespace koeru::server {
namespace {

LogOptions LogOptionsOf(const ServerOptions& o) {
  LogOptions log;
  const bool stdout_only = o.log_file.empty() || o.log_file == "stdout" || o.log_file == "-";
  if (!stdout_only && o.log_file != "syslog") log.file = o.log_file;
  if (o.syslog || o.log_file == "syslog") log.syslog = SyslogFacility(o.syslog_facility);
  log.to_stdout = !o.no_stdout_log;
  const LogLevels levels = LogLevelsOf(o);
  log.min = levels.min;
  log.debug = levels.debug;
  log.format = o.log_as_json ? LogFormat::kJson : LogFormat::kText;
  // The terminal of a demo shows the page's address and what is wrong.
  if (o.demo && !o.verbose && !o.extra_verbose) log.stdout_min = absl::LogSeverity::kWarning;
  if (o.simple_log) log.rotate_bytes = 0;
  return log;
}

// From here on all can be told, and what was found before is.
auto StartLog(const CommandLine& command_line, const LoadedOptions& loaded) {
  auto log = Log::Start(LogOptionsOf(loaded.options));
  if (!log.ok()) return log;
  if (command_line.config_file) LOG(INFO) << "configuration from " << *command_line.config_file;
  for (const std::string& warning : loaded.warnings) LOG(WARNING) << warning;
  return log;
}

MediaDesk::SendSignal SignalsThrough(TcpSide& tcp) {
  return
      [&tcp](const std::string& page, const std::string& json) { tcp.SignalFromPeer(page, json); };
}

// What scripts around coturn wait for.
void TellCoturnsScripts(size_t workers) { LOG(INFO) << "Total auth threads: " << workers; }

// The process's file, which another process may look for, and the rights that it keeps.
absl::StatusOr<PidFile> SettleIn(const ServerOptions& options) {
  auto pid_file = PidFile::Create(options.pidfile);
  if (!pid_file.ok()) return pid_file;
  absl::Status status = DropPrivileges(options.proc_user, options.proc_group);
  if (!status.ok()) return status;
  return pid_file;
}

// To the person at the terminal, the command that started us, and the service manager.
void SayReady(const std::string& before, Daemon& daemon) {
  std::fputs(before.c_str(), stdout);
  std::puts("ready");
  std::fflush(stdout);
  daemon.Ready();
  NotifyServiceManager("READY=1");
}

}  // namespace

absl::Status RunServer(CommandLine command_line, LoadedOptions loaded, Daemon& daemon) {
  ServerOptions& options = loaded.options;
  const Signals signals;  // before any thread
  SystemRandom random;
  const Machine machine = ThisMachine();

  // 1. What a demo decides itself, then the log, so that everything after can be told.
  if (options.demo) {
    if (absl::Status status = PrepareDemo(options, random); !status.ok()) return status;
  }
  auto log = StartLog(command_line, loaded);
  if (!log.ok()) return log.status();

  // 2. The relay: its ports are bound when Start() returns.
  auto config = MakeRelayConfig(options, machine, random);
  if (!config.ok()) return config.status();
  const auto users = StartUsers(options, *config);
  if (!users.ok()) return users.status();
  AlternateSide alternates(options);
  alternates.Choose(options, 0, *config);
  EventLog events(options.verbose || options.extra_verbose);
  config->events = &events;
  const auto certificate = ChooseCertificate(options, machine);
  if (!certificate.ok()) return certificate.status();
  const auto media = MediaPeerSide::Open(options, machine, *config, &events);
  if (!media.ok()) return media.status();
  auto side =
      RelaySide::Start(users->effective, machine, *config, *certificate, users->source(), **media);
  if (!side.ok()) return side.status();
  RelayServer& relay = (*side)->relay();

  // 3. What comes in over TCP, TURN and the web side, and the metrics, on threads of their own.
  CurrentSettings settings({options, *config});
  std::atomic<bool> ready{true};
  auto tcp = TcpSide::Start(settings, machine, *certificate, relay, **media,
                            [&ready] { return ready.load(); });
  if (!tcp.ok()) return tcp.status();
  (*media)->Start(settings, users->source(), relay, SignalsThrough(**tcp));
  const auto metrics =
      MetricsSide::Start(options, *certificate, {relay, **tcp, (*side)->dtls(), **media, ready});
  if (!metrics.ok()) return metrics.status();
  ReloadDesk reloads;
  auto admin = AdminSide::Start(settings, *certificate, relay, reloads, ready);
  if (!admin.ok()) return admin.status();

  // 4. Ports and files are open: rights that are needed no more go away.
  const auto pid_file = SettleIn(options);
  if (!pid_file.ok()) return pid_file.status();

  // 5. Run until somebody says stop; a second signal ends the process at once. Whoever reads
  // "ready" may change files at once: they are watched before.
  Operation operation(
      command_line, loaded,
      {signals, **log, events, relay, **tcp, (*side)->dtls(), *certificate, settings, ready,
       users->directory.get(), **admin, **metrics, reloads, alternates},
      users->stored);
  if (command_line.as_turnserver) TellCoturnsScripts(WorkerCount(options, machine));
  (*log)->Flush();
  SayReady(options.demo ? DemoText(options, *config, machine, WallNow()) : "", daemon);
  operation.Run();
  NotifyServiceManager("STOPPING=1");
  ready.store(false);
  LOG(INFO) << "stopping with " << relay.Sum().allocations << " allocations";
  (*admin)->Stop();
  (*media)->Stop();
  (*tcp)->Stop();
  (*side)->Stop();
  LOG(INFO) << "stopped";
  return absl::OkStatus();
}

}  // namespace koeru::server
