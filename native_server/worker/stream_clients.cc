#include "native_server/worker/stream_clients.h"

#include <sys/epoll.h>

#include <algorithm>
#include <utility>

namespace koeru::server {

void StreamClients::Leave(StreamConnection connection) {
  std::lock_guard lock(mutex_);
  arrivals_.push_back(std::move(connection));
}

std::vector<uint32_t> StreamClients::TakeArrivals(net::Instant now) {
  std::vector<StreamConnection> arrivals;
  {
    std::lock_guard lock(mutex_);
    arrivals.swap(arrivals_);
  }
  std::vector<uint32_t> slots;
  for (StreamConnection& connection : arrivals) {
    auto client = std::make_unique<StreamClient>(std::move(connection));
    uint32_t slot = static_cast<uint32_t>(list_.size());
    if (!free_.empty()) {
      slot = free_.back();
      free_.pop_back();
    } else {
      list_.emplace_back();
    }
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = tag_ | slot;
    // An earlier connection of the same addresses can only be one that broke and that its client
    // has replaced already.
    const bool is_new = by_tuple_.try_emplace(client->five_tuple(), slot).second;
    if (!is_new || ::epoll_ctl(epoll_fd_, EPOLL_CTL_ADD, client->fd(), &event) != 0) {
      if (is_new) by_tuple_.erase(client->five_tuple());
      free_.push_back(slot);
      continue;
    }
    client->traffic = &counters_.listeners.Of(client->listener(), client->five_tuple().transport);
    client->last_message = now;
    list_[slot] = std::move(client);
    slots.push_back(slot);
  }
  counters_.stream_clients.Set(size());
  return slots;
}

StreamClient* StreamClients::At(uint32_t slot) {
  return slot < list_.size() ? list_[slot].get() : nullptr;
}

void StreamClients::Add(const net::FiveTuple& five_tuple, StreamQueue::Kind kind,
                        const Outgoing& message) {
  const auto found = by_tuple_.find(five_tuple);
  if (found == by_tuple_.end()) return;
  StreamClient& client = *list_[found->second];
  if (client.is_ended) return;
  counters_.slow_reader.Add(client.queue().Add(kind, message));
  if (client.queue().overfull()) return End(found->second);
  if (!std::exchange(client.is_dirty, true)) dirty_.push_back(found->second);
}

ListenerTraffic* StreamClients::TrafficOf(const net::FiveTuple& five_tuple) const {
  const auto found = by_tuple_.find(five_tuple);
  return found == by_tuple_.end() ? nullptr : list_[found->second]->traffic;
}

void StreamClients::Flush() {
  for (const uint32_t slot : dirty_) {
    StreamClient* const client = At(slot);
    if (client == nullptr || !std::exchange(client->is_dirty, false)) continue;
    // One that is blocked goes on when epoll says so: asking the kernel for each packet is in vain.
    if (!client->watches_output) FlushOne(slot);
  }
  dirty_.clear();
}

void StreamClients::FlushOne(uint32_t slot) {
  StreamClient* const client = At(slot);
  if (client == nullptr) return;
  counters_.send.calls.Add(1);
  if (!client->Flush()) return End(slot);
  WatchOutput(*client, slot);
}

void StreamClients::WatchOutput(StreamClient& client, uint32_t slot) {
  if (client.watches_output == client.is_blocked()) return;
  client.watches_output = client.is_blocked();
  Watch(client, slot);
}

void StreamClients::Watch(const StreamClient& client, uint32_t slot) {
  epoll_event event{};
  if (!client.is_paused) event.events |= EPOLLIN;
  if (client.watches_output) event.events |= EPOLLOUT;
  event.data.u64 = tag_ | slot;
  ::epoll_ctl(epoll_fd_, EPOLL_CTL_MOD, client.fd(), &event);
}

void StreamClients::Pause(uint32_t slot, net::Instant until) {
  StreamClient& client = *list_[slot];
  client.paused_until = until;
  if (!std::exchange(client.is_paused, true)) paused_.push_back(slot);
  Watch(client, slot);
}

std::vector<uint32_t> StreamClients::TakeResumed(net::Instant now) {
  std::vector<uint32_t> resumed;
  std::erase_if(paused_, [&](uint32_t slot) {
    StreamClient* const client = At(slot);
    if (client == nullptr || !client->is_paused) return true;  // it is gone
    if (now < client->paused_until) return false;
    client->is_paused = false;
    Watch(*client, slot);
    resumed.push_back(slot);
    return true;
  });
  return resumed;
}

net::Instant StreamClients::NextResume() const {
  net::Instant next = net::Instant::Max();
  for (const uint32_t slot : paused_) {
    if (list_[slot] != nullptr) next = std::min(next, list_[slot]->paused_until);
  }
  return next;
}

void StreamClients::End(uint32_t slot) {
  StreamClient* const client = At(slot);
  if (client != nullptr && !std::exchange(client->is_ended, true)) ended_.push_back(slot);
}

void StreamClients::Leave(const net::FiveTuple& five_tuple, StreamClient::Leaving leaving) {
  const auto found = by_tuple_.find(five_tuple);
  if (found == by_tuple_.end()) return;
  list_[found->second]->leaving = std::move(leaving);
  leaving_.push_back(found->second);
}

std::vector<uint32_t> StreamClients::TakeLeaving() { return std::exchange(leaving_, {}); }

StreamClient::Parts StreamClients::Release(uint32_t slot) {
  ::epoll_ctl(epoll_fd_, EPOLL_CTL_DEL, list_[slot]->fd(), nullptr);
  StreamClient::Parts parts = list_[slot]->Release();
  by_tuple_.erase(parts.connection.five_tuple);
  list_[slot].reset();
  free_.push_back(slot);
  counters_.stream_clients.Set(size());
  return parts;
}

std::vector<uint32_t> StreamClients::TakeEnded() { return std::exchange(ended_, {}); }

void StreamClients::Close(uint32_t slot) {
  StreamClient* const client = At(slot);
  if (client == nullptr) return;
  by_tuple_.erase(client->five_tuple());
  list_[slot].reset();  // closing the socket takes it out of epoll
  free_.push_back(slot);
  counters_.stream_clients.Set(size());
}

}  // namespace koeru::server
