// Files kept between runs, named by a hash of everything that went into them.
#pragma once
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace krait::codegen::emit {

/// Hexadecimal; parts are delimited, so that ("ab", "c") and ("a", "bc") differ.
std::string contentHash(std::initializer_list<std::string_view> parts);

/// KRAIT_CACHE_DIR, else $XDG_CACHE_HOME/krait, else ~/.cache/krait, or where there is no home, a folder in $TMPDIR that
/// only the user can write.
std::string cacheFolder();
/// Makes the cache's folder if need be. False with a message for the user if nothing can be written there.
bool prepareCache(std::string& error);
/// What an error about this path has to say more: that it is in the cache, and how to have it elsewhere. Often empty.
std::string cacheHint(const std::string& path);

std::optional<std::string> readFile(const std::string& path);
/// Whether something is there that is no regular file: a device, a pipe, a folder.
bool isDevice(const std::string& path);
/// Through a temporary file beside it (a device or a pipe is written to, never replaced), so that readers see all of it or
/// nothing. Folders inside the cache are made. False with a message for the user; then nothing is left behind.
bool writeFileAtomically(const std::string& path, std::string_view bytes, std::string& error, mode_t mode = 0666);

} // namespace krait::codegen::emit
