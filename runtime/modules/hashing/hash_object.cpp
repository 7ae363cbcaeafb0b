// Digest objects over OpenSSL's EVP interface: those of _hashlib, and of the modules of single algorithms, which have a class each.
#include "runtime/modules/hashing/hash_object.h"

#include <string>
#include <strings.h>
#include <vector>

#include "runtime/memory/alloc.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/raw_output.h"
#include "runtime/types/str.h"
#include "runtime/types/unsigned_argument.h"

namespace krait::hashing {

const Algorithm kAlgorithms[] = {
    {"md5", "MD5", false},           {"sha1", "SHA1", false},         {"sha224", "SHA224", false},
    {"sha256", "SHA256", false},     {"sha384", "SHA384", false},     {"sha512", "SHA512", false},
    {"sha3_224", "SHA3-224", false}, {"sha3_256", "SHA3-256", false}, {"sha3_384", "SHA3-384", false},
    {"sha3_512", "SHA3-512", false}, {"shake_128", "SHAKE128", true}, {"shake_256", "SHAKE256", true},
    {"blake2b", "BLAKE2b512", false}, {"blake2s", "BLAKE2s256", false}, {"sha512_256", "SHA512-256", false},
    {"sha512_224", "SHA512-224", false}, {"sm3", "SM3", false}, {"ripemd160", "RIPEMD160", false},
    {"md5-sha1", "MD5-SHA1", false},
};

const Algorithm* findAlgorithm(const char* name) {
  for (const Algorithm& a : kAlgorithms)
    if (strcasecmp(a.name, name) == 0 || strcasecmp(a.openssl, name) == 0) return digestOf(a) ? &a : nullptr;
  // OpenSSL knows more names of some: "SHA2-256", "SSL3-SHA1".
  EVP_MD* digest = EVP_MD_fetch(nullptr, name, nullptr);
  const Algorithm* found = nullptr;
  for (const Algorithm& a : kAlgorithms)
    if (digest && EVP_MD_is_a(digest, a.openssl)) found = &a;
  EVP_MD_free(digest);
  return found;
}

const EVP_MD* digestOf(const Algorithm& a) {
  // To fetch one costs more than to hash a short text.
  static EVP_MD* fetched[std::size(kAlgorithms)];
  EVP_MD*& digest = fetched[&a - kAlgorithms];
  if (!digest) digest = EVP_MD_fetch(nullptr, a.openssl, nullptr);
  return digest;
}

Value hexText(const uint8_t* bytes, size_t n) {
  if (!n) return newRef(emptyStr());
  StrObject* text = newStrRaw(static_cast<int64_t>(2 * n), 127);
  if (!text) return Value();
  uint8_t* out = text->data();
  for (size_t i = 0; i < n; ++i) {
    *out++ = static_cast<uint8_t>("0123456789abcdef"[bytes[i] >> 4]);
    *out++ = static_cast<uint8_t>("0123456789abcdef"[bytes[i] & 15]);
  }
  return Value(&text->header);
}

int32_t feed(Value data, Turn& turn, void (*update)(void*, const void*, size_t), void* state) {
  if (isStr(data)) return fail(TypeErrorType, "Strings must be encoded before hashing");
  if (!readyTypeOf(data)->buffer) return fail(TypeErrorType, "object supporting the buffer API required");
  Buffer view;
  if (getBuffer(data, &view, kBufferSimple) < 0) return -1;
  if (view.bytes > 2047) {
    Blocking release;
    std::lock_guard<Turn> held(turn);
    update(state, view.data, static_cast<size_t>(view.bytes));
  } else {
    TakeTurn held(turn);
    update(state, view.data, static_cast<size_t>(view.bytes));
  }
  releaseBuffer(&view);
  return 0;
}

namespace {

HashObject* self_(Value v) { return v.as<HashObject>(); }
void updateContext(void* state, const void* bytes, size_t n) { EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(state), bytes, n); }

/// Finishes a copy, so that the object can go on.
bool finish(HashObject* h, uint8_t* out, size_t n, bool extendable) {
  TakeTurn held(h->turn);
  static EVP_MD_CTX* const copy = EVP_MD_CTX_new();
  bool ok = copy && EVP_MD_CTX_copy_ex(copy, h->context) &&
            (extendable ? EVP_DigestFinalXOF(copy, out, n) : EVP_DigestFinal_ex(copy, out, nullptr));
  if (!ok) raise(ValueErrorType, "digest computation failed");
  return ok;
}

Value updateMethod(Value self, Value data) {
  return feed(data, self_(self)->turn, updateContext, self_(self)->context) < 0 ? Value() : newRef(none());
}
Value digestMethod(Value self) {
  uint8_t out[EVP_MAX_MD_SIZE];
  auto n = static_cast<size_t>(EVP_MD_CTX_size(self_(self)->context));
  return finish(self_(self), out, n, false) ? newBytes(out, n) : Value();
}
Value hexdigestMethod(Value self) {
  uint8_t out[EVP_MAX_MD_SIZE];
  auto n = static_cast<size_t>(EVP_MD_CTX_size(self_(self)->context));
  return finish(self_(self), out, n, false) ? hexText(out, n) : Value();
}
bool xofLength(Value v, RawOutput* out) {
  const int64_t n = toSize(v);
  if (n == -1 && errorSet()) return false;
  if (n < 0) return raise(SystemErrorType, "Negative size passed to PyBytes_FromStringAndSize"), false;
  if (!out->open(static_cast<size_t>(n))) return raiseNoMemory(), false;
  out->commit(static_cast<size_t>(n));
  return true;
}
Value xofDigest(Value self, const Value* argv) {
  RawOutput out;
  if (!xofLength(argv[0], &out) || !finish(self_(self), const_cast<uint8_t*>(out.data()), out.size(), true)) return Value();
  return newBytes(out.data(), out.size());
}
Value xofHexdigest(Value self, const Value* argv) {
  RawOutput out;
  if (!xofLength(argv[0], &out) || !finish(self_(self), const_cast<uint8_t*>(out.data()), out.size(), true)) return Value();
  return hexText(out.data(), out.size());
}
Value copyMethod(Value self) {
  Object* o = newObject(self.object()->layout);
  if (!o) return Value();
  auto* h = reinterpret_cast<HashObject*>(o);
  h->name = self_(self)->name;
  h->context = EVP_MD_CTX_new();
  TakeTurn held(self_(self)->turn);
  EVP_MD_CTX_copy_ex(h->context, self_(self)->context);
  return Value(o);
}
Value getName(Value self, void*) { return newStr(self_(self)->name); }
Value getDigestSize(Value self, void*) { return newInt(EVP_MD_CTX_size(self_(self)->context)); }
Value getXofSize(Value, void*) { return Value::ofSmallInt(0); }
Value getBlockSize(Value self, void*) { return newInt(EVP_MD_CTX_block_size(self_(self)->context)); }
Value reprMethod(Value self) {
  return formatText("<%s %s object @ %p>", self_(self)->name, typeOf(self)->name, static_cast<void*>(self.object()));
}
void dealloc(Object* o) {
  EVP_MD_CTX_free(reinterpret_cast<HashObject*>(o)->context);
  freeObject(o);
}

constinit const MethodDef hashMethods[] = {
    {"update", updateMethod, "($self, obj, /)"},
    {"digest", digestMethod, "($self, /)"},
    {"hexdigest", hexdigestMethod, "($self, /)"},
    {"copy", copyMethod, "($self, /)"},
    {},
};
constinit const MethodDef xofMethods[] = {
    {"digest", xofDigest, "($self, /, length)"},
    {"hexdigest", xofHexdigest, "($self, /, length)"},
    {},
};
constinit const GetSetDef hashGetSet[] = {{"name", getName}, {"digest_size", getDigestSize}, {"block_size", getBlockSize}, {}};
constinit const GetSetDef xofGetSet[] = {{"digest_size", getXofSize}, {}};

} // namespace

