#include "native_server/tools/load/load.h"

#include "absl/strings/str_cat.h"
#include "core/bytes/escape.h"
#include "core/relay/special_ranges.h"
#include "native_server/client/discovery.h"
#include "native_server/client/resolver.h"
#include "native_server/tools/load/load_run.h"
#include "native_server/tools/stop_on_interrupt.h"

namespace koeru::tools {
namespace {

constexpr int kExitNothingBack = 1;

int Refuse(std::string_view error, const CommandIo& io, int code = kExitBadInput) {
  Put(io.err, absl::StrCat("koeru load: ", error, "\n"));
  return code;
}

// Loopback, and networks that are somebody's own.
bool IsOwnNetwork(const net::Address& address) {
  return relay::FindSpecialRange(address) != nullptr;
}

absl::StatusOr<server::LinkOptions> FindServer(const LoadOptions& options) {
  const auto uri = ice::Uri::Parse(options.uri);
  if (!uri.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(Escape(options.uri), ": ", uri.error().reason));
  }
  if (!uri->is_turn()) return absl::InvalidArgumentError("only turn: and turns: relay");
  auto resolver = server::Resolver::Make({options.dns, std::chrono::seconds(5)});
  if (!resolver.ok()) return resolver.status();
  server::LinkOptions link;
  for (const auto& candidate : server::Discover(*uri, **resolver).candidates) {
    if (!candidate.is_asked_for) continue;
    if (!IsOwnNetwork(candidate.endpoint.address) && !options.may_load_this_server) {
      return absl::InvalidArgumentError(
          absl::StrCat(candidate.endpoint.ToString(),
                       " is a public server: to load it you need its operator's leave; with that, "
                       "add --i-may-load-this-server"));
    }
    link.transport = candidate.transport;
    link.server = candidate.endpoint;
    link.server_name = uri->host.text;
    return link;
  }
  return absl::NotFoundError("the server's name has no address; `koeru check` says more");
}

absl::Status AddTls(const LoadOptions& options, server::LinkOptions& link) {
  if (link.transport != net::Transport::kTls && link.transport != net::Transport::kDtls) {
    return absl::OkStatus();
  }
  server::TlsClientOptions tls;
  tls.trusted_file = options.ca_file;
  tls.datagram = link.transport == net::Transport::kDtls;
  auto context = server::TlsContext::ForClient(tls);
  if (!context.ok()) return context.status();
  link.tls = *std::move(context);
  return absl::OkStatus();
}

}  // namespace

int RunLoad(Arguments arguments, const CommandIo& io) {
  LoadOptions options;
  if (const std::string error = ParseLoadOptions(arguments, options); !error.empty()) {
    return Refuse(error, io);
  }
  if (options.help) {
    Put(io.out, LoadHelp());
    return kExitOk;
  }
  auto link = FindServer(options);
  if (!link.ok()) return Refuse(link.status().message(), io);
  if (absl::Status status = AddTls(options, *link); !status.ok()) {
    return Refuse(status.message(), io);
  }
  auto credentials =
      ReadClientCredentials(options.user, options.password_file, options.secret_file, io);
  if (!credentials.ok()) return Refuse(credentials.status().message(), io);

  const StopOnInterrupt interrupt;
  LoadRun run(options, *std::move(credentials));
  if (absl::Status status = run.Prepare(*link, interrupt.asked()); !status.ok()) {
    return Refuse(status.message(), io, kExitNothingBack);
  }
  const LoadStats stats = run.Run(interrupt.asked(), [&](std::string_view line) {
    Put(io.err, line);
    std::fflush(io.err);
  });
  Put(io.out, options.json ? LoadJson(stats) : LoadTable(stats));
  if (stats.counts.received > 0) return kExitOk;
  return Refuse(
      "nothing came back: does the server take this machine's address as a peer? On its own "
      "machine "
      "allow-loopback-peers or allowed-peer-ip is needed; else look at this machine's firewall",
      io, kExitNothingBack);
}

}  // namespace koeru::tools
