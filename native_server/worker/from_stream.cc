// Clients over TCP and TLS: their messages take the same way as datagrams.

#include <algorithm>

#include "native_server/worker/worker.h"

namespace koeru::server {

void Worker::Adopt(StreamConnection connection) {
  streams_.Leave(std::move(connection));
  wake_.Signal();
}

void Worker::TakeArrivals() {
  for (const uint32_t slot : streams_.TakeArrivals(now_)) ready_streams_.push_back(slot);
}

void Worker::ServeStreams() {
  for (const uint32_t slot : streams_.TakeResumed(now_)) ready_streams_.push_back(slot);
  std::vector<uint32_t> ready;
  ready.swap(ready_streams_);
  for (const uint32_t slot : ready) {
    if (StreamClient* const client = streams_.At(slot); client != nullptr && !client->is_ended) {
      if (client->watches_output) streams_.FlushOne(slot);
      if (!client->is_paused && !client->leaving) ReceiveFromStream(*client, slot);
    }
  }
  CloseEndedStreams();
  ServeLeavingStreams();
}

// A bounded share; who has more is served again in the next turn. TLS may have read more from the
// socket than it gave out, so epoll alone would not tell.
void Worker::ReceiveFromStream(StreamClient& client, uint32_t slot) {
  five_tuple_ = client.five_tuple();
  traffic_ = client.traffic;
  known_.valid = false;
  slow_down_until_ = {};
  for (int i = 0; i < kStreamReads; ++i) {
    counters_.recv_calls.Add(1);
    const StreamClient::Input input = client.Receive(stream_scratch_);
    if (input == StreamClient::Input::kNothing) return;
    if (input == StreamClient::Input::kEnded) return streams_.End(slot);
    const auto start = media_ != nullptr ? client.Judge() : ice::StreamStart::kOther;
    if (start == ice::StreamStart::kNeedsMore) continue;
    if (start == ice::StreamStart::kIce) {
      ServeIceStream(client, slot);
      if (client.leaving || client.is_ended) return;
      continue;
    }
    while (const auto frame = client.framer().Next()) {
      client.last_message = now_;
      OnClientDatagrams(frame->bytes.data(), frame->bytes.size(), 1, 0);
      if (client.leaving) break;
    }
    FlushAll();  // what is on its way to peers lies in the framer
    if (client.leaving) return;
    if (client.framer().error()) {
      counters_.Drop(relay::Drop::kNotAPacket);
      return streams_.End(slot);
    }
    if (client.is_ended) return;
    // Over its bandwidth: what it sends waits in its own buffers, and then with the client.
    if (now_ < slow_down_until_) return streams_.Pause(slot, slow_down_until_);
  }
  ready_streams_.push_back(slot);
}

void Worker::CloseEndedStreams() {
  for (const uint32_t slot : streams_.TakeEnded()) {
    StreamClient* const client = streams_.At(slot);
    if (client == nullptr) continue;
    OnClientGone(client->five_tuple());
    if (client->ice() != nullptr) media_->sessions.OnPathGone(PathOf(client->five_tuple()), now_);
    streams_.Close(slot);
  }
}

// Who has no allocation and says nothing makes room for others; one byte now and then does not
// count.
void Worker::CloseIdleStreams() {
  for (uint32_t slot = 0; slot < streams_.slots(); ++slot) {
    StreamClient* const client = streams_.At(slot);
    if (client == nullptr || now_ < client->last_message + options_.stream_idle_time) continue;
    if (!relay_.HasAllocation(client->five_tuple(), now_)) streams_.End(slot);
  }
  CloseEndedStreams();
}

}  // namespace koeru::server
