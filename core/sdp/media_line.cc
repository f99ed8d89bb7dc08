#include "core/sdp/media_line.h"

#include "core/sdp/text_form.h"

namespace koeru::sdp {
namespace {

// The next word of `text` from `at` on, which moves behind it; empty at the end.
std::string_view NextWord(std::string_view text, size_t& at) {
  while (at < text.size() && IsSpace(text[at])) ++at;
  const std::string_view word = text.substr(at, kNonSpace.Measure(text.substr(at)));
  at += word.size();
  return word;
}

}  // namespace

std::optional<MediaLine> MediaLine::Parse(std::string_view text) {
  if (!text.starts_with("m=")) return std::nullopt;
  MediaLine line;
  size_t at = 2;
  line.text = text;
  line.media = NextWord(text, at);
  line.port = NextWord(text, at);
  line.protocol = NextWord(text, at);
  line.head = text.substr(0, at);
  if (line.protocol.empty()) return std::nullopt;
  for (auto word = NextWord(text, at); !word.empty(); word = NextWord(text, at)) {
    if (line.formats.size() == kMaxFormats) return std::nullopt;
    line.formats.push_back(word);
  }
  return line;
}

bool MediaLine::is_rtp() const {
  return protocol.starts_with("RTP/") || protocol.find("/RTP/") != std::string_view::npos;
}

std::string MediaLine::WithFormats(std::span<const size_t> order) const {
  std::string line(head);
  size_t end_before = head.size();
  for (size_t i = 0; i < order.size(); ++i) {
    const auto start = static_cast<size_t>(formats[i].data() - text.data());
    line += text.substr(end_before, start - end_before);
    line += formats[order[i]];
    end_before = start + formats[i].size();
  }
  const size_t end = formats.empty() ? head.size()
                                     : static_cast<size_t>(formats.back().data() - text.data()) +
                                           formats.back().size();
  line += text.substr(end);
  return line;
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace koeru::sdp
