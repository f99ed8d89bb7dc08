#include "native_server/users/realm_options.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/bytes/escape.h"

namespace koeru::server {

bool IsRealmOption(std::string_view name) {
  return std::find(kRealmOptionNames.begin(), kRealmOptionNames.end(), name) !=
         kRealmOptionNames.end();
}

absl::Status CheckRealmOption(const Record& record) {
  if (!IsRealmOption(record.name)) {
    return absl::InvalidArgumentError(absl::StrCat(
        Escape(record.name), " is no option of a realm: write total-quota, user-quota or max-bps"));
  }
  uint32_t number = 0;
  if (absl::SimpleAtoi(record.value, &number)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(record.name, ": ", Escape(record.value), " is not a number up to 4294967295"));
}

uint32_t RealmOptionNumber(const Record& record) {
  uint32_t number = 0;
  return absl::SimpleAtoi(record.value, &number) ? number : 0;
}

}  // namespace koeru::server
