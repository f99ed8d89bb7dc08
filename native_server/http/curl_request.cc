#include "native_server/http/curl_request.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace koeru::server {
namespace {

curl_slist* HeadersOf(const CurlRequest& request) {
  curl_slist* headers = curl_slist_append(nullptr, "Accept: application/json");
  if (!request.body.empty()) {
    headers = curl_slist_append(headers, "Content-Type: application/json");
  }
  if (!request.token.empty()) {
    headers =
        curl_slist_append(headers, absl::StrCat("Authorization: Bearer ", request.token).c_str());
  }
  return headers;
}

}  // namespace

void StartCurlOnce() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  (void)started;
}

CurlTransfer::CurlTransfer(CurlRequest request)
    : request_(std::move(request)),
      headers_(HeadersOf(request_), &curl_slist_free_all),
      easy_(curl_easy_init(), &curl_easy_cleanup) {
  CURL* const easy = easy_.get();
  curl_easy_setopt(easy, CURLOPT_URL, request_.url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");  // whatever the environment says
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(request_.timeout.count()));
  if (!request_.ca_file.empty()) {
    curl_easy_setopt(easy, CURLOPT_CAINFO, request_.ca_file.c_str());
  }
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers_.get());
  if (!request_.body.empty()) {
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request_.body.c_str());
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(request_.body.size()));
  }
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &CurlTransfer::Take);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
}

// libcurl's way to hand over what comes.
size_t CurlTransfer::Take(char* data, size_t one, size_t count, void* to) {
  auto& self = *static_cast<CurlTransfer*>(to);
  if (self.answer_.size() + one * count > self.request_.max_answer) {
    self.is_too_long_ = true;
    return 0;
  }
  self.answer_.append(data, one * count);
  return one * count;
}

long CurlTransfer::status() const {
  long status = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  return status;
}

std::string CurlTransfer::ProblemOf(CURLcode result) const {
  if (is_too_long_) {
    return absl::StrCat("its answer has more than ", request_.max_answer, " bytes");
  }
  return result == CURLE_OK ? "" : curl_easy_strerror(result);
}

}  // namespace koeru::server
