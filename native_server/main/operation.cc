#include "native_server/main/operation.h"

#include <chrono>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "native_server/config/relay_config.h"
#include "native_server/config/reload_plan.h"
#include "native_server/io/clock.h"
#include "native_server/io/random.h"
#include "native_server/main/stored_rules.h"
#include "native_server/main/user_database.h"

namespace koeru::server {
namespace {

// How often files and, while draining, allocations are looked at.
constexpr std::chrono::milliseconds kTick{1000};
constexpr std::chrono::milliseconds kDrainingTick{100};

// What a demo decided for itself at its start stays.
void KeepDemoChoices(const ServerOptions& before, ServerOptions& now) {
  if (!now.demo) return;
  if (now.static_auth_secrets.empty() && now.users.empty()) {
    now.static_auth_secrets = before.static_auth_secrets;
  }
  now.state_dir = before.state_dir;
  now.log_file = before.log_file;
  now.web_roots = before.web_roots;
  now.web_stats = before.web_stats;
  now.admin_socket = before.admin_socket;
}

}  // namespace

LogLevels LogLevelsOf(const ServerOptions& o) {
  LogLevels levels{absl::LogSeverity::kInfo,
                   o.extra_verbose || o.log_min_level == LogLevel::kDebug};
  if (o.log_min_level == LogLevel::kWarning) levels.min = absl::LogSeverity::kWarning;
  if (o.log_min_level == LogLevel::kError) levels.min = absl::LogSeverity::kError;
  return levels;
}

Operation::Operation(CommandLine command_line, LoadedOptions loaded, const RunningParts& parts,
                     StoredRules stored)
    : command_line_(std::move(command_line)),
      loaded_(std::move(loaded)),
      parts_(parts),
      certificates_(parts.certificate.certificate.empty()
                        ? std::vector<std::string>()
                        : std::vector{parts.certificate.certificate, parts.certificate.key}),
      stored_(std::move(stored)) {}

void Operation::Run() {
  while (true) {
    switch (parts_.signals.WaitFor(draining_since_ ? kDrainingTick : kTick)) {
      case SIGTERM:
      case SIGINT:
        return;
      case SIGHUP:
        OnHangUp();
        break;
      case SIGUSR1:
        BeginDraining();
        break;
      case SIGUSR2:
        ReloadCertificates();
        break;
      default:
        if (certificates_.Changed()) ReloadCertificates();
        TakeStoredRules();
        TakeAlternates();
    }
    if (DrainingIsOver()) return;
  }
}

void Operation::OnHangUp() {
  parts_.log.Reopen();
  LOG(INFO) << "log opened anew";
  if (command_line_.as_turnserver) {
    parts_.reloads.Report(absl::FailedPreconditionError(
        "started as turnserver, which reads its configuration at the start only: restart it"));
    return;
  }
  auto report = Reload();
  if (!report.ok()) {
    LOG(ERROR) << "the configuration stays as it is: " << report.status().message();
  }
  ReloadCertificates();
  parts_.reloads.Report(std::move(report));
}

absl::StatusOr<ReloadReport> Operation::Reload() {
  // 1. Read and check all of it before anything changes.
  const auto written = ReadRawOptions(command_line_);
  if (!written.ok()) return written.status();
  auto plan = PlanReload(loaded_, *written);
  if (!plan.ok()) return plan.status();
  ServerOptions& options = plan->loaded.options;
  KeepDemoChoices(loaded_.options, options);

  // 2. Workers take it up between two packets; then all the others.
  if (absl::Status status = Apply(options, stored_); !status.ok()) return status;
  if (parts_.users != nullptr) {
    parts_.users->Configure(DirectorySettingsOf(options, parts_.settings.Get()->config.realm));
  }
  const LogLevels levels = LogLevelsOf(options);
  parts_.log.SetLevel(levels.min, levels.debug);
  parts_.events.set_verbose(options.verbose || options.extra_verbose);
  loaded_ = std::move(plan->loaded);

  // 3. Say what became of it.
  for (const std::string& warning : loaded_.warnings) LOG(WARNING) << warning;
  LOG(INFO) << "configuration read again; "
            << (plan->changed.empty() ? "nothing changed"
                                      : "changed: " + absl::StrJoin(plan->changed, ", "));
  for (const std::string& option : plan->needs_restart) {
    LOG(WARNING) << "needs a restart: " << option;
  }
  return ReloadReport{std::move(plan->changed), std::move(plan->needs_restart)};
}

absl::Status Operation::Apply(const ServerOptions& options, const StoredRules& stored) {
  SystemRandom random;
  auto config = MakeRelayConfig(options, ThisMachine(), random);
  if (!config.ok()) return config.status();
  ServerOptions effective = options;
  if (absl::Status status = AddStoredRules(stored, *config, effective); !status.ok()) {
    return status;
  }
  parts_.alternates.Choose(effective, parts_.relay.Sum().allocations, *config);
  parts_.relay.Reload(*config, effective.user_quota, effective.AllocationsInTotal());
  parts_.settings.Set({options, *std::move(config)});
  return absl::OkStatus();
}

void Operation::TakeStoredRules() {
  if (parts_.users == nullptr) return;
  auto stored = parts_.users->TakeChanged();
  if (!stored) return;
  if (const absl::Status status = Apply(loaded_.options, *stored); !status.ok()) {
    LOG(ERROR) << "what the database says does not count: " << status.message();
    return;
  }
  stored_ = *std::move(stored);
  LOG(INFO) << "from the database: " << stored_.secrets.size() << " secrets, "
            << stored_.allowed_peers.size() << " allowed and " << stored_.denied_peers.size()
            << " denied peer ranges, " << stored_.realm_options.size() << " options of the realm"
            << (stored_.origins.empty()
                    ? ""
                    : absl::StrCat(", ", stored_.origins.size(), " origins, ",
                                   stored_.other_realms.size(), " further realms"))
            << (loaded_.options.oauth ? absl::StrCat(", ", stored_.oauth_keys.size(),
                                                     " keys of authorization servers")
                                      : "");
}

void Operation::TakeAlternates() {
  if (!parts_.alternates.HasChanged(loaded_.options, parts_.relay.Sum().allocations)) return;
  if (const absl::Status status = Apply(loaded_.options, stored_); !status.ok()) {
    LOG(ERROR) << "alternate servers stay as they are: " << status.message();
  }
}

void Operation::ReloadCertificates() {
  if (parts_.certificate.certificate.empty()) return;
  absl::Status status = parts_.tcp.ReloadCertificate();
  if (status.ok() && parts_.dtls != nullptr) status = parts_.dtls->ReloadCertificate();
  if (status.ok()) status = parts_.admin.ReloadCertificate();
  if (status.ok()) status = parts_.metrics.ReloadCertificate();
  if (!status.ok()) {
    LOG(ERROR) << "the certificate stays as it is: " << status.message();
    return;
  }
  LOG(INFO) << "certificate read again";
}

void Operation::BeginDraining() {
  if (draining_since_) return;
  draining_since_ = Now();
  parts_.ready.store(false, std::memory_order_relaxed);
  parts_.relay.Drain();
  const uint32_t limit_s = loaded_.options.drain_timeout_s;
  LOG(INFO) << "draining: no new allocations; " << parts_.relay.Sum().allocations << " go on"
            << (limit_s > 0 ? ", for " + std::to_string(limit_s) + " seconds at most" : "");
}

bool Operation::DrainingIsOver() const {
  if (!draining_since_) return false;
  const ServerOptions& o = loaded_.options;
  if (parts_.relay.IsDrained(o.drain_min_allocations)) {
    LOG(INFO) << "drained";
    return true;
  }
  if (o.drain_timeout_s == 0 ||
      Now() - *draining_since_ < std::chrono::seconds(o.drain_timeout_s)) {
    return false;
  }
  LOG(WARNING) << "drain-timeout is over";
  return true;
}

}  // namespace koeru::server
