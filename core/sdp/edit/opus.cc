#include "core/sdp/edit/opus.h"

#include "core/ice/token.h"

namespace koeru::sdp {
namespace {

struct Setting {
  std::string_view name;
  uint32_t low;
  uint32_t high;
  bool is_line;  // an attribute of its own, in milliseconds
};

constexpr Setting kSettings[] = {
    {"stereo", 0, 1, false},
    {"sprop-stereo", 0, 1, false},
    {"cbr", 0, 1, false},
    {"useinbandfec", 0, 1, false},
    {"usedtx", 0, 1, false},
    {"maxaveragebitrate", 6000, 510000, false},
    {"maxplaybackrate", 8000, 48000, false},
    {"sprop-maxcapturerate", 8000, 48000, false},
    {"minptime", 3, 120, false},
    {"ptime", 3, 120, true},
    {"maxptime", 3, 120, true},
};

const Setting* FindSetting(std::string_view name) {
  for (const Setting& setting : kSettings) {
    if (setting.name == name) return &setting;
  }
  return nullptr;
}

EditError UnknownSetting(std::string_view name) {
  std::string reason = Quoted(name) + " is no setting of Opus: those are";
  for (const Setting& setting : kSettings) reason.append(" ").append(setting.name);
  return {std::move(reason), "name"};
}

EditResult CheckValue(const Setting& setting, std::string_view value) {
  if (value.empty()) return std::nullopt;
  const auto number = ice::ParseNumber(value, setting.low, setting.high, "");
  // RFC 7587 section 6.1: "an arbitrary multiple of an Opus frame size rounded up to the next full
  // integer value", and the smallest frame has 2.5 ms.
  const bool fits = number.ok() && (!setting.is_line || *number % 5 == 0 || *number % 5 == 3);
  if (fits) return std::nullopt;
  std::string reason = "is " + Quoted(value) + ": write a number from " +
                       std::to_string(setting.low) + " to " + std::to_string(setting.high);
  if (setting.is_line) reason += ", a multiple of 2.5 rounded up";
  return EditError{std::move(reason), std::string(setting.name)};
}

class OpusEditor final : public SectionEditor {
 public:
  explicit OpusEditor(std::span<const NameAndValue> settings) {
    for (const NameAndValue& one : settings) {
      if (FindSetting(one.name)->is_line) {
        lines_.push_back(one);
      } else {
        parameters_.push_back({one.name, one.value.empty()
                                             ? std::nullopt
                                             : std::optional<std::string_view>(one.value)});
      }
    }
  }

  EditResult Edit(SectionEdit& edit) override {
    const auto list = CodecList::Of(edit.document(), edit.section());
    if (!list) return NoCodecs();
    // RFC 7587 section 7: "opus/48000/2", whatever is sent.
    EditResult error = ChangeFormatParameters(edit, *list, CodecName("opus"), parameters_);
    if (error && error->elsewhere) error->reason = "there is no Opus in the section's m= line";
    if (error) return error;
    if (auto contradiction = CheckPacketTimes(edit)) return contradiction;
    for (const NameAndValue& line : lines_) SetLine(edit, line);
    return std::nullopt;
  }

 private:
  std::optional<uint32_t> MillisecondsOf(const SectionEdit& edit, std::string_view name) const {
    std::optional<std::string_view> text;
    if (const auto at = edit.FindAttribute(name)) text = edit.line(*at).attribute()->value;
    for (const NameAndValue& line : lines_) {
      if (line.name == name) text = line.value;
    }
    const auto number = ice::ParseNumber(text.value_or(""), 0, 1'000'000, "");
    return number.ok() ? std::optional<uint32_t>(*number) : std::nullopt;
  }

  // RFC 8866 section 6.4: a packet must not be longer than maxptime.
  EditResult CheckPacketTimes(const SectionEdit& edit) const {
    if (lines_.empty()) return std::nullopt;
    const auto wished = MillisecondsOf(edit, "ptime");
    const auto most = MillisecondsOf(edit, "maxptime");
    if (!wished || !most || *wished <= *most) return std::nullopt;
    return EditError{"would be longer than maxptime: set both, or take maxptime away with \"\"",
                     "ptime"};
  }

  static void SetLine(SectionEdit& edit, const NameAndValue& wish) {
    const std::string text = "a=" + std::string(wish.name) + ':' + std::string(wish.value);
    bool found = wish.value.empty();
    size_t place = edit.EndOfContent();
    for (size_t i = edit.first(); i < edit.end(); ++i) {
      const auto attribute = edit.line(i).attribute();
      if (!attribute) continue;
      // Behind the codecs' own lines, or beside the other time.
      if (FormatOf(edit.line(i)) || attribute->name == "ptime" || attribute->name == "maxptime") {
        place = i + 1;
      }
      if (attribute->name != wish.name) continue;
      if (found) edit.changes().Erase(i);
      if (!found) edit.Set(i, text);
      found = true;
    }
    if (!found) edit.changes().Insert(place, text);
  }

  std::vector<FormatParameterChange> parameters_;
  std::vector<NameAndValue> lines_;
};

}  // namespace

EditResult SetOpus(Document& document, size_t section, std::span<const NameAndValue> settings) {
  if (settings.empty()) return EditError{"says no setting: give name and value", "name"};
  if (settings.size() > std::size(kSettings)) return EditError{"names a setting twice", "name"};
  for (size_t i = 0; i < settings.size(); ++i) {
    const Setting* setting = FindSetting(settings[i].name);
    if (setting == nullptr) return UnknownSetting(settings[i].name);
    if (auto error = CheckValue(*setting, settings[i].value)) return error;
    for (size_t other = 0; other < i; ++other) {
      if (settings[other].name == settings[i].name) {
        return EditError{"is named twice: give one value", std::string(setting->name)};
      }
    }
  }
  OpusEditor editor(settings);
  return EditSections(document, section, editor);
}

}  // namespace koeru::sdp
