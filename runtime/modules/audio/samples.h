// Raw audio: samples of 1 to 4 bytes, signed, in the machine's byte order; and the compressed forms of one sample.
#pragma once
#include <cmath>
#include <cstdint>
#include <cstring>

namespace krait::audio {

constexpr int32_t kLeast[] = {0, -0x80, -0x8000, -0x800000, INT32_MIN};
constexpr int32_t kMost[] = {0, 0x7f, 0x7fff, 0x7fffff, INT32_MAX};

/// The sample of `width` bytes at `p`.
inline int32_t sampleAt(const uint8_t* p, int width) {
  uint32_t raw = 0;
  memcpy(reinterpret_cast<uint8_t*>(&raw) + 4 - width, p, static_cast<size_t>(width));
  return static_cast<int32_t>(raw) >> (32 - 8 * width);
}
inline void putSample(uint8_t* p, int width, int32_t v) { memcpy(p, &v, static_cast<size_t>(width)); }
/// The same with the sample's first bit as that of a 32-bit word.
inline int32_t wideSampleAt(const uint8_t* p, int width) {
  uint32_t raw = 0;
  memcpy(reinterpret_cast<uint8_t*>(&raw) + 4 - width, p, static_cast<size_t>(width));
  return static_cast<int32_t>(raw);
}
inline void putWideSample(uint8_t* p, int width, int32_t v) { putSample(p, width, v >> (32 - 8 * width)); }

/// Into the range of a width, rounded down.
inline int32_t bounded(double v, int width) {
  const double least = kLeast[width], most = kMost[width];
  if (v > most) v = most;
  else if (v < least + 1.0) v = least;
  return static_cast<int32_t>(std::floor(v));
}

// ---- compressed.cpp ----

/// G.711: mu-law of a 14-bit sample, A-law of a 13-bit one; back to 16 bits.
uint8_t toMuLaw(int32_t v);
int32_t fromMuLaw(uint8_t code);
uint8_t toALaw(int32_t v);
int32_t fromALaw(uint8_t code);

/// IMA's adaptive differences: the state between two samples of 16 bits.
struct Adaptive {
  int predicted = 0, index = 0;
  bool isValid() const;
  /// Four bits for a sample; and the sample that four bits stand for.
  uint8_t encode(int sample);
  int decode(uint8_t bits);
};

} // namespace krait::audio
