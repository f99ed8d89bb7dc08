// Reads small files that belong to TLS, with errors that name the file and the remedy.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace koeru::server {

// A buffer for a secret: wiped when it goes out of scope. Not copied.
class SecretText {
 public:
  explicit SecretText(std::string text) : text_(std::move(text)) {}
  SecretText(SecretText&& other) noexcept : text_(std::move(other.text_)) { other.Wipe(); }
  SecretText(const SecretText&) = delete;
  SecretText& operator=(const SecretText&) = delete;
  SecretText& operator=(SecretText&&) = delete;
  ~SecretText() { Wipe(); }
  const std::string& text() const { return text_; }

 private:
  void Wipe();
  std::string text_;
};

// `what` names the file's role in the errors, e.g. "certificate".
absl::StatusOr<std::string> ReadPublicFile(const std::string& path, std::string_view what);

// Refuses a file that every user of the machine can read or write.
absl::StatusOr<SecretText> ReadSecretFile(const std::string& path, std::string_view what);

}  // namespace koeru::server
