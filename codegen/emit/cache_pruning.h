// Keeps the cache below a size, by removing what was unused longest.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace krait::codegen::emit {

/// Bytes of KRAIT_CACHE_SIZE's text: a number with an optional K, M, G or T (powers of 1024); 0 means without limit.
/// Nothing if it is no such text.
std::optional<uint64_t> parseCacheSize(std::string_view text);

/// Whether the file is there; it then counts as used now, which its time of modification records within minutes.
bool useCached(const std::string& path);

/// Removes files of `folder`, those unused longest first, until what is left takes at most nine tenths of `limit` bytes,
/// if it takes more than `limit`; what was used in the last quarter of an hour stays, since another process may be
/// linking it. Does nothing if the last call that did something is as young as that. Errors are ignored: a
/// cache that cannot be pruned still serves.
void pruneCache(const std::string& folder, uint64_t limit);

} // namespace krait::codegen::emit
