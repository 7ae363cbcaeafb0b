// Where a store is: the text of KRAIT_CACHE_REMOTE.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace krait::tools::remote {

enum class Protocol : uint8_t { Directory, Http, Redis, RedisSocket };

struct Address {
  Protocol protocol = Protocol::Directory;
  std::string url;            // Http: all of it, without a slash at its end
  std::string path;           // Directory, RedisSocket
  std::string host;           // Redis
  uint16_t port = 0;          // Redis
  std::string user, password; // Redis
  unsigned database = 0;      // Redis
  std::string shown;          // for people: without user and password
};

/// A path, file://PATH, http:// or https://, redis://[[USER]:PASSWORD@]HOST[:PORT][/DB], redis+unix:PATH[?db=DB]. Nothing, with a
/// message, if it is none of these.
std::optional<Address> parseAddress(std::string_view text, std::string& error);

} // namespace krait::tools::remote
