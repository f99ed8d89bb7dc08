#include "native_server/config/reload_plan.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "native_server/config/option_table.h"
#include "native_server/config/parse_value.h"

namespace koeru::server {
namespace {

std::vector<RawOption> Of(const Option& option, const std::vector<RawOption>& raw) {
  std::vector<RawOption> found;
  for (const RawOption& one : raw) {
    if (one.name == option.name) found.push_back(one);
  }
  return found;
}

// What the lines amount to: all values of a list, else the last; a flag that nobody wrote says no.
std::vector<std::string> Amount(const Option& option, const std::vector<RawOption>& lines) {
  std::vector<std::string> values;
  for (const RawOption& line : lines) {
    if (!option.list) values.clear();
    values.push_back(line.value.value_or(""));
  }
  if (option.kind != Kind::kFlag) return values;
  const auto flag = values.empty() ? false : ParseBoolean(values.back());
  return {flag.ok() && *flag ? "yes" : "no"};
}

std::string Place(const Option& option, const std::vector<RawOption>& now) {
  return absl::StrCat(option.name, " (", now.empty() ? "left out now" : now.back().origin, ")");
}

}  // namespace

absl::StatusOr<ReloadPlan> PlanReload(const LoadedOptions& running,
                                      const std::vector<RawOption>& written) {
  // 1. What is written now must be right as it stands.
  LoadedOptions fresh;
  if (absl::Status status = ApplyOptions(written, fresh); !status.ok()) return status;
  if (absl::Status status = ValidateOptions(fresh); !status.ok()) return status;

  // 2. Of each option the new lines, or the old ones when it cannot change.
  ReloadPlan plan;
  std::vector<RawOption> merged;
  for (const Option& option : OptionTable()) {
    const std::vector<RawOption> before = Of(option, running.raw), now = Of(option, fresh.raw);
    const bool differs = Amount(option, before) != Amount(option, now);
    if (differs && option.live) plan.changed.emplace_back(option.name);
    if (differs && !option.live) plan.needs_restart.push_back(Place(option, now));
    const std::vector<RawOption>& counts = option.live ? now : before;
    merged.insert(merged.end(), counts.begin(), counts.end());
  }

  // 3. The mixture must fit together, too.
  absl::Status status = ApplyOptions(merged, plan.loaded);
  if (status.ok()) status = ValidateOptions(plan.loaded);
  if (status.ok()) {
    plan.loaded.warnings = std::move(fresh.warnings);
    return plan;
  }
  return absl::FailedPreconditionError(
      absl::StrCat("what is written needs a restart (", absl::StrJoin(plan.needs_restart, ", "),
                   "), and without it does not fit: ", status.message()));
}

}  // namespace koeru::server
