#include "core/bytes/hex.h"
#include "core/ice/uri.h"
#include "wasm/calls.h"
#include "wasm/json_writer.h"

namespace koeru::wasm {

Answer ParseUri(Bytes input) {
  const Result<ice::Uri> uri = ice::Uri::Parse(AsText(input));
  if (!uri.ok()) return Failure(uri.error());
  JsonWriter json;
  json.BeginObject();
  json.Text("scheme", ice::SchemeName(uri->scheme));
  json.Text("host", uri->host.text);
  json.Text("hostKind", ice::HostKindName(uri->host.kind));
  json.Number("port", uri->port);
  json.Text("transport", uri->transport == ice::UriTransport::kUdp ? "udp" : "tcp");
  json.Bool("secure", uri->is_secure());
  json.Text("text", uri->ToString());
  json.EndObject();
  return Success(json.Take());
}

}  // namespace koeru::wasm
