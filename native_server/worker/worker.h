#pragma once

// One thread that relays: its own listening sockets (SO_REUSEPORT), allocations, relay sockets,
// buffers and counters. Workers share nothing on the packet path.
//
//   Worker worker(options);
//   absl::Status bound = worker.Bind();    // before any worker starts, so that the kernel's choice
//   worker.Start();                        // of a worker for each client stays the same
//   ...
//   worker.Stop();                         // from any thread; ends all allocations
//
// The parts: from_client.cc, from_stream.cc, from_dtls.cc and from_peer.cc move packets,
// between_workers.cc brings those of moved clients to their owner, from_media.cc has the media
// peer's, tcp_relay.cc joins connections, bandwidth.cc limits them, from_users.cc asks for users,
// from_operator.cc answers who watches, control.cc carries out what the state machine (core/relay)
// decides, worker.cc is the loop.

#include <atomic>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "core/relay/relay.h"
#include "core/relay/rules.h"
#include "native_server/io/event_fd.h"
#include "native_server/io/offload.h"
#include "native_server/io/random.h"
#include "native_server/io/receive_batch.h"
#include "native_server/media/media_sessions.h"
#include "native_server/users/user_source.h"
#include "native_server/worker/client_sender.h"
#include "native_server/worker/counters.h"
#include "native_server/worker/data_connections.h"
#include "native_server/worker/dtls_clients.h"
#include "native_server/worker/life_events.h"
#include "native_server/worker/listeners.h"
#include "native_server/worker/mailbox.h"
#include "native_server/worker/media_side.h"
#include "native_server/worker/operator_orders.h"
#include "native_server/worker/peer_sender.h"
#include "native_server/worker/quota_ledger.h"
#include "native_server/worker/relay_sockets.h"
#include "native_server/worker/steered_clients.h"
#include "native_server/worker/stream_clients.h"

namespace koeru::server {

struct WorkerOptions {
  size_t number = 0;                               // among the workers
  std::shared_ptr<const relay::RelayRules> rules;  // shared by all workers
  std::vector<net::Endpoint> listen;
  Offload offload;
  int listener_buffer_bytes = 4 << 20;
  int relay_buffer_bytes = 0;                      // 0: the kernel's default
  std::string listening_device{}, relay_device{};  // see UdpOptions
  // False: what comes in over UDP without DTLS is dropped.
  bool plain_udp = true;
  // A datagram of DTLS of somebody who has not finished a handshake here. Null: DTLS is not served.
  std::function<void(const net::FiveTuple&, Bytes datagram)> on_dtls_stranger{};
  // TCP, TLS and DTLS: who has no allocation and says nothing for so long is disconnected.
  net::Duration stream_idle_time = std::chrono::seconds(60);
  size_t workers = 1;  // of which this is one
  // A client connection that another worker is to have (RFC 6062).
  std::function<void(size_t worker, StreamConnection)> pass_on{};
  // For another worker (RFC 8016): takes it. False: its mailbox is full.
  std::function<bool(size_t worker, std::unique_ptr<MailBag>&)> leave_mail{};
  SharedQuotaLedger* quota = nullptr;  // who has allocations; null: no limits per user
  UserSource* users = nullptr;         // who knows the users of RelayConfig::user_lookup
  // The relay's own media peer: its host candidates, and its desk. Null: there is none.
  std::vector<MediaSession::Address> media_addresses{};
  MediaReports* media_desk = nullptr;
};

class Worker {
 public:
  explicit Worker(const WorkerOptions& options);
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  absl::Status Bind();
  void Start();
  void Stop();

  // A client over TCP or TLS. From any thread.
  void Adopt(StreamConnection connection);

  // Answers to a stranger who speaks DTLS, and in the end his association. From any thread.
  void AdoptDtls(DtlsAnswer answer);

  // Of another worker. From any thread; takes no lock. False: too much waits, and `bag` stays.
  bool LeaveMail(std::unique_ptr<MailBag>& bag);

  // For a media session of this worker. From any thread.
  void LeaveMedia(MediaOrder order);

  // What an operator wants to know or to end, from any thread; before Start it waits.
  template <typename Order>
  void Post(std::shared_ptr<Order> order) {
    orders_.Leave(std::move(order));
    wake_.Signal();
  }

