// Certificates as Python sees them: the dict of getpeercert(), DER and PEM, and Certificate objects.
#include <memory>
#include <openssl/asn1.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string>
#include "runtime/memory/alloc.h"
#include "runtime/modules/path_argument.h"
#include "runtime/modules/ssl/ssl_objects.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::tls {
namespace {

struct BioFree { void operator()(BIO* b) const { BIO_free(b); } };
using Bio = std::unique_ptr<BIO, BioFree>;

std::string bioText(BIO* bio) {
  char* data;
  const long n = BIO_get_mem_data(bio, &data);
  return {data, static_cast<size_t>(n)};
}
Value text(const unsigned char* s, int n) { return decodeBytes(s, static_cast<size_t>(n), "utf-8", "strict"); }

/// ("commonName", "value")
Value nameEntry(X509_NAME_ENTRY* entry) {
  char key[128];
  OBJ_obj2txt(key, sizeof key, X509_NAME_ENTRY_get_object(entry), 0);
  unsigned char* utf8 = nullptr;
  const int n = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(entry));
  if (n < 0) return raiseQueued();
  Ref keyText(newStr(key)), value(text(utf8, n));
  OPENSSL_free(utf8);
  return keyText && value ? newTuple({keyText.get(), value.get()}) : Value();
}

/// A tuple of relative names, each a tuple of pairs.
Value decodeName(const X509_NAME* name) {
  Ref sets(newList(0)), set(newList(0));
  int level = -1;
  for (int i = 0; sets && set && i < X509_NAME_entry_count(name); ++i) {
    X509_NAME_ENTRY* entry = X509_NAME_get_entry(name, i);
    if (level >= 0 && X509_NAME_ENTRY_set(entry) != level) {
      Ref done(listToTuple(set));
      if (!done || listAppend(sets, done) < 0) return Value();
      set.reset(newList(0));
    }
    level = X509_NAME_ENTRY_set(entry);
    Ref pair(nameEntry(entry));
    if (!pair || !set || listAppend(set, pair) < 0) return Value();
  }
  if (!sets || !set) return Value();
  if (asList(set)->size) {
    Ref done(listToTuple(set));
    if (!done || listAppend(sets, done) < 0) return Value();
  }
  return listToTuple(sets);
}

Value generalName(GENERAL_NAME* name) {
  auto pair = [](const char* kind, Value owned) {
    Ref k(newStr(kind)), v(owned);
    return k && v ? newTuple({k.get(), v.get()}) : Value();
  };
  auto ascii = [](const ASN1_STRING* s) { return newStr({reinterpret_cast<const char*>(ASN1_STRING_get0_data(s)), static_cast<size_t>(ASN1_STRING_length(s))}); };
  switch (name->type) {
  case GEN_DNS: return pair("DNS", ascii(name->d.dNSName));
  case GEN_EMAIL: return pair("email", ascii(name->d.rfc822Name));
  case GEN_URI: return pair("URI", ascii(name->d.uniformResourceIdentifier));
  case GEN_DIRNAME: return pair("DirName", decodeName(name->d.dirn));
  case GEN_RID: {
    char id[128];
    i2t_ASN1_OBJECT(id, sizeof id, name->d.rid);
    return pair("Registered ID", newStr(id));
  }
  case GEN_IPADD: {
    const unsigned char* p = name->d.ip->data;
    char shown[64] = "<invalid>";
    if (name->d.ip->length == 4) snprintf(shown, sizeof shown, "%d.%d.%d.%d", p[0], p[1], p[2], p[3]);
    else if (name->d.ip->length == 16)
      snprintf(shown, sizeof shown, "%X:%X:%X:%X:%X:%X:%X:%X", p[0] << 8 | p[1], p[2] << 8 | p[3], p[4] << 8 | p[5], p[6] << 8 | p[7],
               p[8] << 8 | p[9], p[10] << 8 | p[11], p[12] << 8 | p[13], p[14] << 8 | p[15]);
    return pair("IP Address", newStr(shown));
  }
  default: {
    Bio bio(BIO_new(BIO_s_mem()));
    GENERAL_NAME_print(bio.get(), name);
    const std::string shown = bioText(bio.get());
    const size_t colon = shown.find(':');
    return colon == std::string::npos ? pair(shown.c_str(), newStr("")) : pair(shown.substr(0, colon).c_str(), newStr(shown.substr(colon + 1)));
  }
  }
}

