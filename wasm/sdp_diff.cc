#include "core/bytes/hex.h"
#include "core/sdp/diff/diff.h"
#include "core/sdp/diff/section_match.h"
#include "wasm/calls.h"
#include "wasm/fields.h"

namespace koeru::wasm {
namespace {

// Of all lines together. Thousands of differences may lie in one long line.
constexpr size_t kMaxText = 1u << 20;

void WriteLine(inspect::JsonWriter& json, const sdp::Document& document, std::optional<size_t> line,
               std::string_view text_name, std::string_view number_name, size_t& room) {
  if (!line) return;
  const std::string_view text = document.lines()[*line].text();
  if (text.size() <= room) {
    json.Field(text_name, text);
    room -= text.size();
  }
  json.Field(number_name, uint64_t{*line + 1});
}

// The mid, or the index of the media section; nothing for the session.
void WriteSection(inspect::JsonWriter& json, const sdp::Document& document, size_t section) {
  if (section == 0) return;
  if (const auto mid = sdp::MidOf(document, section)) {
    json.Field("section", *mid);
  } else {
    json.Field("section", uint64_t{section - 1});
  }
}

}  // namespace

Answer DiffSdp(Bytes input) {
  const Result<std::vector<std::string_view>> fields = ReadFields(input);
  if (!fields.ok()) return Failure(fields.error());
  if (fields->size() != 2) return Failure({"needs two descriptions", 0});
  const sdp::Document before = sdp::Document::Parse((*fields)[0]);
  const sdp::Document after = sdp::Document::Parse((*fields)[1]);
  inspect::JsonWriter json;
  size_t room = kMaxText;
  json.BeginArray();
  for (const sdp::Difference& difference : sdp::Diff(before, after)) {
    json.BeginObject();
    json.Field("kind", difference.kind);
    WriteSection(json, difference.section_is_new ? after : before, difference.section);
    json.Field("message", difference.message);
    WriteLine(json, before, difference.line_before, "before", "lineBefore", room);
    WriteLine(json, after, difference.line_after, "after", "lineAfter", room);
    json.EndObject();
  }
  json.EndArray();
  return Success(json.Take());
}

}  // namespace koeru::wasm
