// The relay's own media peer on the listening sockets: RFC 7983 tells its packets from TURN's, and
// a ufrag its checks from STUN clients' requests. A session is one worker's; the kernel may bring
// its packets to another one, which passes them on in bags (see between_workers.cc).

#include "core/ice/agent/binding_check.h"
#include "core/stun/message_view.h"
#include "native_server/media/media_ufrag.h"
#include "native_server/worker/worker.h"

namespace koeru::server {
namespace {

bool IsStunMessage(uint8_t first) { return first <= 3; }

// Method Binding, of any class (RFC 8489 section 5).
bool IsBinding(Bytes message) {
  return message.size() >= 2 && (Reader(message).U16() & 0xFEEF) == 0x0001;
}

}  // namespace

void Worker::LeaveMedia(MediaOrder order) {
  if (media_ == nullptr) return;
  media_->orders.Leave(std::move(order));
  wake_.Signal();
}

// False: it is nobody's media, and may be a TURN client's.
bool Worker::OnMediaDatagram(MutableBytes datagram) {
  const ice::Path path = PathOf(five_tuple_);
  if (IsStunMessage(datagram[0])) return IsBinding(datagram) && OnMediaStun(path, datagram);
  if (media_->OnDatagram(path, datagram, now_)) return true;
  const auto worker = media_->steered.Find(path, now_);
  return worker && SteerMedia(*worker, datagram);
}

bool Worker::OnMediaStun(const ice::Path& path, MutableBytes message) {
  const auto parsed = stun::MessageView::Parse(message);
  if (!parsed.ok()) return false;
  std::optional<size_t> worker;
  switch (parsed->type().message_class) {
    case stun::Class::kRequest:
      worker = WorkerOfUfrag(ice::UfragOfCheck(*parsed));
      break;
    case stun::Class::kIndication:
      worker = media_->sessions.HasPath(path) ? options_.number : media_->steered.Find(path, now_);
      break;
    case stun::Class::kSuccessResponse:
    case stun::Class::kErrorResponse:
      worker = WorkerOfTransaction(parsed->transaction_id());
      break;
  }
  if (!worker) return false;
  if (*worker != options_.number) return SteerMedia(*worker, message);
  // One that no session takes is of a session that has ended; nobody else answers it.
  media_->OnStun(path, message, now_);
  return true;
}

bool Worker::SteerMedia(size_t worker, Bytes datagram) {
  if (worker >= options_.workers || !options_.leave_mail) return false;
  BagFor(worker).Add(MailItem::Kind::kMedia, five_tuple_, datagram, datagram.size());
  counters_.steered.Add(1);
  return true;
}

// `five_tuple_` is that of the datagram.
void Worker::TakeMediaMail(size_t from, MutableBytes datagram) {
  if (media_ == nullptr || datagram.empty()) return;
  const ice::Path path = PathOf(five_tuple_);
  if (!IsStunMessage(datagram[0])) {
    media_->OnDatagram(path, datagram, now_);
  } else if (media_->OnStun(path, datagram, now_)) {
    BagFor(from).Add(MailItem::Kind::kMediaPath, five_tuple_);
  }
}

// ICE over TCP (RFC 6544): the page connects, its first check tells whose session it is. A
// connection of another worker's session goes there as it is, as connections do that are to be
// joined.
void Worker::ServeIceStream(StreamClient& client, uint32_t slot) {
  const ice::Path path = PathOf(client.five_tuple());
  while (const auto packet = client.ice()->Next()) {
    client.last_message = now_;
    if (packet->empty()) continue;
    if (!IsStunMessage((*packet)[0])) {
      if (!media_->OnDatagram(path, *packet, now_)) return streams_.End(slot);
      continue;
    }
    const auto parsed = stun::MessageView::Parse(*packet);
    if (!parsed.ok()) return streams_.End(slot);
    const auto worker = WorkerOfUfrag(ice::UfragOfCheck(*parsed));
    if (worker && *worker != options_.number && *worker < options_.workers) {
      const auto header = ice::StreamFraming::HeaderOf(packet->size());
      StreamClient::Leaving leaving{.to_worker = static_cast<uint32_t>(*worker),
                                    .request = {header.begin(), header.end()}};
      leaving.request.insert(leaving.request.end(), packet->begin(), packet->end());
      return streams_.Leave(client.five_tuple(), std::move(leaving));
    }
    if (!media_->OnStun(path, *packet, now_)) return streams_.End(slot);
  }
}

void Worker::TakeMediaOrders() {
  if (media_ == nullptr) return;
  for (MediaOrder& order : media_->orders.Take()) {
    media_->sessions.CarryOut(std::move(order), now_);
  }
}

void Worker::RunMediaTimers() {
  if (media_ == nullptr) return;
  if (now_ >= media_->sessions.NextDeadline()) media_->sessions.OnTimeout(now_);
  if (now_ >= media_->next_sweep) {
    media_->next_sweep = now_ + MediaSide::kSweep;
    media_->steered.ForgetIdle(now_);
  }
}

}  // namespace koeru::server
