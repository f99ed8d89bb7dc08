// koeru_fuzzer deps: koeru_ice koeru_inspect
//
// URIs: the canonical form of what is accepted means the same; what is refused has its error inside
// of the text.

#include <string>

#include "core/bytes/hex.h"
#include "core/ice/uri.h"
#include "core/inspect/uri_json.h"
#include "tests/fuzz/require.h"

using koeru::fuzz::Require;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text = koeru::AsText({data, size});
  const auto uri = koeru::ice::Uri::Parse(text);
  if (!uri.ok()) {
    Require(uri.error().offset <= text.size(), "uri.error().offset <= text.size()");
    Require(!uri.error().reason.empty(), "!uri.error().reason.empty()");
    return 0;
  }
  const std::string canonical = uri->ToString();
  const auto again = koeru::ice::Uri::Parse(canonical);
  Require(again.ok(), "again.ok()");
  Require(again->scheme == uri->scheme && again->host.text == uri->host.text,
          "again->scheme == uri->scheme && again->host.text == uri->host.text");
  Require(again->port == uri->port && again->transport == uri->transport,
          "again->port == uri->port && again->transport == uri->transport");
  Require(again->ToString() == canonical, "again->ToString() == canonical");
  Require(!koeru::inspect::UriJson(*uri).empty(), "!koeru::inspect::UriJson(*uri).empty()");
  return 0;
}
