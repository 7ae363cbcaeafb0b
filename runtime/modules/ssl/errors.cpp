// The exceptions of _ssl. Texts are "[LIBRARY: REASON] words (_ssl.c:line)", as CPython makes them.
#include <cerrno>
#include <cctype>
#include <cstring>
#include <openssl/err.h>
#include <openssl/x509_vfy.h>
#include <string>
#include "runtime/modules/module_exception.h"
#include "runtime/modules/ssl/ssl_objects.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::tls {
namespace {

const krait::Type *sslError, *zeroReturnError, *wantReadError, *wantWriteError, *syscallError, *eofError, *verificationError;

constexpr int kErrorEof = 8; // Python's own, after the codes of SSL_get_error

struct LibraryName {
  int code;
  const char* name;
};
constexpr LibraryName kLibraries[] = {
    {ERR_LIB_SSL, "SSL"}, {ERR_LIB_X509, "X509"}, {ERR_LIB_X509V3, "X509V3"}, {ERR_LIB_PEM, "PEM"}, {ERR_LIB_EVP, "EVP"}, {ERR_LIB_ASN1, "ASN1"},
    {ERR_LIB_BIO, "BIO"}, {ERR_LIB_BN, "BN"}, {ERR_LIB_CONF, "CONF"}, {ERR_LIB_CRYPTO, "CRYPTO"}, {ERR_LIB_DH, "DH"}, {ERR_LIB_EC, "EC"},
    {ERR_LIB_OBJ, "OBJ"}, {ERR_LIB_PKCS12, "PKCS12"}, {ERR_LIB_PROV, "PROV"}, {ERR_LIB_RSA, "RSA"}, {ERR_LIB_SYS, "SYS"}, {ERR_LIB_RAND, "RAND"},
    {ERR_LIB_PKCS7, "PKCS7"}, {ERR_LIB_OSSL_DECODER, "OSSL_DECODER"},
};
const char* libraryName(unsigned long code) {
  for (const LibraryName& row : kLibraries)
    if (row.code == ERR_GET_LIB(code)) return row.name;
  return nullptr;
}
/// "certificate verify failed" as CERTIFICATE_VERIFY_FAILED; empty if OpenSSL has no words for it.
std::string reasonName(unsigned long code) {
  // Reasons that all libraries share have no name of their own.
  const char* words = ERR_GET_REASON(code) & ERR_RFLAG_COMMON ? nullptr : ERR_reason_error_string(code);
  std::string name = words ? words : "";
  for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) ? static_cast<char>(std::toupper(c)) : '_';
  return name;
}

/// `type(number, text)` with library, reason and, for refused certificates, why.
Value raiseWith(const krait::Type& type, int number, const char* text, unsigned long code, SSL* ssl) {
  const char* library = libraryName(code);
  const std::string reason = code ? reasonName(code) : std::string();
  std::string message;
  if (library && !reason.empty()) message = std::string("[") + library + ": " + reason + "] ";
  else if (library) message = std::string("[") + library + "] ";
  message += text ? text : code && ERR_reason_error_string(code) ? ERR_reason_error_string(code) : "unknown error";
  long verified = X509_V_OK;
  std::string why;
  if (&type == verificationError && ssl) {
    verified = SSL_get_verify_result(ssl);
    why = X509_verify_cert_error_string(verified);
    if (verified == X509_V_ERR_HOSTNAME_MISMATCH || verified == X509_V_ERR_IP_ADDRESS_MISMATCH) {
      const char* kind = verified == X509_V_ERR_HOSTNAME_MISMATCH ? "Hostname" : "IP address";
      auto* c = static_cast<ConnectionObject*>(SSL_get_app_data(ssl));
      std::string name;
      if (c && c->serverHostname && isStr(c->serverHostname)) name = Utf8(c->serverHostname).data();
      why = std::string(kind) + " mismatch, certificate is not valid for '" + name + "'.";
    }
    message += ": " + why;
  }
  message += " (_ssl.c:992)";
  Ref words(newStr(message));
  Ref e(words ? call(asValue(&type), {newInt(number), words.get()}) : Value());
  Ref libraryText(library ? newStr(library) : newRef(none())), reasonText(reason.empty() ? newRef(none()) : newStr(reason));
  if (!e || setAttr(e, "library", libraryText) < 0 || setAttr(e, "reason", reasonText) < 0) return Value();
  if (&type == verificationError && ssl) {
    Ref number_(newInt(verified)), whyText(newStr(why));
    if (setAttr(e, "verify_code", number_) < 0 || setAttr(e, "verify_message", whyText) < 0) return Value();
  }
  return raiseInstance(e.release());
}

