#pragma once

// Started under the name `turnserver`, the program looks for coturn's configuration file where
// coturn does. What is different on purpose: it does not start open to everybody.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "native_server/config/raw_option.h"

namespace koeru::server {

// `program`: argv[0]. "turnserver", a path to it, or a name with it inside, as coturn has it.
bool IsTurnserver(std::string_view program);

// coturn's places, in its order.
std::vector<std::string> TurnserverConfigDirectories();

// -c FILE is looked for in `directories` unless it is an absolute path; without -c (and without -n)
// turnserver.conf is, and nothing is read when there is none.
void FindTurnserverConfig(const std::vector<std::string>& directories, CommandLine& command_line);

// coturn asks its default SQLite file when a credential mechanism is on and no database is given;
// here too, when the file exists and can be read. `path`: DefaultUserDatabase().
void AddDefaultDatabase(const std::string& path, std::vector<RawOption>& raw);

}  // namespace koeru::server
