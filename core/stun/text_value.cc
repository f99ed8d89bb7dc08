#include "core/stun/text_value.h"

#include <algorithm>

namespace koeru::stun {

size_t CountCharacters(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

void EncodeText(Writer& w, std::string_view text, const TextLimit& limit) {
  if (text.size() > limit.encoded_bytes || CountCharacters(text) > limit.characters) {
    w.Fail();
    return;
  }
  w.Put(text);
}

}  // namespace koeru::stun
