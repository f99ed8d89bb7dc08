#include "core/sdp/edit/remove_formats.h"

#include "core/sdp/edit/rid_lines.h"

namespace koeru::sdp {
namespace {

EditResult CheckWhatIsLeft(const CodecList& list, const std::vector<bool>& removed) {
  bool had_media = false;
  bool has_media = false;
  bool has_any = false;
  for (size_t i = 0; i < removed.size(); ++i) {
    const bool is_media = !list.codecs()[i].is_helper();
    had_media = had_media || is_media;
    has_media = has_media || (is_media && !removed[i]);
    has_any = has_any || !removed[i];
  }
  if (has_any && (has_media || !had_media)) return std::nullopt;
  // RFC 3264 section 6, RFC 8829 section 5.3.1.
  return EditError{
      "no codec would be left in the section: to reject it, set the port in its m= line to 0",
      "codec"};
}

// RFC 2198 section 5: "a=fmtp:63 111/0" without what was removed.
void MendRed(SectionEdit& edit, size_t index, const CodecList& list,
             const std::vector<bool>& removed) {
  const std::string_view text = edit.line(index).text();
  const std::string_view format = *FormatOf(edit.line(index));
  const size_t at = static_cast<size_t>(format.data() - text.data()) + format.size();
  std::string line(text.substr(0, at));
  const std::vector<std::string_view> carried = RedFormats(text.substr(at));
  if (carried.empty()) return;
  char separator = ' ';
  bool is_mended = false;
  for (const std::string_view one : carried) {
    const auto codec = list.Find(one);
    if (codec && removed[*codec]) {
      is_mended = true;
      continue;
    }
    line += separator;
    line += one;
    separator = '/';
  }
  if (is_mended) edit.Set(index, std::move(line));
}

}  // namespace

EditResult RemoveFormats(SectionEdit& edit, const CodecList& list,
                         const std::vector<bool>& removed) {
  if (auto error = CheckWhatIsLeft(list, removed)) return error;
  std::vector<size_t> kept;
  for (size_t i = 0; i < removed.size(); ++i) {
    if (!removed[i]) kept.push_back(i);
  }
  if (kept.size() == removed.size()) return std::nullopt;
  edit.Set(edit.first(), list.media().WithFormats(kept));
  for (size_t i = edit.first(); i < edit.end(); ++i) {
    const auto format = FormatOf(edit.line(i));
    const auto codec = format ? list.Find(*format) : std::nullopt;
    if (!codec) continue;
    if (removed[*codec]) {
      edit.changes().Erase(i);
    } else if (list.codecs()[*codec].Is("red") && edit.line(i).attribute()->name == "fmtp") {
      MendRed(edit, i, list, removed);
    }
  }
  MendRids(edit, list, removed);
  return std::nullopt;
}

}  // namespace koeru::sdp
