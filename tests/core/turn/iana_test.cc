// Our tables against IANA's registries, both ways: nothing of theirs is missing here, and nothing
// here claims to be registered that is not.

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "core/bytes/number.h"
#include "core/stun/attributes/password_algorithm.h"
#include "core/stun/error_code.h"
#include "core/stun/method_table.h"
#include "core/turn/registry.h"

namespace koeru::turn {
namespace {

struct IanaRow {
  std::string name;
  std::string reference;
};

// "Reserved; was SOURCE-ADDRESS prior to [RFC5389]" and "Reserved (was TIMER-VAL)" keep their
// old names here. RFC 6679 means ECN-CHECK by "ECN-CHECK STUN" (section 12.3 against 7.2.2).
std::string PlainName(std::string name) {
  if (const size_t was = name.find("was "); name.starts_with("Reserved") && was != name.npos) {
    name = name.substr(was + 4);
    name = name.substr(0, name.find_first_of(" )"));
  }
  return name == "ECN-CHECK STUN" ? "ECN-CHECK" : name;
}

std::map<uint16_t, IanaRow> Read(const std::string& registry) {
  std::ifstream file(KOERU_SOURCE_DIR "/tests/vectors/iana-stun-parameters.csv");
  EXPECT_TRUE(file) << "tests/vectors/iana-stun-parameters.csv is missing";
  std::map<uint16_t, IanaRow> rows;
  for (std::string line; std::getline(file, line);) {
    std::istringstream cells(line);
    std::string kind, value, name, reference;
    std::getline(cells, kind, ',');
    std::getline(cells, value, ',');
    std::getline(cells, name, ',');
    std::getline(cells, reference);
    if (kind == registry) rows[*ParseNumber<uint16_t>(value)] = {PlainName(name), reference};
  }
  return rows;
}

// "RFC 8656 §18.1" -> "[RFC8656]"
std::string ReferenceOf(std::string_view section) {
  if (!section.starts_with("RFC ")) return "";
  return "[RFC" + std::string(section.substr(4, 4)) + "]";
}

TEST(Iana, StunAttributes) {
  const auto iana = Read("attribute");
  ASSERT_EQ(iana.size(), 68u);
  size_t registered = 0;
  for (const auto table : Registry().tables()) {
    for (const stun::AttributeRow& row : table) {
      const auto theirs = iana.find(row.type);
      ASSERT_EQ(row.registered, theirs != iana.end()) << row.name;
      if (!row.registered) continue;
      ++registered;
      EXPECT_EQ(row.name, theirs->second.name);
      // What RFC 3489 defined, RFC 8489 reserves.
      const bool reserved = row.status == stun::AttributeStatus::kObsolete;
      if (!row.vendor() && !reserved) {
        EXPECT_TRUE(theirs->second.reference.starts_with(ReferenceOf(row.section))) << row.name;
      }
      EXPECT_EQ(row.vendor(), !theirs->second.reference.starts_with("[RFC")) << row.name;
      EXPECT_EQ(row.comprehension_required(), row.type <= 0x7FFF);
    }
  }
  EXPECT_EQ(registered, iana.size()) << "a registered attribute has no row";
}

TEST(Iana, StunMethods) {
  const auto iana = Read("method");
  EXPECT_EQ(iana.size(), stun::MethodTable().size());
  for (const stun::MethodRow& row : stun::MethodTable()) {
    const auto theirs = iana.find(static_cast<uint16_t>(row.method));
    ASSERT_NE(theirs, iana.end()) << row.name;
    EXPECT_EQ(row.name, theirs->second.name);
  }
}

TEST(Iana, StunErrorCodes) {
  const auto iana = Read("error");
  EXPECT_EQ(iana.size(), stun::ErrorCodeTable().size());
  for (const stun::ErrorCodeRow& row : stun::ErrorCodeTable()) {
    const auto theirs = iana.find(row.code);
    ASSERT_NE(theirs, iana.end()) << row.code;
    EXPECT_EQ(row.reason, theirs->second.name);
    EXPECT_EQ(ReferenceOf(row.section), theirs->second.reference) << row.code;
    EXPECT_EQ(stun::DefaultReason(row.code), row.reason);
  }
  EXPECT_EQ(stun::FindErrorCode(402), nullptr);
  EXPECT_EQ(stun::DefaultReason(699), "");
}

TEST(Iana, StunPasswordAlgorithms) {
  const auto iana = Read("algorithm");
  ASSERT_EQ(iana.size(), 2u);
  EXPECT_EQ(iana.at(stun::password_algorithm::kMd5).name, "MD5");
  EXPECT_EQ(iana.at(stun::password_algorithm::kSha256).name, "SHA-256");
}

}  // namespace
}  // namespace koeru::turn
