#pragma once

// What a capture says about one 5-tuple: its messages in order, its data in numbers, and what went
// wrong. SessionTable (session_table.h) sorts packets into sessions; ladder.h and session_json.h
// print them.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/bytes/reader.h"
#include "core/inspect/packet_tree.h"
#include "core/net/address.h"
#include "core/stun/message_view.h"

namespace koeru::tools {

// Index into what is counted per direction.
enum Direction : size_t { kToServer = 0, kToClient = 1 };

struct DataCount {
  uint64_t packets = 0;
  uint64_t bytes = 0;  // payload
};
using DataCounts = std::array<DataCount, 2>;

// One line of the ladder.
struct LadderLine {
  int64_t time_ns = 0;  // since 1970
  Direction direction = kToServer;
  std::string summary;                 // "Allocate request  (17 (UDP), lifetime 600 s)"
  std::string transaction_id;          // hexadecimal
  std::optional<int64_t> answered_ns;  // round trip, of an answer
  uint32_t repeats = 0;                // 1: the first retransmission of a message seen before
  std::string integrity;               // "valid", "invalid", "" when there is none to check
  std::string key;                     // which key fitted, or which were tried
  bool suspicious = false;             // an error answer, a wrong checksum, something malformed
  std::optional<inspect::Node> tree;   // when asked for
};

// What is remembered of a request until it is answered. RFC 8489 section 6.3.
struct Transaction {
  int64_t time_ns = 0;
  stun::Method method{};
  Direction direction = kToServer;
  uint32_t sent = 1;
  uint32_t answers = 0;
  bool with_integrity = false;
  std::optional<uint16_t> channel;  // of a ChannelBind
  std::vector<net::Address> peers;  // of a CreatePermission or ChannelBind
  std::optional<net::Endpoint> bound_peer;
};

struct ErrorKind {
  uint16_t code = 0;
  stun::Method method{};
  bool with_integrity = false;  // the request carried credentials
  friend auto operator<=>(const ErrorKind&, const ErrorKind&) = default;
};

struct SessionOptions {
  bool trees = false;
  std::string user;
  std::string realm;
  std::optional<std::string> password;
};

class Session {
 public:
  // A session's ladder ends here; what follows is counted.
  static constexpr size_t kMaxLines = 20'000;
  static constexpr size_t kMaxTransactions = 100'000;
  static constexpr size_t kMaxChannels = 0x4000;
  static constexpr size_t kMaxPeers = 10'000;

  Session(net::Endpoint client, net::Endpoint server, std::string_view transport,
          const SessionOptions& options)
      : client_(client), server_(server), transport_(transport), options_(options) {}

  // One STUN message (well-formed or not) or one ChannelData message, without framing.
  void OnStun(int64_t time_ns, Direction direction, Bytes message);
  void OnChannelData(int64_t time_ns, Direction direction, uint16_t channel, size_t size);
  // Anything else on the same 5-tuple, by the name of RFC 7983's class.
  void OnOther(Direction direction, std::string_view kind, size_t size);

  const net::Endpoint& client() const { return client_; }
  const net::Endpoint& server() const { return server_; }
  std::string_view transport() const { return transport_; }
  const std::vector<LadderLine>& lines() const { return lines_; }
  uint64_t lines_left_out() const { return lines_left_out_; }
  const std::map<uint16_t, DataCounts>& channels() const { return channels_; }
  const std::map<uint16_t, net::Endpoint>& channel_peers() const { return channel_peers_; }
  const std::map<net::Endpoint, DataCounts>& indications() const { return indications_; }
  const std::map<std::string, DataCounts, std::less<>>& others() const { return others_; }
  const std::map<stun::TransactionId, Transaction>& transactions() const { return transactions_; }
  const std::map<ErrorKind, uint64_t>& errors() const { return errors_; }
  const std::set<net::Address>& permitted() const { return permitted_; }
  bool allocated() const { return allocated_; }
  uint64_t stun_messages() const { return stun_messages_; }
  uint64_t malformed() const { return malformed_; }
  uint64_t wrong_integrity() const { return wrong_integrity_; }
  uint64_t wrong_fingerprint() const { return wrong_fingerprint_; }

  // Said by whoever feeds the session: a TLS stream, a gap in a TCP stream.
  std::vector<std::string> notes;

 private:
  void OnIndication(Direction direction, const stun::MessageView& message);
  void OnRequest(const stun::MessageView& message, LadderLine& line);
  void OnResponse(const stun::MessageView& message, LadderLine& line);
  void OnSuccess(const Transaction& transaction);
  void Check(const stun::MessageView& message, LadderLine& line);
  void Keep(LadderLine line, Bytes message);
  inspect::Credentials credentials() const;

  net::Endpoint client_;
  net::Endpoint server_;
  std::string transport_;
  SessionOptions options_;

  std::vector<LadderLine> lines_;
  uint64_t lines_left_out_ = 0;
  std::map<uint16_t, DataCounts> channels_;
  std::map<uint16_t, net::Endpoint> channel_peers_;
  std::map<net::Endpoint, DataCounts> indications_;
  std::map<std::string, DataCounts, std::less<>> others_;
  std::map<stun::TransactionId, Transaction> transactions_;
  std::map<ErrorKind, uint64_t> errors_;
  std::set<net::Address> permitted_;
  std::string realm_;  // learnt from the server's 401
  bool allocated_ = false;
  uint64_t stun_messages_ = 0;
  uint64_t malformed_ = 0;
  uint64_t wrong_integrity_ = 0;
  uint64_t wrong_fingerprint_ = 0;
};

}  // namespace koeru::tools
