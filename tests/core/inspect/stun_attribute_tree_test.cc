#include "core/inspect/stun_attribute_tree.h"

#include <gtest/gtest.h>

#include "tests/core/inspect/tree_helpers.h"

namespace koeru::inspect {
namespace {

// A message of one attribute, which is given in hexadecimal.
Node TreeOf(const std::string& attributes, const InspectOptions& options = {}) {
  const size_t size = BytesOf(attributes).size();
  const std::vector<uint8_t> length = {static_cast<uint8_t>(size >> 8), static_cast<uint8_t>(size)};
  std::vector<uint8_t> bytes =
      BytesOf("0001" + ToHex(length) + "2112a442000000000000000000000001" + attributes);
  Node tree("STUN message", 0, bytes.size());
  const auto message = stun::MessageView::Parse(bytes);
  AddAttributes(tree, bytes, message.ok() ? &*message : nullptr, options);
  return tree;
}

TEST(StunAttributeTree, FieldsHaveTheirOwnBytes) {
  const Node tree = TreeOf("00200008 0001a147e112a643");
  EXPECT_EQ(ValueOf(tree, "XOR-MAPPED-ADDRESS"), "192.0.2.1:32853");
  const Node* port = Find(tree, "port");
  ASSERT_NE(port, nullptr);
  EXPECT_EQ(port->offset, 26u);
  EXPECT_EQ(port->size, 2u);
  EXPECT_EQ(port->value, "32853");
}

// RFC 8489 section 14.
TEST(StunAttributeTree, UnknownAttributesSayWhatAReceiverDoes) {
  EXPECT_NE(RemarksOf(TreeOf("7ff00000"), "0x7FF0").find("answers 420"), std::string::npos);
  EXPECT_NE(RemarksOf(TreeOf("fff00000"), "0xFFF0").find("receivers skip it"), std::string::npos);
}

// RFC 8489 section 14.5.
TEST(StunAttributeTree, WhatStandsBehindIntegrityIsMarkedAsIgnored) {
  const std::string mac = "00080014" + std::string(40, '0');
  const Node tree = TreeOf(mac + "80220000" + "80280004 00000000");
  EXPECT_NE(RemarksOf(tree, "SOFTWARE").find("ignored by receivers"), std::string::npos);
  EXPECT_EQ(RemarksOf(tree, "FINGERPRINT").find("ignored"), std::string::npos);
  EXPECT_EQ(RemarksOf(TreeOf("80220000" + mac), "SOFTWARE"), "");
}

TEST(StunAttributeTree, MalformedValuesAreErrorsWithTheirPlace) {
  EXPECT_NE(RemarksOf(TreeOf("000d0002 02580000"), "LIFETIME").find("(at byte 24)"),
            std::string::npos);
}

// RFC 8489 section 14: padding bits "MUST be set to zero".
TEST(StunAttributeTree, PaddingIsShownWhenItIsNotZero) {
  EXPECT_EQ(Find(TreeOf("80220001 41000000"), "padding"), nullptr);
  EXPECT_EQ(ValueOf(TreeOf("80220001 41000100"), "padding"), "000100");
}

TEST(StunAttributeTree, DataIsLookedInto) {
  const std::string inner = "000100002112a442000000000000000000000002";
  const Node tree = TreeOf("00130014" + inner);
  const Node* data = Find(tree, "DATA");
  ASSERT_NE(data, nullptr);
  ASSERT_EQ(data->children.size(), 1u);
  EXPECT_EQ(data->children[0].value, "Binding request");
  EXPECT_EQ(data->children[0].offset, 24u);
}

TEST(StunAttributeTree, AnAttributeThatRunsPastTheEndIsShownAsFarAsItGoes) {
  const Node tree = TreeOf("80220010 6b6f6572");
  EXPECT_EQ(ValueOf(tree, "SOFTWARE"), "koer");
  EXPECT_NE(RemarksOf(tree, "SOFTWARE").find("16 announced, 4 there"), std::string::npos);
}

TEST(StunAttributeTree, IntegrityIsNotCheckedWithoutCredentials) {
  const std::string mac = "00080014" + std::string(40, '0');
  EXPECT_NE(RemarksOf(TreeOf(mac), "MESSAGE-INTEGRITY").find("not checked"), std::string::npos);
  const InspectOptions options{.credentials = {"", "", "secret", true}};
  EXPECT_NE(RemarksOf(TreeOf(mac, options), "MESSAGE-INTEGRITY").find("warning: invalid"),
            std::string::npos);
}

}  // namespace
}  // namespace koeru::inspect
