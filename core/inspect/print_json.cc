#include "core/inspect/print_json.h"

namespace koeru::inspect {

void WriteJson(const Node& node, JsonWriter& json) {
  json.BeginObject();
  json.Field("label", node.label);
  json.Field("offset", node.offset);
  json.Field("size", node.size);
  if (!node.value.empty()) json.Field("value", node.value);
  if (!node.section.empty()) json.Field("rfc", node.section);
  if (!node.remarks.empty()) {
    json.Key("remarks");
    json.BeginArray();
    for (const Remark& remark : node.remarks) {
      json.BeginObject();
      json.Field("severity", SeverityName(remark.severity));
      json.Field("text", remark.text);
      if (!remark.section.empty()) json.Field("rfc", remark.section);
      json.EndObject();
    }
    json.EndArray();
  }
  if (!node.children.empty()) {
    json.Key("children");
    json.BeginArray();
    for (const Node& child : node.children) WriteJson(child, json);
    json.EndArray();
  }
  json.EndObject();
}

std::string PrintJson(const Node& tree) {
  JsonWriter json;
  WriteJson(tree, json);
  return json.Take();
}

}  // namespace koeru::inspect
