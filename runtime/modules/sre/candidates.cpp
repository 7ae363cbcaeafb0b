// The walk over a text that asks for thirty-two places at once: see candidates.h.
#include "runtime/modules/sre/candidates.h"

#if defined(__x86_64__)
#include <immintrin.h>

namespace krait::sre {

bool hasWideShuffles() {
  static const bool has = __builtin_cpu_supports("avx2");
  return has;
}

namespace {

struct Found {
  int64_t from;
  uint32_t mask; // 0: none before `from`
};

/// Asks from `at` on, as long as there is a whole block of text for each of the places.
template <int places> __attribute__((target("avx2"))) Found walk(const Beginning& b, const uint8_t* text, int64_t end, int64_t at) {
  __m256i low[places], high[places];
  for (int i = 0; i < places; ++i) {
    low[i] = _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(b.low[i])));
    high[i] = _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(b.high[i])));
  }
  const __m256i half = _mm256_set1_epi8(15), nothing = _mm256_setzero_si256();
  for (; at + places - 1 + 32 <= end; at += 32) {
    __m256i ways = _mm256_set1_epi8(-1);
    for (int i = 0; i < places; ++i) {
      const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text + at + i));
      const __m256i l = _mm256_shuffle_epi8(low[i], _mm256_and_si256(bytes, half));
      const __m256i h = _mm256_shuffle_epi8(high[i], _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half));
      ways = _mm256_and_si256(ways, _mm256_and_si256(l, h));
    }
    const auto none = static_cast<uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(ways, nothing)));
    if (none != ~0u) return {at, ~none};
  }
  return {at, 0};
}

} // namespace

int64_t Candidates::far(int64_t at) {
  if (at > last_) return -1;
  using Walk = Found (*)(const Beginning&, const uint8_t*, int64_t, int64_t);
  static constexpr Walk kWalks[Beginning::kMost] = {walk<1>, walk<2>, walk<3>, walk<4>};
  const Found found = kWalks[beginning_.places - 1](beginning_, text_, end_, at);
  if (!found.mask) return inside(found.from);
  from_ = found.from;
  mask_ = found.mask;
  return inside(from_ + __builtin_ctz(mask_));
}

} // namespace krait::sre
#elif defined(__aarch64__)
#include <arm_neon.h>

namespace krait::sre {

bool hasWideShuffles() { return true; }

/// A bit for each byte that is not 0.
static uint32_t maskOf(uint8x16_t bytes) {
  static constexpr uint8_t kBits[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  const uint8x16_t bits = vandq_u8(vtstq_u8(bytes, bytes), vld1q_u8(kBits));
  return vaddv_u8(vget_low_u8(bits)) | static_cast<uint32_t>(vaddv_u8(vget_high_u8(bits))) << 8;
}

int64_t Candidates::far(int64_t at) {
  if (at > last_) return -1;
  const int places = beginning_.places;
  for (; at + places - 1 + kWidth <= end_; at += kWidth) {
    uint8x16_t first = vdupq_n_u8(0xff), second = first;
    auto narrow = [&](uint8x16_t& ways, int place, const uint8_t* text) {
      const uint8x16_t bytes = vld1q_u8(text + place);
      const uint8x16_t low = vqtbl1q_u8(vld1q_u8(beginning_.low[place]), vandq_u8(bytes, vdupq_n_u8(15)));
      const uint8x16_t high = vqtbl1q_u8(vld1q_u8(beginning_.high[place]), vshrq_n_u8(bytes, 4));
      ways = vandq_u8(ways, vandq_u8(low, high));
    };
    for (int i = 0; i < places; ++i) {
      narrow(first, i, text_ + at);
      narrow(second, i, text_ + at + kWidth / 2);
    }
    if (vmaxvq_u8(vorrq_u8(first, second)) == 0) continue;
    from_ = at;
    mask_ = maskOf(first) | maskOf(second) << 16;
    return inside(from_ + __builtin_ctz(mask_));
  }
  return inside(at);
}

} // namespace krait::sre
#else
#error "no walk over candidates for this machine"
#endif
