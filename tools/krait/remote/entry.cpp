#include "tools/krait/remote/entry.h"
#include <charconv>
#include <fmt/core.h>
#include "codegen/emit/sha256.h"

namespace krait::tools::remote {
namespace {

using codegen::emit::sha256Hex;

constexpr std::string_view kFormat = "krait-object 1 ";
constexpr size_t kLongestLine = 512;

/// All of the line but the MAC.
std::string signedPart(std::string_view object, std::string_view bytes) {
  return fmt::format("{}{} {} {}", kFormat, object, bytes.size(), sha256Hex(bytes));
}

std::string macOf(std::string_view text, std::string_view secret) { return secret.empty() ? "-" : hmacSha256(secret, text); }

/// Takes as long for a good guess as for a bad one.
bool isSame(std::string_view a, std::string_view b) {
  unsigned difference = a.size() != b.size();
  for (size_t i = 0; i < std::min(a.size(), b.size()); ++i) difference |= static_cast<unsigned>(a[i] ^ b[i]);
  return difference == 0;
}

std::string fromHex(std::string_view digits) {
  std::string bytes;
  for (size_t i = 0; i + 1 < digits.size(); i += 2) {
    unsigned char byte = 0;
    std::from_chars(&digits[i], &digits[i] + 2, byte, 16);
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

} // namespace

std::string hmacSha256(std::string_view key, std::string_view message) {
  constexpr size_t kBlock = 64;
  std::string padded = key.size() > kBlock ? fromHex(sha256Hex(key)) : std::string(key);
  padded.resize(kBlock, '\0');
  std::string inner, outer;
  for (const char c : padded) {
    inner += static_cast<char>(c ^ 0x36);
    outer += static_cast<char>(c ^ 0x5c);
  }
  inner += message;
  return sha256Hex(outer + fromHex(sha256Hex(inner)));
}

std::string entryName(std::string_view object) { return sha256Hex(std::string(kFormat) + std::string(object)); }

std::string wrapEntry(std::string_view object, std::string_view bytes, std::string_view secret) {
  const std::string text = signedPart(object, bytes);
  std::string entry = fmt::format("{} {}\n", text, macOf(text, secret));
  entry += bytes;
  return entry;
}

bool unwrapEntry(std::string_view object, std::string& entry, std::string_view secret, std::string& error) {
  const size_t end = std::string_view(entry).substr(0, kLongestLine).find('\n');
  if (end == std::string::npos || !entry.starts_with(kFormat)) {
    error = "is no entry of Krait's";
    return false;
  }
  const std::string line = entry.substr(0, end);
  // The MAC first: nothing that somebody else wrote is looked at any further. Everything else is made anew and compared.
  const size_t blank = line.rfind(' ');
  const std::string_view text = std::string_view(line).substr(0, blank), mac = std::string_view(line).substr(blank + 1);
  if (!secret.empty() && !isSame(mac, macOf(text, secret))) {
    error = mac == "-" ? "is not signed" : "is signed with another secret";
    return false;
  }
  entry.erase(0, end + 1);
  if (text == signedPart(object, entry)) return true;
  error = "is damaged";
  return false;
}

} // namespace krait::tools::remote
