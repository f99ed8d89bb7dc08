#include "core/media/picture_wish.h"

#include <gtest/gtest.h>

namespace koeru::media {
namespace {

using std::chrono::milliseconds;
using Kind = PictureWish::Kind;

constexpr net::Instant kStart = net::Instant::FromNanoseconds(50'000'000'000);

TEST(PictureWish, IsDueAtOnceTheFirstTime) {
  PictureWish wish;
  EXPECT_EQ(wish.Due(kStart), std::nullopt);
  EXPECT_EQ(wish.NextDeadline(), net::Instant::Max());
  wish.Want(Kind::kPli);
  EXPECT_LE(wish.NextDeadline(), kStart);
  EXPECT_EQ(wish.Due(kStart), Kind::kPli);
  EXPECT_EQ(wish.Due(kStart), std::nullopt);
}

TEST(PictureWish, WhatComesTooSoonWaits) {
  PictureWish wish;
  wish.Want(Kind::kPli);
  wish.Due(kStart);
  for (int i = 0; i < 10; ++i) wish.Want(Kind::kPli);
  EXPECT_EQ(wish.NextDeadline(), kStart + PictureWish::kInterval);
  EXPECT_EQ(wish.Due(kStart + milliseconds(499)), std::nullopt);
  EXPECT_EQ(wish.Due(kStart + milliseconds(500)), Kind::kPli);
  EXPECT_EQ(wish.Due(kStart + milliseconds(5000)), std::nullopt);
}

TEST(PictureWish, FirSaysMoreThanPli) {
  PictureWish wish;
  wish.Want(Kind::kFir);
  wish.Want(Kind::kPli);
  EXPECT_EQ(wish.Due(kStart), Kind::kFir);
}

}  // namespace
}  // namespace koeru::media
