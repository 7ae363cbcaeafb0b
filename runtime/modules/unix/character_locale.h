// The characters of the C library, for native modules that call what goes by them.
#pragma once

namespace krait {

/// Takes the characters of the user's locale, as CPython does when it starts. Only the first call does anything: what the program sets
/// later stays.
void chooseCharacterLocale();

} // namespace krait
