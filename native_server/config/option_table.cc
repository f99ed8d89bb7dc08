#include "native_server/config/option_table.h"

#include <algorithm>
#include <string>
#include <vector>

#include "core/bytes/nearest_name.h"

namespace koeru::server {

const std::vector<Option>& OptionTable() {
  static const std::vector<Option> table = [] {
    std::vector<Option> rows;
    for (const auto part :
         {NetworkOptions(), CredentialOptions(), ProtocolOptions(), RedirectOptions(),
          ServiceOptions(), ProcessOptions(), LegacyOptions()}) {
      rows.insert(rows.end(), part.begin(), part.end());
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const Option& a, const Option& b) { return a.group < b.group; });
    return rows;
  }();
  return table;
}

const Option* FindOption(std::string_view name) {
  const auto& table = OptionTable();
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const Option& option) { return option.name == name; });
  return found == table.end() ? nullptr : &*found;
}

const Option* FindOption(char letter) {
  const auto& table = OptionTable();
  const auto found = std::find_if(table.begin(), table.end(), [&](const Option& option) {
    return option.letter != 0 && option.letter == letter;
  });
  return found == table.end() ? nullptr : &*found;
}

std::string_view NearestOptionName(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Option& option : OptionTable()) names.push_back(option.name);
  return NearestName(name, names);
}

std::string_view GroupTitle(Group group) {
  switch (group) {
    case Group::kListeners:
      return "Where clients reach it";
    case Group::kRelay:
      return "Relayed addresses, threads and sockets";
    case Group::kCredentials:
      return "Who may use it";
    case Group::kPeers:
      return "Which peers may be reached";
    case Group::kLimits:
      return "Limits";
    case Group::kProtocol:
      return "Protocol";
    case Group::kTls:
      return "Certificates and TLS";
    case Group::kWeb:
      return "Page, signalling and credentials over HTTPS";
    case Group::kLog:
      return "Log";
    case Group::kProcess:
      return "Process";
    case Group::kDatabase:
      return "Databases";
    case Group::kRedirect:
      return "Redirection";
    case Group::kMonitoring:
      return "Metrics and administration";
    case Group::kLegacy:
      return "Old names found in users' files";
  }
  return "";
}

}  // namespace koeru::server
