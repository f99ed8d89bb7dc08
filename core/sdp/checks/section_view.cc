#include "core/sdp/checks/section_view.h"

#include "core/sdp/attributes/flags.h"
#include "core/sdp/typed_line.h"

namespace koeru::sdp {
namespace {

// Rows are numbered from 1: the line types, and then the attributes.
uint8_t RowNumber(const Row* row) {
  if (row == nullptr) return 0;
  const size_t number = row->is_line_type()
                            ? static_cast<size_t>(row - LineTypes().data())
                            : LineTypes().size() + static_cast<size_t>(row - Attributes().data());
  return static_cast<uint8_t>(number + 1);
}

}  // namespace

const Row* SectionView::row(size_t index_in_section) const {
  const size_t number = numbers_[index_in_section];
  if (number == 0) return nullptr;
  const size_t types = LineTypes().size();
  return number <= types ? &LineTypes()[number - 1] : &Attributes()[number - 1 - types];
}

void SectionView::Load(size_t section) {
  index_ = section;
  section_ = document_.sections()[section];
  numbers_.clear();
  first_lines_.fill(kNone);
  size_t at = first_line();
  for (const Line& line : lines()) {
    const uint8_t number = RowNumber(TypedLine(line).row());
    numbers_.push_back(number);
    if (first_lines_[number] == kNone) first_lines_[number] = at;
    ++at;
  }
  std::optional<Media> media = Find<Media>();
  has_media_ = media.has_value();
  media_ = media ? *std::move(media) : Media{};
}

bool SectionView::Read(size_t line, void (*describe)(Syntax&, void*), void* value) const {
  const Line& text = document_.lines()[line];
  const auto attribute = text.attribute();
  Decoder decoder(attribute ? attribute->value.value_or(std::string_view()) : text.value(),
                  Mode::kLenient);
  describe(decoder, value);
  decoder.Finish();
  return decoder.ok();
}

size_t SectionView::Next(size_t line) const {
  const uint8_t number = numbers_[line - first_line()];
  for (size_t i = line + 1 - first_line(); i < numbers_.size(); ++i) {
    if (numbers_[i] == number) return first_line() + i;
  }
  return kNone;
}

size_t SectionView::First(const Row& row) const { return first_lines_[RowNumber(&row)]; }

uint8_t SectionView::NumberOf(std::string_view name) { return RowNumber(FindRow(name)); }

bool SectionView::is_rejected() const {
  return has_media_ && media_.port == 0 && !Has<BundleOnly>();
}

}  // namespace koeru::sdp