/// Adds d[key] = tuple of the items that `each` makes, unless there are none.
int32_t putTuple(Value d, const char* key, Value ownedList) {
  Ref list(ownedList);
  if (!list) return -1;
  if (asList(list)->size == 0) return 0;
  Ref tuple(listToTuple(list));
  return tuple ? dictSet(d, key, tuple) : -1;
}

int32_t addAlternativeNames(Value d, X509* certificate) {
  auto* names = static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
  if (!names) return 0;
  Ref list(newList(0));
  for (int i = 0; list && i < sk_GENERAL_NAME_num(names); ++i) {
    Ref item(generalName(sk_GENERAL_NAME_value(names, i)));
    if (!item || listAppend(list, item) < 0) list.reset();
  }
  GENERAL_NAMES_free(names);
  return putTuple(d, "subjectAltName", list.release());
}

Value asciiUri(const GENERAL_NAME* name) {
  const ASN1_IA5STRING* uri = name->d.uniformResourceIdentifier;
  return newStr({reinterpret_cast<const char*>(ASN1_STRING_get0_data(uri)), static_cast<size_t>(ASN1_STRING_length(uri))});
}

int32_t addAuthorityAccess(Value d, X509* certificate, int method, const char* key) {
  auto* access = static_cast<AUTHORITY_INFO_ACCESS*>(X509_get_ext_d2i(certificate, NID_info_access, nullptr, nullptr));
  if (!access) return 0;
  Ref list(newList(0));
  for (int i = 0; list && i < sk_ACCESS_DESCRIPTION_num(access); ++i) {
    const ACCESS_DESCRIPTION* row = sk_ACCESS_DESCRIPTION_value(access, i);
    if (OBJ_obj2nid(row->method) != method || row->location->type != GEN_URI) continue;
    Ref uri(asciiUri(row->location));
    if (!uri || listAppend(list, uri) < 0) list.reset();
  }
  AUTHORITY_INFO_ACCESS_free(access);
  return putTuple(d, key, list.release());
}

int32_t addRevocationPoints(Value d, X509* certificate) {
  auto* points = static_cast<CRL_DIST_POINTS*>(X509_get_ext_d2i(certificate, NID_crl_distribution_points, nullptr, nullptr));
  if (!points) return 0;
  Ref list(newList(0));
  for (int i = 0; list && i < sk_DIST_POINT_num(points); ++i) {
    const DIST_POINT* point = sk_DIST_POINT_value(points, i);
    if (!point->distpoint || point->distpoint->type != 0) continue;
    const GENERAL_NAMES* names = point->distpoint->name.fullname;
    for (int j = 0; list && j < sk_GENERAL_NAME_num(names); ++j) {
      const GENERAL_NAME* name = sk_GENERAL_NAME_value(names, j);
      if (name->type != GEN_URI) continue;
      Ref uri(asciiUri(name));
      if (!uri || listAppend(list, uri) < 0) list.reset();
    }
  }
  CRL_DIST_POINTS_free(points);
  return putTuple(d, "crlDistributionPoints", list.release());
}

Value timeText(const ASN1_TIME* time) {
  Bio bio(BIO_new(BIO_s_mem()));
  ASN1_TIME_print(bio.get(), time);
  return newStr(bioText(bio.get()));
}

} // namespace

Value decodeCertificate(X509* certificate) {
  Ref d(newDict());
  auto put = [&](const char* key, Value owned) {
    Ref v(owned);
    return v && d && dictSet(d, key, v) == 0;
  };
  Bio serial(BIO_new(BIO_s_mem()));
  i2a_ASN1_INTEGER(serial.get(), X509_get0_serialNumber(certificate));
  const bool good = put("subject", decodeName(X509_get_subject_name(certificate))) && put("issuer", decodeName(X509_get_issuer_name(certificate))) &&
                    put("version", newInt(X509_get_version(certificate) + 1)) && put("serialNumber", newStr(bioText(serial.get()))) &&
                    put("notBefore", timeText(X509_get0_notBefore(certificate))) && put("notAfter", timeText(X509_get0_notAfter(certificate)));
  if (!good || addAlternativeNames(d, certificate) < 0 || addAuthorityAccess(d, certificate, NID_ad_OCSP, "OCSP") < 0 ||
      addAuthorityAccess(d, certificate, NID_ad_ca_issuers, "caIssuers") < 0 || addRevocationPoints(d, certificate) < 0)
    return Value();
  return d.release();
}