const krait::Type& typeFor(unsigned long code) {
  const bool refused = ERR_GET_LIB(code) == ERR_LIB_SSL && ERR_GET_REASON(code) == SSL_R_CERTIFICATE_VERIFY_FAILED;
  return refused ? *verificationError : *sslError;
}

/// SSLError.__str__: the text alone.
Value showError(Value self) {
  Ref text(getAttr(self, "strerror"));
  if (!text) return Value();
  if (isStr(text)) return text.release();
  Ref args(getAttr(self, "args"));
  return args ? str(args) : Value();
}
constinit const MethodDef strMethod = {"__str__", showError, "($self, /)"};

} // namespace

Value raiseQueued(SSL* ssl) {
  const unsigned long code = ERR_peek_last_error();
  Value result = raiseWith(typeFor(code), ERR_GET_REASON(code), nullptr, code, ssl);
  ERR_clear_error();
  return result;
}

Value raisePlain(const char* text) { return raise(*sslError, "%s", text); }
Value raiseSslError(const char* text) { return raiseWith(*sslError, 0, text, 0, nullptr); }

Value raiseOutcome(ConnectionObject* c, int result, int code, int systemError) {
  if (c->callbackError) {
    Value e = c->callbackError;
    c->callbackError = Value();
    ERR_clear_error();
    return errorRestore(e), Value();
  }
  const unsigned long queued = ERR_peek_last_error();
  Value raised;
  switch (code) {
  case SSL_ERROR_ZERO_RETURN:
    raised = raiseWith(*zeroReturnError, code, "TLS/SSL connection has been closed (EOF)", 0, nullptr);
    break;
  case SSL_ERROR_WANT_READ: raised = raiseWith(*wantReadError, code, "The operation did not complete (read)", 0, nullptr); break;
  case SSL_ERROR_WANT_WRITE: raised = raiseWith(*wantWriteError, code, "The operation did not complete (write)", 0, nullptr); break;
  case SSL_ERROR_SYSCALL:
    if (queued == 0) {
      if (result != 0 && systemError) raised = raiseOsError(systemError);
      else raised = raiseWith(*eofError, kErrorEof, "EOF occurred in violation of protocol", 0, nullptr);
    } else {
      raised = raiseWith(typeFor(queued), SSL_ERROR_SYSCALL, nullptr, queued, c->ssl);
    }
    break;
  case SSL_ERROR_SSL:
    if (ERR_GET_LIB(queued) == ERR_LIB_SSL && ERR_GET_REASON(queued) == SSL_R_UNEXPECTED_EOF_WHILE_READING)
      raised = raiseWith(*eofError, kErrorEof, "EOF occurred in violation of protocol", queued, nullptr);
    else raised = raiseWith(typeFor(queued), SSL_ERROR_SSL, queued ? nullptr : "A failure in the SSL library occurred", queued, c->ssl);
    break;
  default: raised = raiseWith(*sslError, code, "Invalid error code", 0, nullptr);
  }
  ERR_clear_error();
  return raised;
}

int32_t addErrors(Value module) {
  sslError = addModuleException(module, "ssl", "SSLError", OSErrorType, Referable::No);
  if (!sslError) return -1;
  Ref shown(newMethodDescriptor(const_cast<krait::Type*>(sslError), &strMethod));
  if (!shown || setAttr(asValue(sslError), "__str__", shown) < 0) return -1;
  const_cast<krait::Type*>(sslError)->flags |= kTypeImmutable;
  struct Row {
    const krait::Type** to;
    const char* name;
  };
  for (const Row& row : {Row{&zeroReturnError, "SSLZeroReturnError"}, Row{&wantReadError, "SSLWantReadError"}, Row{&wantWriteError, "SSLWantWriteError"},
                         Row{&syscallError, "SSLSyscallError"}, Row{&eofError, "SSLEOFError"}})
    if (!(*row.to = addModuleException(module, "ssl", row.name, *sslError))) return -1;
  Ref name(internStr("SSLCertVerificationError")), bases(newTuple({asValue(sslError), asValue(&ValueErrorType)})), ns(newDict()), where(internStr("ssl"));
  if (!name || !bases || !ns || !where || dictSet(ns, NAME(__module__), where) < 0) return -1;
  Value made = newType(asValue(&typeType), name, bases, ns, Value());
  if (!made) return -1;
  verificationError = made.as<krait::Type>();
  return moduleAdd(module, "SSLCertVerificationError", newRef(made));
}

} // namespace krait::tls
