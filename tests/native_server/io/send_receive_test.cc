// SendQueue and ReceiveBatch against each other and against plain sockets of the loopback
// interface.

#include <gtest/gtest.h>
#include <netinet/udp.h>
#include <poll.h>

#include <numeric>
#include <vector>

#include "native_server/io/offload.h"
#include "native_server/io/receive_batch.h"
#include "native_server/io/send_queue.h"
#include "native_server/io/udp_socket.h"

namespace koeru::server {
namespace {

const net::Address kLoopback = net::Address::V4(127, 0, 0, 1);

std::vector<uint8_t> Numbered(size_t size, uint8_t number) {
  std::vector<uint8_t> bytes(size);
  std::iota(bytes.begin(), bytes.end(), number);
  return bytes;
}

class SendReceive : public ::testing::Test {
 protected:
  SendReceive()
      : to_(OpenRelaySocketFd({kLoopback, 0}, {.gro = false, .buffer_bytes = 4 << 20})),
        from_(OpenRelaySocketFd({kLoopback, 0}, {})),
        queue_(from_.get(), counters_),
        address_(LocalEndpointOf(to_.get())) {}

  // What arrives within a moment, in order.
  std::vector<std::vector<uint8_t>> Arrived() {
    std::vector<std::vector<uint8_t>> datagrams;
    pollfd poll{.fd = to_.get(), .events = POLLIN, .revents = 0};
    while (::poll(&poll, 1, 50) > 0) {
      std::vector<uint8_t> datagram(65536);
      const ssize_t got = ::recv(to_.get(), datagram.data(), datagram.size(), 0);
      if (got < 0) break;
      datagram.resize(static_cast<size_t>(got));
      datagrams.push_back(datagram);
    }
    return datagrams;
  }
  void Add(const std::vector<uint8_t>& payload, SegmentLimit* limit) {
    queue_.Add(address_, nullptr, {.header = {}, .payload = payload, .tail = {}}, limit);
  }

