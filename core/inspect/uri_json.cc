#include "core/inspect/uri_json.h"

#include "core/inspect/json_writer.h"

namespace koeru::inspect {

std::string UriJson(const ice::Uri& uri) {
  JsonWriter json;
  json.BeginObject();
  json.Field("scheme", ice::SchemeName(uri.scheme));
  json.Field("host", uri.host.text);
  json.Field("hostType", ice::HostKindName(uri.host.kind));
  json.Field("port", uri.port);
  json.Field("portGiven", uri.port_given);
  json.Field("transport", uri.transport == ice::UriTransport::kUdp ? "udp" : "tcp");
  json.Field("transportGiven", uri.transport_given);
  json.Field("secure", uri.is_secure());
  json.Field("canonical", uri.ToString());
  json.EndObject();
  return json.Take();
}

}  // namespace koeru::inspect
