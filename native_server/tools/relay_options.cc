#include "native_server/tools/relay_options.h"

#include <array>
#include <optional>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/bytes/escape.h"
#include "native_server/tools/relay_client.h"

namespace koeru::tools {
namespace {

absl::Status SetValue(std::string_view name, std::string_view value, RelayOptions& options) {
  if (name == "--socket") {
    options.socket = value;
  } else if (name == "--sort") {
    if (value != "traffic" && value != "age" && value != "user") {
      return absl::InvalidArgumentError(
          absl::StrCat("--sort is traffic, age or user, not '", Escape(value), "'"));
    }
    options.sort = value;
  } else if (!absl::SimpleAtoi(value, &options.limit) || options.limit < 1 ||
             options.limit > 5000) {
    return absl::InvalidArgumentError("--limit is a number from 1 to 5000");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<RelayOptions> ParseRelayOptions(Arguments arguments) {
  constexpr std::array<std::string_view, 3> kWithValue = {"--socket", "--sort", "--limit"};
  RelayOptions options;
  for (size_t i = 0; i < arguments.size(); ++i) {
    std::string_view name = arguments[i];
    std::optional<std::string_view> value;
    if (const size_t equals = name.find('='); name.starts_with("--") && equals != name.npos) {
      value = name.substr(equals + 1);
      name = name.substr(0, equals);
    }
    bool takes_value = false;
    for (const std::string_view known : kWithValue) takes_value |= known == name;
    if (takes_value) {
      if (!value && i + 1 < arguments.size()) value = arguments[++i];
      if (!value || value->empty()) {
        return absl::InvalidArgumentError(absl::StrCat(name, " needs a value"));
      }
      if (absl::Status status = SetValue(name, *value, options); !status.ok()) return status;
    } else if (name == "--once" && !value) {
      options.once = true;
    } else if (name == "--json" && !value) {
      options.json = true;
    } else if ((name == "--help" || name == "-h") && !value) {
      options.help = true;
    } else if (name.starts_with('-')) {
      return absl::InvalidArgumentError(absl::StrCat("there is no option ", Escape(arguments[i])));
    } else {
      options.words.emplace_back(name);
    }
  }
  if (options.socket.empty()) options.socket = DefaultRelaySocket();
  return options;
}

}  // namespace koeru::tools