  UniqueFd to_, from_;
  SendCounters counters_;
  SendQueue queue_;
  SocketAddress address_;
  SegmentLimit limit_ = kNoSegmentLimit;
};

TEST_F(SendReceive, EqualNeighboursLeaveInOneCallAndArriveAsTheyWere) {
  std::vector<std::vector<uint8_t>> sent;
  for (uint8_t i = 0; i < 20; ++i) sent.push_back(Numbered(300, i));
  sent.push_back(Numbered(7, 99));
  for (const auto& payload : sent) Add(payload, &limit_);
  queue_.Flush();
  EXPECT_EQ(counters_.calls.Get(), 1u);
  EXPECT_EQ(counters_.failed.Get(), 0u);
  EXPECT_EQ(Arrived(), sent);
}

TEST_F(SendReceive, AnyMixtureOfSizesArrivesInOrder) {
  std::vector<std::vector<uint8_t>> sent;
  for (size_t i = 0; i < 200; ++i) {
    sent.push_back(Numbered((i / 5 * 97) % 1400, static_cast<uint8_t>(i)));
  }
  for (const auto& payload : sent) Add(payload, &limit_);
  queue_.Flush();
  EXPECT_EQ(Arrived(), sent);
}

TEST_F(SendReceive, HeaderPayloadAndTailAreOneDatagram) {
  const auto header = Numbered(4, 1), payload = Numbered(10, 50), tail = Numbered(2, 200);
  for (int i = 0; i < 3; ++i) {
    queue_.Add(address_, nullptr, {.header = header, .payload = payload, .tail = tail}, &limit_);
  }
  queue_.Flush();
  auto expected = header;
  expected.insert(expected.end(), payload.begin(), payload.end());
  expected.insert(expected.end(), tail.begin(), tail.end());
  EXPECT_EQ(Arrived(), (std::vector<std::vector<uint8_t>>(3, expected)));
}

TEST_F(SendReceive, ARunIsTheSameAsItsDatagrams) {
  // Ten payloads of 100 bytes, 104 apart, behind a header of 4.
  const auto header = Numbered(4, 7), bytes = Numbered(10 * 104, 0);
  queue_.AddRun(address_, nullptr,
                {.header = header, .first = Bytes(bytes).first(100), .stride = 104, .count = 10},
                &limit_);
  queue_.Flush();
  EXPECT_EQ(counters_.calls.Get(), 1u);
  const auto arrived = Arrived();
  ASSERT_EQ(arrived.size(), 10u);
  for (size_t i = 0; i < 10; ++i) {
    auto expected = header;
    const auto at = bytes.begin() + static_cast<std::ptrdiff_t>(i * 104);
    expected.insert(expected.end(), at, at + 100);
    EXPECT_EQ(arrived[i], expected) << i;
  }
}

TEST_F(SendReceive, RunsLongerThanTheKernelTakesAreSplit) {
  const std::vector<uint8_t> bytes = Numbered(300 * 400, 0);
  for (const size_t size : {size_t{1}, size_t{400}}) {
    queue_.AddRun(address_, nullptr,
                  {.header = {}, .first = Bytes(bytes).first(size), .stride = size, .count = 300},
                  &limit_);
    queue_.Flush();
    const auto arrived = Arrived();
    ASSERT_EQ(arrived.size(), 300u);
    for (size_t i = 0; i < 300; ++i) {
      const auto at = bytes.begin() + static_cast<std::ptrdiff_t>(i * size);
      ASSERT_EQ(arrived[i], std::vector<uint8_t>(at, at + static_cast<std::ptrdiff_t>(size)));
    }
  }
  EXPECT_EQ(counters_.failed.Get(), 0u);
}

TEST_F(SendReceive, WhatTheKernelRefusesAsARunGoesSinglyAndIsRemembered) {
  // Larger than the loopback interface's MTU of 65536 less headers cannot be; a small limit of the
  // route does the same: force it by a datagram size that UDP_SEGMENT refuses on this socket.
  const int mtu_discover = IP_PMTUDISC_PROBE;
  ASSERT_EQ(::setsockopt(from_.get(), IPPROTO_IP, IP_MTU_DISCOVER, &mtu_discover,
                         sizeof(mtu_discover)), 0);
  // SO_NO_CHECK: the kernel refuses runs without checksums (EIO), and takes single datagrams.
  const int no_check = 1;
  ASSERT_EQ(::setsockopt(from_.get(), SOL_SOCKET, SO_NO_CHECK, &no_check, sizeof(no_check)), 0);
  std::vector<std::vector<uint8_t>> sent;
  for (uint8_t i = 0; i < 5; ++i) sent.push_back(Numbered(100, i));
  for (const auto& payload : sent) Add(payload, &limit_);
  queue_.Flush();
  EXPECT_EQ(Arrived(), sent);
  EXPECT_LT(limit_, 100);
  EXPECT_EQ(counters_.failed.Get(), 0u);
  const uint64_t calls = counters_.calls.Get();
  for (const auto& payload : sent) Add(payload, &limit_);
  queue_.Flush();
  EXPECT_EQ(counters_.calls.Get(), calls + 1) << "one sendmmsg, and no second try as a run";
  EXPECT_EQ(Arrived(), sent);
}

TEST_F(SendReceive, ARefusedDatagramDoesNotHoldUpItsNeighbours) {
  const auto good = Numbered(10, 1);
  const SocketAddress nowhere({net::Address::V4(255, 255, 255, 255), 9});  // EACCES
  for (int i = 0; i < 3; ++i) {
    Add(good, nullptr);
    queue_.Add(nowhere, nullptr, {.header = {}, .payload = good, .tail = {}}, nullptr);
  }
  queue_.Flush();
  EXPECT_EQ(counters_.failed.Get(), 3u);
  EXPECT_EQ(Arrived().size(), 3u);
}

TEST_F(SendReceive, EmptyDatagramsArrive) {
  for (int i = 0; i < 3; ++i) Add({}, &limit_);
  queue_.Flush();
  EXPECT_EQ(Arrived().size(), 3u);
}

TEST(ReceiveBatchTest, HasRoomInFrontAndTellsRunsApart) {
  const Offload offload = DetectOffload();
  const UniqueFd to = OpenRelaySocketFd({kLoopback, 0}, {.gro = offload.gro});
  const UniqueFd from = OpenRelaySocketFd({kLoopback, 0}, {});
  const SocketAddress address(LocalEndpointOf(to.get()));
  SendCounters counters;
  SendQueue queue(from.get(), counters);
  SegmentLimit limit = kNoSegmentLimit;
  const auto payload = Numbered(500, 3), last = Numbered(20, 9);
  for (int i = 0; i < 4; ++i) {
    queue.Add(address, nullptr, {.header = {}, .payload = payload, .tail = {}}, &limit);
  }
  queue.Add(address, nullptr, {.header = {}, .payload = last, .tail = {}}, &limit);
  queue.Flush();

  ReceiveBatch batch;
  size_t total = 0;
  pollfd poll{.fd = to.get(), .events = POLLIN, .revents = 0};
  while (total < 4 * 500 + 20 && ::poll(&poll, 1, 1000) > 0) {
    const size_t count = batch.Receive(to.get(), ReceiveBatch::kBuffers);
    for (const Received& received : batch.Last(count)) {
      EXPECT_EQ(received.from.ToEndpoint(), LocalEndpointOf(from.get()));
      EXPECT_FALSE(received.has_to);
      if (offload.gro) {
        EXPECT_EQ(received.segment_size, 500u);
      }
      std::fill_n(received.data - ReceiveBatch::kHeadroom, ReceiveBatch::kHeadroom, uint8_t{1});
      total += received.size;
    }
  }
  EXPECT_EQ(total, 4u * 500 + 20);
  EXPECT_EQ(batch.Receive(to.get(), 64), 0u);
  batch.Clear();
  EXPECT_EQ(batch.room(), ReceiveBatch::kBuffers);
}

TEST_F(SendReceive, AnIcmpErrorOfOneDatagramCostsNoOther) {
  // A port that was just closed answers with ICMP port unreachable.
  const SocketAddress closed = [] {
    const UniqueFd gone = OpenRelaySocketFd({kLoopback, 0}, {});
    return SocketAddress(LocalEndpointOf(gone.get()));
  }();
  const auto nobody = Numbered(5, 1);
  for (const size_t count : {1u, 3u}) {
    queue_.Add(closed, nullptr, {.header = {}, .payload = nobody, .tail = {}}, nullptr);
    queue_.Flush();
    std::vector<std::vector<uint8_t>> sent;
    for (size_t i = 0; i < count; ++i) sent.push_back(Numbered(10, static_cast<uint8_t>(i)));
    for (const auto& datagram : sent) Add(datagram, nullptr);
    queue_.Flush();
    EXPECT_EQ(Arrived(), sent);
  }
  EXPECT_EQ(counters_.failed.Get(), 0u);
}

}  // namespace
}  // namespace koeru::server
