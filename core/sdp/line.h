#pragma once

// One line of a session description: RFC 8866 section 5.
//
//   <type>=<value> CRLF        "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n"
//
// A Line is a view: its text lives in the description, or in the Document that was edited.

#include <cstdint>
#include <optional>
#include <string_view>

namespace koeru::sdp {

// RFC 8866 section 5: "CRLF is used to end a record, although parsers SHOULD be tolerant and also
// accept records terminated with a single newline character."
//
// kCr is half an ending: the text was cut behind its last CR.
enum class LineEnding : uint8_t { kNone, kLf, kCrLf, kCr };

// Whether the text ends with this line, and no other can follow as it is.
constexpr bool IsUnended(LineEnding ending) {
  return ending == LineEnding::kNone || ending == LineEnding::kCr;
}

std::string_view LineEndingText(LineEnding ending);

// a=<name> or a=<name>:<value> (RFC 8866 section 5.13).
struct Attribute {
  std::string_view name;
  std::optional<std::string_view> value;  // absent without a colon; may be empty with one

  friend bool operator==(const Attribute&, const Attribute&) = default;
};

class Line {
 public:
  Line(std::string_view text, LineEnding ending)
      : data_(text.data()), size_(static_cast<uint32_t>(text.size())), ending_(ending) {}

  // Without its ending; any bytes, also NUL and a carriage return in the middle.
  std::string_view text() const { return {data_, size_}; }
  LineEnding ending() const { return ending_; }
  void set_ending(LineEnding ending) { ending_ = ending; }

  // 'v', 'm', 'a', ...; 0 when the line is not a small letter with "=" behind it.
  char type() const {
    return size_ >= 2 && data_[1] == '=' && data_[0] >= 'a' && data_[0] <= 'z' ? data_[0] : '\0';
  }
  // What stands behind "x="; empty when there is no type.
  std::string_view value() const { return type() == 0 ? std::string_view() : text().substr(2); }
  // Of an a= line; nullopt for every other.
  std::optional<Attribute> attribute() const;

 private:
  // 16 bytes instead of 24: ten million empty lines are a description, too.
  const char* data_;
  uint32_t size_;
  LineEnding ending_;
};

}  // namespace koeru::sdp
