#include "native_server/main/server.h"

#include <sys/resource.h>

#include <atomic>
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "native_server/config/relay_config.h"
#include "native_server/io/clock.h"
#include "native_server/io/random.h"
#include "native_server/log/log.h"
#include "native_server/main/demo.h"
#include "native_server/main/event_log.h"
#include "native_server/main/metrics_side.h"
#include "native_server/main/notify.h"
#include "native_server/main/operation.h"
#include "native_server/main/pid_file.h"
#include "native_server/main/privileges.h"
#include "native_server/main/settings.h"
#include "native_server/main/signals.h"
#include "native_server/main/tcp_side.h"
#include "native_server/worker/relay_server.h"

namespace koeru::server {
namespace {

LogOptions LogOptionsOf(const ServerOptions& o) {
  LogOptions log;
  const bool stdout_only = o.log_file.empty() || o.log_file == "stdout" || o.log_file == "-";
  if (!stdout_only) log.file = o.log_file;
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

// Each allocation is an open file.
void RaiseFileLimit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  if (::setrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < 10'000) {
    LOG(WARNING) << "only " << limit.rlim_cur << " files may be open, which bounds the number of "
                 << "allocations: raise it (ulimit -n, LimitNOFILE)";
  }
}

absl::Status ExplainPortInUse(const absl::Status& status) {
  if (!absl::IsAlreadyExists(status)) return status;
  return absl::AlreadyExistsError(absl::StrCat(
      status.message(), ": stop the other program, or choose another port with listening-port"));
}

void LogStart(const RelayServerOptions& options, const relay::RelayConfig& config) {
  for (const net::Endpoint& endpoint : options.listen) {
    LOG(INFO) << "listening on UDP " << endpoint.ToString();
  }
  for (const relay::RelayAddress& address : config.relay_addresses) {
    LOG(INFO) << "relaying from " << address.local.ToString()
              << (address.local == address.advertised
                      ? std::string()
                      : ", known to clients as " + address.advertised.ToString())
              << ", ports " << config.min_port << " to " << config.max_port;
  }
  LOG(INFO) << "worker threads: " << options.workers;
  LOG(INFO) << "batches: UDP_GRO " << (options.offload.gro ? "on" : "not in this kernel")
            << ", UDP_SEGMENT " << (options.offload.gso ? "on" : "not in this kernel");
  if (config.anonymous) LOG(WARNING) << "no-auth: everybody may use this relay";
  if (config.allow_loopback_peers) LOG(WARNING) << "loopback addresses are allowed as peers";
  if (config.allow_private_peers) LOG(WARNING) << "private addresses are allowed as peers";
}

RelayServerOptions RelayServerOptionsOf(const ServerOptions& o, const Machine& machine) {
  RelayServerOptions relay{.workers = WorkerCount(o, machine),
                           .listen = o.no_udp ? std::vector<net::Endpoint>()
                                              : ListenEndpoints(o, machine),
                           .user_quota = o.user_quota,
                           .total_quota = o.total_quota,
                           .offload = DetectOffload()};
  if (o.sock_buf_bytes > 0) {
    relay.listener_buffer_bytes = static_cast<int>(o.sock_buf_bytes);
    relay.relay_buffer_bytes = static_cast<int>(o.sock_buf_bytes);
  }
  return relay;
}

}  // namespace

absl::Status RunServer(CommandLine command_line, LoadedOptions loaded) {
  ServerOptions& options = loaded.options;
  const Signals signals;  // before any thread
  SystemRandom random;
  const Machine machine = ThisMachine();

  // 1. What a demo decides itself, then the log, so that everything after can be told.
  if (options.demo) {
    if (absl::Status status = PrepareDemo(options, random); !status.ok()) return status;
  }
  auto log = Log::Start(LogOptionsOf(options));
  if (!log.ok()) return log.status();
  if (command_line.config_file) LOG(INFO) << "configuration from " << *command_line.config_file;
  for (const std::string& warning : loaded.warnings) LOG(WARNING) << warning;

  // 2. The relay: its ports are bound when Start() returns.
  auto config = MakeRelayConfig(options, machine, random);
  if (!config.ok()) return config.status();
  EventLog events(options.verbose || options.extra_verbose);
  config->events = &events;
  const RelayServerOptions relay_options = RelayServerOptionsOf(options, machine);
  RaiseFileLimit();
  RelayServer relay(*config, relay_options);
  if (absl::Status status = relay.Start(); !status.ok()) return ExplainPortInUse(status);
  LogStart(relay_options, *config);

  // 3. What comes in over TCP, TURN and the web side, and the metrics, on threads of their own.
  CurrentSettings settings({options, *config});
  std::atomic<bool> ready{true};
  auto tcp = TcpSide::Start(settings, machine, relay, [&ready] { return ready.load(); });
  if (!tcp.ok()) return tcp.status();
  const auto metrics = StartMetrics(options, relay, ready);
  if (!metrics.ok()) return metrics.status();

  // 4. Ports and files are open: rights that are needed no more go away.
  auto pid_file = PidFile::Create(options.pidfile);
  if (!pid_file.ok()) return pid_file.status();
  if (absl::Status status = DropPrivileges(options.proc_user, options.proc_group); !status.ok()) {
    return status;
  }

  // 5. Run until somebody says stop; a second signal ends the process at once. Whoever reads
  // "ready" may change files at once: they are watched before.
  Operation operation(command_line, loaded,
                      {signals, **log, events, relay, **tcp, settings, ready});
  // What scripts around coturn wait for.
  if (command_line.as_turnserver) LOG(INFO) << "Total auth threads: " << relay_options.workers;
  (*log)->Flush();
  if (options.demo) std::fputs(DemoText(options, *config, machine, WallNow()).c_str(), stdout);
  std::puts("ready");
  std::fflush(stdout);
  NotifyServiceManager("READY=1");
  operation.Run();
  NotifyServiceManager("STOPPING=1");
  ready.store(false);
  LOG(INFO) << "stopping with " << relay.Sum().allocations << " allocations";
  (*tcp)->Stop();
  relay.Stop();
  LOG(INFO) << "stopped";
  return absl::OkStatus();
}

}  // namespace koeru::server