  // New rules, from any thread. The worker takes them up between two turns of its loop; packets
  // meet no lock. `number` counts the rules, and rules_in_use() is that of the rules which all of
  // the counters shown already know.
  void SetRules(std::shared_ptr<const relay::RelayRules> rules, uint64_t number);
  uint64_t rules_in_use() const { return rules_in_use_.load(std::memory_order_acquire); }

  const WorkerCounters& counters() const { return counters_; }

 private:
  // Bounds of one turn of the loop. A flood on one socket is cut off there, and every other socket
  // has its turn before it is served again.
  static constexpr int kEvents = 256;          // sockets that one epoll_wait reports
  static constexpr int kListenerBatches = 4;   // of 64 entries, for each listening socket
  static constexpr size_t kRelayEntries = 32;  // for each relay socket
  static constexpr int kIcmpErrors = 32;       // for each relay socket
  // Sent before more is read: half of a small second-level cache, so that sending finds the bytes
  // there. Eight runs from as many peers are more than that.
  static constexpr size_t kHeldBytes = 128u << 10;
  // Contents of DTLS records that wait to be sent on.
  static constexpr size_t kPlaintextSize = 64u << 10;
  static constexpr int kStreamReads = 8;  // of 16 KB, for each connection
  static constexpr int kAccepts = 16;     // for each relayed address of TCP
  // For each direction of a data connection.
  static constexpr size_t kDataShare = 256u << 10;
  static constexpr int64_t kLongestSleepMs = 60'000;
  static constexpr uint32_t kSurveyedAtOnce = 512;  // slots of allocations
  static constexpr net::Duration kIdleCheck = std::chrono::seconds(1);

  // What data packets of one client and channel have in common; see from_client.cc.
  struct KnownRoute {
    bool valid = false;
    uint16_t channel = 0;
    relay::RouteToPeer route;
    RelaySocket* socket = nullptr;
  };

  // worker.cc
  void Run();
  int SleepMs() const;
  void ServeListeners(const std::vector<bool>& ready);
  void ServeRelaySockets();
  void TakeUpRules();
  void EndAllAllocations();
  void Publish();

  // from_client.cc
  size_t ReceiveFromClients(Listener& listener);
  // Datagrams of one client, of segment_size each; headroom in front, tailroom behind.
  void OnClientRun(uint8_t* data, size_t size, size_t segment_size);
  void OnClientDatagrams(uint8_t* data, size_t size, size_t count, size_t room);
  void OnClientData(uint8_t* data, size_t size, size_t count, size_t room);
  void SendToPeer(const relay::RouteToPeer& route, RelaySocket& socket,
                  const PayloadWithRoom& first, size_t stride, size_t count);
  // What each direction may carry at the moment; UINT64_MAX: whatever comes.
  uint64_t LimitOf(const RelaySocket& socket) const;
  bool IsLimited(const RelaySocket& socket) const {
    return socket.max_bytes_per_second != 0 ||
           (user_bytes_per_second_ != 0 && socket.user != nullptr);
  }
  // How many of `count` payloads may pass; the rest is dropped and counted.
  size_t Admit(RelaySocket& socket, Direction direction, size_t size, size_t count);
  // The same towards the peer, where a client on a stream is slowed down instead.
  size_t AdmitToPeer(RelaySocket& socket, size_t size, size_t count);
  // Lets it pass; until then the sender must wait.
  net::Instant Charge(RelaySocket& socket, Direction direction, size_t size);
  bool DeliverToOwn(const relay::RouteToPeer& route, const RelaySocket& socket,
                    const PayloadWithRoom& payload);

  // between_workers.cc
  MailBag& BagFor(size_t worker);
  void SendMail();
  void TakeMail();
  bool Steer(const Received& received);
  void HandOver(const net::FiveTuple& five_tuple, size_t worker, Bytes request);
  void AnswerFor(size_t from, MailItem& item, Bytes request);
  void Forget(const MailItem& item, size_t owner);
  bool IsHere(const net::FiveTuple& five_tuple);
  void ForgetLodgers();

  // from_stream.cc
  void TakeArrivals();
  void ServeStreams();
  void ReceiveFromStream(StreamClient& client, uint32_t slot);
  void CloseEndedStreams();
  void CloseIdleStreams();

  // from_dtls.cc
  void TakeDtlsAnswers();
  void OnDtlsDatagram(Bytes datagram);
  void OnDtlsRecords(const net::FiveTuple& five_tuple, Bytes datagram);
  MutableBytes RoomForPlaintext();
  void EndDtls(const net::FiveTuple& five_tuple);
  void CloseIdleDtls();

