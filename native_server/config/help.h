#pragma once

// Texts made from the option table.

#include <string>

namespace koeru::server {

std::string HelpText();      // koeru-relay --help
std::string ManualPage();    // koeru-relay --help=man > koeru-relay.1
std::string OptionsTable();  // koeru-relay --help=markdown: coturn's names and what becomes of them

std::string Completion();  // koeru-relay --help=completion: for bash

}  // namespace koeru::server
