#pragma once

// One row of the option table: all that the parser, --help, the manual page and the README need to
// know about one option.

#include <span>
#include <string_view>

#include "absl/status/status.h"
#include "native_server/config/server_options.h"

namespace koeru::server {

enum class Kind : uint8_t {
  kFlag,     // a value is optional: yes/no, true/false, on/off, 1/0
  kNumber,
  kPort,
  kSeconds,
  kBytes,
  kText,
  kSecret,   // as text, and never shown
  kAddress,
  kFile,
};

enum class Group : uint8_t {
  kListeners,
  kRelay,
  kCredentials,
  kPeers,
  kLimits,
  kProtocol,
  kTls,
  kWeb,
  kLog,
  kProcess,
  kDatabase,
  kRedirect,
  kMonitoring,
  kLegacy,
};

enum class Support : uint8_t {
  kHere,      // works
  kNotYet,    // coturn has it, Koeru does not: the server says so and does not start
  kNoEffect,  // accepted, because Koeru does what it asks for in any case
  kRefused,   // will not come: says what to write instead
};

// Sets the option, or says what is wrong with `value` and what would be right. `origin` is where it
// was written: "turnserver.conf line 12", "command line".
using Setter = absl::Status (*)(ServerOptions& options, std::string_view value,
                                std::string_view origin);

struct Option {
  std::string_view name;
  char letter = 0;  // of the short form; 0: none
  Kind kind = Kind::kFlag;
  bool list = false;  // may be given more than once
  Group group = Group::kListeners;
  std::string_view default_text;  // as shown
  // kHere: one line on what it does. Otherwise: why, and what to do instead.
  std::string_view help;
  Support support = Support::kHere;
  Setter set = nullptr;
  bool live = false;  // SIGHUP changes it; otherwise it needs a restart
};

// An option that can change while the server runs: Live(Flag(...)).
constexpr Option Live(Option option) {
  option.live = true;
  return option;
}

// Rows as they stand in the tables.
constexpr Option Flag(std::string_view name, Group group, std::string_view help, Setter set,
                      char letter = 0) {
  return {name, letter, Kind::kFlag, false, group, {}, help, Support::kHere, set};
}
constexpr Option Value(std::string_view name, Kind kind, Group group, std::string_view default_text,
                       std::string_view help, Setter set, char letter = 0) {
  return {name, letter, kind, false, group, default_text, help, Support::kHere, set};
}
constexpr Option List(std::string_view name, Kind kind, Group group, std::string_view default_text,
                      std::string_view help, Setter set, char letter = 0) {
  return {name, letter, kind, true, group, default_text, help, Support::kHere, set};
}
constexpr Option NotYet(std::string_view name, Kind kind, Group group, std::string_view help,
                        char letter = 0) {
  return {name, letter, kind, true, group, {}, help, Support::kNotYet, nullptr};
}
constexpr Option NoEffect(std::string_view name, Kind kind, Group group, std::string_view reason,
                          char letter = 0) {
  return {name, letter, kind, true, group, {}, reason, Support::kNoEffect, nullptr};
}
constexpr Option Refused(std::string_view name, Kind kind, Group group, std::string_view instead,
                         char letter = 0) {
  return {name, letter, kind, true, group, {}, instead, Support::kRefused, nullptr};
}

}  // namespace koeru::server
