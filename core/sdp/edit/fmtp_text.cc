#include "core/sdp/edit/fmtp_text.h"

#include <vector>

#include "core/ice/token.h"
#include "core/sdp/media_line.h"
#include "core/sdp/text_form.h"

namespace koeru::sdp {
namespace {

// Offsets in the line. The name may be empty: behind a ";" at the end.
struct Parameter {
  size_t start;
  size_t name_end;
  size_t end;  // of the value; the same as name_end without one
};

// RFC 8866 section 6.15: what stands behind the format. Parameters are parted by ";".
std::vector<Parameter> Parameters(std::string_view line) {
  std::vector<Parameter> list;
  const size_t colon = line.find(':');
  size_t at = colon == std::string_view::npos ? line.size() : colon + 1;
  const auto skip_spaces = [&] {
    while (at < line.size() && IsSpace(line[at])) ++at;
  };
  skip_spaces();
  at += kNonSpace.Measure(line.substr(at));
  skip_spaces();
  while (at < line.size()) {
    const size_t name_end = at + kParameterName.Measure(line.substr(at));
    size_t end = name_end;
    if (end < line.size() && line[end] == '=') {
      end += 1 + kParameterValue.Measure(line.substr(end + 1));
    }
    list.push_back({at, name_end, end});
    if (end == line.size()) break;
    at = end + 1;
    skip_spaces();
    if (at == line.size()) list.push_back({at, at, at});
  }
  return list;
}

std::string_view ParameterName(std::string_view line, const Parameter& parameter) {
  return Trimmed(line.substr(parameter.start, parameter.name_end - parameter.start));
}

}  // namespace

std::string FormatParameterText(std::string_view name, std::string_view value) {
  std::string text(name);
  if (!value.empty()) text.append("=").append(value);
  return text;
}

bool FmtpText::HasParameters() const {
  for (const Parameter& parameter : Parameters(line_)) {
    const std::string_view name = ParameterName(line_, parameter);
    const bool is_flag = parameter.end == parameter.name_end;
    if (is_flag && !name.empty() && ice::IsDigit(name.front())) return false;
  }
  return true;
}

bool FmtpText::IsEmpty() const {
  for (const Parameter& parameter : Parameters(line_)) {
    if (parameter.end > parameter.start) return false;
  }
  return true;
}

bool FmtpText::Has(std::string_view name) const {
  for (const Parameter& parameter : Parameters(line_)) {
    if (ice::EqualsIgnoringCase(ParameterName(line_, parameter), name)) return true;
  }
  return false;
}

void FmtpText::Set(std::string_view name, std::string_view value) {
  const std::vector<Parameter> list = Parameters(line_);
  std::string text;
  size_t copied = 0;
  bool found = false;
  for (const Parameter& parameter : list) {
    if (!ice::EqualsIgnoringCase(ParameterName(line_, parameter), name)) continue;
    found = true;
    const size_t from = value.empty() ? parameter.name_end : parameter.name_end + 1;
    text += line_.substr(copied, std::min(from, parameter.end) - copied);
    if (!value.empty() && parameter.end == parameter.name_end) text += '=';
    text += value;
    copied = parameter.end;
  }
  text += line_.substr(copied);
  if (!found) {
    const bool is_open = list.empty() || list.back().end == list.back().start;
    // As the parameters before are parted.
    const bool is_spaced = list.size() > 1 && list[1].start > list[0].end + 1;
    if (!is_open) text += is_spaced ? "; " : ";";
    if (list.empty() && !text.ends_with(' ')) text += ' ';
    text += FormatParameterText(name, value);
  }
  line_ = std::move(text);
}

void FmtpText::Remove(std::string_view name) {
  const std::vector<Parameter> list = Parameters(line_);
  std::string text;
  size_t copied = 0;
  bool is_first = true;
  for (size_t i = 0; i < list.size(); ++i) {
    if (!ice::EqualsIgnoringCase(ParameterName(line_, list[i]), name)) {
      is_first = false;
      continue;
    }
    // With the ";" in front of it; the first one with that behind it.
    const size_t next = i + 1 < list.size() ? list[i + 1].start : list[i].end;
    const size_t from = is_first ? list[i].start : list[i - 1].end;
    text += line_.substr(copied, std::max(from, copied) - copied);
    copied = is_first ? next : list[i].end;
  }
  text += line_.substr(copied);
  line_ = std::move(text);
}

}  // namespace koeru::sdp
