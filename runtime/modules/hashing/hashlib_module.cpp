// _hashlib: named constructors over OpenSSL, HMAC, key derivation, constant-time comparison.
#include <climits>
#include <cstring>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/hmac.h>
#include <string>
#include <vector>

#include "runtime/memory/alloc.h"
#include "runtime/modules/hashing/hash_object.h"
#include "runtime/modules/module_exception.h"
#include "runtime/threads/blocking.h"
#include "runtime/types/bytes.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/raw_output.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::hashing {

namespace {

Type* unsupportedDigestmodError;
Value constructors; // {function: name of its digest}

/// The digest of a name; null with OpenSSL's own words, as CPython shows them.
const Algorithm* algorithmNamed(Value name) {
  Utf8 text(name);
  if (!text.ok()) return nullptr;
  if (const Algorithm* known = findAlgorithm(text.data())) return known;
  const unsigned long code = ERR_peek_last_error();
  const char *part = ERR_lib_error_string(code), *reason = ERR_reason_error_string(code);
  if (part && reason) raise(ValueErrorType, "[%s] %s", part, reason);
  else raise(ValueErrorType, "unsupported hash type %s", text.data());
  ERR_clear_error();
  return nullptr;
}

Value newFunction(Value, const Value* argv) {
  if (!isStr(argv[0])) return raise(TypeErrorType, "new() argument 'name' must be str, not %.50G", argv[0]);
  const Algorithm* a = algorithmNamed(argv[0]);
  return a ? newHash(*a, argv[1]) : Value();
}

/// A digest named by a str or by one of our constructor functions.
const EVP_MD* digestOf(Value v, const char** shown) {
  Value name = isStr(v) ? v : dictGet(constructors, v);
  if (!name) {
    errorClear(); // not hashable
    raise(*unsupportedDigestmodError, "Unsupported digestmod %R", v);
    return nullptr;
  }
  const Algorithm* a = algorithmNamed(name);
  if (!a) return nullptr;
  *shown = a->name;
  return hashing::digestOf(*a);
}

/// Bytes of a buffer for the length of a scope.
class Bytes {
public:
  explicit Bytes(Value v) : ok_(getBuffer(v, &view_, kBufferSimple) == 0) {}
  ~Bytes() { if (ok_) releaseBuffer(&view_); }
  Bytes(const Bytes&) = delete;
  Bytes& operator=(const Bytes&) = delete;
  bool ok() const { return ok_; }
  const uint8_t* data() const { return static_cast<const uint8_t*>(view_.data); }
  size_t size() const { return static_cast<size_t>(view_.bytes); }

private:
  Buffer view_;
  bool ok_;
};

Value pbkdf2Function(Value, const Value* argv) {
  const char* shown;
  if (!isStr(argv[0])) return raise(TypeErrorType, "pbkdf2_hmac() argument 'hash_name' must be str, not %T", argv[0]);
  const EVP_MD* digest = digestOf(argv[0], &shown);
  if (!digest) return Value();
  Bytes password(argv[1]);
  if (!password.ok()) return Value();
  Bytes salt(argv[2]);
  if (!salt.ok()) return Value();
  int64_t iterations = toInt64(argv[3]);
  if (iterations == -1 && errorSet()) return Value();
  if (iterations < 1) return raise(ValueErrorType, "iteration value must be greater than 0.");
  if (iterations > INT_MAX) return raise(OverflowErrorType, "iteration value is too great.");
  int64_t length = EVP_MD_size(digest);
  if (argv[4] && !isNone(argv[4])) {
    length = toInt64(argv[4]);
    if (length == -1 && errorSet()) return Value();
    if (length < 1) return raise(ValueErrorType, "key length must be greater than 0.");
    if (length > INT_MAX) return raise(OverflowErrorType, "key length is too great.");
  }
  RawOutput out;
  uint8_t* const bytes = out.open(static_cast<size_t>(length));
  if (!bytes) return raiseNoMemory();
  out.commit(static_cast<size_t>(length));
  int ok;
  {
    Blocking release;
    ok = PKCS5_PBKDF2_HMAC(reinterpret_cast<const char*>(password.data()), static_cast<int>(password.size()), salt.data(),
                           static_cast<int>(salt.size()), static_cast<int>(iterations), digest, static_cast<int>(length), bytes);
  }
  return ok ? newBytes(out.data(), out.size()) : raise(ValueErrorType, "key derivation failed");
}

Value scryptFunction(Value, const Value* argv) {
  Bytes password(argv[0]);
  if (!password.ok()) return Value();
  for (int i : {1, 2, 3, 4})
    if (!argv[i] || isNone(argv[i])) return raise(TypeErrorType, i == 1 ? "salt is required" : "n is required and must be an unsigned int");
  Bytes salt(argv[1]);
  if (!salt.ok()) return Value();
  int64_t n = toInt64(argv[2]), r = toInt64(argv[3]), p = toInt64(argv[4]);
  int64_t memory = argv[5] ? toInt64(argv[5]) : 0, length = argv[6] ? toInt64(argv[6]) : 64;
  if (errorSet()) return Value();
  if (n < 2 || (n & (n - 1))) return raise(ValueErrorType, "n must be a power of 2.");
  if (r < 0 || p < 0) return raise(TypeErrorType, "%s is required and must be an unsigned int", r < 0 ? "r" : "p");
  if (memory < 0 || memory > INT32_MAX) return raise(ValueErrorType, "maxmem must be positive and smaller than %d", INT32_MAX);
  if (length < 1 || length > INT32_MAX) return raise(ValueErrorType, "dklen must be greater than 0 and smaller than %d", INT32_MAX);
  RawOutput out;
  uint8_t* const bytes = out.open(static_cast<size_t>(length));
  if (!bytes) return raiseNoMemory();
  out.commit(static_cast<size_t>(length));
  int ok;
  {
    Blocking release;
    ok = EVP_PBE_scrypt(reinterpret_cast<const char*>(password.data()), password.size(), salt.data(), salt.size(),
                        static_cast<uint64_t>(n), static_cast<uint64_t>(r), static_cast<uint64_t>(p), static_cast<uint64_t>(memory),
                        bytes, out.size());
  }
  return ok ? newBytes(out.data(), out.size()) : raise(ValueErrorType, "Invalid parameter combination for n, r, p, maxmem.");
}

Value hmacDigestFunction(Value, const Value* argv) {
  const char* shown;
  const EVP_MD* digest = digestOf(argv[2], &shown);
  if (!digest) return Value();
  Bytes key(argv[0]);
  if (!key.ok()) return Value();
  Bytes message(argv[1]);
  if (!message.ok()) return Value();
  uint8_t out[EVP_MAX_MD_SIZE];
  unsigned n = 0;
  if (!HMAC(digest, key.data(), static_cast<int>(key.size()), message.data(), message.size(), out, &n))
    return raise(ValueErrorType, "HMAC failed");
  return newBytes(out, n);
}

Value compareDigestFunction(Value, const Value* argv) {
  Value a = argv[0], b = argv[1];
  if (isStr(a) && isStr(b)) {
    if (!(asStr(a)->flags & kStrAscii) || !(asStr(b)->flags & kStrAscii))
      return raise(TypeErrorType, "comparing strings with non-ASCII characters is not supported");
    return boolean(asStr(a)->length == asStr(b)->length &&
                   CRYPTO_memcmp(asStr(a)->data(), asStr(b)->data(), static_cast<size_t>(asStr(a)->length)) == 0);
  }
  if (!readyTypeOf(a)->buffer && !readyTypeOf(b)->buffer)
    return raise(TypeErrorType, "unsupported operand types(s) or combination of types: '%.100T' and '%.100T'", a, b);
  Bytes x(a), y(b);
  if (!x.ok() || !y.ok()) return Value();
  return boolean(x.size() == y.size() && CRYPTO_memcmp(x.data(), y.data(), x.size()) == 0);
}
Value fipsFunction(Value) { return Value::ofSmallInt(0); }

// ---- HMAC objects ------------------------------------------------------------------------------

struct HmacObject { Object header; Turn turn; HMAC_CTX* context; const char* name; };
extern Type hmacType;
HmacObject* hmac(Value v) { return v.as<HmacObject>(); }

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"
void updateHmac(void* state, const void* bytes, size_t n) { HMAC_Update(static_cast<HMAC_CTX*>(state), static_cast<const uint8_t*>(bytes), n); }
Value hmacNewFunction(Value, const Value* argv) {
  if (!argv[2]) return raise(TypeErrorType, "Missing required parameter 'digestmod'.");
  const char* shown;
  const EVP_MD* digest = digestOf(argv[2], &shown);
  if (!digest) return Value();
  Bytes key(argv[0]);
  if (!key.ok()) return Value();
  Ref o{Value(newObject(&hmacType.instanceLayout))};
  if (!o) return Value();
  hmac(o)->name = shown;
  hmac(o)->context = HMAC_CTX_new();
  static const uint8_t nothing = 0;
  if (!HMAC_Init_ex(hmac(o)->context, key.size() ? key.data() : &nothing, static_cast<int>(key.size()), digest, nullptr))
    return raise(ValueErrorType, "HMAC failed");
  if (argv[1] && !isNone(argv[1]) && feed(argv[1], hmac(o)->turn, updateHmac, hmac(o)->context) < 0) return Value();
  return o.release();
}
Value hmacUpdate(Value self, const Value* argv) { return feed(argv[0], hmac(self)->turn, updateHmac, hmac(self)->context) < 0 ? Value() : newRef(none()); }
unsigned hmacFinish(Value self, uint8_t* out) {
  TakeTurn held(hmac(self)->turn);
  HMAC_CTX* copy = HMAC_CTX_new();
  unsigned n = 0;
  if (!HMAC_CTX_copy(copy, hmac(self)->context) || !HMAC_Final(copy, out, &n)) n = 0;
  HMAC_CTX_free(copy);
  return n;
}
Value hmacDigest(Value self) {
  uint8_t out[EVP_MAX_MD_SIZE];
  unsigned n = hmacFinish(self, out);
  return newBytes(out, n);
}
Value hmacHexdigest(Value self) {
  uint8_t out[EVP_MAX_MD_SIZE];
  unsigned n = hmacFinish(self, out);
  return hexText(out, n);
}
Value hmacCopy(Value self) {
  Object* o = newObject(&hmacType.instanceLayout);
  if (!o) return Value();
  auto* h = reinterpret_cast<HmacObject*>(o);
  h->name = hmac(self)->name;
  h->context = HMAC_CTX_new();
  TakeTurn held(hmac(self)->turn);
  HMAC_CTX_copy(h->context, hmac(self)->context);
  return Value(o);
}
void hmacDealloc(Object* o) {
  HMAC_CTX_free(reinterpret_cast<HmacObject*>(o)->context);
  freeObject(o);
}
Value hmacDigestSize(Value self, void*) { return newInt(EVP_MD_size(HMAC_CTX_get_md(hmac(self)->context))); }
Value hmacBlockSize(Value self, void*) { return newInt(EVP_MD_block_size(HMAC_CTX_get_md(hmac(self)->context))); }
#pragma clang diagnostic pop
Value hmacName(Value self, void*) { return formatText("hmac-%s", hmac(self)->name); }
Value hmacRepr(Value self) { return formatText("<%s HMAC object @ %p>", hmac(self)->name, static_cast<void*>(self.object())); }

constinit const MethodDef hmacMethods[] = {
    {"update", hmacUpdate, "($self, /, msg)"}, {"digest", hmacDigest, "($self, /)"}, {"hexdigest", hmacHexdigest, "($self, /)"},
    {"copy", hmacCopy, "($self, /)"}, {},
};
constinit const GetSetDef hmacGetSet[] = {{"digest_size", hmacDigestSize}, {"block_size", hmacBlockSize}, {"name", hmacName}, {}};
constinit Type hmacType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_hashlib.HMAC",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeOwnModule,
    .instanceLayout = {.type = &hmacType, .size = sizeof(HmacObject)},
    .dealloc = hmacDealloc,
    .repr = hmacRepr,
    .methods = hmacMethods,
    .getset = hmacGetSet,
};

