// What an SSLContext tells: the certificates it trusts, its sessions, its ciphers; and which of these it may use.
#include <cerrno>
#include <openssl/dh.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string>
#include "runtime/modules/path_argument.h"
#include "runtime/modules/ssl/ssl_objects.h"
#include "runtime/object/audit.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::tls {

Value storeStatistics(Value self) {
  int64_t all = 0, revocations = 0, authorities = 0;
  STACK_OF(X509_OBJECT)* objects = X509_STORE_get0_objects(SSL_CTX_get_cert_store(asContext(self)->context));
  for (int i = 0; i < sk_X509_OBJECT_num(objects); ++i) {
    const X509_OBJECT* object = sk_X509_OBJECT_value(objects, i);
    if (X509_OBJECT_get_type(object) == X509_LU_CRL) ++revocations;
    if (X509_OBJECT_get_type(object) != X509_LU_X509) continue;
    ++all;
    authorities += X509_check_ca(X509_OBJECT_get0_X509(object)) != 0;
  }
  Ref d(newDict());
  return d && dictSet(d, "x509", newInt(all)) == 0 && dictSet(d, "crl", newInt(revocations)) == 0 && dictSet(d, "x509_ca", newInt(authorities)) == 0
             ? d.release()
             : Value();
}
Value authorities(Value self, const Value* argv) {
  bool binary = false;
  if (!truthArgument(argv[0], &binary)) return Value();
  Ref list(newList(0));
  STACK_OF(X509_OBJECT)* objects = X509_STORE_get0_objects(SSL_CTX_get_cert_store(asContext(self)->context));
  for (int i = 0; list && i < sk_X509_OBJECT_num(objects); ++i) {
    X509* certificate = X509_OBJECT_get0_X509(sk_X509_OBJECT_value(objects, i));
    if (!certificate || !X509_check_ca(certificate)) continue;
    Ref item(binary ? encodeCertificate(certificate) : decodeCertificate(certificate));
    if (!item || listAppend(list, item) < 0) return Value();
  }
  return list.release();
}
Value sessionStatistics(Value self) {
  SSL_CTX* context = asContext(self)->context;
  Ref d(newDict());
  auto put = [&](const char* key, long n) { return d && dictSet(d, key, newInt(n)) == 0; };
  return put("number", SSL_CTX_sess_number(context)) && put("connect", SSL_CTX_sess_connect(context)) &&
                 put("connect_good", SSL_CTX_sess_connect_good(context)) && put("connect_renegotiate", SSL_CTX_sess_connect_renegotiate(context)) &&
                 put("accept", SSL_CTX_sess_accept(context)) && put("accept_good", SSL_CTX_sess_accept_good(context)) &&
                 put("accept_renegotiate", SSL_CTX_sess_accept_renegotiate(context)) && put("hits", SSL_CTX_sess_hits(context)) &&
                 put("misses", SSL_CTX_sess_misses(context)) && put("timeouts", SSL_CTX_sess_timeouts(context)) &&
                 put("cache_full", SSL_CTX_sess_cache_full(context))
             ? d.release()
             : Value();
}

// ---- ciphers -----------------------------------------------------------------------------------

Value setCiphers(Value self, Value v) {
  if (!isStr(v)) return raise(TypeErrorType, "set_ciphers() argument must be str, not %T", v);
  Utf8 names(v);
  if (!names.ok()) return Value();
  if (SSL_CTX_set_cipher_list(asContext(self)->context, names.data())) return newRef(none());
  ERR_clear_error();
  return raisePlain("No cipher can be selected.");
}
namespace {
Value describeCipher(const SSL_CIPHER* cipher) {
  Ref d(newDict());
  auto put = [&](const char* key, Value owned) {
    Ref v(owned);
    return v && d && dictSet(d, key, v) == 0;
  };
  char description[512];
  SSL_CIPHER_description(cipher, description, sizeof description);
  std::string shown = description;
  while (!shown.empty() && shown.back() == '\n') shown.pop_back();
  int bits = 0;
  const int strength = SSL_CIPHER_get_bits(cipher, &bits);
  auto name = [](int nid) { return nid != NID_undef ? newStr(OBJ_nid2ln(nid)) : newRef(none()); };
  return put("id", newIntUnsigned(SSL_CIPHER_get_id(cipher))) && put("name", newStr(SSL_CIPHER_get_name(cipher))) &&
                 put("protocol", newStr(SSL_CIPHER_get_version(cipher))) && put("description", newStr(shown)) && put("strength_bits", newInt(strength)) &&
                 put("alg_bits", newInt(bits)) && put("aead", boolean(SSL_CIPHER_is_aead(cipher))) &&
                 put("symmetric", name(SSL_CIPHER_get_cipher_nid(cipher))) && put("digest", name(SSL_CIPHER_get_digest_nid(cipher))) &&
                 put("kea", name(SSL_CIPHER_get_kx_nid(cipher))) && put("auth", name(SSL_CIPHER_get_auth_nid(cipher)))
             ? d.release()
             : Value();
}
} // namespace

Value ciphers(Value self) {
  SSL* ssl = SSL_new(asContext(self)->context);
  if (!ssl) return raiseQueued();
  Ref list(newList(0));
  STACK_OF(SSL_CIPHER)* stack = SSL_get_ciphers(ssl);
  for (int i = 0; list && i < sk_SSL_CIPHER_num(stack); ++i) {
    Ref item(describeCipher(sk_SSL_CIPHER_value(stack, i)));
    if (!item || listAppend(list, item) < 0) list.reset();
  }
  SSL_free(ssl);
  return list.release();
}
Value loadDh(Value self, Value v) {
  if (auditing && !auditTold("open", {v, Ref(newStr("rb")), Value::ofSmallInt(0)})) return Value();
  Ref name(fileSystemPath(v));
  if (!name) return Value();
  errno = 0;
  BIO* bio = BIO_new_file(bytesView(name).data(), "r");
  if (!bio) return ERR_clear_error(), raiseOsError(errno, v);
  EVP_PKEY* parameters = PEM_read_bio_Parameters(bio, nullptr);
  BIO_free(bio);
  if (!parameters) { // the decoder has other words for it than PEM
    ERR_clear_error();
    ERR_raise(ERR_LIB_PEM, PEM_R_NO_START_LINE);
    return raiseQueued();
  }
  if (!SSL_CTX_set0_tmp_dh_pkey(asContext(self)->context, parameters)) return EVP_PKEY_free(parameters), raiseQueued();
  return newRef(none());
}
Value setCurve(Value self, Value v) {
  Ref name(fileSystemPath(v));
  if (!name) return Value();
  const int nid = OBJ_sn2nid(bytesView(name).data());
  if (nid == 0) return raise(ValueErrorType, "unknown elliptic curve name %R", v);
  int groups[] = {nid};
  return SSL_CTX_set1_groups(asContext(self)->context, groups, 1) ? newRef(none()) : raiseQueued();
}

} // namespace krait::tls
