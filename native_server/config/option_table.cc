#include "native_server/config/option_table.h"

#include <algorithm>
#include <string>

namespace koeru::server {
namespace {

// Edits from one name to the other: a letter more, less, other, or two neighbours swapped
// (optimal string alignment).
size_t Distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<size_t>> d(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t change = d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

}  // namespace

const std::vector<Option>& OptionTable() {
  static const std::vector<Option> table = [] {
    std::vector<Option> rows;
    for (const auto part : {NetworkOptions(), CredentialOptions(), ProtocolOptions(),
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
  if (name.empty() || name.size() > 64) return {};
  std::string_view nearest;
  size_t best = std::max<size_t>(2, name.size() / 3) + 1;
  for (const Option& option : OptionTable()) {
    const size_t distance = Distance(name, option.name);
    if (distance < best) {
      best = distance;
      nearest = option.name;
    }
  }
  return nearest;
}

std::string_view GroupTitle(Group group) {
  switch (group) {
    case Group::kListeners: return "Where clients reach it";
    case Group::kRelay: return "Relayed addresses, threads and sockets";
    case Group::kCredentials: return "Who may use it";
    case Group::kPeers: return "Which peers may be reached";
    case Group::kLimits: return "Limits";
    case Group::kProtocol: return "Protocol";
    case Group::kTls: return "Certificates and TLS";
    case Group::kWeb: return "Page, signalling and credentials over HTTPS";
    case Group::kLog: return "Log";
    case Group::kProcess: return "Process";
    case Group::kDatabase: return "Databases";
    case Group::kRedirect: return "Redirection";
    case Group::kMonitoring: return "Metrics and administration";
    case Group::kLegacy: return "Old names found in users' files";
  }
  return "";
}

}  // namespace koeru::server
