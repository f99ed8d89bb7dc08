// Writes a self-signed certificate and its key as PEM text. EC P-256, ECDSA with SHA-256.
#pragma once

#include <ctime>
#include <string>

#include "absl/status/statusor.h"
#include "native_server/tls/secret_file.h"
#include "native_server/tls/subject_names.h"

namespace koeru::server {

struct PemPair {
  std::string certificate;
  SecretText key;
};

absl::StatusOr<PemPair> WriteSelfSigned(const SubjectNames& names, std::time_t not_before,
                                        std::time_t not_after);

}  // namespace koeru::server