#define ROW(name, index) {"openssl_" name, constructor<index>, "($module, /, string=b'', *, usedforsecurity=True)"}
constinit const MethodDef functions[] = {
    ROW("md5", kMd5), ROW("sha1", kSha1), ROW("sha224", kSha224), ROW("sha256", kSha256), ROW("sha384", kSha384),
    ROW("sha512", kSha512), ROW("sha3_224", kSha3_224), ROW("sha3_256", kSha3_256), ROW("sha3_384", kSha3_384),
    ROW("sha3_512", kSha3_512), ROW("shake_128", kShake128), ROW("shake_256", kShake256),
    {"new", newFunction, "($module, /, name, string=b'', *, usedforsecurity=True)"},
    {"pbkdf2_hmac", pbkdf2Function, "($module, /, hash_name, password, salt, iterations, dklen=None)"},
    {"scrypt", scryptFunction, "($module, /, password, *, salt=None, n=None, r=None, p=None, maxmem=0, dklen=64)"},
    {"hmac_digest", hmacDigestFunction, "($module, /, key, msg, digest)"},
    {"hmac_new", hmacNewFunction, "($module, /, key, msg=b'', digestmod=None)"},
    {"compare_digest", compareDigestFunction, "($module, a, b, /)"},
    {"get_fips_mode", fipsFunction, "($module, /)"},
    {},
};
#undef ROW

