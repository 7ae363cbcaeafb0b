// --profile-generate and --profile-use (docs/profiles.md).
#pragma once
#include <optional>
#include <string>
#include "ir/passes/pipeline.h"
#include "runtime/abi/profile_text.h"
#include "tools/krait/options.h"

namespace krait::tools {

/// All of --profile-use together. None after an error, which has been reported.
std::optional<Profile> readProfiles(const Options& options);
/// What it says of a module; null: nothing.
const ProfileModule* profileOf(const Profile& profile, const std::string& module, const std::string& filename);
/// Goes into the names of objects; empty for null.
std::string profileIdentity(const ProfileModule* module);

} // namespace krait::tools