Value encodeCertificate(X509* certificate) {
  unsigned char* bytes = nullptr;
  const int n = i2d_X509(certificate, &bytes);
  if (n < 0) return raiseQueued();
  Value result = newBytes(std::string_view(reinterpret_cast<char*>(bytes), static_cast<size_t>(n)));
  OPENSSL_free(bytes);
  return result;
}

Value newCertificate(X509* owned) {
  Object* o = newObject(&certificateType.instanceLayout);
  if (!o) return X509_free(owned), Value();
  reinterpret_cast<CertificateObject*>(o)->certificate = owned;
  return Value(o);
}

Value certificateTuple(STACK_OF(X509)* stack) {
  if (!stack) return newRef(none());
  Ref list(newList(0));
  for (int i = 0; list && i < sk_X509_num(stack); ++i) {
    X509* certificate = sk_X509_value(stack, i);
    X509_up_ref(certificate);
    Ref item(newCertificate(certificate));
    if (!item || listAppend(list, item) < 0) return Value();
  }
  return list.release();
}

namespace {

void deallocCertificate(Object* o) {
  X509_free(reinterpret_cast<CertificateObject*>(o)->certificate);
  freeObject(o);
}
Value certificateBytes(Value self, const Value* argv) {
  int format = 1;
  if (!intArgument(argv[0], &format)) return Value();
  X509* certificate = self.as<CertificateObject>()->certificate;
  if (format == 2) return encodeCertificate(certificate);
  if (format != 1) return raise(ValueErrorType, "Unsupported format");
  Bio bio(BIO_new(BIO_s_mem()));
  if (!PEM_write_bio_X509(bio.get(), certificate)) return raiseQueued();
  return newStr(bioText(bio.get()));
}
Value compareCertificates(Value a, Value b, int op) {
  if (typeOf(a) != &certificateType || typeOf(b) != &certificateType || (op != kEq && op != kNe)) return newRef(notImplemented());
  const bool same = X509_cmp(a.as<CertificateObject>()->certificate, b.as<CertificateObject>()->certificate) == 0;
  return boolean(same == (op == kEq));
}
int64_t hashCertificate(Value self) {
  const auto n = static_cast<int64_t>(X509_subject_name_hash(self.as<CertificateObject>()->certificate));
  return n == -1 ? -2 : n;
}
Value reprCertificate(Value self) {
  Bio bio(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(bio.get(), X509_get_subject_name(self.as<CertificateObject>()->certificate), 0, XN_FLAG_RFC2253);
  Ref name(newStr(bioText(bio.get())));
  return name ? formatText("<_ssl.Certificate '%U'>", name.get()) : Value();
}
Value certificateInfo(Value self) { return decodeCertificate(self.as<CertificateObject>()->certificate); }
constinit const MethodDef certificateMethods[] = {
    {"public_bytes", certificateBytes, "($self, /, format=1)"}, {"get_info", certificateInfo, "($self, /)"}, {}};

/// _test_decode_cert(path)
Value decodeFile(Value, Value path) {
  Ref name(fileSystemPath(path));
  if (!name) return Value();
  Bio bio(BIO_new_file(bytesView(name).data(), "r"));
  if (!bio) return raiseSslError("Can't open file");
  X509* certificate = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr);
  if (!certificate) return raiseSslError("Error decoding PEM-encoded file");
  Value result = decodeCertificate(certificate);
  X509_free(certificate);
  return result;
}

} // namespace

constinit const MethodDef certificateFunctions[] = {{"_test_decode_cert", decodeFile, "($module, path, /)"}, {}};

constinit krait::Type certificateType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_ssl.Certificate",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeOwnModule,
    .instanceLayout = {.type = &certificateType, .size = sizeof(CertificateObject)},
    .dealloc = deallocCertificate,
    .repr = reprCertificate,
    .hash = hashCertificate,
    .compare = compareCertificates,
    .methods = certificateMethods,
};

} // namespace krait::tls
