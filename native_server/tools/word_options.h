#pragma once

// Command lines of --name=value, --name value, --switch and words, from a table of rows. "--" ends
// the options.
//
//   const WordOption rows[] = {{"--json", "", Switch(options.json)}, ...};
//   std::string error = ParseWords(arguments, "check", rows, options.words);

#include <functional>
#include <string>
#include <vector>

#include "core/net/address.h"
#include "native_server/tools/command.h"

namespace koeru::tools {

struct WordOption {
  std::string_view name;
  std::string_view value_name;  // empty: a switch
  // Returns what is wrong with the value, or nothing.
  std::function<std::string(std::string_view value)> apply;
};

// Returns what is wrong, or nothing. `command` is for the hint at --help. -h is --help.
std::string ParseWords(Arguments arguments, std::string_view command,
                       std::span<const WordOption> rows, std::vector<std::string>& words);

// What `apply` often does. The target must outlive the row.
std::function<std::string(std::string_view)> Switch(bool& target);
std::function<std::string(std::string_view)> Text(std::string& target);
std::function<std::string(std::string_view)> Text(std::optional<std::string>& target);
std::function<std::string(std::string_view)> Number(int& target, int lowest, int highest);
// "192.0.2.1:53", "[2001:db8::1]:53".
std::function<std::string(std::string_view)> AddressAndPort(std::optional<net::Endpoint>& target);

}  // namespace koeru::tools
