// Where a program finds the certificates that a machine trusts.
#pragma once
#include <openssl/ssl.h>

namespace krait::tls {

/// Trusts what the environment names (SSL_CERT_FILE, SSL_CERT_DIR), else what stands where this OpenSSL was made to look, else,
/// on another system than it was made for, the machine's bundle. False with OpenSSL's error; that there is none is no error.
bool trustDefaultPaths(SSL_CTX* context);

} // namespace krait::tls
