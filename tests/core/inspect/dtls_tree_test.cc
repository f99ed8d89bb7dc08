#include "core/inspect/dtls_tree.h"

#include <gtest/gtest.h>

#include "tests/core/inspect/tree_helpers.h"

namespace koeru::inspect {
namespace {

constexpr std::string_view kTwoRecords =
    "16fefd0000000000000000000401000000 15fefd000100000000000100020228";

TEST(DtlsTree, Rfc6347_4_1_RecordHeaders) {
  const Node tree = InspectDtls(BytesOf(kTwoRecords), 10);
  ASSERT_EQ(tree.children.size(), 2u);
  EXPECT_EQ(tree.children[0].value, "handshake, ClientHello");
  EXPECT_EQ(tree.children[0].offset, 10u);
  EXPECT_EQ(ValueOf(tree.children[0], "version"), "DTLS 1.2");
  EXPECT_EQ(tree.children[1].value, "alert");
  EXPECT_EQ(tree.children[1].offset, 27u);
  EXPECT_EQ(ValueOf(tree.children[1], "epoch"), "1");
  EXPECT_EQ(ValueOf(tree.children[1], "sequence number"), "1");
}

// An encrypted handshake record does not tell its kind.
TEST(DtlsTree, NamesHandshakeMessagesOfEpochZeroAlone) {
  EXPECT_EQ(ValueOf(InspectDtls(BytesOf("16fefd000000000000000000 0102"), 0), "record"),
            "handshake, ServerHello");
  EXPECT_EQ(ValueOf(InspectDtls(BytesOf("16fefd000100000000000000 0102"), 0), "record"),
            "handshake");
}

TEST(DtlsTree, Rfc9147_4_UnifiedHeader) {
  EXPECT_EQ(InspectDtls(BytesOf("2f00112233"), 0).value, "DTLS 1.3 ciphertext");
}

TEST(DtlsTree, EveryTruncationGivesASoundTree) {
  ExpectSoundTruncations(kTwoRecords, [](Bytes bytes) { return InspectDtls(bytes, 0); });
}

TEST(DtlsTree, ManyEmptyRecordsAreBounded) {
  std::string hex;
  for (int i = 0; i < 200; ++i) hex += "17fefd000100000000000000 00";
  const Node tree = InspectDtls(BytesOf(hex), 0);
  EXPECT_EQ(tree.children.size(), 64u);
  EXPECT_TRUE(HasRemark(tree, Severity::kNote));
}

}  // namespace
}  // namespace koeru::inspect
