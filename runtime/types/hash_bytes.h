// The keyed hash of text and bytes: SipHash-1-3, key from PYTHONHASHSEED.
#pragma once
#include <cstddef>
#include <cstdint>

namespace krait {

/// Never -1; 0 for no bytes. The key is drawn at the first call.
int64_t hashBytes(const void* data, size_t n);
/// As hashBytes(), for texts that parsers make again and again: what short ones came to lately is remembered. With the GIL only.
int64_t hashAgain(const void* data, size_t n);
/// Keyed as well, in two multiplications where the data is short: for tables that nobody sees the order of. Any result.
int64_t hashForTable(const void* data, size_t n);
/// As hashBytes, with a key of the caller's, and any result.
uint64_t sipHash(uint64_t k0, uint64_t k1, const void* data, size_t n);
/// Chooses the key: `random`, or derived from `seed` as CPython does (0: all zero). Only before the first hash.
void setHashSeed(bool random, uint32_t seed);

} // namespace krait
