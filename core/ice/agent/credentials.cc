#include "core/ice/agent/credentials.h"

#include <algorithm>

namespace koeru::ice {
namespace {

bool IsIceChar(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' ||
         c == '/';
}

bool IsIceText(std::string_view text, size_t at_least) {
  return text.size() >= at_least && text.size() <= Credentials::kMaxSize &&
         std::all_of(text.begin(), text.end(), IsIceChar);
}

}  // namespace

bool Credentials::IsValid() const {
  return IsIceText(ufrag, kMinUfrag) && IsIceText(password, kMinPassword);
}

}  // namespace koeru::ice
