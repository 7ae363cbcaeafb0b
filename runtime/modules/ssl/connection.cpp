// _SSLSocket: a connection over a socket or over two memory buffers.
//
// Over a socket the object honours its timeout: the descriptor is made
// non-blocking by the socket, and whenever OpenSSL wants to read or write, poll()
// waits for it until the deadline.
#include <arpa/inet.h>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <ctime>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/socket/socket_object.h"
#include "runtime/modules/ssl/ssl_objects.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/blocking.h"
#include "runtime/threads/thread_state.h"
#include "runtime/threads/timeout.h"
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

/// The socket below (owned), null without an error over memory buffers; an error if it died or was closed.
bool socketOf(ConnectionObject* c, Ref* out) {
  if (!c->socket) return true;
  out->reset(call(c->socket));
  if (!*out) return false;
  if (isNone(*out) || sockets::asSocket(*out)->fd == -1) return raiseSslError("Underlying socket connection gone"), false;
  return true;
}

/// Waits until the socket is ready: 1, 0 at the deadline, -1 with an error. No deadline if it is negative.
int32_t waitReady(int fd, short events, double deadline) {
  for (;;) {
    int milliseconds = -1;
    if (deadline >= 0) milliseconds = static_cast<int>(std::ceil(std::max(0.0, deadline - monotonicSeconds()) * 1000));
    pollfd item = {fd, events, 0};
    int status, error;
    {
      Blocking release;
      status = poll(&item, 1, milliseconds);
      error = errno;
    }
    if (status >= 0) return status > 0;
    if (error != EINTR) return raiseOsError(error), -1;
    if (servePoll() < 0) return -1;
  }
}

/// Runs an operation of OpenSSL to its end, as the socket's timeout says. Its result, or -1 with an error (then *failed).
/// `what` completes "The … operation timed out".
template <class F> int perform(ConnectionObject* c, const char* what, bool* failed, F operation) {
  *failed = true;
  Ref socket, keep = Ref::share(Value(&c->header));
  if (!socketOf(c, &socket)) return -1;
  const double timeout = socket ? sockets::asSocket(socket)->timeout : 0;
  const double deadline = timeout > 0 ? monotonicSeconds() + timeout : -1;
  if (socket) {
    BIO_set_nbio(SSL_get_rbio(c->ssl), timeout >= 0);
    BIO_set_nbio(SSL_get_wbio(c->ssl), timeout >= 0);
  }
  for (;;) {
    int result, code, error;
    {
      Blocking release;
      ERR_clear_error();
      errno = 0;
      result = operation();
      error = errno;
      code = SSL_get_error(c->ssl, result);
    }
    if (c->callbackError) return raiseOutcome(c, result, code, error), -1;
    if (pollRequests.load() && servePoll() < 0) return -1;
    if (code == SSL_ERROR_NONE) return *failed = false, result;
    const bool wants = code == SSL_ERROR_WANT_READ || code == SSL_ERROR_WANT_WRITE;
    if (code == SSL_ERROR_ZERO_RETURN && SSL_get_shutdown(c->ssl) == SSL_RECEIVED_SHUTDOWN && !strcmp(what, "read")) return *failed = false, 0;
    if (code == SSL_ERROR_SYSCALL && error == EINTR) continue;
    if (!wants || !socket || timeout == 0) return raiseOutcome(c, result, code, error), -1;
    const int32_t ready = waitReady(sockets::asSocket(socket)->fd, code == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT, deadline);
    if (ready < 0) return -1;
    if (!ready) {
      if (!strcmp(what, "handshake")) return raise(TimeoutErrorType, "_ssl.c:975: The handshake operation timed out"), -1;
      return raise(TimeoutErrorType, "The %s operation timed out", what), -1;
    }
    if (sockets::asSocket(socket)->fd == -1) return raiseSslError("Underlying socket has been closed."), -1;
  }
}