/// Which digest each of the functions named after one makes.
int32_t addConstructors(Value module) {
  static constexpr char kPrefix[] = "openssl_";
  if (!constructors) constructors = newDict();
  for (const MethodDef* row = functions; row->name; ++row) {
    if (strncmp(row->name, kPrefix, sizeof kPrefix - 1) != 0) continue;
    Ref name(newStr(row->name + sizeof kPrefix - 1));
    const Value function = dictGet(moduleDict(module), row->name);
    if (!name || !function || dictSet(constructors, function, name) < 0) return -1;
  }
  return moduleAdd(module, "_constructors", newMappingProxy(constructors));
}

int execute(Value module) {
  Ref names(newList(0));
  for (const char* n : {"md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_224", "sha3_256", "sha3_384", "sha3_512",
                        "shake_128", "shake_256", "blake2b", "blake2s", "sha512_256", "sha512_224", "sm3", "md5-sha1", "ripemd160"}) {
    Ref text(newStr(n));
    if (!names || !text || listAppend(names, text) < 0) return -1;
  }
  if (moduleAdd(module, "openssl_md_meth_names", newFrozenSet(names)) < 0) return -1;
  unsupportedDigestmodError = addModuleException(module, "_hashlib", "UnsupportedDigestmodError", ValueErrorType);
  if (!unsupportedDigestmodError || addConstructors(module) < 0) return -1;
  for (Type* t : {&hashType, &xofType, &hmacType})
    if (moduleAddType(module, t) < 0) return -1;
  return 0;
}

} // namespace

} // namespace krait::hashing

extern "C" constinit const krait::NativeModule krt_module_hashlib = {"_hashlib", krait::hashing::functions, krait::hashing::execute};
