#include "core/relay/check_token.h"

#include "core/stun/attribute_type.h"

namespace koeru::relay {
bool GoesByToken(const RelayState& state, const Request& request) {
  const stun::Method method = request.message.method();
  return state.config.third_party &&
         (method == stun::Method::kAllocate || method == stun::Method::kRefresh) &&
         request.message.Has(stun::attribute_type::kAccessToken);
}

std::optional<RefusalReason> CheckToken(const RelayState& state, Request& request,
                                        const Claim& claim) {
  const auto token = request.message.Get<stun::AccessToken>();
  if (!token.ok() || !*token) {
    return RefusalReason{401, RefusalCause::kBadToken, "ACCESS-TOKEN is malformed"};
  }
  const TokenKeys::Opened opened = state.tokens.Open(claim.username, **token, request.wall);
  if (opened.refused) return RefusalReason{401, *opened.refused, opened.detail};
  // "The STUN server uses the mac_key to compute the message integrity over the request": 401 when
  // it does not match.
  request.key = opened.content.mac_key;
  if (!IsSignedWithToken(request, claim, request.key)) {
    // coturn's clients, and those that were made to work with it.
    if (request.key.algorithm() == KeyAlgorithm::kTokenSha1) request.key = request.key.AsInCoturn();
    if (!IsSignedWithToken(request, claim, request.key)) {
      return RefusalReason{401, RefusalCause::kBadToken,
                           "the request is not signed with the token's session key"};
    }
  }
  // coturn's: a key may be of another realm than the one its clients are challenged in.
  if (const RealmRules* home = state.rules.FindRealm(opened.key->realm)) request.home = home;
  // As in coturn, the realm counts it and no user: all clients of one authorization server share a
  // kid, and one client may come with a new token each time.
  request.quota_name.clear();
  // Section 9: "The lifetime provided by the TURN server in the Allocate and Refresh responses MUST
  // be less than or equal to the lifetime of the token", with Delta.
  request.authorized_until =
      request.now + std::chrono::seconds(opened.content.end().seconds - request.wall.seconds);
  return std::nullopt;
}

}  // namespace koeru::relay
