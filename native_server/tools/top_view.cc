#include "native_server/tools/top_view.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_to.hpp>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace koeru::tools {
namespace {

namespace json = boost::json;

// Reads members and remembers whether all of them were there.
class Members {
 public:
  explicit Members(bool& ok) : ok_(ok) {}
  uint64_t Number(const json::object& from, std::string_view name) {
    const json::value* const value = from.if_contains(name);
    if (value == nullptr || !value->is_int64() || value->get_int64() < 0) return ok_ = false, 0;
    return static_cast<uint64_t>(value->get_int64());
  }
  std::string Text(const json::object& from, std::string_view name) {
    const json::value* const value = from.if_contains(name);
    if (value == nullptr || !value->is_string()) return ok_ = false, "";
    return std::string(value->get_string());
  }
  json::object Object(const json::object& from, std::string_view name) {
    const json::value* const value = from.if_contains(name);
    if (value == nullptr || !value->is_object()) return ok_ = false, json::object();
    return value->get_object();
  }
  json::array Array(const json::object& from, std::string_view name) {
    const json::value* const value = from.if_contains(name);
    if (value == nullptr || !value->is_array()) return ok_ = false, json::array();
    return value->get_array();
  }

 private:
  bool& ok_;
};

using Row = std::array<std::string, 8>;

// Columns as wide as their widest text; two spaces between them.
std::string Table(const std::vector<Row>& rows, size_t columns) {
  std::array<size_t, 8> widths{};
  for (const Row& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (const Row& row : rows) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) {
      absl::StrAppend(&line, row[i], std::string(widths[i] - row[i].size() + 2, ' '));
    }
    line.resize(std::min(columns, line.find_last_not_of(' ') + 1));
    absl::StrAppend(&text, line, "\n");
  }
  return text;
}

// "1.2 MB 30 kB/s": all of it, and what came since `before`.
class Rates {
 public:
  Rates(double seconds, TopMemory& memory) : seconds_(seconds), memory_(memory) {}
  ~Rates() { memory_.bytes = std::move(now_); }
  std::string Text(const std::string& name, uint64_t bytes) {
    now_[name] = bytes;
    const auto before = memory_.bytes.find(name);
    if (seconds_ <= 0 || before == memory_.bytes.end() || bytes < before->second) {
      return ToBytesText(static_cast<double>(bytes));
    }
    const double rate = static_cast<double>(bytes - before->second) / seconds_;
    return absl::StrCat(ToBytesText(static_cast<double>(bytes)), " ", ToBytesText(rate), "/s");
  }

 private:
  const double seconds_;
  TopMemory& memory_;
  std::map<std::string, uint64_t> now_;
};

std::string HeadOf(const json::object& status, Members& members, Rates& rates) {
  const json::object counters = members.Object(status, "counters");
  uint64_t dropped = 0;
  for (const auto& cause : members.Object(counters, "dropped")) {
    if (cause.value().is_int64()) dropped += static_cast<uint64_t>(cause.value().get_int64());
  }
  const json::value* const draining = status.if_contains("draining");
  const bool drains = draining != nullptr && draining->is_bool() && draining->get_bool();
  return absl::StrCat(
      "koeru-relay ", members.Text(status, "version"), ", up ",
      ToDurationText(members.Number(counters, "uptime_s")), drains ? ", DRAINING" : "", ", ",
      members.Number(counters, "allocations"), " allocations now, ",
      members.Number(counters, "allocations_total"), " since the start, ",
      members.Number(counters, "unauthorized"), " times 401, ", dropped, " packets dropped\n",
      "to peers ",
      rates.Text("to peers", members.Number(members.Object(counters, "client_to_peer"), "bytes")),
      ", to clients ",
      rates.Text("to clients", members.Number(members.Object(counters, "peer_to_client"), "bytes")),
      "\n");
}

}  // namespace

std::string ToBytesText(double bytes) {
  constexpr std::array<const char*, 5> kUnits = {"B", "kB", "MB", "GB", "TB"};
  size_t unit = 0;
  while (bytes >= 1000 && unit + 1 < kUnits.size()) bytes /= 1000, ++unit;
  return unit == 0 || bytes >= 100 ? absl::StrFormat("%.0f %s", bytes, kUnits[unit])
                                   : absl::StrFormat("%.1f %s", bytes, kUnits[unit]);
}

std::string ToDurationText(uint64_t seconds) {
  if (seconds < 60) return absl::StrCat(seconds, " s");
  if (seconds < 3600) return absl::StrCat(seconds / 60, " min ", seconds % 60, " s");
  return absl::StrCat(seconds / 3600, " h ", seconds % 3600 / 60, " min");
}

absl::StatusOr<std::string> TopText(const json::object& status, const json::object& allocations,
                                    double seconds, const TopSize& size, TopMemory& memory) {
  bool ok = true;
  Members members(ok);
  Rates rates(seconds, memory);
  std::string text = HeadOf(status, members, rates);
  const json::array list = members.Array(allocations, "allocations");
  std::vector<Row> rows = {
      {"ID", "USER", "CLIENT", "VIA", "RELAYED", "AGE", "TO PEERS", "TO CLIENT"}};
  for (const json::value& value : list) {
    if (!value.is_object()) {
      ok = false;
      break;
    }
    const json::object& one = value.get_object();
    const std::string id = members.Text(one, "id");
    const std::string user = members.Text(one, "user");
    rows.push_back(
        {id, user.empty() ? "-" : user, members.Text(one, "client"), members.Text(one, "transport"),
         members.Text(one, "relayed"), ToDurationText(members.Number(one, "age_s")),
         rates.Text(id + " peer", members.Number(members.Object(one, "to_peer"), "bytes")),
         rates.Text(id + " client", members.Number(members.Object(one, "to_client"), "bytes"))});
  }
  const uint64_t total = members.Number(allocations, "total");
  if (!ok) return absl::DataLossError("the relay is of another version than this program");
  // The head has two lines, and there is an empty one and one that says how many are not shown.
  const size_t all = rows.size();
  if (size.rows > 5) rows.resize(std::min(rows.size(), size.rows - 4));
  absl::StrAppend(&text, "\n", Table(rows, size.columns));
  const uint64_t hidden = total - std::min<uint64_t>(total, rows.size() - 1);
  if (hidden > 0 && all > 1) absl::StrAppend(&text, "and ", hidden, " more\n");
  return text;
}

}  // namespace koeru::tools
