// SipHash with one compression and three finalisation rounds (Aumasson and
// Bernstein), over the raw bytes of a text's or bytes object's data.
#include "runtime/types/hash_bytes.h"
#include <bit>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sys/random.h>
#include "runtime/modules/sys_info.h"

namespace krait {
namespace {

struct Key {
  uint64_t k0, k1;
  bool ready;
} key;

// The reference's linear congruential expansion of a 32-bit seed.
void deriveKey(uint32_t seed) {
  uint8_t bytes[16];
  uint32_t x = seed;
  for (uint8_t& b : bytes) {
    x = x * 214013 + 2531011;
    b = static_cast<uint8_t>(x >> 16);
  }
  std::memcpy(&key.k0, bytes, 8);
  std::memcpy(&key.k1, bytes + 8, 8);
}

[[gnu::cold, gnu::noinline]] void chooseKey() {
  const char* text = pythonVariable("PYTHONHASHSEED");
  if (!text || runtimeFlags.ignoreHashSeed || !strcmp(text, "random")) return setHashSeed(true, 0);
  char* end;
  errno = 0;
  const unsigned long seed = strtoul(text, &end, 10);
  if (*end || errno || seed > 4294967295ul || *text == '-') {
    fputs("Fatal Python error: config_init_hash_seed: PYTHONHASHSEED must be \"random\" or an integer in range "
          "[0; 4294967295]\nPython runtime state: preinitialized\n\n", stderr);
    exit(1);
  }
  setHashSeed(false, static_cast<uint32_t>(seed));
}

inline void sipRound(uint64_t& v0, uint64_t& v1, uint64_t& v2, uint64_t& v3) {
  v0 += v1; v2 += v3;
  v1 = std::rotl(v1, 13) ^ v0; v3 = std::rotl(v3, 16) ^ v2;
  v0 = std::rotl(v0, 32);
  v2 += v1; v0 += v3;
  v1 = std::rotl(v1, 17) ^ v2; v3 = std::rotl(v3, 21) ^ v0;
  v2 = std::rotl(v2, 32);
}

} // namespace

void setHashSeed(bool random, uint32_t seed) {
  key = {0, 0, true};
  if (random) {
    uint64_t words[2] = {0, 0};
    if (getrandom(words, sizeof words, 0) == sizeof words) key = {words[0], words[1], true};
  } else if (seed) {
    deriveKey(seed);
  }
}

uint64_t sipHash(uint64_t k0, uint64_t k1, const void* data, size_t n) {
  uint64_t v0 = k0 ^ 0x736f6d6570736575u, v1 = k1 ^ 0x646f72616e646f6du;
  uint64_t v2 = k0 ^ 0x6c7967656e657261u, v3 = k1 ^ 0x7465646279746573u;
  const auto* p = static_cast<const uint8_t*>(data);
  uint64_t last = static_cast<uint64_t>(n) << 56;
  for (; n >= 8; n -= 8, p += 8) {
    uint64_t word;
    std::memcpy(&word, p, 8);
    v3 ^= word;
    sipRound(v0, v1, v2, v3);
    v0 ^= word;
  }
  auto byte = [p](size_t i) { return static_cast<uint64_t>(p[i]) << (8 * i); };
  if (n >= 4) { // bytes that both halves have fall onto themselves
    uint32_t low, high;
    std::memcpy(&low, p, 4);
    std::memcpy(&high, p + n - 4, 4);
    last |= low | static_cast<uint64_t>(high) << (8 * (n - 4));
  } else if (n) {
    last |= byte(0) | byte(n / 2) | byte(n - 1);
  }
  v3 ^= last;
  sipRound(v0, v1, v2, v3);
  v0 ^= last;
  v2 ^= 0xff;
  sipRound(v0, v1, v2, v3);
  sipRound(v0, v1, v2, v3);
  sipRound(v0, v1, v2, v3);
  return v0 ^ v1 ^ v2 ^ v3;
}

static uint64_t foldedProduct(uint64_t a, uint64_t b) {
  const unsigned __int128 product = static_cast<unsigned __int128>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}
/// Up to sixteen bytes in two words, which no others of that many come to.
struct ShortBytes {
  static constexpr size_t kMost = 16;
  uint64_t first = 0, last = 0;
  ShortBytes(const void* data, size_t n) {
    const auto* p = static_cast<const uint8_t*>(data);
    if (n >= 8) {
      std::memcpy(&first, p, 8);
      std::memcpy(&last, p + n - 8, 8);
    } else if (n >= 4) {
      std::memcpy(&first, p, 4);
      std::memcpy(&last, p + n - 4, 4);
    } else if (n) {
      first = p[0] | static_cast<uint64_t>(p[n / 2]) << 8 | static_cast<uint64_t>(p[n - 1]) << 16;
    }
  }
  uint64_t mixed(uint64_t with) const {
    constexpr uint64_t kOther = 0xbf58476d1ce4e5b9u;
    return foldedProduct(first ^ key.k0 ^ with, last ^ key.k1 ^ kOther);
  }
};
constexpr uint64_t kOdd = 0x9e3779b97f4a7c15u;

int64_t hashForTable(const void* data, size_t n) {
  constexpr size_t kPart = ShortBytes::kMost;
  if (n > 2 * kPart) return hashBytes(data, n);
  if (!key.ready) [[unlikely]] chooseKey();
  uint64_t h;
  if (n <= kPart) h = ShortBytes(data, n).mixed(kOdd);
  else h = ShortBytes(static_cast<const uint8_t*>(data) + n - kPart, kPart).mixed(ShortBytes(data, kPart).mixed(kOdd));
  return static_cast<int64_t>(foldedProduct(h ^ n, kOdd));
}

int64_t hashAgain(const void* data, size_t n) {
  if (n > ShortBytes::kMost || n == 0) return hashBytes(data, n);
  static struct { uint64_t first, last; size_t size; int64_t hash; } recent[256]; // size 0: nothing yet
  const ShortBytes bytes(data, n);
  auto& entry = recent[((bytes.first ^ std::rotl(bytes.last, 29) ^ n) * kOdd) >> 56];
  if (entry.first == bytes.first && entry.last == bytes.last && entry.size == n) [[likely]] return entry.hash;
  entry = {bytes.first, bytes.last, n, hashBytes(data, n)};
  return entry.hash;
}

int64_t hashBytes(const void* data, size_t n) {
  if (n == 0) return 0;
  if (!key.ready) [[unlikely]] chooseKey();
  const auto h = static_cast<int64_t>(sipHash(key.k0, key.k1, data, n));
  return h == -1 ? -2 : h;
}

} // namespace krait
