#include "native_server/alternates/load_watch.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <utility>

#include "absl/log/log.h"
#include "absl/strings/str_cat.h"
#include "native_server/http/curl_request.h"

namespace koeru::server {
namespace {

std::optional<uint64_t> NumberIn(const boost::json::object& object, const char* name) {
  const boost::json::value* const value = object.if_contains(name);
  if (value == nullptr) return std::nullopt;
  boost::system::error_code error;
  const auto number = value->to_number<uint64_t>(error);
  return error ? std::nullopt : std::optional<uint64_t>(number);
}

}  // namespace

std::optional<ServerLoad> ReadLoad(std::string_view text) {
  boost::system::error_code error;
  const boost::json::value parsed =
      boost::json::parse(boost::json::string_view(text.data(), text.size()), error);
  const boost::json::object* const object = error ? nullptr : parsed.if_object();
  if (object == nullptr) return std::nullopt;
  const auto allocations = NumberIn(*object, "allocations");
  const auto quota = NumberIn(*object, "total_quota");
  const boost::json::value* const ready = object->if_contains("ready");
  if (!allocations || !quota || ready == nullptr || !ready->is_bool()) return std::nullopt;
  return ServerLoad{*allocations, *quota, ready->get_bool()};
}

std::string LoadJson(const ServerLoad& load) {
  return absl::StrCat("{\"allocations\":", load.allocations, ",\"total_quota\":", load.total_quota,
                      ",\"ready\":", load.ready ? "true" : "false", "}\n");
}

LoadWatch::LoadWatch(std::vector<WatchedServer> servers, std::string token)
    : token_(std::move(token)) {
  StartCurlOnce();
  for (WatchedServer& server : servers) known_.push_back({std::move(server), {}, 0, false});
  thread_ = std::thread([this] { Run(); });
}

LoadWatch::~LoadWatch() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

std::vector<AlternateServer> LoadWatch::Describe(
    const std::vector<net::Endpoint>& endpoints) const {
  std::vector<AlternateServer> servers;
  const std::lock_guard lock(mutex_);
  for (const net::Endpoint& endpoint : endpoints) {
    const auto known = std::find_if(known_.begin(), known_.end(), [&](const Known& one) {
      return one.server.address == endpoint.address;
    });
    AlternateServer& server = servers.emplace_back();
    server.endpoint = endpoint;
    server.is_watched = known != known_.end();
    if (server.is_watched) server.load = known->load;
  }
  return servers;
}

void LoadWatch::Run() {
  const size_t count = known_.size();
  while (true) {
    for (size_t i = 0; i < count; ++i) {
      std::string problem;
      auto load = Ask(known_[i].server.url, problem);
      const std::lock_guard lock(mutex_);
      if (stop_) return;
      Note(known_[i], std::move(load), problem);
    }
    rounds_.fetch_add(1, std::memory_order_release);
    std::unique_lock lock(mutex_);
    if (wake_.wait_for(lock, kEvery, [this] { return stop_; })) return;
  }
}

std::optional<ServerLoad> LoadWatch::Ask(const std::string& url, std::string& problem) {
  CurlTransfer transfer(
      {.url = url, .token = token_, .timeout = kTimeout, .max_answer = kMaxAnswer});
  problem = transfer.ProblemOf(curl_easy_perform(transfer.easy()));
  if (!problem.empty()) return std::nullopt;
  if (transfer.status() == 401) {
    problem = "it wants another token (alternate-server-token is to be its prometheus-token)";
  } else if (transfer.status() != 200) {
    problem = absl::StrCat("it answered with status ", transfer.status());
  } else if (auto load = ReadLoad(transfer.answer())) {
    return load;
  } else {
    problem = "its answer is not that of a koeru-relay's /load";
  }
  return std::nullopt;
}

void LoadWatch::Note(Known& known, std::optional<ServerLoad> load, const std::string& problem) {
  if (load) {
    known.failures = 0;
    known.load = load;
    if (std::exchange(known.is_down, false)) {
      LOG(INFO) << "alternate server " << known.server.address.ToString() << " answers again";
    }
    return;
  }
  if (++known.failures < kPatience) return;
  known.load.reset();
  if (!std::exchange(known.is_down, true)) {
    LOG(WARNING) << "alternate server " << known.server.address.ToString() << ", "
                 << known.server.url << ": " << problem << "; nobody is sent there";
  }
}

}  // namespace koeru::server
