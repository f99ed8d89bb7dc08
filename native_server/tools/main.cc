#include <vector>

#include "native_server/tools/command.h"
#include "native_server/tools/turnadmin.h"

int main(int argc, char** argv) {
  const std::vector<std::string_view> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  if (argc > 0 && koeru::tools::IsTurnadmin(argv[0])) {
    return koeru::tools::RunTurnadmin(arguments, {});
  }
  return koeru::tools::RunKoeru(arguments, {});
}
