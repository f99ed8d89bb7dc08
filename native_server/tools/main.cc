#include <vector>

#include "native_server/tools/command.h"

int main(int argc, char** argv) {
  const std::vector<std::string_view> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  return koeru::tools::RunKoeru(arguments, {});
}
