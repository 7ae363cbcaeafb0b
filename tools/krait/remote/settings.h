// KRAIT_CACHE_REMOTE and what stands beside it in the environment.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include "tools/krait/remote/address.h"

namespace krait::tools::remote {

struct Settings {
  Address address;
  bool mayWrite = true;                    // KRAIT_CACHE_REMOTE_MODE: read-write or read-only
  std::string secret;                      // KRAIT_CACHE_REMOTE_SECRET
  std::chrono::milliseconds patience{1000}; // KRAIT_CACHE_REMOTE_TIMEOUT, in seconds
};

/// Nothing if no store is named, or, with a message for the user, one that cannot be meant.
std::optional<Settings> settingsOfEnvironment(std::string& error);

} // namespace krait::tools::remote
