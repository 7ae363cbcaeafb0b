// UTF-8, Latin-1 and ASCII are decoded here; everything else goes through
// iconv(3), which knows nearly all of Python's codecs by the same names.
#include "frontend/base/encoding.h"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <iconv.h>

namespace krait::frontend::base {

namespace {

// Length of the sequence at `at`, or 0 if it is not valid.
size_t sequenceLength(const unsigned char* at, size_t left) {
  unsigned char lead = at[0];
  auto follows = [&](size_t i, unsigned char low, unsigned char high) {
    return i < left && at[i] >= low && at[i] <= high;
  };
  if (lead < 0x80) return 1;
  if (lead < 0xC2) return 0;
  if (lead < 0xE0) return follows(1, 0x80, 0xBF) ? 2 : 0;
  if (lead < 0xF0) {
    unsigned char low = lead == 0xE0 ? 0xA0 : 0x80;
    unsigned char high = lead == 0xED ? 0x9F : 0xBF;
    return follows(1, low, high) && follows(2, 0x80, 0xBF) ? 3 : 0;
  }
  if (lead < 0xF5) {
    unsigned char low = lead == 0xF0 ? 0x90 : 0x80;
    unsigned char high = lead == 0xF4 ? 0x8F : 0xBF;
    return follows(1, low, high) && follows(2, 0x80, 0xBF) && follows(3, 0x80, 0xBF) ? 4 : 0;
  }
  return 0;
}

std::string latin1ToUtf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  for (char c : bytes) {
    auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      out += c;
    } else {
      out += static_cast<char>(0xC0 | byte >> 6);
      out += static_cast<char>(0x80 | (byte & 0x3F));
    }
  }
  return out;
}

std::optional<std::string> throughIconv(std::string_view bytes, const std::string& encoding) {
  iconv_t converter = iconv_open("UTF-8", encoding.c_str());
  if (converter == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
  std::string out;
  char* from = const_cast<char*>(bytes.data()); // iconv's signature; it does not write there
  size_t left = bytes.size();
  bool good = true;
  while (good && left > 0) {
    char buffer[4096];
    char* to = buffer;
    size_t room = sizeof buffer;
    if (iconv(converter, &from, &left, &to, &room) == static_cast<size_t>(-1)) good = errno == E2BIG;
    out.append(buffer, to);
  }
  iconv_close(converter);
  if (!good) return std::nullopt;
  return out;
}

// CPython's get_normal_name: the usual spellings of the two built-in codecs.
std::string normalName(std::string_view name) {
  std::string lower;
  for (char c : name.substr(0, 12)) {
    if (c == '_') c = '-';
    lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  auto startsAs = [&](std::string_view known) {
    return lower == known || lower.starts_with(std::string(known) + "-");
  };
  if (startsAs("utf-8")) return "utf-8";
  if (startsAs("latin-1") || startsAs("iso-8859-1") || startsAs("iso-latin-1")) return "iso-8859-1";
  return std::string(name);
}

// The declaration in one line, which must hold nothing else but a comment.
std::string declarationIn(std::string_view line, bool& onlyBlankOrComment) {
  size_t at = line.find_first_not_of(" \t\f");
  onlyBlankOrComment = at == std::string_view::npos || line[at] == '#' || line[at] == '\r';
  if (at == std::string_view::npos || line[at] != '#') return {};
  for (; (at = line.find("coding", at)) != std::string_view::npos; ++at) {
    size_t i = at + 6;
    if (i >= line.size() || (line[i] != ':' && line[i] != '=')) continue;
    ++i;
    while (i < line.size() && (line[i] == ' ' || line[i] == '\t')) ++i;
    size_t start = i;
    auto inName = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
             c == '_' || c == '.';
    };
    while (i < line.size() && inName(line[i])) ++i;
    if (i > start) return normalName(line.substr(start, i - start));
  }
  return {};
}

} // namespace

std::string hexOf(char byte) {
  constexpr char kDigits[] = "0123456789abcdef";
  auto value = static_cast<unsigned char>(byte);
  return {kDigits[value >> 4], kDigits[value & 15]};
}

size_t findInvalidUtf8(std::string_view bytes) {
  const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
  const unsigned char* end = at + bytes.size();
  const unsigned char* begin = at;
  while (at < end) {
    if (end - at >= 8) {
      uint64_t word;
      std::memcpy(&word, at, 8);
      if ((word & 0x8080808080808080) == 0) {
        at += 8;
        continue;
      }
    }
    size_t length = sequenceLength(at, end - at);
    if (length == 0) return at - begin;
    at += length;
  }
  return std::string_view::npos;
}

std::string declaredEncoding(std::string_view bytes) {
  for (int number = 0; number < 2; ++number) {
    size_t end = bytes.find_first_of("\n\r");
    bool onlyBlankOrComment = false;
    std::string found = declarationIn(bytes.substr(0, end), onlyBlankOrComment);
    if (!found.empty()) return found;
    if (!onlyBlankOrComment || end == std::string_view::npos) break;
    if (bytes[end] == '\r' && end + 1 < bytes.size() && bytes[end + 1] == '\n') ++end;
    bytes.remove_prefix(end + 1);
  }
  return {};
}

std::optional<std::string> decodeToUtf8(std::string_view bytes, const std::string& encoding) {
  if (encoding == "utf-8") {
    if (findInvalidUtf8(bytes) != std::string_view::npos) return std::nullopt;
    return std::string(bytes);
  }
  if (encoding == "iso-8859-1") return latin1ToUtf8(bytes);
  // The declaration was read as ASCII, so an encoding that is not a superset
  // of it cannot be the true one.
  if (encoding.starts_with("utf-16") || encoding.starts_with("utf-32") || encoding.starts_with("utf-7"))
    return std::nullopt;
  std::string name = encoding;
  for (char& c : name)
    if (c == '_') c = '-';
  if (auto text = throughIconv(bytes, name)) return text;
  // Python writes cp1252 and shift_jis where some iconvs want CP1252, SHIFT-JIS.
  return name == encoding ? std::nullopt : throughIconv(bytes, encoding);
}

} // namespace krait::frontend::base
