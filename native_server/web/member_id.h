// The id of a member that brought a secret: the same secret gives the same id, on every server and
// after each restart, and nobody can take the id without it.
#pragma once

#include <string>
#include <string_view>

namespace koeru::server::web {

// [A-Za-z0-9_-]{22,64}
bool IsMemberSecret(std::string_view secret);

// 22 characters of [A-Za-z0-9_-]: 128 bits of SHA-256("koeru member\n" + secret).
std::string MemberIdOf(std::string_view secret);

}  // namespace koeru::server::web
