#include <gtest/gtest.h>

#include "tests/wasm/abi_call.h"

namespace koeru::wasm {
namespace {

constexpr std::string_view kBinding =
    "\x00\x01\x00\x00\x21\x12\xa4\x42\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b";
constexpr std::string_view kBytes{kBinding.data(), 20};

Output Inspect(std::string_view form, std::string_view input, std::string_view password = {}) {
  return Call(koeru_inspect, JoinFields({"", "", password, form, input}));
}

bool Has(const Output& output, std::string_view part) {
  return output.ok && output.bytes.find(part) != std::string::npos;
}

TEST(InspectCall, FindsOutWhatItIs) {
  EXPECT_TRUE(Has(Inspect("", kBytes), R"({"kind":"bytes","items":[{"kind":"packet","tree":)"));
  EXPECT_TRUE(Has(Inspect("", "stun:a"), R"({"kind":"text","items":[{"kind":"uri","line":1,)"));
  EXPECT_TRUE(Has(Inspect("", "v=0\r\n"), R"("kind":"sdp")"));
  EXPECT_TRUE(Has(Inspect("", ""), R"({"kind":"empty","items":[],"error":"nothing found)"));
}

TEST(InspectCall, HexComesBackAsBytes) {
  EXPECT_TRUE(Has(Inspect("text", "00 01"), R"("hex":"0001","tree":{)"));
  EXPECT_TRUE(Has(Inspect("text", kBytes), R"("error":"line 1, column 1)")) << "taken for text";
}

TEST(InspectCall, APacketIsItsTreeAlone) {
  EXPECT_TRUE(Has(Inspect("packet", kBytes), R"({"label":"STUN message","offset":0,"size":20,)"));
}

TEST(InspectCall, ACaptureIsAListOfPackets) {
  const std::string_view head =
      "\xa1\xb2\xc3\xd4\x00\x02\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x04\x00\x00\x00\x00"
      "\x65";
  const Output output = Inspect("", std::string_view(head.data(), 24));
  EXPECT_EQ(output.bytes,
            R"({"kind":"capture","items":[],"packets":[],"counts":{"packets":0,"otherProtocols":0,)"
            R"("malformed":0,"fragments":0,"leftOut":0}})");
}

TEST(InspectCall, ThePasswordIsUsed) {
  const std::string hex = "000100182112a442000102030405060708090a0b00080014" + std::string(40, '0');
  EXPECT_TRUE(Has(Inspect("text", hex), "not checked"));
  EXPECT_TRUE(Has(Inspect("text", hex, "secret"), "invalid"));
}

TEST(InspectCall, WrongFieldsAreErrors) {
  EXPECT_FALSE(Call(koeru_inspect, JoinFields({"", "", ""})).ok);
  EXPECT_FALSE(Call(koeru_inspect, "x").ok);
  EXPECT_FALSE(Inspect("nonsense", "").ok);
}

}  // namespace
}  // namespace koeru::wasm
