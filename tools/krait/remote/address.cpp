#include "tools/krait/remote/address.h"
#include <charconv>

namespace krait::tools::remote {
namespace {

constexpr uint16_t kRedisPort = 6379;

/// All of the text as a number.
template <class T> bool number(std::string_view text, T& out) {
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), out);
  return failure == std::errc() && end == text.data() + text.size();
}

/// %XX of a URL.
std::string decoded(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    unsigned char code = 0;
    if (text[i] == '%' && i + 3 <= text.size() && std::from_chars(&text[i] + 1, &text[i] + 3, code, 16).ptr == &text[i] + 3) {
      out += static_cast<char>(code);
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

/// Cuts "USER:PASSWORD@" off the front of what follows "://".
std::string_view cutCredentials(std::string_view& rest) {
  const size_t at = rest.substr(0, rest.find('/')).rfind('@');
  if (at == std::string_view::npos) return {};
  const std::string_view credentials = rest.substr(0, at);
  rest.remove_prefix(at + 1);
  return credentials;
}

const char* readRedis(std::string_view rest, Address& address) {
  const std::string_view credentials = cutCredentials(rest);
  address.shown = "redis://" + std::string(rest);
  if (!credentials.empty()) {
    const size_t colon = credentials.find(':');
    if (colon == std::string_view::npos) return "a password stands behind a colon, as in redis://:PASSWORD@HOST";
    address.user = decoded(credentials.substr(0, colon));
    address.password = decoded(credentials.substr(colon + 1));
  }
  const size_t slash = rest.find('/');
  std::string_view place = rest.substr(0, slash);
  if (slash != std::string_view::npos && slash + 1 < rest.size() && !number(rest.substr(slash + 1), address.database))
    return "a database is a number, as in redis://HOST/0";
  address.port = kRedisPort;
  const size_t bracket = place.starts_with('[') ? place.find(']') : 0; // of an IPv6 address
  if (bracket == std::string_view::npos) return "the bracket is not closed";
  if (const size_t colon = place.find(':', bracket); colon != std::string_view::npos) {
    if (!number(place.substr(colon + 1), address.port) || address.port == 0) return "the port is no number up to 65535";
    place = place.substr(0, colon);
  }
  address.host = bracket ? place.substr(1, bracket - 1) : place;
  return address.host.empty() ? "the host is missing" : nullptr;
}

const char* readRedisSocket(std::string_view rest, Address& address) {
  if (rest.starts_with("//")) rest.remove_prefix(2);
  address.shown = "redis+unix:" + std::string(rest);
  const size_t query = rest.find('?');
  address.path = decoded(rest.substr(0, query));
  if (!address.path.starts_with('/')) return "a socket's path begins with a slash";
  if (query == std::string_view::npos) return nullptr;
  rest.remove_prefix(query + 1);
  return rest.starts_with("db=") && number(rest.substr(3), address.database) ? nullptr : "behind the path stands ?db=NUMBER or nothing";
}

const char* readHttp(std::string_view text, Address& address) {
  const size_t begin = text.find("//") + 2;
  while (text.size() > begin && text.ends_with('/')) text.remove_suffix(1);
  std::string_view rest = text.substr(begin);
  address.url = text;
  cutCredentials(rest);
  address.shown = std::string(text.substr(0, begin)) + std::string(rest);
  if (text.find_first_of("?#") != std::string_view::npos) return "names of entries are put behind it: it has no ? and no #";
  return rest.empty() || rest.starts_with('/') || rest.starts_with(':') ? "the host is missing" : nullptr;
}

const char* readDirectory(std::string_view path, Address& address) {
  address.path = path;
  address.shown = path;
  return path.starts_with('/') ? nullptr : "a folder's path begins with a slash";
}

const char* read(std::string_view text, Address& address) {
  auto cut = [&](std::string_view begin) {
    if (!text.starts_with(begin)) return false;
    text.remove_prefix(begin.size());
    return true;
  };
  for (const char c : text)
    if (static_cast<unsigned char>(c) <= ' ' || c == 127) return "it has blanks or control characters";
  if (text.starts_with("http://") || text.starts_with("https://")) return address.protocol = Protocol::Http, readHttp(text, address);
  if (cut("redis://")) return address.protocol = Protocol::Redis, readRedis(text, address);
  if (cut("redis+unix:")) return address.protocol = Protocol::RedisSocket, readRedisSocket(text, address);
  if (cut("file://")) return readDirectory(decoded(text), address);
  if (text.find("://") == std::string_view::npos) return readDirectory(text, address);
  return "a store is a folder, or at http://, https://, redis:// or redis+unix:";
}

} // namespace

std::optional<Address> parseAddress(std::string_view text, std::string& error) {
  Address address;
  const char* complaint = read(text, address);
  if (!complaint) return address;
  error = complaint;
  return std::nullopt;
}

} // namespace krait::tools::remote