Value handshake(Value self) {
  bool failed;
  ConnectionObject* c = asConnection(self);
  perform(c, "handshake", &failed, [&] { return SSL_do_handshake(c->ssl); });
  return failed ? Value() : newRef(none());
}

Value writeMethod(Value self, Value data) {
  ConnectionObject* c = asConnection(self);
  HeldBuffer bytes;
  bool failed;
  if (!bytes.get(data)) return Value();
  if (bytes.size() > INT32_MAX) return raise(OverflowErrorType, "string longer than %d bytes", INT32_MAX);
  if (bytes.size() == 0) return Value::ofSmallInt(0);
  const int n = perform(c, "write", &failed, [&] { return SSL_write(c->ssl, bytes.data(), static_cast<int>(bytes.size())); });
  return failed ? Value() : newInt(n);
}

/// read(size) -> bytes, or read(size, buffer) -> count
Value readMethod(Value self, const Args& args) {
  if (!countArguments("read", args, 1, 2)) return Value();
  ConnectionObject* c = asConnection(self);
  int size = 0;
  bool failed;
  if (!intArgument(args[0], &size)) return Value();
  if (args.count == 2) {
    HeldBuffer target;
    if (!target.get(args[1], kBufferWritable)) return Value();
    if (size <= 0 || size > target.size()) size = static_cast<int>(std::min<int64_t>(target.size(), INT32_MAX));
    if (size == 0) return Value::ofSmallInt(0);
    const int n = perform(c, "read", &failed, [&] { return SSL_read(c->ssl, target.data(), size); });
    return failed ? Value() : newInt(n);
  }
  if (size < 0) return raise(ValueErrorType, "size should not be negative");
  if (size == 0) return newBytes(std::string_view());
  BytesRoom room;
  if (!room.make(size)) return Value();
  const int n = perform(c, "read", &failed, [&] { return SSL_read(c->ssl, room.data(), size); });
  return failed ? Value() : room.take(n);
}
Value pending(Value self) { return newInt(SSL_pending(asConnection(self)->ssl)); }

/// Sends our end of stream and waits for theirs: the socket below.
Value shutdownMethod(Value self) {
  ConnectionObject* c = asConnection(self);
  bool failed;
  Ref socket;
  if (!socketOf(c, &socket)) return Value();
  // What the peer sent meanwhile is not read here.
  for (int attempts = 0; attempts < 2; ++attempts) {
    const int result = perform(c, "shutdown", &failed, [&] {
      if (c->sawZeroReturn) SSL_set_read_ahead(c->ssl, 0);
      const int done = SSL_shutdown(c->ssl);
      return done == 0 ? 2 : done;
    });
    if (failed) return Value();
    if (result == 1 || c->sawZeroReturn) break;
    c->sawZeroReturn = true;
  }
  return socket ? socket.release() : newRef(none());
}

Value verifyClient(Value self) {
  ConnectionObject* c = asConnection(self);
  return SSL_verify_client_post_handshake(c->ssl) ? newRef(none()) : raiseQueued(c->ssl);
}

// ---- what is known about the peer --------------------------------------------------------------

Value peerCertificate(Value self, const Value* argv) {
  bool binary = false;
  SSL* ssl = asConnection(self)->ssl;
  if (!truthArgument(argv[0], &binary)) return Value();
  if (!SSL_is_init_finished(ssl)) return raise(ValueErrorType, "handshake not done yet");
  X509* certificate = SSL_get_peer_certificate(ssl);
  if (!certificate) return newRef(none());
  Value result = binary ? encodeCertificate(certificate) : SSL_get_verify_mode(ssl) & SSL_VERIFY_PEER ? decodeCertificate(certificate) : newDict();
  X509_free(certificate);
  return result;
}
Value verifiedChain(Value self) { return certificateTuple(SSL_get0_verified_chain(asConnection(self)->ssl)); }
Value unverifiedChain(Value self) {
  SSL* ssl = asConnection(self)->ssl;
  STACK_OF(X509)* chain = SSL_get_peer_cert_chain(ssl);
  Ref list(certificateTuple(chain));
  if (!list || isNone(list) || !asConnection(self)->serverSide) return list.release();
  // A server's chain lacks the client's own certificate.
  X509* own = SSL_get_peer_certificate(ssl);
  if (!own) return list.release();
  Ref first(newCertificate(own));
  return first && listInsert(list, 0, first) == 0 ? list.release() : Value();
}

