// Who is let in, and why not.

#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "core/bytes/escape.h"
#include "native_server/tools/check/judge.h"

namespace koeru::tools {
namespace {

std::string Ago(int64_t seconds) {
  if (seconds >= 2 * 86400) return absl::StrCat(seconds / 86400, " days");
  if (seconds >= 2 * 3600) return absl::StrCat(seconds / 3600, " hours");
  return seconds >= 120 ? absl::StrCat(seconds / 60, " minutes") : absl::StrCat(seconds, " s");
}

Finding Fail(std::string text, std::string remedy) {
  return {Level::kFail, "auth", std::move(text), std::move(remedy)};
}

// 401 although the request had credentials.
Finding Rejected(const AuthFacts& auth) {
  const std::string realm = absl::StrCat("realm \"", Escape(auth.realm.value_or("")), "\"");
  if (auth.expires_in_s && *auth.expires_in_s <= 0) {
    return Fail(
        absl::StrCat("401: by the clock here the name expired ", Ago(-*auth.expires_in_s), " ago"),
        "get a new credential; if it is new, set the clock of who hands them out");
  }
  if (auth.made_from_secret && auth.later_name_works.value_or(false)) {
    return Fail(
        "401 to a name that expires in an hour, but not to one that expires in ten years: "
        "the server's clock is ahead of the one here",
        "set both clocks (NTP)");
  }
  if (auth.made_from_secret) {
    return Fail(absl::StrCat("401: ", realm, " does not know the secret"),
                "use the server's static-auth-secret, and see that use-auth-secret is on");
  }
  if (auth.expires_in_s) {
    return Fail(absl::StrCat("401: wrong password for a time-limited name, good for another ",
                             Ago(*auth.expires_in_s)),
                "let who hands out credentials have the server's static-auth-secret; or else the "
                "server's clock is ahead: set it (NTP)");
  }
  return Fail(absl::StrCat("401: ", realm, " does not know the user or the password of ",
                           Escape(auth.user)),
              "see user= and userdb of the server; a key (0x...) is good for the realm only that "
              "it was made for");
}

Finding NotAnswered(const AuthFacts& auth) {
  if (auth.allocate.failure == client::Failure::kMalformedAnswer) {
    if (auth.challenges > 0 && (!auth.realm || !auth.has_nonce)) {
      return Fail(absl::StrCat("401 without ", auth.has_nonce ? "REALM" : "NONCE",
                               ": no client can log in"),
                  "set realm and switch on lt-cred-mech or use-auth-secret");
    }
    return Fail("the answer lacks what it must have",
                "something on the way changes packets, or the server is broken: update it");
  }
  if (auth.allocate.failure == client::Failure::kIntegrityViolated) {
    return Fail("answers come, but not signed with the password",
                "something on the way changes packets (a SIP helper in a router, say): switch it "
                "off, or use TLS");
  }
  return Fail(absl::StrCat("Binding is answered, Allocate is not: ", OutcomeText(auth.allocate)),
              "see whether the server is for STUN only, and its log; or something on the way "
              "drops TURN: use TLS");
}

}  // namespace

void JudgeAuth(const TargetFacts& facts, Findings& findings) {
  const AuthFacts& auth = facts.auth;
  if (!auth.allocate.asked) return;
  if (auth.allocate.ok && auth.challenges == 0) {
    findings.push_back({Level::kWarn, "auth",
                        "the server asks for no credentials: anybody may send through it",
                        "take no-auth away, and give it user or static-auth-secret"});
  } else if (auth.allocate.ok) {
    findings.push_back({Level::kOk, "auth",
                        absl::StrCat("realm \"", Escape(auth.realm.value_or("")), "\", ",
                                     Escape(auth.user), " is let in")});
  } else if (auth.allocate.code == 401 && (!auth.realm || !auth.has_nonce)) {
    findings.push_back(Fail(
        absl::StrCat("401 without ", auth.has_nonce ? "REALM" : "NONCE", ": no client can log in"),
        "set realm and switch on lt-cred-mech or use-auth-secret"));
  } else if (auth.allocate.code == 401 && auth.user.empty()) {
    findings.push_back({Level::kNote, "auth",
                        absl::StrCat("credentials are asked for, as they should be (realm \"",
                                     Escape(*auth.realm), "\")"),
                        "to test the rest give --user and --password-file, or --secret-file"});
  } else if (auth.allocate.code == 401) {
    findings.push_back(Rejected(auth));
  } else if (auth.allocate.code != 0) {
    const std::string remedy = RemedyOf(auth.allocate);
    findings.push_back(Fail(absl::StrCat("Allocate: ", OutcomeText(auth.allocate)),
                            remedy.empty() ? "look into the server's log" : remedy));
  } else {
    findings.push_back(NotAnswered(auth));
  }
}

}  // namespace koeru::tools
