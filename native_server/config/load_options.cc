#include "native_server/config/load_options.h"

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "native_server/config/option_table.h"
#include "native_server/config/parse_value.h"
#include "native_server/config/turnserver_name.h"

namespace koeru::server {
namespace {

// Whether it says "no": asking for less than there is needs no support.
absl::StatusOr<bool> SaysNo(const Option& option, const RawOption& raw) {
  if (option.kind != Kind::kFlag) return false;
  const auto value = ParseBoolean(raw.value.value_or(""));
  if (!value.ok()) return value.status();
  return !*value;
}

absl::Status AtPlace(const RawOption& raw, std::string_view message) {
  return absl::InvalidArgumentError(absl::StrCat(raw.origin, ": ", raw.name, ": ", message));
}

absl::Status ApplyUnsupported(const Option& option, const RawOption& raw, LoadedOptions& loaded) {
  const auto no = SaysNo(option, raw);
  if (!no.ok()) return AtPlace(raw, no.status().message());
  if (*no && option.support != Support::kNoEffect) return absl::OkStatus();
  switch (option.support) {
    case Support::kNotYet:
      return AtPlace(
          raw, absl::StrCat("coturn has this option, Koeru does not have it yet: ", option.help));
    case Support::kRefused:
      return AtPlace(raw, absl::StrCat("Koeru does not do this: ", option.help));
    case Support::kNoEffect:
    case Support::kHere:
      break;
  }
  loaded.warnings.push_back(
      absl::StrCat(raw.origin, ": ", raw.name, " has no effect: ", option.help));
  return absl::OkStatus();
}

void WarnAboutSecret(const Option& option, const RawOption& raw, LoadedOptions& loaded) {
  if (option.kind != Kind::kSecret || !raw.on_command_line) return;
  loaded.warnings.push_back(
      absl::StrCat("the command line: ", raw.name,
                   " is a secret, and every user of this machine can read it in the process list: "
                   "put it into a file and start with -c FILE"));
}

// Applies one option after the other; remembers where each was written.
class Applier {
 public:
  explicit Applier(LoadedOptions& loaded) : loaded_(loaded) {}

  absl::Status Apply(const RawOption& raw) {
    const Option* option = FindOption(raw.name);
    if (option == nullptr) return UnknownOption(raw.name, raw.origin);
    if (option->support != Support::kHere) return ApplyUnsupported(*option, raw, loaded_);
    if (!raw.value && option->kind != Kind::kFlag) {
      return AtPlace(raw, absl::StrCat("the value is missing: write ", raw.name, "=..."));
    }
    const absl::Status status = option->set(loaded_.options, raw.value.value_or(""), raw.origin);
    if (!status.ok()) return AtPlace(raw, status.message());
    loaded_.raw.push_back(raw);
    WarnAboutSecret(*option, raw, loaded_);
    const auto [place, first] = place_by_name_.try_emplace(raw.name, raw.origin);
    if (!first && !option->list && !raw.on_command_line) {
      loaded_.warnings.push_back(absl::StrCat(raw.origin, ": ", raw.name, " stands at ",
                                              place->second, " already; this one counts"));
    }
    return absl::OkStatus();
  }

 private:
  LoadedOptions& loaded_;
  absl::flat_hash_map<std::string, std::string> place_by_name_;
};

}  // namespace

absl::Status ApplyOptions(const std::vector<RawOption>& raw_options, LoadedOptions& loaded) {
  Applier applier(loaded);
  for (const RawOption& raw : raw_options) {
    if (absl::Status status = applier.Apply(raw); !status.ok()) return status;
  }
  return absl::OkStatus();
}

std::vector<absl::Status> ApplyAllOptions(const std::vector<RawOption>& raw_options,
                                          LoadedOptions& loaded) {
  Applier applier(loaded);
  std::vector<absl::Status> wrong;
  for (const RawOption& raw : raw_options) {
    if (absl::Status status = applier.Apply(raw); !status.ok()) wrong.push_back(std::move(status));
  }
  return wrong;
}

absl::StatusOr<std::vector<RawOption>> ReadRawOptions(const CommandLine& command_line) {
  std::vector<RawOption> raw;
  if (command_line.config_file) {
    auto from_file = ReadConfigFile(*command_line.config_file);
    if (!from_file.ok()) return from_file.status();
    raw = *std::move(from_file);
  }
  raw.insert(raw.end(), command_line.options.begin(), command_line.options.end());
  if (command_line.as_turnserver) AddDefaultDatabase(DefaultUserDatabase(), raw);
  return raw;
}

absl::StatusOr<LoadedOptions> LoadOptions(const CommandLine& command_line) {
  const auto raw = ReadRawOptions(command_line);
  if (!raw.ok()) return raw.status();
  LoadedOptions loaded;
  if (absl::Status status = ApplyOptions(*raw, loaded); !status.ok()) return status;
  if (absl::Status status = ValidateOptions(loaded); !status.ok()) return status;
  return loaded;
}

}  // namespace koeru::server
