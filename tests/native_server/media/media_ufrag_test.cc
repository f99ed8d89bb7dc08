#include "native_server/media/media_ufrag.h"

#include <gmock/gmock.h>

#include <set>

#include "native_server/io/random.h"

namespace koeru::server {
namespace {

TEST(MediaUfrag, NamesItsWorker) {
  SystemRandom random;
  for (const size_t worker : {size_t{0}, size_t{1}, size_t{63}, size_t{64}, size_t{255}}) {
    const ice::Credentials credentials = NewMediaCredentials(worker, random);
    EXPECT_TRUE(credentials.IsValid());
    EXPECT_EQ(WorkerOfUfrag(credentials.ufrag), worker);
  }
}

TEST(MediaUfrag, IsAnotherOneEachTime) {
  SystemRandom random;
  std::set<std::string> ufrags, passwords;
  for (int i = 0; i < 1000; ++i) {
    const ice::Credentials credentials = NewMediaCredentials(3, random);
    ufrags.insert(credentials.ufrag);
    passwords.insert(credentials.password);
  }
  EXPECT_EQ(ufrags.size(), 1000u);
  EXPECT_EQ(passwords.size(), 1000u);
}

TEST(MediaUfrag, OthersNameNobody) {
  for (const std::string_view ufrag : {"", "km", "kmAA", "kmAA1234567", "kmAA123456789",
                                       "xmAA12345678", "km:A12345678", "kmA 12345678"}) {
    EXPECT_EQ(WorkerOfUfrag(ufrag), std::nullopt) << ufrag;
  }
}

TEST(MediaTransactionIds, NameWorkerAndSessionAndAreDifferent) {
  SystemRandom random;
  MediaTransactionIds ids(200, 0xDEADBEEF, random);
  const stun::TransactionId first = ids.Next(), second = ids.Next();
  EXPECT_NE(first, second);
  for (const stun::TransactionId& id : {first, second}) {
    EXPECT_EQ(WorkerOfTransaction(id), 200u);
    EXPECT_EQ(SessionOfTransaction(id), 0xDEADBEEF);
  }
}

}  // namespace
}  // namespace koeru::server
