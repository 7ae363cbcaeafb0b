#include "tools/krait/remote/store.h"

namespace krait::tools::remote {

std::unique_ptr<RemoteStore> makeStore(const Address& address, std::chrono::milliseconds patience) {
  switch (address.protocol) {
  case Protocol::Directory: return makeDirectoryStore(address);
  case Protocol::Http: return makeHttpStore(address, patience);
  case Protocol::Redis:
  case Protocol::RedisSocket: return makeRedisStore(address, patience);
  }
  return nullptr;
}

} // namespace krait::tools::remote
