// The _ssl module: memory buffers, sessions, random numbers, object identifiers and constants.
#include <cstring>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/rand.h>
#include <string>
#include "runtime/memory/alloc.h"
#include "runtime/modules/module_constants.h"
#include "runtime/modules/path_argument.h"
#include "runtime/modules/ssl/ssl_objects.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::tls {
namespace {

// ---- MemoryBIO ---------------------------------------------------------------------------------

Value constructBio(krait::Type* type, const Args& args) {
  if (!countArguments("MemoryBIO", args, 0, 0)) return Value();
  Ref self(allocateOf(type, 0));
  if (!self) return Value();
  asBio(self)->bio = BIO_new(BIO_s_mem());
  if (!asBio(self)->bio) return raiseSslError("failed to allocate BIO");
  BIO_set_retry_read(asBio(self)->bio);
  BIO_set_mem_eof_return(asBio(self)->bio, -1);
  return self.release();
}
void deallocBio(Object* o) {
  BIO_free(reinterpret_cast<MemoryBioObject*>(o)->bio);
  freeObject(o);
}
int64_t pendingBytes(Value self) { return static_cast<int64_t>(BIO_ctrl_pending(asBio(self)->bio)); }
Value bioPending(Value self, void*) { return newInt(pendingBytes(self)); }
Value bioEof(Value self, void*) { return boolean(pendingBytes(self) == 0 && asBio(self)->eofWritten); }
Value readBio(Value self, const Value* argv) {
  int size = -1;
  if (!intArgument(argv[0], &size)) return Value();
  const int64_t available = pendingBytes(self);
  if (size < 0 || size > available) size = static_cast<int>(available);
  if (size == 0) return newBytes(std::string_view());
  BytesRoom room;
  if (!room.make(size)) return Value();
  const int n = BIO_read(asBio(self)->bio, room.data(), size);
  return n < 0 ? raiseQueued() : room.take(n);
}
Value writeBio(Value self, Value data) {
  HeldBuffer bytes;
  if (!bytes.get(data)) return Value();
  if (bytes.size() > INT32_MAX) return raise(OverflowErrorType, "string longer than %d bytes", INT32_MAX);
  if (asBio(self)->eofWritten) return raiseSslError("cannot write() after write_eof()");
  if (bytes.size() == 0) return Value::ofSmallInt(0);
  const int n = BIO_write(asBio(self)->bio, bytes.data(), static_cast<int>(bytes.size()));
  return n < 0 ? raiseQueued() : newInt(n);
}
Value writeBioEof(Value self) {
  asBio(self)->eofWritten = true;
  BIO_clear_retry_flags(asBio(self)->bio);
  BIO_set_mem_eof_return(asBio(self)->bio, 0);
  return newRef(none());
}
constinit const MethodDef bioMethods[] = {
    {"read", readBio, "($self, size=-1, /)"}, {"write", writeBio, "($self, b, /)"}, {"write_eof", writeBioEof, "($self, /)"}, {}};
constinit const GetSetDef bioGetSet[] = {{"pending", bioPending}, {"eof", bioEof}, {}};

// ---- SSLSession --------------------------------------------------------------------------------

SSL_SESSION* sessionOf(Value v) { return v.as<SessionObject>()->session; }
void deallocSession(Object* o) {
  SSL_SESSION_free(reinterpret_cast<SessionObject*>(o)->session);
  clear(reinterpret_cast<SessionObject*>(o)->context);
  freeObject(o);
}
Value sessionId(Value self, void*) {
  unsigned n;
  const unsigned char* id = SSL_SESSION_get_id(sessionOf(self), &n);
  return newBytes(std::string_view(reinterpret_cast<const char*>(id), n));
}
Value sessionTime(Value self, void*) { return newInt(SSL_SESSION_get_time(sessionOf(self))); }
Value sessionTimeout(Value self, void*) { return newInt(SSL_SESSION_get_timeout(sessionOf(self))); }
Value sessionHasTicket(Value self, void*) { return boolean(SSL_SESSION_has_ticket(sessionOf(self))); }
Value sessionTicketHint(Value self, void*) { return newIntUnsigned(SSL_SESSION_get_ticket_lifetime_hint(sessionOf(self))); }
Value compareSessions(Value a, Value b, int op) {
  if (typeOf(a) != &sessionType || typeOf(b) != &sessionType || (op != kEq && op != kNe)) return newRef(notImplemented());
  Ref one(sessionId(a, nullptr)), other(sessionId(b, nullptr));
  return boolean((bytesView(one) == bytesView(other)) == (op == kEq));
}
int64_t hashSession(Value self) {
  Ref id(sessionId(self, nullptr));
  return id ? hash(id) : -1;
}
constinit const GetSetDef sessionGetSet[] = {{"id", sessionId},       {"time", sessionTime}, {"timeout", sessionTimeout}, {"has_ticket", sessionHasTicket},
                                             {"ticket_lifetime_hint", sessionTicketHint}, {}};

// ---- functions ---------------------------------------------------------------------------------

Value addEntropy(Value, const Value* argv) {
  const double entropy = toDouble(argv[1]);
  if (entropy == -1.0 && errorSet()) return Value();
  HeldBuffer bytes;
  Ref text(isStr(argv[0]) ? encodeStr(argv[0], "utf-8", nullptr) : newRef(argv[0]));
  if (!text || !bytes.get(text)) return Value();
  RAND_add(bytes.data(), static_cast<int>(bytes.size()), entropy);
  return newRef(none());
}
Value randomBytes(Value, Value v) {
  int n = 0;
  if (!intArgument(v, &n)) return Value();
  if (n < 0) return raise(ValueErrorType, "num must be positive");
  BytesRoom room;
  if (!room.make(n)) return Value();
  return RAND_bytes(room.data(), n) == 1 ? room.take() : raiseQueued();
}
Value pseudoRandomBytes(Value module, Value v) {
  if (warn(DeprecationWarningType, 1, "ssl.RAND_pseudo_bytes() is deprecated") < 0) return Value();
  Ref bytes(randomBytes(module, v));
  return bytes ? newTuple({bytes.get(), boolean(true)}) : Value();
}
Value randomStatus(Value) { return boolean(RAND_status() == 1); }

Value verifyPaths(Value) {
  Ref parts[] = {Ref(newStr(X509_get_default_cert_file_env())), Ref(newStr(X509_get_default_cert_file())), Ref(newStr(X509_get_default_cert_dir_env())),
                 Ref(newStr(X509_get_default_cert_dir()))};
  return newTuple({parts[0].get(), parts[1].get(), parts[2].get(), parts[3].get()});
}

/// (number, short name, long name, dotted identifier)
Value objectTuple(const ASN1_OBJECT* object) {
  const int nid = OBJ_obj2nid(object);
  if (nid == NID_undef) return raise(ValueErrorType, "Unknown object");
  char dotted[256];
  OBJ_obj2txt(dotted, sizeof dotted, object, 1);
  Ref shortName(newStr(OBJ_nid2sn(nid))), longName(newStr(OBJ_nid2ln(nid))), id(newStr(dotted));
  return newTuple({newInt(nid), shortName.get(), longName.get(), id.get()});
}
Value textToObject(Value, const Value* argv) {
  bool byName = false;
  if (!isStr(argv[0])) return raise(TypeErrorType, "txt2obj() argument 'txt' must be str, not %T", argv[0]);
  if (!truthArgument(argv[1], &byName)) return Value();
  Utf8 text(argv[0]);
  if (!text.ok()) return Value();
  ASN1_OBJECT* object = OBJ_txt2obj(text.data(), byName ? 0 : 1);
  if (!object) return ERR_clear_error(), raise(ValueErrorType, "unknown object '%.100s'", text.data());
  Value result = objectTuple(object);
  ASN1_OBJECT_free(object);
  return result;
}
Value numberToObject(Value, Value v) {
  int nid = 0;
  if (!intArgument(v, &nid)) return Value();
  if (nid < NID_undef) return raise(ValueErrorType, "NID must be positive");
  const ASN1_OBJECT* object = OBJ_nid2obj(nid);
  return object ? objectTuple(object) : (ERR_clear_error(), raise(ValueErrorType, "unknown NID %d", nid));
}

constinit const MethodDef functions[] = {
    {"RAND_add", addEntropy, "($module, string, entropy, /)"},
    {"RAND_bytes", randomBytes, "($module, n, /)"},
    {"RAND_pseudo_bytes", pseudoRandomBytes, "($module, n, /)"},
    {"RAND_status", randomStatus, "($module, /)"},
    {"get_default_verify_paths", verifyPaths, "($module, /)"},
    {"txt2obj", textToObject, "($module, /, txt, name=False)"},
    {"nid2obj", numberToObject, "($module, nid, /)"},
    {},
};

constexpr ModuleConstant constants[] = {
#define KRAIT_SSL_CONSTANT(name, value) {#name, value},
#include "runtime/modules/ssl/constants.def"
#undef KRAIT_SSL_CONSTANT
};

/// (major, minor, fix, patch, status)
Value versionTuple(unsigned long number) {
  return newTuple({newInt(static_cast<int64_t>(number >> 28 & 0xf)), newInt(static_cast<int64_t>(number >> 20 & 0xff)),
                   newInt(static_cast<int64_t>(number >> 12 & 0xff)), newInt(static_cast<int64_t>(number >> 4 & 0xff)),
                   newInt(static_cast<int64_t>(number & 0xf))});
}

int execute(Value module) {
  if (addErrors(module) < 0 || moduleAddMethods(module, certificateFunctions) < 0 || moduleAddConstants(module, constants) < 0) return -1;
  for (krait::Type* t : {&contextType, &connectionType, &memoryBioType, &sessionType, &certificateType})
    if (moduleAddType(module, t) < 0) return -1;
  for (const char* feature : {"HAS_SNI", "HAS_ECDH", "HAS_ALPN", "HAS_TLS_UNIQUE", "HAS_TLSv1", "HAS_TLSv1_1", "HAS_TLSv1_2", "HAS_TLSv1_3"})
    if (moduleAdd(module, feature, boolean(true)) < 0) return -1;
  for (const char* missing : {"HAS_NPN", "HAS_SSLv2", "HAS_SSLv3"})
    if (moduleAdd(module, missing, boolean(false)) < 0) return -1;
  if (moduleAdd(module, "OPENSSL_VERSION_NUMBER", newIntUnsigned(OpenSSL_version_num())) < 0 ||
      moduleAdd(module, "OPENSSL_VERSION", newStr(OpenSSL_version(OPENSSL_VERSION))) < 0 ||
      moduleAdd(module, "OPENSSL_VERSION_INFO", versionTuple(OpenSSL_version_num())) < 0 ||
      moduleAdd(module, "_OPENSSL_API_VERSION", versionTuple(OPENSSL_VERSION_NUMBER)) < 0 ||
      moduleAdd(module, "_DEFAULT_CIPHERS", newStr("ALL:!COMPLEMENTOFDEFAULT:!eNULL")) < 0)
    return -1;
  for (const char* table : {"err_codes_to_names", "err_names_to_codes", "lib_codes_to_names"})
    if (moduleAdd(module, table, newDict()) < 0) return -1;
  return 0;
}

} // namespace

constinit krait::Type memoryBioType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_ssl.MemoryBIO",
    .base = &objectType,
    .flags = kTypeOwnModule,
    .instanceLayout = {.type = &memoryBioType, .size = sizeof(MemoryBioObject)},
    .dealloc = deallocBio,
    .construct = constructBio,
    .methods = bioMethods,
    .getset = bioGetSet,
};

constinit krait::Type sessionType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_ssl.SSLSession",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeOwnModule,
    .instanceLayout = {.type = &sessionType, .size = sizeof(SessionObject)},
    .dealloc = deallocSession,
    .hash = hashSession,
    .compare = compareSessions,
    .getset = sessionGetSet,
};

} // namespace krait::tls

extern "C" constinit const krait::NativeModule krt_module_ssl = {"_ssl", krait::tls::functions, krait::tls::execute};
