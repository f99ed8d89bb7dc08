#include "native_server/main/check_config.h"

#include "absl/strings/str_cat.h"
#include "native_server/config/effective.h"
#include "native_server/config/load_options.h"
#include "native_server/config/nat_discovery.h"
#include "native_server/config/risks.h"
#include "native_server/io/random.h"
#include "native_server/main/user_database.h"
#include "native_server/tls/tls_context.h"

namespace koeru::server {
namespace {

constexpr std::time_t kDay_s = 24 * 3600;
constexpr std::time_t kSoon_s = 30 * kDay_s;

struct Findings {
  std::vector<std::string> discovery;
  std::vector<std::string> errors;
  std::vector<std::string> risks;

  void AddError(const absl::Status& status) {
    if (!status.ok()) errors.emplace_back(status.message());
  }
};

std::string Count(size_t count, std::string_view what) {
  return absl::StrCat(count, " ", what, count == 1 ? "" : "s");
}

void CheckCertificate(const ServerOptions& o, std::time_t now, Findings& found) {
  if (o.cert.empty() || o.pkey.empty()) return;
  const auto context = TlsContext::ForServer({.certificate_file = o.cert,
                                              .key_file = o.pkey,
                                              .key_password = o.pkey_password,
                                              .client_ca_file = o.ca_file});
  if (!context.ok()) return found.AddError(context.status());
  const std::time_t left_s = (*context)->expires_at() - now;
  if (left_s <= 0) {
    found.risks.push_back(
        absl::StrCat("cert ", o.cert, " has expired: no client trusts it; renew it"));
  } else if (left_s < kSoon_s) {
    found.risks.push_back(absl::StrCat("cert ", o.cert, " expires in ", left_s / kDay_s,
                                       " days: renew it, and see that this happens by itself"));
  }
  if ((*context)->is_self_signed()) {
    found.risks.push_back(absl::StrCat("cert ", o.cert,
                                       " is self-signed: browsers warn, and TURN clients do not "
                                       "connect; get one from an authority"));
  }
}

void CheckOptions(const CommandLine& command_line, const Machine& machine, std::time_t now,
                  LoadedOptions& loaded, Findings& found) {
  const auto raw = ReadRawOptions(command_line);
  if (!raw.ok()) return found.AddError(raw.status());
  for (const absl::Status& wrong : ApplyAllOptions(*raw, loaded)) found.AddError(wrong);
  for (const absl::Status& wrong : FindContradictions(loaded)) found.AddError(wrong);
  CheckCertificate(loaded.options, now, found);
  found.AddError(CheckUserDatabase(loaded.options));
  SystemRandom random;
  const auto config = MakeRelayConfig(loaded.options, machine, random);
  found.AddError(config.status());
  if (config.ok()) {
    for (const relay::AlternatePair& pair : config->alternate_pairs) {
      found.discovery.push_back(ToText(pair));
    }
    for (std::string& risk : FindRisks(loaded.options, *config)) {
      found.risks.push_back(std::move(risk));
    }
  }
}

void Append(std::string_view title, const std::vector<std::string>& list, std::string& text) {
  if (list.empty()) return;
  absl::StrAppend(&text, "\n", title, ":\n");
  for (const std::string& one : list) absl::StrAppend(&text, "  - ", one, "\n");
}

}  // namespace

ConfigCheck CheckConfig(const CommandLine& command_line, const Machine& machine, std::time_t now) {
  LoadedOptions loaded;
  Findings found;
  CheckOptions(command_line, machine, now, loaded, found);
  ConfigCheck check{.text = "Effective configuration\n", .would_start = found.errors.empty()};
  absl::StrAppend(&check.text, EffectiveText(loaded));
  Append("NAT behaviour discovery (rfc5780)", found.discovery, check.text);
  Append("Errors", found.errors, check.text);
  Append("Risks", found.risks, check.text);
  Append("Notes", loaded.warnings, check.text);
  absl::StrAppend(&check.text, "\n",
                  check.would_start ? "koeru-relay would start" : "koeru-relay would not start",
                  ": ", Count(found.errors.size(), "error"), ", ",
                  Count(found.risks.size(), "risk"), "\n");
  return check;
}

}  // namespace koeru::server
