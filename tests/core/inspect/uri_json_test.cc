#include "core/inspect/uri_json.h"

#include <gtest/gtest.h>

namespace koeru::inspect {
namespace {

TEST(UriJson, HasEveryFieldOfKoeruJs) {
  EXPECT_EQ(UriJson(*ice::Uri::Parse("TURNS:turn.example.org")),
            R"({"scheme":"turns","host":"turn.example.org","hostType":"name","port":5349,)"
            R"("portGiven":false,"transport":"tcp","transportGiven":false,"secure":true,)"
            R"("canonical":"turns:turn.example.org"})");
  EXPECT_EQ(UriJson(*ice::Uri::Parse("turn:[::1]:5000?transport=tcp")),
            R"({"scheme":"turn","host":"::1","hostType":"ipv6","port":5000,"portGiven":true,)"
            R"("transport":"tcp","transportGiven":true,"secure":false,)"
            R"("canonical":"turn:[::1]:5000?transport=tcp"})");
}

}  // namespace
}  // namespace koeru::inspect
