#include "native_server/web/json_members.h"

namespace koeru::server::web {
namespace {

constexpr std::string_view kWhiteSpace = " \t\r\n";  // RFC 8259 §2

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool Take(char c) {
    SkipSpace();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  // A whole value: a string, anything in brackets, or a word up to the next delimiter.
  std::string_view TakeValue() {
    SkipSpace();
    const size_t begin = at_;
    size_t depth = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') {
        SkipString();
      } else if (c == '{' || c == '[') {
        ++depth;
        ++at_;
      } else if (c == '}' || c == ']') {
        if (depth == 0) break;
        --depth;
        ++at_;
      } else if (depth == 0 && (c == ',' || c == ':' || kWhiteSpace.find(c) != kWhiteSpace.npos)) {
        break;
      } else {
        ++at_;
        continue;
      }
      if (depth == 0) break;
    }
    return text_.substr(begin, at_ - begin);
  }

 private:
  void SkipSpace() {
    while (at_ < text_.size() && kWhiteSpace.find(text_[at_]) != kWhiteSpace.npos) ++at_;
  }
  void SkipString() {
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\') ++at_;
    }
    at_ = at_ < text_.size() ? at_ + 1 : text_.size();
  }

  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace

std::vector<JsonMember> TopLevelMembers(std::string_view text) {
  std::vector<JsonMember> members;
  Scanner scanner(text);
  if (!scanner.Take('{')) return members;
  while (true) {
    JsonMember member;
    member.name = scanner.TakeValue();
    if (member.name.empty() || !scanner.Take(':')) return members;
    member.value = scanner.TakeValue();
    members.push_back(member);
    if (!scanner.Take(',')) return members;
  }
}

}  // namespace koeru::server::web
