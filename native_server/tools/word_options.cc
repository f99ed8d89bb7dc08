#include "native_server/tools/word_options.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/bytes/escape.h"
#include "core/bytes/nearest_name.h"

namespace koeru::tools {
namespace {

const WordOption* Find(std::span<const WordOption> rows, std::string_view name) {
  for (const WordOption& row : rows) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

std::string Unknown(std::string_view name, std::string_view command,
                    std::span<const WordOption> rows) {
  std::vector<std::string_view> names;
  for (const WordOption& row : rows) names.push_back(row.name);
  const std::string_view nearest = NearestName(name, names);
  return absl::StrCat("there is no option ", Escape(name),
                      nearest.empty() ? absl::StrCat("; `koeru ", command, " --help` lists them")
                                      : absl::StrCat("; did you mean ", nearest, "?"));
}

std::string Named(std::string_view name, const std::string& error) {
  return error.empty() ? error : absl::StrCat(name, " ", error);
}

}  // namespace

std::string ParseWords(Arguments arguments, std::string_view command,
                       std::span<const WordOption> rows, std::vector<std::string>& words) {
  bool only_words = false;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (only_words || argument.size() < 2 || argument.front() != '-') {
      words.emplace_back(argument);
      continue;
    }
    if (argument == "--") {
      only_words = true;
      continue;
    }
    const size_t equals = argument.find('=');
    const std::string_view name = argument == "-h" ? "--help" : argument.substr(0, equals);
    const WordOption* row = Find(rows, name);
    if (row == nullptr) return Unknown(name, command, rows);
    const bool has_value = equals != std::string_view::npos;
    if (row->value_name.empty() && has_value) {
      return absl::StrCat(name, " takes no value: remove '=' and what follows");
    }
    if (!row->value_name.empty() && !has_value && i + 1 == arguments.size()) {
      return absl::StrCat(name, " needs a value: ", name, " ", row->value_name);
    }
    std::string_view value;
    if (has_value) {
      value = argument.substr(equals + 1);
    } else if (!row->value_name.empty()) {
      value = arguments[++i];
    }
    if (std::string error = Named(name, row->apply(value)); !error.empty()) return error;
  }
  return {};
}

std::function<std::string(std::string_view)> Switch(bool& target) {
  return [&target](std::string_view) {
    target = true;
    return std::string();
  };
}

std::function<std::string(std::string_view)> Text(std::string& target) {
  return [&target](std::string_view value) {
    target = value;
    return value.empty() ? std::string("is empty") : std::string();
  };
}

std::function<std::string(std::string_view)> Text(std::optional<std::string>& target) {
  return [&target](std::string_view value) {
    target = value;
    return value.empty() ? std::string("is empty") : std::string();
  };
}

std::function<std::string(std::string_view)> Number(int& target, int lowest, int highest) {
  return [&target, lowest, highest](std::string_view value) {
    int number = 0;
    if (!absl::SimpleAtoi(value, &number) || number < lowest || number > highest) {
      return absl::StrCat("is a number from ", lowest, " to ", highest, ", not '", Escape(value),
                          "'");
    }
    target = number;
    return std::string();
  };
}

std::function<std::string(std::string_view)> AddressAndPort(std::optional<net::Endpoint>& target) {
  return [&target](std::string_view value) {
    const auto endpoint = net::Endpoint::Parse(value);
    if (!endpoint.ok()) {
      return absl::StrCat("is an address and a port, as 192.0.2.1:53: ", endpoint.error().reason);
    }
    target = *endpoint;
    return std::string();
  };
}

}  // namespace koeru::tools
