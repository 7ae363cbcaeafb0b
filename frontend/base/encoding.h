// From the bytes of a file to UTF-8.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace krait::frontend::base {

// The index of the first byte that is not part of valid UTF-8 (surrogates are
// not valid), or npos.
size_t findInvalidUtf8(std::string_view bytes);

// The two digits of a byte, as messages show it.
std::string hexOf(char byte);

// What a PEP 263 comment on the first two lines declares, in CPython's normal
// form ("utf-8", "iso-8859-1", or as written); empty if nothing is declared.
std::string declaredEncoding(std::string_view bytes);

// Decodes by the named codec. Nothing if the codec is unknown, stands for
// anything but text over ASCII, or refuses the bytes.
std::optional<std::string> decodeToUtf8(std::string_view bytes, const std::string& encoding);

} // namespace krait::frontend::base
