#include "core/inspect/uri_tree.h"

#include <gtest/gtest.h>

#include "tests/core/inspect/tree_helpers.h"

namespace koeru::inspect {
namespace {

TEST(UriTree, PartsStandOnTheirBytes) {
  constexpr std::string_view kText = "turns:[2001:db8::1]:443?transport=tcp";
  const Node tree = InspectUri(kText);
  const auto text = [&](std::string_view label) {
    const Node* node = Find(tree, label);
    return node == nullptr ? std::string_view("(missing)") : kText.substr(node->offset, node->size);
  };
  EXPECT_EQ(text("scheme"), "turns");
  EXPECT_EQ(text("host"), "2001:db8::1");
  EXPECT_EQ(text("port"), "443");
  EXPECT_EQ(text("transport"), "?transport=tcp");
  EXPECT_EQ(ValueOf(tree, "transport"), "TLS over TCP");
}

TEST(UriTree, DefaultsStandOnNoByte) {
  const Node tree = InspectUri("stun:example.org", 7);
  const Node* port = Find(tree, "port");
  ASSERT_NE(port, nullptr);
  EXPECT_EQ(port->value, "3478");
  EXPECT_EQ(port->size, 0u);
  EXPECT_EQ(port->offset, 7u + 16u);
}

TEST(UriTree, EveryTruncationGivesASoundTree) {
  ExpectSoundTruncations(ToHex(AsBytes("turns:[2001:db8::1]:443?transport=tcp")),
                         [](Bytes bytes) { return InspectUri(AsText(bytes)); });
}

TEST(UriTree, ErrorsTellTheirPlace) {
  const Node tree = InspectUri("stun://x", 20);
  ASSERT_EQ(tree.remarks.size(), 1u);
  EXPECT_NE(tree.remarks[0].text.find("(at byte 25)"), std::string::npos);
}

}  // namespace
}  // namespace koeru::inspect
