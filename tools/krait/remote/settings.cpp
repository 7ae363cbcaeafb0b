#include "tools/krait/remote/settings.h"
#include <charconv>
#include <cstdlib>
#include <cstring>

namespace krait::tools::remote {
namespace {

std::string_view variable(const char* name) {
  const char* text = getenv(name);
  return text ? text : "";
}

bool readPatience(std::string_view text, std::chrono::milliseconds& patience) {
  constexpr double kLongest = 3600;
  double seconds = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (failure != std::errc() || end != text.data() + text.size() || !(seconds > 0 && seconds <= kLongest)) return false;
  patience = std::chrono::milliseconds(std::max(1L, static_cast<long>(seconds * 1000)));
  return true;
}

} // namespace

std::optional<Settings> settingsOfEnvironment(std::string& error) {
  const std::string_view where = variable("KRAIT_CACHE_REMOTE");
  if (where.empty()) return std::nullopt;
  Settings settings;
  std::string complaint;
  const std::optional<Address> address = parseAddress(where, complaint);
  const std::string_view mode = variable("KRAIT_CACHE_REMOTE_MODE"), patience = variable("KRAIT_CACHE_REMOTE_TIMEOUT");
  if (!address) error = "KRAIT_CACHE_REMOTE names no store: " + complaint; // not its text, which may have a password
  else if (!mode.empty() && mode != "read-write" && mode != "read-only")
    error = "KRAIT_CACHE_REMOTE_MODE is read-write or read-only, not " + std::string(mode);
  else if (!patience.empty() && !readPatience(patience, settings.patience))
    error = "KRAIT_CACHE_REMOTE_TIMEOUT is no number of seconds up to 3600: " + std::string(patience);
  if (!error.empty()) return std::nullopt;
  settings.address = *address;
  settings.mayWrite = mode != "read-only";
  settings.secret = variable("KRAIT_CACHE_REMOTE_SECRET");
  return settings;
}

} // namespace krait::tools::remote
