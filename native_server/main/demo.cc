#include "native_server/main/demo.h"

#include <array>

#include "absl/strings/str_cat.h"
#include "core/bytes/hex.h"
#include "native_server/io/state_dir.h"
#include "native_server/main/ice_credential.h"
#include "native_server/main/urls.h"

namespace koeru::server {
namespace {

std::string NewSecret(relay::RandomSource& random) {
  std::array<uint8_t, 24> bytes{};
  random.Fill(bytes);
  return ToHex(bytes);
}

}  // namespace

absl::Status PrepareDemo(ServerOptions& options, relay::RandomSource& random) {
  if (options.static_auth_secrets.empty() && options.users.empty() && !options.no_auth) {
    options.static_auth_secrets.push_back(NewSecret(random));
  }
  if (options.state_dir.empty()) options.state_dir = DefaultStateDir();
  if (absl::Status status = MakeStateDir(options.state_dir); !status.ok()) return status;
  if (options.log_file.empty()) options.log_file = options.state_dir + "/koeru-relay.log";
  if (options.web_roots.empty()) options.web_roots = DefaultWebRoots();
  options.web_stats = true;
  if (options.admin_socket.empty()) options.admin_socket = options.state_dir + "/admin.sock";
  return absl::OkStatus();
}

std::string DemoText(const ServerOptions& options, const relay::RelayConfig& config,
                     const Machine& machine, net::UnixTime now) {
  std::string text = "\nKoeru demo\n\n";
  std::string_view title = "  Page        ";
  for (const std::string& url : PageUrls(options, machine)) {
    absl::StrAppend(&text, title, url, "\n");
    title = "              ";
  }
  absl::StrAppend(
      &text, "              (the certificate is self-signed: let the browser go on)\n",
      "  iceServers  ", IceServersJson(options, config, BestHost(options, machine), now),
      "\n  Log         ", options.log_file,
      "\n  Stop        Ctrl-C\n\n"
      "  Warning: loopback and private addresses are allowed as peers. This is for trying it out,\n"
      "  not for a server on the internet.\n\n");
  return text;
}

}  // namespace koeru::server
