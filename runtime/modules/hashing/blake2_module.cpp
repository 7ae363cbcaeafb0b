// _blake2: BLAKE2b and BLAKE2s (RFC 7693) with digest size, key, salt, personalisation and tree parameters,
// which OpenSSL's digests do not offer.
#include <algorithm>
#include <bit>
#include <cstring>
#include <new>
#include <string>

#include "runtime/memory/alloc.h"
#include "runtime/modules/hashing/hash_object.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/int_view.h"
#include "runtime/types/str.h"

namespace krait::hashing {

namespace {

constexpr uint8_t kSigma[12][16] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4}, {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13}, {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11}, {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5}, {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3}};

struct Blake2b {
  using Word = uint64_t;
  static constexpr int rounds = 12, r1 = 32, r2 = 24, r3 = 16, r4 = 63;
  static constexpr size_t maxDigest = 64, maxKey = 64, saltSize = 16, personSize = 16;
  static constexpr Word iv[8] = {0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
                                 0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};
};
struct Blake2s {
  using Word = uint32_t;
  static constexpr int rounds = 10, r1 = 16, r2 = 12, r3 = 8, r4 = 7;
  static constexpr size_t maxDigest = 32, maxKey = 32, saltSize = 8, personSize = 8;
  static constexpr Word iv[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
};

template <class V> struct State {
  using Word = typename V::Word;
  static constexpr size_t block = 16 * sizeof(Word);
  Word h[8];
  uint8_t buffer[block];
  size_t filled = 0;
  uint64_t bytes = 0;
  size_t digestSize = V::maxDigest;
  bool lastNode = false;

  void compress(bool last) {
    Word m[16], v[16];
    memcpy(m, buffer, block);
    for (int i = 0; i < 8; ++i) v[i] = h[i], v[i + 8] = V::iv[i];
    v[12] ^= static_cast<Word>(bytes);
    v[13] ^= sizeof(Word) == 4 ? static_cast<Word>(bytes >> 32) : 0;
    if (last) {
      v[14] = ~v[14];
      if (lastNode) v[15] = ~v[15];
    }
    auto mix = [&](int a, int b, int c, int d, Word x, Word y) {
      v[a] += v[b] + x;
      v[d] = std::rotr(static_cast<Word>(v[d] ^ v[a]), V::r1);
      v[c] += v[d];
      v[b] = std::rotr(static_cast<Word>(v[b] ^ v[c]), V::r2);
      v[a] += v[b] + y;
      v[d] = std::rotr(static_cast<Word>(v[d] ^ v[a]), V::r3);
      v[c] += v[d];
      v[b] = std::rotr(static_cast<Word>(v[b] ^ v[c]), V::r4);
    };
    for (int i = 0; i < V::rounds; ++i) {
      const uint8_t* s = kSigma[i];
      mix(0, 4, 8, 12, m[s[0]], m[s[1]]);
      mix(1, 5, 9, 13, m[s[2]], m[s[3]]);
      mix(2, 6, 10, 14, m[s[4]], m[s[5]]);
      mix(3, 7, 11, 15, m[s[6]], m[s[7]]);
      mix(0, 5, 10, 15, m[s[8]], m[s[9]]);
      mix(1, 6, 11, 12, m[s[10]], m[s[11]]);
      mix(2, 7, 8, 13, m[s[12]], m[s[13]]);
      mix(3, 4, 9, 14, m[s[14]], m[s[15]]);
    }
    for (int i = 0; i < 8; ++i) h[i] ^= v[i] ^ v[i + 8];
  }
  void update(const uint8_t* p, size_t n) {
    while (n) {
      if (filled == block) {
        bytes += block;
        compress(false);
        filled = 0;
      }
      size_t take = std::min(n, block - filled);
      memcpy(buffer + filled, p, take);
      filled += take;
      p += take;
      n -= take;
    }
  }
  void finish(uint8_t* out) {
    State copy = *this;
    copy.bytes += copy.filled;
    memset(copy.buffer + copy.filled, 0, block - copy.filled);
    copy.compress(true);
    memcpy(out, copy.h, digestSize);
  }
};

template <class V> struct BlakeObject { Object header; Turn turn; State<V> state; };
template <class V> State<V>& state(Value v) { return v.as<BlakeObject<V>>()->state; }
template <class V> Turn& turnOf(Value v) { return v.as<BlakeObject<V>>()->turn; }
template <class V> void updateState(void* s, const void* bytes, size_t n) {
  static_cast<State<V>*>(s)->update(static_cast<const uint8_t*>(bytes), n);
}

/// A number in [low, high], or `fallback` when absent.
bool number(Value v, uint64_t low, uint64_t high, uint64_t fallback, const char* message, uint64_t* out) {
  *out = fallback;
  if (!v) return true;
  Ref i(index(v));
  if (!i) return false;
  if (intSign(i) < 0 || intBitLength(i) > 64) {
    raise(intSign(i) < 0 ? ValueErrorType : OverflowErrorType, "%s", message);
    return false;
  }
  *out = intToUint64Mask(i);
  if (*out < low || *out > high) {
    // What takes more than a byte of the parameter block overflows.
    raise(high > 0xff && *out > high ? OverflowErrorType : ValueErrorType, "%s", message);
    return false;
  }
  return true;
}

template <class V> Value construct(Type* t, const Args& args) {
  Value a[14];
  Ref holder[2];
  const char* name = sizeof(typename V::Word) == 8 ? "blake2b" : "blake2s";
  if (bindArguments(name,
                    "(data=b'', /, *, digest_size=64, key=b'', salt=b'', person=b'', fanout=1, depth=1, leaf_size=0, "
                    "node_offset=0, node_depth=0, inner_size=0, last_node=False, usedforsecurity=True)",
                    args, a, 14, holder) < 0)
    return Value();
  uint64_t digestSize, fanout, depth, leafSize, nodeOffset, nodeDepth, innerSize;
  bool big = sizeof(typename V::Word) == 8;
  if (!number(a[1], 1, V::maxDigest, V::maxDigest, big ? "digest_size must be between 1 and 64 bytes" : "digest_size must be between 1 and 32 bytes", &digestSize) ||
      !number(a[5], 0, 255, 1, "fanout must be between 0 and 255", &fanout) ||
      !number(a[6], 1, 255, 1, "depth must be between 1 and 255", &depth) ||
      !number(a[7], 0, 0xffffffff, 0, "leaf_size is too large", &leafSize) ||
      !number(a[8], 0, big ? UINT64_MAX : 0xffffffffffffull, 0, "node_offset is too large", &nodeOffset) ||
      !number(a[9], 0, 255, 0, "node_depth must be between 0 and 255", &nodeDepth) ||
      !number(a[10], 0, V::maxDigest, 0, big ? "inner_size must be between 0 and is 64" : "inner_size must be between 0 and is 32", &innerSize))
    return Value();
  uint8_t key[64] = {}, salt[16] = {}, person[16] = {};
  size_t keySize = 0;
  auto bytesOf = [](Value v, uint8_t* out, size_t limit, const char* what, size_t* size) {
    if (!v) return true;
    Buffer view;
    if (getBuffer(v, &view, kBufferSimple) < 0) return false;
    bool fits = static_cast<size_t>(view.bytes) <= limit;
    if (fits) {
      memcpy(out, view.data, static_cast<size_t>(view.bytes));
      if (size) *size = static_cast<size_t>(view.bytes);
    }
    releaseBuffer(&view);
    if (!fits) raise(ValueErrorType, "maximum %s length is %zd bytes", what, limit);
    return fits;
  };
  if (!bytesOf(a[2], key, V::maxKey, "key", &keySize) || !bytesOf(a[3], salt, V::saltSize, "salt", nullptr) ||
      !bytesOf(a[4], person, V::personSize, "person", nullptr))
    return Value();
  Ref o(allocateOf(t, 0));
  if (!o) return Value();
  State<V>& s = *new (&state<V>(o)) State<V>();
  // The parameter block, little endian.
  uint8_t p[64] = {};
  p[0] = static_cast<uint8_t>(digestSize);
  p[1] = static_cast<uint8_t>(keySize);
  p[2] = static_cast<uint8_t>(fanout);
  p[3] = static_cast<uint8_t>(depth);
  memcpy(p + 4, &leafSize, 4);
  memcpy(p + 8, &nodeOffset, big ? 8 : 6);
  p[big ? 16 : 14] = static_cast<uint8_t>(nodeDepth);
  p[big ? 17 : 15] = static_cast<uint8_t>(innerSize);
  memcpy(p + (big ? 32 : 16), salt, V::saltSize);
  memcpy(p + (big ? 48 : 24), person, V::personSize);
  typename V::Word words[8];
  memcpy(words, p, sizeof words);
  for (int i = 0; i < 8; ++i) s.h[i] = V::iv[i] ^ words[i];
  s.digestSize = digestSize;
  s.lastNode = a[11] && isTrue(a[11]) > 0;
  if (keySize) {
    uint8_t block[State<V>::block] = {};
    memcpy(block, key, keySize);
    s.update(block, sizeof block);
  }
  if (a[0] && feed(a[0], turnOf<V>(o), updateState<V>, &s) < 0) return Value();
  return o.release();
}

template <class V> Value updateMethod(Value self, Value data) {
  return feed(data, turnOf<V>(self), updateState<V>, &state<V>(self)) < 0 ? Value() : newRef(none());
}
template <class V> Value digestMethod(Value self) {
  uint8_t out[64];
  TakeTurn held(turnOf<V>(self));
  state<V>(self).finish(out);
  return newBytes(out, state<V>(self).digestSize);
}
template <class V> Value hexdigestMethod(Value self) {
  uint8_t out[64];
  TakeTurn held(turnOf<V>(self));
  state<V>(self).finish(out);
  return hexText(out, state<V>(self).digestSize);
}
template <class V> Value copyMethod(Value self) {
  Object* o = newObject(self.object()->layout);
  if (!o) return Value();
  TakeTurn held(turnOf<V>(self));
  reinterpret_cast<BlakeObject<V>*>(o)->state = state<V>(self);
  return Value(o);
}
template <class V> Value getName(Value, void*) { return newStr(sizeof(typename V::Word) == 8 ? "blake2b" : "blake2s"); }
template <class V> Value getBlockSize(Value, void*) { return Value::ofSmallInt(State<V>::block); }
template <class V> Value getDigestSize(Value self, void*) { return newInt(static_cast<int64_t>(state<V>(self).digestSize)); }

template <class V> constinit const MethodDef blakeMethods[] = {
    {"update", updateMethod<V>, "($self, data, /)"},
    {"digest", digestMethod<V>, "($self, /)"},
    {"hexdigest", hexdigestMethod<V>, "($self, /)"},
    {"copy", copyMethod<V>, "($self, /)"},
    {},
};
template <class V> constinit const GetSetDef blakeGetSet[] = {
    {"name", getName<V>}, {"block_size", getBlockSize<V>}, {"digest_size", getDigestSize<V>}, {}};

#define KRAIT_BLAKE_SIGNATURE(most)                                                                           \
  "(data=b'', /, *, digest_size=" most ",\n        key=b'', salt=b'', person=b'', fanout=1, depth=1, leaf_size=0,\n"  \
  "        node_offset=0, node_depth=0, inner_size=0, last_node=False,\n        usedforsecurity=True)"
constinit Type blake2bType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_blake2.blake2b",
    .base = &objectType,
    .flags = kTypeOwnModule,
    .instanceLayout = {.type = &blake2bType, .size = sizeof(BlakeObject<Blake2b>)},
    .dealloc = freeObject,
    .construct = construct<Blake2b>,
    .methods = blakeMethods<Blake2b>,
    .getset = blakeGetSet<Blake2b>,
    .constructorSignature = KRAIT_BLAKE_SIGNATURE("_blake2.blake2b.MAX_DIGEST_SIZE"),
};
constinit Type blake2sType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_blake2.blake2s",
    .base = &objectType,
    .flags = kTypeOwnModule,
    .instanceLayout = {.type = &blake2sType, .size = sizeof(BlakeObject<Blake2s>)},
    .dealloc = freeObject,
    .construct = construct<Blake2s>,
    .methods = blakeMethods<Blake2s>,
    .getset = blakeGetSet<Blake2s>,
    .constructorSignature = KRAIT_BLAKE_SIGNATURE("_blake2.blake2s.MAX_DIGEST_SIZE"),
};

int execute(Value module) {
  typeReady(&blake2bType);
  typeReady(&blake2sType);
  const auto put = [&](Type& t, const char* prefix, const char* name, int64_t size) {
    const std::string whole = std::string(prefix) + name;
    return dictSet(t.dict, name, Value::ofSmallInt(size)) == 0 && moduleAdd(module, whole.c_str(), Value::ofSmallInt(size)) == 0;
  };
  const auto putAll = [&](Type& t, const char* prefix, int64_t salt, int64_t most) {
    return put(t, prefix, "SALT_SIZE", salt) && put(t, prefix, "PERSON_SIZE", salt) && put(t, prefix, "MAX_KEY_SIZE", most) &&
           put(t, prefix, "MAX_DIGEST_SIZE", most);
  };
  const bool ok = putAll(blake2bType, "BLAKE2B_", 16, 64) && putAll(blake2sType, "BLAKE2S_", 8, 32);
  return ok && moduleAddType(module, &blake2bType) == 0 ? moduleAddType(module, &blake2sType) : -1;
}

} // namespace

} // namespace krait::hashing

extern "C" constinit const krait::NativeModule krt_module_blake2 = {"_blake2", nullptr, krait::hashing::execute};