Value cipherTuple(const SSL_CIPHER* cipher) {
  if (!cipher) return newRef(none());
  Ref name(newStr(SSL_CIPHER_get_name(cipher))), version(newStr(SSL_CIPHER_get_version(cipher)));
  return name && version ? newTuple({name.get(), version.get(), newInt(SSL_CIPHER_get_bits(cipher, nullptr))}) : Value();
}
Value cipher(Value self) { return cipherTuple(SSL_get_current_cipher(asConnection(self)->ssl)); }
Value sharedCiphers(Value self) {
  SSL* ssl = asConnection(self)->ssl;
  // CPython 3.11 shows what we offer, whatever the peer does.
  STACK_OF(SSL_CIPHER)* ours = SSL_get_ciphers(ssl);
  if (!ours) return newRef(none());
  Ref list(newList(0));
  for (int i = 0; list && i < sk_SSL_CIPHER_num(ours); ++i) {
    Ref item(cipherTuple(sk_SSL_CIPHER_value(ours, i)));
    if (!item || listAppend(list, item) < 0) return Value();
  }
  return list.release();
}
Value version(Value self) {
  SSL* ssl = asConnection(self)->ssl;
  if (!SSL_is_init_finished(ssl)) return newRef(none());
  const char* name = SSL_get_version(ssl);
  return name && strcmp(name, "unknown") ? newStr(name) : newRef(none());
}
Value selectedProtocol(Value self) {
  const unsigned char* name;
  unsigned n;
  SSL_get0_alpn_selected(asConnection(self)->ssl, &name, &n);
  return name ? newStr({reinterpret_cast<const char*>(name), n}) : newRef(none());
}
Value compression(Value) { return newRef(none()); }
Value channelBinding(Value self, const Value* argv) {
  if (argv[0] && !(isStr(argv[0]) && strEqual(argv[0], "tls-unique")))
    return raise(ValueErrorType, "'%s' channel binding type not implemented", isStr(argv[0]) ? Utf8(argv[0]).data() : "?");
  ConnectionObject* c = asConnection(self);
  char space[256];
  const bool mine = SSL_session_reused(c->ssl) ^ !c->serverSide;
  const size_t n = mine ? SSL_get_finished(c->ssl, space, sizeof space) : SSL_get_peer_finished(c->ssl, space, sizeof space);
  return n ? newBytes(std::string_view(space, n)) : newRef(none());
}

// ---- attributes --------------------------------------------------------------------------------

