// What the files of the _ssl module share: contexts, connections, memory buffers, sessions, and errors.
#pragma once
#include <openssl/ssl.h>
#include "runtime/object/ref.h"
#include "runtime/object/type.h"

namespace krait::tls {

struct ContextObject {
  Object header;
  SSL_CTX* context;
  Value sniCallback, messageCallback, keylogName; // owned or null
  unsigned char* alpn;      // protocols in wire form, or null
  unsigned alpnSize;
  FILE* keylog;
  int protocol;
  bool checkHostname, postHandshakeAuth;
  unsigned hostFlags;
  Value weakrefs;
};
struct ConnectionObject {
  Object header;
  SSL* ssl;
  Value socket;             // weak reference to the socket, or null over memory buffers
  Value context, owner /*weak reference or null*/, serverHostname;
  Value callbackError;      // raised in a callback of the handshake
  bool serverSide, sawZeroReturn;
  Value weakrefs;
};
struct MemoryBioObject {
  Object header;
  BIO* bio;
  bool eofWritten;
};
struct SessionObject {
  Object header;
  SSL_SESSION* session;
  Value context;
};
struct CertificateObject {
  Object header;
  X509* certificate;
};
inline ContextObject* asContext(Value v) { return v.as<ContextObject>(); }
inline ConnectionObject* asConnection(Value v) { return v.as<ConnectionObject>(); }
inline MemoryBioObject* asBio(Value v) { return v.as<MemoryBioObject>(); }

extern krait::Type contextType, connectionType, memoryBioType, sessionType, certificateType;

// ---- errors (errors.cpp) ----
int32_t addErrors(Value module);
/// SSLError for the newest entry of OpenSSL's queue, which is emptied. `ssl` (may be null) tells why a certificate was refused.
Value raiseQueued(SSL* ssl = nullptr);
/// SSLError with the text as its only argument.
Value raisePlain(const char* text);
/// SSLError with a number and a text of our own.
Value raiseSslError(const char* text);
/// For the result of an operation on a connection: the error that `code` (SSL_get_error) means.
Value raiseOutcome(ConnectionObject* c, int result, int code, int systemError);

// ---- certificates (certificates.cpp) ----
/// The dict of SSLSocket.getpeercert().
Value decodeCertificate(X509* certificate);
Value encodeCertificate(X509* certificate); // DER
Value newCertificate(X509* owned);
/// A tuple of Certificate objects; None for null.
Value certificateTuple(STACK_OF(X509)* stack);
extern const MethodDef certificateFunctions[];

// ---- what a context tells, and its ciphers (context_reports.cpp): methods of SSLContext ----
Value storeStatistics(Value self);
Value authorities(Value self, const Value* argv);
Value sessionStatistics(Value self);
Value setCiphers(Value self, Value v);
Value ciphers(Value self);
Value loadDh(Value self, Value v);
Value setCurve(Value self, Value v);

// ---- connections (connection.cpp) ----
Value newConnection(Value context, Value socket, BIO* in, BIO* out, bool serverSide, Value hostname, Value owner, Value session);

} // namespace krait::tls
