#include "core/sdp/edit/rid_restrictions.h"

#include <algorithm>

#include "core/ice/token.h"
#include "core/sdp/edit/rid_lines.h"
#include "core/sdp/text_form.h"

namespace koeru::sdp {
namespace {

constexpr std::string_view kWholeNumbers[] = {"max-width", "max-height", "max-fps",
                                              "max-fs",    "max-br",     "max-pps"};

bool IsWholeNumber(std::string_view text) {
  const auto number = ice::ParseNumber(text, 1, UINT32_MAX, "");
  return number.ok();
}

// RFC 8851 section 10: float-param-val = 1*DIGIT "." 1*DIGIT
bool IsFraction(std::string_view text) {
  const size_t whole = kDigits.Measure(text);
  return whole > 0 && whole + 1 < text.size() && text[whole] == '.' &&
         kDigits.Measure(text.substr(whole + 1)) == text.size() - whole - 1;
}

bool IsRestrictionChar(char c) { return ice::IsAlphaNumeric(c) || c == '-'; }
// param-val = *(%x20-3A / %x3C-7E)
bool IsValueChar(char c) { return c >= 0x20 && c < 0x7F && c != ';'; }

EditError Wrong(std::string_view parameter, std::string_view what) {
  return {Quoted(parameter) + ": " + std::string(what), "restrictions"};
}

EditResult CheckOne(std::string_view parameter, bool is_first, const CodecList& list,
                    std::span<const std::string_view> ids) {
  const size_t equals = std::min(parameter.find('='), parameter.size());
  const std::string_view name = parameter.substr(0, equals);
  const bool has_value = equals < parameter.size();
  const std::string_view value = has_value ? parameter.substr(equals + 1) : std::string_view();
  if (name.empty() || !std::all_of(name.begin(), name.end(), IsRestrictionChar) ||
      !std::all_of(value.begin(), value.end(), IsValueChar)) {
    return Wrong(parameter, "is no restriction: write name=value, parted by ';' without spaces");
  }
  EditResult error;
  if (name == "pt") {
    if (!is_first) return Wrong(parameter, "stands in front of all other restrictions");
    ForEachListed(value, [&](std::string_view format) {
      if (!list.Find(format)) error = Wrong(format, "is no payload type of the m= line");
    });
  } else if (name == "depend") {
    ForEachListed(value, [&](std::string_view id) {
      if (std::find(ids.begin(), ids.end(), id) == ids.end()) {
        error = Wrong(id, "is none of the streams: depend= names others of them");
      }
    });
  } else if (name == "max-bpp") {
    if (has_value && !IsFraction(value)) error = Wrong(parameter, "write a number such as 0.5");
  } else if (std::find(std::begin(kWholeNumbers), std::end(kWholeNumbers), name) !=
             std::end(kWholeNumbers)) {
    if (has_value && !IsWholeNumber(value)) {
      error = Wrong(parameter, "write a whole number from 1 on");
    }
  }
  return error;
}

}  // namespace

EditResult CheckRidRestrictions(std::string_view restrictions, const CodecList& list,
                                std::span<const std::string_view> ids) {
  if (restrictions.empty()) return std::nullopt;
  for (size_t at = 0; at <= restrictions.size();) {
    const size_t end = std::min(restrictions.find(';', at), restrictions.size());
    if (auto error = CheckOne(restrictions.substr(at, end - at), at == 0, list, ids)) return error;
    at = end + 1;
  }
  return std::nullopt;
}

}  // namespace koeru::sdp
