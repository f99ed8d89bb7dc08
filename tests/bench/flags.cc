#include "tests/bench/flags.h"

#include <cerrno>
#include <cstdlib>

#include "tests/bench/udp.h"

namespace koeru::bench {

Flags::Flags(int argc, char** argv) {
  errno = 0;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument.rfind("--", 0) != 0) Die("'" + argument + "' is not of the form --name=value");
    const size_t equals = argument.find('=');
    const std::string name = argument.substr(2, equals == std::string::npos ? equals : equals - 2);
    value_by_name_[name] = equals == std::string::npos ? "" : argument.substr(equals + 1);
  }
}

std::string Flags::Text(const std::string& name, const std::string& otherwise) {
  asked_[name] = true;
  const auto found = value_by_name_.find(name);
  return found == value_by_name_.end() ? otherwise : found->second;
}

long Flags::Number(const std::string& name, long otherwise) {
  const std::string text = Text(name, std::to_string(otherwise));
  char* end = nullptr;
  const long value = std::strtol(text.c_str(), &end, 10);
  if (text.empty() || *end != '\0') Die("--" + name + "=" + text + " is not a number");
  return value;
}

void Flags::RefuseTheRest() const {
  for (const auto& [name, value] : value_by_name_) {
    if (!asked_.contains(name)) Die("there is no option --" + name);
  }
}

}  // namespace koeru::bench