static Value newHashOf(Type& type, const Algorithm& algorithm, Value data) {
  const EVP_MD* digest = digestOf(algorithm);
  if (!digest) return raise(ValueErrorType, "unsupported hash type %s", algorithm.name);
  Object* o = newObject(&type.instanceLayout);
  if (!o) return Value();
  Ref result{Value(o)};
  auto* h = reinterpret_cast<HashObject*>(o);
  h->name = algorithm.name;
  h->context = EVP_MD_CTX_new();
  if (!h->context || !EVP_DigestInit_ex(h->context, digest, nullptr)) return raise(ValueErrorType, "unsupported hash type %s", algorithm.name);
  if (data && feed(data, h->turn, updateContext, h->context) < 0) return Value();
  return result.release();
}
Value newHash(const Algorithm& algorithm, Value data) { return newHashOf(algorithm.extendable ? xofType : hashType, algorithm, data); }

constinit Type hashType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_hashlib.HASH",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeDisallowInstantiation | kTypeOwnModule,
    .instanceLayout = {.type = &hashType, .size = sizeof(HashObject)},
    .dealloc = dealloc,
    .repr = reprMethod,
    .methods = hashMethods,
    .getset = hashGetSet,
};
constinit Type xofType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_hashlib.HASHXOF",
    .base = &hashType,
    .flags = kTypeBaseType | kTypeDisallowInstantiation | kTypeOwnModule,
    .instanceLayout = {.type = &xofType, .size = sizeof(HashObject)},
    .dealloc = dealloc,
    .repr = reprMethod,
    .methods = xofMethods,
    .getset = xofGetSet,
};

