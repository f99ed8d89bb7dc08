#include "native_server/tools/call/call_servers.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "absl/strings/str_cat.h"
#include "core/bytes/escape.h"
#include "core/ice/uri.h"
#include "native_server/client/discovery.h"
#include "native_server/io/json_view.h"

namespace koeru::tools {
namespace {

namespace json = boost::json;
using server::TextIn;

net::Transport TransportOf(CallVia via) {
  switch (via) {
    case CallVia::kTcp:
      return net::Transport::kTcp;
    case CallVia::kTls:
      return net::Transport::kTls;
    case CallVia::kDtls:
      return net::Transport::kDtls;
    default:
      return net::Transport::kUdp;
  }
}

class Finder {
 public:
  Finder(const CallPlan& plan, server::NameService& names, CallServers& found)
      : plan_(plan), names_(names), found_(found) {}

  absl::Status FindWebServer() {
    const std::string host =
        plan_.host.find(':') == std::string::npos ? plan_.host : absl::StrCat("[", plan_.host, "]");
    // RFC 7065's URI stands for the address that is looked up.
    const std::string text = absl::StrCat("turns:", host, ":", plan_.port, "?transport=tcp");
    const auto uri = ice::Uri::Parse(text);
    if (!uri.ok()) return absl::NotFoundError(uri.error().reason);
    const server::Discovery discovery = server::Discover(*uri, names_);
    if (discovery.candidates.empty()) {
      return absl::NotFoundError(absl::StrCat("the name ", Escape(plan_.host), " has no address"));
    }
    found_.web = {.endpoint = discovery.candidates[0].endpoint,
                  .host = plan_.port == 443 ? host : absl::StrCat(host, ":", plan_.port),
                  .server_name = plan_.host,
                  .tls = plan_.tls.stream,
                  .timeout = plan_.timeout};
    return absl::OkStatus();
  }

  // The first URI of the wanted transport counts.
  void TakeIceServers(std::string_view text) {
    boost::system::error_code error;
    const json::value value = json::parse(server::JsonView(text), error);
    const json::object* object = error ? nullptr : value.if_object();
    const json::value* list = object == nullptr ? nullptr : object->if_contains("iceServers");
    if (list == nullptr || !list->is_array()) return;
    for (const json::value& entry : list->get_array()) {
      const json::object* one = entry.if_object();
      const json::value* urls = one == nullptr ? nullptr : one->if_contains("urls");
      if (urls == nullptr || !urls->is_array()) continue;
      const std::string_view user = TextIn(*one, "username").value_or("");
      if (user.empty()) continue;
      if (plan_.user.empty()) {
        found_.user = user;
        found_.password = TextIn(*one, "credential").value_or("");
      }
      for (const json::value& url : urls->get_array()) {
        if (!url.is_string() || plan_.via == CallVia::kDirect) continue;
        const auto uri = ice::Uri::Parse({url.get_string().data(), url.get_string().size()});
        if (uri.ok() && uri->is_turn()) TakeTurn(*uri);
      }
    }
  }

  // The first address of the way's transport, unless there is one already.
  void TakeTurn(const ice::Uri& uri) {
    if (found_.turn) return;
    for (const server::ServerCandidate& one : server::Discover(uri, names_).candidates) {
      if (one.transport != transport() || !one.is_asked_for) continue;
      found_.turn.emplace();
      found_.turn->link.transport = one.transport;
      found_.turn->link.server = one.endpoint;
      found_.turn->link.server_name = uri.host.text;
      return;
    }
  }

  void CompleteTurn() {
    TurnWayOptions& turn = *found_.turn;
    turn.username = plan_.turn_user.empty() ? found_.user : plan_.turn_user;
    turn.password = plan_.turn_user.empty() ? found_.password : plan_.turn_password;
    turn.link.timeout = plan_.timeout;
    const bool is_dtls = turn.link.transport == net::Transport::kDtls;
    turn.link.tls = is_dtls ? plan_.tls.datagram : plan_.tls.stream;
  }

  net::Transport transport() const { return TransportOf(plan_.via); }

 private:
  const CallPlan& plan_;
  server::NameService& names_;
  CallServers& found_;
};

}  // namespace

CallFacts FindCallServers(const CallPlan& plan, server::NameService& names,
                          boost::asio::io_context& io, CallServers& found) {
  CallFacts problem;
  Finder finder(plan, names, found);
  const std::string_view transport = server::TransportName(finder.transport());
  if (const absl::Status status = finder.FindWebServer(); !status.ok()) {
    problem.Fail(CallErrorOf(status), status.message());
    return problem;
  }
  found.user = plan.user;
  found.password = plan.password;
  if (plan.turn) found.turn = TurnWayOptions{.link = *plan.turn};
  if (const auto uri = ice::Uri::Parse(plan.turn_uri); uri.ok()) {
    finder.TakeTurn(*uri);
    if (!found.turn) {
      problem.Fail("no-turn", absl::StrCat(Escape(plan.turn_uri), " has no address for TURN over ",
                                           transport));
      return problem;
    }
  }
  const bool is_relayed = plan.via != CallVia::kDirect;
  if (found.user.empty() || (is_relayed && !found.turn)) {
    const auto servers = WebClient(io, found.web).Get("/ice-servers");
    if (servers.ok()) {
      finder.TakeIceServers(*servers);
    } else if (!absl::IsFailedPrecondition(servers.status())) {
      // What hands out none may still be called.
      problem.Fail(CallErrorOf(servers.status()), servers.status().message());
      return problem;
    }
  }
  if (found.user.empty()) {
    found.user = plan.turn_user;
    found.password = plan.turn_password;
  }
  if (is_relayed && !found.turn) {
    problem.Fail("no-turn", absl::StrCat("/ice-servers names no TURN server over ", transport));
  }
  if (found.turn) finder.CompleteTurn();
  return problem;
}

}  // namespace koeru::tools
