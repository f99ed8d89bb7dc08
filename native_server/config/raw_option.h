#pragma once

// An option as it was written, before its value is looked at.

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace koeru::server {

struct RawOption {
  std::string name;
  std::optional<std::string> value;  // nullopt: none was written
  std::string origin;                // "turnserver.conf line 12", "the command line"
  bool on_command_line = false;
};

// turnserver.conf: a line is `name`, `name=value`, `name value` or `name = value`; '#' starts a
// comment line; one pair of quotes around a value goes away; lines end in LF or CRLF.
absl::StatusOr<std::vector<RawOption>> ParseConfigText(std::string_view text,
                                                       std::string_view file_name);
// Reads the file; a secret in a file that every user of the machine can read is an error.
absl::StatusOr<std::vector<RawOption>> ReadConfigFile(const std::string& path);

struct CommandLine {
  std::vector<RawOption> options;
  std::optional<std::string> config_file;  // -c FILE
  bool no_config_file = false;             // -n
  bool as_turnserver = false;              // started under that name (turnserver_name.h)
  bool help = false;                       // -h, --help
  bool manual = false;                     // --help=man
  bool markdown = false;                   // --help=markdown
  bool completion = false;                 // --help=completion
  bool version = false;                    // --version
  bool check = false;                      // --check-config
};

// --name, --name=value, --name value, -x, -x value, -xvalue; letters of flags may be joined.
// `arguments` without the program's name.
absl::StatusOr<CommandLine> ParseCommandLine(const std::vector<std::string>& arguments);

// "unknown option ..., did you mean ...?"
absl::Status UnknownOption(std::string_view name, std::string_view origin);

}  // namespace koeru::server
