#pragma once

// Directories of a demo.

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace koeru::server {

// $XDG_STATE_HOME/koeru, ~/.local/state/koeru, or /var/lib/koeru where there is no home.
std::string DefaultStateDir();

// Makes it, readable by its owner only, when it is missing.
absl::Status MakeStateDir(const std::string& path);

// The page's files where the build leaves them (build/dist, seen from build/bin) or `make install`
// puts them (share/koeru/page, seen from bin); none when neither exists.
std::vector<std::string> DefaultWebRoots();

}  // namespace koeru::server
