// An entry of a store: one line, and the object. docs/team-cache.md says what the line does.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace krait::tools::remote {

/// Of an object and its line, in bytes. Nothing larger is sent, nor read.
inline constexpr size_t kLargestEntry = size_t{64} << 20;

/// Under which the store has the object of this name: 64 hexadecimal digits, as stores for other build systems want them.
std::string entryName(std::string_view object);
/// The line and the bytes. An empty secret: without a MAC.
std::string wrapEntry(std::string_view object, std::string_view bytes, std::string_view secret);
/// Cuts the line off. False, with what is wrong with the entry, unless it is this object's, whole, and signed with the secret if there is one.
bool unwrapEntry(std::string_view object, std::string& entry, std::string_view secret, std::string& error);

/// HMAC-SHA256 (RFC 2104) in small hexadecimal digits.
std::string hmacSha256(std::string_view key, std::string_view message);

} // namespace krait::tools::remote
