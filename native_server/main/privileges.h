#pragma once

// proc-user and proc-group: who the process becomes when its ports are open.

#include <string>

#include "absl/status/status.h"

namespace koeru::server {

// Empty names change nothing. For good: there is no way back to the old rights.
absl::Status DropPrivileges(const std::string& user, const std::string& group);

}  // namespace koeru::server
