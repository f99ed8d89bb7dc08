#include <array>

#include "core/bytes/escape.h"
#include "core/bytes/nearest_name.h"
#include "native_server/tools/call/call.h"
#include "native_server/tools/check/check.h"
#include "native_server/tools/command.h"
#include "native_server/tools/decode.h"
#include "native_server/tools/lint.h"
#include "native_server/tools/load/load.h"
#include "native_server/tools/top.h"
#include "native_server/tools/users_commands.h"

namespace koeru::tools {
namespace {

constexpr auto kCommands = std::to_array<Command>({
    {"decode", "show what STUN, TURN and ICE bytes, lines and captures say", &RunDecode},
    {"lint", "say what is wrong in session descriptions (SDP)", &RunLint},
    {"top", "live allocations of a running relay, every second", &RunTop},
    {"relay", "a running relay: list, end an allocation, reload, drain", &RunRelay},
    {"check", "test a STUN or TURN server from outside, and say what to change", &RunCheck},
    {"call", "call a relay's media peer, and check what comes back", &RunCall},
    {"load", "send packets through a TURN server and count what comes back", &RunLoad},
    {"user", "users in a database: list, add, remove", &RunUser},
    {"secret", "shared secrets in a database", &RunSecret},
    {"realm", "options of realms in a database", &RunRealm},
    {"peer", "allowed and denied peers in a database", &RunPeer},
    {"origin", "realms of ORIGINs in a database", &RunOrigin},
    {"admin", "web admins in a database", &RunAdmin},
    {"oauth-key", "keys of authorization servers in a database", &RunOauthKey},
});

void PrintHelp(std::FILE* file) {
  Put(file,
      "koeru: tools for STUN, TURN, ICE and SDP, and for a relay's users\n\n"
      "usage: koeru COMMAND [ARGUMENTS]\n\n");
  for (const Command& command : kCommands) {
    std::string line = "  " + std::string(command.name);
    line.append(line.size() < 12 ? 12 - line.size() : 1, ' ');
    Put(file, line + std::string(command.summary) + "\n");
  }
  Put(file,
      "\n  koeru COMMAND --help   what a command takes\n"
      "  koeru --version        the version\n");
}

int RefuseUnknown(std::string_view name, std::FILE* err) {
  std::string text = "koeru: there is no command '" + Escape(name) + "'";
  std::array<std::string_view, kCommands.size()> names;
  for (size_t i = 0; i < kCommands.size(); ++i) names[i] = kCommands[i].name;
  if (const std::string_view nearest = NearestName(name, names); !nearest.empty()) {
    text += "; did you mean '" + std::string(nearest) + "'?";
  } else {
    text += "; `koeru --help` lists them";
  }
  Put(err, text + "\n");
  return kExitBadInput;
}

}  // namespace

std::span<const Command> Commands() { return kCommands; }

int RunKoeru(Arguments arguments, const CommandIo& io) {
  if (arguments.empty()) {
    PrintHelp(io.err);
    return kExitBadInput;
  }
  const std::string_view name = arguments.front();
  if (name == "--help" || name == "-h" || name == "help") {
    PrintHelp(io.out);
    return kExitOk;
  }
  if (name == "--version" || name == "-V") {
    Put(io.out, "koeru " KOERU_VERSION "\n");
    return kExitOk;
  }
  for (const Command& command : kCommands) {
    if (command.name == name) return command.run(arguments.subspan(1), io);
  }
  return RefuseUnknown(name, io.err);
}

}  // namespace koeru::tools
