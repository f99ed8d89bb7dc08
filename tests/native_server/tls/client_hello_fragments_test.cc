#include "native_server/tls/client_hello_fragments.h"

#include <gmock/gmock.h>

#include <random>

#include "core/bytes/writer.h"
#include "tests/native_server/tls/dtls_test_support.h"
#include "tests/native_server/tls/media_test_support.h"

namespace koeru::server {
namespace {

using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Datagram = std::vector<uint8_t>;

constexpr size_t kHeaders = 13 + 12;

Datagram Message(size_t size) {
  Datagram message(size);
  for (size_t i = 0; i < size; ++i) message[i] = static_cast<uint8_t>(i * 7);
  return message;
}

struct Part {
  size_t offset = 0, size = 0;
  uint16_t message_number = 0;
  uint8_t record_number = 0;
  uint8_t message_type = 1;
  uint16_t epoch = 0;
};
// RFC 6347 sections 4.1 and 4.2.2.
Datagram Record(const Datagram& message, const Part& part) {
  Datagram record(kHeaders + part.size);
  Writer writer(record);
  writer.U8(22);
  writer.U16(0xFEFD);
  writer.U16(part.epoch);
  writer.Zeros(5);
  writer.U8(part.record_number);
  writer.U16(static_cast<uint16_t>(12 + part.size));
  writer.U8(part.message_type);
  writer.U24(static_cast<uint32_t>(message.size()));
  writer.U16(part.message_number);
  writer.U24(static_cast<uint32_t>(part.offset));
  writer.U24(static_cast<uint32_t>(part.size));
  writer.Put(Bytes(message).subspan(part.offset, part.size));
  return record;
}
Datagram Copy(Bytes bytes) { return {bytes.begin(), bytes.end()}; }

class ClientHelloFragmentsTest : public ::testing::Test {
 protected:
  const Datagram message_ = Message(1000);
  const Datagram whole_ = Record(message_, {.size = 1000, .record_number = 9});
  ClientHelloFragments fragments_;
};

TEST_F(ClientHelloFragmentsTest, WhatIsWholeOrSomethingElseStaysAsItIs) {
  for (const Datagram& datagram :
       {whole_, Record(message_, {.size = 400, .message_type = 11}),
        Record(message_, {.size = 400, .epoch = 1}), Datagram{}, Datagram{22}, Datagram(500, 23)}) {
    const Bytes taken = fragments_.Take(datagram);
    EXPECT_EQ(taken.data(), datagram.data());
    EXPECT_EQ(taken.size(), datagram.size());
  }
}

TEST_F(ClientHelloFragmentsTest, Rfc6347_4_2_3_PartsInAnyOrderAreOneRecordWithTheLastOnesNumber) {
  const std::vector<Part> parts = {{.offset = 0, .size = 300},
                                   {.offset = 300, .size = 300},
                                   {.offset = 500, .size = 400},  // an overlap
                                   {.offset = 900, .size = 100}};
  std::vector<size_t> order = {0, 1, 2, 3};
  do {
    for (size_t i = 0; i < order.size(); ++i) {
      Part part = parts[order[i]];
      part.record_number = i == 3 ? 9 : static_cast<uint8_t>(i);
      const Datagram datagram = Record(message_, part);
      const Bytes taken = fragments_.Take(datagram);
      if (i < 3) {
        EXPECT_THAT(taken, IsEmpty());
      } else {
        EXPECT_THAT(Copy(taken), ElementsAreArray(whole_));
      }
    }
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_F(ClientHelloFragmentsTest, PartsMayComeTwiceAndTogetherInOneDatagram) {
  const Datagram first = Record(message_, {.size = 600});
  EXPECT_THAT(fragments_.Take(first), IsEmpty());
  EXPECT_THAT(fragments_.Take(first), IsEmpty());
  Datagram both = first;
  const Datagram second = Record(message_, {.offset = 600, .size = 400, .record_number = 9});
  both.insert(both.end(), second.begin(), second.end());
  EXPECT_THAT(Copy(fragments_.Take(both)), ElementsAreArray(whole_));
  EXPECT_THAT(fragments_.Take(first), IsEmpty()) << "the whole flight comes again";
  EXPECT_THAT(Copy(fragments_.Take(second)), ElementsAreArray(whole_));
}

TEST_F(ClientHelloFragmentsTest, AnotherMessageBeginsAnew) {
  EXPECT_THAT(fragments_.Take(Record(message_, {.size = 600})), IsEmpty());
  const Datagram next = Record(message_, {.offset = 600, .size = 400, .message_number = 1});
  EXPECT_THAT(fragments_.Take(next), IsEmpty());
  EXPECT_THAT(fragments_.Take(Record(message_, {.size = 600, .message_number = 1})), SizeIs(1025));
}

TEST_F(ClientHelloFragmentsTest, WhatClaimsToBeTooLargeOrLiesBesideTheMessageIsNotKept) {
  const Datagram large = Message(ClientHelloFragments::kLargest + 1);
  const Datagram part = Record(large, {.size = 400});
  EXPECT_EQ(fragments_.Take(part).data(), part.data());
  Datagram beside = Record(message_, {.offset = 600, .size = 400});
  beside[13 + 8] = 0xFF;  // its offset ends behind the message
  EXPECT_EQ(fragments_.Take(beside).data(), beside.data());
  Datagram longer = Record(message_, {.size = 400});
  longer[13 + 11] = 0xFF;  // than its record
  EXPECT_EQ(fragments_.Take(longer).data(), longer.data());
}

TEST_F(ClientHelloFragmentsTest, AnyBytesAreTaken) {
  std::mt19937 random(7);
  for (int i = 0; i < 20'000; ++i) {
    Datagram datagram = Record(message_, {.offset = 100 * (random() % 10), .size = 100});
    for (uint32_t changes = random() % 4; changes > 0; --changes) {
      datagram[random() % datagram.size()] = static_cast<uint8_t>(random());
    }
    datagram.resize(random() % 8 == 0 ? random() % datagram.size() : datagram.size());
    EXPECT_LE(fragments_.Take(datagram).size(), kHeaders + ClientHelloFragments::kLargest);
  }
}

// A media peer that waits for the page's handshake, and a page whose ClientHello is cut up.
TEST(DtlsEngineFragments, APassiveMediaPeerShakesHandsWithAFragmentedClientHello) {
  DtlsEngine server(MediaContext(/*active=*/false));
  DtlsEngine client(MediaContext(/*active=*/true));
  const net::Instant now = net::Instant::FromNanoseconds(1'000'000'000);
  client.SetNow(now);
  client.Handshake();
  bool is_done = false;
  size_t fragmented = 0;
  for (int flight = 0; flight < 10 && !is_done; ++flight) {
    for (const Datagram& datagram : client.TakeOutput()) {
      std::vector<Datagram> pieces = {datagram};
      if (datagram[0] == 22 && datagram[4] == 0 && datagram[13] == 1) {
        // All with its number: the client goes on with the next one.
        pieces.clear();
        const Datagram hello(datagram.begin() + kHeaders, datagram.end());
        for (size_t at = 0; at < hello.size(); at += 50, ++fragmented) {
          pieces.push_back(Record(hello, {.offset = at,
                                          .size = std::min<size_t>(50, hello.size() - at),
                                          .message_number = datagram[18],
                                          .record_number = datagram[10]}));
        }
      }
      for (const Datagram& piece : pieces) {
        server.SetInput(piece, now);
        const auto progress = server.Handshake();
        ASSERT_NE(progress, DtlsEngine::Progress::kFailed) << server.error().message();
        is_done |= progress == DtlsEngine::Progress::kDone;
      }
    }
    for (const Datagram& datagram : server.TakeOutput()) {
      client.SetInput(datagram, now);
      client.Handshake();
    }
  }
  EXPECT_TRUE(is_done);
  EXPECT_GE(fragmented, 3u);
  ASSERT_TRUE(server.srtp_keys() && client.srtp_keys());
  EXPECT_EQ(server.srtp_keys()->client, client.srtp_keys()->client);
}

}  // namespace
}  // namespace koeru::server
