#include "core/ice/agent/credentials.h"

#include <algorithm>

#include "core/ice/token.h"

namespace koeru::ice {
namespace {

bool IsIceText(std::string_view text, size_t at_least) {
  return text.size() >= at_least && text.size() <= Credentials::kMaxSize &&
         std::all_of(text.begin(), text.end(), IsIceChar);
}

}  // namespace

bool Credentials::IsValid() const {
  return IsIceText(ufrag, kMinUfrag) && IsIceText(password, kMinPassword);
}

}  // namespace koeru::ice
