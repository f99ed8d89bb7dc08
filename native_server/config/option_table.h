#pragma once

// The one table of options. coturn's names are all in it, so that each of them gets an answer:
// "works", "not there yet", "no effect, because ..." or "refused, write ... instead". The parser,
// --help and the manual page read it; README's table is generated from it.

#include <vector>

#include "native_server/config/option.h"

namespace koeru::server {

// By group, in the order in which --help shows them.
const std::vector<Option>& OptionTable();

// Null when there is no such option.
const Option* FindOption(std::string_view name);
const Option* FindOption(char letter);

// The name that was probably meant; empty when nothing is near.
std::string_view NearestOptionName(std::string_view name);

std::string_view GroupTitle(Group group);

// The rows of table_*.cc.
std::span<const Option> NetworkOptions();
std::span<const Option> CredentialOptions();
std::span<const Option> ProtocolOptions();
std::span<const Option> RedirectOptions();
std::span<const Option> ServiceOptions();
std::span<const Option> ProcessOptions();
std::span<const Option> LegacyOptions();

}  // namespace koeru::server
