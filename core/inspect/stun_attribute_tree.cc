#include "core/inspect/stun_attribute_tree.h"

#include <algorithm>

#include "core/bytes/number.h"
#include "core/stun/attribute_type.h"
#include "core/stun/fingerprint.h"
#include "core/turn/registry.h"

namespace koeru::inspect {
namespace {

namespace type = stun::attribute_type;

struct Context {
  const stun::MessageView* message;
  const InspectOptions& options;
  stun::TransactionId id{};
  IntegrityCheck integrity;
};

void SayStatus(Node& node, const stun::RawAttribute& attribute) {
  const stun::AttributeRow* row = turn::Registry().Find(attribute.type);
  if (row == nullptr) {
    // RFC 8489 section 14: "comprehension-required" and "comprehension-optional".
    node.Say(Severity::kNote, stun::IsComprehensionRequired(attribute.type)
                                  ? "unknown and comprehension-required: a server answers 420"
                                  : "unknown and comprehension-optional: receivers skip it");
    return;
  }
  node.section = row->section;
  switch (row->status) {
    case stun::AttributeStatus::kStandard:
      return;
    case stun::AttributeStatus::kObsolete:
      return node.Say(Severity::kNote, "obsolete: no RFC in force has it");
    case stun::AttributeStatus::kDraft:
      return node.Say(Severity::kNote, "from a draft that became no RFC");
    case stun::AttributeStatus::kVendor:
      return node.Say(Severity::kNote, "a vendor's own attribute");
  }
}

void SayIntegrity(Node& node, stun::IntegrityVerdict verdict, const Context& context) {
  if (!context.options.credentials.given) {
    return node.Say(Severity::kNote, "not checked: no credentials given");
  }
  std::string text;
  switch (verdict) {
    case stun::IntegrityVerdict::kAbsent:
      return;
    case stun::IntegrityVerdict::kValid:
      text = "valid with ";
      text += context.integrity.key;
      return node.Say(Severity::kNote, text);
    case stun::IntegrityVerdict::kInvalid:
      text = "invalid: wrong username, realm or password, or the message was changed; tried ";
      text += context.integrity.key;
      return node.Say(Severity::kWarning, text);
  }
}

void SayFingerprint(Node& node, const stun::MessageView& message) {
  switch (stun::CheckFingerprint(message)) {
    case stun::FingerprintVerdict::kAbsent:
      return;
    case stun::FingerprintVerdict::kValid:
      return node.Say(Severity::kNote, "valid");
    case stun::FingerprintVerdict::kInvalid:
      return node.Say(Severity::kWarning,
                      "invalid: the checksum does not fit, or attributes follow it");
  }
}

void SayVerdict(Node& node, const stun::RawAttribute& attribute, const Context& context) {
  if (context.message == nullptr || attribute.ignored) return;
  if (attribute.type == type::kMessageIntegrity) {
    SayIntegrity(node, context.integrity.sha1, context);
  } else if (attribute.type == type::kMessageIntegritySha256) {
    SayIntegrity(node, context.integrity.sha256, context);
  } else if (attribute.type == type::kFingerprint) {
    SayFingerprint(node, *context.message);
  }
}

void AddValue(Node& node, const stun::RawAttribute& attribute, const Context& context) {
  const stun::AttributeRegistry& registry = turn::Registry();
  const size_t base = context.options.base + attribute.value_offset();
  if (attribute.type == type::kData) {
    node.value = HexPreview(attribute.value);
    InspectOptions inner = context.options;
    inner.base = base;
    return AddPayload(node, attribute.value, inner);
  }
  node.value = registry.Print(attribute.type, attribute.value, context.id);
  if (const auto error = registry.Check(attribute.type, attribute.value, context.id)) {
    AddError(node, *error, base);
    return;
  }
  const auto fields = registry.Fields(attribute.type, attribute.value, context.id);
  if (fields.size() < 2) return;
  for (const stun::AttributeField& field : fields) {
    node.Add({field.label, base + field.offset, field.size, field.text});
  }
}

// RFC 8489 section 14: "padding bits MUST be set to zero on sending and MUST be ignored".
void AddPadding(Node& tree, Bytes padding, size_t at) {
  if (std::all_of(padding.begin(), padding.end(), [](uint8_t b) { return b == 0; })) return;
  tree.Add({"padding", at, padding.size(), HexPreview(padding), "RFC 8489 §14"})
      .Say(Severity::kWarning, "padding is not zero: old bytes of the sender's memory may leak");
}

Node AttributeNode(const stun::RawAttribute& attribute, const Context& context) {
  Node node(turn::Registry().NameOf(attribute.type), context.options.base + attribute.offset,
            stun::kAttributeHeaderSize + attribute.value.size());
  SayStatus(node, attribute);
  AddValue(node, attribute, context);
  if (attribute.ignored) {
    node.Say(Severity::kWarning,
             "ignored by receivers: it stands behind an integrity attribute (RFC 8489 §14.5)");
  }
  SayVerdict(node, attribute, context);
  return node;
}

}  // namespace

void AddAttributes(Node& tree, Bytes bytes, const stun::MessageView* message,
                   const InspectOptions& options) {
  Context context{message, options, {}, {}};
  std::copy_n(bytes.begin() + 8, context.id.size(), context.id.begin());
  if (message != nullptr) context.integrity = CheckIntegrity(*message, options.credentials);

  // What the header announces, or what is there.
  const size_t end = std::min(bytes.size(), stun::MessageView::AnnouncedSize(bytes));
  bool behind_sha1 = false;
  bool behind_sha256 = false;
  size_t at = stun::kHeaderSize;
  while (at + stun::kAttributeHeaderSize <= end) {
    Reader r(bytes.subspan(at, end - at));
    stun::RawAttribute attribute;
    attribute.offset = at;
    attribute.type = r.U16();
    const size_t size = r.U16();
    const bool whole = size <= r.remaining();
    attribute.value = r.Take(std::min(size, r.remaining()));
    const bool fingerprint = attribute.type == type::kFingerprint;
    const bool sha256 = attribute.type == type::kMessageIntegritySha256;
    attribute.ignored = (behind_sha1 && !fingerprint && !sha256) || (behind_sha256 && !fingerprint);
    behind_sha1 |= attribute.type == type::kMessageIntegrity;
    behind_sha256 |= sha256;

    Node node = AttributeNode(attribute, context);
    if (!whole) {
      node.Say(Severity::kError,
               "the length says more bytes than are left: " + std::to_string(size) +
                   " announced, " + std::to_string(attribute.value.size()) + " there");
    }
    tree.Add(std::move(node));
    const size_t padding_at = r.offset();
    const size_t padding = std::min((4 - size % 4) % 4, r.remaining());
    if (whole) AddPadding(tree, r.Take(padding), options.base + at + padding_at);
    at += r.offset();
  }
  if (at < bytes.size()) {
    tree.Add({"bytes that no attribute covers", options.base + at, bytes.size() - at,
              HexPreview(bytes.subspan(at))});
  }
}

}  // namespace koeru::inspect
