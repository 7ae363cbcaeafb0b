// _sha256 and _sha512: SHA-2 (FIPS 180-4) without a library, for who seeds `random` and never asks for a digest.
//
// SHA-224 and SHA-256 work on words of 32 bits, SHA-384 and SHA-512 on words of 64. The constants are the first bits of the
// fractional parts of roots of primes, so the smaller ones are a part of the larger.
#include <array>
#include <bit>
#include <cstring>
#include <new>

#include "runtime/memory/alloc.h"
#include "runtime/modules/hashing/hash_object.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/str.h"

namespace krait::hashing {

namespace {

/// Of cube roots of the first 80 primes.
constexpr uint64_t kRounds[80] = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc, 0x3956c25bf348b538, 0x59f111f1b605d019,
    0x923f82a4af194f9b, 0xab1c5ed5da6d8118, 0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
    0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3,
    0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65, 0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
    0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4, 0xc6e00bf33da88fc2, 0xd5a79147930aa725,
    0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
    0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b, 0xa2bfe8a14cf10364, 0xa81a664bbc423001,
    0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
    0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb,
    0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3, 0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b, 0xca273eceea26619c, 0xd186b8c721c0c207,
    0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
    0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c, 0x4cc5d4becb3e42b6, 0x597f299cfc657e2a,
    0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
};
/// Of square roots of the first 16 primes.
constexpr uint64_t kStart[16] = {
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1, 0x510e527fade682d1, 0x9b05688c2b3e6c1f,
    0x1f83d9abfb41bd6b, 0x5be0cd19137e2179, 0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939,
    0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4,
};

struct Wide {
  using Word = uint64_t;
  static constexpr int rounds = 80;
  static constexpr Word constant(int i) { return kRounds[i]; }
  static Word sum0(Word x) { return std::rotr(x, 28) ^ std::rotr(x, 34) ^ std::rotr(x, 39); }
  static Word sum1(Word x) { return std::rotr(x, 14) ^ std::rotr(x, 18) ^ std::rotr(x, 41); }
  static Word mix0(Word x) { return std::rotr(x, 1) ^ std::rotr(x, 8) ^ (x >> 7); }
  static Word mix1(Word x) { return std::rotr(x, 19) ^ std::rotr(x, 61) ^ (x >> 6); }
};
struct Narrow {
  using Word = uint32_t;
  static constexpr int rounds = 64;
  static constexpr Word constant(int i) { return static_cast<Word>(kRounds[i] >> 32); }
  static Word sum0(Word x) { return std::rotr(x, 2) ^ std::rotr(x, 13) ^ std::rotr(x, 22); }
  static Word sum1(Word x) { return std::rotr(x, 6) ^ std::rotr(x, 11) ^ std::rotr(x, 25); }
  static Word mix0(Word x) { return std::rotr(x, 7) ^ std::rotr(x, 18) ^ (x >> 3); }
  static Word mix1(Word x) { return std::rotr(x, 17) ^ std::rotr(x, 19) ^ (x >> 10); }
};

struct Sha224 : Narrow {
  static constexpr const char* name = "sha224", *typeName = "_sha256.sha224", *shown = "SHA224Type";
  static constexpr size_t digestSize = 28;
  static constexpr Word start(int i) { return static_cast<Word>(kStart[i + 8]); }
};
struct Sha256 : Narrow {
  static constexpr const char* name = "sha256", *typeName = "_sha256.sha256", *shown = "SHA256Type";
  static constexpr size_t digestSize = 32;
  static constexpr Word start(int i) { return static_cast<Word>(kStart[i] >> 32); }
};
struct Sha384 : Wide {
  static constexpr const char* name = "sha384", *typeName = "_sha512.sha384", *shown = "";
  static constexpr size_t digestSize = 48;
  static constexpr Word start(int i) { return kStart[i + 8]; }
};
struct Sha512 : Wide {
  static constexpr const char* name = "sha512", *typeName = "_sha512.sha512", *shown = "SHA384Type";
  static constexpr size_t digestSize = 64;
  static constexpr Word start(int i) { return kStart[i]; }
};

template <class V> struct State {
  using Word = typename V::Word;
  static constexpr size_t block = 16 * sizeof(Word);
  Word h[8];
  uint8_t buffer[block];
  uint64_t bytes = 0; // fed so far; those of an unfinished block are in `buffer`

  State() {
    for (int i = 0; i < 8; ++i) h[i] = V::start(i);
  }
  /// Words are big endian.
  static Word swapped(Word w) {
    if constexpr (sizeof(Word) == 8) return __builtin_bswap64(w);
    else return __builtin_bswap32(w);
  }
  void compress(const uint8_t* p) {
    Word w[V::rounds], v[8];
    memcpy(w, p, block);
    for (int i = 0; i < 16; ++i) w[i] = swapped(w[i]);
    for (int i = 16; i < V::rounds; ++i) w[i] = V::mix1(w[i - 2]) + w[i - 7] + V::mix0(w[i - 15]) + w[i - 16];
    memcpy(v, h, sizeof h);
    for (int i = 0; i < V::rounds; ++i) {
      const Word choice = (v[4] & v[5]) ^ (~v[4] & v[6]), majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
      const Word t1 = v[7] + V::sum1(v[4]) + choice + V::constant(i) + w[i], t2 = V::sum0(v[0]) + majority;
      memmove(v + 1, v, 7 * sizeof(Word));
      v[4] += t1;
      v[0] = t1 + t2;
    }
    for (int i = 0; i < 8; ++i) h[i] += v[i];
  }
  void update(const uint8_t* p, size_t n) {
    size_t filled = bytes % block;
    bytes += n;
    if (filled + n < block) {
      if (n) memcpy(buffer + filled, p, n);
      return;
    }
    if (filled) {
      memcpy(buffer + filled, p, block - filled);
      compress(buffer);
      p += block - filled;
      n -= block - filled;
    }
    for (; n >= block; p += block, n -= block) compress(p);
    if (n) memcpy(buffer, p, n);
  }
  /// Of a copy, so that the object can go on.
  void finish(uint8_t* out) const {
    State copy = *this;
    const uint64_t bits = __builtin_bswap64(bytes * 8); // the length's other half is zero
    uint8_t end[2 * block] = {0x80};
    const size_t length = 2 * sizeof(Word), padding = block - (bytes + length) % block;
    memcpy(end + padding + length - sizeof bits, &bits, sizeof bits);
    copy.update(end, padding + length);
    for (Word& w : copy.h) w = swapped(w);
    memcpy(out, copy.h, V::digestSize);
  }
};

template <class V> struct Sha2Object {
  Object header;
  Turn turn;
  State<V> state;
};
template <class V> Sha2Object<V>* asSha2(Value v) { return v.as<Sha2Object<V>>(); }
template <class V> extern Type sha2Type;

template <class V> Value construct(Value, const Value* argv) {
  Ref o(Value(newObject(&sha2Type<V>.instanceLayout)));
  if (!o) return Value();
  auto* self = asSha2<V>(o);
  new (&self->state) State<V>();
  auto update = [](void* state, const void* bytes, size_t n) { static_cast<State<V>*>(state)->update(static_cast<const uint8_t*>(bytes), n); };
  if (argv[0] && feed(argv[0], self->turn, update, &self->state) < 0) return Value();
  return o.release();
}
template <class V> Value updateMethod(Value self, Value data) {
  auto update = [](void* state, const void* bytes, size_t n) { static_cast<State<V>*>(state)->update(static_cast<const uint8_t*>(bytes), n); };
  return feed(data, asSha2<V>(self)->turn, update, &asSha2<V>(self)->state) < 0 ? Value() : newRef(none());
}
template <class V> std::array<uint8_t, V::digestSize> digestOf(Value self) {
  std::array<uint8_t, V::digestSize> out;
  TakeTurn held(asSha2<V>(self)->turn);
  asSha2<V>(self)->state.finish(out.data());
  return out;
}
template <class V> Value digestMethod(Value self) {
  const auto digest = digestOf<V>(self);
  return newBytes(digest.data(), digest.size());
}
template <class V> Value hexdigestMethod(Value self) {
  const auto digest = digestOf<V>(self);
  return hexText(digest.data(), digest.size());
}
template <class V> Value copyMethod(Value self) {
  Ref o(Value(newObject(&sha2Type<V>.instanceLayout)));
  if (!o) return Value();
  TakeTurn held(asSha2<V>(self)->turn);
  new (&asSha2<V>(o)->state) State<V>(asSha2<V>(self)->state);
  return o.release();
}
template <class V> Value getName(Value, void*) { return newStr(V::name); }
template <class V> Value getBlockSize(Value, void*) { return Value::ofSmallInt(State<V>::block); }
template <class V> Value getDigestSize(Value, void*) { return Value::ofSmallInt(V::digestSize); }

template <class V> constinit const MethodDef sha2Methods[] = {
    {"copy", copyMethod<V>, "($self, /)"},
    {"digest", digestMethod<V>, "($self, /)"},
    {"hexdigest", hexdigestMethod<V>, "($self, /)"},
    {"update", updateMethod<V>, "($self, obj, /)"},
    {},
};
template <class V> constinit const GetSetDef sha2GetSet[] = {{"block_size", getBlockSize<V>}, {"name", getName<V>}, {}};
template <class V> constinit const MemberDef sha2Members[] = {{"digest_size", getDigestSize<V>}, {}};

template <class V> constinit Type sha2Type = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = V::typeName,
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeOwnModule,
    .instanceLayout = {.type = &sha2Type<V>, .size = sizeof(Sha2Object<V>)},
    .dealloc = freeObject,
    .methods = sha2Methods<V>,
    .getset = sha2GetSet<V>,
    .members = sha2Members<V>,
};

