#include "core/sdp/edit/bandwidth.h"

#include "core/ice/token.h"
#include "core/sdp/lines/bandwidth.h"
#include "core/sdp/media_line.h"
#include "core/sdp/typed_line.h"

namespace koeru::sdp {
namespace {

// RFC 8866 section 5.8, RFC 3890 section 6.2.2, RFC 3556 section 2.
constexpr std::string_view kTypes[] = {"CT", "AS", "TIAS", "RS", "RR"};

class BandwidthEditor final : public SectionEditor {
 public:
  // An empty `line`: none is wanted.
  BandwidthEditor(std::string_view type, std::string line) : type_(type), line_(std::move(line)) {}

  EditResult Edit(SectionEdit& edit) override {
    bool found = line_.empty();
    for (size_t i = edit.first(); i < edit.end(); ++i) {
      if (!IsWanted(edit.line(i))) continue;
      if (found) edit.changes().Erase(i);
      if (!found) edit.Set(i, line_);
      found = true;
    }
    if (!found) edit.changes().Insert(edit.PlaceOf('b'), line_);
    return std::nullopt;
  }

 private:
  bool IsWanted(const Line& line) const {
    if (line.type() != 'b') return false;
    const std::string_view value = line.value();
    return ice::EqualsIgnoringCase(Trimmed(value.substr(0, value.find(':'))), type_);
  }

  std::string_view type_;
  std::string line_;
};

}  // namespace

EditResult SetBandwidth(Document& document, size_t section, std::string_view type,
                        std::string_view bandwidth) {
  for (const std::string_view known : kTypes) {
    if (ice::EqualsIgnoringCase(known, type)) type = known;
  }
  if (type.empty() || kToken.Measure(type) != type.size()) {
    return EditError{Quoted(type) + " is no type of bandwidth: write AS (kbit/s) or TIAS (bit/s)",
                     "type"};
  }
  std::string line;
  if (!bandwidth.empty()) {
    line = "b=";
    line.append(type).append(":").append(bandwidth);
    if (!Decode<Bandwidth>(std::string_view(line).substr(2), Mode::kStrict).ok()) {
      return EditError{Quoted(bandwidth) + " is no bandwidth: write a whole number without unit",
                       "bandwidth"};
    }
  }
  BandwidthEditor editor(type, std::move(line));
  return EditSections(document, section, editor);
}

}  // namespace koeru::sdp
