#include "core/inspect/sdp_field_nodes.h"

#include <gtest/gtest.h>

#include "core/sdp/attributes/fmtp.h"
#include "core/sdp/attributes/group.h"
#include "core/sdp/attributes/rtpmap.h"
#include "core/sdp/checks/discard_syntax.h"
#include "core/sdp/registry.h"

namespace koeru::inspect {
namespace {

template <typename T>
std::vector<Node> FieldsOf(std::string_view value, size_t budget = 100) {
  FieldNodes fields(value, 10, budget);
  sdp::DiscardSyntax nowhere;
  sdp::TranscodeAs<T>(fields, nowhere);
  return fields.Take();
}

// "payloadType@10+3=111 ..."
std::string Shown(const std::vector<Node>& nodes) {
  std::string text;
  for (const Node& node : nodes) {
    text += node.label + "@" + std::to_string(node.offset) + "+" + std::to_string(node.size) + "=" +
            node.value;
    if (!node.children.empty()) text += "{ " + Shown(node.children) + "}";
    text += " ";
  }
  return text;
}

TEST(FieldNodes, EachFieldHasItsBytes) {
  EXPECT_EQ(Shown(FieldsOf<sdp::Rtpmap>("111 opus/48000/2")),
            "payloadType@10+3=111 encodingName@14+4=opus clockRate@19+5=48000 "
            "encodingParameters@25+1=2 ");
}

TEST(FieldNodes, ListsHaveItems) {
  EXPECT_EQ(Shown(FieldsOf<sdp::Group>("BUNDLE a b")),
            "semantics@10+6=BUNDLE mids@17+3=a b{ item@17+1=a item@19+1=b } ");
  EXPECT_EQ(Shown(FieldsOf<sdp::Group>("BUNDLE")), "semantics@10+6=BUNDLE ");
  EXPECT_EQ(Shown(FieldsOf<sdp::Fmtp>("96 a=1;b")),
            "format@10+2=96 parameters@13+5=a=1;b{ item@13+3=a=1{ name@13+1=a value@15+1=1 } "
            "item@17+1=b{ name@17+1=b } } ");
}

TEST(FieldNodes, AnErrorLeavesWhatWasReadAndTheRest) {
  EXPECT_EQ(Shown(FieldsOf<sdp::Rtpmap>("111 opus/many")),
            "payloadType@10+3=111 encodingName@14+4=opus not read@19+4=many ");
}

TEST(FieldNodes, TheBudgetEndsThem) {
  EXPECT_EQ(Shown(FieldsOf<sdp::Rtpmap>("111 opus/48000", 1)), "payloadType@10+3=111 ");
}

}  // namespace
}  // namespace koeru::inspect
