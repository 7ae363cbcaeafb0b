#include "tools/krait/profile.h"
#include <fmt/format.h>
#include "codegen/emit/cache.h"
#include "tools/krait/messages.h"
#include "tools/krait/source_module.h"

namespace krait::tools {

std::optional<Profile> readProfiles(const Options& options) {
  Profile all;
  for (const std::string& file : options.profileUse) {
    std::string text, error;
    if (!readSource(file, text, error)) return reportError(error), std::nullopt;
    Profile one;
    if (!parseProfile(text, one, error)) return reportError(fmt::format("{}: no profile: {}", file, error)), std::nullopt;
    addProfile(all, std::move(one));
  }
  return all;
}

const ProfileModule* profileOf(const Profile& profile, const std::string& module, const std::string& filename) {
  return profile.find(module, filename.substr(filename.rfind('/') + 1));
}

std::string profileIdentity(const ProfileModule* module) {
  return module ? codegen::emit::contentHash({toText(Profile{{*module}})}) : std::string();
}

} // namespace krait::tools
