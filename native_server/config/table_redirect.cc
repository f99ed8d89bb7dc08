// Options: other servers to send clients to.

#include <array>

#include "absl/strings/str_cat.h"
#include "native_server/config/option_table.h"
#include "native_server/config/setters.h"

namespace koeru::server {
namespace {

using O = ServerOptions;

constexpr Group kR = Group::kRedirect;

absl::Status AddLoad(ServerOptions& options, std::string_view value, std::string_view) {
  const size_t comma = value.find(',');
  const std::string_view url = comma == value.npos ? "" : value.substr(comma + 1);
  const auto address = ParseAddress(value.substr(0, comma));
  if (!address.ok() || !(url.starts_with("http://") || url.starts_with("https://"))) {
    return absl::InvalidArgumentError(
        absl::StrCat(Quoted(value),
                     ": write the address of the alternate server, a comma, and where it says "
                     "how busy it is: 192.0.2.7,http://10.0.0.7:9641/load"));
  }
  options.alternate_loads.push_back({*address, std::string(url)});
  return absl::OkStatus();
}

constexpr auto kRows = std::to_array<Option>({
    Live(List("alternate-server", Kind::kText, kR, "",
              "send clients over UDP and TCP there (address or address:port), in turn",
              AddEndpoint<&O::alternate_servers, 3478>)),
    Live(List("udp-alternate-server", Kind::kText, kR, "alternate-server",
              "the same for clients over UDP", AddEndpoint<&O::udp_alternate_servers, 3478>)),
    Live(List("tcp-alternate-server", Kind::kText, kR, "alternate-server",
              "the same for clients over TCP", AddEndpoint<&O::tcp_alternate_servers, 3478>)),
    Live(List("tls-alternate-server", Kind::kText, kR, "", "the same for clients over TLS and DTLS",
              AddEndpoint<&O::tls_alternate_servers, 5349>)),
    Live(Value("alternate-domain", Kind::kText, kR, "",
               "name in the certificates of the alternate servers, told to clients",
               SetText<&O::alternate_domain>)),
    Live(Value("alternate-server-above", Kind::kNumber, kR, "0",
               "clients stay here as long as fewer allocations than that live here",
               SetNumber<&O::alternates_above, 0, 1u << 20>)),
    List(
        "alternate-server-load", Kind::kText, kR, "",
        "address of an alternate server, a comma, and the URL of /load on its prometheus-port: who "
        "has more room gets more clients, and who is full, drains or does not answer gets none",
        AddLoad),
    Value("alternate-server-token", Kind::kSecret, kR, "",
          "sent there as Authorization: Bearer TOKEN: their prometheus-token",
          SetText<&O::alternate_token>),
});

}  // namespace

std::span<const Option> RedirectOptions() { return kRows; }

}  // namespace koeru::server