// ---- _md5, _sha1, _sha3 ----------------------------------------------------------------------

namespace {

constexpr uint64_t kMaxSha3Length = uint64_t{1} << 29; // bytes

bool sha3Length(Value v, RawOutput* out) {
  uint64_t length;
  if (!positiveArgument(v, &length)) return false;
  if (length >= kMaxSha3Length) return raise(ValueErrorType, "length is too large"), false;
  return xofLength(v, out);
}
Value shakeDigest(Value self, Value length) {
  RawOutput out;
  if (!sha3Length(length, &out) || !finish(self_(self), const_cast<uint8_t*>(out.data()), out.size(), true)) return Value();
  return newBytes(out.data(), out.size());
}
Value shakeHexdigest(Value self, Value length) {
  RawOutput out;
  if (!sha3Length(length, &out) || !finish(self_(self), const_cast<uint8_t*>(out.data()), out.size(), true)) return Value();
  return hexText(out.data(), out.size());
}
int64_t rateBits(Value self) { return int64_t{8} * EVP_MD_CTX_block_size(self_(self)->context); }
Value getRate(Value self, void*) { return newInt(rateBits(self)); }
Value getCapacity(Value self, void*) { return newInt(1600 - rateBits(self)); }
Value getSuffix(Value, void* suffix) { return newBytes(static_cast<const char*>(suffix), 1); }

constinit const MethodDef sha3Methods[] = {
    {"copy", copyMethod, "($self, /)"}, {"digest", digestMethod, "($self, /)"},
    {"hexdigest", hexdigestMethod, "($self, /)"}, {"update", updateMethod, "($self, data, /)"}, {},
};
constinit const MethodDef shakeMethods[] = {
    {"copy", copyMethod, "($self, /)"}, {"digest", shakeDigest, "($self, length, /)"},
    {"hexdigest", shakeHexdigest, "($self, length, /)"}, {"update", updateMethod, "($self, data, /)"}, {},
};
char sha3Suffix[] = "\x06", shakeSuffix[] = "\x1f";
constinit const GetSetDef sha3GetSet[] = {
    {"name", getName}, {"digest_size", getDigestSize}, {"block_size", getBlockSize}, {"_rate_bits", getRate}, {"_capacity_bits", getCapacity},
    {"_suffix", getSuffix, nullptr, sha3Suffix}, {}};
constinit const GetSetDef shakeGetSet[] = {
    {"name", getName}, {"digest_size", getXofSize}, {"block_size", getBlockSize}, {"_rate_bits", getRate}, {"_capacity_bits", getCapacity},
    {"_suffix", getSuffix, nullptr, shakeSuffix}, {}};

template <int Index> Value sha3Construct(Type* t, const Args& args) {
  Value argv[2];
  Ref holder[2];
  // CPython says this of all of them.
  if (bindArguments("sha3_224", "(data=b'', /, *, usedforsecurity=True)", args, argv, 2, holder) < 0) return Value();
  return newHashOf(*t, kAlgorithms[Index], argv[0]);
}

#define SINGLE_TYPE(variable, text)                                                                                     \
  constinit Type variable = {                                                                                          \
      .header = KRAIT_STATIC_HEADER(typeType),                                                                         \
      .name = text,                                                                                                    \
      .base = &objectType,                                                                                             \
      .flags = kTypeDisallowInstantiation | kTypeOwnModule,                                                            \
      .instanceLayout = {.type = &variable, .size = sizeof(HashObject)},                                               \
      .dealloc = dealloc,                                                                                              \
      .methods = hashMethods,                                                                                          \
      .getset = hashGetSet,                                                                                            \
  }
SINGLE_TYPE(md5Type, "_md5.md5");
SINGLE_TYPE(sha1Type, "_sha1.sha1");
#undef SINGLE_TYPE

#define SHA3_TYPE(variable, text, index, rows, attributes)                                                             \
  constinit Type variable = {                                                                                          \
      .header = KRAIT_STATIC_HEADER(typeType),                                                                         \
      .name = text,                                                                                                    \
      .base = &objectType,                                                                                             \
      .flags = kTypeOwnModule,                                                                                         \
      .instanceLayout = {.type = &variable, .size = sizeof(HashObject)},                                               \
      .dealloc = dealloc,                                                                                              \
      .construct = sha3Construct<index>,                                                                               \
      .methods = rows,                                                                                                 \
      .getset = attributes,                                                                                            \
  }
SHA3_TYPE(sha3_224Type, "_sha3.sha3_224", kSha3_224, sha3Methods, sha3GetSet);
SHA3_TYPE(sha3_256Type, "_sha3.sha3_256", kSha3_256, sha3Methods, sha3GetSet);
SHA3_TYPE(sha3_384Type, "_sha3.sha3_384", kSha3_384, sha3Methods, sha3GetSet);
SHA3_TYPE(sha3_512Type, "_sha3.sha3_512", kSha3_512, sha3Methods, sha3GetSet);
SHA3_TYPE(shake128Type, "_sha3.shake_128", kShake128, shakeMethods, shakeGetSet);
SHA3_TYPE(shake256Type, "_sha3.shake_256", kShake256, shakeMethods, shakeGetSet);
#undef SHA3_TYPE

Value md5Function(Value, const Value* argv) { return newHashOf(md5Type, kAlgorithms[kMd5], argv[0]); }
Value sha1Function(Value, const Value* argv) { return newHashOf(sha1Type, kAlgorithms[kSha1], argv[0]); }
constinit const MethodDef md5Functions[] = {{"md5", md5Function, "($module, /, string=b'', *, usedforsecurity=True)"}, {}};
constinit const MethodDef sha1Functions[] = {{"sha1", sha1Function, "($module, /, string=b'', *, usedforsecurity=True)"}, {}};

int32_t addSingle(Value module, const char* name, Type& type) {
  typeReady(&type);
  return moduleAdd(module, name, newRef(asValue(&type)));
}
int executeMd5(Value module) { return addSingle(module, "MD5Type", md5Type); }
int executeSha1(Value module) { return addSingle(module, "SHA1Type", sha1Type); }
int executeSha3(Value module) {
  for (Type* t : {&sha3_224Type, &sha3_256Type, &sha3_384Type, &sha3_512Type, &shake128Type, &shake256Type})
    if (moduleAddType(module, t) < 0) return -1;
  if (moduleAdd(module, "keccakopt", Value::ofSmallInt(0)) < 0) return -1;
  return moduleAdd(module, "implementation", newStr("OpenSSL"));
}

} // namespace

} // namespace krait::hashing

extern "C" constinit const krait::NativeModule krt_module_md5 = {"_md5", krait::hashing::md5Functions, krait::hashing::executeMd5};
extern "C" constinit const krait::NativeModule krt_module_sha1 = {"_sha1", krait::hashing::sha1Functions, krait::hashing::executeSha1};
extern "C" constinit const krait::NativeModule krt_module_sha3 = {"_sha3", nullptr, krait::hashing::executeSha3};
