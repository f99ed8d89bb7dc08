#pragma once

// Format parameters of codecs: RFC 8866 section 6.15.
//
//   SetFormatParameters(offer, 1, "opus", {{"stereo", "1"}});
//   RemoveFormatParameters(offer, 1, "opus", {"usedtx"});
//   WriteFmtp("111", {{"minptime", "10"}, {"useinbandfec", "1"}})
//                                           // "a=fmtp:111 minptime=10;useinbandfec=1"
//
// A codec is named as in codec_list.h; all its payload types are edited.

#include "core/bytes/result.h"
#include "core/sdp/codec_list.h"
#include "core/sdp/edit/section_edit.h"

namespace koeru::sdp {

struct NameAndValue {
  std::string_view name;
  std::string_view value;  // empty: the name stands alone
};

EditResult SetFormatParameters(Document& document, size_t section, std::string_view codec,
                               std::span<const NameAndValue> parameters);
// The last parameter goes with its line.
EditResult RemoveFormatParameters(Document& document, size_t section, std::string_view codec,
                                  std::span<const std::string_view> names);

// The whole line, without ending.
Result<std::string, EditError> WriteFmtp(std::string_view format,
                                         std::span<const NameAndValue> parameters);

// For editors of one section. What is to be set, and what is to go: both may be empty.
struct FormatParameterChange {
  std::string_view name;
  std::optional<std::string_view> value;  // nullopt: remove
};
EditResult ChangeFormatParameters(SectionEdit& edit, const CodecList& list, const CodecName& codec,
                                  std::span<const FormatParameterChange> changes);

// Of a section that has no codecs.
EditError NoCodecs();

// What a name or value must not have in it, as an error.
EditResult CheckFormatParameter(std::string_view name, std::string_view value);

}  // namespace koeru::sdp
