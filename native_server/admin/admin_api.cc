#include "native_server/admin/admin_api.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/bytes/escape.h"
#include "native_server/admin/admin_json.h"
#include "native_server/admin/admin_page.h"
#include "native_server/web/json_text.h"

namespace koeru::server {
namespace {

using web::JsonString;

constexpr std::string_view kAllocations = "/api/allocations";

AdminReply Error(int status, std::string_view text) {
  return {.status = status, .body = absl::StrCat("{\"error\":", JsonString(text), "}\n")};
}

AdminReply Done() { return {.body = "{\"done\":true}\n"}; }

std::string Array(const std::vector<std::string>& texts) {
  std::string json = "[";
  for (const std::string& text : texts) {
    absl::StrAppend(&json, json.size() > 1 ? "," : "", JsonString(Escape(text)));
  }
  return json + "]";
}

// RFC 7617: base64 of "name:password"; the name has no colon.
struct NameAndPassword {
  std::string name, password;
};
std::optional<NameAndPassword> ParseBasic(std::string_view authorization) {
  constexpr std::string_view kScheme = "Basic ";
  std::string decoded;
  if (!authorization.starts_with(kScheme) ||
      !absl::Base64Unescape(authorization.substr(kScheme.size()), &decoded)) {
    return std::nullopt;
  }
  const size_t colon = decoded.find(':');
  if (colon == std::string::npos) return std::nullopt;
  return NameAndPassword{decoded.substr(0, colon), decoded.substr(colon + 1)};
}

// RFC 6750 section 2.1.
std::string_view BearerToken(std::string_view authorization) {
  constexpr std::string_view kScheme = "Bearer ";
  return authorization.starts_with(kScheme) ? authorization.substr(kScheme.size())
                                            : std::string_view();
}

struct ListQuery {
  size_t limit = AdminApi::kDefaultLimit;
  AllocationOrder order = AllocationOrder::kTraffic;
};

// What is wrong with it, or nothing.
std::string Parse(std::string_view query, ListQuery& parsed) {
  for (const std::string_view part : absl::StrSplit(query, '&', absl::SkipEmpty())) {
    const std::pair<std::string_view, std::string_view> pair =
        absl::StrSplit(part, absl::MaxSplits('=', 1));
    const auto& [name, value] = pair;
    if (name == "limit" && absl::SimpleAtoi(value, &parsed.limit) && parsed.limit >= 1) continue;
    if (name == "sort" && (value == "traffic" || value == "age" || value == "user")) {
      parsed.order = value == "age"    ? AllocationOrder::kAge
                     : value == "user" ? AllocationOrder::kUser
                                       : AllocationOrder::kTraffic;
      continue;
    }
    return absl::StrCat("there is limit=NUMBER and sort=traffic, age or user, and not ",
                        Escape(part));
  }
  parsed.limit = std::min(parsed.limit, AdminApi::kMaxLimit);
  return {};
}

}  // namespace

AdminReply AdminApi::Answer(const AdminRequest& request, net::Instant now, TimePoint time) {
  if (!request.path.starts_with("/api/")) return AnswerAdminPage(request.method, request.path);
  if (request.is_local) return Route(request, {.name = "the local socket", .realm = {}});
  if (request.path == "/api/login") return SignIn(request, now, time);
  const std::string_view token = BearerToken(request.authorization);
  const auto admin = sessions_.Find(token, now);
  if (!admin) return Error(401, "sign in first: POST /api/login, then Authorization: Bearer TOKEN");
  if (request.path == "/api/logout" && request.method == "POST") {
    sessions_.End(token);
    return Done();
  }
  return Route(request, *admin);
}

AdminReply AdminApi::SignIn(const AdminRequest& request, net::Instant now, TimePoint time) {
  if (request.method != "POST") return Error(405, "signing in is a POST");
  const auto given = ParseBasic(request.authorization);
  if (!given) return Error(401, "send Authorization: Basic with base64 of name:password");
  if (const auto wait = sign_ins_.TakeOrWait(request.source, time)) {
    return Error(429, absl::StrCat("too many attempts: try again in ", wait->count(), " s"));
  }
  const auto admin = actions_.sign_in(given->name, given->password);
  if (!admin.ok()) return Error(503, "the database of administrators does not answer now");
  if (!*admin) {
    actions_.log(absl::StrCat("somebody could not sign in as \"", Escape(given->name), "\""));
    return Error(401, "no administrator has that name and password");
  }
  actions_.log(absl::StrCat("\"", Escape(given->name), "\" signed in"));
  return {.body = absl::StrCat("{\"token\":\"", sessions_.Begin(**admin, now),
                               "\",\"name\":", JsonString(Escape((*admin)->name)),
                               ",\"realm\":", JsonString(Escape((*admin)->realm)), "}\n")};
}

AdminReply AdminApi::Route(const AdminRequest& request, const Admin& admin) {
  const std::string_view path = request.path;
  const bool gets = request.method == "GET", posts = request.method == "POST";
  if (path == "/api/status") {
    return gets ? AdminReply{.body = actions_.status_json() + "\n"} : Error(405, "GET it");
  }
  if (path == kAllocations) return gets ? List(request, admin) : Error(405, "GET it");
  if (path.starts_with(kAllocations)) {
    if (request.method != "DELETE") return Error(405, "an allocation can be ended: DELETE");
    return End(path.substr(std::min(path.size(), kAllocations.size() + 1)), admin);
  }
  if (path == "/api/reload") return posts ? Reload(admin) : Error(405, "POST it");
  if (path == "/api/drain") return posts ? Drain(admin) : Error(405, "POST it");
  return Error(404,
               "there is /api/status, /api/allocations, /api/allocations/ID, /api/reload, "
               "/api/drain, /api/login and /api/logout");
}

AdminReply AdminApi::List(const AdminRequest& request, const Admin& admin) {
  ListQuery query;
  if (const std::string wrong = Parse(request.query, query); !wrong.empty()) {
    return Error(400, wrong);
  }
  auto all = actions_.list();
  if (!admin.is_superuser()) {
    std::erase_if(all, [&](const WatchedAllocation& one) { return one.realm != admin.realm; });
  }
  return {.body = AllocationsJson(std::move(all), query.order, query.limit)};
}

AdminReply AdminApi::End(std::string_view id, const Admin& admin) {
  const auto parsed = ParseId(id);
  if (!parsed) return Error(400, "an allocation's id is three numbers, as in 0-42-7");
  if (!admin.is_superuser()) {
    const auto all = actions_.list();
    const auto found = std::find_if(all.begin(), all.end(), [&](const WatchedAllocation& one) {
      return IdOf(one) == id && one.realm == admin.realm;
    });
    if (found == all.end()) return Error(404, "there is no such allocation, or no more");
  }
  if (!actions_.end(parsed->worker, parsed->allocation)) {
    return Error(404, "there is no such allocation, or no more");
  }
  actions_.log(absl::StrCat("allocation ", id, " ended by \"", Escape(admin.name), "\""));
  return Done();
}

AdminReply AdminApi::Reload(const Admin& admin) {
  if (!admin.is_superuser()) return Error(403, "an administrator of one realm may not do that");
  const auto report = actions_.reload();
  if (!report.ok()) return Error(409, Escape(report.status().message()));
  return {.body = absl::StrCat("{\"changed\":", Array(report->changed),
                               ",\"needs_restart\":", Array(report->needs_restart), "}\n")};
}

AdminReply AdminApi::Drain(const Admin& admin) {
  if (!admin.is_superuser()) return Error(403, "an administrator of one realm may not do that");
  actions_.log(absl::StrCat("draining, because \"", Escape(admin.name), "\" asked for it"));
  actions_.drain();
  return Done();
}

}  // namespace koeru::server
