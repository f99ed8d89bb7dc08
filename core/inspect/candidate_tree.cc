#include "core/inspect/candidate_tree.h"

#include <algorithm>
#include <array>

#include "core/bytes/escape.h"
#include "core/ice/candidate.h"
#include "core/ice/priority.h"

namespace koeru::inspect {
namespace {

// The words of RFC 8839 section 5.1 in their order; the keyword "typ" belongs to the type.
enum Field : size_t {
  kFoundation,
  kComponent,
  kTransport,
  kPriority,
  kAddress,
  kPort,
  kTyp,
  kType,
  kFirstExtension
};
struct FieldRow {
  std::string_view label;
  std::string_view section;
};
constexpr std::array<FieldRow, kFirstExtension> kFields = {{
    {"foundation", "RFC 8445 §5.1.1.3"},
    {"component", "RFC 8445 §13"},
    {"transport", "RFC 8839 §5.1"},
    {"priority", "RFC 8445 §5.1.2.1"},
    {"address", "RFC 8839 §5.1"},
    {"port", "RFC 8839 §5.1"},
    {"typ", ""},
    {"type", "RFC 8445 §5.1.1"},
}};

std::string_view ExtensionSection(std::string_view name) {
  constexpr FieldRow kRows[] = {{"raddr", "RFC 8839 §5.1"},   {"rport", "RFC 8839 §5.1"},
                                {"tcptype", "RFC 6544 §4.5"}, {"ufrag", "WebRTC"},
                                {"generation", "libwebrtc"},  {"network-id", "libwebrtc"},
                                {"network-cost", "libwebrtc"}};
  for (const FieldRow& row : kRows) {
    if (row.label == name) return row.section;
  }
  return {};
}

struct Word {
  std::string_view text;
  size_t at = 0;
  size_t end() const { return at + text.size(); }
};

Word NextWord(std::string_view line, size_t at) {
  const size_t end = std::min(line.find(' ', at), line.size());
  return {line.substr(at, end - at), at};
}

Node ExtensionNode(std::string_view line, const Word& name, size_t base) {
  Node node(Escape(name.text), base + name.at, name.text.size());
  node.section = ExtensionSection(name.text);
  if (name.end() < line.size()) {
    const Word value = NextWord(line, name.end() + 1);
    node.size = value.end() - name.at;
    node.value = Escape(value.text);
  }
  return node;
}

// One node a word, an extension (and "typ" with its type) two words. What begins behind
// `readable` is not told apart.
void AddWords(Node& tree, std::string_view line, size_t at, size_t readable, size_t base) {
  for (size_t field = kFoundation; at <= line.size() && at <= readable; ++field) {
    const Word word = NextWord(line, at);
    Node node;
    if (field < kFirstExtension) {
      node = Node(kFields[field].label, base + word.at, word.text.size(), Escape(word.text),
                  kFields[field].section);
    } else {
      node = ExtensionNode(line, word, base);
    }
    if (field == kTyp && word.end() < line.size() && word.end() < readable) {
      const Word type = NextWord(line, word.end() + 1);
      node = Node(kFields[kType].label, base + word.at, type.end() - word.at, Escape(type.text),
                  kFields[kType].section);
      field = kType;
    }
    at = node.offset - base + node.size + 1;
    tree.Add(std::move(node));
  }
  if (at < line.size()) {
    tree.Add({"not read", base + at, line.size() - at, Escape(line.substr(at))});
  }
}

Node* Find(Node& tree, std::string_view label) {
  for (Node& child : tree.children) {
    if (child.label == label) return &child;
  }
  return nullptr;
}

void ExplainPriority(Node& node, const ice::Candidate& c) {
  const ice::PriorityParts parts = ice::SplitPriority(c.priority);
  // RFC 8445 section 5.1.2.1: eight bits of type, sixteen of local preference, eight of component.
  node.Add({"type preference", node.offset, node.size, std::to_string(parts.type_preference)});
  node.Add({"local preference", node.offset, node.size, std::to_string(parts.local_preference)});
  node.Add({"256 - component", node.offset, node.size, std::to_string(256 - parts.component)});
  if (parts.component != c.component) {
    node.Say(Severity::kNote, "not made by the formula: its component is another one");
  }
}

void Explain(Node& tree, const ice::Candidate& c) {
  if (Node* node = Find(tree, "priority")) ExplainPriority(*node, c);
  if (Node* node = Find(tree, "component")) {
    if (c.component == 1) node->Say(Severity::kNote, "RTP, or the only component");
    if (c.component == 2) node->Say(Severity::kNote, "RTCP");
  }
  Node* address = Find(tree, "address");
  if (address != nullptr && c.host.kind == ice::HostKind::kMdns) {
    address->Say(Severity::kNote, "an mDNS name: the browser hides the address of its host");
  }
  if (address != nullptr && !c.host.zone.empty()) {
    address->Say(Severity::kNote, "the zone has a meaning on the sender's machine only");
  }
  Node* type = Find(tree, "type");
  if (type == nullptr) return;
  if (c.type == ice::CandidateType::kUnknown) {
    type->Say(Severity::kNote, "unknown type: agents skip the candidate");
  }
  // RFC 8839 section 5.1: raddr and rport "MUST be present for server-reflexive, peer-reflexive,
  // and relayed candidates".
  const bool needs_related =
      c.type != ice::CandidateType::kHost && c.type != ice::CandidateType::kUnknown;
  if (needs_related && (!c.related_host || !c.related_port)) {
    type->Say(Severity::kWarning, "raddr and rport are missing: this type must have them");
  }
  // RFC 6544 section 4.5: "tcp-type-ext ... MUST be included".
  if (c.transport == ice::CandidateTransport::kTcp && !c.tcp_type()) {
    tree.Say(Severity::kWarning, "tcptype is missing: a TCP candidate must have it");
  }
  if (c.transport == ice::CandidateTransport::kUdp && c.Find("tcptype")) {
    tree.Say(Severity::kWarning, "tcptype on a UDP candidate means nothing");
  }
}

}  // namespace

Node InspectCandidate(std::string_view line, size_t base) {
  Node tree("ICE candidate", base, line.size(), {}, "RFC 8839 §5.1");
  const auto candidate = ice::Candidate::Parse(line);
  if (candidate.ok() && candidate->end_of_candidates) {
    tree.value = "end of candidates";
    tree.section = "RFC 8840";
    return tree;
  }
  size_t prefix = 0;
  if (const size_t colon = line.find("candidate:"); colon <= 2) prefix = colon + 10;
  if (prefix > 0) tree.Add({"prefix", base, prefix, Escape(line.substr(0, prefix))});
  AddWords(tree, line, prefix, candidate.ok() ? line.size() : candidate.error().offset, base);
  if (!candidate.ok()) {
    AddError(tree, candidate.error(), base);
    return tree;
  }
  tree.value = std::string(candidate->type_text) + " " + std::string(candidate->host.text) +
               " port " + std::to_string(candidate->port) + " over " +
               std::string(candidate->transport_text);
  Explain(tree, *candidate);
  return tree;
}

}  // namespace koeru::inspect
