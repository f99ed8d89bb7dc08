#include "native_server/client/discovery.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "core/bytes/escape.h"
#include "native_server/client/naptr.h"

namespace koeru::server {
namespace {

using net::Transport;

// SRV records of a service are many only by mistake.
constexpr size_t kMostRecords = 4;

bool IsSecured(Transport transport) {
  return transport == Transport::kTls || transport == Transport::kDtls;
}

Transport AskedFor(const ice::Uri& uri) {
  const bool udp = uri.transport == ice::UriTransport::kUdp;
  if (uri.is_secure()) return udp ? Transport::kDtls : Transport::kTls;
  return udp ? Transport::kUdp : Transport::kTcp;
}

std::vector<Transport> TransportsOf(const ice::Uri& uri) {
  if (uri.transport_given) return {AskedFor(uri)};
  if (uri.is_secure()) return {Transport::kTls, Transport::kDtls};
  // A port belongs to the scheme it was written with.
  if (uri.port_given) return {Transport::kUdp, Transport::kTcp};
  return {Transport::kUdp, Transport::kTcp, Transport::kTls, Transport::kDtls};
}

// RFC 5928 section 3, RFC 8489 section 8.1: "_turn._udp", "_turns._tcp".
std::string ServiceOf(const ice::Uri& uri, Transport transport) {
  return absl::StrCat(uri.is_turn() ? "_turn" : "_stun", IsSecured(transport) ? "s" : "",
                      net::IsStream(transport) ? "._tcp." : "._udp.", uri.host.text);
}

uint16_t PortOf(const ice::Uri& uri, Transport transport) {
  if (uri.port_given) return uri.port;
  return ice::DefaultPort(IsSecured(transport) ? ice::Scheme::kTurns : ice::Scheme::kTurn);
}

class Search {
 public:
  Search(const ice::Uri& uri, NameService& names) : uri_(uri), names_(names) {}

  Discovery Run() {
    const std::vector<Transport> transports = TransportsOf(uri_);
    if (!uri_.host.address) AddPointers(transports);
    for (const Transport transport : transports) {
      if (uri_.host.address) {
        Add(transport, *uri_.host.address, PortOf(uri_, transport), {});
      } else if (!IsPointedTo(transport) &&
                 (uri_.port_given || !AddServices(transport, ServiceOf(uri_, transport)))) {
        AddHost(transport, std::string(uri_.host.text), PortOf(uri_, transport));
      }
    }
    return std::move(found_);
  }

 private:
  // RFC 5928 section 3 step 4: only for TURN, and where the URI leaves port and transport open.
  void AddPointers(const std::vector<Transport>& transports) {
    if (!uri_.is_turn() || uri_.port_given || uri_.transport_given) return;
    for (const NaptrTarget& target : FollowNaptr(uri_.host.text, names_, found_.lookups)) {
      if (std::ranges::find(transports, target.transport) == transports.end()) continue;
      if (target.kind == NaptrTarget::Kind::kService) {
        AddServices(target.transport, target.name);
      } else {
        AddHost(target.transport, target.name, PortOf(uri_, target.transport));
      }
    }
  }
  bool IsPointedTo(Transport transport) const {
    return std::ranges::find(found_.candidates, transport, &ServerCandidate::transport) !=
           found_.candidates.end();
  }

  // False: there are no such records.
  bool AddServices(Transport transport, const std::string& name) {
    ServiceAnswer answer = names_.LookUpService(name);
    if (answer.records.size() > kMostRecords) answer.records.resize(kMostRecords);
    Lookup lookup{name, "SRV", {}, answer.error};
    for (const ServiceRecord& record : answer.records) {
      lookup.answers.push_back(absl::StrCat(Escape(record.host), ":", record.port));
    }
    found_.lookups.push_back(std::move(lookup));
    for (const ServiceRecord& record : answer.records) {
      AddHost(transport, record.host, record.port);
    }
    return !answer.records.empty();
  }

  void AddHost(Transport transport, const std::string& host, uint16_t port) {
    std::string record;
    if (host != uri_.host.text || port != PortOf(uri_, transport)) {
      record = absl::StrCat(Escape(host), ":", port);
    }
    for (const net::Address& address : AddressesOf(host)) Add(transport, address, port, record);
  }

  void Add(Transport transport, const net::Address& address, uint16_t port,
           const std::string& record) {
    const ServerCandidate candidate{
        transport, {address, port}, transport == AskedFor(uri_), record};
    const bool known = std::any_of(
        found_.candidates.begin(), found_.candidates.end(), [&](const ServerCandidate& other) {
          return other.transport == transport && other.endpoint == candidate.endpoint;
        });
    if (!known) found_.candidates.push_back(candidate);
  }

  // Each host is asked for once.
  std::vector<net::Address> AddressesOf(const std::string& host) {
    for (const auto& [name, addresses] : known_hosts_) {
      if (name == host) return addresses;
    }
    const HostAnswer answer = names_.LookUpHost(host);
    Lookup lookup{host, "A and AAAA", {}, answer.error};
    for (const net::Address& address : answer.addresses) {
      lookup.answers.push_back(address.ToString());
    }
    found_.lookups.push_back(std::move(lookup));
    known_hosts_.emplace_back(host, answer.addresses);
    return answer.addresses;
  }

  const ice::Uri& uri_;
  NameService& names_;
  Discovery found_;
  std::vector<std::pair<std::string, std::vector<net::Address>>> known_hosts_;
};

}  // namespace

Discovery Discover(const ice::Uri& uri, NameService& names) { return Search(uri, names).Run(); }

std::string_view TransportName(Transport transport) {
  switch (transport) {
    case Transport::kUdp:
      return "UDP";
    case Transport::kTcp:
      return "TCP";
    case Transport::kTls:
      return "TLS";
    case Transport::kDtls:
      break;
  }
  return "DTLS";
}

}  // namespace koeru::server
