#include "core/sdp/typed_line.h"

namespace koeru::sdp {

std::string_view NameOf(const Line& line) {
  if (line.type() == 0) return {};
  if (line.type() != 'a') return line.text().substr(0, 2);
  return line.attribute()->name;
}

TypedLine::TypedLine(const Line& line) : text_(line.text()), row_(nullptr) {
  const std::string_view name = NameOf(line);
  if (!name.empty()) row_ = FindRow(name);
  // "a=x=" is an attribute of that name, and no line type.
  if (row_ != nullptr && row_->is_line_type() != (line.type() != 'a')) row_ = nullptr;
  const size_t prefix = line.type() == 'a' ? 2 + name.size() : 2;
  has_colon_ = line.type() == 'a' && prefix < text_.size();
  value_offset_ = std::min(text_.size(), has_colon_ ? prefix + 1 : prefix);
}

std::optional<SyntaxError> TypedLine::WrongColon() const {
  if (row_->is_line_type() || row_->has_value == has_colon_) return std::nullopt;
  if (has_colon_)
    return SyntaxError{"stands alone: remove the ':' and the value", "", value_offset_ - 1};
  return SyntaxError{"expected ':' and a value", "", text_.size()};
}

std::optional<SyntaxError> TypedLine::DecodeInto(Syntax& to, Mode mode) const {
  if (auto error = WrongColon()) return error;
  Decoder decoder(value(), mode);
  row_->transcode(decoder, to);
  if (decoder.ok()) return std::nullopt;
  SyntaxError error = decoder.error();
  error.offset += value_offset_;
  return error;
}

std::string LineText(const Row& row, std::string_view value) {
  std::string line = row.is_line_type() ? "" : "a=";
  line += row.name;
  if (!row.is_line_type() && row.has_value) line += ':';
  line += value;
  return line;
}

Result<std::string, SyntaxError> EncodeLine(const Row& row, Syntax& from, Mode mode) {
  Encoder encoder(mode);
  row.transcode(from, encoder);
  if (!from.ok()) return from.error();
  if (!encoder.ok()) return encoder.error();
  return LineText(row, encoder.Take());
}

}  // namespace koeru::sdp
