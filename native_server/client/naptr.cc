#include "native_server/client/naptr.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/bytes/ascii.h"
#include "core/bytes/escape.h"

namespace koeru::server {
namespace {

using net::Transport;

// RFC 5928 section 5, RFC 7350 section 7.
std::optional<Transport> TransportOf(std::string_view protocol) {
  if (EqualsIgnoringCase(protocol, "turn.udp")) return Transport::kUdp;
  if (EqualsIgnoringCase(protocol, "turn.tcp")) return Transport::kTcp;
  if (EqualsIgnoringCase(protocol, "turn.tls")) return Transport::kTls;
  if (EqualsIgnoringCase(protocol, "turn.dtls")) return Transport::kDtls;
  return std::nullopt;
}

// RFC 3958 section 6.5: "RELAY:turn.udp:turn.tcp". Empty when it is another service.
std::vector<Transport> TransportsIn(std::string_view service) {
  std::vector<Transport> transports;
  const std::vector<std::string_view> tags = absl::StrSplit(service, ':');
  if (!EqualsIgnoringCase(tags.front(), "RELAY")) return transports;
  for (size_t i = 1; i < tags.size(); ++i) {
    if (const auto transport = TransportOf(tags[i])) transports.push_back(*transport);
  }
  return transports;
}

std::string TextOf(const NaptrRecord& record) {
  return absl::StrCat(record.order, " ", record.preference, " \"", Escape(record.flags), "\" \"",
                      Escape(record.service), "\" ", Escape(record.replacement));
}

}  // namespace

std::vector<NaptrTarget> FollowNaptr(std::string_view domain, NameService& names,
                                     std::vector<Lookup>& lookups) {
  std::vector<NaptrTarget> targets;
  std::vector<std::string> domains{std::string(domain)};  // the first `asked` are done
  for (size_t asked = 0; asked < domains.size() && asked < kMostNaptrQuestions; ++asked) {
    const std::string name = domains[asked];
    const NaptrAnswer answer = names.LookUpNaptr(name);
    Lookup lookup{name, "NAPTR", {}, answer.error};
    for (const NaptrRecord& record : answer.records) {
      lookup.answers.push_back(TextOf(record));
      const std::vector<Transport> transports = TransportsIn(record.service);
      if (transports.empty()) continue;
      if (record.flags.empty()) {
        const bool is_new = std::ranges::find(domains, record.replacement) == domains.end();
        if (is_new) domains.push_back(record.replacement);
        continue;
      }
      const bool is_host = EqualsIgnoringCase(record.flags, "A");
      if (!is_host && !EqualsIgnoringCase(record.flags, "S")) continue;
      for (const Transport transport : transports) {
        if (targets.size() == kMostNaptrTargets) break;
        targets.push_back({transport,
                           is_host ? NaptrTarget::Kind::kHost : NaptrTarget::Kind::kService,
                           record.replacement});
      }
    }
    lookups.push_back(std::move(lookup));
  }
  return targets;
}

}  // namespace koeru::server
