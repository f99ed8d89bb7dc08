#include "core/sdp/edit/fmtp.h"

#include <algorithm>

#include "core/ice/token.h"
#include "core/sdp/edit/fmtp_text.h"
#include "core/sdp/text_form.h"

namespace koeru::sdp {
namespace {

// At once; more than any codec knows.
constexpr size_t kMaxParameters = 64;

bool IsParameterNameLetter(char c) { return ice::IsVchar(c) && c != '=' && c != ';' && c != '"'; }

void Apply(FmtpText& text, std::span<const FormatParameterChange> changes, bool may_add) {
  for (const FormatParameterChange& change : changes) {
    if (!change.value) {
      text.Remove(change.name);
    } else if (may_add || text.Has(change.name)) {
      text.Set(change.name, *change.value);
    }
  }
}

// What is found of each codec in one pass over the section.
struct Found {
  bool wanted = false;
  bool has_line = false;
  std::optional<size_t> place;  // behind its last a=rtpmap or a=rtcp-fb
};

EditResult EditLine(SectionEdit& edit, size_t index, std::span<const FormatParameterChange> changes,
                    bool may_add) {
  FmtpText text(edit.line(index).text());
  if (!text.HasParameters()) {
    return EditError{"its a=fmtp line is a list and no name=value parameters: replace that line",
                     "codec"};
  }
  Apply(text, changes, may_add);
  if (text.IsEmpty()) {
    edit.changes().Erase(index);
  } else {
    edit.Set(index, text.line());
  }
  return std::nullopt;
}

// Edits the lines that are there; what has none stays without one.
EditResult EditLines(SectionEdit& edit, const CodecList& list, std::vector<Found>& found,
                     size_t& place, std::span<const FormatParameterChange> changes) {
  for (size_t i = edit.first(); i < edit.end(); ++i) {
    const auto format = FormatOf(edit.line(i));
    const auto codec = format ? list.Find(*format) : std::nullopt;
    if (!codec) continue;
    const std::string_view name = edit.line(i).attribute()->name;
    if (name != "rtpmap" && name != "rtcp-fb" && name != "fmtp") continue;
    place = i + 1;
    Found& one = found[*codec];
    if (name != "fmtp") one.place = i + 1;
    if (name != "fmtp" || !one.wanted) continue;
    // New parameters go to the first of several lines.
    if (auto error = EditLine(edit, i, changes, !one.has_line)) return error;
    one.has_line = true;
  }
  return std::nullopt;
}

class FmtpEditor final : public SectionEditor {
 public:
  FmtpEditor(std::string_view codec, std::span<const FormatParameterChange> changes)
      : codec_(codec), changes_(changes) {}

  EditResult Edit(SectionEdit& edit) override {
    const auto list = CodecList::Of(edit.document(), edit.section());
    if (!list) return NoCodecs();
    EditResult error = ChangeFormatParameters(edit, *list, CodecName(codec_), changes_);
    if (error && error->elsewhere)
      error->reason = "there is no codec " + Quoted(codec_) + std::string(kRemedy);
    return error;
  }

 private:
  static constexpr std::string_view kRemedy =
      ": name one by its a=rtpmap or by its payload type in the m= line";

  std::string_view codec_;
  std::span<const FormatParameterChange> changes_;
};

}  // namespace

EditError NoCodecs() {
  return {"the section has no codecs: choose one whose m= line has RTP and payload types",
          "section", true};
}

EditResult CheckFormatParameter(std::string_view name, std::string_view value) {
  if (name.empty() || !std::all_of(name.begin(), name.end(), IsParameterNameLetter)) {
    return EditError{Quoted(name) + " is no name of a parameter: write letters, digits and '-'",
                     "name"};
  }
  if (kByteString.Measure(value) != value.size() ||
      kParameterValue.Measure(value) != value.size()) {
    return EditError{"the value of " + Quoted(name) +
                         " has a ';', a line break or a NUL: put ';' in quotation marks",
                     "value"};
  }
  if (Trimmed(value).size() != value.size() ||
      std::count(value.begin(), value.end(), '"') % 2 != 0) {
    return EditError{"the value of " + Quoted(name) +
                         " has a space at an end, or a quotation mark without its partner",
                     "value"};
  }
  return std::nullopt;
}

EditResult ChangeFormatParameters(SectionEdit& edit, const CodecList& list, const CodecName& codec,
                                  std::span<const FormatParameterChange> changes) {
  if (changes.size() > kMaxParameters) {
    return EditError{"more than 64 parameters at once: set them in several steps", "name"};
  }
  for (const FormatParameterChange& change : changes) {
    if (auto error = CheckFormatParameter(change.name, change.value.value_or(""))) return error;
  }
  std::vector<Found> found(list.codecs().size());
  bool any = false;
  for (size_t i = 0; i < found.size(); ++i) {
    // A format that stands twice is edited once.
    found[i].wanted = codec.Matches(list.codecs()[i]) && list.Find(list.codecs()[i].format) == i;
    any = any || found[i].wanted;
  }
  if (!any) return EditError{"the codec is not in this section", "codec", true};
  size_t place = edit.EndOfContent();
  if (auto error = EditLines(edit, list, found, place, changes)) return error;
  for (size_t i = 0; i < found.size(); ++i) {
    if (!found[i].wanted || found[i].has_line) continue;
    FmtpText text("a=fmtp:" + std::string(list.codecs()[i].format) + ' ');
    Apply(text, changes, true);
    if (!text.IsEmpty()) edit.changes().Insert(found[i].place.value_or(place), text.line());
  }
  return std::nullopt;
}

EditResult SetFormatParameters(Document& document, size_t section, std::string_view codec,
                               std::span<const NameAndValue> parameters) {
  if (parameters.empty()) return EditError{"says no parameter: give name and value", "name"};
  std::vector<FormatParameterChange> changes;
  for (const NameAndValue& one : parameters) changes.push_back({one.name, one.value});
  FmtpEditor editor(codec, changes);
  return EditSections(document, section, editor);
}

EditResult RemoveFormatParameters(Document& document, size_t section, std::string_view codec,
                                  std::span<const std::string_view> names) {
  if (names.empty()) return EditError{"says no parameter: give names", "name"};
  std::vector<FormatParameterChange> changes;
  for (const std::string_view name : names) changes.push_back({name, std::nullopt});
  FmtpEditor editor(codec, changes);
  return EditSections(document, section, editor);
}

Result<std::string, EditError> WriteFmtp(std::string_view format,
                                         std::span<const NameAndValue> parameters) {
  if (format.empty() || kToken.Measure(format) != format.size()) {
    return EditError{Quoted(format) + " is no format: write a payload type of the m= line",
                     "format"};
  }
  if (parameters.empty()) return EditError{"says no parameter: give name and value", "name"};
  std::string line = "a=fmtp:" + std::string(format);
  for (const NameAndValue& one : parameters) {
    if (auto error = CheckFormatParameter(one.name, one.value)) return *error;
    line += &one == parameters.data() ? ' ' : ';';
    line += FormatParameterText(one.name, one.value);
  }
  return line;
}

}  // namespace koeru::sdp
