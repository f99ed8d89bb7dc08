#include "core/bytes/hex.h"
#include "core/inspect/input.h"
#include "core/inspect/packet_tree.h"
#include "core/inspect/print_json.h"
#include "wasm/calls.h"
#include "wasm/fields.h"

namespace koeru::wasm {
namespace {

using inspect::JsonWriter;

// The order of the input's fields, as in koeru_abi.h.
enum FieldIndex : size_t { kUsername, kRealm, kPassword, kForm, kInput, kFieldCount };

void WriteItem(const inspect::InspectedItem& item, JsonWriter& json) {
  json.BeginObject();
  json.Field("kind", inspect::ItemKindName(item.kind));
  if (item.line > 0) json.Field("line", uint64_t{item.line});
  if (!item.bytes.empty()) json.Field("hex", ToHex(item.bytes));
  json.Key("tree");
  inspect::WriteJson(item.tree, json);
  json.EndObject();
}

void WriteEntry(const inspect::CaptureEntry& entry, JsonWriter& json) {
  json.BeginObject();
  json.Field("number", uint64_t{entry.number});
  // Nanoseconds are more than a double holds.
  json.Field("microseconds", entry.time_ns / 1000);
  json.Field("source", entry.source);
  json.Field("destination", entry.destination);
  json.Field("transport", entry.transport);
  json.Field("kind", entry.kind);
  json.Field("summary", entry.summary);
  json.Field("offset", uint64_t{entry.offset});
  json.Field("size", uint64_t{entry.size});
  if (entry.cut) json.Field("cut", true);
  if (!entry.realm.empty()) json.Field("realm", entry.realm);
  json.EndObject();
}

void WriteCapture(const inspect::CaptureList& list, JsonWriter& json) {
  json.Key("packets");
  json.BeginArray();
  for (const inspect::CaptureEntry& entry : list.packets) WriteEntry(entry, json);
  json.EndArray();
  json.Key("counts");
  json.BeginObject();
  json.Field("packets", uint64_t{list.total});
  json.Field("otherProtocols", uint64_t{list.not_ip});
  json.Field("malformed", uint64_t{list.malformed});
  json.Field("fragments", uint64_t{list.fragments});
  json.Field("leftOut", uint64_t{list.left_out});
  json.EndObject();
  if (list.unknown_link_type >= 0) {
    json.Field("unknownLinkType", static_cast<uint64_t>(list.unknown_link_type));
  }
  if (list.error) {
    json.Field("error", std::string(list.error->reason) + " (at byte " +
                            std::to_string(list.error->offset) + ")");
  }
}

std::string Json(const inspect::Inspection& found) {
  JsonWriter json;
  json.BeginObject();
  json.Field("kind", inspect::InputKindName(found.kind));
  json.Key("items");
  json.BeginArray();
  for (const inspect::InspectedItem& item : found.items) WriteItem(item, json);
  json.EndArray();
  if (found.sdp_lines > 0) json.Field("sdpLines", uint64_t{found.sdp_lines});
  if (!found.error.empty()) json.Field("error", found.error);
  if (found.kind == inspect::InputKind::kCapture) WriteCapture(found.capture, json);
  json.EndObject();
  return json.Take();
}

}  // namespace

Answer Inspect(Bytes input) {
  const Result<std::vector<std::string_view>> fields = ReadFields(input);
  if (!fields.ok()) return Failure(fields.error());
  if (fields->size() != kFieldCount) return Failure({"5 fields are needed", 0});
  inspect::Credentials credentials{(*fields)[kUsername], (*fields)[kRealm], (*fields)[kPassword]};
  credentials.given = !credentials.password.empty();
  const Bytes bytes = AsBytes((*fields)[kInput]);
  const std::string_view form = (*fields)[kForm];
  if (form == "packet") {
    return Success(inspect::PrintJson(inspect::InspectPacket(bytes, {.credentials = credentials})));
  }
  if (form == "text") return Success(Json(inspect::InspectText(AsText(bytes), credentials)));
  if (form.empty()) return Success(Json(inspect::InspectInput(bytes, credentials)));
  return Failure({"needs 'text', 'packet' or nothing", 0}, "form");
}

}  // namespace koeru::wasm
