// Finding and reading source files at run time.
#include "runtime/modules/importing/source_files.h"

#include <cerrno>
#include <climits>
#include <cstdio>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/abi/frozen_modules.h"
#include "runtime/modules/path_argument.h"
#include "runtime/modules/sys_info.h"
#include "runtime/object/protocol.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

bool frozenAreUsed = true;

std::string lastPart(Value name) {
  Ref text(encodeStr(name, "utf-8", "surrogateescape"));
  if (!text) return errorClear(), std::string();
  std::string_view v = bytesView(text);
  size_t dot = v.rfind('.');
  return std::string(dot == std::string_view::npos ? v : v.substr(dot + 1));
}

bool isFile(const std::string& p) {
  struct stat s;
  return p.find('\0') == std::string::npos && stat(p.c_str(), &s) == 0 && S_ISREG(s.st_mode);
}
bool isDirectory(const std::string& p) {
  struct stat s;
  return p.find('\0') == std::string::npos && stat(p.c_str(), &s) == 0 && S_ISDIR(s.st_mode);
}

/// An entry of sys.path as importlib takes it: relative to the working directory, which an empty one stands for.
std::string absolute(std::string_view entry) {
  if (entry.starts_with('/')) return std::string(entry);
  char folder[PATH_MAX];
  const std::string base = getcwd(folder, sizeof folder) ? folder : ".";
  return entry.empty() || entry == "." ? base : base + "/" + std::string(entry);
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
    Ref text(encodeStr(d, "utf-8", "surrogateescape"));
    if (!text) {
      errorClear();
      continue;
    }
    std::string base = absolute(bytesView(text));
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

bool isArchiveFile(const char* path) {
  // An archive ends with its directory, whose end has a mark and at most 64 KiB of comment.
  FILE* f = fopen(path, "rb");
  if (!f) return false;
  constexpr long kMost = 65536 + 22;
  std::string end(kMost, '\0');
  if (fseek(f, 0, SEEK_END) == 0) fseek(f, std::max(0L, ftell(f) - kMost), SEEK_SET);
  end.resize(fread(end.data(), 1, end.size(), f));
  fclose(f);
  return end.rfind("PK\5\6") != std::string::npos;
}

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
  return found.empty() ? Value() : decodeFileSystem(found.data(), found.size());
}

Value findNamespacePackage(Value name, Value path) {
  Ref list(newList(0));
  if (!list) return Value();
  bool failed = false;
  eachCandidate(name, path, [&](const std::string& base) {
    if (isDirectory(base)) {
      Ref text(decodeFileSystem(base.data(), base.size()));
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
  Ref name(fileSystemPath(path));
  std::string bytes;
  if (!name) return Value();
  return readAll(bytesView(name).data(), &bytes) ? newBytes(bytes) : raiseOsError(errno, path);
}

Value readSourceFile(Value path) {
  Ref name(fileSystemPath(path));
  std::string bytes;
  if (!name) return Value();
  return readAll(bytesView(name).data(), &bytes) ? decodeSource(bytes) : raiseOsError(errno, path);
}

Value codeFileOf(Value path) {
  Ref name(fileSystemPath(path));
  if (!name) return Value();
  const std::string file = codeFilename(bytesView(name), kStandardLibrary);
  return bytesView(name) == file ? newRef(path) : newStr(file);
}

void overrideFrozenFiles(int32_t how) { frozenAreUsed = how >= 0; }

bool isFrozenFile(Value path) {
  Ref file(codeFileOf(path));
  if (!file) return errorClear(), false;
  if (file.get() == path || !isStr(file)) return false;
  Utf8 text(file);
  return frozenAreUsed ? text.view().starts_with("<frozen ") : text.view() == "<frozen zipimport>";
}

Value cachedPath(Value path) {
  Ref name(fileSystemPath(path));
  if (!name) return Value();
  std::string_view p = bytesView(name);
  size_t slash = p.rfind('/');
  std::string directory(slash == std::string_view::npos ? "" : p.substr(0, slash + 1));
  std::string leaf(slash == std::string_view::npos ? p : p.substr(slash + 1));
  if (leaf.size() > 3 && leaf.ends_with(".py")) leaf.resize(leaf.size() - 3);
  const std::string cached = directory + "__pycache__/" + leaf + ".krait-311.pyc";
  return decodeFileSystem(cached.data(), cached.size());
}

} // namespace krait
