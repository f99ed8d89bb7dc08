#include "native_server/tools/problems.h"

#include "core/bytes/number.h"
#include "core/stun/method_table.h"

namespace koeru::tools {
namespace {

struct CodeRow {
  uint16_t code;
  std::string_view meaning;
};
// Errors whose mere occurrence is worth a sentence (RFC 8489 section 14.8, RFC 8656 section 19,
// RFC 6062 section 6.3, RFC 8445 section 7.3.1.1). 401 and 438 have their own rules below.
constexpr CodeRow kCodes[] = {
    {300, "the server sends the client elsewhere (ALTERNATE-SERVER)"},
    {400, "the server could not make sense of the request"},
    {403, "forbidden: the server's policy denies this peer or this user"},
    {405, "the server does not take mobility"},
    {420, "the server does not know an attribute that the client demands"},
    {437,
     "allocation mismatch: the client thinks it has an allocation that the server does not "
     "have, or the other way round (expired, or the same ports used again)"},
    {440, "the server has no address of the family that was asked for"},
    {441, "wrong credentials: the allocation belongs to another user"},
    {442, "the server does not relay over the transport that was asked for"},
    {443, "the peer's address family does not match the allocation's"},
    {446, "there is a TCP connection to this peer already"},
    {447, "the relay could not connect to the peer"},
    {486, "quota reached: the user has too many allocations; old ones may not have been deleted"},
    {487, "ICE role conflict: both agents thought that they control; one must switch"},
    {500, "the server failed: look into its log and let the client try again"},
    {508, "the server is out of ports or other resources"},
};

std::string Times(uint64_t count) { return count == 1 ? "once" : std::to_string(count) + " times"; }

std::string MethodText(stun::Method method) { return stun::MethodName(method); }

void AddUnanswered(const Session& session, std::vector<std::string>& problems) {
  struct Count {
    uint64_t requests = 0, sent = 0;
  };
  std::map<stun::Method, Count> unanswered;
  for (const auto& [id, transaction] : session.transactions()) {
    if (transaction.answers > 0) continue;
    ++unanswered[transaction.method].requests;
    unanswered[transaction.method].sent += transaction.sent;
  }
  for (const auto& [method, count] : unanswered) {
    problems.push_back(std::to_string(count.requests) + " " + MethodText(method) +
                       (count.requests == 1 ? " request" : " requests") + " without an answer (" +
                       std::to_string(count.sent) + " packets, retransmissions included): a " +
                       "firewall, a wrong address or port, or a server that is down");
  }
}

void AddErrors(const Session& session, std::vector<std::string>& problems) {
  for (const auto& [kind, count] : session.errors()) {
    const std::string where = MethodText(kind.method) + " answered " + std::to_string(kind.code) +
                              " " + Times(count) + ": ";
    if (kind.code == 401 && kind.with_integrity) {
      problems.push_back(where +
                         "the server refuses the credentials; check username, password, "
                         "realm, and with time-limited ones the expiry and the secret");
    } else if (kind.code == 401 && count > 1) {
      problems.push_back(where +
                         "a 401 loop; the client starts over without credentials each time");
    } else if (kind.code == 438 && count > 1) {
      problems.push_back(where +
                         "stale nonces; one now and then is normal, a row of them means "
                         "that the client does not take the new nonce");
    }
    for (const CodeRow& row : kCodes) {
      if (row.code == kind.code) problems.push_back(where + std::string(row.meaning));
    }
  }
}

// RFC 8656 section 9: data to a peer without a permission is dropped without a word.
void AddMissingPermissions(const Session& session, std::vector<std::string>& problems) {
  if (!session.allocated()) return;
  for (const auto& [peer, counts] : session.indications()) {
    if (counts[kToServer].packets == 0 || session.permitted().contains(peer.address)) continue;
    problems.push_back("no permission for peer " + peer.ToString() + ": " +
                       std::to_string(counts[kToServer].packets) +
                       " Send indications were dropped; CreatePermission must succeed first");
  }
  for (const auto& [channel, counts] : session.channels()) {
    if (counts[kToServer].packets == 0 || session.channel_peers().contains(channel)) continue;
    problems.push_back("channel " + ToHexNumber(channel, 4) +
                       " is not bound: " + std::to_string(counts[kToServer].packets) +
                       " ChannelData messages were dropped; ChannelBind must succeed first");
  }
}

void AddCount(uint64_t count, std::string_view what, std::vector<std::string>& problems) {
  if (count > 0) problems.push_back(std::string(what) + ": " + std::to_string(count));
}

}  // namespace

std::vector<std::string> FindProblems(const Session& session) {
  std::vector<std::string> problems;
  AddErrors(session, problems);
  AddUnanswered(session, problems);
  AddMissingPermissions(session, problems);
  AddCount(session.wrong_integrity(), "messages whose integrity does not fit the credentials given",
           problems);
  AddCount(session.wrong_fingerprint(), "messages with a wrong FINGERPRINT", problems);
  AddCount(session.malformed(), "malformed STUN messages", problems);
  return problems;
}

}  // namespace koeru::tools
