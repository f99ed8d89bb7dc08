// core/sdp/line_table.cc

#include <gtest/gtest.h>

#include "core/sdp/registry.h"

namespace koeru::sdp {
namespace {

// RFC 8866 section 5: the order of the session's lines; z= and k= follow the times, a= is no row.
TEST(SdpLineTable, HasEveryLineTypeInTheOrderOfTheRfc) {
  std::string order;
  for (const Row& row : LineTypes()) {
    EXPECT_TRUE(row.is_line_type());
    EXPECT_TRUE(row.has_value);
    EXPECT_TRUE(row.rfc.starts_with("RFC 8866 §5.")) << row.name;
    order += row.name[0];
  }
  EXPECT_EQ(order, "vosiuepcbtrzkm");
}

// RFC 8866 section 9: what a media-description has beside its attributes.
TEST(SdpLineTable, KnowsWhichLinesAMediaSectionMayHave) {
  std::string media;
  std::string once;
  for (const Row& row : LineTypes()) {
    if (Includes(row.level, Level::kMedia)) media += row.name[0];
    if (row.count == Count::kOnce) once += row.name[0];
  }
  EXPECT_EQ(media, "icbkm");
  EXPECT_EQ(once, "vosiukm");
}

}  // namespace
}  // namespace koeru::sdp
