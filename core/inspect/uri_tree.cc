#include "core/inspect/uri_tree.h"

#include "core/bytes/escape.h"
#include "core/ice/uri.h"

namespace koeru::inspect {

Node InspectUri(std::string_view text, size_t base) {
  Node tree("ICE server URI", base, text.size(), Escape(text), "RFC 7064 §3.1");
  const auto uri = ice::Uri::Parse(text);
  if (!uri.ok()) {
    AddError(tree, uri.error(), base);
    return tree;
  }
  if (uri->is_turn()) tree.section = "RFC 7065 §3.1";
  const std::string_view scheme = ice::SchemeName(uri->scheme);
  const auto host_at = static_cast<size_t>(uri->host.text.data() - text.data());
  const size_t host_end = host_at + uri->host.text.size();
  tree.Add({"scheme", base, scheme.size(), std::string(scheme)});
  tree.Add({"host", base + host_at, uri->host.text.size(), Escape(uri->host.text)});

  // A default stands for no byte.
  const size_t question = std::min(text.find('?'), text.size());
  Node port("port", base + question, 0, std::to_string(uri->port));
  if (uri->port_given) {
    const size_t colon = text.find(':', host_end);
    port.offset = base + colon + 1;
    port.size = question - colon - 1;
  } else {
    port.Say(Severity::kNote, "the scheme's default");
  }
  tree.Add(std::move(port));

  const bool udp = uri->transport == ice::UriTransport::kUdp;
  const std::string_view name =
      uri->is_secure() ? (udp ? "DTLS over UDP" : "TLS over TCP") : (udp ? "UDP" : "TCP");
  Node transport("transport", base + question, text.size() - question, std::string(name));
  if (!uri->transport_given) transport.Say(Severity::kNote, "the scheme's default");
  tree.Add(std::move(transport));
  return tree;
}

}  // namespace koeru::inspect
