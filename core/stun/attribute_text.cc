#include "core/stun/attribute_text.h"

namespace koeru::stun {

std::string_view TakeUntil(std::string_view& text, std::string_view separator) {
  const size_t at = text.find(separator);
  const std::string_view part = text.substr(0, at);
  text = at == std::string_view::npos ? std::string_view() : text.substr(at + separator.size());
  return part;
}

std::string PrintFamily(AddressFamily family) {
  if (family == AddressFamily::kIpv4) return "IPv4";
  if (family == AddressFamily::kIpv6) return "IPv6";
  return ToHexNumber(static_cast<uint8_t>(family), 2);
}

Result<AddressFamily> ParseFamily(std::string_view text) {
  if (text == "IPv4") return AddressFamily::kIpv4;
  if (text == "IPv6") return AddressFamily::kIpv6;
  const Result<uint8_t> number = ParseNumber<uint8_t>(text);
  if (!number.ok()) return ParseError{"the family is IPv4, IPv6 or a number up to 255", 0};
  return static_cast<AddressFamily>(*number);
}

std::string PrintErrorCode(uint16_t code, std::string_view reason) {
  return std::to_string(code) + (reason.empty() ? "" : " " + Escape(reason));
}

MaybeError ParseErrorCode(std::string_view text, uint16_t& code, std::string& reason) {
  const size_t size = text.size();
  const Result<uint16_t> number = ParseNumber<uint16_t>(TakeUntil(text, " "));
  if (!number.ok() || *number < 300 || *number > 699) {
    return ParseError{"an error code is a number from 300 to 699", 0};
  }
  Result<std::string> bytes = Unescape(text);
  if (!bytes.ok()) return bytes.ErrorShiftedBy(size - text.size());
  code = *number;
  reason = *std::move(bytes);
  return std::nullopt;
}

std::string PrintNamedNumbers(std::span<const NamedNumber> numbers) {
  std::string text;
  for (const NamedNumber& number : numbers) {
    if (!text.empty()) text += ' ';
    text += number.name;
    text += '=' + std::to_string(number.value);
  }
  return text;
}

MaybeError ParseNamedNumbers(std::string_view text, std::span<NamedNumber> numbers) {
  const size_t size = text.size();
  for (NamedNumber& number : numbers) {
    const size_t at = size - text.size();
    std::string_view part = TakeUntil(text, " ");
    const bool named = TakeUntil(part, "=") == number.name;
    const Result<uint64_t> value = ParseNumber<uint64_t>(part);
    if (!named || !value.ok()) {
      return ParseError{"expected name=number pairs, in the order in which they are printed", at};
    }
    number.value = *value;
  }
  if (!text.empty())
    return ParseError{"text follows the last name=number pair", size - text.size()};
  return std::nullopt;
}

}  // namespace koeru::stun
