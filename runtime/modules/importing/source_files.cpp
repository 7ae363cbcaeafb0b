// Finding and reading source files at run time.
#include "runtime/modules/importing/source_files.h"

#include <cerrno>
#include <cstdio>
#include <string>
#include <sys/stat.h>

#include "runtime/object/protocol.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

std::string lastPart(Value name) {
  Utf8 text(name);
  if (!text.ok()) return errorClear(), std::string();
  std::string_view v = text.view();
  size_t dot = v.rfind('.');
  return std::string(dot == std::string_view::npos ? v : v.substr(dot + 1));
}

bool isFile(const std::string& p) {
  struct stat s;
  return stat(p.c_str(), &s) == 0 && S_ISREG(s.st_mode);
}
bool isDirectory(const std::string& p) {
  struct stat s;
  return stat(p.c_str(), &s) == 0 && S_ISDIR(s.st_mode);
}

/// Calls `visit` with base/<last part of name> for each directory on the path until it answers true.
template <class F> bool eachCandidate(Value name, Value path, F visit) {
  std::string leaf = lastPart(name);
  if (leaf.empty()) return false;
  Value directories = path ? path : sysGet("path");
  if (!directories) return false;
  Ref list(toTuple(directories));
  if (!list) return errorClear(), false;
  for (int64_t i = 0; i < asTuple(list)->size; ++i) {
    Value d = asTuple(list)->items[i];
    if (!isStr(d)) continue;
    Utf8 text(d);
    if (!text.ok()) {
      errorClear();
      continue;
    }
    std::string base(text.view());
    if (base.empty()) base = ".";
    if (visit(base + "/" + leaf)) return true;
  }
  return false;
}

bool readAll(const char* path, std::string* out) {
  FILE* f = fopen(path, "rb");
  if (!f) return false;
  char buffer[16384];
  size_t n;
  while ((n = fread(buffer, 1, sizeof buffer, f)) > 0) out->append(buffer, n);
  bool ok = !ferror(f);
  fclose(f);
  return ok;
}

/// The name in a coding cookie on one of the first two lines, or empty.
std::string codingCookie(std::string_view bytes) {
  for (int line = 0; line < 2 && !bytes.empty(); ++line) {
    size_t end = bytes.find('\n');
    std::string_view text = bytes.substr(0, end);
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    size_t i = text.find_first_not_of(" \t\f");
    if (i == std::string_view::npos || text[i] == '\r') continue;
    if (text[i] != '#') break;
    size_t at = text.find("coding", i);
    if (at == std::string_view::npos || at + 6 >= text.size() || (text[at + 6] != ':' && text[at + 6] != '=')) continue;
    at = text.find_first_not_of(" \t", at + 7);
    if (at == std::string_view::npos) continue;
    size_t stop = at;
    while (stop < text.size() && (isalnum(static_cast<unsigned char>(text[stop])) || text[stop] == '-' || text[stop] == '_' || text[stop] == '.')) ++stop;
    if (stop > at) return std::string(text.substr(at, stop - at));
  }
  return {};
}

} // namespace

Value findSourceFile(Value name, Value path, bool* isPackage) {
  std::string found;
  *isPackage = false;
  eachCandidate(name, path, [&](const std::string& base) {
    if (isFile(base + "/__init__.py")) {
      *isPackage = true;
      found = base + "/__init__.py";
    } else if (isFile(base + ".py")) {
      found = base + ".py";
    }
    return !found.empty();
  });
  return found.empty() ? Value() : newStr(found);
}

Value findNamespacePackage(Value name, Value path) {
  Ref list(newList(0));
  if (!list) return Value();
  bool failed = false;
  eachCandidate(name, path, [&](const std::string& base) {
    if (isDirectory(base)) {
      Ref text(newStr(base));
      failed = failed || !text || listAppend(list, text) < 0;
    }
    return failed;
  });
  return failed || asList(list)->size == 0 ? Value() : list.release();
}

Value decodeSource(std::string_view bytes) {
  std::string encoding;
  if (bytes.substr(0, 3) == "\xef\xbb\xbf") bytes.remove_prefix(3), encoding = "utf-8";
  else encoding = codingCookie(bytes);
  if (encoding.empty()) encoding = "utf-8";
  std::string plain;
  if (bytes.find('\r') != std::string_view::npos) {
    for (size_t i = 0; i < bytes.size(); ++i) {
      if (bytes[i] != '\r') plain += bytes[i];
      else if (i + 1 == bytes.size() || bytes[i + 1] != '\n') plain += '\n';
    }
    bytes = plain;
  }
  return decodeBytes(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(), encoding.c_str(), nullptr);
}

Value readFileBytes(Value path) {
  Utf8 text(path);
  if (!text.ok()) return Value();
  std::string bytes;
  if (!readAll(text.data(), &bytes)) return raiseOsError(errno, path);
  return newBytes(bytes);
}

Value readSourceFile(Value path) {
  Utf8 text(path);
  if (!text.ok()) return Value();
  std::string bytes;
  if (!readAll(text.data(), &bytes)) return raiseOsError(errno, path);
  return decodeSource(bytes);
}

Value cachedPath(Value path) {
  Utf8 text(path);
  if (!text.ok()) return Value();
  std::string_view p = text.view();
  size_t slash = p.rfind('/');
  std::string directory(slash == std::string_view::npos ? "" : p.substr(0, slash + 1));
  std::string leaf(slash == std::string_view::npos ? p : p.substr(slash + 1));
  if (leaf.size() > 3 && leaf.ends_with(".py")) leaf.resize(leaf.size() - 3);
  return newStr(directory + "__pycache__/" + leaf + ".krait-311.pyc");
}

} // namespace krait
