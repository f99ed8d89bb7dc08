#pragma once

// Command lines of the benchmark's programs: --name=value and nothing else.

#include <map>
#include <string>

namespace koeru::bench {

class Flags {
 public:
  // Ends the program with a sentence for anything that is not --name=value or --name.
  Flags(int argc, char** argv);

  std::string Text(const std::string& name, const std::string& otherwise);
  long Number(const std::string& name, long otherwise);
  bool Has(const std::string& name) { return Text(name, "\n") != "\n"; }
  // To be called when all flags have been asked for: ends the program when one is left over.
  void RefuseTheRest() const;

 private:
  std::map<std::string, std::string> value_by_name_;
  std::map<std::string, bool> asked_;
};

}  // namespace koeru::bench
