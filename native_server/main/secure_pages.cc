#include "native_server/main/secure_pages.h"

#include <utility>

#include "native_server/main/log_text.h"

namespace koeru::server {

absl::StatusOr<std::unique_ptr<SecurePages>> SecurePages::Start(SecurePagesOptions options) {
  auto pages = std::make_unique<SecurePages>();
  DoorOptions door;
  door.endpoints.push_back({{options.address, options.port}, {.https = true}});
  door.certificate_file = options.certificate.certificate;
  door.key_file = options.certificate.key;
  door.key_password = options.certificate.key_password;
  door.only_tls13 = options.certificate.only_tls13;
  door.threads = options.threads;
  door.log = WriteTcpLog;
  auto opened = Door::Open(std::move(door));
  if (!opened.ok()) return opened.status();
  pages->door_ = *std::move(opened);

  web::WebOptions web;
  web.serve_page = web.serve_signalling = web.serve_ice_servers = false;
  web.log = WriteTcpLog;
  web.handler = std::move(options.handler);
  auto made = web::WebServer::Make(std::move(web), *pages->door_);
  if (!made.ok()) return made.status();
  pages->web_ = *std::move(made);
  DoorHandlers handlers;
  pages->web_->Attach(handlers);
  pages->door_->Start(std::move(handlers));
  return pages;
}

void SecurePages::Stop() {
  if (door_) door_->StopListening();
  if (web_) web_->Stop();
  if (door_) door_->Stop();
}

}  // namespace koeru::server
