#include "runtime/modules/ssl/default_trust.h"
#include <cstdlib>
#include <initializer_list>
#include <openssl/x509.h>
#include <unistd.h>

namespace krait::tls {
namespace {

/// Of Debian, Fedora, SUSE, old Red Hat, Alpine.
constexpr const char* kBundles[] = {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem",
                                    "/etc/pki/tls/cacert.pem", "/etc/ssl/cert.pem"};

} // namespace

bool trustDefaultPaths(SSL_CTX* context) {
  if (!SSL_CTX_set_default_verify_paths(context)) return false;
  for (const char* variable : {X509_get_default_cert_file_env(), X509_get_default_cert_dir_env()})
    if (secure_getenv(variable)) return true;
  for (const char* usual : {X509_get_default_cert_file(), X509_get_default_cert_dir()})
    if (access(usual, F_OK) == 0) return true;
  for (const char* bundle : kBundles)
    if (access(bundle, R_OK) == 0) return SSL_CTX_load_verify_file(context, bundle) == 1;
  return true;
}

} // namespace krait::tls
