// G.711's two laws and IMA ADPCM, a sample at a time.
#include <algorithm>
#include "runtime/modules/audio/samples.h"

namespace krait::audio {

/// Which segment of a law, each twice as long as the one before, holds `v`; 8: beyond.
static int segmentOf(int32_t v, int32_t firstEnd) {
  int segment = 0;
  for (int32_t end = firstEnd; segment < 8 && v > end; end = 2 * end + 1) ++segment;
  return segment;
}

constexpr int32_t kMuBias = 0x84, kMuClip = 8159;

uint8_t toMuLaw(int32_t v) {
  const uint8_t mask = v < 0 ? 0x7f : 0xff;
  v = std::min(v < 0 ? -v : v, kMuClip) + (kMuBias >> 2);
  const int segment = segmentOf(v, 0x3f);
  return static_cast<uint8_t>((segment >= 8 ? 0x7f : segment << 4 | (v >> (segment + 1) & 0xf)) ^ mask);
}
int32_t fromMuLaw(uint8_t code) {
  code = static_cast<uint8_t>(~code);
  const int32_t v = (((code & 0xf) << 3) + kMuBias) << ((code & 0x70) >> 4);
  return code & 0x80 ? kMuBias - v : v - kMuBias;
}

uint8_t toALaw(int32_t v) {
  const uint8_t mask = v >= 0 ? 0xd5 : 0x55;
  if (v < 0) v = -v - 1;
  const int segment = segmentOf(v, 0x1f);
  return static_cast<uint8_t>((segment >= 8 ? 0x7f : segment << 4 | (v >> std::max(segment, 1) & 0xf)) ^ mask);
}
int32_t fromALaw(uint8_t code) {
  code ^= 0x55;
  int32_t v = (code & 0xf) << 4;
  const int segment = (code & 0x70) >> 4;
  v += segment ? 0x108 : 8;
  if (segment > 1) v <<= segment - 1;
  return code & 0x80 ? v : -v;
}

// ---- adaptive differences ----

constexpr int kSteps = 89;
static constexpr int kStep[kSteps] = {
    7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97, 107, 118, 130, 143,
    157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796, 876, 963, 1060, 1166, 1282, 1411, 1552,
    1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484, 7132, 7845, 8630, 9493, 10442, 11487,
    12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767};
static constexpr int kIndexChange[8] = {-1, -1, -1, -1, 2, 4, 6, 8};

bool Adaptive::isValid() const { return predicted >= INT16_MIN && predicted <= INT16_MAX && index >= 0 && index < kSteps; }

static void advance(Adaptive& a, int difference, bool down, int magnitude) {
  a.predicted = std::clamp(down ? a.predicted - difference : a.predicted + difference, INT16_MIN, INT16_MAX);
  a.index = std::clamp(a.index + kIndexChange[magnitude], 0, kSteps - 1);
}

uint8_t Adaptive::encode(int sample) {
  const bool down = sample < predicted;
  int rest = down ? predicted - sample : sample - predicted, step = kStep[index], difference = step >> 3, magnitude = 0;
  for (int bit = 4; bit; bit >>= 1, step >>= 1) {
    if (rest < step) continue;
    magnitude |= bit;
    rest -= step;
    difference += step;
  }
  advance(*this, difference, down, magnitude);
  return static_cast<uint8_t>(down ? magnitude | 8 : magnitude);
}

int Adaptive::decode(uint8_t bits) {
  const int step = kStep[index];
  int difference = step >> 3;
  if (bits & 4) difference += step;
  if (bits & 2) difference += step >> 1;
  if (bits & 1) difference += step >> 2;
  advance(*this, difference, bits & 8, bits & 7);
  return predicted;
}

} // namespace krait::audio
