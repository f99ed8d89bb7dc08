#include "native_server/tools/check/check.h"

#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "core/bytes/escape.h"
#include "native_server/client/resolver.h"
#include "native_server/io/clock.h"
#include "native_server/tools/call/call_tls.h"
#include "native_server/tools/check/check_options.h"
#include "native_server/tools/check/judge.h"
#include "native_server/tools/check/media_probe.h"
#include "native_server/tools/check/probe.h"
#include "native_server/tools/check/report.h"
#include "native_server/tools/client_credentials.h"

namespace koeru::tools {
namespace {

constexpr int kExitWrong = 1;

int Refuse(std::string_view error, const CommandIo& io) {
  Put(io.err, absl::StrCat("koeru check: ", error, "\n"));
  return kExitBadInput;
}

// What is wrong with a URI, or nothing.
std::string ErrorOf(const std::string& text) {
  const auto uri = ice::Uri::Parse(text);
  if (uri.ok()) return {};
  return absl::StrCat(Escape(text), ": ", uri.error().reason, " (at character ",
                      uri.error().offset + 1, ")");
}

// Prints each part when it is known: a silent port takes its time.
class Printer {
 public:
  Printer(bool json, const CommandIo& io)
      : out_(json ? nullptr : io.out), colour_(::isatty(::fileno(io.out)) == 1) {}

  void Print(const std::vector<server::Lookup>& lookups) { Show(LookupLines(lookups)); }
  void Print(const JudgedTarget& target) { Show(TargetLines(target, colour_)); }
  void Print(const Verdict& verdict) { Show(VerdictLines(verdict, colour_)); }

 private:
  void Show(const std::string& text) {
    if (out_ == nullptr) return;
    Put(out_, text);
    std::fflush(out_);
  }
  std::FILE* out_;
  bool colour_;
};

// `media` may be null.
CheckedUri Check(const std::string& text, server::NameService& names, const Prober& prober,
                 const MediaProbe* media, Printer& printer) {
  CheckedUri checked{text, {}, {}};
  const auto uri = ice::Uri::Parse(text);
  server::Discovery found = server::Discover(*uri, names);
  checked.lookups = std::move(found.lookups);
  printer.Print(checked.lookups);
  for (const server::ServerCandidate& candidate : found.candidates) {
    const CheckTarget target{text, std::string(uri->host.text), uri->is_turn(), candidate};
    JudgedTarget judged{prober.Run(target), {}};
    judged.findings = Judge(judged.facts, server::WallNow());
    if (media != nullptr) judged.findings = media->AddTo(judged);
    printer.Print(judged);
    checked.targets.push_back(std::move(judged));
  }
  return checked;
}

absl::StatusOr<std::unique_ptr<MediaProbe>> MediaProbeOf(const CheckOptions& options,
                                                         const ProbeOptions& probe,
                                                         server::NameService& names) {
  if (!options.media) return nullptr;
  auto tls = TlsForCalls(options.ca_file, /*insecure=*/false);
  if (!tls.ok()) return tls.status();
  return std::make_unique<MediaProbe>(MediaProbeOptions{.url = *options.media,
                                                        .user = probe.user,
                                                        .password = probe.password,
                                                        .tls = *std::move(tls),
                                                        .timeout = probe.timeout},
                                      names);
}

absl::StatusOr<ProbeOptions> ProbeOptionsOf(const CheckOptions& options, const CommandIo& io) {
  auto credentials =
      ReadClientCredentials(options.user, options.password_file, options.secret_file, io);
  if (!credentials.ok()) return credentials.status();
  ProbeOptions probe;
  probe.timeout = std::chrono::seconds(options.timeout_s);
  probe.user = credentials->user;
  probe.password = credentials->password;
  probe.secret = credentials->secret;
  probe.echo_peer = options.echo_peer;
  probe.burst_kbps = options.rate_kbps;
  probe.ca_file = options.ca_file;
  return probe;
}

}  // namespace

int RunCheck(Arguments arguments, const CommandIo& io) {
  CheckOptions options;
  if (const std::string error = ParseCheckOptions(arguments, options); !error.empty()) {
    return Refuse(error, io);
  }
  if (options.help) {
    Put(io.out, CheckHelp());
    return kExitOk;
  }
  for (const std::string& uri : options.uris) {
    if (const std::string error = ErrorOf(uri); !error.empty()) return Refuse(error, io);
  }
  auto probe = ProbeOptionsOf(options, io);
  if (!probe.ok()) return Refuse(probe.status().message(), io);
  auto resolver = server::Resolver::Make({options.dns, probe->timeout});
  if (!resolver.ok()) return Refuse(resolver.status().message(), io);
  const auto media = MediaProbeOf(options, *probe, **resolver);
  if (!media.ok()) return Refuse(media.status().message(), io);
  const auto prober = Prober::Make(*std::move(probe));
  if (!prober.ok()) return Refuse(prober.status().message(), io);

  Printer printer(options.json, io);
  std::vector<CheckedUri> checked;
  for (const std::string& uri : options.uris) {
    checked.push_back(Check(uri, **resolver, **prober, media->get(), printer));
  }
  const Verdict verdict = Conclude(checked);
  printer.Print(verdict);
  if (options.json) Put(io.out, ReportJson(checked, verdict));
  return verdict.good ? kExitOk : kExitWrong;
}

}  // namespace koeru::tools
