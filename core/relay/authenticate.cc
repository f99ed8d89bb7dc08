#include "core/relay/authenticate.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/relay/check_token.h"
#include "core/relay/find_user.h"
#include "core/relay/mobility.h"
#include "core/relay/origin_of.h"
#include "core/relay/reply.h"
#include "core/stun/attributes/error_code.h"
#include "core/stun/attributes/mobility_ticket.h"
#include "core/stun/attributes/nonce.h"
#include "core/stun/attributes/password_algorithm.h"
#include "core/stun/attributes/password_algorithms.h"
#include "core/stun/attributes/realm.h"
#include "core/stun/attributes/third_party_authorization.h"
#include "core/stun/attributes/userhash.h"
#include "core/stun/attributes/username.h"
#include "core/turn/attributes/connection_id.h"

namespace koeru::relay {
namespace {

namespace attribute_type = stun::attribute_type;

// In preferential order.
const std::array kOfferedAlgorithms = {
    stun::PasswordAlgorithm{stun::password_algorithm::kSha256, {}},
    stun::PasswordAlgorithm{stun::password_algorithm::kMd5, {}},
};
// The same on the wire: algorithm number and length of its parameters, which are none.
constexpr std::array<uint8_t, 8> kOfferOnWire = {0, 2, 0, 0, 0, 1, 0, 0};

// REALM when it is one of ours, else what ORIGIN leads to. Neither proves anything: who names a
// realm needs a credential of it.
const RealmRules& ChooseRealm(const RelayState& state, const Request& request) {
  const auto realm = request.message.Get<stun::Realm>();
  if (realm.ok() && *realm) {
    if (const RealmRules* known = state.rules.FindRealm((*realm)->text)) return *known;
  }
  return RealmOf(state.rules, Origins::Of(request));
}

// 401 or 438: RFC 8489 section 9.2.4: with REALM, a fresh NONCE, and PASSWORD-ALGORITHMS when the
// nonce cookie says so; without an integrity attribute.
void Challenge(RelayState& state, const Request& request, uint16_t code) {
  Reply reply(state, ReplyTo::Of(request), stun::Class::kErrorResponse);
  reply.Add(stun::ErrorCode::Of(code));
  reply.Add(stun::Realm{request.realm->name()});
  const NonceText nonce = request.realm->nonces.Make(request.from.client, request.wall);
  reply.Add(stun::Nonce{AsView(nonce)});
  if (request.realm->credentials.offers_sha256()) {
    reply.Add(stun::PasswordAlgorithms::Of(kOfferedAlgorithms));
  }
  // RFC 7635 section 6.1: "to inform the client that it supports third-party authorization". With
  // 438, too: coturn's client takes a challenge without it as one for a password.
  if (state.config.third_party) {
    reply.Add(stun::ThirdPartyAuthorization{state.tokens.server_name()});
  }
  reply.Send(request.now, request.actions);
}

bool RefuseAuthentication(RelayState& state, const Request& request, const RefusalReason& reason,
                          std::string_view username) {
  const ReplyTo to = ReplyTo::Of(request);
  if (reason.code == 400 || reason.code == 500) {
    Refuse(state, to, username, reason, request.now, request.actions);
  } else {
    CountRefusal(state, to, username, reason);
    Challenge(state, request, reason.code);
  }
  return false;
}

// RFC 8489 section 9.2.4, second item: the attributes that must come with an integrity attribute.
std::optional<RefusalReason> ReadClaim(const Request& request, Claim& claim) {
  const auto malformed = [](std::string_view what) {
    return RefusalReason{400, RefusalCause::kMalformed, what};
  };
  const auto username = request.message.Get<stun::Username>();
  const auto userhash = request.message.Get<stun::Userhash>();
  const auto realm = request.message.Get<stun::Realm>();
  const auto nonce = request.message.Get<stun::Nonce>();
  if (!username.ok() || !userhash.ok() || !realm.ok() || !nonce.ok()) {
    return malformed("USERNAME, USERHASH, REALM or NONCE is malformed");
  }
  if (!*username && !*userhash) return malformed("integrity without USERNAME or USERHASH");
  if (!*realm || !*nonce) return malformed("integrity without REALM or NONCE");
  if (*username) {
    claim.username = (*username)->text;
  } else if (const auto name = request.realm->credentials.FindByUserhash((*userhash)->hash)) {
    claim.username = *name;
  }
  claim.nonce = (*nonce)->text;
  claim.sha256_integrity = request.message.Has(attribute_type::kMessageIntegritySha256);
  return std::nullopt;
}

// RFC 8489 section 9.2.4, third item: bid-down protection.
std::optional<RefusalReason> ReadAlgorithm(const Request& request, Claim& claim) {
  // "If the NONCE attribute starts with the "nonce cookie" with the STUN Security Feature
  // "Password algorithms" bit set to 1": all of our nonces, or none.
  if (!request.realm->credentials.offers_sha256()) return std::nullopt;
  const auto offered = request.message.Find(attribute_type::kPasswordAlgorithms);
  const auto chosen = request.message.Get<stun::PasswordAlgorithm>();
  // "neither": processed as though PASSWORD-ALGORITHM were MD5.
  if (chosen.ok() && !*chosen && !offered) return std::nullopt;
  const RefusalReason refused{400, RefusalCause::kBadPasswordAlgorithm,
                              "PASSWORD-ALGORITHM and PASSWORD-ALGORITHMS do not fit our offer"};
  if (!chosen.ok() || !*chosen || !offered) return refused;
  if (!std::equal(offered->value.begin(), offered->value.end(), kOfferOnWire.begin(),
                  kOfferOnWire.end())) {
    return refused;
  }
  switch ((*chosen)->algorithm) {
    case stun::password_algorithm::kMd5:
      claim.algorithm = KeyAlgorithm::kMd5;
      break;
    case stun::password_algorithm::kSha256:
      claim.algorithm = KeyAlgorithm::kSha256;
      break;
    default:
      return refused;
  }
  claim.chose_algorithm = true;
  return std::nullopt;
}

// RFC 8016: of a client whose allocation has another 5-tuple still.
const Allocation* FindMobile(RelayState& state, const Request& request) {
  if (!state.config.mobility) return nullptr;
  if (const Allocation* moving = state.FindLiveMovingTo(request.from, request.now)) return moving;
  const auto ticket = request.message.Get<stun::MobilityTicket>();
  if (!ticket.ok() || !*ticket) return nullptr;
  return FindByTicket(state, (*ticket)->ticket, request.from, request.now);
}

// RFC 6062: of a ConnectionBind request, whose 5-tuple is a new one.
const Allocation* FindByConnection(RelayState& state, const Request& request) {
  if (request.message.method() != stun::Method::kConnectionBind) return nullptr;
  const auto id = request.message.Get<turn::ConnectionId>();
  if (!id.ok() || !*id) return nullptr;
  const PeerConnection* const connection =
      state.connections.Find(static_cast<ConnectionId>((*id)->id));
  return connection == nullptr ? nullptr : state.allocations.Find(connection->allocation);
}

// The key that made the allocation on this 5-tuple, when the same user asks again.
bool IsSignedByOwner(RelayState& state, const Request& request, const Claim& claim,
                     LongTermKey& key) {
  const Allocation* allocation = state.FindLive(request.from, request.now);
  if (allocation == nullptr) allocation = FindMobile(state, request);
  if (allocation == nullptr) allocation = FindByConnection(state, request);
  if (allocation == nullptr || allocation->owner == nullptr) return false;
  const Owner& owner = *allocation->owner;
  if (owner.username != claim.username) return false;
  key = owner.key;
  // RFC 7635 section 9: without a token of its own, with the session key.
  if (key.is_of_token()) return IsSignedWithToken(request, claim, key);
  // A user of that name in another realm is somebody else.
  if (&state.RealmOf(*allocation) != request.realm) return false;
  return key.algorithm() == claim.algorithm && IsSignedWith(request, claim, key);
}

// A user who is in the database, perhaps.
std::optional<RefusalReason> CheckStoredUser(RelayState& state, const Request& request,
                                             const Claim& claim, bool nonce_is_fresh,
                                             LongTermKey& key, bool& is_waiting) {
  using Outcome = FoundUser::Outcome;
  // The source of an old nonce may be somebody else's by now: nothing is asked on its behalf.
  if (!nonce_is_fresh) return RefusalReason{438, RefusalCause::kStaleNonce};
  const FoundUser found = FindUser(state, request, claim.username);
  if (found.outcome == Outcome::kNotAnswered) {
    return RefusalReason{500, RefusalCause::kNoUserDatabase};
  }
  const bool has_key = found.outcome == Outcome::kKnown || found.outcome == Outcome::kKnownStale;
  if (has_key && IsSignedWith(request, claim, found.key)) {
    key = found.key;
    return std::nullopt;
  }
  if (found.outcome == Outcome::kKnownStale || found.outcome == Outcome::kNeedsAnswer) {
    WaitForUser(state, request, claim.username);
    is_waiting = true;
    return std::nullopt;
  }
  return RefusalReason{401, has_key ? RefusalCause::kWrongPassword : RefusalCause::kUnknownUser};
}

// `is_waiting`: the request is parked or dropped, and the key is not known.
std::optional<RefusalReason> CheckKey(RelayState& state, Request& request, const Claim& claim,
                                      bool nonce_is_fresh, bool& is_waiting) {
  if (GoesByToken(state, request)) return CheckToken(state, request, claim);
  LongTermKey& key = request.key;
  request.quota_name = request.realm->credentials.QuotaName(claim.username);
  if (IsSignedByOwner(state, request, claim, key)) return std::nullopt;
  const KeyCandidates found =
      request.realm->credentials.FindKeys(claim.username, claim.algorithm, request.wall);
  bool matched = false;
  for (const LongTermKey& candidate : found.keys) {
    if (!IsSignedWith(request, claim, candidate)) continue;
    matched = true;
    key = candidate;
  }
  const bool unknown = found.status == KeyCandidates::Status::kUnknownUser;
  if (unknown && state.config.user_lookup && !claim.username.empty()) {
    return CheckStoredUser(state, request, claim, nonce_is_fresh, key, is_waiting);
  }
  // The same answer for each, for the same work: who asks cannot tell which users exist.
  if (unknown) {
    return RefusalReason{401, RefusalCause::kUnknownUser};
  }
  if (!matched) return RefusalReason{401, RefusalCause::kWrongPassword};
  if (found.status == KeyCandidates::Status::kExpired) {
    return RefusalReason{401, RefusalCause::kExpiredCredential};
  }
  return std::nullopt;
}

}  // namespace

bool Authenticate(RelayState& state, Request& request) {
  request.realm = request.home = &ChooseRealm(state, request);
  if (state.config.anonymous) return true;

  // RFC 8489 section 9.2.4, in the order specified: "If the message does not contain a
  // MESSAGE-INTEGRITY or MESSAGE-INTEGRITY-SHA256 attribute": 401.
  if (!request.message.Has(attribute_type::kMessageIntegrity) &&
      !request.message.Has(attribute_type::kMessageIntegritySha256)) {
    ++state.counters.challenges;
    Challenge(state, request, 401);
    return false;
  }
  Claim claim;
  if (const auto refused = ReadClaim(request, claim)) {
    return RefuseAuthentication(state, request, *refused, claim.username);
  }
  // A nonce that is not ours cannot say which algorithms were offered with it: the client gets a
  // new one (438) before anything else is looked at, and an attacker no work out of us.
  const auto ports =
      net::IsStream(request.from.transport) ? NonceMint::Ports::kAny : NonceMint::Ports::kTheSame;
  const NonceVerdict nonce =
      request.realm->nonces.Check(claim.nonce, request.from.client, ports, request.wall);
  if (nonce == NonceVerdict::kForeign) {
    return RefuseAuthentication(state, request, {438, RefusalCause::kForeignNonce}, claim.username);
  }
  // After the nonce: who names a realm that was renamed gets the new name with a new nonce.
  const auto realm = request.message.Get<stun::Realm>();
  if (!realm.ok() || !*realm || state.rules.FindRealm((*realm)->text) != request.realm) {
    return RefuseAuthentication(state, request, {401, RefusalCause::kUnknownRealm}, claim.username);
  }
  if (const auto refused = ReadAlgorithm(request, claim)) {
    return RefuseAuthentication(state, request, *refused, claim.username);
  }
  bool is_waiting = false;
  const bool nonce_is_fresh = nonce == NonceVerdict::kFresh;
  if (const auto refused = CheckKey(state, request, claim, nonce_is_fresh, is_waiting)) {
    return RefuseAuthentication(state, request, *refused, claim.username);
  }
  if (is_waiting) return false;
  // "If the NONCE is no longer valid ...": 438.
  if (nonce == NonceVerdict::kExpired) {
    return RefuseAuthentication(state, request, {438, RefusalCause::kStaleNonce}, claim.username);
  }
  request.username = claim.username;
  // Section 9.2.4: MESSAGE-INTEGRITY-SHA256 unless the request "contained neither
  // PASSWORD-ALGORITHMS nor PASSWORD-ALGORITHM"; then the kind that it had itself.
  const bool chose_sha256 = claim.chose_algorithm && !request.key.is_of_token();
  request.integrity =
      chose_sha256 || claim.sha256_integrity ? Integrity::kSha256 : Integrity::kSha1;
  request.authenticated = true;
  return true;
}

}  // namespace koeru::relay