  // from_media.cc
  bool OnMediaDatagram(MutableBytes datagram);
  bool OnMediaStun(const ice::Path& path, MutableBytes message);
  void TakeMediaMail(size_t from, MutableBytes datagram);
  bool SteerMedia(size_t worker, Bytes datagram);
  void ServeIceStream(StreamClient& client, uint32_t slot);
  void TakeMediaOrders();
  void RunMediaTimers();

  // from_peer.cc
  void ReceiveFromPeers(relay::AllocationHandle allocation);
  void ReadIcmpErrors(relay::AllocationHandle allocation);
  void OnPeerDatagrams(const Received& received, const relay::RouteToClient& route,
                       RelaySocket& socket);

  // tcp_relay.cc
  void Connect(const relay::ConnectPeer& action);
  void AcceptPeers(relay::AllocationHandle allocation);
  void ServeLeavingStreams();
  void PassOn(uint32_t slot, StreamClient& client, const StreamClient::Leaving& leaving);
  void Join(uint32_t slot, relay::ConnectionId id);
  void ServeDataConnections();
  void FinishConnect(DataConnection& connection, uint32_t slot);
  void MoveData(DataConnection& connection, uint32_t slot);
  void CountData(DataConnection& connection, DataConnection::Side to, size_t size);
  void EndData(relay::ConnectionId id);

  // from_users.cc
  void AskForUser(const relay::LookUpUser& action);
  void TakeUserAnswers();

  // from_operator.cc
  void TakeOperatorOrders();
  void ContinueSurvey();

  // control.cc
  void OnControlMessage(Bytes message);
  void OnClientGone(const net::FiveTuple& five_tuple);
  void CarryOut();
  void Open(const relay::OpenRelaySocket& action);

  void FlushAll();

  WorkerOptions options_;
  WorkerCounters counters_;
  SystemRandom random_;
  LifeEvents events_;
  relay::Relay relay_;
  relay::Actions actions_;
  UniqueFd epoll_;
  EventFd wake_;
  std::shared_ptr<UserAnswers> user_answers_ = std::make_shared<UserAnswers>();
  Listeners listeners_;
  StreamClients streams_;
  DtlsClients dtls_;
  DataConnections data_;
  RelaySockets sockets_;
  ReceiveBatch batch_;
  PeerSender to_peers_;
  ClientSender to_clients_;
  std::unique_ptr<MediaSide> media_;  // null: there is no media peer

  net::Instant now_;
  net::FiveTuple five_tuple_;           // of the datagram at hand
  ListenerTraffic* traffic_ = nullptr;  // and where it came in
  KnownRoute known_;
  uint64_t user_bytes_per_second_ = 0;  // of all of a user's allocations; 0: unlimited
  net::Instant slow_down_until_;        // the client on the stream at hand
  // Relay sockets with something to read; `again_` those that had more than their share.
  std::vector<relay::AllocationHandle> readable_, again_;
  // The same for those with ICMP errors to read.
  std::vector<relay::AllocationHandle> failed_, failed_again_;
  std::vector<uint32_t> ready_streams_;  // slots
  std::vector<uint32_t> ready_data_;     // slots
  std::vector<uint8_t> stream_scratch_, data_scratch_;
  std::vector<uint8_t> plaintext_;  // of this turn's DTLS records; empty when DTLS is not served
  size_t plaintext_used_ = 0;
  net::Instant next_idle_check_;

  // RFC 8016: clients whose datagrams go to another worker, and those that come from another one.
  SteeredClients steered_, lodgers_;
  std::vector<std::unique_ptr<MailBag>> outgoing_;  // by worker; null: nothing for it
  Mailbox mail_;

  struct RunningSurvey {
    std::shared_ptr<AllocationSurvey> answer;
    uint32_t next_slot = 0;
  };
  std::deque<RunningSurvey> surveys_;

  // Handed over when the worker is woken.
  OperatorOrders orders_;
  std::mutex rules_mutex_;
  std::shared_ptr<const relay::RelayRules> next_rules_;
  uint64_t next_rules_number_ = 0;
  uint64_t rules_number_ = 0;
  std::atomic<uint64_t> rules_in_use_{0};

  std::atomic<bool> stop_{false};
  std::thread thread_;
};

}  // namespace koeru::server
