#include "core/sdp/answer/offered_section.h"

#include "core/bytes/ascii.h"
#include "core/sdp/attributes/extmap.h"
#include "core/sdp/attributes/fingerprint.h"
#include "core/sdp/attributes/group.h"
#include "core/sdp/attributes/sctp.h"
#include "core/sdp/typed_line.h"

namespace koeru::sdp {
namespace {

// The value of the section's first attribute of that name, else of the session's.
std::string_view ValueOf(const Document& offer, size_t section, std::string_view name) {
  for (const size_t level : {section, size_t{0}}) {
    if (const auto at = offer.FindAttribute(level, name)) {
      return offer.lines()[*at].attribute()->value.value_or("");
    }
  }
  return {};
}

bool Has(const Document& offer, size_t section, std::string_view name) {
  return offer.FindAttribute(section, name) || offer.FindAttribute(0, name);
}

// RFC 8866 section 6.7, the section's own or the session's.
std::string_view DirectionOf(const Document& offer, size_t section) {
  for (const size_t level : {section, size_t{0}}) {
    for (const std::string_view name : {"sendrecv", "sendonly", "recvonly", "inactive"}) {
      if (offer.FindAttribute(level, name)) return name;
    }
  }
  return "sendrecv";
}

// RFC 8122 section 5: there may be one for each hash; longer ones are stronger.
void ReadFingerprint(const Document& offer, size_t level, OfferedSection& section) {
  size_t strength = 0;
  for (const Line& line : offer.LinesOf(offer.sections()[level])) {
    const auto fingerprint = TypedLine(line).As<Fingerprint>();
    if (!fingerprint.ok()) continue;
    const std::string_view hash = fingerprint->hash_function;
    for (const auto& [name, rank] :
         {std::pair<std::string_view, size_t>{"sha-256", 1}, {"sha-384", 2}, {"sha-512", 3}}) {
      if (!EqualsIgnoringCase(hash, name) || rank <= strength) continue;
      strength = rank;
      section.fingerprint_hash = hash;
      section.fingerprint = fingerprint->hash;
    }
  }
}

void ReadLines(const Document& offer, size_t index, OfferedSection& section) {
  for (const Line& line : offer.LinesOf(offer.sections()[index])) {
    const TypedLine typed(line);
    if (const auto extmap = typed.As<Extmap>(); extmap.ok()) {
      section.extensions.push_back({extmap->id, extmap->uri});
    } else if (const auto port = typed.As<SctpPort>(); port.ok()) {
      section.sctp_port = port->port;
    } else if (const auto size = typed.As<MaxMessageSize>(); size.ok()) {
      section.max_message_size = size->bytes;
    } else if (const auto attribute = line.attribute();
               attribute && attribute->name == "candidate" && attribute->value) {
      section.candidates.push_back(*attribute->value);
    }
  }
}

}  // namespace

OfferedSection ReadOffered(const Document& offer, size_t index) {
  OfferedSection section;
  const Line& first = offer.lines()[offer.sections()[index].first_line];
  const auto media = MediaLine::Parse(first.text());
  if (!media || media->formats.empty()) return section;
  section.media = media->media;
  section.protocol = media->protocol;
  section.first_format = media->formats[0];
  section.is_refused = media->has_port_zero() && !offer.FindAttribute(index, "bundle-only");
  if (const auto at = offer.FindAttribute(index, "mid")) {
    section.mid = offer.lines()[*at].attribute()->value.value_or("");
  }
  section.rtcp_mux = offer.FindAttribute(index, "rtcp-mux").has_value();
  section.rtcp_rsize = offer.FindAttribute(index, "rtcp-rsize").has_value();
  section.direction = DirectionOf(offer, index);
  section.codecs = CodecList::Of(offer, index);
  section.ufrag = ValueOf(offer, index, "ice-ufrag");
  section.password = ValueOf(offer, index, "ice-pwd");
  ReadFingerprint(offer, index, section);
  if (section.fingerprint.empty()) ReadFingerprint(offer, 0, section);
  if (Has(offer, index, "setup")) {
    if (const auto setup = Decode<Setup>(ValueOf(offer, index, "setup")); setup.ok()) {
      section.setup = setup->role;
    }
  }
  ReadLines(offer, index, section);
  return section;
}

std::vector<std::string_view> BundleOf(const Document& offer) {
  if (offer.sections().empty()) return {};
  for (const Line& line : offer.LinesOf(offer.sections()[0])) {
    const auto group = TypedLine(line).As<Group>();
    if (group.ok() && group->semantics == "BUNDLE") return group->mids;
  }
  return {};
}

}  // namespace koeru::sdp