Value getContext(Value self, void*) { return newRef(asConnection(self)->context); }
int32_t setContext(Value self, Value v, void*) {
  if (!v || !isInstanceOf(v, contextType)) return fail(TypeErrorType, "The value must be a SSLContext");
  ConnectionObject* c = asConnection(self);
  SSL_set_SSL_CTX(c->ssl, asContext(v)->context);
  assign(c->context, newRef(v));
  // The callback of names may run for the new context, too.
  SSL_set_verify(c->ssl, SSL_CTX_get_verify_mode(asContext(v)->context), nullptr);
  return 0;
}
Value getServerSide(Value self, void*) { return boolean(asConnection(self)->serverSide); }
Value getServerHostname(Value self, void*) {
  Value name = asConnection(self)->serverHostname;
  return newRef(name ? name : none());
}
Value getOwner(Value self, void*) {
  Value owner = asConnection(self)->owner;
  return owner ? call(owner) : newRef(none());
}
int32_t setOwner(Value self, Value v, void*) {
  Ref reference(v && !isNone(v) ? newWeakref(v, Value()) : Value());
  if (!reference && errorSet()) return -1;
  assign(asConnection(self)->owner, reference.release());
  return 0;
}
Value getSession(Value self, void*) {
  ConnectionObject* c = asConnection(self);
  // A copy: OpenSSL spoils the session of a connection that ends without a shutdown.
  SSL_SESSION* now = SSL_get0_session(c->ssl);
  SSL_SESSION* session = now ? SSL_SESSION_dup(now) : nullptr;
  if (!session) return newRef(none());
  Object* o = newObject(&sessionType.instanceLayout);
  if (!o) return SSL_SESSION_free(session), Value();
  auto* s = reinterpret_cast<SessionObject*>(o);
  s->session = session;
  s->context = newRef(c->context);
  return Value(o);
}
int32_t setSession(Value self, Value v, void*) {
  ConnectionObject* c = asConnection(self);
  if (!v || typeOf(v) != &sessionType) return fail(TypeErrorType, "Value is not a SSLSession.");
  auto* s = v.as<SessionObject>();
  if (asContext(s->context)->context != asContext(c->context)->context) return fail(ValueErrorType, "Session refers to a different SSLContext.");
  if (c->serverSide) return fail(ValueErrorType, "Cannot set session for server-side SSLSocket.");
  if (SSL_is_init_finished(c->ssl)) return fail(ValueErrorType, "Cannot set session after handshake.");
  SSL_SESSION* copy = SSL_SESSION_dup(s->session);
  const bool set = copy && SSL_set_session(c->ssl, copy);
  SSL_SESSION_free(copy);
  return set ? 0 : (raiseQueued(), -1);
}
Value getSessionReused(Value self, void*) { return boolean(SSL_session_reused(asConnection(self)->ssl)); }

int traverse(Object* o, Visit visit, void* context) {
  auto* c = reinterpret_cast<ConnectionObject*>(o);
  for (Value v : {c->socket, c->context, c->owner, c->serverHostname, c->callbackError})
    if (int stop = visit(v, context)) return stop;
  return 0;
}
void clearParts(Object* o) {
  auto* c = reinterpret_cast<ConnectionObject*>(o);
  for (Value* v : {&c->socket, &c->owner, &c->serverHostname, &c->callbackError}) clear(*v);
}
void dealloc(Object* o) {
  gcUntrack(o);
  auto* c = reinterpret_cast<ConnectionObject*>(o);
  if (c->weakrefs) clearWeakrefs(o);
  if (c->ssl) SSL_free(c->ssl);
  clearParts(o);
  clear(c->context);
  freeObject(o);
}

constinit const MethodDef methods[] = {
    {"do_handshake", handshake, "($self, /)"},
    {"write", writeMethod, "($self, b, /)"},
    {"read", readMethod},
    {"pending", pending, "($self, /)"},
    {"getpeercert", peerCertificate, "($self, der=False, /)"},
    {"get_channel_binding", channelBinding, "($self, /, cb_type='tls-unique')"},
    {"cipher", cipher, "($self, /)"},
    {"shared_ciphers", sharedCiphers, "($self, /)"},
    {"version", version, "($self, /)"},
    {"selected_alpn_protocol", selectedProtocol, "($self, /)"},
    {"compression", compression, "($self, /)"},
    {"shutdown", shutdownMethod, "($self, /)"},
    {"verify_client_post_handshake", verifyClient, "($self, /)"},
    {"get_unverified_chain", unverifiedChain, "($self, /)"},
    {"get_verified_chain", verifiedChain, "($self, /)"},
    {},
};
constinit const GetSetDef getset[] = {
    {"context", getContext, setContext}, {"server_side", getServerSide}, {"server_hostname", getServerHostname},
    {"owner", getOwner, setOwner},       {"session", getSession, setSession}, {"session_reused", getSessionReused},
    {},
};

