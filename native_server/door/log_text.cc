#include "native_server/door/log_text.h"

#include "absl/strings/escaping.h"

namespace koeru::server {

std::string Escaped(std::string_view text, size_t limit) {
  std::string safe = absl::CHexEscape(text.substr(0, limit));
  if (text.size() > limit) safe += "...";
  return safe;
}

}  // namespace koeru::server
