// The digest that packages of Python and bills of materials list their files by.
#pragma once
#include <string>
#include <string_view>

namespace krait::codegen::emit {

/// SHA-256 in base64 of the URL-safe kind, without padding.
std::string sha256(std::string_view bytes);
/// The same in small hexadecimal digits.
std::string sha256Hex(std::string_view bytes);

} // namespace krait::codegen::emit
