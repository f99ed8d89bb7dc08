#include "native_server/main/privileges.h"

#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"

namespace koeru::server {
namespace {

absl::Status Cannot(std::string_view option, const std::string& name) {
  return absl::PermissionDeniedError(absl::StrCat(option, "=", name, ": ", std::strerror(errno),
                                                  "; start as root, or leave it out"));
}

absl::Status Unknown(std::string_view option, const std::string& name) {
  return absl::NotFoundError(
      absl::StrCat(option, "=", name, ": this machine knows no such name; check the spelling"));
}

}  // namespace

// glibc changes all threads of the process, not only this one.
absl::Status DropPrivileges(const std::string& user, const std::string& group) {
  const passwd* account = nullptr;
  if (!user.empty()) {
    account = ::getpwnam(user.c_str());
    if (account == nullptr) return Unknown("proc-user", user);
  }
  if (!group.empty() || account != nullptr) {
    gid_t gid = account != nullptr ? account->pw_gid : 0;
    if (!group.empty()) {
      const struct group* entry = ::getgrnam(group.c_str());
      if (entry == nullptr) return Unknown("proc-group", group);
      gid = entry->gr_gid;
    }
    const std::string& name = group.empty() ? user : group;
    if (::setgroups(1, &gid) != 0 || ::setgid(gid) != 0) return Cannot("proc-group", name);
  }
  if (account != nullptr && ::setuid(account->pw_uid) != 0) return Cannot("proc-user", user);
  return absl::OkStatus();
}

}  // namespace koeru::server
