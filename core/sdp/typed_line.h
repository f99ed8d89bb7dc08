#pragma once

// A line and the row of the registry that knows it.
//
//   TypedLine typed(line);                       // "a=rtpmap:111 opus/48000/2"
//   typed.row()->rfc;                            // "RFC 8866 §6.6"; no row when nobody knows it
//   Result<Rtpmap, SyntaxError> map = typed.As<Rtpmap>();
//
// Errors count their offset from the start of the line.

#include "core/sdp/decoder.h"
#include "core/sdp/encoder.h"
#include "core/sdp/line.h"
#include "core/sdp/registry.h"

namespace koeru::sdp {

// "m=" or the name of the attribute; empty for what is no line.
std::string_view NameOf(const Line& line);

class TypedLine {
 public:
  explicit TypedLine(const Line& line);

  const Row* row() const { return row_; }
  // Where the value begins in the line, and what it is.
  size_t value_offset() const { return value_offset_; }
  std::string_view value() const { return text_.substr(value_offset_); }

  // Tells the value to another syntax; what comes back is an error, or nothing. For known lines
  // only.
  std::optional<SyntaxError> DecodeInto(Syntax& to, Mode mode = Mode::kLenient) const;

  // An error, too, when the line has another name than T.
  template <typename T>
  Result<T, SyntaxError> As(Mode mode = Mode::kLenient) const {
    if (row_ == nullptr || row_->name != T::kName) {
      return SyntaxError{"is no " + std::string(T::kName) + " line", "", 0};
    }
    if (auto error = WrongColon()) return *error;
    Result<T, SyntaxError> decoded = Decode<T>(value(), mode);
    if (decoded.ok()) return decoded;
    return decoded.ErrorShiftedBy(value_offset_);
  }

 private:
  // A value where none belongs, or none where one does.
  std::optional<SyntaxError> WrongColon() const;

  std::string_view text_;
  const Row* row_;
  size_t value_offset_;
  bool has_colon_;
};

// The line of a row, without ending, its value told by `from`.
Result<std::string, SyntaxError> EncodeLine(const Row& row, Syntax& from,
                                            Mode mode = Mode::kLenient);

// The line with its name in front: "a=rtcp-mux", "m=" and what follows.
std::string LineText(const Row& row, std::string_view value);

// "a=rtpmap:111 opus/48000/2"
template <typename T>
Result<std::string, SyntaxError> EncodeLine(const T& value, Mode mode = Mode::kLenient) {
  Result<std::string, SyntaxError> text = Encode(value, mode);
  if (!text.ok()) return text;
  return LineText(*FindRow(T::kName), *text);
}

}  // namespace koeru::sdp
