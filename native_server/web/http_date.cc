#include "native_server/web/http_date.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace koeru::server::web {
namespace {

constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

}  // namespace

std::string FormatHttpDate(std::time_t time) {
  std::tm t{};
  gmtime_r(&time, &t);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                kDays[static_cast<size_t>(t.tm_wday)], t.tm_mday,
                kMonths[static_cast<size_t>(t.tm_mon)], t.tm_year + 1900, t.tm_hour, t.tm_min,
                t.tm_sec);
  return text.data();
}

std::optional<std::time_t> ParseHttpDate(std::string_view text) {
  std::array<char, 4> month{};
  std::tm t{};
  int end = 0;
  const std::string terminated(text);
  if (std::sscanf(terminated.c_str(), "%*3[A-Za-z], %2d %3[A-Za-z] %4d %2d:%2d:%2d GMT%n",
                  &t.tm_mday, month.data(), &t.tm_year, &t.tm_hour, &t.tm_min, &t.tm_sec,
                  &end) != 6 ||
      static_cast<size_t>(end) != text.size() || end == 0) {
    return std::nullopt;
  }
  const auto found = std::find_if(kMonths.begin(), kMonths.end(), [&](const char* name) {
    return std::string_view(name) == month.data();
  });
  if (found == kMonths.end()) return std::nullopt;
  t.tm_mon = static_cast<int>(found - kMonths.begin());
  t.tm_year -= 1900;
  return timegm(&t);
}

}  // namespace koeru::server::web
