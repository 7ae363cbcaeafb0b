// _SSLContext: certificates, trust, protocol versions and the callbacks of handshakes.
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <openssl/dh.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <string>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/path_argument.h"
#include "runtime/modules/ssl/default_trust.h"
#include "runtime/modules/ssl/ssl_objects.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/blocking.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/weakref.h"

namespace krait::tls {
namespace {

enum Protocol : int { kTls = 2, kTlsV1 = 3, kTlsV11 = 4, kTlsV12 = 5, kTlsClient = 16, kTlsServer = 17 };
enum VerifyMode : int { kCertNone = 0, kCertOptional = 1, kCertRequired = 2 };

int32_t setVerifyModeTo(ContextObject* c, int mode) {
  int flags = SSL_VERIFY_NONE;
  if (mode == kCertOptional) flags = SSL_VERIFY_PEER;
  else if (mode == kCertRequired) flags = SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
  else if (mode != kCertNone) return fail(ValueErrorType, "invalid value for verify_mode");
  if (flags == SSL_VERIFY_NONE && c->checkHostname)
    return fail(ValueErrorType, "Cannot set verify_mode to CERT_NONE when check_hostname is enabled.");
  SSL_CTX_set_verify(c->context, flags, nullptr);
  return 0;
}

const SSL_METHOD* methodFor(int protocol) {
  switch (protocol) {
  case kTls:
  case kTlsV1:
  case kTlsV11:
  case kTlsV12: return TLS_method();
  case kTlsClient: return TLS_client_method();
  case kTlsServer: return TLS_server_method();
  default: return nullptr;
  }
}

/// The one version that a protocol of the old kind allows; 0 for the others.
int onlyVersionOf(int protocol) {
  return protocol == kTlsV1 ? TLS1_VERSION : protocol == kTlsV11 ? TLS1_1_VERSION : protocol == kTlsV12 ? TLS1_2_VERSION : 0;
}

Value construct(krait::Type* type, const Args& args) {
  if (!countArguments("_SSLContext", args, 1, 1)) return Value();
  int protocol = 0;
  if (!intArgument(args[0], &protocol)) return Value();
  const SSL_METHOD* method = methodFor(protocol);
  if (!method) return raise(ValueErrorType, "invalid or unsupported protocol version %d", protocol);
  if (protocol != kTlsClient && protocol != kTlsServer &&
      warn(DeprecationWarningType, 2, protocol == kTls ? "ssl.PROTOCOL_TLS is deprecated" : "ssl.PROTOCOL_TLSv1%s is deprecated",
           protocol == kTlsV11 ? "_1" : protocol == kTlsV12 ? "_2" : "") < 0)
    return Value();
  Ref self(allocateOf(type, 0));
  if (!self) return Value();
  ContextObject* c = asContext(self);
  c->context = SSL_CTX_new(method);
  if (!c->context) return raiseQueued();
  c->protocol = protocol;
  if (const int version = onlyVersionOf(protocol)) {
    SSL_CTX_set_min_proto_version(c->context, version);
    SSL_CTX_set_max_proto_version(c->context, version);
  }
  c->hostFlags = X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS;
  c->checkHostname = protocol == kTlsClient;
  if (setVerifyModeTo(c, protocol == kTlsClient ? kCertRequired : kCertNone) < 0) return Value();
  SSL_CTX_set_options(c->context, (SSL_OP_ALL & ~SSL_OP_DONT_INSERT_EMPTY_FRAGMENTS) | SSL_OP_NO_SSLv2 | SSL_OP_NO_SSLv3 | SSL_OP_NO_COMPRESSION |
                                      SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_SINGLE_DH_USE | SSL_OP_SINGLE_ECDH_USE | SSL_OP_ENABLE_MIDDLEBOX_COMPAT |
                                      SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_cipher_list(c->context, "DEFAULT:!aNULL:!eNULL:!MD5:!3DES:!DES:!RC4:!IDEA:!SEED:!aDSS:!SRP:!PSK");
  SSL_CTX_set_mode(c->context, SSL_MODE_RELEASE_BUFFERS);
  constexpr unsigned char kSessionContext[] = "Python";
  SSL_CTX_set_session_id_context(c->context, kSessionContext, sizeof kSessionContext);
  X509_VERIFY_PARAM* parameters = SSL_CTX_get0_param(c->context);
  X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_TRUSTED_FIRST);
  X509_VERIFY_PARAM_set_hostflags(parameters, c->hostFlags);
  SSL_CTX_set_post_handshake_auth(c->context, 0);
  gcTrack(self.get().object());
  return self.release();
}
int32_t init(Value, const Args&) { return 0; }

int traverse(Object* o, Visit visit, void* context) {
  auto* c = reinterpret_cast<ContextObject*>(o);
  for (Value v : {c->sniCallback, c->messageCallback})
    if (int stop = visit(v, context)) return stop;
  return 0;
}
void clearParts(Object* o) {
  auto* c = reinterpret_cast<ContextObject*>(o);
  clear(c->sniCallback);
  clear(c->messageCallback);
}
void dealloc(Object* o) {
  gcUntrack(o);
  auto* c = reinterpret_cast<ContextObject*>(o);
  if (c->weakrefs) clearWeakrefs(o);
  clearParts(o);
  clear(c->keylogName);
  if (c->context) { // connections may keep it: what it calls us with is gone
    SSL_CTX_set_tlsext_servername_callback(c->context, nullptr);
    SSL_CTX_set_alpn_select_cb(c->context, nullptr, nullptr);
    SSL_CTX_set_keylog_callback(c->context, nullptr);
    SSL_CTX_free(c->context);
  }
  if (c->keylog) fclose(c->keylog);
  delete[] c->alpn;
  freeObject(o);
}

// ---- attributes --------------------------------------------------------------------------------

Value getVerifyMode(Value self, void*) {
  const int mode = SSL_CTX_get_verify_mode(asContext(self)->context) & (SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT);
  return Value::ofSmallInt(mode == SSL_VERIFY_NONE ? kCertNone : mode == SSL_VERIFY_PEER ? kCertOptional : kCertRequired);
}
int32_t setVerifyMode(Value self, Value v, void*) {
  int mode = 0;
  return v && intArgument(v, &mode) ? setVerifyModeTo(asContext(self), mode) : -1;
}
Value getCheckHostname(Value self, void*) { return boolean(asContext(self)->checkHostname); }
int32_t setCheckHostname(Value self, Value v, void*) {
  bool on = false;
  if (!v || !truthArgument(v, &on)) return -1;
  ContextObject* c = asContext(self);
  if (on && SSL_CTX_get_verify_mode(c->context) == SSL_VERIFY_NONE && setVerifyModeTo(c, kCertRequired) < 0) return -1;
  c->checkHostname = on;
  return 0;
}
Value getOptions(Value self, void*) { return newIntUnsigned(SSL_CTX_get_options(asContext(self)->context)); }
int32_t setOptions(Value self, Value v, void*) {
  Ref number(v ? index(v) : Value());
  if (!number) return -1;
  if (intSign(number) < 0) return fail(OverflowErrorType, "can't convert negative int to unsigned");
  const uint64_t wanted = intToUint64Mask(number), now = SSL_CTX_get_options(asContext(self)->context);
  constexpr uint64_t kVersions = SSL_OP_NO_SSLv2 | SSL_OP_NO_SSLv3 | SSL_OP_NO_TLSv1 | SSL_OP_NO_TLSv1_1 | SSL_OP_NO_TLSv1_2 | SSL_OP_NO_TLSv1_3;
  if ((wanted & ~now & kVersions & ~SSL_OP_NO_SSLv2) && warn(DeprecationWarningType, 2, "ssl.OP_NO_SSL*/ssl.OP_NO_TLS* options are deprecated") < 0)
    return -1;
  SSL_CTX_clear_options(asContext(self)->context, now & ~wanted);
  SSL_CTX_set_options(asContext(self)->context, wanted & ~now);
  return 0;
}
Value getVerifyFlags(Value self, void*) { return newIntUnsigned(X509_VERIFY_PARAM_get_flags(SSL_CTX_get0_param(asContext(self)->context))); }
int32_t setVerifyFlags(Value self, Value v, void*) {
  int64_t wanted = v ? toInt64(v) : -1;
  if (wanted == -1 && (errorSet() || !v)) return -1;
  X509_VERIFY_PARAM* parameters = SSL_CTX_get0_param(asContext(self)->context);
  const auto now = X509_VERIFY_PARAM_get_flags(parameters), next = static_cast<unsigned long>(wanted);
  X509_VERIFY_PARAM_clear_flags(parameters, now & ~next);
  X509_VERIFY_PARAM_set_flags(parameters, next & ~now);
  return 0;
}

constexpr int kMinimumSupported = -2, kMaximumSupported = -1;
Value shownVersion(int version, bool isMinimum) {
  return Value::ofSmallInt(version == 0 ? (isMinimum ? kMinimumSupported : kMaximumSupported) : version);
}
Value getMinimum(Value self, void*) { return shownVersion(static_cast<int>(SSL_CTX_get_min_proto_version(asContext(self)->context)), true); }
Value getMaximum(Value self, void*) { return shownVersion(static_cast<int>(SSL_CTX_get_max_proto_version(asContext(self)->context)), false); }
int32_t setVersion(Value self, Value v, bool isMinimum) {
  int version = 0;
  if (!v || !intArgument(v, &version)) return -1;
  ContextObject* c = asContext(self);
  if (c->protocol != kTls && c->protocol != kTlsClient && c->protocol != kTlsServer)
    return fail(ValueErrorType, "The context's protocol doesn't support modification of highest and lowest version.");
  if (version == SSL3_VERSION || version == TLS1_VERSION || version == TLS1_1_VERSION) {
    const char* name = version == SSL3_VERSION ? "SSLv3" : version == TLS1_VERSION ? "TLSv1" : "TLSv1_1";
    if (warn(DeprecationWarningType, 2, "ssl.TLSVersion.%s is deprecated", name) < 0) return -1;
  }
  if (version == kMinimumSupported) version = isMinimum ? 0 : TLS1_VERSION;
  else if (version == kMaximumSupported) version = isMinimum ? TLS1_3_VERSION : 0;
  const long done = isMinimum ? SSL_CTX_set_min_proto_version(c->context, version) : SSL_CTX_set_max_proto_version(c->context, version);
  return done ? 0 : fail(ValueErrorType, "Unsupported protocol version 0x%s", std::to_string(version).c_str());
}
int32_t setMinimum(Value self, Value v, void*) { return setVersion(self, v, true); }
int32_t setMaximum(Value self, Value v, void*) { return setVersion(self, v, false); }

Value getHostFlags(Value self, void*) { return newInt(asContext(self)->hostFlags); }
int32_t setHostFlags(Value self, Value v, void*) {
  int flags = 0;
  if (!v || !intArgument(v, &flags)) return -1;
  asContext(self)->hostFlags = static_cast<unsigned>(flags);
  X509_VERIFY_PARAM_set_hostflags(SSL_CTX_get0_param(asContext(self)->context), static_cast<unsigned>(flags));
  return 0;
}
Value getProtocol(Value self, void*) { return Value::ofSmallInt(asContext(self)->protocol); }
Value getSecurityLevel(Value self, void*) { return newInt(SSL_CTX_get_security_level(asContext(self)->context)); }
Value getTickets(Value self, void*) { return newInt(static_cast<int64_t>(SSL_CTX_get_num_tickets(asContext(self)->context))); }
int32_t setTickets(Value self, Value v, void*) {
  int n = 0;
  if (!v || !intArgument(v, &n)) return -1;
  if (n < 0) return fail(ValueErrorType, "value must be non-negative");
  if (asContext(self)->protocol != kTlsServer) return fail(ValueErrorType, "SSLContext is not a server context.");
  return SSL_CTX_set_num_tickets(asContext(self)->context, static_cast<size_t>(n)) == 1 ? 0 : fail(ValueErrorType, "failed to set num tickets.");
}
Value getPostHandshake(Value self, void*) { return boolean(asContext(self)->postHandshakeAuth); }
int32_t setPostHandshake(Value self, Value v, void*) {
  bool on = false;
  if (!v) return fail(AttributeErrorType, "cannot delete attribute");
  if (!truthArgument(v, &on)) return -1;
  asContext(self)->postHandshakeAuth = on; // newConnection says it to OpenSSL
  return 0;
}
Value getMessageCallback(Value self, void*) { return asContext(self)->messageCallback ? newRef(asContext(self)->messageCallback) : newRef(none()); }
/// Shows each message of the protocol to the program.
void onMessage(int isWritten, int version, int contentType, const void* data, size_t size, SSL* ssl, void*) {
  Unblocking held;
  auto* connection = static_cast<ConnectionObject*>(SSL_get_app_data(ssl));
  ContextObject* c = connection ? asContext(connection->context) : nullptr;
  if (!c || !c->messageCallback || connection->callbackError) return;
  const auto* bytes = static_cast<const unsigned char*>(data);
  int kind = -1;
  switch (contentType) {
  case SSL3_RT_CHANGE_CIPHER_SPEC: kind = SSL3_MT_CHANGE_CIPHER_SPEC; break;
  case SSL3_RT_ALERT: kind = bytes[1]; break; // after its level
  case SSL3_RT_HEADER: version = bytes[1] << 8 | bytes[2]; [[fallthrough]];
  case SSL3_RT_HANDSHAKE:
  case SSL3_RT_INNER_CONTENT_TYPE: kind = bytes[0]; break;
  default: break;
  }
  Value target = connection->owner ? connection->owner : connection->socket;
  Ref owner(target ? call(target) : newRef(Value(&connection->header))), callback = Ref::share(c->messageCallback);
  Ref direction(newStr(isWritten ? "write" : "read")), text(newBytes(data, size));
  Ref done(owner && direction && text ? call(callback, {owner.get(), direction.get(), newInt(version), newInt(contentType), newInt(kind), text.get()})
                                      : Value());
  if (!done) connection->callbackError = errorTake().release();
}
int32_t setMessageCallback(Value self, Value v, void*) {
  const bool off = !v || isNone(v);
  SSL_CTX_set_msg_callback(asContext(self)->context, off || !isCallable(v) ? nullptr : onMessage);
  if (!off && !isCallable(v)) return fail(TypeErrorType, "not a callable object");
  assign(asContext(self)->messageCallback, off ? Value() : newRef(v));
  return 0;
}

void writeKey(const SSL* ssl, const char* line) {
  auto* c = static_cast<ContextObject*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl)));
  if (!c || !c->keylog) return;
  fprintf(c->keylog, "%s\n", line);
  fflush(c->keylog);
}
Value getKeylog(Value self, void*) { return asContext(self)->keylogName ? newRef(asContext(self)->keylogName) : newRef(none()); }
int32_t setKeylog(Value self, Value v, void*) {
  ContextObject* c = asContext(self);
  if (c->keylog) fclose(c->keylog);
  c->keylog = nullptr;
  clear(c->keylogName);
  SSL_CTX_set_keylog_callback(c->context, nullptr);
  if (!v || isNone(v)) return 0;
  Ref name(fileSystemPath(v));
  if (!name) return -1;
  FILE* file = fopen(bytesView(name).data(), "a");
  if (!file) return raiseOsError(errno, v), -1;
  if (fseek(file, 0, SEEK_END) == 0 && ftell(file) == 0) fputs("# TLS secrets log file, generated by OpenSSL / Python\n", file);
  fflush(file);
  c->keylog = file;
  c->keylogName = newRef(v);
  SSL_CTX_set_app_data(c->context, reinterpret_cast<char*>(c));
  SSL_CTX_set_keylog_callback(c->context, writeKey);
  return 0;
}

