// koeru-relay: see native_server/README.md.

#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

#include "native_server/config/help.h"
#include "native_server/config/load_options.h"
#include "native_server/config/turnserver_name.h"
#include "native_server/main/check_config.h"
#include "native_server/main/server.h"

namespace koeru::server {
namespace {

int Fail(const absl::Status& status) {
  std::fprintf(stderr, "koeru-relay: %s\n", std::string(status.message()).c_str());
  return 1;
}

int Main(std::string_view program, const std::vector<std::string>& arguments) {
  auto command_line = ParseCommandLine(arguments);
  if (!command_line.ok()) return Fail(command_line.status());
  command_line->as_turnserver = IsTurnserver(program);
  if (command_line->as_turnserver) {
    FindTurnserverConfig(TurnserverConfigDirectories(), *command_line);
  }
  if (command_line->help) return std::fputs(HelpText().c_str(), stdout) < 0;
  if (command_line->manual) return std::fputs(ManualPage().c_str(), stdout) < 0;
  if (command_line->markdown) return std::fputs(OptionsTable().c_str(), stdout) < 0;
  if (command_line->completion) return std::fputs(Completion().c_str(), stdout) < 0;
  if (command_line->version) return std::puts("koeru-relay " KOERU_VERSION) < 0;

  if (command_line->check) {
    const ConfigCheck check = CheckConfig(*command_line, ThisMachine(), std::time(nullptr));
    return std::fputs(check.text.c_str(), stdout) < 0 || !check.would_start;
  }

  auto loaded = LoadOptions(*command_line);
  if (!loaded.ok()) return Fail(loaded.status());
  Daemon daemon;
  if (loaded->options.daemon) {
    if (const auto status = daemon.Leave()) return *status;
  }
  const absl::Status ran = RunServer(*std::move(command_line), *std::move(loaded), daemon);
  return ran.ok() ? 0 : Fail(ran);
}

}  // namespace
}  // namespace koeru::server

int main(int argc, char** argv) {
  return koeru::server::Main(argc > 0 ? argv[0] : "koeru-relay",
                             std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
}
