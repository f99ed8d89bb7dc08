#include "absl/strings/str_cat.h"
#include "native_server/config/option_table.h"
#include "native_server/config/parse_value.h"
#include "native_server/config/raw_option.h"

namespace koeru::server {
namespace {

constexpr std::string_view kOrigin = "the command line";

absl::Status Bad(std::string_view message) {
  return absl::InvalidArgumentError(absl::StrCat(kOrigin, ": ", message));
}

// Walks over the arguments.
class Parser {
 public:
  explicit Parser(const std::vector<std::string>& arguments) : arguments_(arguments) {}

  absl::StatusOr<CommandLine> Parse() {
    while (at_ < arguments_.size()) {
      const std::string& argument = arguments_[at_++];
      absl::Status status;
      if (argument.starts_with("--") && argument.size() > 2) {
        status = Long(std::string_view(argument).substr(2));
      } else if (argument.starts_with('-') && argument.size() > 1) {
        status = Letters(std::string_view(argument).substr(1));
      } else {
        status = Bad(absl::StrCat(Quoted(argument),
                                  " is no option: options start with --; see "
                                  "koeru-relay --help"));
      }
      if (!status.ok()) return status;
    }
    return std::move(result_);
  }

 private:
  absl::StatusOr<std::string> Next(std::string_view option) {
    if (at_ == arguments_.size()) {
      return Bad(absl::StrCat(option, " needs a value behind it"));
    }
    return arguments_[at_++];
  }

  void Add(std::string_view name, std::optional<std::string> value) {
    result_.options.push_back({.name = std::string(name),
                               .value = std::move(value),
                               .origin = std::string(kOrigin),
                               .on_command_line = true});
  }

  absl::Status Help(std::string_view form) {
    result_.help = form.empty();
    result_.manual = form == "man";
    result_.markdown = form == "markdown";
    result_.completion = form == "completion";
    if (result_.help || result_.manual || result_.markdown || result_.completion) {
      return absl::OkStatus();
    }
    return Bad(absl::StrCat("--help=", form,
                            " is not known: write --help, --help=man, "
                            "--help=markdown or --help=completion"));
  }

  absl::Status Long(std::string_view text) {
    const size_t equals = text.find('=');
    const std::string_view name = text.substr(0, equals);
    std::optional<std::string> value;
    if (equals != std::string_view::npos) value = std::string(text.substr(equals + 1));
    if (name == "help") return Help(value.value_or(""));
    if (name == "version") {
      result_.version = true;
      return absl::OkStatus();
    }
    if (name == "check-config") {
      result_.check = true;
      return absl::OkStatus();
    }
    const Option* option = FindOption(name);
    if (option == nullptr) return UnknownOption(name, kOrigin);
    if (!value && option->kind != Kind::kFlag) {
      auto next = Next(absl::StrCat("--", name));
      if (!next.ok()) return next.status();
      value = *std::move(next);
    }
    Add(name, std::move(value));
    return absl::OkStatus();
  }

  absl::Status Letters(std::string_view letters) {
    while (!letters.empty()) {
      const char letter = letters.front();
      letters.remove_prefix(1);
      if (letter == 'h') {
        result_.help = true;
        continue;
      }
      if (letter == 'n') {
        result_.no_config_file = true;
        continue;
      }
      const Option* option = FindOption(letter);
      if (option == nullptr && letter != 'c') {
        return UnknownOption(std::string_view(&letter, 1), kOrigin);
      }
      if (option != nullptr && option->kind == Kind::kFlag) {
        Add(option->name, std::nullopt);
        continue;
      }
      std::string value(letters.starts_with('=') ? letters.substr(1) : letters);
      if (letters.empty()) {
        auto next = Next(absl::StrCat("-", std::string_view(&letter, 1)));
        if (!next.ok()) return next.status();
        value = *std::move(next);
      }
      if (option == nullptr) {
        result_.config_file = std::move(value);
      } else {
        Add(option->name, std::move(value));
      }
      break;
    }
    return absl::OkStatus();
  }

  const std::vector<std::string>& arguments_;
  size_t at_ = 0;
  CommandLine result_;
};

}  // namespace

absl::StatusOr<CommandLine> ParseCommandLine(const std::vector<std::string>& arguments) {
  return Parser(arguments).Parse();
}

absl::Status UnknownOption(std::string_view name, std::string_view origin) {
  const std::string_view nearest = NearestOptionName(name);
  return absl::InvalidArgumentError(
      absl::StrCat(origin, ": there is no option ", Quoted(name),
                   nearest.empty() ? std::string("; see koeru-relay --help")
                                   : absl::StrCat("; did you mean \"", nearest, "\"?")));
}

}  // namespace koeru::server
