#include "core/inspect/sdp_tree.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/bytes/escape.h"
#include "core/inspect/candidate_tree.h"
#include "core/inspect/sdp_field_nodes.h"
#include "core/sdp/checks/discard_syntax.h"
#include "core/sdp/checks/lint.h"
#include "core/sdp/document.h"
#include "core/sdp/typed_line.h"

namespace koeru::inspect {
namespace {

Severity SeverityOf(sdp::Severity severity) {
  switch (severity) {
    case sdp::Severity::kError:
      return Severity::kError;
    case sdp::Severity::kWarning:
      return Severity::kWarning;
    case sdp::Severity::kInfo:
      break;
  }
  return Severity::kNote;
}

// What `koeru lint` prints: the message and, to look it up, the rule.
std::string TextOf(const sdp::Finding& finding) {
  return finding.message + " [" + std::string(finding.rule) + "]";
}

class SdpTree {
 public:
  SdpTree(std::string_view text, size_t base)
      : text_(text), base_(base), document_(sdp::Document::Parse(text)) {
    for (sdp::Finding& finding : sdp::Lint(document_, sdp::Mode::kLenient)) {
      findings_.push_back(std::move(finding));
    }
  }

  Node Build() {
    const auto sections = document_.sections();
    const size_t media = sections.size() - 1;
    Node tree("session description", base_, text_.size(), {}, "RFC 8866 §5");
    tree.value = std::to_string(media) + (media == 1 ? " media section" : " media sections");
    for (size_t i = 0; i < sections.size(); ++i) {
      if (sections[i].first_line < std::min(sections[i].end_line, kMaxSdpLines)) {
        tree.Add(SectionNode(i));
      }
    }
    if (document_.lines().size() > kMaxSdpLines) {
      tree.Say(Severity::kNote, "only the first " + std::to_string(kMaxSdpLines) + " of " +
                                    std::to_string(document_.lines().size()) + " lines are shown");
    }
    if (budget_ == 0) {
      tree.Say(Severity::kNote,
               "only the first " + std::to_string(kMaxSdpFields) + " fields of lines are shown");
    }
    // Of the text as a whole, and of lines that are not shown.
    for (; next_finding_ < findings_.size(); ++next_finding_) {
      const sdp::Finding& finding = findings_[next_finding_];
      tree.Say(SeverityOf(finding.severity),
               "line " + std::to_string(finding.line) + ": " + TextOf(finding), finding.rfc);
    }
    return tree;
  }

 private:
  size_t OffsetOf(const sdp::Line& line) const {
    return base_ + static_cast<size_t>(line.text().data() - text_.data());
  }

  std::string ValueOf(size_t section, const Node& first) const {
    std::string value = first.children.empty() ? std::string() : first.children.front().value;
    if (const auto at = document_.FindAttribute(section, "mid")) {
      const auto mid = document_.lines()[*at].attribute()->value;
      if (mid) value += ", mid " + Escape(*mid);
    }
    return value;
  }

  Node SectionNode(size_t index) {
    const sdp::Section& section = document_.sections()[index];
    const size_t end_line = std::min(section.end_line, kMaxSdpLines);
    const bool is_session = index == 0;
    Node node(is_session ? "session" : "media section " + std::to_string(index - 1), 0, 0, {},
              is_session ? "RFC 8866 §5" : "RFC 8866 §5.14");
    for (size_t i = section.first_line; i < end_line; ++i) node.Add(LineNode(i));
    node.offset = node.children.front().offset;
    const Node& last = node.children.back();
    node.size = last.offset + last.size - node.offset;
    if (!is_session) node.value = ValueOf(index, node.children.front());
    return node;
  }

  Node LineNode(size_t index) {
    const sdp::Line& line = document_.lines()[index];
    const sdp::TypedLine typed(line);
    const size_t at = OffsetOf(line);
    const std::string_view name = sdp::NameOf(line);
    Node node(line.type() == 'a' ? "a=" + Escape(name) : Escape(name), at, line.text().size(),
              Escape(typed.value()));
    if (name.empty()) {
      node.label = line.text().empty() ? "empty line" : "no line of a description";
      node.value = Escape(line.text());
    } else if (typed.row() == nullptr) {
      node.Say(Severity::kNote, "not in Koeru's table: kept as it is");
    } else {
      node.section = typed.row()->rfc;
      AddFields(node, line, typed, at);
    }
    for (; next_finding_ < findings_.size() && findings_[next_finding_].line <= index + 1;
         ++next_finding_) {
      const sdp::Finding& finding = findings_[next_finding_];
      node.Say(SeverityOf(finding.severity), TextOf(finding), finding.rfc);
    }
    return node;
  }

  void AddFields(Node& node, const sdp::Line& line, const sdp::TypedLine& typed, size_t at) {
    const sdp::Row& row = *typed.row();
    if (row.name == "candidate") {
      Node candidate = InspectCandidate(line.text(), at);
      // What is wrong with the line the lint says, too.
      std::erase_if(candidate.remarks,
                    [](const Remark& remark) { return remark.severity == Severity::kError; });
      node.children = std::move(candidate.children);
      node.remarks = std::move(candidate.remarks);
      return;
    }
    // An attribute that stands alone has no fields, and a colon missing or too many is the lint's.
    if (!row.is_line_type() && !(row.has_value && line.attribute()->value)) return;
    FieldNodes fields(typed.value(), at + typed.value_offset(), budget_);
    sdp::DiscardSyntax nowhere;
    row.transcode(fields, nowhere);
    node.children = fields.Take();
  }

  std::string_view text_;
  size_t base_;
  sdp::Document document_;
  std::vector<sdp::Finding> findings_;
  size_t next_finding_ = 0;
  size_t budget_ = kMaxSdpFields;
};

}  // namespace

Node InspectSdp(std::string_view text, size_t base) { return SdpTree(text, base).Build(); }

}  // namespace koeru::inspect
