#pragma once

// What workers send each other: clients whose allocation is another worker's (RFC 8016), and media
// of sessions that are another worker's. The kernel brings the datagrams of a 5-tuple to one
// worker; when the allocation on it is somebody else's, they travel on in bags, one for each turn
// of the loop.
//
//   auto bag = std::make_unique<MailBag>(own_number);
//   bag->Add(MailItem::Kind::kDatagrams, five_tuple, run, segment_size);
//   if (!mailbox.Leave(bag)) ...                   // any thread; no lock
//   for (auto& got : mailbox.Take()) ...           // the owner's thread
//
// From one sender bags arrive in the order in which it left them.

#include <algorithm>
#include <atomic>
#include <memory>
#include <vector>

#include "native_server/io/receive_batch.h"
#include "native_server/tls/dtls_connection.h"

namespace koeru::server {

struct MailItem {
  enum class Kind : uint8_t {
    kDatagrams,  // as they arrived from the client of that 5-tuple: a run of segment_size each
    kRequest,    // a Refresh request with a ticket of the receiver's; with its association (DTLS)
    kSteer,      // from now on that 5-tuple's datagrams are the sender's; then send it this answer
    kForget,     // no more, when what was steered is as much as `count`: the client is gone
    kForgotten,  // the answer to that: nothing of that 5-tuple is on its way
    kMedia,      // a datagram for a media session of the receiver's
    kMediaPath,  // from now on that 5-tuple's media are the sender's
  };
  Kind kind = Kind::kDatagrams;
  net::FiveTuple five_tuple;
  size_t offset = 0;  // into MailBag's bytes
  size_t size = 0;
  size_t segment_size = 0;
  DtlsConnection dtls{};  // of kRequest
  uint64_t count = 0;     // of kForget
};

class MailBag {
 public:
  explicit MailBag(size_t from) : from_(from) {}

  void Add(MailItem::Kind kind, const net::FiveTuple& five_tuple, Bytes bytes = {},
           size_t segment_size = 0, DtlsConnection dtls = {}, uint64_t count = 0) {
    must_arrive_ |= (kind != MailItem::Kind::kDatagrams && kind != MailItem::Kind::kRequest &&
                     kind != MailItem::Kind::kMedia) ||
                    dtls.engine != nullptr;
    const size_t offset = bytes_.size() + ReceiveBatch::kHeadroom;
    bytes_.resize(offset + bytes.size() + ReceiveBatch::kTailroom);
    std::copy(bytes.begin(), bytes.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(offset));
    items_.push_back(
        {kind, five_tuple, offset, bytes.size(), segment_size, std::move(dtls), count});
  }

  size_t from() const { return from_; }  // which worker
  std::vector<MailItem>& items() { return items_; }
  // With ReceiveBatch::kHeadroom in front and kTailroom behind, which may be overwritten.
  uint8_t* BytesOf(const MailItem& item) { return bytes_.data() + item.offset; }
  size_t size() const { return bytes_.size(); }
  // What nobody repeats, and what is little; a bag with none of it may be dropped.
  bool must_arrive() const { return must_arrive_; }

 private:
  friend class Mailbox;
  MailBag* next_ = nullptr;
  const size_t from_;
  bool must_arrive_ = false;
  std::vector<MailItem> items_;
  std::vector<uint8_t> bytes_;
};

// A stack without locks, which its owner takes as a whole.
class Mailbox {
 public:
  // Some turns of a worker's loop at full speed. Beyond it bags are refused: a worker that is this
  // far behind loses datagrams anyhow, as when its socket's buffer is full.
  static constexpr size_t kMaxBytes = 4u << 20;

  Mailbox() = default;
  Mailbox(const Mailbox&) = delete;
  Mailbox& operator=(const Mailbox&) = delete;
  ~Mailbox() { Take(); }

  // Takes `bag`. False: it is full, and the bag stays where it is.
  bool Leave(std::unique_ptr<MailBag>& bag) {
    const size_t held = bytes_.fetch_add(bag->size(), std::memory_order_relaxed);
    if (held + bag->size() > kMaxBytes && !bag->must_arrive()) {
      bytes_.fetch_sub(bag->size(), std::memory_order_relaxed);
      return false;
    }
    bag->next_ = newest_.load(std::memory_order_relaxed);
    MailBag* const whole = bag.release();
    while (!newest_.compare_exchange_weak(whole->next_, whole, std::memory_order_release,
                                          std::memory_order_relaxed)) {
    }
    return true;
  }

  // In the order of arrival.
  std::vector<std::unique_ptr<MailBag>> Take() {
    std::vector<std::unique_ptr<MailBag>> bags;
    MailBag* bag = newest_.exchange(nullptr, std::memory_order_acquire);
    while (bag != nullptr) {
      bags.emplace_back(bag);
      bytes_.fetch_sub(bag->size(), std::memory_order_relaxed);
      bag = bag->next_;
    }
    std::reverse(bags.begin(), bags.end());
    return bags;
  }

 private:
  std::atomic<MailBag*> newest_{nullptr};
  std::atomic<size_t> bytes_{0};
};

}  // namespace koeru::server
