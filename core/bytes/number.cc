#include "core/bytes/number.h"

namespace koeru {

Result<uint64_t> ParseNumberUpTo(std::string_view text, uint64_t max) {
  const bool hex = text.starts_with("0x") || text.starts_with("0X");
  const std::string_view digits = hex ? text.substr(2) : text;
  uint64_t value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, hex ? 16 : 10);
  const bool is_number =
      error != std::errc::invalid_argument && end == digits.data() + digits.size();
  if (!is_number) return ParseError{"not a number", 0};
  if (error != std::errc() || value > max) return ParseError{"the number is too large", 0};
  return value;
}

}  // namespace koeru