// ---- names of servers --------------------------------------------------------------------------

/// The callback gets (connection's owner, name or None, context) and may answer with an alert.
int onServerName(SSL* ssl, int* alert, void* argument) {
  Unblocking held;
  auto* c = static_cast<ContextObject*>(argument);
  if (!c->sniCallback) return SSL_TLSEXT_ERR_NOACK;
  auto* connection = static_cast<ConnectionObject*>(SSL_get_app_data(ssl));
  const char* name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
  Value target = connection->owner ? connection->owner : connection->socket;
  Ref owner(target ? call(target) : newRef(none()));
  Ref text(name ? newStr(name) : newRef(none()));
  Ref callback = Ref::share(c->sniCallback), keep = Ref::share(Value(&c->header));
  Ref result(owner && text ? call(callback, {owner.get(), text.get(), Value(&c->header)}) : Value());
  if (!result) {
    errorUnraisable(nullptr, callback);
    *alert = SSL_AD_HANDSHAKE_FAILURE;
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  if (isNone(result)) return SSL_TLSEXT_ERR_OK;
  int code = 0;
  if (!intArgument(result, &code)) {
    errorUnraisable(nullptr, result);
    code = SSL_AD_INTERNAL_ERROR;
  }
  *alert = code;
  return SSL_TLSEXT_ERR_ALERT_FATAL;
}
void setNameCallback(ContextObject* c, int (*callback)(SSL*, int*, void*)) { SSL_CTX_set_tlsext_servername_callback(c->context, callback); }
Value getSni(Value self, void*) { return asContext(self)->sniCallback ? newRef(asContext(self)->sniCallback) : newRef(none()); }
int32_t setSni(Value self, Value v, void*) {
  ContextObject* c = asContext(self);
  if (c->protocol == kTlsClient) return fail(ValueErrorType, "sni_callback cannot be set on TLS_CLIENT context");
  const bool off = !v || isNone(v);
  if (!off && !isCallable(v)) {
    setNameCallback(c, nullptr);
    return fail(TypeErrorType, "not a callable object");
  }
  assign(c->sniCallback, off ? Value() : newRef(v));
  setNameCallback(c, off ? nullptr : onServerName);
  SSL_CTX_set_tlsext_servername_arg(c->context, c);
  return 0;
}

// ---- protocols above (ALPN) --------------------------------------------------------------------

int onSelectProtocol(SSL*, const unsigned char** out, unsigned char* size, const unsigned char* offered, unsigned offeredSize, void* argument) {
  auto* c = static_cast<ContextObject*>(argument);
  unsigned char* chosen;
  const int status = SSL_select_next_proto(&chosen, size, c->alpn, c->alpnSize, offered, offeredSize);
  *out = chosen;
  return status == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}
Value setAlpn(Value self, Value v) {
  HeldBuffer protocols;
  if (!protocols.get(v)) return Value();
  ContextObject* c = asContext(self);
  delete[] c->alpn;
  c->alpnSize = static_cast<unsigned>(protocols.size());
  c->alpn = new unsigned char[c->alpnSize + 1];
  memcpy(c->alpn, protocols.data(), c->alpnSize);
  if (SSL_CTX_set_alpn_protos(c->context, c->alpn, c->alpnSize)) return raiseNoMemory();
  SSL_CTX_set_alpn_select_cb(c->context, onSelectProtocol, c);
  return newRef(none());
}

// ---- certificates and trust --------------------------------------------------------------------

struct Password {
  Value source; // str, bytes, bytearray or callable
  std::string text;
  bool failed = false;
};

bool passwordText(Password* p, Value v, const char* wrongType) {
  if (isStr(v)) {
    Utf8 utf8(v);
    if (!utf8.ok()) return false;
    p->text = utf8.view();
  } else if (isBytes(v) || isByteArray(v)) {
    HeldBuffer bytes;
    if (!bytes.get(v)) return false;
    p->text.assign(reinterpret_cast<char*>(bytes.data()), static_cast<size_t>(bytes.size()));
  } else {
    return raise(TypeErrorType, "%s", wrongType), false;
  }
  constexpr size_t kMost = PEM_BUFSIZE;
  if (p->text.size() <= kMost) return true;
  raise(ValueErrorType, "password cannot be longer than %d bytes", static_cast<int>(kMost));
  return false;
}
int onPassword(char* out, int size, int, void* argument) {
  auto* p = static_cast<Password*>(argument);
  Unblocking held;
  if (isCallable(p->source)) {
    Ref given(call(p->source));
    if (!given || !passwordText(p, given, "password callback must return a string")) return p->failed = true, -1;
  }
  if (p->text.size() > static_cast<size_t>(size)) {
    raise(ValueErrorType, "password cannot be longer than %d bytes", size);
    return p->failed = true, -1;
  }
  memcpy(out, p->text.data(), p->text.size());
  return static_cast<int>(p->text.size());
}

Value loadChain(Value self, const Value* argv) {
  ContextObject* c = asContext(self);
  auto path = [](Value v, const char* message) {
    Value bytes = fileSystemPath(v);
    if (!bytes && errorClearIf(TypeErrorType)) raise(TypeErrorType, "%s", message);
    return bytes;
  };
  Ref certificate(path(argv[0], "certfile should be a valid filesystem path"));
  if (!certificate) return Value();
  Ref key(argv[1] && !isNone(argv[1]) ? path(argv[1], "keyfile should be a valid filesystem path") : newRef(certificate));
  if (!key) return Value();
  Password password{argv[2] && !isNone(argv[2]) ? argv[2] : Value(), {}};
  if (password.source) {
    if (!isCallable(password.source) && !passwordText(&password, password.source, "password should be a string or callable")) return Value();
    SSL_CTX_set_default_passwd_cb(c->context, onPassword);
    SSL_CTX_set_default_passwd_cb_userdata(c->context, &password);
  }
  ERR_clear_error();
  errno = 0;
  int error;
  auto step = [&](auto operation) {
    Blocking release;
    const int done = operation();
    error = errno;
    return done == 1;
  };
  bool good = step([&] { return SSL_CTX_use_certificate_chain_file(c->context, bytesView(certificate).data()); });
  if (good) good = step([&] { return SSL_CTX_use_PrivateKey_file(c->context, bytesView(key).data(), SSL_FILETYPE_PEM); });
  if (good) good = step([&] { return SSL_CTX_check_private_key(c->context); });
  SSL_CTX_set_default_passwd_cb(c->context, nullptr);
  SSL_CTX_set_default_passwd_cb_userdata(c->context, nullptr);
  if (good) return newRef(none());
  if (password.failed) return ERR_clear_error(), Value();
  if (error == ENOENT || error == EACCES) return ERR_clear_error(), raiseOsError(error);
  return raiseQueued();
}

/// Certificates given as text (PEM) or bytes (DER), all of them added to the store.
int32_t addAuthorities(ContextObject* c, const std::string& data, bool isPem) {
  BIO* bio = BIO_new_mem_buf(data.data(), static_cast<int>(data.size()));
  X509_STORE* store = SSL_CTX_get_cert_store(c->context);
  int loaded = 0;
  bool broken = false;
  for (;;) {
    X509* certificate = isPem ? PEM_read_bio_X509(bio, nullptr, nullptr, nullptr) : d2i_X509_bio(bio, nullptr);
    if (!certificate) break;
    // One that is there already is no error.
    if (X509_STORE_add_cert(store, certificate)) ++loaded;
    else if (ERR_GET_REASON(ERR_peek_last_error()) == X509_R_CERT_ALREADY_IN_HASH_TABLE) ++loaded, ERR_clear_error();
    else broken = true;
    X509_free(certificate);
    if (broken) break;
  }
  const unsigned long code = ERR_peek_last_error();
  BIO_free(bio);
  if (loaded == 0) {
    ERR_clear_error();
    return raiseSslError(isPem ? "no start line: cadata does not contain a certificate" : "not enough data: cadata does not contain a certificate"), -1;
  }
  const bool atEnd = isPem ? ERR_GET_REASON(code) == PEM_R_NO_START_LINE : ERR_GET_LIB(code) == ERR_LIB_ASN1;
  if (code && !atEnd) return raiseQueued(), -1;
  ERR_clear_error();
  return 0;
}

Value loadLocations(Value self, const Value* argv) {
  auto given = [](Value v) { return v && !isNone(v); };
  if (!given(argv[0]) && !given(argv[1]) && !given(argv[2])) return raise(TypeErrorType, "cafile, capath and cadata cannot be all omitted");
  ContextObject* c = asContext(self);
  Ref file, folder;
  if (given(argv[0])) {
    file.reset(fileSystemPath(argv[0]));
    if (!file) return errorClearIf(TypeErrorType) ? raise(TypeErrorType, "cafile should be a valid filesystem path") : Value();
  }
  if (given(argv[1])) {
    folder.reset(fileSystemPath(argv[1]));
    if (!folder) return errorClearIf(TypeErrorType) ? raise(TypeErrorType, "capath should be a valid filesystem path") : Value();
  }
  if (given(argv[2])) {
    std::string data;
    const bool isPem = isStr(argv[2]);
    HeldBuffer bytes;
    if (isPem) {
      Ref ascii(encodeStr(argv[2], "ascii", nullptr));
      if (!ascii) return errorClear(), raise(TypeErrorType, "cadata should be an ASCII string or a bytes-like object");
      data = bytesView(ascii);
    } else if (bytes.get(argv[2])) {
      data.assign(reinterpret_cast<char*>(bytes.data()), static_cast<size_t>(bytes.size()));
    } else {
      return errorClear(), raise(TypeErrorType, "cadata should be an ASCII string or a bytes-like object");
    }
    if (data.empty()) return raise(ValueErrorType, "Empty certificate data");
    if (addAuthorities(c, data, isPem) < 0) return Value();
  }
  if (!file && !folder) return newRef(none());
  errno = 0;
  ERR_clear_error();
  int done, error;
  {
    Blocking release;
    done = SSL_CTX_load_verify_locations(c->context, file ? bytesView(file).data() : nullptr, folder ? bytesView(folder).data() : nullptr);
    error = errno;
  }
  if (done == 1) return newRef(none());
  if (error == ENOENT || error == EACCES) return ERR_clear_error(), raiseOsError(error);
  return raiseQueued();
}
Value setDefaultPaths(Value self) { return trustDefaultPaths(asContext(self)->context) ? newRef(none()) : raiseQueued(); }

// ---- connections -------------------------------------------------------------------------------

Value wrapSocket(Value self, const Value* argv) {
  bool server = false;
  if (!truthArgument(argv[1], &server)) return Value();
  return newConnection(self, argv[0], nullptr, nullptr, server, argv[2], argv[3], argv[4]);
}
Value wrapBio(Value self, const Value* argv) {
  bool server = false;
  for (int i : {0, 1})
    if (typeOf(argv[i]) != &memoryBioType)
      return raise(TypeErrorType, "_wrap_bio() argument '%s' must be _ssl.MemoryBIO, not %T", i ? "outgoing" : "incoming", argv[i]);
  if (!truthArgument(argv[2], &server)) return Value();
  return newConnection(self, Value(), asBio(argv[0])->bio, asBio(argv[1])->bio, server, argv[3], argv[4], argv[5]);
}

constinit const MethodDef methods[] = {
    {"_wrap_socket", wrapSocket, "($self, /, sock, server_side, server_hostname=None, *, owner=None, session=None)"},
    {"_wrap_bio", wrapBio, "($self, /, incoming, outgoing, server_side, server_hostname=None, *, owner=None, session=None)"},
    {"set_ciphers", setCiphers, "($self, cipherlist, /)"},
    {"get_ciphers", ciphers, "($self, /)"},
    {"_set_alpn_protocols", setAlpn, "($self, protos, /)"},
    {"load_cert_chain", loadChain, "($self, /, certfile, keyfile=None, password=None)"},
    {"load_dh_params", loadDh, "($self, path, /)"},
    {"load_verify_locations", loadLocations, "($self, /, cafile=None, capath=None, cadata=None)"},
    {"session_stats", sessionStatistics, "($self, /)"},
    {"set_default_verify_paths", setDefaultPaths, "($self, /)"},
    {"set_ecdh_curve", setCurve, "($self, name, /)"},
    {"cert_store_stats", storeStatistics, "($self, /)"},
    {"get_ca_certs", authorities, "($self, /, binary_form=False)"},
    {},
};
constinit const GetSetDef getset[] = {
    {"check_hostname", getCheckHostname, setCheckHostname},
    {"_host_flags", getHostFlags, setHostFlags},
    {"minimum_version", getMinimum, setMinimum},
    {"maximum_version", getMaximum, setMaximum},
    {"keylog_filename", getKeylog, setKeylog},
    {"_msg_callback", getMessageCallback, setMessageCallback},
    {"sni_callback", getSni, setSni},
    {"num_tickets", getTickets, setTickets},
    {"options", getOptions, setOptions},
    {"post_handshake_auth", getPostHandshake, setPostHandshake},
    {"protocol", getProtocol},
    {"verify_flags", getVerifyFlags, setVerifyFlags},
    {"verify_mode", getVerifyMode, setVerifyMode},
    {"security_level", getSecurityLevel},
    {},
};

} // namespace

constinit krait::Type contextType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_ssl._SSLContext",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeOwnModule,
    .instanceLayout = {.type = &contextType, .size = sizeof(ContextObject), .flags = kLayoutGc, .weakOffset = offsetof(ContextObject, weakrefs)},
    .dealloc = dealloc,
    .traverse = traverse,
    .clear = clearParts,
    .init = init,
    .construct = construct,
    .methods = methods,
    .getset = getset,
};

} // namespace krait::tls
