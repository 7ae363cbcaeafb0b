// Base64 sixteen digits at a time, where the processor can look up sixteen bytes at once.
#pragma once
#include <cstdint>

namespace krait::base64 {

inline constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Encodes groups of three bytes from p[0, n) on, four groups at a time; how many bytes that were. The last few are always left,
/// for a block reads four bytes more than it encodes.
int64_t encodeBlocks(const uint8_t* p, int64_t n, uint8_t* to);
/// Decodes blocks of sixteen digits as long as nothing else comes; how many digits that were. Writes four bytes more than the
/// twelve that a block comes to.
int64_t decodeBlocks(const uint8_t* p, int64_t n, uint8_t* to);

} // namespace krait::base64
