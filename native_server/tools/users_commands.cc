#include "native_server/tools/users_commands.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/bytes/escape.h"
#include "core/crypto/base64.h"
#include "core/relay/origin.h"
#include "native_server/config/parse_value.h"
#include "native_server/io/clock.h"
#include "native_server/io/random.h"
#include "native_server/tools/database_options.h"
#include "native_server/tools/secret_input.h"
#include "native_server/users/admin_password.h"
#include "native_server/users/realm_options.h"
#include "native_server/users/user_store.h"

namespace koeru::tools {
namespace {

using server::OauthKey;
using server::Record;
using server::Table;
using server::UserStore;

// One call of a command, with all that its verbs need.
struct Call {
  DatabaseOptions options;
  UserStore& store;
  const CommandIo& io;

  // The word behind the verb and further ones.
  std::string Word(size_t i) const { return i < options.words.size() ? options.words[i] : ""; }
};

struct Verb {
  std::string_view name;
  std::string_view usage;  // what stands behind it
  size_t min_words, max_words;
  bool needs_realm;
  absl::Status (*run)(const Call& call);
};

struct Noun {
  std::string_view name;
  std::string_view summary;
  std::span<const Verb> verbs;
};

// A line for each record: realm, name and perhaps value, with tabs between them.
absl::Status PrintAll(const Call& call, Table table, bool with_value) {
  const auto records = call.store.List(table, call.options.realm);
  if (!records.ok()) return records.status();
  for (const Record& record : *records) {
    Put(call.io.out,
        absl::StrCat(Escape(record.realm), "\t", Escape(record.name), with_value ? "\t" : "",
                     with_value ? Escape(record.value) : "", "\n"));
  }
  return absl::OkStatus();
}

template <Table kTable, bool kWithValue = false>
absl::Status List(const Call& call) {
  return PrintAll(call, kTable, kWithValue);
}

template <Table kTable>
absl::Status Remove(const Call& call) {
  const std::string name = call.Word(1);
  const auto removed = call.store.Remove(kTable, call.options.realm.value_or(""), name);
  if (!removed.ok()) return removed.status();
  if (*removed) return absl::OkStatus();
  return absl::NotFoundError(absl::StrCat(
      "there is no ", Escape(name),
      call.options.realm ? absl::StrCat(" in realm ", Escape(*call.options.realm)) : ""));
}

// The word at `i`, else from file, terminal or standard input.
absl::StatusOr<std::string> SecretOf(const Call& call, size_t i, std::string_view prompt) {
  if (i >= call.options.words.size()) {
    return ReadSecret(call.options.password_file, prompt, call.io);
  }
  Put(call.io.err,
      absl::StrCat("koeru: warning: ", prompt,
                   " on the command line: other users of this machine "
                   "can read it in the process list; leave it out and write it when asked\n"));
  return call.options.words[i];
}

absl::Status AddUser(const Call& call) {
  const auto password = SecretOf(call, 2, "password");
  if (!password.ok()) return password.status();
  const std::string& realm = *call.options.realm;
  return call.store.Put(Table::kUsers,
                        {realm, call.Word(1), server::KeyText(realm, call.Word(1), *password)});
}

absl::Status AddSecret(const Call& call) {
  const auto secret = SecretOf(call, 1, "secret");
  if (!secret.ok()) return secret.status();
  return call.store.Put(Table::kSecrets, {*call.options.realm, *secret, {}});
}

absl::Status RemoveSecret(const Call& call) {
  const auto secret = SecretOf(call, 1, "secret");
  if (!secret.ok()) return secret.status();
  const auto removed = call.store.Remove(Table::kSecrets, *call.options.realm, *secret);
  if (!removed.ok()) return removed.status();
  return *removed ? absl::OkStatus() : absl::NotFoundError("there is no such secret in the realm");
}

absl::Status SetRealmOption(const Call& call) {
  const Record record{*call.options.realm, call.Word(1), call.Word(2)};
  if (absl::Status status = server::CheckRealmOption(record); !status.ok()) return status;
  return call.store.Put(Table::kRealmOptions, record);
}

template <Table kTable>
absl::Status AddPeer(const Call& call) {
  const std::string range = call.Word(1);
  if (const auto parsed = server::ParseRange(range); !parsed.ok()) return parsed.status();
  return call.store.Put(kTable, {call.options.realm.value_or(""), range, {}});
}

absl::Status ListPeers(const Call& call) {
  for (const Table table : {Table::kAllowedPeers, Table::kDeniedPeers}) {
    const auto records = call.store.List(table, call.options.realm);
    if (!records.ok()) return records.status();
    for (const Record& record : *records) {
      Put(call.io.out, absl::StrCat(Escape(record.realm), "\t", Escape(record.name), "\t",
                                    table == Table::kAllowedPeers ? "allowed" : "denied", "\n"));
    }
  }
  return absl::OkStatus();
}

absl::Status RemovePeer(const Call& call) {
  bool any = false;
  for (const Table table : {Table::kAllowedPeers, Table::kDeniedPeers}) {
    const auto removed = call.store.Remove(table, call.options.realm.value_or(""), call.Word(1));
    if (!removed.ok()) return removed.status();
    any |= *removed;
  }
  if (any) return absl::OkStatus();
  return absl::NotFoundError(absl::StrCat("there is no range ", Escape(call.Word(1)),
                                          "; write it, and the realm, as koeru peer list "
                                          "shows them"));
}

absl::Status AddOrigin(const Call& call) {
  return call.store.Put(Table::kOrigins,
                        {*call.options.realm, relay::CanonicalOrigin(call.Word(1)), {}});
}

// As it was written, or as it was stored.
absl::Status RemoveOrigin(const Call& call) {
  for (const std::string& name : {call.Word(1), relay::CanonicalOrigin(call.Word(1))}) {
    const auto removed = call.store.Remove(Table::kOrigins, "", name);
    if (!removed.ok()) return removed.status();
    if (*removed) return absl::OkStatus();
  }
  return absl::NotFoundError(absl::StrCat("there is no origin ", Escape(call.Word(1))));
}

absl::Status AddAdmin(const Call& call) {
  const auto password = SecretOf(call, 2, "password");
  if (!password.ok()) return password.status();
  server::SystemRandom random;
  server::AdminSalt salt;
  random.Fill(salt);
  return call.store.Put(Table::kAdmins, {call.options.realm.value_or(""), call.Word(1),
                                         server::HashAdminPassword(*password, salt)});
}

// Without the key: who may see it made it.
absl::Status ListOauthKeys(const Call& call) {
  const auto keys = call.store.ListOauthKeys();
  if (!keys.ok()) return keys.status();
  const auto& realm = call.options.realm;
  for (const OauthKey& key : *keys) {
    if (realm && !key.realm.empty() && key.realm != *realm) continue;
    Put(call.io.out,
        absl::StrCat(Escape(key.realm), "\t", Escape(key.kid), "\t",
                     key.algorithm.empty() ? "A256GCM" : Escape(key.algorithm), "\t",
                     key.lifetime_s > 0 ? absl::StrCat("until ", key.timestamp + key.lifetime_s)
                                        : "for ever",
                     "\n"));
  }
  return absl::OkStatus();
}

// Everything but the key from the words KID [ALGORITHM [SECONDS]].
absl::StatusOr<OauthKey> NewOauthKey(const Call& call) {
  OauthKey key{.kid = call.Word(1), .ikm_key = {}, .realm = call.options.realm.value_or("")};
  if (!call.Word(2).empty()) key.algorithm = call.Word(2);
  if (const auto size = server::OauthKeySize(key.algorithm); !size.ok()) return size.status();
  if (!call.Word(3).empty() &&
      (!absl::SimpleAtoi(call.Word(3), &key.lifetime_s) || key.lifetime_s <= 0)) {
    return absl::InvalidArgumentError(absl::StrCat(
        Escape(call.Word(3)), " is no lifetime: write seconds, or leave it out and it has no end"));
  }
  key.timestamp = server::WallNow().seconds;
  return key;
}

absl::Status AddOauthKey(const Call& call) {
  auto key = NewOauthKey(call);
  if (!key.ok()) return key.status();
  auto text = ReadSecret(call.options.password_file, "key in base64", call.io);
  if (!text.ok()) return text.status();
  key->ikm_key = *std::move(text);
  return call.store.PutOauthKey(*key);
}

absl::Status MakeOauthKey(const Call& call) {
  auto key = NewOauthKey(call);
  if (!key.ok()) return key.status();
  std::vector<uint8_t> bytes(*server::OauthKeySize(key->algorithm));
  server::SystemRandom().Fill(bytes);
  key->ikm_key = crypto::ToBase64(bytes);
  if (absl::Status status = call.store.PutOauthKey(*key); !status.ok()) return status;
  Put(call.io.out, key->ikm_key + "\n");
  return absl::OkStatus();
}

absl::Status RemoveOauthKey(const Call& call) {
  const auto removed = call.store.RemoveOauthKey(call.Word(1));
  if (!removed.ok()) return removed.status();
  if (*removed) return absl::OkStatus();
  return absl::NotFoundError(absl::StrCat("there is no key ", Escape(call.Word(1))));
}

constexpr Verb kUserVerbs[] = {
    {"list", "", 0, 0, false, List<Table::kUsers>},
    {"add", "NAME", 1, 2, true, AddUser},
    {"remove", "NAME", 1, 1, true, Remove<Table::kUsers>},
};
constexpr Verb kSecretVerbs[] = {
    {"list", "", 0, 0, false, List<Table::kSecrets>},
    {"add", "", 0, 1, true, AddSecret},
    {"remove", "", 0, 1, true, RemoveSecret},
};
constexpr Verb kRealmVerbs[] = {
    {"list", "", 0, 0, false, List<Table::kRealmOptions, true>},
    {"set", "OPTION NUMBER", 2, 2, true, SetRealmOption},
    {"remove", "OPTION", 1, 1, true, Remove<Table::kRealmOptions>},
};
constexpr Verb kPeerVerbs[] = {
    {"list", "", 0, 0, false, ListPeers},
    {"allow", "RANGE", 1, 1, false, AddPeer<Table::kAllowedPeers>},
    {"deny", "RANGE", 1, 1, false, AddPeer<Table::kDeniedPeers>},
    {"remove", "RANGE", 1, 1, false, RemovePeer},
};
constexpr Verb kOriginVerbs[] = {
    {"list", "", 0, 0, false, List<Table::kOrigins>},
    {"add", "ORIGIN", 1, 1, true, AddOrigin},
    {"remove", "ORIGIN", 1, 1, false, RemoveOrigin},
};
constexpr Verb kAdminVerbs[] = {
    {"list", "", 0, 0, false, List<Table::kAdmins>},
    {"add", "NAME", 1, 2, false, AddAdmin},
    {"remove", "NAME", 1, 1, false, Remove<Table::kAdmins>},
};

constexpr Verb kOauthKeyVerbs[] = {
    {"list", "", 0, 0, false, ListOauthKeys},
    {"add", "KID [ALGORITHM [SECONDS]]", 1, 3, false, AddOauthKey},
    {"make", "KID [ALGORITHM [SECONDS]]", 1, 3, false, MakeOauthKey},
    {"remove", "KID", 1, 1, false, RemoveOauthKey},
};

constexpr Noun kUser{"user", "users with a password (long-term credentials)", kUserVerbs};
constexpr Noun kSecret{"secret", "shared secrets of time-limited credentials", kSecretVerbs};
constexpr Noun kRealm{"realm", "options of a realm: total-quota, user-quota, max-bps", kRealmVerbs};
constexpr Noun kPeer{"peer", "peer ranges (IP, IP-IP, CIDR); without a realm for all realms",
                     kPeerVerbs};
constexpr Noun kOrigin{"origin", "which ORIGIN of a web page leads to which realm", kOriginVerbs};
constexpr Noun kAdmin{"admin", "users of coturn's web admin", kAdminVerbs};
constexpr Noun kOauthKey{
    "oauth-key",
    "keys of authorization servers (RFC 7635). add asks for one in base64, make makes one and "
    "prints it.\nALGORITHM is A256GCM, unless given, or A128GCM; SECONDS is the key's lifetime",
    kOauthKeyVerbs};

std::string HelpOf(const Noun& noun) {
  std::string text = absl::StrCat("koeru ", noun.name, ": ", noun.summary, "\n\n");
  for (const Verb& verb : noun.verbs) {
    absl::StrAppend(&text, "  koeru ", noun.name, " ", verb.name, verb.usage.empty() ? "" : " ",
                    verb.usage, verb.needs_realm ? " --realm REALM" : "", "\n");
  }
  return absl::StrCat(text, "\n", kDatabaseOptionsHelp,
                      "\nExit code: 0 done, 1 there is no such entry, 2 anything else.\n");
}

absl::StatusOr<const Verb*> FindVerb(const Noun& noun, const DatabaseOptions& options) {
  const std::string wanted = options.words.empty() ? "" : options.words.front();
  for (const Verb& verb : noun.verbs) {
    if (verb.name != wanted) continue;
    const size_t words = options.words.size() - 1;
    if (words < verb.min_words || words > verb.max_words) {
      return absl::InvalidArgumentError(
          absl::StrCat("write: koeru ", noun.name, " ", verb.name, " ", verb.usage));
    }
    if (verb.needs_realm && !options.realm) {
      return absl::InvalidArgumentError("the realm is missing: write --realm REALM");
    }
    return &verb;
  }
  return absl::InvalidArgumentError(
      absl::StrCat(wanted.empty() ? "say what to do" : absl::StrCat("there is no ", Escape(wanted)),
                   "; koeru ", noun.name, " --help lists what there is"));
}

bool HasPassword(const server::Database& database) {
  if (database.kind == server::Database::Kind::kSqlite) return false;
  for (const std::string_view sign : {"pass", "pwd=", "secret=", "@"}) {
    if (absl::StrContains(database.where, sign)) return true;
  }
  return false;
}

absl::Status Run(const Noun& noun, Arguments arguments, const CommandIo& io) {
  auto options = ParseDatabaseOptions(arguments);
  if (!options.ok()) return options.status();
  if (options->help) {
    Put(io.out, HelpOf(noun));
    return absl::OkStatus();
  }
  const auto verb = FindVerb(noun, *options);
  if (!verb.ok()) return verb.status();
  if (!options->is_from_file && HasPassword(options->database)) {
    Put(io.err, absl::StrCat("koeru: warning: the database's password can be read in the process "
                             "list: use --config FILE\n"));
  }
  const auto store = server::OpenUserStore(options->database);
  if (!store.ok()) return store.status();
  return (*verb)->run({*std::move(options), **store, io});
}

int RunNoun(const Noun& noun, Arguments arguments, const CommandIo& io) {
  const absl::Status status = Run(noun, arguments, io);
  if (status.ok()) return kExitOk;
  Put(io.err, absl::StrCat("koeru ", noun.name, ": ", status.message(), "\n"));
  return absl::IsNotFound(status) ? kExitNothingFound : kExitBadInput;
}

}  // namespace

int RunUser(Arguments arguments, const CommandIo& io) { return RunNoun(kUser, arguments, io); }
int RunSecret(Arguments arguments, const CommandIo& io) { return RunNoun(kSecret, arguments, io); }
int RunRealm(Arguments arguments, const CommandIo& io) { return RunNoun(kRealm, arguments, io); }
int RunPeer(Arguments arguments, const CommandIo& io) { return RunNoun(kPeer, arguments, io); }
int RunOrigin(Arguments arguments, const CommandIo& io) { return RunNoun(kOrigin, arguments, io); }
int RunAdmin(Arguments arguments, const CommandIo& io) { return RunNoun(kAdmin, arguments, io); }
int RunOauthKey(Arguments arguments, const CommandIo& io) {
  return RunNoun(kOauthKey, arguments, io);
}

}  // namespace koeru::tools
