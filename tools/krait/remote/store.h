// What every store can do. One file for each kind; they only move bytes, and know nothing of objects.
#pragma once
#include <chrono>
#include <memory>
#include <string>
#include "tools/krait/remote/address.h"

namespace krait::tools::remote {

enum class Outcome : uint8_t {
  Done,
  Absent, // get: there is no such entry
  Failed, // nothing more is to be hoped for from this store; the error says why
};

/// Of one thread. Names are hexadecimal digits.
class RemoteStore {
public:
  virtual ~RemoteStore() = default;
  /// An entry that is larger than `limit` is a failure, and is not read.
  virtual Outcome get(const std::string& name, size_t limit, std::string& bytes, std::string& error) = 0;
  /// Replaces what is there. Readers see all of it or nothing.
  virtual Outcome put(const std::string& name, std::string_view bytes, std::string& error) = 0;
};

/// Connects when it is first asked. `patience`: after which a peer that says nothing has failed; a peer that
/// says little is the caller's to leave.
std::unique_ptr<RemoteStore> makeStore(const Address& address, std::chrono::milliseconds patience);

std::unique_ptr<RemoteStore> makeDirectoryStore(const Address& address);
std::unique_ptr<RemoteStore> makeHttpStore(const Address& address, std::chrono::milliseconds patience);
std::unique_ptr<RemoteStore> makeRedisStore(const Address& address, std::chrono::milliseconds patience);

} // namespace krait::tools::remote