/// The name that the certificate must be for: SNI and the check. False with an error.
bool setHostname(ConnectionObject* c, Value hostname, const ContextObject* context) {
  Utf8 name(hostname);
  if (!name.ok()) return false;
  if (name.view().find('\0') != std::string_view::npos) return raise(TypeErrorType, "argument must be encoded string without null bytes, not str"), false;
  if (name.size() == 0 || name.data()[0] == '.') return raise(ValueErrorType, "server_hostname cannot be an empty string or start with a leading dot."), false;
  ASN1_OCTET_STRING* address = a2i_IPADDRESS(name.data());
  if (!address) ERR_clear_error();
  bool good = address || SSL_set_tlsext_host_name(c->ssl, name.data());
  if (good && context->checkHostname) {
    X509_VERIFY_PARAM* parameters = SSL_get0_param(c->ssl);
    good = address ? X509_VERIFY_PARAM_set1_ip(parameters, ASN1_STRING_get0_data(address), static_cast<size_t>(ASN1_STRING_length(address)))
                   : X509_VERIFY_PARAM_set1_host(parameters, name.data(), name.size());
  }
  ASN1_OCTET_STRING_free(address);
  if (!good) raiseQueued();
  return good;
}

} // namespace

Value newConnection(Value context, Value socket, BIO* in, BIO* out, bool serverSide, Value hostname, Value owner, Value session) {
  ContextObject* ctx = asContext(context);
  constexpr int kClientOnly = 16, kServerOnly = 17;
  if (serverSide && ctx->protocol == kClientOnly) return raiseSslError("Cannot create a server socket with a PROTOCOL_TLS_CLIENT context");
  if (!serverSide && ctx->protocol == kServerOnly) return raiseSslError("Cannot create a client socket with a PROTOCOL_TLS_SERVER context");
  Ref self(Value(newObject(&connectionType.instanceLayout)));
  if (!self) return Value();
  ConnectionObject* c = asConnection(self);
  c->context = newRef(context);
  c->serverSide = serverSide;
  gcTrack(self.get().object());
  ERR_clear_error();
  c->ssl = SSL_new(ctx->context);
  if (!c->ssl) return raiseQueued();
  SSL_set_app_data(c->ssl, c);
  if (socket) {
    if (!isInstanceOf(socket, sockets::socketType)) return raise(TypeErrorType, "_wrap_socket() argument 'sock' must be _socket.socket, not %T", socket);
    SSL_set_fd(c->ssl, sockets::asSocket(socket)->fd);
    c->socket = newWeakref(socket, Value());
    if (!c->socket) return Value();
  } else {
    BIO_up_ref(in);
    BIO_up_ref(out);
    SSL_set_bio(c->ssl, in, out);
  }
  SSL_set_mode(c->ssl, SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_AUTO_RETRY);
  if (ctx->postHandshakeAuth && !serverSide) SSL_set_post_handshake_auth(c->ssl, 1);
  if (ctx->postHandshakeAuth && serverSide && (SSL_get_verify_mode(c->ssl) & SSL_VERIFY_PEER))
    SSL_set_verify(c->ssl, SSL_get_verify_mode(c->ssl) | SSL_VERIFY_POST_HANDSHAKE, nullptr);
  if (hostname && !isNone(hostname)) {
    c->serverHostname = newRef(hostname);
    if (!setHostname(c, hostname, ctx)) return Value();
  }
  if (serverSide) SSL_set_accept_state(c->ssl);
  else SSL_set_connect_state(c->ssl);
  if (owner && !isNone(owner) && setOwner(self, owner, nullptr) < 0) return Value();
  if (session && !isNone(session) && setSession(self, session, nullptr) < 0) return Value();
  return self.release();
}

constinit krait::Type connectionType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_ssl._SSLSocket",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeOwnModule,
    .instanceLayout = {.type = &connectionType, .size = sizeof(ConnectionObject), .flags = kLayoutGc, .weakOffset = offsetof(ConnectionObject, weakrefs)},
    .dealloc = dealloc,
    .traverse = traverse,
    .clear = clearParts,
    .methods = methods,
    .getset = getset,
};

} // namespace krait::tls