template <class Smaller, class Larger> constinit const MethodDef functions[] = {
    {Smaller::name, construct<Smaller>, "($module, /, string=b'', *, usedforsecurity=True)"},
    {Larger::name, construct<Larger>, "($module, /, string=b'', *, usedforsecurity=True)"},
    {},
};

/// "SHA224Type" and "SHA256Type"; of the wider ones CPython shows one, and the longer by the shorter's name.
template <class Smaller, class Larger> int execute(Value module) {
  typeReady(&sha2Type<Smaller>);
  typeReady(&sha2Type<Larger>);
  if (*Smaller::shown && moduleAdd(module, Smaller::shown, newRef(asValue(&sha2Type<Smaller>))) < 0) return -1;
  return *Larger::shown ? moduleAdd(module, Larger::shown, newRef(asValue(&sha2Type<Larger>))) : 0;
}

} // namespace

} // namespace krait::hashing

extern "C" constinit const krait::NativeModule krt_module_sha256 = {
    "_sha256", krait::hashing::functions<krait::hashing::Sha224, krait::hashing::Sha256>,
    krait::hashing::execute<krait::hashing::Sha224, krait::hashing::Sha256>};
extern "C" constinit const krait::NativeModule krt_module_sha512 = {
    "_sha512", krait::hashing::functions<krait::hashing::Sha384, krait::hashing::Sha512>,
    krait::hashing::execute<krait::hashing::Sha384, krait::hashing::Sha512>};
