#pragma once

// What every request of ours to somebody's HTTP endpoint has in common (libcurl): no redirects, no
// proxy of the environment, no signals, checked certificates, a time limit, a bounded answer.

#include <curl/curl.h>

#include <chrono>
#include <memory>
#include <string>

namespace koeru::server {

// Before the first of them; again and again does no harm.
void StartCurlOnce();

// One GET, or a POST when there is a body. It stays where it is while libcurl works on it.
struct CurlRequest {
  std::string url;
  std::string token{};    // sent as Authorization: Bearer; empty: none
  std::string ca_file{};  // PEM; empty: the system's authorities
  std::chrono::milliseconds timeout{2000};
  size_t max_answer = 4096;
  std::string body{};  // JSON; empty: GET
};

class CurlTransfer {
 public:
  explicit CurlTransfer(CurlRequest request);
  CurlTransfer(const CurlTransfer&) = delete;
  CurlTransfer& operator=(const CurlTransfer&) = delete;

  CURL* easy() { return easy_.get(); }
  const std::string& answer() const { return answer_; }
  // Of the answer; 0 when there is none.
  long status() const;
  // Empty when `result`, libcurl's, says that there is an answer.
  std::string ProblemOf(CURLcode result) const;

 private:
  static size_t Take(char* data, size_t one, size_t count, void* to);

  const CurlRequest request_;
  std::string answer_;
  bool is_too_long_ = false;
  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers_;
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy_;
};

}  // namespace koeru::server
