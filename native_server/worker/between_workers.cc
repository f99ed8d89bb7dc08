// A client that moved (RFC 8016) to a 5-tuple which the kernel brings to another worker than its
// allocation's. The worker that gets a Refresh request with another one's ticket hands it over; the
// owner decides, and answers through the first one, which from then on steers what comes on that
// 5-tuple to the owner. What the owner sends leaves from its own socket.

#include "native_server/io/clock.h"
#include "native_server/worker/worker.h"

namespace koeru::server {
namespace {

// A bag is closed when it is this large.
constexpr size_t kBagBytes = 256u << 10;

size_t DatagramsIn(size_t size, size_t segment_size) {
  return segment_size == 0 ? 1 : (size + segment_size - 1) / segment_size;
}

}  // namespace

MailBag& Worker::BagFor(size_t worker) {
  if (outgoing_.size() <= worker) outgoing_.resize(worker + 1);
  if (outgoing_[worker] == nullptr) {
    outgoing_[worker] = std::make_unique<MailBag>(options_.number);
  }
  return *outgoing_[worker];
}

void Worker::SendMail() {
  for (size_t worker = 0; worker < outgoing_.size(); ++worker) {
    std::unique_ptr<MailBag> bag = std::move(outgoing_[worker]);
    if (bag == nullptr || options_.leave_mail(worker, bag)) continue;
    for (const MailItem& item : bag->items()) {
      counters_.steered_dropped.Add(DatagramsIn(item.size, item.segment_size));
      SteeredClients::Entry* const steered = steered_.Find(item.five_tuple);
      if (steered != nullptr && item.kind == MailItem::Kind::kDatagrams) --steered->count;
    }
  }
}

bool Worker::LeaveMail(std::unique_ptr<MailBag>& bag) {
  const bool taken = mail_.Leave(bag);
  if (taken) wake_.Signal();
  return taken;
}

bool Worker::Steer(const Received& received) {
  SteeredClients::Entry* const steered = steered_.Find(five_tuple_);
  if (steered == nullptr) return false;
  ++steered->count;
  MailBag& bag = BagFor(steered->worker);
  bag.Add(MailItem::Kind::kDatagrams, five_tuple_, {received.data, received.size},
          received.segment_size);
  counters_.steered.Add(DatagramsIn(received.size, received.segment_size));
  if (bag.size() > kBagBytes) SendMail();
  return true;
}

// Over TCP and TLS the connection itself goes on (tcp_relay.cc).
void Worker::HandOver(const net::FiveTuple& five_tuple, size_t worker, Bytes request) {
  if (!options_.leave_mail || worker >= options_.workers) return;
  if (five_tuple.transport != net::Transport::kDtls) {
    BagFor(worker).Add(MailItem::Kind::kRequest, five_tuple, request);
    return;
  }
  DtlsClient* const client = dtls_.Find(five_tuple);
  // Only who has the keys can answer, so the association goes along, and its datagrams at once.
  if (client == nullptr || !steered_.Set(five_tuple, worker)) return;
  client->engine().SetInput({}, now_);  // it belongs to this turn
  BagFor(worker).Add(MailItem::Kind::kRequest, five_tuple, request, 0,
                     std::move(client->connection));
  dtls_.Erase(five_tuple);
}

void Worker::TakeMail() {
  for (const std::unique_ptr<MailBag>& bag : mail_.Take()) {
    for (MailItem& item : bag->items()) {
      const Bytes bytes(bag->BytesOf(item), item.size);
      five_tuple_ = item.five_tuple;
      traffic_ = to_clients_.TrafficOf(five_tuple_);
      known_.valid = false;
      switch (item.kind) {
        case MailItem::Kind::kDatagrams:
          if (auto* const lodger = lodgers_.Find(item.five_tuple)) ++lodger->count;
          OnClientRun(bag->BytesOf(item), item.size, item.segment_size);
          break;
        case MailItem::Kind::kRequest:
          AnswerFor(bag->from(), item, bytes);
          break;
        case MailItem::Kind::kSteer:
          // In this order: the client may speak as soon as it has the answer.
          if (steered_.Set(item.five_tuple, bag->from())) {
            to_clients_.AddReply(item.five_tuple, bytes);
          }
          break;
        case MailItem::Kind::kForget:
          Forget(item, bag->from());
          break;
        case MailItem::Kind::kForgotten:
          // It may have come again meanwhile.
          if (!IsHere(item.five_tuple)) lodgers_.Erase(item.five_tuple);
          break;
        case MailItem::Kind::kMedia:
          TakeMediaMail(bag->from(), {bag->BytesOf(item), item.size});
          break;
        case MailItem::Kind::kMediaPath:
          if (media_ != nullptr) media_->steered.Learn(PathOf(item.five_tuple), bag->from(), now_);
          break;
      }
    }
    FlushAll();  // what is on its way lies in the bag
  }
}

// A request that came to the worker `from`.
void Worker::AnswerFor(size_t from, MailItem& item, Bytes request) {
  if (item.dtls.engine != nullptr) {
    lodgers_.Keep(item.five_tuple, from);  // the door bounds the number of associations
    dtls_.Add(std::move(item.dtls), now_);
    return OnControlMessage(request);
  }
  if (!lodgers_.HasRoomFor(item.five_tuple)) return;
  actions_.Clear();
  relay_.OnMessage(item.five_tuple, request, now_, WallNow(), actions_);
  const auto* const answer =
      actions_.size() == 1 ? std::get_if<relay::SendToClient>(&actions_[0]) : nullptr;
  if (answer == nullptr || !relay_.HasClient(item.five_tuple)) return CarryOut();
  lodgers_.Set(item.five_tuple, from);
  BagFor(from).Add(MailItem::Kind::kSteer, item.five_tuple, actions_.BytesOf(*answer));
}

// Not while something is on its way; the owner asks again.
void Worker::Forget(const MailItem& item, size_t owner) {
  if (const auto* const steered = steered_.Find(item.five_tuple);
      steered != nullptr && steered->worker == owner) {
    if (steered->count != item.count) return;
    steered_.Erase(item.five_tuple);
  }
  BagFor(owner).Add(MailItem::Kind::kForgotten, item.five_tuple);
}

// Over UDP or DTLS.
bool Worker::IsHere(const net::FiveTuple& five_tuple) {
  net::FiveTuple over_dtls = five_tuple;
  over_dtls.transport = net::Transport::kDtls;
  return relay_.HasClient(OverUdp(five_tuple)) || relay_.HasClient(over_dtls) ||
         dtls_.Find(over_dtls) != nullptr;
}

// Whoever steers to us need not do so for clients that are gone.
void Worker::ForgetLodgers() {
  lodgers_.ForEach([&](const net::FiveTuple& five_tuple, const SteeredClients::Entry& lodger) {
    if (IsHere(five_tuple)) return;
    BagFor(lodger.worker).Add(MailItem::Kind::kForget, five_tuple, {}, 0, {}, lodger.count);
  });
}

}  // namespace koeru::server
