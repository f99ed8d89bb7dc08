#pragma once

// JSON -> path and value of each leaf, as JavaScript hands them to koeru_sdp_encode.
//
//   {"a":[{"b":1}],"c":true}      "a[0].b" "1"  "c" "true"
//
// For JSON that core/inspect wrote: right, and without blanks.

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace koeru::inspect {

class JsonLeaves {
 public:
  explicit JsonLeaves(std::string_view json) : rest_(json) { Value(""); }

  // path, value, path, value, ...
  std::vector<std::string_view> Views() const { return {leaves_.begin(), leaves_.end()}; }

 private:
  bool Take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void Value(const std::string& path) {
    if (rest_.starts_with('"')) return Leaf(path, Text());
    if (Take('{')) {
      while (!Take('}')) {
        const std::string name = Text();
        Take(':');
        Value(path.empty() ? name : path + "." + name);
        Take(',');
      }
    } else if (Take('[')) {
      for (size_t i = 0; !Take(']'); ++i) {
        Value(path + "[" + std::to_string(i) + "]");
        Take(',');
      }
    } else {
      const size_t size = std::min(rest_.find_first_of(",]}"), rest_.size());
      Leaf(path, std::string(rest_.substr(0, size)));
      rest_.remove_prefix(size);
    }
  }
  std::string Text() {
    std::string text;
    for (Take('"'); !Take('"'); rest_.remove_prefix(1)) {
      if (!Take('\\')) {
        text += rest_[0];
      } else if (rest_[0] == 'u') {
        // Control characters only; all else stands for itself.
        text +=
            static_cast<char>(std::strtol(std::string(rest_.substr(1, 4)).c_str(), nullptr, 16));
        rest_.remove_prefix(4);
      } else {
        const size_t index = std::string_view("bfnrt").find(rest_[0]);
        text += index == std::string_view::npos ? rest_[0] : "\b\f\n\r\t"[index];
      }
    }
    return text;
  }
  void Leaf(const std::string& path, std::string value) {
    leaves_.push_back(path);
    leaves_.push_back(std::move(value));
  }

  std::string_view rest_;
  std::vector<std::string> leaves_;
};

}  // namespace koeru::inspect
