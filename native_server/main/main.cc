// koeru-relay: see native_server/README.md.

#include <cstdio>
#include <string>
#include <vector>

#include "native_server/config/help.h"
#include "native_server/config/load_options.h"
#include "native_server/main/server.h"

namespace koeru::server {
namespace {

int Fail(const absl::Status& status) {
  std::fprintf(stderr, "koeru-relay: %s\n", std::string(status.message()).c_str());
  return 1;
}

int Main(const std::vector<std::string>& arguments) {
  const auto command_line = ParseCommandLine(arguments);
  if (!command_line.ok()) return Fail(command_line.status());
  if (command_line->help) return std::fputs(HelpText().c_str(), stdout) < 0;
  if (command_line->manual) return std::fputs(ManualPage().c_str(), stdout) < 0;
  if (command_line->markdown) return std::fputs(OptionsTable().c_str(), stdout) < 0;
  if (command_line->version) return std::puts("koeru-relay " KOERU_VERSION) < 0;

  auto loaded = LoadOptions(*command_line);
  if (!loaded.ok()) return Fail(loaded.status());
  const absl::Status ran = RunServer(*std::move(loaded));
  return ran.ok() ? 0 : Fail(ran);
}

}  // namespace
}  // namespace koeru::server

int main(int argc, char** argv) {
  return koeru::server::Main(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
}
